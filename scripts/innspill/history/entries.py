"""A statement's history: what each commit that changed its file is called, and how much it did.

Paragraphs are counted in the files as they were, so that a long history costs little: what
stands between empty lines, and each item of a list. Broken lines and front matter make none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from innspill.history.commit_texts import officers_in, without_names
from innspill.history.files import LARGEST_TEXT, OpenRepository
from innspill.history.log import Change
from innspill.history.person_names import Name
from innspill.model import LogEntry, Revision
from innspill.read.source import decode, split, without_lines

if TYPE_CHECKING:
    from innspill.history.repository import Commit, Repository

BETWEEN = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])")


def entries(
    repository: OpenRepository,
    path: str,
    changes: tuple[Change, ...],
    has_authors: bool,
    hidden: tuple[str, ...] | None,
) -> tuple[LogEntry, ...]:
    """The history of the file `path`, the newest first. Raises HistoryFault.

    `hidden` are names that must not be published, which are left out, and with them whatever
    name the file had as its case officer's; None where it hides none.
    """
    if not changes:
        return ()
    found = tuple(_entries(repository(), path, changes, has_authors))
    if hidden is None:
        return found
    names = set(hidden)
    for change in changes:
        if blob := repository().blob(change.commit.id, change.path or path):
            names |= officers_in(repository().data(blob, LARGEST_TEXT))
    left_out = tuple(map(Name.of, sorted(names)))
    return tuple(without_names(each, left_out) for each in found)


def _entries(
    repository: Repository, path: str, changes: tuple[Change, ...], has_authors: bool
) -> Iterator[LogEntry]:

    @lru_cache(maxsize=3)  # what a commit found there is what the one before it left
    def parts(blob: str) -> Counter[str]:
        return parts_of(repository.data(blob, LARGEST_TEXT))

    for change in changes:
        commit = change.commit
        name = change.path or path
        after = repository.blob(commit.id, name)
        if after is None:
            continue  # the file was not there yet, or was taken away
        told = repository.told(commit.id)
        before = _before(repository, commit, change.before or name)
        yield LogEntry(
            Revision(commit.id, commit.day),
            told.subject,
            told.author if has_authors else "",
            None if before is None else changed_paragraphs(parts(before), parts(after)),
            change.before,
        )


def _before(repository: Repository, commit: Commit, path: str) -> str | None:
    """The blob that a file had in the first parent that has it, None where none has."""
    found = (repository.blob(parent, path) for parent in commit.parents)
    return next((blob for blob in found if blob), None)


def changed_paragraphs(before: Counter[str], after: Counter[str]) -> int:
    """How many paragraphs are others, or are new, or are gone; given as `parts_of` gives them."""
    # Those that are alike to the letter, nearly all, are not looked into.
    old, new = _words(before - after), _words(after - before)
    return max((new - old).total(), (old - new).total())


def parts_of(data: bytes) -> Counter[str]:
    """The paragraphs of a file, as they are written."""
    text = decode(data, "")[0]
    return Counter(BETWEEN.split(without_lines(text, split(text)[1] or 0)))


def _words(parts: Counter[str]) -> Counter[str]:
    found = (" ".join(part.split()) for part in parts.elements())
    return Counter(part for part in found if part)
