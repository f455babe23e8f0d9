"""A statement's history: what each commit that changed its file is called, and how much it did.

Paragraphs are counted in the files as they were, so that a long history costs little: what
stands between empty lines, and each item of a list. Broken lines and front matter make none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from innspill.history.files import opened
from innspill.history.log import Change
from innspill.model import Entry, Revision
from innspill.read.source import decode, split

if TYPE_CHECKING:
    from innspill.history.repository import Repository

BETWEEN = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])")


def entries(
    folder: str, path: str, changes: tuple[Change, ...], has_authors: bool
) -> tuple[Entry, ...]:
    """The history of the file `path`, the newest first. Raises HistoryFault."""
    return tuple(_entries(opened(Path(folder)), path, changes, has_authors))


def _entries(
    repository: Repository, path: str, changes: tuple[Change, ...], has_authors: bool
) -> Iterator[Entry]:

    @lru_cache(maxsize=3)  # what a commit found there is what the one before it left
    def parts(blob: str) -> Counter[str]:
        return parts_of(repository.data(blob))

    for change in changes:
        commit = change.commit
        after = repository.blob(commit.id, path)
        if after is None:
            continue  # the file was not there yet, or was taken away
        told = repository.told(commit.id)
        before = repository.blob(commit.parents[0], path) if commit.parents else None
        yield Entry(
            Revision(commit.id, commit.day),
            told.subject,
            told.author if has_authors else "",
            None if before is None else changed_paragraphs(parts(before), parts(after)),
        )


def changed_paragraphs(before: Counter[str], after: Counter[str]) -> int:
    """How many paragraphs are others, or are new, or are gone; given as `parts_of` gives them."""
    # Those that are alike to the letter, nearly all, are not looked into.
    old, new = _words(before - after), _words(after - before)
    return max((new - old).total(), (old - new).total())


def parts_of(data: bytes) -> Counter[str]:
    """The paragraphs of a file, as they are written."""
    text = decode(data, "")[0]
    body = "\n".join(text.split("\n")[split(text)[1] or 0 :])
    return Counter(BETWEEN.split(body))


def _words(parts: Counter[str]) -> Counter[str]:
    found = (" ".join(part.split()) for part in parts.elements())
    return Counter(part for part in found if part)
