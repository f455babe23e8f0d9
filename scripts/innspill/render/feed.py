"""The Atom feed (RFC 4287) of a site that has an address. Its dates are the statements'."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from innspill.messages import catalogue, say
from innspill.model import Card, Consultation, Site
from innspill.output import Output

FEED = "feed.xml"


def render_feed(site: Site) -> Iterator[Output]:
    """The feed: one entry for each statement that is given out and has a date."""
    if site.address is None or not (entries := _entries(site)):
        return
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": site.lang})
    _add(feed, "id", site.address)
    _add(feed, "title", site.title)
    _add(feed, "updated", _moment(entries[0][0]))
    SubElement(SubElement(feed, "author"), "name").text = site.publisher
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=site.address + FEED)
    SubElement(feed, "link", rel="alternate", type="text/html", href=site.address)
    for updated, case, statement in entries:
        feed.append(_entry(site.address, updated, case, statement))
    indent(feed)
    text = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8") + b"\n"
    sources = sorted({source for _, case, each in entries for source in (case.source, each.source)})
    yield Output(FEED, text, ("index.md", *sources))


def last_changed(statement: Card) -> date | None:
    """The later of the dates that a statement has."""
    facts = statement.facts
    return max((day for day in (facts.adopted, facts.dated) if day), default=None)


def _entries(site: Site) -> list[tuple[date, Consultation, Card]]:
    """What the feed holds, the newest first, and those of one day in their own order."""
    found = [
        (updated, case, statement)
        for case in site.consultations
        for statement in case.given_out
        if (updated := last_changed(statement))
    ]
    return sorted(found, key=lambda each: each[0], reverse=True)


def _entry(address: str, updated: date, case: Consultation, statement: Card) -> Element:
    entry = Element("entry", {"xml:lang": statement.lang})
    page = address + quote(statement.url)
    title = f"{statement.committee}: {statement.title}"
    if statement.status == "draft":
        title = f"{say('Draft').within(catalogue(statement.lang))} – {title}"
    _add(entry, "id", page)
    _add(entry, "title", title)
    _add(entry, "published", _moment(statement.facts.dated or updated))
    _add(entry, "updated", _moment(updated))
    SubElement(SubElement(entry, "author"), "name").text = statement.committee
    SubElement(entry, "link", rel="alternate", type="text/html", href=page)
    SubElement(entry, "category", term=case.folder.rstrip("/"), label=case.title)
    if points := " ".join(statement.summary):
        _add(entry, "summary", points)
    return entry


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _moment(day: date) -> str:
    """A day as Atom's date construct (RFC 4287, 3.3): at noon, so that no zone shifts it."""
    return f"{day.isoformat()}T12:00:00Z"
