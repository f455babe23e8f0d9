"""Whether files stand on the disk as they stand in git.

Line ends that git converts, and files that Git LFS keeps, count as the same.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from innspill.history.chronicle import Chronicle
from innspill.history.files import opened
from innspill.read.read import Content
from innspill.read.source import decode

if TYPE_CHECKING:
    from innspill.history.repository import Repository

SHA256 = 64
"""How many hexadecimal digits a name has that is a SHA-256."""


class Checkout:
    """A content folder beside the commit that is checked out, while one build lasts."""

    def __init__(self, folder: Path, chronicle: Chronicle | None) -> None:
        self.folder, self.chronicle = folder, chronicle
        self._known: dict[str, bool] = {}

    @cached_property
    def repository(self) -> Repository:
        """The repository, which is opened where names of blobs don't tell enough."""
        return opened(self.folder)

    def holds(self, path: str, data: bytes, *, is_source: bool) -> bool:
        """Whether a file that is in git has these bytes there. Raises HistoryFault."""
        if path not in self._known:
            self._known[path] = self._holds(path, data, is_source)
        return self._known[path]

    def _holds(self, path: str, data: bytes, is_source: bool) -> bool:
        assert self.chronicle is not None
        blob = self.chronicle.blobs[path]
        if blob_name(data, like=blob) == blob:
            return True
        if is_source:
            return decode(self.repository.data(blob), "")[0] == decode(data, "")[0]
        return self.repository.holds(blob, data)


class AsRead:
    """A content folder that was read beside the commit that is checked out."""

    def __init__(self, folder: Path, content: Content, chronicle: Chronicle | None) -> None:
        self.folder, self.content, self.chronicle = folder, content, chronicle
        self.sources = {each.path: each for each in content.sources}

    @cached_property
    def repository(self) -> Repository:
        """The repository, opened where something is asked."""
        return opened(self.folder)

    def __call__(self, path: str) -> bool:
        """Whether a file that is in git stands there as it was read. Raises HistoryFault."""
        assert self.chronicle is not None
        blob = self.chronicle.blobs[path]
        if path in self.content.files:
            return self.repository.holds(blob, self.content.files[path].data)
        source, data = self.sources[path], self.repository.data(blob)
        same = hashlib.sha256(data).hexdigest() == source.digest
        return same or decode(data, "")[0] == source.text


def blob_name(data: bytes, like: str) -> str:
    """The name that git gives a blob, in the form of another's: SHA-1 or SHA-256."""
    method = "sha256" if len(like) == SHA256 else "sha1"
    found = hashlib.new(method, f"blob {len(data)}\0".encode(), usedforsecurity=False)
    found.update(data)
    return found.hexdigest()
