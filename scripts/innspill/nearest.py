"""What was likely meant by a name that is none of those that there are."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import basename

from innspill.messages import Message, say

ALIKE, ALIKE_PATHS, ALIKE_FILES = 65, 80, 85
"""How much two names are alike at least, of 100: two words, two paths, two files' names."""


def nearest(name: str, names: Iterable[str], least: int = ALIKE) -> str | None:
    """The name that is most like another, capitals aside; None where none is like it."""
    from rapidfuzz import fuzz, process  # which a build without faults never needs

    found = process.extractOne(
        name, list(names), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=least
    )
    return found[0] if found else None


def nearest_path(path: str, paths: Iterable[str]) -> str | None:
    """The path that is most like another, or that of a file called nearly the same elsewhere."""
    there = sorted(paths)
    if found := nearest(path, there, ALIKE_PATHS):
        return found
    names = {basename(each): each for each in reversed(there)}
    found = nearest(basename(path), names, ALIKE_FILES)
    return names[found] if found else None


def with_nearest(name: str, names: Iterable[str], valid: Message) -> Message:
    """A hint that says which names there are, behind the one that was likely meant."""
    near = nearest(name, names)
    return say('did you mean "{key}"? {valid}', key=near, valid=valid) if near else valid
