"""A content folder with texts that an editor holds and has not saved."""

from __future__ import annotations

from collections.abc import Mapping

from innspill.blob import Blob
from innspill.diagnostics import Diagnostic
from innspill.read.disk import DirectoryEntry, Disk
from innspill.read.names import is_page


class WithUnsaved:
    """The files of a folder; `texts` stand in the place of those that it has, or beside them."""

    def __init__(self, disk: Disk, texts: Mapping[str, bytes]) -> None:
        """`texts` are the bytes of Markdown files, by their paths inside the folder."""
        self.disk, self.texts = disk, texts

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        """The paths of the Markdown files, and those that can't be taken, as faults."""
        paths, faults = self.disk.markdown(shown)
        known = {each.path for each in self.disk.listed}
        new = (each for each in self.texts if each not in known and is_page(each))
        return [*paths, *new], faults

    def load(self, path: str) -> bytes:
        """The bytes of one of them. Raises OSError."""
        return self.texts[path] if path in self.texts else self.disk.load(path)

    def others(self) -> tuple[DirectoryEntry, ...]:
        """What stands beside them."""
        return self.disk.others()

    def find(self, path: str) -> Blob | None:
        """Any file that stands inside. Raises OSError."""
        return self.disk.find(path)
