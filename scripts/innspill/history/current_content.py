"""The content that git is asked about, as it is now, and whether git has it so.

Line ends that git converts, and files that Git LFS keeps, count as the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from innspill.blob import Blob
from innspill.diagnostics import Location
from innspill.history.files import OpenRepository
from innspill.history.tracked_files import TrackedFiles
from innspill.read.read import SITE, Content
from innspill.read.scan import ScannedFile
from innspill.read.schema import SiteFront
from innspill.read.source import decode


@dataclass(frozen=True, slots=True)
class CurrentContent:
    """The content that git is asked about."""

    folder: Path
    site: SiteFront | None = field(repr=False)
    """The front matter of the site's `index.md`."""
    scanned: tuple[ScannedFile, ...] = field(repr=False)
    """The Markdown files that it is asked about."""
    data: Mapping[str, bytes] = field(repr=False)
    """The bytes of the Markdown files, by their paths."""
    blobs: Mapping[str, Blob] = field(repr=False)
    """The other files."""

    @property
    def statements(self) -> tuple[ScannedFile, ...]:
        """Those of the files that are statements."""
        return tuple(each for each in self.scanned if each.kind == "statement")

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all files."""
        return frozenset(each.path for each in self.scanned) | self.blobs.keys()

    @property
    def place(self) -> Location:
        """The site's index, which bears the blame for what is wrong as a whole."""
        return Location(next((each.shown for each in self.scanned if each.path == SITE), SITE))


def current_of(folder: Path, content: Content) -> CurrentContent:
    """The content of a folder as it was read."""
    blobs = {path: each.blob for path, each in content.files.items()}
    return CurrentContent(folder, content.site, content.scanned, content.data, blobs)


class IsUnchanged:
    """The content beside the commit that is checked out."""

    def __init__(
        self, repository: OpenRepository, current: CurrentContent, chronicle: TrackedFiles
    ) -> None:
        self.repository, self.current, self.chronicle = repository, current, chronicle

    def __call__(self, path: str) -> bool:
        """Whether a file that is in git stands there as it was read. Raises HistoryFault."""
        blob = self.chronicle.blobs[path]
        if path in self.current.blobs:
            return self.repository().holds(blob, self.current.blobs[path])
        now, then = self.current.data[path], self.repository().data(blob)
        return now == then or decode(now, "")[0] == decode(then, "")[0]
