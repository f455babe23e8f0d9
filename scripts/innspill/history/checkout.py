"""Whether files stand on the disk as they stand in git.

Line ends that git converts, and files that Git LFS keeps, count as the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from innspill.blob import Blob
from innspill.history.blobs import blob_name
from innspill.history.chronicle import Chronicle
from innspill.history.files import opened
from innspill.read.read import Content
from innspill.read.source import decode

if TYPE_CHECKING:
    from innspill.history.repository import Repository


class Checkout:
    """A content folder beside the commit that is checked out, while one build lasts."""

    def __init__(self, folder: Path, chronicle: Chronicle | None) -> None:
        self.folder, self.chronicle = folder, chronicle
        self._known: dict[str, bool] = {}

    @cached_property
    def repository(self) -> Repository:
        """The repository, which is opened where names of blobs don't tell enough."""
        return opened(self.folder)

    def holds_source(self, path: str, data: bytes) -> bool:
        """Whether a source that is in git has this text there. Raises HistoryFault."""

        def is_same(blob: str) -> bool:
            return decode(self.repository.data(blob), "")[0] == decode(data, "")[0]

        return self._holds(path, len(data), (data,), is_same)

    def holds_file(self, path: str, file: Blob) -> bool:
        """Whether another file that is in git has these bytes there. Raises HistoryFault."""
        return self._holds(
            path, file.size, file.pieces(), lambda blob: self.repository.holds(blob, file)
        )

    def _holds(
        self, path: str, size: int, pieces: Iterable[bytes], is_same: Callable[[str], bool]
    ) -> bool:
        """`is_same` is asked where the blob's name says that the bytes are others."""
        assert self.chronicle is not None
        if path not in self._known:
            blob = self.chronicle.blobs[path]
            self._known[path] = blob_name(size, pieces, like=blob) == blob or is_same(blob)
        return self._known[path]


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
            return self.repository.holds(blob, self.content.files[path].blob)
        source, data = self.sources[path], self.repository.data(blob)
        same = hashlib.sha256(data).hexdigest() == source.digest
        return same or decode(data, "")[0] == source.text
