"""The memo store `.innspill/`: what was made before, by what it was made from.

An entry is named by the digest of its key and begins with a seal, so that a damaged one is seen
and made anew. It is written whole, shared by concurrent processes, bounded in size, and safe to
delete at any time. A project's own is believed only where it was made in its place; one that the
user names, and may have carried there, always. Where `INNSPILL_STORE_KEY` is set, of a named one
only what was sealed with it; one with an address, which many may write to, is not used without.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import hmac
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from innspill.blob import Blob
from innspill.errors import WrongArguments
from innspill.failure import from_extra
from innspill.messages import Message, say
from innspill.own_folders import (
    ForeignFolder,
    check_own,
    discard,
    is_made_here,
    make_own_folder,
    mark_made_here,
)
from innspill.project import STORE_LIMIT, Project, is_address
from innspill.store_folder import LAST, MEMO, Folder, entries_in, folders_in
from innspill.system_words import why

NOWHERE = Path(os.devnull)
"""A store that holds nothing."""
STORE_KEY = "INNSPILL_STORE_KEY"
SHORTEST_KEY = 32
"""Characters: 128 bits in hexadecimal."""
SENT = "sent"
"""What the keys begin with of what is sent to other machines."""

Key = tuple[str, ...]


class Place(Protocol):
    """Where entries are, by their names."""

    @property
    def shown(self) -> str:
        """What messages call it, and other machines open it by."""

    @property
    def key(self) -> bytes:
        """What its entries are sealed with; nothing where their digests are seal enough."""

    def has(self, name: str) -> bool:
        """Whether there is an entry of this name."""

    def read(self, name: str) -> tuple[bytes, bytes] | None:
        """An entry's seal and its content, None where there is none."""

    def write(self, name: str, seal: bytes, content: bytes) -> None:
        """Keeps an entry."""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of memos, and perhaps a place behind it that machines share."""

    folder: Path
    spare: Path | None = None
    """Where new entries go if the folder can't be written to."""
    warnings: tuple[Message, ...] = ()
    """What was odd when it was opened."""
    key: bytes = field(default=b"", repr=False)
    """What the folder's entries are sealed with."""
    shared: Place | None = None
    damaged: list[str] = field(default_factory=list, compare=False)
    """The entries that were found damaged since it was opened, and so were not given."""
    unsealed: list[str] = field(default_factory=list, compare=False)
    """The same of those that were not sealed with the key."""

    @property
    def place(self) -> Path:
        """The folder that new entries go to."""
        return self._own.path

    @property
    def notes(self) -> tuple[Message, ...]:
        """What the user should know of it."""
        notes = list(self.warnings)
        if n := len(set(self.unsealed)):
            where = self.outermost.shown
            told = say("the store {path}: not sealed with {name}, and not believed: {n}",
                       path=where, name=STORE_KEY, n=n)  # fmt: skip
            notes.insert(0, told)
        if n := len(set(self.damaged)):
            told = say("the store {path}: damaged, and made anew: {n}", path=self.folder, n=n)
            notes.insert(0, told)
        return tuple(notes)

    @property
    def outermost(self) -> Place:
        """The place that other machines may reach too."""
        return self.shared or Folder(self.folder, self.key)

    def get(self, key: Key) -> bytes | None:
        """What was put under the key, None where there is nothing whole."""
        name = _name(key)
        for place in self._places():
            if (found := place.read(name)) is None:
                continue
            seal, content = found
            if hmac.compare_digest(_seal(place.key, name, content), seal):
                if place is self.shared:  # so that it is near the next time
                    self._write(self._own, name, content)
                return content
            (self.unsealed if place.key else self.damaged).append(name)
        return None

    def get_part(self, key: Key, start: int, size: int) -> bytes | None:
        """A part of what was put under the key, not held to any seal; None where it is gone.

        It is on this machine: `has` was asked before.
        """
        found = (each.read_part(_name(key), start, size) for each in self._near())
        return next((each for each in found if each is not None), None)

    def has(self, key: Key) -> bool:
        """Whether there is anything under the key; what others have comes to this machine."""
        is_near = any(each.has(_name(key)) for each in self._near())
        return is_near or (self.shared is not None and self.get(key) is not None)

    def discard(self, key: Key) -> None:
        """Forgets what is under the key, since it was found damaged."""
        for each in self._near():
            if each.discard(_name(key)):
                self.damaged.append(_name(key))

    def put(self, key: Key, content: bytes) -> None:
        """Keep `content` under the key."""
        for place in (self._own, self.shared):
            if place:
                self._write(place, _name(key), content)

    def send(self, blob: Blob) -> None:
        """Puts bytes where other machines find them by their digest."""
        place, name = self.outermost, _name((SENT, blob.sha256))
        if not place.has(name):
            self._write(place, name, blob.load())

    def sent(self, sha256: str) -> bytes | None:
        """The bytes with this digest that were sent; None where there are none, or others."""
        content = self.get((SENT, sha256))
        is_it = content is not None and hashlib.sha256(content).hexdigest() == sha256
        return content if is_it else None

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
        for folder in (*folders_in(self.folder / MEMO), self.folder / MEMO, self.folder / LAST):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """When each entry was last used, its size, and its path."""
        for path in entries_in(self.folder):
            with contextlib.suppress(OSError):
                status = os.lstat(path)
                yield status.st_mtime, status.st_size, path

    @property
    def _own(self) -> Folder:
        """Where new entries go on this machine."""
        return Folder(self.spare) if self.spare else Folder(self.folder, self.key)

    def _places(self) -> Iterator[Place]:
        """All of them, the nearest first."""
        yield from self._near()
        if self.shared:
            yield self.shared

    def _near(self) -> Iterator[Folder]:
        """Those on this machine."""
        yield Folder(self.folder, self.key)
        if self.spare:
            yield Folder(self.spare)

    @staticmethod
    def _write(place: Place, name: str, content: bytes) -> None:
        place.write(name, _seal(place.key, name, content), content)


def _name(key: Key) -> str:
    return hashlib.sha256("\0".join(key).encode()).hexdigest()


def _seal(key: bytes, name: str, content: bytes) -> bytes:
    """What an entry begins with: its digest, or what only those can make who have the key.

    That holds the name too: nobody else can put one entry in the place of another.
    """
    if not key:
        return hashlib.sha256(content).hexdigest().encode()
    seal = hmac.new(key, name.encode(), hashlib.sha256)
    seal.update(content)
    return seal.hexdigest().encode()


class ReadOnly(Store):
    """A store that nothing is added to."""

    __slots__ = ()

    def put(self, key: Key, content: bytes) -> None:
        """Keeps nothing."""


def open_store(project: Project) -> Store:
    """The project's store; if it can't be written to, new entries live as long as this run.

    Raises ForeignFolder where a link or a stranger's folder stands in its place, WrongArguments
    where it has an address and no key is set, and MachineFault where what that needs is missing.
    """
    if project.shared:
        return replace(_open_folder(project), shared=_shared(project.shared))
    return _open_folder(project)


def store_at(where: str) -> Store:
    """A store that machines share, as another than the project's opens it.

    Raises what `open_store` raises.
    """
    if is_address(where):
        return Store(NOWHERE, shared=_shared(where))
    return Store(Path(where), key=_key_of_named())


def _shared(address: str) -> Place:
    key = _key_of_named()
    if len(key) < SHORTEST_KEY:
        raise WrongArguments(
            say(
                "the store {path} is shared, and nothing in it is believed that was not sealed "
                "with a key: set {name} to a secret of at least {n} characters, the same wherever "
                "the store is used, as `openssl rand -hex 32` makes one.",
                path=address,
                name=STORE_KEY,
                n=SHORTEST_KEY,
            )
        )
    with from_extra("distributed"):
        from innspill.distributed.shared_place import SharedPlace
    return SharedPlace(address, key)


def _key_of_named() -> bytes:
    return os.environb.get(STORE_KEY.encode(), b"")


def _open_folder(project: Project) -> Store:
    key = _key_of_named() if project.store_is_named else b""
    try:
        warnings = _make(project)
        with tempfile.TemporaryFile(dir=project.store / MEMO):
            return Store(project.store, warnings=warnings, key=key)
    except OSError as fault:
        spare = tempfile.mkdtemp(prefix="innspill-")
        atexit.register(shutil.rmtree, spare, ignore_errors=True)
        refused = say(
            "the store {path}: nothing can be kept there for the next time: {why}",
            path=project.store,
            why=why(fault),
        )
        return Store(believed(project), Path(spare), (refused,), key)


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
