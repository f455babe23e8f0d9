"""A PDF's letters into lines, by PDFium: each with its place, its size and its weight.

What stands side by side is read column by column. Where the columns are rows of a table, that is
in doubt, and told.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from innspill.importing.blocks import Guess, LeftOut, Letter, Spot, TextRun, all_words, clean
from innspill.importing.fault import NotImportable
from innspill.importing.lines import TextLine, blocks_of, merged, without_running_heads
from innspill.messages import say
from innspill.read.markers import ARROWS, BULLETS

MARKER_ALONE = re.compile(
    rf"[{BULLETS}{ARROWS}–—*o§Øüvq-]|\(?(?:\d{{1,2}}|[a-zæøå]|[ivx]{{1,5}})[.)]"
)
"""The sign of an item without its text."""
MOST_PAGES = 1000
BOLD = 600
"""The weight from which on letters are bold, as CSS has it."""
ITALIC_FLAG, BOLD_FLAG = 1 << 6, 1 << 18
"""Of a font's flags (ISO 32000-1, table 123)."""
LINE_HYPHEN = "\x02\ufffe"
"""What PDFium has for a hyphen at a line's end."""
FEW_ROWS = 3
"""How many rows may stand side by side and be no table: the head of a letter."""
WIDE_GAP = 1.2
"""From which space on, in sizes of the letters, two pieces of a line may be of two columns."""
LONE_GAP = 2.5
"""The same where no row above or below has its like."""
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


def read_pdf(data: bytes) -> Letter:
    """A letter from a PDF with text. Raises NotImportable."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).casefold():
            raise NotImportable(
                say("it is protected by a password: take that away, and import it again")
            ) from fault
        raise NotImportable(say("it is damaged: it can't be opened as a PDF")) from fault
    if len(document) > MOST_PAGES:
        raise NotImportable(say("it has more than {n} pages", n=MOST_PAGES))
    lines: list[TextLine] = []
    texts: list[str] = []
    doubts: list[Guess] = []
    left_out: list[LeftOut] = []
    empty: list[int] = []
    for number in range(len(document)):
        page = document[number]
        letters = list(_letters(page))
        if not any(each.sign.strip() for each in letters):
            empty.append(number + 1)
            continue
        made, unsure = _lines_of(letters, page.get_height(), number + 1)
        lines += made
        doubts += unsure
        texts.append("".join(each.sign for each in letters))
        left_out += _pictures(page, number + 1)
    if not lines:
        raise NotImportable(
            say(
                "it holds no text: it is scanned. Run it through text recognition, look through "
                "what that made of it, and import the result"
            )
        )
    if empty:
        pages = ", ".join(map(str, empty))
        doubts.append(Guess(say("pages without text, which may be scanned: {pages}", pages=pages)))
    kept, heads = without_running_heads(lines)
    blocks, guesses = blocks_of(kept)
    return Letter(
        "PDF",
        blocks,
        all_words(texts),
        left_out=(*heads, *left_out),
        guesses=guesses,
        doubts=tuple(doubts),
        pages=len(document),
        is_in_order=not doubts,
    )


def _letters(page: Any) -> Iterator[PageLetter]:
    """The characters of a page in the order in which they are drawn, with PDFium's spaces."""
    text = page.get_textpage()
    raw = text.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    look = (12.0, False, False)
    before = "\n"
    for index in range(pdfium.FPDFText_CountChars(raw)):
        sign = chr(pdfium.FPDFText_GetUnicode(raw, index))
        if sign in "\r\n":
            yield PageLetter("\n", 0, 0, 0, 0, 0, False, False)
            before = "\n"
            continue
        pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
        if before.isspace() and not sign.isspace():  # a word looks alike
            look = _look(raw, index)
        if sign in LINE_HYPHEN:
            sign = "-"
        yield PageLetter(clean(sign), left.value, bottom.value, right.value, top.value, *look)
        before = sign


def _look(raw: Any, index: int) -> tuple[float, bool, bool]:
    """The size of a character's letters, whether they are bold, whether italic."""
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetFontInfo(raw, index, name, 200, flags)
    shown = name.value.decode("utf-8", "replace").casefold()
    weight = pdfium.FPDFText_GetFontWeight(raw, index)
    is_bold = weight >= BOLD or "bold" in shown or bool(flags.value & BOLD_FLAG)
    is_italic = "italic" in shown or "oblique" in shown or bool(flags.value & ITALIC_FLAG)
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(raw, index, box)
    size = pdfium.FPDFText_GetFontSize(raw, index)
    if size <= 1.5:  # a font that is scaled as it is drawn
        size = box.top - box.bottom
    return round(size, 1), is_bold, is_italic


def _lines_of(
    letters: Sequence[PageLetter], height: float, page: int
) -> tuple[list[TextLine], list[Guess]]:
    """The lines of a page in the order of reading."""
    pieces = _pieces(letters)
    groups = _side_by_side(pieces)
    made: list[TextLine] = []
    doubts: list[Guess] = []
    usual = _usual_step([piece for group in groups for row in group for piece in row])
    before: LinePiece | None = None
    for group in groups:
        columns = _columns(group)
        if len(columns) > 1 and len(group) > FEW_ROWS and not _is_running_text(columns):
            words = " ".join(piece.text for piece in group[0])
            doubts.append(
                Guess(say("a table, or text side by side, read column by column"),
                    Spot(page, len(made) + 1), "", words)
            )  # fmt: skip
        for number, column in enumerate(columns):
            for row, piece in enumerate(column):
                goes_on = number > 0 and row == 0 and len(group) > FEW_ROWS
                begins = number > 0 and row == 0 and len(group) <= FEW_ROWS
                gap = 0.0 if goes_on else 1.0 if begins else _gap(before, piece, usual)
                made.append(
                    TextLine(
                        merged(_runs(piece)), Spot(page, len(made) + 1), piece.left, piece.right,
                        gap, piece.size, 1 - piece.bottom / height, goes_on or not made,
                    )
                )  # fmt: skip
                before = piece
    if any(len(group) > FEW_ROWS and len(_columns(group)) > 1 for group in groups):
        made = _measured_by_column(made)
    return made, doubts


def _measured_by_column(lines: list[TextLine]) -> list[TextLine]:
    """Lines of columns as if all columns stood at the left: so that whole lines are known."""
    return [replace(line, left=0.0, right=line.right - line.left) for line in lines]


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
    """How far lines of a paragraph stand from each other, in sizes of their letters."""
    steps = []
    for above, below in pairwise(pieces):
        step = (above.bottom - below.bottom) / max(1.0, below.size)
        if 0.8 < step < 2.2 and abs(above.size - below.size) < 0.5:
            steps.append(step)
    return sorted(steps)[len(steps) // 3] if steps else 1.3


def _gap(before: LinePiece | None, piece: LinePiece, usual: float) -> float:
    """The space above a line, beyond the usual, in lines."""
    if before is None:
        return 0.0
    step = (before.bottom - piece.bottom) / max(1.0, piece.size)
    if step < 0:
        return 1.0
    return max(0.0, step / usual - 1)


def _runs(piece: LinePiece) -> Iterator[TextRun]:
    for each in piece.letters:
        yield TextRun(each.sign, each.is_bold, each.is_italic)


def _pictures(page: Any, number: int) -> Iterator[LeftOut]:
    count = sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    if count:
        yield LeftOut(
            say("pictures on the page, which do not come along from a PDF: {n}", n=count),
            "", Spot(number), (number,),
        )  # fmt: skip
