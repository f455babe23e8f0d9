"""Text that was meant as Markdown and is not, or is and was not meant: warnings, by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from innspill.messages import Message, say
from innspill.read.hand_typed import Paragraph, find_typed, is_ordinary, numbered_headings
from innspill.read.leftovers import kinds_in, leftovers_in
from innspill.read.lost_text import TextFault, line_of, lists_in

AROUND = {"list_item_open", "blockquote_open", "footnote_open"}
"""What a paragraph may stand in, beside a minority's remark."""
IDS = re.compile(r"(?:\s*\{[^{}]*\})+\s*$")
"""What a heading ends in, which is looked at when it is read."""
LONE_QUOTATION = [
    "blockquote_open",
    "paragraph_open",
    "inline",
    "paragraph_close",
    "blockquote_close",
]
"""The tokens of a quotation that is one paragraph."""
AMOUNT = r"\d+(?:[ \u00a0.]\d{3})*(?:,\d+)?"
NUMBER = re.compile(rf"{AMOUNT}(?![\w.,)/:-]*[\d.)])")
MEASURE = re.compile(
    rf"{AMOUNT}\s?(?:[%‰°]|(?:prosent|promille|kr|kroner|mill|mrd|[kcdm]?m[²³]?|k?g|daa|dB)(?!\w|\.\w))"
)
"""A number with the sign or the word of a unit, which are not used of a list or a vote."""
YEAR = re.compile(r"(?:1[89]|20)\d\d(?!\d)")
TEXT_BELOW = {"paragraph_open", "bullet_list_open", "ordered_list_open", "table_open"}


def find_suspicious_markup(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[TextFault]:
    """Text that was meant as Markdown and is not, or is and was not meant, most likely."""
    yield from _in_text(tokens)
    for before, token in pairwise(tokens):
        line = line_of(token)
        if before.type == "list_item_open" and token.type == "list_item_close":
            message = say("an item of the list is empty")
            yield "unlikely", line_of(before), message, say("write its text, or take it away")
        if token.type == "heading_open" and token.markup in {"-", "="}:
            message = say("the line below makes a heading of this one")
            hint = say("put an empty line between them, or write ## in front")
            yield "unlikely", line, message, hint
        if token.type == "code_block":
            message = say("text that is indented by four spaces comes out as code")
            yield "unlikely", line, message, say("take the indentation away, or put ``` around it")
        if token.type == "tr_open" and token.map and "|" not in lines[line]:
            message = say("the line below the table is taken for a row of it")
            yield "unlikely", line, message, say("put an empty line between them")
    yield from _comparisons(tokens, lines)
    yield from _lone_items(tokens)
    yield from _typed(tokens)


def _in_text(tokens: Sequence[Token]) -> Iterator[TextFault]:
    for before, token in pairwise(tokens):
        if token.type != "inline":
            continue
        if before.type == "paragraph_open":
            rows = token.content.split("\n")
            for number, row in enumerate(rows):
                if finding := _not_markdown(row.strip()):
                    yield "unlikely", line_of(token) + number, *finding
        if "*" in token.content and re.search(r"\w\*[^*\s][^*]*\*\w", token.content):
            message = say("an asterisk inside a word makes italics and is lost")
            yield "unlikely", line_of(token), message, say("write \\* where the asterisk is meant")


def _comparisons(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[TextFault]:
    """`> 50 % stemte for`, which comes out as a quotation: one line, in no list and no other."""
    around: list[str] = []
    above = ""
    for number, token in enumerate(tokens):
        _step(around, token.type)
        if token.type != "inline":
            continue
        is_alone = [each.type for each in tokens[number - 2 : number + 3]] == LONE_QUOTATION
        is_announced = above.rstrip().endswith(":")
        above = token.content
        if is_alone and not is_announced and "\n" not in above and around == ["blockquote_open"]:
            line = line_of(token)
            if _compares(token.content, is_tight=bool(re.match(r"\s*>\d", lines[line]))):
                message = say("a greater-than sign makes a quotation of this, and is lost")
                yield "unlikely", line, message, say("write \\> where the sign is meant")


def _compares(row: str, *, is_tight: bool) -> bool:
    """Whether a line begins with an amount, and not with a year or a number of a list."""
    if MEASURE.match(row):
        return True
    return bool((is_tight or NUMBER.fullmatch(row)) and NUMBER.match(row) and not YEAR.match(row))


def _step(around: list[str], kind: str) -> None:
    """Keep what the tokens so far have opened and not closed."""
    if kind in AROUND:
        around.append(kind)
    elif around and kind == around[-1].replace("_open", "_close"):
        around.pop()


def _lone_items(tokens: Sequence[Token]) -> Iterator[TextFault]:
    """`+ 5 %` and `* Gjelder bare Oslo`, which come out as lists of one item."""
    for items in lists_in(tokens):
        if len(items) != 1:
            continue
        item, text = items[0]
        if not item.info and text and (item.markup == "*" or text[0].isdigit()):
            message = say("a sign makes a list of one item of this, and is lost")
            hint = say("write \\{sign} where the sign is meant", sign=item.markup)
            yield "unlikely", line_of(item), message, hint


def _not_markdown(row: str) -> tuple[Message, Message] | None:
    if row.startswith("##") and re.match(r"#{2,6}[^\s#\d]", row):
        return say("this is no heading"), say("write a space behind the #")
    if "](" in row and re.search(r"(?<!`)\[[^\]`]*\]\([^()<>\"'`]* [^()<>\"'`]*\)", row):
        return say("this is no link"), say("write %20 for a space in a file's name")
    return None


def _typed(tokens: Sequence[Token]) -> Iterator[TextFault]:
    """What was typed to look like a list, a table, an address, a heading or a number."""
    headings: list[Paragraph] = []
    series: list[list[Paragraph]] = [[]]
    around: list[str] = []
    for number, token in enumerate(tokens):
        kind = token.type
        _step(around, kind)
        if kind == "inline":
            opened = tokens[number - 1].type
            rows = token.content.split("\n")
            if opened == "paragraph_open" and not is_ordinary(rows):
                if not _goes_on(tokens, number):
                    series.append([])
                series[-1].append(_paragraph(tokens, number, around, rows))
            elif opened == "heading_open":
                headings.append(Paragraph((token.content,), line_of(token)))
    yield from find_typed([each for run in series for each in run], series)
    yield from numbered_headings(headings)


def _goes_on(tokens: Sequence[Token], number: int) -> bool:
    """Whether a paragraph stands right below another, or begins the next item of a list."""
    before = [token.type for token in tokens[max(0, number - 3) : number - 1]]
    return before[-1:] == ["paragraph_close"] or before == ["list_item_close", "list_item_open"]


def _paragraph(
    tokens: Sequence[Token], number: int, around: Sequence[str], rows: Sequence[str]
) -> Paragraph:
    token = tokens[number]
    below = tokens[number + 2].type if number + 2 < len(tokens) else ""
    return Paragraph(
        [row.lstrip() for row in rows],
        line_of(token),
        is_outermost=not around,
        is_quoted="blockquote_open" in around,
        has_text_below=below in TEXT_BELOW,
        place=number,
    )


def find_leftovers(tokens: Sequence[Token]) -> Iterator[tuple[str, int, Message, Message, str]]:
    """Words and signs that no reader was meant to see, each with what stands there."""
    texts = [
        (token, IDS.sub("", token.content) if before.type == "heading_open" else token.content)
        for before, token in pairwise(tokens)
        if token.type == "inline"
    ]
    kinds = kinds_in("\n".join(content for _, content in texts))
    told = set()
    for token, content in texts if kinds else ():
        shown = ""
        for kind, found in leftovers_in(content, kinds):
            shown = shown or _shown(token)
            line = line_of(token) + content.count("\n", 0, found.start())
            words = found[0].strip().split("\n")[0]
            key = (kind.message, None if kind.is_told_once else (line, words))
            if key not in told and found[0].replace("&amp;", "&") in shown:
                told.add(key)
                yield kind.code, line, kind.message, kind.hint, words


def _shown(token: Token) -> str:
    """What a line shows as text, without its code."""
    shown = (
        each.content if each.type == "text" else "\n" if each.type == "softbreak" else "\0"
        for each in token.children or ()
    )
    return "".join(shown)
