"""What git tells of the content, asked once for the whole site.

The log is walked once, whatever is asked of it: for each file of the commit that is checked
out, the last commit that changed it, and for each source all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from innspill.compose.versions import Named, named_by_tag
from innspill.history.log import Change, Log, read_log
from innspill.read.schema import VERSION_TAGS, SiteFront

if TYPE_CHECKING:
    from innspill.history.repository import Commit, Repository

T = TypeVar("T")

Walk = Callable[["Repository", str, bool], Log]
"""Gives what the log of a commit says of its files: of sources all, where that is asked for."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that names a version."""

    name: str
    named: Named
    commit: Commit


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A commit's files, when they were changed, and which versions are tagged."""

    head: str | None
    """The commit that is checked out, None where there is none yet."""
    blobs: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The name of each file's blob, by its path in NFC."""
    tags: Mapping[str, tuple[Tag, ...]] = field(default_factory=dict, repr=False)
    """All tags that name versions, by the names of the statements' files, the newest first."""
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

    def tags_of(self, source: str) -> tuple[Tag, ...]:
        """The tags that name versions of the file `source`."""
        found = self.tags.get(PurePosixPath(source).stem, ())
        return tuple(each for each in found if each.named.is_of(source))


def walked(repository: Repository, head: str, has_history: bool) -> Log:
    """Walks the log. Raises HistoryFault."""
    paths = repository.files(head)
    whole = [path for path in paths if path.endswith(".md")] if has_history else []
    return read_log(repository, head, paths, repository.cut_off, whole)


def open_chronicle(
    folder: Path,
    site: SiteFront | None,
    walk: Walk = walked,
    at: str | None = None,
    *,
    all_versions: bool = False,
) -> Chronicle | None:
    """What git tells of the content folder, None where it stands in no repository.

    `walk` may remember. `at` is the commit whose content it is, where it is not what stands on
    the disk; of the tags, only its own are taken then, but for `all_versions`.
    Raises HistoryFault where git can't say.
    """
    if not any((each / ".git").exists() for each in (folder.resolve(), *folder.resolve().parents)):
        return None
    # A site outside of every repository does not wait for libgit2.
    from innspill.history.repository import find_repository

    repository = find_repository(folder)
    if repository is None:
        return None
    head = at or repository.head
    form = site.version_tags if site else VERSION_TAGS
    tags = _tags(repository, form, None if all_versions else at)
    if head is None:
        return Chronicle(None, tags=tags)
    has_history = site is None or site.history
    log = walk(repository, head, has_history)
    return Chronicle(
        head,
        _composed(repository.files(head)),
        tags,
        _composed(log.changes),
        frozenset(normalize("NFC", path) for path in log.cut_short),
        has_history,
    )


def _tags(repository: Repository, form: str, at: str | None) -> dict[str, tuple[Tag, ...]]:
    named = [
        Tag(name, names, commit)
        for name, commit in repository.tags(lambda tag: named_by_tag(tag, form) is not None).items()
        if (names := named_by_tag(name, form)) and at in {None, commit.id}
    ]
    found: defaultdict[str, list[Tag]] = defaultdict(list)
    for tag in sorted(named, key=lambda each: (each.named.version, each.name), reverse=True):
        found[tag.named.statement].append(tag)
    return {statement: tuple(tags) for statement, tags in found.items()}


def _composed(by_path: Mapping[str, T]) -> dict[str, T]:
    return {normalize("NFC", path): value for path, value in by_path.items()}
