"""The content folder as it was in a commit, for reading like today's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from innspill.blob import Blob, blob_of, hashed
from innspill.diagnostics import Diagnostic
from innspill.failure import MachineFault
from innspill.history.fault import HistoryFault
from innspill.messages import say
from innspill.read.disk import LARGEST, DirectoryEntry
from innspill.read.names import bad_name, is_page
from innspill.read.paths import is_hidden, path_key
from innspill.read.pointers import is_pointer

if TYPE_CHECKING:
    from innspill.history.repository import Commit, Repository

LARGEST_TEXT = 2 * LARGEST
"""How many bytes of a text are read from git: above what a text may have, it is said of it."""
LONGEST_LINK = 4096
COMMITS = 8
"""Of so many commits the files are held, while the repository is open."""


@dataclass(frozen=True, slots=True)
class CommittedFiles:
    """The files below the content folder in one commit."""

    repository: Repository
    blobs: Mapping[str, str] = field(repr=False)
    """The name of each file's blob, by its path in Unicode's form NFC."""
    links: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The same of each link."""

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        """The paths of the Markdown files, in order, and those that can't be taken, as faults."""
        paths = sorted(self.blobs, key=path_key)
        pages = [path for path in paths if is_page(path) and not is_hidden(path)]
        faults = {path: bad_name(path, shown) for path in pages}
        found = [fault for fault in faults.values() if fault]
        return [path for path in pages if not faults[path]], found

    def load(self, path: str) -> bytes:
        """A text's bytes. Raises HistoryFault, where it is far too large to be read too."""
        return self.repository.data(self.blobs[path], LARGEST_TEXT)

    def is_small(self, path: str) -> bool:
        """Whether a text is not too large to be looked into. Raises HistoryFault."""
        return self.repository.size(self.blobs[path]) <= LARGEST_TEXT

    def others(self) -> tuple[DirectoryEntry, ...]:
        """Nothing: what stood unused beside a settled text is nobody's affair."""
        return ()

    def find(self, path: str) -> Blob | None:
        """A file, None where there is none."""
        blob = self.blobs.get(path)
        if is_hidden(path):
            return None
        if blob is None:
            return self._kept_by_annex(path)
        size, sha256 = hashed((self.repository.data(blob),))
        return Blob(size, sha256, partial(_pieces, str(self.repository.content), blob))

    def _kept_by_annex(self, path: str) -> Blob | None:
        """What git-annex has in a file's place; as a link, or as a file, it says the same."""
        link = self.links.get(path)
        if link is None or self.repository.size(link) > LONGEST_LINK:
            return None
        target = self.repository.data(link)
        return blob_of(target) if is_pointer(target) else None


def _pieces(folder: str, blob: str) -> tuple[bytes]:
    """A blob's bytes, as one piece: libgit2 knows no other way. Raises MachineFault."""
    try:
        return (opened(Path(folder)).data(blob),)
    except HistoryFault as fault:
        raise MachineFault(fault.message) from fault


class OpenRepository:
    """The repository around the content folder, opened once for all that is asked at a time.

    Those of one folder are equal, so that a `Memory` knows what was asked of a commit before.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._found: Repository | None = None
        self.files = lru_cache(COMMITS)(self._files)
        """The content folder's files in a commit. Raises HistoryFault."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OpenRepository) and self.folder == other.folder

    def __hash__(self) -> int:
        return hash(self.folder)

    def __call__(self) -> Repository:
        """The repository. Raises HistoryFault where there is none, or it can't be read."""
        repository = self.find()
        if repository is None:
            message = say("the content is in no git repository, so it has no earlier revisions")
            hint = say("begin one with `git init`, and commit the content")
            raise HistoryFault("git-none", message, hint)
        return repository

    def find(self) -> Repository | None:
        """The repository, None where there is none. Raises HistoryFault where it can't be read."""
        # A site that asks nothing of git does not wait for libgit2.
        from innspill.history.repository import find_repository

        if self._found is None:
            self._found = find_repository(self.folder)
        return self._found

    def _files(self, commit: Commit) -> CommittedFiles:
        return files_in(self(), commit)

    def close(self) -> None:
        """Lets it go: what is asked from now on is asked of the repository as it is then."""
        self._found = None
        self.files.cache_clear()


def files_in(repository: Repository, commit: Commit) -> CommittedFiles:
    """The content folder's files in a commit. Raises HistoryFault where objects are gone."""
    files: dict[str, str] = {}
    links: dict[str, str] = {}
    for path, entry in repository.entries(commit.id).items():
        (files if entry.is_file else links)[normalize("NFC", path)] = entry.id
    return CommittedFiles(repository, files, links)


def opened(folder: Path) -> Repository:
    """The repository around the content folder, for one question.

    Raises HistoryFault where there is none, or it can't be read.
    """
    return OpenRepository(folder)()
