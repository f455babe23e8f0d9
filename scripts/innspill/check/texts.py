"""Rules for every text: links, images and headings."""

from __future__ import annotations

from collections.abc import Iterator

from innspill.diagnostics import Diagnostic, error
from innspill.messages import say
from innspill.model import Site
from innspill.text import (
    Block,
    Broken,
    Heading,
    Image,
    Internal,
    Link,
    Minority,
    Node,
    Note,
    Text,
    nodes_in,
    walk,
)

SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"<svg", b"<?xml")
"""How the files of PNG, JPEG, GIF, WebP and SVG begin."""


def links_lead_somewhere(site: Site) -> Iterator[Diagnostic]:
    """No link or image leads nowhere, out of the content, or into a script."""
    for node in nodes_of(site):
        if isinstance(node, Link | Image) and isinstance(node.target, Broken):
            yield error(node.target.code, node.target.why, node.at, node.target.hint)
        if isinstance(node, Link) and not _says_something(node):
            message = say("the link has no text")
            hint = say("write what it leads to between the square brackets")
            yield error("empty-link", message, node.at, hint)


def images_have_alternatives(site: Site) -> Iterator[Diagnostic]:
    """Each image has a text for those who can't see it (WCAG 2.2, 1.1.1)."""
    for node in nodes_of(site):
        if isinstance(node, Image) and not node.alternative:
            message = say("the image has no alternative text")
            hint = say("write what it shows between the square brackets: ![…](…)")
            yield error("no-alternative", message, node.at, hint)


def images_are_images(site: Site) -> Iterator[Diagnostic]:
    """Each image is a file that browsers and PDFs can show, by its first bytes."""
    data = {each.url: each.data for each in site.attachments}
    for node in nodes_of(site):
        if not isinstance(node, Image) or not isinstance(node.target, Internal):
            continue
        if not data.get(node.target.url, b"").lstrip().startswith(SIGNATURES):
            message = say('"{url}" is no image', url=node.target.url)
            yield error("no-image", message, node.at, say("use PNG, JPEG, GIF, WebP or SVG"))


def headings_go_down_stepwise(site: Site) -> Iterator[Diagnostic]:
    """The title is level 1, the body begins at 2, and no level is skipped on the way down."""
    for blocks, _ in _texts(site):
        level = 1
        for heading in _headings(blocks):
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


def _texts(site: Site) -> Iterator[tuple[tuple[Block, ...], tuple[Note, ...]]]:
    """The blocks and the footnotes of every page."""
    for prose in site.proses:
        yield prose.blocks, prose.notes
    for statement in site.statements:
        blocks: list[Block] = []
        for section in statement.sections:
            blocks += [section.heading] if section.heading else []
            blocks += section.blocks
        yield tuple(blocks), statement.notes


def nodes_of(site: Site) -> Iterator[Node]:
    """Every node of every page's text and footnotes."""
    for blocks, notes in _texts(site):
        yield from nodes_in(blocks)
        for note in notes:
            yield from walk(note.children)


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Minority):
            yield from _headings(block.blocks)
