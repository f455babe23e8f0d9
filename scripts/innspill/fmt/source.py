"""One source in its settled form."""

from __future__ import annotations

import re

from innspill.fmt.keys import in_order
from innspill.fmt.sentences import one_a_line
from innspill.fmt.values import with_settled_values
from innspill.read.convert import schema_fields
from innspill.read.source import FENCE, Source, parse_source, split, without_lines
from innspill.text import Element, Node, Text

VERBATIM = {"pre", "code"}


def formatted(source: Source) -> str:
    """The source's text in its settled form; as it is where that would say something else."""
    front, count = split(source.text)
    assert front is not None
    assert count is not None
    order = list(schema_fields(type(source.front)))
    ordered = in_order(front, source.matter, order, first_line=2)
    valued = with_settled_values(ordered, type(source.front))
    body = one_a_line(without_lines(source.text, count))
    text = f"{FENCE}\n{valued}{FENCE}\n{body}"
    return text if _says_the_same(source, text) else source.text


def _says_the_same(source: Source, text: str) -> bool:
    made = parse_source(source.path, source.shown, text.encode(), type(source.front))
    return (
        made.front == source.front
        and _bodies(made) == _bodies(source)
        and [each.code for each in made.faults] == [each.code for each in source.faults]
    )


def _bodies(source: Source) -> list[object]:
    return [said(each) for each in (*source.body.blocks, *source.body.notes)]


def said(node: Node) -> object:
    """What a node says: a line's end is a space, but in code."""
    match node:
        case Text():
            return re.sub(r"[ \n]+", " ", node.value)
        case Element() if node.tag not in VERBATIM:
            return node.tag, node.attributes, [said(each) for each in node.children]
        case _:
            return node
