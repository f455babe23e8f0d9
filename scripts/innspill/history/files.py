"""The content folder as it was in a commit, for reading like today's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from innspill.blob import Blob, hashed
from innspill.diagnostics import Diagnostic
from innspill.history.fault import HistoryFault
from innspill.messages import say
from innspill.project import MachineFault
from innspill.read.disk import Listed
from innspill.read.names import bad_name, is_page
from innspill.read.paths import is_hidden, path_key

if TYPE_CHECKING:
    from innspill.history.repository import Commit, Repository


@dataclass(frozen=True, slots=True)
class Committed:
    """The files below the content folder in one commit."""

    repository: Repository
    blobs: Mapping[str, str] = field(repr=False)
    """The name of each file's blob, by its path in Unicode's form NFC."""

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        """The paths of the Markdown files, in order, and those that can't be taken, as faults."""
        paths = sorted(self.blobs, key=path_key)
        pages = [path for path in paths if is_page(path) and not is_hidden(path)]
        faults = {path: bad_name(path, shown) for path in pages}
        found = [fault for fault in faults.values() if fault]
        return [path for path in pages if not faults[path]], found

    def load(self, path: str) -> bytes:
        """A file's bytes."""
        return self.repository.data(self.blobs[path])

    def others(self) -> tuple[Listed, ...]:
        """Nothing: what stood unused beside a settled text is nobody's affair."""
        return ()

    def find(self, path: str) -> Blob | None:
        """A file, None where there is none."""
        blob = self.blobs.get(path)
        if blob is None or is_hidden(path):
            return None
        size, sha256 = hashed((self.repository.data(blob),))
        return Blob(size, sha256, partial(_pieces, str(self.repository.content), blob))


def _pieces(folder: str, blob: str) -> tuple[bytes]:
    """A blob's bytes, as one piece: libgit2 knows no other way. Raises MachineFault."""
    try:
        return (opened(Path(folder)).data(blob),)
    except HistoryFault as fault:
        raise MachineFault(fault.message) from fault


def files_in(repository: Repository, commit: Commit) -> Committed:
    """The content folder's files in a commit. Raises HistoryFault where objects are gone."""
    files = repository.files(commit.id)
    return Committed(repository, {normalize("NFC", path): files[path] for path in files})


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
