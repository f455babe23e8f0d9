"""The memo store `.innspill/`: what was made before, by what it was made from.

An entry is named by the digest of its key and begins with the digest of its content, so
that a damaged one is seen and made anew. It is written whole, shared by concurrent
processes, bounded in size, and safe to delete at any time. A project's own is believed only
where it was made in its place; one that the user names, and may have carried there, always.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from innspill.messages import Message, say
from innspill.own_folders import (
    ForeignFolder,
    check_own,
    discard,
    is_made_here,
    make_own_folder,
    mark_made_here,
    open_own,
)
from innspill.project import STORE_LIMIT, Project
from innspill.system_words import why

MEMO, LAST = "memo", "last"
"""The folders of memos, and of what the last builds did."""
NOWHERE = Path(os.devnull)
"""A store that holds nothing."""
NEW = ".new-"
"""How the name of an entry begins while it is written."""
DIGEST_LENGTH = 64
SELDOM = 3600
"""Seconds: how often at most it is noted that an entry is in use."""

Key = tuple[str, ...]

_FOLDER = re.compile(r"[0-9a-f]{2}")
_ENTRY = re.compile(r"[0-9a-f]{62}|[0-9a-f]{16}\.json|\.new-.*")


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of memos."""

    folder: Path
    spare: Path | None = None
    """Where new entries go if the folder can't be written to."""
    warnings: tuple[Message, ...] = ()
    """What was odd when it was opened."""
    damaged: list[str] = field(default_factory=list, compare=False)
    """The entries that were found damaged since it was opened, and so were not given."""

    @property
    def place(self) -> Path:
        """The folder that new entries go to."""
        return self.spare or self.folder

    @property
    def notes(self) -> tuple[Message, ...]:
        """What the user should know of it."""
        if not self.damaged:
            return self.warnings
        n = len(set(self.damaged))
        damaged = say("the store {path}: damaged, and made anew: {n}", path=self.folder, n=n)
        return (damaged, *self.warnings)

    def get(self, key: Key) -> bytes | None:
        """What was put under the key, None where there is nothing whole."""
        for path in self._paths(key):
            try:
                with open_own(path) as file:  # unbuffered: what is large is not copied
                    digest, content = file.read(DIGEST_LENGTH), file.readall()
            except OSError:
                continue
            if hashlib.sha256(content).hexdigest().encode() == digest:
                _note_use(path)
                return content
            self.damaged.append(path.name)
        return None

    def get_part(self, key: Key, start: int, size: int) -> bytes | None:
        """A part of what was put under the key, not held to any digest; None where it is gone."""
        for path in self._paths(key):
            with contextlib.suppress(OSError), open_own(path) as file:
                file.seek(DIGEST_LENGTH + start)
                return file.read(size)
        return None

    def has(self, key: Key) -> bool:
        """Whether there is anything under the key."""
        for path in self._paths(key):
            if path.is_file():
                _note_use(path)
                return True
        return False

    def discard(self, key: Key) -> None:
        """Forgets what is under the key, since it was found damaged."""
        for path in self._paths(key):
            with contextlib.suppress(OSError):
                path.unlink()
                self.damaged.append(path.name)

    def put(self, key: Key, content: bytes) -> None:
        """Keep `content` under the key. A store that can't be written only costs time."""
        path = self._path(self.place, key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=NEW)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(content).hexdigest().encode())
                    file.write(content)
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def remember(self, key: Key, make: Callable[[], bytes]) -> bytes:
        """What is kept under the key, made and kept where there is nothing yet."""
        content = self.get(key)
        if content is None:
            content = make()
            self.put(key, content)
        return content

    def trim(self, limit: int = STORE_LIMIT) -> None:
        """Forgets what was used longest ago, until what is left is well below the limit."""
        entries = sorted(self._entries())
        size = sum(each[1] for each in entries)
        if size <= limit:
            return
        for _, bytes_, path in entries:
            if size <= limit * 0.8:
                return
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108
                size -= bytes_

    def clear(self) -> None:
        """Forgets everything, and leaves foreign files alone."""
        for path in entries_in(self.folder):
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108
        for folder in (*_folders_in(self.folder / MEMO), self.folder / MEMO, self.folder / LAST):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """When each entry was last used, its size, and its path."""
        for path in entries_in(self.folder):
            with contextlib.suppress(OSError):
                status = os.lstat(path)
                yield status.st_mtime, status.st_size, path

    def _paths(self, key: Key) -> Iterator[Path]:
        for folder in (self.folder, self.spare):
            if folder is not None:
                yield self._path(folder, key)

    def _path(self, folder: Path, key: Key) -> Path:
        digest = hashlib.sha256("\0".join(key).encode()).hexdigest()
        return folder / MEMO / digest[:2] / digest[2:]


class ReadOnly(Store):
    """A store that nothing is added to."""

    __slots__ = ()

    def put(self, key: Key, content: bytes) -> None:
        """Keeps nothing."""


def open_store(project: Project) -> Store:
    """The project's store; if it can't be written to, new entries live as long as this run.

    Raises ForeignFolder where a link or a stranger's folder stands in its place.
    """
    try:
        warnings = _make(project)
        with tempfile.TemporaryFile(dir=project.store / MEMO):
            return Store(project.store, warnings=warnings)
    except OSError as fault:
        spare = tempfile.mkdtemp(prefix="innspill-")
        atexit.register(shutil.rmtree, spare, ignore_errors=True)
        refused = say(
            "the store {path}: nothing can be kept there for the next time: {why}",
            path=project.store,
            why=why(fault),
        )
        return Store(believed(project), Path(spare), (refused,))


def believed(project: Project) -> Path:
    """The project's store where what it holds can be believed, else one that holds nothing."""
    folder = project.store
    try:
        _check_folders(folder)
    except (OSError, ForeignFolder):
        return NOWHERE
    return folder if project.store_is_named or is_made_here(folder) else NOWHERE


def _make(project: Project) -> tuple[Message, ...]:
    """Makes the folders of the store; says so where it takes away what can't be believed."""
    folder = project.store
    places = (folder / MEMO, folder / LAST)
    within = folder if project.store_is_named else folder.parent
    for place in places:
        make_own_folder(place, within)
    _check_folders(folder)
    if project.store_is_named or is_made_here(folder):
        return ()
    came = any(entries_in(folder))
    for place in places:
        discard(place)
        make_own_folder(place, within)
    mark_made_here(folder)
    if not came:
        return ()
    return (say("the store {path}: not made in this place, so nothing of it was used",
                path=folder),)  # fmt: skip


def _check_folders(folder: Path) -> None:
    """Raises ForeignFolder where a folder of the store is a link, OSError where there is none."""
    for path in (folder, folder / MEMO, folder / LAST):
        check_own(path)
    with os.scandir(folder / MEMO) as entries:
        for entry in entries:
            if entry.is_symlink():
                check_own(Path(entry.path))


def entries_in(folder: Path) -> Iterator[str]:
    """The paths of all files in a store that are its own."""
    for within in (*_folders_in(folder / MEMO), folder / LAST):
        for entry in _listed(within):
            if _ENTRY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                yield entry.path


def _folders_in(memo: Path) -> list[Path]:
    return [
        Path(entry.path)
        for entry in _listed(memo)
        if _FOLDER.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)
    ]


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        if folder.is_symlink():
            return []
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _note_use(path: Path) -> None:
    with contextlib.suppress(OSError):
        if time.time() - path.stat().st_mtime > SELDOM:
            os.utime(path)
