"""Two tables compared: which rows and columns came, went or stayed, and each cell's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from innspill.compare.blocks import Cells, wholes
from innspill.compare.similarity import common, likeness
from innspill.compare.tokens import Token
from innspill.compare.words import Op, Segment, compare_words

Cell = tuple[Token, ...]
ALIKE = 0.5
"""How many of their cells two rows or columns share at least, to be one."""
ALONE = 0.3
"""The same, where each is the only one that could be the other."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """A row of a compared table: what became of it and of each of its cells."""

    op: Op
    cells: tuple[tuple[Segment, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A compared table: all columns that one of the two has, and all rows."""

    columns: tuple[Op, ...]
    lines: tuple[TableLine, ...]


def compare_tables(old: Cells, new: Cells) -> Grid:
    """What became of each row, column and cell; the first row is the head."""
    columns = _aligned(_columns(old), _columns(new), {})
    twins = {i: j for i, j in columns if i is not None and j is not None}
    rows = _aligned(old, new, twins)
    if old and new:  # one head becomes the other
        rows = [(0, 0), *_shifted(_aligned(old[1:], new[1:], twins))]
    return Grid(
        tuple(_op(i, j) for i, j in columns),
        tuple(
            TableLine(_op(i, j), tuple(_cell(old, new, (i, j), column) for column in columns))
            for i, j in rows
        ),
    )


Place = tuple[int | None, int | None]


def _shifted(places: Sequence[Place]) -> Iterator[Place]:
    for i, j in places:
        yield None if i is None else i + 1, None if j is None else j + 1


def _op(i: int | None, j: int | None) -> Op:
    return Op.IN if i is None else Op.OUT if j is None else Op.SAME


def _columns(cells: Cells) -> list[tuple[Cell, ...]]:
    width = max((len(row) for row in cells), default=0)
    return [tuple(_at(row, place) for row in cells) for place in range(width)]


def _at(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ()


def _cell(old: Cells, new: Cells, row: Place, column: Place) -> tuple[Segment, ...]:
    i, j = row[0], column[0]
    before = _at(old[i], j) if i is not None and j is not None else ()
    i, j = row[1], column[1]
    after = _at(new[i], j) if i is not None and j is not None else ()
    return compare_words(before, after)


def _aligned(
    old: Sequence[tuple[Cell, ...]], new: Sequence[tuple[Cell, ...]], twins: dict[int, int]
) -> list[Place]:
    """Rows or columns side by side; of rows, `twins` names the columns to compare them by."""
    names: dict[object, int] = {}

    def name(cells: Sequence[Cell]) -> int:
        return names.setdefault(tuple(wholes(cell) for cell in cells), len(names))

    if twins:
        shown_old = [tuple(_at(row, i) for i in twins) for row in old]
        shown_new = [tuple(_at(row, j) for j in twins.values()) for row in new]
    else:
        shown_old, shown_new = list(old), list(new)
    anchors = common([name(each) for each in shown_old], [name(each) for each in shown_new])
    places: list[Place] = []
    a = b = 0
    for i, j in [*anchors, (len(old), len(new))]:
        places += _between(shown_old, shown_new, range(a, i), range(b, j))
        if i < len(old):
            places.append((i, j))
        a, b = i + 1, j + 1
    return places


def _between(
    old: Sequence[tuple[Cell, ...]], new: Sequence[tuple[Cell, ...]], some: range, others: range
) -> list[Place]:
    """What stands between two that are the same: paired in order where alike."""
    places: list[Place] = []
    left = list(others)
    for i in some:
        scores = [(_likeness(old[i], new[j]), -j) for j in left]
        score, negative = max(scores, default=(0.0, 0))
        if score < (ALONE if len(some) == len(others) == 1 else ALIKE):
            places.append((i, None))
            continue
        while left[0] != -negative:
            places.append((None, left.pop(0)))
        places.append((i, left.pop(0)))
    return places + [(None, j) for j in left]


def _likeness(old: Sequence[Cell], new: Sequence[Cell]) -> float:
    """How alike two are, by cells or by words; what stands first says what they are about."""
    a = [token.key for cell in old for token in cell]
    b = [token.key for cell in new for token in cell]
    same = likeness([wholes(each) for each in old], [wholes(each) for each in new])
    alike = max(same, likeness(a, b))
    is_named_alike = bool(old[:1] and old[0]) and [wholes(c) for c in old[:1]] == [
        wholes(c) for c in new[:1]
    ]
    return (alike + 1) / 2 if is_named_alike else alike * 0.7
