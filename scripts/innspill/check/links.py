"""Rules for what texts say of other files: the places they lead to, the images they show."""

from __future__ import annotations

from collections.abc import Iterator

from innspill.check.texts import TextOf, nodes_of
from innspill.compose.addresses import page_url
from innspill.diagnostics import Diagnostic, Location, error
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Consultation, Page, Site, Statement
from innspill.read.read import Content
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
    walk,
)

SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"<svg", b"<?xml")
"""How the files of PNG, JPEG, GIF, WebP and SVG begin."""
Shown = Statement | Consultation | Page | Prose
"""What a page shows; the home page's is its text."""


def places_are_there(content: Content, site: Site, once: Memory) -> Iterator[Diagnostic]:
    """Each place that a link names on a page of the site is there."""
    pages = _pages(content, site)
    places: dict[str, frozenset[str] | None] = {}
    for text in _texts(site):
        for target, at in once(_named_places, text):
            if target.url not in places:
                page = pages.get(target.url)
                places[target.url] = once(_places_on, page) if page else None
            known = places[target.url]
            if known is not None and target.fragment not in known:
                message = say(
                    '"{href}": the page has no place named "{id}"',
                    href=target.written,
                    id=target.fragment,
                )
                hint = say("a paragraph's place is named by its number: #p5-2")
                yield error("dead-link", message, at, hint)


def images_are_images(site: Site, once: Memory) -> Iterator[Diagnostic]:
    """Each image is a file that browsers and PDFs can show, by its first bytes."""
    data = {each.url: each.data for each in site.attachments}
    for text in _texts(site):
        for url, at in once(_images, text):
            if not data.get(url, b"").lstrip().startswith(SIGNATURES):
                message = say('"{url}" is no image', url=url)
                yield error("no-image", message, at, say("use PNG, JPEG, GIF, WebP or SVG"))


def _texts(site: Site) -> tuple[TextOf, ...]:
    return (*site.proses, *site.statements)


def _named_places(text: TextOf) -> tuple[tuple[Internal, Location], ...]:
    return tuple(
        (node.target, node.at)
        for node in nodes_of(text)
        if isinstance(node, Link | Image)
        if isinstance(node.target, Internal) and node.target.fragment
    )


def _images(text: TextOf) -> tuple[tuple[str, Location], ...]:
    return tuple(
        (node.target.url, node.at)
        for node in nodes_of(text)
        if isinstance(node, Image) and isinstance(node.target, Internal)
    )


def _pages(content: Content, site: Site) -> dict[str, Shown | None]:
    """The pages by their addresses, None where faults leave the places on one unknown."""
    pages: dict[str, Shown | None] = {"index.html": site.prose}
    for case in site.consultations:
        sure = case.sure_questions
        pages[case.url] = case if sure else None
        pages |= {each.url: each if sure else None for each in case.statements}
    pages |= {page.url: page for page in site.pages}
    return pages | {page_url(each.path): None for each in content.sources if each.is_unread}


def _places_on(page: Shown) -> frozenset[str]:
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
