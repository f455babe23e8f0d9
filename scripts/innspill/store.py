"""The memo store `.innspill/`: what was made before, by what it was made from.

An entry is named by the digest of its key and begins with the digest of its content, so
that a damaged one is seen and made anew. It is written whole, shared by concurrent
processes, bounded in size, and safe to delete at any time.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

from innspill.messages import Message, say
from innspill.project import STORE_LIMIT
from innspill.system_words import why

DIGEST_LENGTH = 64
SELDOM = 3600
"""Seconds: how often at most it is noted that an entry is in use."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of memos."""

    folder: Path
    spare: Path | None = None
    """Where new entries go if the folder can't be written to."""
    refused: Message | None = None
    """Why it can't be written to."""
    damaged: list[str] = field(default_factory=list, compare=False)
    """The entries that were found damaged since it was opened, and so were not given."""

    @property
    def notes(self) -> tuple[Message, ...]:
        """What the user should know of it."""
        notes = []
        if self.damaged:
            n = len(set(self.damaged))
            notes.append(
                say("the store {path}: damaged, and made anew: {n}", path=self.folder, n=n)
            )
        if self.refused:
            notes.append(
                say(
                    "the store {path}: nothing can be kept there for the next time: {why}",
                    path=self.folder,
                    why=self.refused,
                )
            )
        return tuple(notes)

    def get(self, key: Key) -> bytes | None:
        """What was put under the key, None where there is nothing whole."""
        for path in self._paths(key):
            try:
                with FileIO(path) as file:  # unbuffered: what is large is not copied
                    digest, content = file.read(DIGEST_LENGTH), file.readall()
            except OSError:
                continue
            if hashlib.sha256(content).hexdigest().encode() == digest:
                _note_use(path)
                return content
            self.damaged.append(path.name)
        return None

    def has(self, key: Key) -> bool:
        """Whether something was put under the key, whole or not."""
        return any(path.exists() for path in self._paths(key))

    def part(self, key: Key, start: int, size: int, sha256: str) -> bytes | None:
        """So many bytes of an entry that have this digest, None where it hasn't got them."""
        for path in self._paths(key):
            with contextlib.suppress(OSError), path.open("rb") as file:
                file.seek(DIGEST_LENGTH + start)
                data = file.read(size)
                if hashlib.sha256(data).hexdigest() == sha256:
                    return data
                self.damaged.append(path.name)
        return None

    def put(self, key: Key, content: bytes) -> None:
        """Keep `content` under the key. A store that can't be written only costs time."""
        path = self._path(self.spare or self.folder, key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent)
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
        """Forget everything."""
        shutil.rmtree(self.folder / "memo", ignore_errors=True)
        shutil.rmtree(self.folder / "last", ignore_errors=True)

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """When each entry was last used, its size, and its path."""
        for folder, _, names in os.walk(self.folder / "memo"):
            for name in names:
                path = f"{folder}/{name}"
                with contextlib.suppress(OSError):
                    status = os.stat(path)  # noqa: PTH116
                    yield status.st_mtime, status.st_size, path

    def _paths(self, key: Key) -> Iterator[Path]:
        for folder in (self.folder, self.spare):
            if folder is not None:
                yield self._path(folder, key)

    def _path(self, folder: Path, key: Key) -> Path:
        digest = hashlib.sha256("\0".join(key).encode()).hexdigest()
        return folder / "memo" / digest[:2] / digest[2:]


def open_store(folder: Path) -> Store:
    """The store in a folder; if that can't be written to, new entries live as long as this run."""
    try:
        (folder / "memo").mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder / "memo"):
            return Store(folder)
    except OSError as fault:
        spare = tempfile.mkdtemp(prefix="innspill-")
        atexit.register(shutil.rmtree, spare, ignore_errors=True)
        return Store(folder, Path(spare), why(fault))


def _note_use(path: Path) -> None:
    with contextlib.suppress(OSError):
        if time.time() - path.stat().st_mtime > SELDOM:
            os.utime(path)
