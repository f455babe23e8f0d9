"""What git tells of the content, asked once for the whole site.

The log is walked once, whatever is asked of it: for each file of the commit that is checked
out, the last commit that changed it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from innspill.compose.versions import Named, named_by_tag
from innspill.history.log import Change, last_changes
from innspill.read.read import Content
from innspill.read.schema import VERSION_TAGS

if TYPE_CHECKING:
    from innspill.history.repository import Commit, Repository

T = TypeVar("T")

Changes = Mapping[str, Change]
Walk = Callable[["Repository", str], Changes]
"""Gives the last change of each file that a commit has, by its path."""


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
    changes: Changes = field(default_factory=dict, repr=False)
    """The last change of each path; a shallow clone lacks some."""
    tags: Mapping[str, tuple[Tag, ...]] = field(default_factory=dict, repr=False)
    """All tags that name versions, by the names of the statements' files, the newest first."""

    def tags_of(self, source: str) -> tuple[Tag, ...]:
        """The tags that name versions of the file `source`."""
        found = self.tags.get(PurePosixPath(source).stem, ())
        return tuple(each for each in found if each.named.is_of(source))


def walked(repository: Repository, head: str) -> Changes:
    """Walks the log. Raises HistoryFault."""
    return last_changes(repository, head, repository.files(head), repository.cut_off)


def open_chronicle(
    folder: Path, form: str, walk: Walk = walked, at: str | None = None
) -> Chronicle | None:
    """What git tells of the content folder, None where it stands in no repository.

    `form` is that of the tags of versions; `walk` may remember. `at` is the commit whose content
    it is, where it is not what stands on the disk; of the tags, only its own are taken then.
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
    tags = _tags(repository, form, at)
    if head is None:
        return Chronicle(None, tags=tags)
    return Chronicle(
        head, _composed(repository.files(head)), _composed(walk(repository, head)), tags
    )


def tag_form(content: Content) -> str:
    """The form of the tags that name the site's versions."""
    return content.site.version_tags if content.site else VERSION_TAGS


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
