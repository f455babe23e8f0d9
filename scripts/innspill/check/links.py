"""The rule for places: what a link names on a page of the site stands there."""

from __future__ import annotations

from collections.abc import Iterator

from innspill.check.texts import TextOf, leading_in, texts_in
from innspill.compose.addresses import page_url
from innspill.diagnostics import Diagnostic, Location, error
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Consultation, Page, Site, Statement
from innspill.read.edition import Edition, index_of
from innspill.read.read import Content
from innspill.read.tree import TEXT
from innspill.text import (
    Block,
    Element,
    Heading,
    Image,
    Internal,
    Link,
    Minority,
    Plain,
    Prose,
    Unit,
    UnitList,
    select,
)

Shown = Statement | Consultation | Page | Prose
"""What a page shows; the home page's is its text."""


def links_find_what_they_name(content: Content, site: Site, once: Memory) -> Iterator[Diagnostic]:
    """Each place that a link names on a page is there, as far as the page is known."""
    pages = _pages(content, site)
    places: dict[str, frozenset[str] | None] = {}
    for text in texts_in(site):
        for node, target in once(_places_named, text, once):
            if target.url not in places:
                page = pages.get(target.url)
                places[target.url] = once(places_on, page) if page else None
            yield from _missed(node.at, target, places[target.url])


def links_lead_to_what_is_given(site: Site, edition: Edition, once: Memory) -> Iterator[Diagnostic]:
    """No text that readers are given links to a draft that they are not given."""
    if not edition.held:
        return
    held = {page_url(path): path for path in edition.held}
    for text in texts_in(site):
        if isinstance(text, Statement) and text.source in edition.held:
            continue
        for node in once(leading_in, text):
            if isinstance(node.target, Internal) and node.target.url in held:
                message = say(
                    '"{href}" leads to a draft, which is not published', href=node.target.written
                )
                yield error(
                    "dead-link",
                    message,
                    node.at,
                    say(
                        "take the link out, or give readers the draft: write "
                        "`publish_drafts: true` in {path}, or build with --drafts",
                        path=index_of(held[node.target.url]),
                    ),
                )


def _places_named(text: TextOf, once: Memory) -> tuple[tuple[Link | Image, Internal], ...]:
    """The links of a text that name a place on a page of the site."""
    return tuple(
        (node, node.target)
        for node in once(leading_in, text)
        if isinstance(node.target, Internal)
        if node.target.fragment
    )


def _missed(at: Location, target: Internal, known: frozenset[str] | None) -> Iterator[Diagnostic]:
    if known is None or target.fragment in known:
        return
    message = say(
        '"{href}": the page has no place named "{id}"', href=target.written, id=target.fragment
    )
    hint = say("a paragraph's place is named by its number: #p5-2")
    yield error("dead-link", message, at, hint)


def _pages(content: Content, site: Site) -> dict[str, Shown | None]:
    """The pages by their addresses, None where faults leave the places on one unknown."""
    pages: dict[str, Shown | None] = {"index.html": site.prose}
    for case in site.consultations:
        sure = case.is_sure("questions")
        pages[case.url] = case if sure else None
        pages |= {each.url: each if sure else None for each in case.statements}
    pages |= {page.url: page for page in site.pages}
    unread = (each for each in content.sources if each.is_unread or TEXT in each.body.unsure)
    return pages | {page_url(each.path): None for each in unread}


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
        case Statement():
            own = {f"s{each.number}" for section in page.sections for each in section.questions}
            ids = (_ids(section.blocks) for section in page.sections)
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
