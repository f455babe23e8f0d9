"""What git tells of the content, asked once for the whole site.

The log is read once, whatever is asked of it: for each file of the commit that is checked
out, the last commit that changed it, and for each source all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from innspill.history.files import OpenRepository
from innspill.history.git_folders import find_git
from innspill.history.log import Change, Log, read_log
from innspill.history.renames import pages, renamed
from innspill.history.tags import OddTag, SourceNames, VersionTag, find_tags
from innspill.read.schema import VERSION_TAGS, SiteFront

if TYPE_CHECKING:
    from innspill.history.repository import Repository

T = TypeVar("T")

Walk = Callable[["Repository", str, bool], Log]
"""Gives what the log of a commit says of its files: of sources all, where that is asked for."""


@dataclass(frozen=True, slots=True)
class TrackedFiles:
    """A commit's files, when they were changed, and which versions are tagged."""

    head: str | None
    """The commit that is checked out, None where there is none yet."""
    blobs: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The name of each file's blob, by its path in NFC."""
    tags: Mapping[str, tuple[VersionTag, ...]] = field(default_factory=dict, repr=False)
    """All tags that name versions, by the statements' paths, the newest first."""
    odd_tags: tuple[OddTag, ...] = field(default=(), repr=False)
    """The tags that seem to be meant so, and name none."""
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """What sources were called before, the last name first, by their paths."""
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict, repr=False)
    """The changes of each path, the last first; a shallow clone lacks some."""
    cut_short: frozenset[str] = field(default=frozenset(), repr=False)
    """The paths that a shallow clone lacks a part of the history of."""
    has_history: bool = True
    """Whether the changes of a source are all there are."""

    def history_of(self, source: str) -> tuple[Change, ...]:
        """All changes of a source, the last first; none where not all are known."""
        is_known = self.has_history and source not in self.cut_short
        return self.changes.get(source, ()) if is_known else ()

    def is_partly_told(self, source: str) -> bool:
        """Whether a shallow clone lacks a part of a history that is asked for."""
        return self.has_history and source in self.cut_short

    def tags_of(self, source: str) -> tuple[VersionTag, ...]:
        """The tags that name versions of the file `source`, the newest first."""
        return self.tags.get(source, ())


def walked(repository: Repository, head: str, is_whole: bool) -> Log:
    """Reads the log. Raises HistoryFault."""
    paths = repository.files(head)
    whole = pages(paths) if is_whole else []
    return read_log(repository, head, paths, repository.cut_off, whole)


def read_tracked_files(
    opened: OpenRepository,
    site: SiteFront | None,
    walk: Walk = walked,
    at: str | None = None,
    *,
    texts: SourceNames,
    all_versions: bool = False,
) -> TrackedFiles | None:
    """What git tells of the content folder, None where it stands in no repository.

    `texts` are the sources as they are now. `walk` may remember. `at` is the commit whose content
    it is, where it is not what stands on the disk; of the tags, only its own are taken then, but
    for `all_versions`.
    Raises HistoryFault where git can't say.
    """
    # A site outside of every repository does not wait for libgit2.
    if find_git(opened.folder) is None or (repository := opened.find()) is None:
        return None
    head = at or repository.head
    form = site.version_tags if site else VERSION_TAGS
    of_commit = None if all_versions else at
    if head is None:
        return TrackedFiles(None, tags=find_tags(repository, form, of_commit, texts).by_source)
    has_history = site is None or site.history
    log = walk(repository, head, has_history or repository.has_tags)
    blobs = _composed(repository.files(head))
    former = _former(repository, blobs, _composed(log.former), texts)
    tagged = find_tags(repository, form, of_commit, replace(texts, former=former))
    return TrackedFiles(
        head,
        blobs,
        tagged.by_source,
        tagged.odd if at is None else (),
        former,
        _composed(log.changes),
        frozenset(normalize("NFC", path) for path in log.cut_short),
        has_history,
    )


def _former(
    repository: Repository,
    blobs: Mapping[str, str],
    known: Mapping[str, tuple[str, ...]],
    texts: SourceNames,
) -> dict[str, tuple[str, ...]]:
    """What sources were called before, in the log and where they were renamed since."""
    came = dict.fromkeys(sorted(pages(texts.paths - blobs.keys())), "")
    went = {path: blobs[path] for path in pages(blobs.keys() - texts.paths)}
    if not came or not went:
        return dict(known)
    now = renamed(came, went, texts.load, lambda path: repository.text(went[path]))
    return {**known, **{new: (old, *known.get(old, ())) for new, old in now.items()}}


def _composed(by_path: Mapping[str, T]) -> dict[str, T]:
    return {normalize("NFC", path): value for path, value in by_path.items()}
