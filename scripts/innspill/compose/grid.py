"""The grid of proposals: where each task should go, and how strongly the letter asks for it.

Two things stand at right angles: the directions, and the groups of the letter's own words that
the table of forces (`innspill.check.force`) holds for equally strong. Only those that a statement
has are in it, so that nothing in the grid is empty but a cell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from innspill.check.force import rank
from innspill.model import Proposal

DIRECTIONS = ("to_district", "to_city", "cooperate", "other")
"""Where a proposal may go, in the order that readers meet them."""
SIZES = 8
"""How many sizes a dot may have."""
USUAL_LARGEST = 6
"""A dot of so many proposals is the largest, unless a grid has one of more."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """The proposals of one direction that the letter asks for equally strongly."""

    move: str
    place: str
    """The id of the first of them where the proposals are listed."""
    proposals: tuple[Proposal, ...]
    size: int
    """How large its dot is, from 1 to `SIZES`; 0 where there is no proposal."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """The proposals that the letter asks for equally strongly."""

    words: tuple[str, ...]
    """The letter's own words for it, those it uses most first."""
    cells: tuple[GridCell, ...]
    """One for each of the grid's moves."""


@dataclass(frozen=True, slots=True)
class ProposalGrid:
    """How many proposals go where, and how strongly the letter asks for them."""

    moves: tuple[str, ...]
    """The directions that have a proposal."""
    rows: tuple[GridRow, ...]
    """The strongest first."""
    totals: tuple[int, ...]
    """How many proposals each of the moves has."""

    @property
    def total(self) -> int:
        """How many proposals there are."""
        return sum(self.totals)


def proposal_grid(proposals: Sequence[Proposal]) -> ProposalGrid:
    """The proposals by direction and by force."""
    moves = tuple(move for move in DIRECTIONS if any(each.move == move for each in proposals))
    by_strength: defaultdict[int, list[Proposal]] = defaultdict(list)
    for each in proposals:
        by_strength[rank(each.force)].append(each)
    counts = (Counter(each.move for each in mine) for mine in by_strength.values())
    largest = max((count for each in counts for count in each.values()), default=0)
    return ProposalGrid(
        moves,
        tuple(_row(each, moves, by_strength[each], largest) for each in sorted(by_strength)),
        tuple(sum(each.move == move for each in proposals) for move in moves),
    )


def place_of_cell(move: str, strength: int) -> str:
    """The id of the first proposal of a direction and a rank of `innspill.check.force`."""
    return f"{move.replace('_', '-')}-{strength}"


def _row(strength: int, moves: Sequence[str], mine: Sequence[Proposal], largest: int) -> GridRow:
    words = Counter(each.force for each in mine)  # of words as frequent, the first stays the first
    cells = []
    for move in moves:
        here = tuple(each for each in mine if each.move == move)
        place = place_of_cell(move, strength)
        cells.append(GridCell(move, place, here, _size(len(here), largest)))
    return GridRow(tuple(word for word, _ in words.most_common()), tuple(cells))


def _size(count: int, largest: int) -> int:
    """Dots grow by the root of their count, as a disc's width does by its area, from 1 upwards."""
    if not count:
        return 0
    share = (sqrt(count) - 1) / (sqrt(max(largest, USUAL_LARGEST)) - 1)
    return 1 + round(share * (SIZES - 1))
