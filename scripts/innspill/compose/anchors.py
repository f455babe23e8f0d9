"""The places on a page that a text may link to."""

from __future__ import annotations

from innspill.model import Card, Consultation, Page, Statement
from innspill.text import (
    Block,
    Element,
    Heading,
    Minority,
    Plain,
    Prose,
    Unit,
    UnitList,
    select,
)

Shown = Card | Consultation | Page | Prose
"""What a page shows; the home page's is its text."""


def places_on(page: Shown) -> frozenset[str]:
    """The names of all places on a page that a text may link to."""
    match page:
        case Prose():
            return frozenset(_ids(page.blocks))
        case Page():
            return frozenset(_ids(page.prose.blocks))
        case Consultation():
            own = {f"question-{question.number}" for question in page.questions}
            own |= {"attachments"} if page.enclosures else set()
            return frozenset({"statements", "questions", "data"} | own | _ids(page.prose.blocks))
        case Card():
            return page.anchors


def anchors_of(statement: Statement) -> frozenset[str]:
    """The names of all places on a statement's page that a text may link to."""
    own = {f"s{each.number}" for section in statement.sections for each in section.questions}
    ids = (_ids(section.blocks) for section in statement.sections)
    return frozenset({"summary", "proposals", "text"}.union(own, *ids))


def _ids(blocks: tuple[Block, ...]) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        match block:
            case Heading():
                found.add(block.id)
            case Unit():
                found.add(block.id)
                if block.element.tag == "li":  # no other block has places of its own inside
                    found |= {node.get("id") for node in select((block.element,), Element)}
            case UnitList():
                found |= _ids(block.items)
            case Minority():
                found |= _ids(block.blocks)
            case Plain():
                continue
    return found - {""}
