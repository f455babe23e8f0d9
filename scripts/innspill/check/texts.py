"""Rules for each text by itself: links, images and headings."""

from __future__ import annotations

from collections.abc import Iterator

from innspill.diagnostics import Diagnostic, error
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Site, Statement
from innspill.text import (
    Block,
    Broken,
    Heading,
    Image,
    Link,
    Minority,
    Node,
    Prose,
    Text,
    roots_in,
    select,
    walk,
)

TextOf = Statement | Prose
"""What has a text of its own: a statement, and the words of any other page."""


def leading_in(text: TextOf) -> tuple[Link | Image, ...]:
    """The links and images of a text, in order."""
    return tuple(select(nodes_of(text), Link, Image))


def links_lead_somewhere(text: TextOf, once: Memory) -> Iterator[Diagnostic]:
    """No link or image leads nowhere, out of the content, or into a script."""
    for node in once(leading_in, text):
        if isinstance(node.target, Broken):
            yield error(node.target.code, node.target.why, node.at, node.target.hint)
        if isinstance(node, Link) and not _says_something(node):
            message = say("the link has no text")
            hint = say("write what it leads to between the square brackets")
            yield error("empty-link", message, node.at, hint)


def images_have_alternatives(text: TextOf, once: Memory) -> Iterator[Diagnostic]:
    """Each image has a text for those who can't see it (WCAG 2.2, 1.1.1)."""
    for node in once(leading_in, text):
        if isinstance(node, Image) and not node.alternative:
            message = say("the image has no alternative text")
            hint = say("write what it shows between the square brackets: ![…](…)")
            yield error("no-alternative", message, node.at, hint)


def headings_go_down_stepwise(text: TextOf, _: Memory) -> Iterator[Diagnostic]:
    """The title is level 1, the body begins at 2, and no level is skipped on the way down."""
    level = 1
    for heading in _headings(_blocks(text)):
        if heading.level == 1:
            message = say("level 1 is the title's, which stands in the front matter")
            yield error("heading-level", message, heading.at, say("write ## or deeper"))
        elif heading.level > level + 1:
            message = say(
                "the heading skips a level: {found} after {before}",
                found="#" * heading.level,
                before="#" * level,
            )
            hint = say("write {marks}", marks="#" * (level + 1))
            yield error("heading-skip", message, heading.at, hint)
        level = heading.level
        if not heading.text and not heading.answers:
            message = say("the heading is empty")
            yield error("empty-heading", message, heading.at)


def _says_something(link: Link) -> bool:
    return any(
        isinstance(node, Image) or (isinstance(node, Text) and node.value.strip())
        for node in walk(link.children)
    )


def texts_in(site: Site) -> tuple[TextOf, ...]:
    """All texts of the site."""
    return (*site.proses, *site.statements)


def nodes_of(text: TextOf) -> list[Node]:
    """The nodes of a text and of its footnotes, without what is in them."""
    return [*roots_in(_blocks(text)), *(node for note in text.notes for node in note.children)]


def _blocks(text: TextOf) -> tuple[Block, ...]:
    if isinstance(text, Prose):
        return text.blocks
    blocks: list[Block] = []
    for section in text.sections:
        blocks += [section.heading] if section.heading else []
        blocks += section.blocks
    return tuple(blocks)


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Minority):
            yield from _headings(block.blocks)
