"""Text that was meant as Markdown and is not, or is and was not meant: warnings, by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from innspill.messages import Message, say
from innspill.read.silent import Finding, line_of, lists_in


def find_unlikely(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Finding]:
    """Text that was meant as Markdown and is not, or is and was not meant, most likely."""
    yield from _in_text(tokens)
    for before, token in pairwise(tokens):
        line = line_of(token)
        if token.type == "heading_open" and token.markup in {"-", "="}:
            message = say("the line below makes a heading of this one")
            hint = say("put an empty line between them, or write ## in front")
            yield "unlikely", line, message, hint
        if token.type == "code_block":
            message = say("text that is indented by four spaces comes out as code")
            yield "unlikely", line, message, say("take the indentation away, or put ``` around it")
        if before.type == "blockquote_open" and re.match(r"[\s>]*>\s*\d", lines[line]):
            message = say("a greater-than sign makes a quotation of this, and is lost")
            yield "unlikely", line, message, say("write \\> where the sign is meant")
        if token.type == "tr_open" and token.map and "|" not in lines[line]:
            message = say("the line below the table is taken for a row of it")
            yield "unlikely", line, message, say("put an empty line between them")
    yield from _lone_items(tokens)


def _in_text(tokens: Sequence[Token]) -> Iterator[Finding]:
    for before, token in pairwise(tokens):
        if token.type != "inline":
            continue
        if before.type == "paragraph_open":
            rows = token.content.split("\n")
            for number, row in enumerate(rows):
                if finding := _not_markdown(row.strip(), len(rows)):
                    yield "unlikely", line_of(token) + number, *finding
        if "*" in token.content and re.search(r"\w\*[^*\s][^*]*\*\w", token.content):
            message = say("an asterisk inside a word makes italics and is lost")
            yield "unlikely", line_of(token), message, say("write \\* where the asterisk is meant")


def _lone_items(tokens: Sequence[Token]) -> Iterator[Finding]:
    """`+ 5 %` and `* Gjelder bare Oslo`, which come out as lists of one item."""
    for items in lists_in(tokens):
        if len(items) != 1:
            continue
        item, text = items[0]
        if not item.info and text and (item.markup == "*" or text[0].isdigit()):
            message = say("a sign makes a list of one item of this, and is lost")
            hint = say("write \\{sign} where the sign is meant", sign=item.markup)
            yield "unlikely", line_of(item), message, hint


def _not_markdown(row: str, rows: int) -> tuple[Message, Message] | None:
    if row.startswith("##") and re.match(r"#{2,6}[^\s#\d]", row):
        return say("this is no heading"), say("write a space behind the #")
    if row.startswith(("•", "▪", "·")):
        return say("this is no list"), say("begin each item with `- `, on a line of its own")
    if "](" in row and re.search(r"(?<!`)\[[^\]`]*\]\([^()<>\"'`]* [^()<>\"'`]*\)", row):
        return say("this is no link"), say("write %20 for a space in a file's name")
    if rows > 1 and row.startswith("|") and re.match(r"\|.*\|$", row):
        return say("this is no table"), say("write a line `|---|---|` below the table's head")
    return None
