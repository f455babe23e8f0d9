"""What git tells of the content, asked once for the whole site.

The log is walked once, whatever is asked of it: for each file of the commit that is checked
out, the last commit that changed it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from innspill.history.log import Change, last_changes

if TYPE_CHECKING:
    from innspill.history.repository import Commit, Repository

T = TypeVar("T")

Changes = Mapping[str, Change]
Walk = Callable[["Repository", str], Changes]
"""Gives the last change of each file that a commit has, by its path."""


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A commit's files, when they were changed, and which versions are tagged."""

    head: str | None
    """The commit that is checked out, None where there is none yet."""
    blobs: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The name of each file's blob, by its path in NFC."""
    changes: Changes = field(default_factory=dict, repr=False)
    """The last change of each path; a shallow clone lacks some."""
    tags: Mapping[str, Commit] = field(default_factory=dict, repr=False)
    """The commits of all tags that have the form of a version's."""


def walked(repository: Repository, head: str) -> Changes:
    """Walks the log. Raises HistoryFault."""
    return last_changes(repository, head, repository.files(head), repository.cut_off)


def open_chronicle(folder: Path, walk: Walk = walked, at: str | None = None) -> Chronicle | None:
    """What git tells of the content folder, None where it stands in no repository.

    `walk` may remember. `at` is the commit whose content it is, where it is not what stands
    on the disk; of the tags, only its own are taken then.
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
    tags = repository.tags("*/*/????-??-??-*")
    tags = {name: each for name, each in tags.items() if at in {None, each.id}}
    if head is None:
        return Chronicle(None, tags=tags)
    return Chronicle(
        head, _composed(repository.files(head)), _composed(walk(repository, head)), tags
    )


def _composed(by_path: Mapping[str, T]) -> dict[str, T]:
    return {normalize("NFC", path): value for path, value in by_path.items()}
