"""A text that was parted into pieces too short to be known by themselves: names made a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from innspill.compare.features import ALIKE, INSIDE, TELLING, BlockFeatures, is_piece, kept

LONG = 2 * TELLING
"""How many words a piece has at most, to be looked for among others."""


def parted(
    whole: Sequence[BlockFeatures],
    some: Sequence[BlockFeatures],
    free: tuple[Sequence[int], Sequence[int]],
) -> dict[int, int]:
    """The free blocks of which pieces in a row stand in the other text, each with the first."""
    ranks = sorted(
        (-kept([whole[i]], [some[j] for j in pieces]), i, pieces)
        for i, pieces in _rows(whole, some, *free)
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for rank, i, pieces in ranks:
        if -rank >= ALIKE and i not in found and taken.isdisjoint(pieces):
            found[i] = pieces[0]
            taken.update(pieces)
    return found


def _rows(
    whole: Sequence[BlockFeatures],
    some: Sequence[BlockFeatures],
    free_whole: Sequence[int],
    free_some: Sequence[int],
) -> Iterator[tuple[int, list[int]]]:
    """The rows of two pieces or more that stand in one block."""
    places: dict[int, list[int]] = defaultdict(list)
    for j in free_some:
        if len(some[j].words) <= LONG:
            for word in some[j].words:
                places[word].append(j)
    for i in free_whole:
        if len(whole[i].words) < TELLING:
            continue
        counts = Counter(j for word in set(whole[i].words) for j in places[word])
        inside = [j for j, n in counts.items() if n >= INSIDE * len(some[j].words)]
        rows = _in_rows(sorted(j for j in inside if is_piece(some[j], whole[i])))
        yield from ((i, row) for row in rows if len(row) > 1)


def _in_rows(places: Iterable[int]) -> list[list[int]]:
    """Rising places, each with those that it stands next to."""
    rows: list[list[int]] = []
    for j in places:
        if rows and rows[-1][-1] == j - 1:
            rows[-1].append(j)
        else:
            rows.append([j])
    return rows
