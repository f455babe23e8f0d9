"""The content folder as it was in a commit, for reading like today's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename
from typing import TYPE_CHECKING
from unicodedata import normalize

from innspill.diagnostics import Diagnostic
from innspill.history.fault import HistoryFault
from innspill.messages import say
from innspill.read.disk import bad_name, is_page
from innspill.read.paths import path_key

if TYPE_CHECKING:
    from innspill.history.repository import Commit, Repository


@dataclass(frozen=True, slots=True)
class Committed:
    """The files below the content folder in one commit."""

    repository: Repository
    blobs: Mapping[str, str] = field(repr=False)
    """The name of each file's blob, by its path."""

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        """The paths of the Markdown files, in order, and those that can't be taken, as faults."""
        pages = [
            path
            for path in sorted(self.blobs, key=path_key)
            if is_page(basename(path)) and not any(part[:1] == "." for part in path.split("/"))
        ]
        faults = {path: bad_name(path, shown) for path in pages}
        found = [fault for fault in faults.values() if fault]
        return [path for path in pages if not faults[path]], found

    def load(self, path: str) -> bytes:
        """A file's bytes."""
        return self.repository.data(self.blobs[path])

    def find(self, path: str) -> bytes | None:
        """The bytes of a file, or of one whose name is the same in another form of Unicode."""
        blob = self.blobs.get(path)
        if blob is None:
            names = (each for each in self.blobs if normalize("NFC", each) == path)
            blob = next((self.blobs[each] for each in names), None)
        return None if blob is None else self.repository.data(blob)


def files_in(repository: Repository, commit: Commit) -> Committed:
    """The content folder's files in a commit. Raises HistoryFault where objects are gone."""
    return Committed(repository, repository.files(commit.id))


def opened(folder: Path) -> Repository:
    """The repository around the content folder.

    Raises HistoryFault where there is none, or it can't be read.
    """
    # A site that asks nothing of git does not wait for libgit2.
    from innspill.history.repository import find_repository

    repository = find_repository(folder)
    if repository is None:
        message = say("the content is in no git repository, so it has no earlier revisions")
        hint = say("begin one with `git init`, and commit the content")
        raise HistoryFault("git-none", message, hint)
    return repository
