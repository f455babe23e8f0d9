"""The text of pages that are no statement, and the footnotes and anchors of all."""

from __future__ import annotations

from collections.abc import Mapping

from innspill.compose.addresses import Addresses
from innspill.compose.nodes import make_element, make_nodes
from innspill.compose.numbers import HEADINGS, Numbering
from innspill.read.schema import ConsultationFront, StatementFront
from innspill.read.source import Source
from innspill.text import (
    Block,
    Element,
    Heading,
    Minority,
    Note,
    NoteMark,
    Plain,
    Prose,
    Unit,
    UnitList,
    nodes_in,
    walk,
)

NO_ADDRESSES = Addresses({}, ())


def compose_prose(source: Source, addresses: Addresses) -> Prose:
    """A page's text."""
    numbering = Numbering()
    blocks = tuple(
        numbering.plain_block(make_element(each, source.path, addresses))
        for each in source.body.blocks
    )
    return Prose(blocks, compose_notes(source, blocks, addresses))


def compose_notes(
    source: Source, blocks: tuple[Block, ...], addresses: Addresses
) -> tuple[Note, ...]:
    """A page's footnotes; `blocks` are all that may hold a mark, headings too."""
    notes = tuple(make_nodes(each.children, source.path, addresses) for each in source.body.notes)
    everywhere = [*nodes_in(blocks), *(node for note in notes for node in walk(note))]
    marks = [node.note for node in everywhere if isinstance(node, NoteMark)]
    return tuple(
        Note(number, children, marks.count(number)) for number, children in enumerate(notes, 1)
    )


def blocks_of_parts(
    source: Source, numbers: Mapping[str, int], addresses: Addresses
) -> list[tuple[Element | None, tuple[Block, ...]]]:
    """A statement's body cut at its answers: the heading that begins a part, and its blocks.

    `numbers` gives each question's number. A part ends where a heading of the same or a
    higher level begins, or the next answer.
    """
    numbering = Numbering()
    parts: list[tuple[Element | None, list[Block]]] = [(None, [])]
    part, level = 0, ""
    for each in source.body.blocks:
        element = make_element(each, source.path, addresses)
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


def anchors_of(source: Source, numbers: Mapping[str, int]) -> frozenset[str]:
    """The ids that a source's page has, found without knowing where links lead."""
    if not isinstance(source.front, StatementFront):
        own = _ids(compose_prose(source, NO_ADDRESSES).blocks)
        if isinstance(source.front, ConsultationFront):
            count = len(source.front.questions)
            own |= {"attachments"} if source.front.attachments else set()
            own |= {"statements", "questions", "data", *(f"question-{n + 1}" for n in range(count))}
        return frozenset(own)
    parts = blocks_of_parts(source, numbers, NO_ADDRESSES)
    answers = {
        f"s{numbers[name]}"
        for heading, _ in parts
        if heading
        for name in heading.get("answers").split()
        if name in numbers
    }
    answers |= {"summary", "proposals", "text"}
    return frozenset(answers.union(*(_ids(blocks) for _, blocks in parts)))


def _ids(blocks: tuple[Block, ...]) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        match block:
            case Heading():
                found.add(block.id)
            case Unit():
                found.add(block.id)
                found |= {
                    node.get("id")
                    for node in walk((block.element,))
                    if isinstance(node, Element) and node.get("id")
                }
            case UnitList():
                found |= _ids(block.items)
            case Minority():
                found |= _ids(block.blocks)
            case Plain():
                continue
    return found
