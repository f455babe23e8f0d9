"""Which block of the old text is which of the new: the same, alike, parted or joined.

1. An answer's heading is bound by its questions, whatever its words.
2. What is the same to the letter is paired, in order first, then wherever it went.
3. What is alike enough is paired, the likest first.
4. What stands in the other text as a row of short pieces is paired with the first of them.
5. What stands alone between two pairs on both sides was rewritten, if anything was kept.
6. A pair takes in the neighbours that make it liker still: a split, or a merge.
7. Pairs that cross others have moved: as few words as can explain the new order. What kept
   too little to be known where it is now is no pair.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from innspill.compare.blocks import ComparedBlock
from innspill.compare.features import (
    INSIDE,
    PARAGRAPHS,
    TELLING,
    BlockFeatures,
    bag_likeness,
    compared_by,
    features_of,
    is_piece,
    kept,
)
from innspill.compare.likest import likest
from innspill.compare.parted import parted
from innspill.compare.similarity import common, likeness, shared

REWRITTEN = 0.2
"""How many of their words two blocks share at least, to be one that was rewritten."""
MOVED = 0.6
"""How much of a block is kept at least, to be known again where it moved to."""


@dataclass(frozen=True, slots=True)
class Match:
    """Blocks of the old text, and what they became: one and one, or one and several."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    is_moved: bool = False


def match_blocks(old: Sequence[ComparedBlock], new: Sequence[ComparedBlock]) -> tuple[Match, ...]:
    """All matches, in the order of the new text; what is in none was put in or taken out."""
    was, now = features_of(old, new)
    bound = dict(_answers(old, new))
    pairs = dict(bound)
    for find in (_identical, _alike, _parted, _rewritten):
        pairs |= find(was, now, pairs)
    matches = _with_neighbours(was, now, pairs)
    return _moved(matches, was, now, bound)


def _answers(
    old: Sequence[ComparedBlock], new: Sequence[ComparedBlock]
) -> Iterator[tuple[int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for j in range(len(new) - 1, -1, -1):
        for name in new[j].answers:
            places[name].append(j)  # the first is the last, to be taken from the end
    taken: set[int] = set()
    for i, before in enumerate(old):
        for name in before.answers:
            while places[name] and places[name][-1] in taken:
                places[name].pop()
        if left := [places[name][-1] for name in before.answers if places[name]]:
            taken.add(min(left))
            yield i, min(left)


def _free(some: Sequence[BlockFeatures], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [place for place in range(len(some)) if place not in gone]


def _identical(
    old: Sequence[BlockFeatures], new: Sequence[BlockFeatures], pairs: Mapping[int, int]
) -> dict[int, int]:
    free_old, free_new = _free(old, pairs.keys()), _free(new, pairs.values())
    found = dict(_in_order(old, new, free_old, free_new))
    taken = set(found.values())
    places: dict[int, list[int]] = defaultdict(list)
    for j in free_new:
        if j not in taken and len(new[j].words) >= TELLING:
            places[new[j].key].append(j)
    for i in free_old:
        if i not in found and places[old[i].key]:
            found[i] = places[old[i].key].pop(0)
    return found


def _in_order(
    old: Sequence[BlockFeatures],
    new: Sequence[BlockFeatures],
    free_old: Sequence[int],
    free_new: Sequence[int],
) -> Iterator[tuple[int, int]]:
    """What is the same in both and in order: what says much first, the rest between."""
    much_old = [i for i in free_old if len(old[i].words) >= TELLING]
    much_new = [j for j in free_new if len(new[j].words) >= TELLING]
    a = b = 0
    for x, y in [*_common(old, new, much_old, much_new), (len(old), len(new))]:
        end_a, end_b = bisect_left(free_old, x, a), bisect_left(free_new, y, b)
        yield from _common(old, new, free_old[a:end_a], free_new[b:end_b])
        if x < len(old):
            yield x, y
        a, b = end_a + 1, end_b + 1


def _common(
    old: Sequence[BlockFeatures],
    new: Sequence[BlockFeatures],
    some: Sequence[int],
    others: Sequence[int],
) -> Iterator[tuple[int, int]]:
    for i, j in common([old[i].key for i in some], [new[j].key for j in others]):
        yield some[i], others[j]


def _alike(
    old: Sequence[BlockFeatures], new: Sequence[BlockFeatures], pairs: Mapping[int, int]
) -> dict[int, int]:
    return likest(old, new, pairs, (_free(old, pairs.keys()), _free(new, pairs.values())))


def _parted(
    old: Sequence[BlockFeatures], new: Sequence[BlockFeatures], pairs: Mapping[int, int]
) -> dict[int, int]:
    free_old, free_new = _free(old, pairs.keys()), _free(new, pairs.values())
    split = parted(old, new, (free_old, free_new))
    merged = parted(new, old, (free_new, [i for i in free_old if i not in split]))
    came = set(split.values())
    return split | {i: j for j, i in merged.items() if j not in came}


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
        tried = [(best, first, last, words)]
        for outer in (last + 1, last + 2, first - 1, first - 2):  # one may be new between
            added = range(last + 1, outer + 1) if outer > last else range(outer, first)
            if not free.issuperset(added) or not _are_paragraphs(whole, some, added):
                continue
            more = tuple(word for each in added for word in some[each].words)
            more = words + more if outer > last else more + words
            if is_piece(some[outer], whole) or _holds_the_rest(whole.words, words, more):
                start, end = min(first, outer), max(last, outer)
                tried.append((likeness(whole.words, more), start, end, more))
        better, start, end, words = max(tried, key=lambda each: each[0])
        if better == best:
            break
        best, first, last = better, start, end
    return tuple(range(first, last + 1))


def _are_paragraphs(
    whole: BlockFeatures, some: Sequence[BlockFeatures], places: Iterable[int]
) -> bool:
    return {whole.block.kind, *(some[each].block.kind for each in places)} <= PARAGRAPHS


def _holds_the_rest(whole: Sequence[int], words: Sequence[int], more: Sequence[int]) -> bool:
    """Whether most of what the words lack of the whole is in more of them."""
    had = shared(whole, words)
    rest = len(whole) - had
    return rest >= TELLING and shared(whole, more) - had >= INSIDE * rest


def _moved(
    matches: Sequence[Match],
    old: Sequence[BlockFeatures],
    new: Sequence[BlockFeatures],
    bound: Mapping[int, int],
) -> tuple[Match, ...]:
    """The matches in the new order, those that left the old order said to have moved."""
    staying = heaviest_rising(
        [match.old[0] for match in matches],
        [1 + sum(len(old[place].words) for place in match.old) for match in matches],
    )
    return tuple(
        match if place in staying else replace(match, is_moved=True)
        for place, match in enumerate(matches)
        if place in staying
        or match.old[0] in bound
        or kept([old[i] for i in match.old], [new[j] for j in match.new]) >= MOVED
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
