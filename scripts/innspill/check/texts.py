"""Rules for each text by itself: links, images and headings."""

from __future__ import annotations

from collections.abc import Iterator

from innspill.compose.references import TextOf, blocks_of, leading_in
from innspill.diagnostics import Diagnostic, error
from innspill.messages import say
from innspill.text import Block, Broken, Heading, Image, Link, Minority, Text, walk


def links_lead_somewhere(text: TextOf) -> Iterator[Diagnostic]:
    """No link or image leads nowhere, out of the content, or into a script."""
    for node in leading_in(text):
        if isinstance(node.target, Broken):
            yield error(node.target.code, node.target.why, node.at, node.target.hint)
        if isinstance(node, Link) and not _says_something(node):
            message = say("the link has no text")
            hint = say("write what it leads to between the square brackets")
            yield error("empty-link", message, node.at, hint)


def images_have_alternatives(text: TextOf) -> Iterator[Diagnostic]:
    """Each image has a text for those who can't see it (WCAG 2.2, 1.1.1)."""
    for node in leading_in(text):
        if isinstance(node, Image) and not node.alternative:
            message = say("the image has no alternative text")
            hint = say("write what it shows between the square brackets: ![…](…)")
            yield error("no-alternative", message, node.at, hint)


def headings_go_down_stepwise(text: TextOf) -> Iterator[Diagnostic]:
    """The title is level 1, the body begins at 2, and no level is skipped on the way down."""
    level = 1
    for heading in _headings(blocks_of(text)):
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


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Minority):
            yield from _headings(block.blocks)
