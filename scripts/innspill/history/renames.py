"""What a file was called before: the one that went when it came, and that says much the same.

As git has it (`git log --follow`): the same bytes, else at least half of what either says. Git
keeps no names with its commits, so that is all there is to tell it by.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping

LEAST = 0.5
"""How much of the longer text both must have."""
FEW = 200
"""With how many files that went one that came is compared."""

Load = Callable[[str], bytes]
"""Gives a file's text by its path."""


def renamed(
    came: Mapping[str, str], went: Mapping[str, str], load_new: Load, load_old: Load
) -> dict[str, str]:
    """The old paths of files by their new ones; given are their digests by their paths.

    Each old path is given once, to the file that is most like it; the same name in another folder
    first, where two are equally like it.
    """
    found: dict[str, str] = {}
    left = dict(went)
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for old, digest in went.items():
        alike[digest].append(old)
    for new in sorted(came):
        if same := alike[came[new]]:
            found[new] = max(same, key=lambda old: (_is_namesake(old, new), old))
            same.remove(found[new])
            del left[found[new]]
    others = sorted(came.keys() - found.keys())[:FEW]
    if not left or not others:
        return found
    old_texts = {old: lines_of(load_old(old)) for old in sorted(left)[:FEW]}
    new_texts = {new: lines_of(load_new(new)) for new in others}
    pairs = sorted(
        (
            (likeness(old_texts[old], new_texts[new]), _is_namesake(old, new), old, new)
            for new in others
            for old in old_texts
        ),
        reverse=True,
    )
    for like, _, old, new in pairs:
        if like >= LEAST and new not in found and old in left:
            found[new] = old
            del left[old]
    return found


def lines_of(data: bytes) -> Counter[bytes]:
    """The lines of a text, empty ones left out."""
    return Counter(line for each in data.splitlines() if (line := each.strip()))


def likeness(one: Counter[bytes], other: Counter[bytes]) -> float:
    """How much of the longer of two texts stands in both, between 0 and 1."""
    longest = max(_size(one), _size(other))
    return _size(one & other) / longest if longest else 0.0


def _size(lines: Counter[bytes]) -> int:
    return sum(len(line) * count for line, count in lines.items())


def _is_namesake(old: str, new: str) -> bool:
    return old.rpartition("/")[2] == new.rpartition("/")[2]


def pages(paths: Collection[str]) -> list[str]:
    """Those paths that are of texts: nothing else is followed."""
    return [path for path in paths if path.endswith(".md")]
