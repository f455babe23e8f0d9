"""The rule for places: what a link names on a page of the site stands there."""

from __future__ import annotations

from collections.abc import Iterator

from innspill.compose.addresses import page_url
from innspill.compose.anchors import Shown, places_on
from innspill.compose.references import references_in
from innspill.diagnostics import Diagnostic, error
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Reference, Site
from innspill.read.edition import Edition, index_of
from innspill.read.read import Content
from innspill.read.tree import TEXT


def links_find_what_they_name(content: Content, site: Site, once: Memory) -> Iterator[Diagnostic]:
    """Each place that a link names on a page is there, as far as the page is known."""
    pages = _pages(content, site)
    places: dict[str, frozenset[str] | None] = {}
    for _, references in references_of(site, once):
        for each in references:
            if each.fragment:
                if each.url not in places:
                    page = pages.get(each.url)
                    places[each.url] = once(places_on, page) if page else None
                yield from _missed(each, places[each.url])


def references_of(site: Site, once: Memory) -> Iterator[tuple[str, tuple[Reference, ...]]]:
    """What each text of the site leads to inside it, with the source of a statement."""
    yield from (("", once(references_in, prose)) for prose in site.proses)
    yield from ((each.source, each.references) for each in site.statements)


def links_lead_to_what_is_given(site: Site, edition: Edition, once: Memory) -> Iterator[Diagnostic]:
    """No text that readers are given links to a draft that they are not given."""
    if not edition.held:
        return
    held = {page_url(path): path for path in edition.held}
    for source, references in references_of(site, once):
        for each in references if source not in edition.held else ():
            if each.url in held:
                message = say(
                    '"{href}" leads to a draft, which is not published', href=each.written
                )
                hint = say(
                    "take the link out, or give readers the draft: write "
                    "`publish_drafts: true` in {path}, or build with --drafts",
                    path=index_of(held[each.url]),
                )
                yield error("dead-link", message, each.at, hint)


def _missed(each: Reference, known: frozenset[str] | None) -> Iterator[Diagnostic]:
    if known is None or each.fragment in known:
        return
    message = say(
        '"{href}": the page has no place named "{id}"', href=each.written, id=each.fragment
    )
    hint = say("a paragraph's place is named by its number: #p5-2")
    yield error("dead-link", message, each.at, hint)


def _pages(content: Content, site: Site) -> dict[str, Shown | None]:
    """The pages by their addresses, None where faults leave the places on one unknown."""
    pages: dict[str, Shown | None] = {"index.html": site.prose}
    for case in site.consultations:
        sure = case.is_sure("questions")
        pages[case.url] = case if sure else None
        pages |= {e.url: e if sure and e.is_sure(TEXT) else None for e in case.statements}
    pages |= {page.url: page for page in site.pages}
    unread = [each.path for each in content.scanned if each.is_unread]
    unread += [each.path for each in content.sources if TEXT in each.body.unsure]
    return pages | {page_url(each): None for each in unread}
