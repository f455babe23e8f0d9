"""A folder of a store's entries, each a file that is written whole."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from innspill.own_folders import open_own

MEMO, LAST = "memo", "last"
"""The folders of memos, and of what the last builds did."""
NEW = ".new-"
"""How the name of an entry begins while it is written."""
SEAL_LENGTH = 64
SELDOM = 3600
"""Seconds: how often at most it is noted that an entry is in use."""

_FOLDER = re.compile(r"[0-9a-f]{2}")
_ENTRY = re.compile(r"[0-9a-f]{62}|[0-9a-f]{16}\.json|\.new-.*")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of entries."""

    path: Path
    key: bytes = field(default=b"", repr=False)

    @property
    def shown(self) -> str:
        """Its path."""
        return str(self.path)

    def has(self, name: str) -> bool:
        """Whether there is an entry of this name."""
        path = self._file(name)
        if is_there := path.is_file():
            _note_use(path)
        return is_there

    def read(self, name: str) -> tuple[bytes, bytes] | None:
        """An entry's seal and its content."""
        path = self._file(name)
        try:
            with open_own(path) as file:  # unbuffered: what is large is not copied
                found = file.read(SEAL_LENGTH), file.readall()
        except OSError:
            return None
        _note_use(path)
        return found

    def read_part(self, name: str, start: int, size: int) -> bytes | None:
        """A part of an entry's content, not held to its seal."""
        with contextlib.suppress(OSError), open_own(self._file(name)) as file:
            file.seek(SEAL_LENGTH + start)
            return file.read(size)
        return None

    def discard(self, name: str) -> bool:
        """Takes an entry away; whether there was one."""
        with contextlib.suppress(OSError):
            self._file(name).unlink()
            return True
        return False

    def write(self, name: str, seal: bytes, content: bytes) -> None:
        """Keeps an entry. A folder that can't be written to only costs time."""
        path = self._file(name)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=NEW)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(seal)
                    file.write(content)
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return Path(f"{self.path}/{MEMO}/{name[:2]}/{name[2:]}")


def entries_in(folder: Path) -> Iterator[str]:
    """The paths of all files in a store that are its own."""
    for within in (*folders_in(folder / MEMO), folder / LAST):
        for entry in _listed(within):
            if _ENTRY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                yield entry.path


def folders_in(memo: Path) -> list[Path]:
    """The folders that its entries are in."""
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
