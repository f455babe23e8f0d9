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
