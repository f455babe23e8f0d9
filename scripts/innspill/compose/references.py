"""What a text leads to: its links and images."""

from __future__ import annotations

from innspill.model import Reference, Statement
from innspill.text import Block, Image, Internal, Link, Node, Prose, roots_in, select

TextOf = Statement | Prose
"""What has a text of its own: a statement, and the words of any other page."""


def leading_in(text: TextOf) -> tuple[Link | Image, ...]:
    """The links and images of a text, in order."""
    return tuple(select(nodes_of(text), Link, Image))


def references_in(text: TextOf) -> tuple[Reference, ...]:
    """What the links and images of a text lead to inside the site, in order."""
    return tuple(
        Reference(
            node.target.url,
            node.target.fragment,
            node.target.written,
            isinstance(node, Image),
            node.at,
        )
        for node in leading_in(text)
        if isinstance(node.target, Internal)
    )


def nodes_of(text: TextOf) -> list[Node]:
    """The nodes of a text and of its footnotes, without what is in them."""
    return [*roots_in(blocks_of(text)), *(node for note in text.notes for node in note.children)]


def blocks_of(text: TextOf) -> tuple[Block, ...]:
    """The blocks of a text, in order, the headings of answers among them."""
    if isinstance(text, Prose):
        return text.blocks
    blocks: list[Block] = []
    for section in text.sections:
        blocks += [section.heading] if section.heading else []
        blocks += section.blocks
    return tuple(blocks)
