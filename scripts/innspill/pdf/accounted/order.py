"""Whether an eye reads the letters in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from innspill.messages import say
from innspill.pdf.accounted.document import DrawnDocument, DrawnLetter
from innspill.pdf.difference import Difference, Weight


def order_differs(was: DrawnDocument, is_: DrawnDocument) -> Iterator[Difference]:
    """The pages on which a letter stands before one that is told earlier, and not so in ours."""
    if len(was.letters) != len(is_.letters):
        return
    pages = dict.fromkeys(
        letter.page + 1
        for letter, before, now in zip(
            is_.letters[1:], _onward(was.letters), _onward(is_.letters), strict=True
        )
        if before and not now
    )
    for page in pages:
        message = say("page {n}: words stand in another order", n=page)
        yield Difference(Weight.ACTIVE, message)


def _onward(letters: Sequence[DrawnLetter]) -> Iterator[bool]:
    """Of each letter but the first whether it stands behind the one that is told before it."""
    table = _Table()
    for first, second in pairwise(letters):
        table.take(first)
        if first.cell and second.cell and first.cell != second.cell:
            yield table.is_next_cell(first, second)
        else:
            yield _is_behind(first, second)


def _is_behind(first: DrawnLetter, second: DrawnLetter) -> bool:
    """Whether a letter stands behind, or below, the one that is told before it."""
    if first.page != second.page:
        return second.page > first.page
    size = max(first.look.size, second.look.size)
    if abs(first.baseline - second.baseline) < size / 2:
        return second.left >= first.right - size / 3
    return second.baseline < first.baseline


class _Table:
    """How far the cell and the row reach that are being told, and the row before."""

    def __init__(self) -> None:
        self.cell: tuple[int, int] = (0, 0)
        self.right: dict[int, float] = {}
        self.row: dict[int, float] = {}
        self.row_before: dict[int, float] = {}

    def take(self, letter: DrawnLetter) -> None:
        """Goes on by one letter."""
        if letter.cell is None:
            self.cell, self.right, self.row, self.row_before = (0, 0), {}, {}, {}
            return
        if letter.cell[0] != self.cell[0]:
            self.row, self.row_before = {}, self.row
        if letter.cell != self.cell:
            self.right = {}
        self.cell, page = letter.cell, letter.page
        self.right[page] = max(self.right.get(page, letter.right), letter.right)
        self.row[page] = min(self.row.get(page, letter.baseline), letter.baseline)

    def is_next_cell(self, first: DrawnLetter, second: DrawnLetter) -> bool:
        """Whether a letter stands right of the whole cell before its own, or below its row."""
        assert second.cell is not None
        page, size = second.page, max(first.look.size, second.look.size)
        if second.cell[0] == self.cell[0]:
            is_right = page in self.right and second.left >= self.right[page] - size / 3
            return is_right and _is_below(second, self.row_before)
        return page >= first.page and _is_below(second, self.row)


def _is_below(letter: DrawnLetter, row: dict[int, float]) -> bool:
    """Whether a letter stands below all of a row that is on its page or a later one."""
    if any(page > letter.page for page in row):
        return False
    return letter.baseline < row.get(letter.page, letter.baseline + 1)
