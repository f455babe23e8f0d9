"""Markdown into a letter: by the project's own parser, so that it means what it means here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from innspill.diagnostics import Severity
from innspill.importing.blocks import (
    Block,
    Guess,
    LeftOut,
    Letter,
    Spot,
    TextBlock,
    all_words,
    clean,
)
from innspill.importing.elements import INLINE, blocks_in
from innspill.importing.plain import decoded
from innspill.messages import joined, say
from innspill.read.body import parse_body
from innspill.text import Element, Node, Text

FRONT = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


def read_markdown(data: bytes) -> Letter:
    """A letter from Markdown. What another dialect means by its signs is in doubt."""
    text, encoding = decoded(data)
    front = FRONT.match(text)
    first = front[0].count("\n") + 1 if front else 1
    body, faults = parse_body(text[front.end() :] if front else text, "", first)
    doubts = [
        Guess(joined(": ", (say("line {n}", n=each.at.line), each.message)), Spot(0, each.at.line))
        for each in faults
        if each.severity is Severity.ERROR
    ]
    left_out: tuple[LeftOut, ...] = ()
    if front:
        left_out = (LeftOut(say("the lines above the text, between ---"), "", Spot(0, 1)),)
    notes = [
        (str(number), tuple(_texts_of(blocks_in(note.children))))
        for number, note in enumerate(body.notes, 1)
    ]
    nodes = (*body.blocks, *body.notes)
    return Letter(
        "Markdown",
        blocks_in(body.blocks),
        all_words(clean(each) for each in "".join(_texts(nodes)).split("\0")),
        tuple(notes),
        left_out,
        doubts=tuple(doubts),
        encoding=encoding,
    )


def _texts_of(blocks: tuple[Block, ...]) -> Iterator[TextBlock]:
    return (each for each in blocks if isinstance(each, TextBlock))


def _texts(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Text):
            yield node.value
        elif isinstance(node, Element):
            is_block = node.tag not in INLINE or node.tag == "br"
            yield "\0" if is_block else ""
            yield from _texts(node.children)
            yield "\0" if is_block else ""
