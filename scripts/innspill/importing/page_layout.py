"""The letters of a page into lines in the order of reading.

What stands side by side is read column by column. Where the columns are rows of a table, that is
in doubt, and told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from innspill.importing.blocks import Guess, Spot, TextRun
from innspill.importing.lines import TextLine, merged
from innspill.messages import say
from innspill.read.markers import ARROWS, BULLETS

MARKER_ALONE = re.compile(
    rf"[{BULLETS}{ARROWS}–—*o§Øüvq-]|\(?(?:\d{{1,2}}|[a-zæøå]|[ivx]{{1,5}})[.)]"
)
"""The sign of an item without its text."""
FEW_ROWS = 3
"""How many rows may stand side by side and be no table: the head of a letter."""
WIDE_GAP = 1.2
"""From which space on, in sizes of the letters, two pieces of a line may be of two columns."""
LONE_GAP = 2.5
"""The same where no row above or below has its like."""
RAISED_SIZE, RAISED = 0.8, 0.15
"""Of the size of a line's letters: how small the mark of a note is, and how far it is raised."""
NARROW = 0.55
"""How much of their column the lines of a table's cells fill at most, of text in columns more."""


@dataclass(frozen=True, slots=True)
class PageLetter:
    """One character on a page, its place in points from the page's lower left."""

    sign: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    is_bold: bool
    is_italic: bool


@dataclass(frozen=True, slots=True)
class LinePiece:
    """Letters that stand on one line without a wide gap."""

    letters: tuple[PageLetter, ...]
    order: int = 0
    """As how manyth it was drawn."""

    @property
    def left(self) -> float:
        return self.letters[0].left

    @property
    def right(self) -> float:
        return max(each.right for each in self.letters)

    @property
    def bottom(self) -> float:
        return median(each.bottom for each in self.letters)

    @property
    def size(self) -> float:
        return median(each.size for each in self.letters)

    @property
    def text(self) -> str:
        return "".join(each.sign for each in self.letters).strip()


def lines_of(
    letters: Sequence[PageLetter], height: float, page: int
) -> tuple[list[TextLine], list[Guess]]:
    """The lines of a page in the order of reading."""
    pieces = _pieces(letters)
    parts = _parts(pieces)
    made: list[TextLine] = []
    doubts: list[Guess] = []
    usual = _usual_step([piece for columns in parts for column in columns for piece in column])
    before: LinePiece | None = None
    for columns in parts:
        is_high = max(map(len, columns)) > FEW_ROWS
        if len(columns) > 1 and is_high and not _is_running_text(columns):
            words = " ".join(column[0].text for column in columns)
            doubts.append(
                Guess(say("a table, or text side by side, read column by column"),
                    Spot(page, len(made) + 1), "", words)
            )  # fmt: skip
        for number, column in enumerate(columns):
            for row, piece in enumerate(column):
                goes_on = number > 0 and row == 0 and is_high
                begins = number > 0 and row == 0 and not is_high
                gap = 0.0 if goes_on else 1.0 if begins else _gap(before, piece, usual)
                made.append(
                    TextLine(
                        merged(_runs(piece)), Spot(page, len(made) + 1), piece.left, piece.right,
                        gap, piece.size, 1 - piece.bottom / height, goes_on or not made,
                        is_beside=len(columns) > 1,
                    )
                )  # fmt: skip
                before = piece
    if any(len(columns) > 1 and max(map(len, columns)) > FEW_ROWS for columns in parts):
        made = _measured_by_column(made)
    return made, doubts


def _measured_by_column(lines: list[TextLine]) -> list[TextLine]:
    """Lines of columns as if all columns stood at the left: so that whole lines are known."""
    return [
        replace(line, left=0.0, right=line.right - line.left, column=line.left) for line in lines
    ]


def _pieces(letters: Sequence[PageLetter]) -> list[LinePiece]:
    """Letters into what stands on one line without a wide gap, in the order of drawing."""
    made: list[LinePiece] = []
    now: list[PageLetter] = []
    for each in letters:
        if now and (each.sign == "\n" or _is_far(now[-1], each)):
            made += _piece(now, len(made))
            now = []
        if each.sign and each.sign != "\n":
            now.append(each)
    return [*made, *_piece(now, len(made))]


def _piece(letters: Sequence[PageLetter], order: int) -> list[LinePiece]:
    kept = list(letters)
    while kept and not kept[0].sign.strip():
        kept = kept[1:]
    while kept and not kept[-1].sign.strip():
        kept = kept[:-1]
    return [LinePiece(tuple(kept), order)] if kept else []


def _is_far(before: PageLetter, each: PageLetter) -> bool:
    """Whether a letter stands on another line than the one before, or far from it."""
    if not each.sign.strip() or not before.sign.strip():
        return bool(each.sign.strip()) and each.left - before.right > WIDE_GAP * each.size
    is_below = abs(each.bottom - before.bottom) > 0.9 * max(each.size, before.size)
    is_wide = each.left - before.right > WIDE_GAP * each.size
    return is_below or is_wide or each.right < before.left - 1


def _parts(pieces: Sequence[LinePiece]) -> list[list[list[LinePiece]]]:
    """What stands on a page from the top down, each part by its columns: of most, there is one.

    The lines of two columns of text seldom stand at the same heights: there the gutter tells.
    """
    gutter = _gutter(pieces)
    if gutter is None:
        return [_columns(group) for group in _side_by_side(pieces)]
    bands: list[list[LinePiece]] = [[]]
    for piece in sorted(pieces, key=lambda each: -each.bottom):
        if piece.left < gutter < piece.right:
            bands += [[piece], []]
        else:
            bands[-1].append(piece)
    made: list[list[list[LinePiece]]] = []
    for band in bands:
        sides = [
            [piece for piece in band if piece.right <= gutter],
            [piece for piece in band if piece.left >= gutter],
        ]
        if min(map(len, sides)) > FEW_ROWS:
            # What was drawn behind both columns, and stands below them, is read behind them.
            lowest, last = min(each.bottom for each in sides[1]), max(e.order for e in sides[1])
            tail = [each for each in sides[0] if each.bottom < lowest and each.order > last]
            sides[0] = [each for each in sides[0] if each not in tail]
            made.append([_in_order(side) for side in sides])
            made += [_columns(group) for group in _side_by_side(tail)]
        else:
            made += [_columns(group) for group in _side_by_side(band)]
    return made


def _in_order(pieces: Sequence[LinePiece]) -> list[LinePiece]:
    """The pieces of one column of text in the order of reading."""
    groups = map(_columns, _side_by_side(pieces))
    return [piece for columns in groups for column in columns for piece in column]


def _gutter(pieces: Sequence[LinePiece]) -> float | None:
    """Where the second of two columns of text begins; None where the page has none."""
    lefts = Counter(round(piece.left) for piece in pieces)
    for left, count in lefts.most_common(4):
        if count <= FEW_ROWS:
            return None
        at = left - 2.0
        sides = (
            [piece for piece in pieces if piece.right <= at],
            [piece for piece in pieces if piece.left >= at],
        )
        if sum(map(len, sides)) > 0.6 * len(pieces) and _is_running_text(sides):
            return at
    return None


def _side_by_side(pieces: Sequence[LinePiece]) -> list[list[list[LinePiece]]]:
    """Rows from the top down, in groups: a row of one piece alone, rows of several together."""
    rows: list[list[LinePiece]] = []
    for piece in pieces:
        row = next((r for r in rows if _are_level(r[0], piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    rows.sort(key=lambda row: -row[0].bottom)
    groups: list[list[list[LinePiece]]] = []
    for unsorted in rows:
        row = _with_markers(sorted(unsorted, key=lambda piece: piece.left))
        if groups and _goes_with(groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    parted = [part for group in groups for part in _without_tail(group)]
    return [[_rejoined(group[0])] if len(group) == 1 else group for group in parted]


def _without_tail(group: list[list[LinePiece]]) -> list[list[list[LinePiece]]]:
    """A group, and each row below it that was drawn behind all of its columns."""
    last = max((n for n, row in enumerate(group) if len(row) > 1), default=len(group) - 1)
    drawn = max(piece.order for row in group[: last + 1] for piece in row)
    tail = [n for n in range(last + 1, len(group)) if group[n][0].order > drawn]
    end = min(tail, default=len(group))
    return [group[:end], *([row] for row in group[end:])]


def _with_markers(row: list[LinePiece]) -> list[LinePiece]:
    """A row in which the sign of an item stands with its text, however far before it."""
    made: list[LinePiece] = []
    for piece in row:
        if made and MARKER_ALONE.fullmatch(made[-1].text):
            made[-1] = _with_space(made[-1], piece)
        else:
            made.append(piece)
    return made


def _rejoined(row: list[LinePiece]) -> list[LinePiece]:
    """A row that stands alone, without its smaller gaps: they are those of a set line."""
    made = row[:1]
    for piece in row[1:]:
        if piece.left - made[-1].right < LONE_GAP * piece.size:
            made[-1] = _with_space(made[-1], piece)
        else:
            made.append(piece)
    return made


def _with_space(one: LinePiece, other: LinePiece) -> LinePiece:
    last = one.letters[-1]
    space = replace(last, sign=" ", left=last.right)
    return LinePiece((*one.letters, space, *other.letters), one.order)


def _are_level(one: LinePiece, other: LinePiece) -> bool:
    return abs(one.bottom - other.bottom) < 0.45 * min(one.size, other.size)


def _goes_with(group: list[list[LinePiece]], row: list[LinePiece]) -> bool:
    """Whether a row stands in the same columns as those above it."""
    above = group[-1]
    if len(group[0]) == 1 and len(row) == 1:
        return False
    if max(len(r) for r in group) == 1 or abs(above[0].bottom - row[0].bottom) > 4 * row[0].size:
        return False
    starts = [piece.left for r in group for piece in r if len(r) > 1]
    edges = [piece.left for r in group if len(r) > 1 for piece in r[1:]]
    if len(row) == 1 and edges and row[0].left < min(edges) and row[0].right > min(edges):
        return False  # it goes over both columns
    return all(min(abs(piece.left - start) for start in starts) < 12 for piece in row)


def _columns(group: list[list[LinePiece]]) -> list[list[LinePiece]]:
    """The pieces of rows by their columns, each from the top down."""
    if len(group) == 1:
        return [[piece] for piece in group[0]]
    columns: list[list[LinePiece]] = []
    for piece in sorted((piece for row in group for piece in row), key=lambda each: each.left):
        if columns and piece.left - min(each.left for each in columns[-1]) < 30:
            columns[-1].append(piece)
        else:
            columns.append([piece])
    return [sorted(column, key=lambda each: -each.bottom) for column in columns]


def _is_running_text(columns: Sequence[Sequence[LinePiece]]) -> bool:
    """Whether columns are of text that runs on, and not of cells."""
    for column in columns:
        widths = [piece.right - piece.left for piece in column]
        if len(column) < FEW_ROWS or median(widths) < NARROW * max(widths):
            return False
        if max(len(piece.text) for piece in column) < 25:
            return False
    return True


def _usual_step(pieces: Sequence[LinePiece]) -> float:
    """How far lines of a paragraph stand from each other, in sizes of their letters.

    Paragraphs may have one line nearly all, so the smallest steps tell, but for a few odd ones.
    """
    steps = []
    for above, below in pairwise(pieces):
        step = (above.bottom - below.bottom) / max(1.0, below.size)
        if 0.8 < step < 2.2 and abs(above.size - below.size) < 0.5:
            steps.append(step)
    return sorted(steps)[len(steps) // 20] if steps else 1.3


def _gap(before: LinePiece | None, piece: LinePiece, usual: float) -> float:
    """The space above a line, beyond the usual, in lines."""
    if before is None:
        return 0.0
    step = (before.bottom - piece.bottom) / max(1.0, piece.size)
    if step < 0:
        return 1.0
    return max(0.0, step / usual - 1)


def _runs(piece: LinePiece) -> Iterator[TextRun]:
    size, bottom = piece.size, piece.bottom
    for each in piece.letters:
        is_small = each.size < RAISED_SIZE * size and each.bottom > bottom + RAISED * size
        is_raised = is_small and each.sign.isdecimal()
        yield TextRun(each.sign, each.is_bold, each.is_italic, is_raised=is_raised)
