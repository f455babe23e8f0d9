"""The likest pairs of what is left, each block once.

Where one block is as like to several as to one, a twin, the pairs that are beyond dispute
are settled first; then the twin that stands nearest to what is settled is taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from innspill.compare.features import ALIKE, BlockFeatures, candidates, score

Pair = tuple[int, int]


def likest(
    old: Sequence[BlockFeatures],
    new: Sequence[BlockFeatures],
    settled: Mapping[int, int],
    free: tuple[Sequence[int], Sequence[int]],
) -> dict[int, int]:
    """The pairs of free blocks that are alike enough, the likest first."""
    ranks = sorted(
        (-alike, i, j)
        for i, j in candidates(old, new, *free)
        if (alike := score(old[i], new[j])) >= ALIKE
    )
    near = _Settled({**settled, **_undisputed(ranks)}, (len(old), len(new)))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted((rank, near.distance(i, j), i, j) for rank, i, j in ranks):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _undisputed(ranks: Sequence[tuple[float, int, int]]) -> dict[int, int]:
    """Of the ranked pairs, those that are taken wherever twins are."""
    found: dict[int, int] = {}
    gone_old, gone_new = set[int](), set[int]()
    open_old, open_new = set[int](), set[int]()
    for _, group in groupby(ranks, key=lambda rank: rank[0]):
        level = [(i, j) for _, i, j in group if i not in gone_old and j not in gone_new]
        old, new = Counter(i for i, _ in level), Counter(j for _, j in level)
        for i, j in level:
            if old[i] > 1 or new[j] > 1 or i in open_old or j in open_new:
                open_old.add(i)
                open_new.add(j)
        for i, j in level:
            if i not in open_old and j not in open_new:
                found[i] = j
                gone_old.add(i)
                gone_new.add(j)
    return found


class _Settled:
    """Pairs that are settled, with the beginnings and the ends of both texts."""

    def __init__(self, pairs: Mapping[int, int], ends: Pair) -> None:
        self.pairs = [(-1, -1), *sorted(pairs.items()), ends]
        self.old = [i for i, _ in self.pairs]
        self.new = [-1, *sorted(pairs.values()), ends[1]]

    def distance(self, i: int, j: int) -> int:
        """How much nearer one is than the other to the settled pair that is nearest.

        Nought where both stand next to it.
        """
        above = bisect_left(self.old, i)
        below = bisect_left(self.new, j)
        (i0, j0), (i1, j1) = self._around(above, i)
        if self.new[below - 1] == j0 or self.new[below + (self.new[below] == j)] == j1:
            return 0
        return min(abs((i - i0) - (j - j0)), abs((i1 - i) - (j1 - j)))

    def _around(self, above: int, i: int) -> tuple[Pair, Pair]:
        return self.pairs[above - 1], self.pairs[above + (self.old[above] == i)]
