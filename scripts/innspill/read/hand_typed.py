"""Lines that were typed to look like a list, a table, an address, a heading or a number.

Markdown makes one running paragraph of them, or shows the number beside the program's own.
The rules look at paragraphs and headings as they are written; each says at which line, what
is wrong and what to write. Only the first rule that finds something in a paragraph speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from innspill.messages import Message, say
from innspill.read.markers import Marker, begins_with_word, markers_of, runs_in, without_marker

Typed = tuple[str, int, Message, Message]
"""A code, a line from 0, what is wrong, and what to do."""
NEXT = 3
"""How many tokens on the next paragraph has its text."""
CODE, NUMBER = "unlikely", "typed-number"

NO_NUMBER = say("take it away: the program gives the numbers")

SHORT = 50
"""How many characters a line of an address has at most."""
STOP = re.compile(r"[.;:!?…][»”\"')\]*_]*$")
STOP_OR_COMMA = re.compile(r"[.,;:!?…][»”\"')\]*_]*$")
INNER_DASH = re.compile(r"\S [–—] ").search
INNER_STOP = re.compile(r"[^\W\d_]{4}[.!?] +[A-ZÆØÅ«]")
"""A sentence's end inside a line, behind a word that is no abbreviation."""
ADDRESS = re.compile(
    r"[*_«(]*(?:[A-ZÆØÅÄÖÁČĐŊŠŦŽÉ\d+§]|\S+@\S+$|www\.|https?://|(?:v/|c/o|att|tlf|tel|mob|org)\b)"
)
"""What a line of an address begins with."""
NAME = re.compile(
    r"[*_]*[A-ZÆØÅÄÖÁČĐŊŠŦŽÉ][\w.’'-]*"
    r"(?: (?:[A-ZÆØÅÄÖÁČĐŊŠŦŽÉ][\w.’'-]*|van|von|de|af|av)){1,3}[*_]*"
)
ROLE = re.compile(r"[*_(]*[^\W\d_][^\W\d_-]+,?(?: [\wÆØÅæøå-]+){0,2}[*_)]*")
"""A line of at most three words, such as `leder` or `leder av utvalget`."""
HARD_BREAKS = ("\\", "  ")
BOLD = re.compile(r"(?P<mark>\*{2,3}|__)(?![\s*_])(?:(?!\*\*|__).)+(?<![\s*_])(?P=mark):?")
DIGITS = "0123456789"
COLUMNS = ("\t", "  ", "|", ";")
"""What parts the columns of a table that was typed by hand."""
ROMAN = re.compile(r"[IVXLCDM]+")
ENTITY = re.compile(r"&#?\w+;")
GAP = re.compile(r"\t+|(?<=[^\s.!?:;,]) {2,}(?=\S)| {3,}(?=\S)")


class Paragraph(NamedTuple):
    """A paragraph or a heading as it is written."""

    rows: Sequence[str]
    """Its lines, without the space in front."""
    line: int
    """The line, from 0, that it begins on."""
    is_outermost: bool = True
    """Whether it stands in no list, no quotation and no note."""
    is_quoted: bool = False
    has_text_below: bool = False
    """Whether a block other than a heading follows it, as one does a heading."""
    place: int = 0
    """The index of its token, by which one knows whether a block stands between two."""


def is_ordinary(rows: Sequence[str]) -> bool:
    """Whether no rule can find anything in a paragraph, which is soon seen of most."""
    if rows[0].isupper() or not all(map(begins_with_word, rows)):
        return False
    told = _without_introduction(rows)
    is_short = len(told) > 1 and max(map(len, told)) <= SHORT
    return not is_short and not any(sign in told[0] for sign in COLUMNS)


def _without_introduction(rows: Sequence[str]) -> Sequence[str]:
    """The lines that an introduction such as `Kopi til:` tells of, or all where there is none."""
    return rows[1:] if len(rows) > 2 and rows[0].rstrip().endswith(":") else rows


def find_typed(
    paragraphs: Sequence[Paragraph], series: Sequence[Sequence[Paragraph]]
) -> Iterator[Typed]:
    """What was typed by hand in paragraphs, and across each of the `series` of them.

    A series is of neighbours: paragraphs one below the other, or the items of a list.
    """
    told: set[int] = set()
    for neighbours in series:
        yield from _list_across(neighbours, told)
    numbered: list[tuple[int, Marker]] = []
    for paragraph in paragraphs:
        if paragraph.line in told:
            continue
        if typed := _list_in_rows(paragraph) or _of_rows(paragraph) or _heading(paragraph):
            yield typed
        elif not paragraph.is_quoted:
            numbered += [(paragraph.line, each) for each in _numbers(paragraph.rows[0])]
    follow = pairwise(marker for _, marker in numbered)
    if any(each.is_sure for _, each in numbered) or any(a.leads_to(b) for a, b in follow):
        message = say("a number is typed before the paragraph ({n} in all)", n=len(numbered))
        yield NUMBER, numbered[0][0], message, NO_NUMBER


def numbered_headings(headings: Sequence[Paragraph]) -> Iterator[Typed]:
    """Headings that have a number typed before them, told once, at the first.

    What may be a word or an initial is a number where the next heading goes on from it.
    """
    marked = [
        (each.line, marker)
        for each in headings
        for marker in markers_of(each.rows[0])
        if marker.value
    ]
    lines = {line for line, marker in marked if marker.is_sure}
    for run in runs_in(each for each in marked if not each[1].is_sure):
        lines |= {line for line, _ in run}
    if lines:
        message = say("a number is typed before the heading ({n} in all)", n=len(lines))
        yield NUMBER, min(lines), message, NO_NUMBER


def _numbers(row: str) -> Sequence[Marker]:
    """The number, such as `5.1`, that a line begins with."""
    if row[:1] not in DIGITS:
        return ()
    return [each for each in markers_of(row) if each.kind == "1.1" and each.is_capital]


def _no_list(line: int, marker: Marker) -> Typed:
    hint = say("begin each item with `- `, on a line of its own, below an empty line")
    if marker.value:
        hint = say("begin each item with `1. `, on a line of its own, below an empty line")
    return CODE, line, say("this is no list"), hint


def _list_across(neighbours: Sequence[Paragraph], told: set[int]) -> Iterator[Typed]:
    """Neighbours that begin as items do; dashes are left, since speech begins with them."""
    marked = (
        (number, marker)
        for number, each in enumerate(neighbours)
        if not each.is_quoted
        for marker in markers_of(each.rows[0])
        if marker.kind not in {"–", "1.1"}
    )
    for run in runs_in(marked):
        lines = [neighbours[number].line for number, _ in run]
        if not told.intersection(lines):
            told.update(lines)
            marked_here = [neighbours[number] for number, _ in run]
            if run[0][1].kind == "1" and _are_headings(marked_here):
                hint = say("write `## ` instead of the number: the program gives the numbers")
                yield CODE, lines[0], say("this is no heading"), hint
            else:
                yield _no_list(lines[0], run[0][1])


def _are_headings(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether each is one short line without a stop, and text stands between them."""
    return all(
        each.is_outermost
        and each.has_text_below
        and len(each.rows) == 1
        and len(each.rows[0]) <= 2 * SHORT
        and not STOP.search(each.rows[0])
        for each in paragraphs
    ) and all(below.place - above.place > NEXT for above, below in pairwise(paragraphs))


def _list_in_rows(paragraph: Paragraph) -> Typed | None:
    """Lines of a paragraph that begin as items do."""
    rows = paragraph.rows
    marked: dict[str, list[tuple[int, Marker]]] = {}
    for number, row in enumerate(rows):
        for marker in markers_of(row):
            if not number or not rows[number - 1].endswith(HARD_BREAKS):
                marked.setdefault(marker.kind, []).append((number, marker))
    for each in marked.values():
        for run in runs_in(_items(rows, each)):
            return _no_list(paragraph.line + run[0][0], run[0][1])
    return None


def _items(
    rows: Sequence[str], marked: Sequence[tuple[int, Marker]]
) -> Sequence[tuple[int, Marker]]:
    """Which marked lines are items, and no lines that were broken before a dash by chance.

    Numbers are, and so are signs where all are alike and none stands inside a line. Else an
    item is the first line, comes behind a line with a stop, or is like one before it.
    """
    first = marked[0][1]
    is_alike = len({marker.is_capital for _, marker in marked}) == 1
    if first.value or (is_alike and not (first.kind == "–" and any(map(INNER_DASH, rows)))):
        return marked
    items: list[tuple[int, Marker]] = []
    for number, marker in marked:
        is_like = any(each.is_capital == marker.is_capital for _, each in items)
        if number == 0 or is_like or STOP_OR_COMMA.search(rows[number - 1].rstrip()):
            items.append((number, marker))
    return items


def _of_rows(paragraph: Paragraph) -> Typed | None:
    """The rows of a table, or the lines of an address, which would run together."""
    if len(paragraph.rows) < 2:
        return None
    rows = [row.rstrip() for row in _without_introduction(paragraph.rows)]
    if any(sign in rows[0] for sign in COLUMNS) and _is_table(rows):
        hint = say("write `| a | b |` on each line, and a line `|---|---|` below the first")
        return CODE, paragraph.line, say("this is no table"), hint
    if max(map(len, rows)) > SHORT or any(row.endswith(HARD_BREAKS) for row in paragraph.rows):
        return None
    if _are_address_lines(rows) and not rows[-1].endswith(","):
        hint = say("end each of them but the last with a backslash, or write a list")
        return CODE, paragraph.line, say("these lines run together, as one"), hint
    return None


def _are_address_lines(rows: Sequence[str]) -> bool:
    """Whether no line is running text; a small letter begins only what a person is."""
    below_name = (NAME.fullmatch(above) and ROLE.fullmatch(row) for above, row in pairwise(rows))
    return _is_address_line(rows[0]) and all(
        is_role or _is_address_line(row) for row, is_role in zip(rows[1:], below_name, strict=True)
    )


def _is_address_line(row: str) -> bool:
    return bool(ADDRESS.match(row) and not STOP.search(row) and not INNER_STOP.search(row))


def _is_table(rows: Sequence[str]) -> bool:
    """Whether all lines have as many columns, parted by tabs, spaces, bars or semicolons."""
    if any(len(row) > 2 and row[0] == row[-1] == "|" for row in rows):
        return True
    cells = [without_marker(row) for row in rows]
    tabbed = sum("\t" in row for row in cells)
    if tabbed > 1 and 2 * tabbed > len(cells):
        return True  # a cell may be empty, or a row short
    if all("\t" in row or "  " in row for row in cells):
        return _are_alike(len(GAP.findall(row)) for row in cells)
    if all(" | " in row for row in cells):
        return _are_alike(row.count(" | ") for row in cells)
    if all(";" in row for row in cells):
        plain = [ENTITY.sub("", row) for row in cells]
        is_tight = all("; " not in row and not row.endswith(";") for row in plain)
        return is_tight and _are_alike(row.count(";") for row in plain)
    return False


def _are_alike(counts: Iterable[int]) -> bool:
    found = set(counts)
    return len(found) == 1 and found != {0}


def _heading(paragraph: Paragraph) -> Typed | None:
    """A paragraph, or its first line, all bold or all in capitals, with text below it."""
    first = paragraph.rows[0].rstrip()
    if not paragraph.is_outermost or len(first) > 100:
        return None
    has_text = len(paragraph.rows) > 1 and paragraph.rows[1][:1].isupper()
    if not has_text and (len(paragraph.rows) > 1 or not paragraph.has_text_below):
        return None
    inner = first.strip("*_: ")
    if STOP.search(inner) or not (BOLD.fullmatch(first) or _is_capitals(inner)):
        return None
    return (
        CODE,
        paragraph.line,
        say("this is no heading"),
        say("write `## ` in front, and an empty line below"),
    )


def _is_capitals(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    is_long = len(words) > 1 or (len(words) == 1 and len(words[0]) > 5)
    return text.isupper() and is_long and not ROMAN.fullmatch(text)
