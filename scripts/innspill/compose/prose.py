"""The text of pages that are no statement, the parts of one, and the footnotes of all."""

from __future__ import annotations

from collections.abc import Mapping

from innspill.compose.numbers import HEADINGS, Numbering
from innspill.compose.resolve import Links, make_element, make_nodes
from innspill.read.source import Source
from innspill.text import Block, Element, Note, NoteMark, Prose, roots_in, select


def compose_prose(source: Source, links: Links) -> Prose:
    """A page's text."""
    numbering, targets = Numbering(), dict(links)
    blocks = tuple(
        numbering.plain_block(make_element(each, targets)) for each in source.body.blocks
    )
    return Prose(blocks, compose_notes(source, blocks, links))


def compose_notes(source: Source, blocks: tuple[Block, ...], links: Links) -> tuple[Note, ...]:
    """A page's footnotes; `blocks` are all that may hold a mark, headings too."""
    targets = dict(links)
    notes = tuple(make_nodes(each.children, targets) for each in source.body.notes)
    everywhere = [*roots_in(blocks), *(node for note in notes for node in note)]
    marks = [each.note for each in select(everywhere, NoteMark)]
    return tuple(
        Note(number, children, marks.count(number)) for number, children in enumerate(notes, 1)
    )


def blocks_of_parts(
    source: Source, numbers: Mapping[str, int], links: Links
) -> list[tuple[Element | None, tuple[Block, ...]]]:
    """A statement's body cut at its answers: the heading that begins a part, and its blocks.

    `numbers` gives each question's number. A part ends where a heading of the same or a
    higher level begins, or the next answer.
    """
    numbering, targets = Numbering(), dict(links)
    parts: list[tuple[Element | None, list[Block]]] = [(None, [])]
    part, level = 0, ""
    for each in source.body.blocks:
        element = make_element(each, targets)
        is_heading = element.tag in HEADINGS
        if is_heading and element.get("answers"):
            ids = element.get("answers").split()
            part = next((numbers[name] for name in ids if name in numbers), 0)
            level = element.tag
            parts.append((element, []))
            continue
        if is_heading and parts[-1][0] is not None and element.tag <= level:
            part = 0
            parts.append((None, []))
        parts[-1][1].append(numbering.block(element, part))
    return [(heading, tuple(blocks)) for heading, blocks in parts if heading or blocks]
