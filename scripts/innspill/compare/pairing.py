"""Which block of the old text is which of the new: the same, alike, parted or joined.

1. An answer's heading is bound by its questions, whatever its words.
2. What is the same to the letter is paired, in order first, then wherever it went.
3. What is alike enough is paired, the likest first.
4. What stands alone between two pairs on both sides was rewritten, if anything was kept.
5. A pair takes in the neighbours that make it liker still: a split, or a merge.
6. Pairs that cross others have moved: as few words as can explain the new order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from innspill.compare.blocks import ComparedBlock
from innspill.compare.features import (
    ALIKE,
    TELLING,
    BlockFeatures,
    NumberOf,
    bag_likeness,
    candidates,
    compared_by,
    features_of,
    is_piece,
    score,
)
from innspill.compare.similarity import common, likeness

REWRITTEN = 0.2
"""How many of their words two blocks share at least, to be one that was rewritten."""


@dataclass(frozen=True, slots=True)
class Match:
    """Blocks of the old text, and what they became: one and one, or one and several."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    is_moved: bool = False


def match_blocks(old: Sequence[ComparedBlock], new: Sequence[ComparedBlock]) -> tuple[Match, ...]:
    """All matches, in the order of the new text; what is in none was put in or taken out."""
    keys, words = NumberOf(), NumberOf()
    was, now = features_of(old, keys, words), features_of(new, keys, words)
    pairs = dict(_answers(old, new))
    for find in (_identical, _alike, _rewritten):
        pairs |= find(was, now, pairs)
    matches = _with_neighbours(was, now, pairs)
    return _moved(matches, [len(each.words) for each in was])


def _answers(
    old: Sequence[ComparedBlock], new: Sequence[ComparedBlock]
) -> Iterator[tuple[int, int]]:
    taken: set[int] = set()
    for i, before in enumerate(old):
        for j, after in enumerate(new):
            if j not in taken and set(before.answers) & set(after.answers):
                taken.add(j)
                yield i, j
                break


def _free(some: Sequence[BlockFeatures], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [place for place in range(len(some)) if place not in gone]


def _identical(
    old: Sequence[BlockFeatures], new: Sequence[BlockFeatures], pairs: Mapping[int, int]
) -> dict[int, int]:
    free_old, free_new = _free(old, pairs.keys()), _free(new, pairs.values())
    in_order = common([old[i].key for i in free_old], [new[j].key for j in free_new])
    found = {free_old[i]: free_new[j] for i, j in in_order}
    taken = set(found.values())
    places: dict[int, list[int]] = defaultdict(list)
    for j in free_new:
        if j not in taken and len(new[j].words) >= TELLING:
            places[new[j].key].append(j)
    for i in free_old:
        if i not in found and places[old[i].key]:
            found[i] = places[old[i].key].pop(0)
    return found


def _alike(
    old: Sequence[BlockFeatures], new: Sequence[BlockFeatures], pairs: Mapping[int, int]
) -> dict[int, int]:
    """The likest pairs of what is left, each block once."""
    near = candidates(old, new, _free(old, pairs.keys()), _free(new, pairs.values()))
    ranks = [
        (-alike, abs(i * len(new) - j * len(old)), i, j)
        for i, j in near
        if (alike := score(old[i], new[j])) >= ALIKE
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(ranks):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _rewritten(
    old: Sequence[BlockFeatures], new: Sequence[BlockFeatures], pairs: Mapping[int, int]
) -> dict[int, int]:
    """What is alone between pairs on both sides, and has some words in common."""
    found: dict[int, int] = {}
    ends = [(-1, -1), *sorted(pairs.items()), (len(old), len(new))]
    for (i, j), (next_i, next_j) in pairwise(ends):
        if next_i - i != 2 or next_j - j != 2:
            continue
        was, now = old[i + 1], new[j + 1]
        is_one = was.sort == now.sort == "text" and was.block.kind == now.block.kind
        if is_one and bag_likeness(*compared_by(was, now)) >= REWRITTEN:
            found[i + 1] = j + 1
    return found


def _with_neighbours(
    old: Sequence[BlockFeatures], new: Sequence[BlockFeatures], pairs: Mapping[int, int]
) -> list[Match]:
    free_old, free_new = set(_free(old, pairs.keys())), set(_free(new, pairs.values()))
    matches = []
    for i, j in sorted(pairs.items(), key=lambda pair: pair[1]):
        became = _grown(old[i], new, j, free_new)
        free_new -= set(became)
        came_of = (i,) if len(became) > 1 else _grown(new[j], old, i, free_old)
        free_old -= set(came_of)
        matches.append(Match(came_of, became))
    return matches


def _grown(
    whole: BlockFeatures, some: Sequence[BlockFeatures], place: int, free: set[int]
) -> tuple[int, ...]:
    """The block at `place` and those around it that `whole` was split into."""
    first = last = place
    words = some[place].words
    best = likeness(whole.words, words)
    while best < 1:
        tried = [(best, 0, words)]
        if last + 1 in free and is_piece(some[last + 1], whole):
            more = words + some[last + 1].words
            tried.append((likeness(whole.words, more), 1, more))
        if first - 1 in free and is_piece(some[first - 1], whole):
            more = some[first - 1].words + words
            tried.append((likeness(whole.words, more), -1, more))
        best, side, words = max(tried, key=lambda each: each[0])
        if not side:
            break
        first, last = (first, last + 1) if side > 0 else (first - 1, last)
    return tuple(range(first, last + 1))


def _moved(matches: Sequence[Match], weights: Sequence[int]) -> tuple[Match, ...]:
    """The matches in the new order, those that left the old order said to have moved."""
    kept = heaviest_rising(
        [match.old[0] for match in matches],
        [1 + sum(weights[place] for place in match.old) for match in matches],
    )
    return tuple(
        match if place in kept else replace(match, is_moved=True)
        for place, match in enumerate(matches)
    )


def heaviest_rising(values: Sequence[int], weights: Sequence[int]) -> set[int]:
    """The places of the rising subsequence with the greatest weight; values differ.

    O(n log n): `tails` holds the sums that no smaller value reaches, both rising.
    """
    tails: list[tuple[int, int, int]] = []  # value, sum, place
    parents: dict[int, int] = {}
    for place, (value, weight) in enumerate(zip(values, weights, strict=True)):
        spot = bisect_left(tails, (value,))
        total = weight + (tails[spot - 1][1] if spot else 0)
        parents[place] = tails[spot - 1][2] if spot else -1
        end = spot
        while end < len(tails) and tails[end][1] <= total:
            end += 1
        tails[spot:end] = [(value, total, place)]
    place = tails[-1][2] if tails else -1
    kept: set[int] = set()
    while place >= 0:
        kept.add(place)
        place = parents[place]
    return kept
