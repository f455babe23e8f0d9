"""The one place that reads `content/` from the disk.

What begins with a dot is left out, and no link leads out of the folder or to what is hidden.
Only regular files are opened, and of none is more held than a Markdown file may have.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property, partial
from io import FileIO
from pathlib import Path
from unicodedata import normalize

from innspill.blob import PIECE, Blob, blob_of, changed, hashed, held_to
from innspill.diagnostics import Diagnostic, Location, error
from innspill.memory import Memory
from innspill.messages import printable, say
from innspill.read.names import bad_name, is_leftover, is_page
from innspill.read.paths import is_hidden, name_key
from innspill.read.pointers import annexed

LARGEST = 2_000_000
"""How many bytes a Markdown file may have: a book of a thousand pages."""
LARGE = 8_000_000
"""Bytes from which on a digest is worth a place in the store."""
LEFT_ALONE = 3_000_000_000
"""Nanoseconds; longer than the ticks of any clock that stamps files (two seconds on FAT)."""
DEEPEST = 20
"""So many folders may stand inside each other; what people make needs four."""

Remember = Callable[[tuple[str, ...], Callable[[], bytes]], bytes]
"""Gives what is kept under a key, made and kept where there is nothing yet."""


class PathKind(StrEnum):
    """What stands at a path of the content folder."""

    FILE = "file"
    FOLDER = "folder"
    FOLDER_LINK = "folder link"
    LOST_LINK = "lost link"
    """A link that leads out of the content folder, to what is hidden, or nowhere."""
    ANNEXED = "annexed"
    """A link into the store of git-annex."""
    SPECIAL = "special"
    """A pipe, a socket or a device."""
    TOO_DEEP = "too deep"
    """A folder that is not looked into."""


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One name in the content folder or below it."""

    path: str
    """Its path inside the folder, in Unicode's form NFC, as texts name it."""
    place: str
    """Its path on the disk."""
    kind: PathKind
    is_twin: bool = False
    """Whether another beside it has the same name in another form of Unicode."""


class Disk:
    """The files of a folder; what stands there as it stood before is taken from memory, if any."""

    def __init__(
        self, folder: Path, once: Memory | None = None, store: Remember | None = None
    ) -> None:
        self.folder, self.once, self.store = folder, once, store
        self.root = folder.resolve()
        self._names_in = cache(_names_in)

    @cached_property
    def listed(self) -> tuple[DirectoryEntry, ...]:
        """All that is not hidden: a folder's own first, each by name. Raises OSError."""
        return tuple(_listed(str(self.folder), self.root))

    @cached_property
    def _places(self) -> dict[str, str]:
        return {each.path: each.place for each in reversed(self.listed)}

    @cached_property
    def _annexed(self) -> dict[str, str]:
        """Where the links are that stand for what git-annex keeps: as files, they say the same."""
        return {each.path: each.place for each in self.listed if each.kind is PathKind.ANNEXED}

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        """The paths of the Markdown files, in order, and those that can't be taken, as faults.

        Raises OSError where the machine refuses to read.
        """
        found: list[str] = []
        faults: list[Diagnostic] = []
        for each in self.listed:
            if fault := _fault_of(each, shown):
                faults.append(fault)
            elif each.kind is PathKind.FILE and is_page(each.path):
                found.append(each.path)
        return found, faults

    def others(self) -> tuple[DirectoryEntry, ...]:
        """All that is neither a Markdown file nor a folder as others are."""
        return tuple(
            each
            for each in self.listed
            if each.kind is PathKind.FOLDER_LINK
            or (
                each.kind is not PathKind.TOO_DEEP
                and is_page(each.path) == (each.kind is PathKind.FOLDER)
            )
        )

    def load(self, path: str) -> bytes:
        """A Markdown file's bytes; of one that is too large, no more than shows that it is.

        Raises OSError.
        """
        whole = self.place(path)
        with opened(whole) as file:
            status = os.fstat(file.fileno())
            if self.once is None or _was_just_changed(status):
                return _start_of(file)
            return self.once(_start_of_path, str(whole), _stamp(status))

    def find(self, path: str) -> Blob | None:
        """A file that stands inside the folder, None where there is none. Raises OSError."""
        whole = _existing(self.root, path, self._names_in)
        if whole is None:
            link = self._annexed.get(path)
            return None if link is None else blob_of(os.fsencode(os.readlink(link)))  # noqa: PTH115
        with opened(whole) as file:
            size, sha256 = self._hashed(whole, file)
        place = whole.relative_to(self.root).as_posix()
        return Blob(size, sha256, partial(_held, str(self.folder), place, path, size, sha256))

    def _hashed(self, whole: Path, file: FileIO) -> tuple[int, str]:
        """A file's size and digest, remembered by what the system says of it."""
        status = os.fstat(file.fileno())
        if not _was_just_changed(status):
            if self.store is not None and status.st_size > LARGE:
                key = ("sha256", str(whole), _stamp(status))
                kept = self.store(key, partial(_digest_here, file, status))
                return status.st_size, kept.decode("ascii")
            if self.once is not None:
                return self.once(_hashed, str(whole), _stamp(status))
        return _hashed_here(file, status)

    def place(self, path: str) -> Path:
        """Where a Markdown file is. Raises FileNotFoundError."""
        place = Path(self._places.get(path) or self.folder / path)
        if place.is_file() and not place.is_symlink():
            return place  # as nearly always: no folder on the way to it is a link
        if found := _existing(self.root, path, self._names_in):
            return found
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(place))


def _fault_of(each: DirectoryEntry, shown: str) -> Diagnostic | None:
    """Why something can't be taken that is meant as a page, or that pages stand in."""
    at = Location(f"{shown}/{printable(each.path)}")
    if each.kind is PathKind.TOO_DEEP:
        message = say("more than {n} folders stand inside each other", n=DEEPEST)
        hint = say("what is deeper is not read: move it further up, or out of the content folder")
        return error("too-deep", message, at, hint)
    if each.kind is PathKind.FOLDER_LINK or not (
        each.kind is PathKind.FOLDER or is_page(each.path)
    ):
        return None
    if each.is_twin:
        message = say("another beside it has the same name, written with other code points")
        hint = say("their addresses would look the same: give one of them another name")
        return error("same-url", message, at, hint)
    if each.kind is PathKind.FOLDER:
        return None
    if fault := bad_name(each.path, shown):
        return fault
    return _link_fault(each, at)


def _link_fault(each: DirectoryEntry, at: Location) -> Diagnostic | None:
    """Why a Markdown file's bytes are out of reach."""
    if each.kind is PathKind.ANNEXED:
        return annexed(each.path, at)
    if each.kind is PathKind.SPECIAL:
        message = say("this is no file, but a pipe, a socket or a device")
        return error("not-a-file", message, at, say("put a file here, or take it away"))
    if each.kind is PathKind.LOST_LINK:
        message = say(
            "the file is a link that leads out of the content folder, to what is hidden, or nowhere"
        )
        return error("outside", message, at, say("put the file itself here"))
    return None


def _listed(folder: str, root: Path) -> Iterator[DirectoryEntry]:
    """All that is not hidden in a folder and below it. Raises OSError."""
    waiting = [("", folder)]
    while waiting:
        within, place = waiting.pop()
        with os.scandir(place) as names:
            entries = sorted(names, key=lambda entry: name_key(entry.name))
        seen = [each for each in entries if each.name[:1] != "." and not is_leftover(each.name)]
        is_deepest = within.count("/") == DEEPEST
        own, twins = set[str](), set[str]()
        for each in seen:
            name = normalize("NFC", each.name)
            (twins if name in own else own).add(name)
        folders = []
        for each in seen:
            name = normalize("NFC", each.name)
            kind = _kind(each, root)
            if kind is PathKind.FOLDER:
                folders.append((f"{within}{name}/", each.path))
                kind = PathKind.TOO_DEEP if is_deepest else kind
            yield DirectoryEntry(
                within + name, each.path, kind, name in twins and name != each.name
            )
        if not is_deepest:
            waiting += reversed(folders)


def _kind(entry: os.DirEntry[str], root: Path) -> PathKind:
    if not entry.is_symlink():
        if entry.is_dir(follow_symlinks=False):
            return PathKind.FOLDER
        return PathKind.FILE if entry.is_file(follow_symlinks=False) else PathKind.SPECIAL
    if "/annex/objects/" in os.readlink(entry.path).replace("\\", "/"):  # noqa: PTH115
        return PathKind.ANNEXED
    try:
        if entry.is_dir():
            return PathKind.FOLDER_LINK
        real = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or in a circle
        return PathKind.LOST_LINK
    return PathKind.FILE if _is_within_reach(real, root) else PathKind.LOST_LINK


def _is_within_reach(real: Path, root: Path) -> bool:
    """Whether a path without links is that of a file inside `root` that is not hidden."""
    return (
        real.is_relative_to(root)
        and not is_hidden(real.relative_to(root).as_posix())
        and real.is_file()
    )


def _names_in(folder: Path) -> dict[str, str]:
    """The names in a folder, by what they are in Unicode's form NFC. Raises OSError."""
    return {normalize("NFC", name): name for name in os.listdir(folder)}  # noqa: PTH208


def _existing(
    root: Path, path: str, names_in: Callable[[Path], Mapping[str, str]] = _names_in
) -> Path | None:
    """The file of that name, or of the same name in another form of Unicode (macOS writes NFD).

    None where there is none, where it is hidden, or a link that leads out of `root`.
    """
    place = root
    try:
        for name in path.split("/"):
            if not os.path.lexists(place / name):
                place /= names_in(place)[name]
            else:
                place /= name
        real = place.resolve(strict=True)
    except (OSError, KeyError, RuntimeError):  # a name too long for the disk; a circle
        return None
    return real if _is_within_reach(real, root) else None


def opened(path: Path) -> FileIO:
    """A regular file, open to be read; never a pipe, which may have no end.

    Raises OSError, also where a link has come to stand there.
    """
    try:
        file = FileIO(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK))
    except OSError as fault:
        fault.filename = str(path)
        raise
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return file


def _was_just_changed(status: os.stat_result) -> bool:
    """Whether a file's stamp says too little of it.

    The system sets the time of a file's last change (`st_ctime_ns`) and no program can; but
    two changes within one of its ticks have the same, so a file that was changed just now is
    always read.
    """
    return time.time_ns() - status.st_ctime_ns < LEFT_ALONE


def _stamp(status: os.stat_result) -> str:
    """What the system says of a file: another where the file may hold something else."""
    return str(
        (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    )


def _start_of_path(path: str, _stamp: str) -> bytes:
    with opened(Path(path)) as file:
        return _start_of(file)


def _start_of(file: FileIO) -> bytes:
    """A file up to the first byte that is too much."""
    return b"".join(_pieces_of(file, LARGEST + 1))


def _hashed(path: str, _stamp: str) -> tuple[int, str]:
    with opened(Path(path)) as file:
        return _hashed_here(file, os.fstat(file.fileno()))


def _digest_here(file: FileIO, status: os.stat_result) -> bytes:
    return _hashed_here(file, status)[1].encode()


def _hashed_here(file: FileIO, status: os.stat_result) -> tuple[int, str]:
    return hashed(_pieces_of(file, status.st_size))


def _pieces_of(file: FileIO, most: int) -> Iterator[bytes]:
    """The first bytes of a file, piece by piece: it may grow while it is read."""
    while most > 0 and (piece := file.read(min(PIECE, most))):
        most -= len(piece)
        yield piece


def _held(folder: str, place: str, path: str, size: int, sha256: str) -> Iterator[bytes]:
    """The pieces of a file that was read in `place` before. Raises OSError and MachineFault."""
    whole = _existing(Path(folder).resolve(), place)
    if whole is None:
        raise changed(path)
    with opened(whole) as file:
        yield from held_to(_pieces_of(file, size + 1), size, sha256, path)
