"""The stylesheets that prints link to: those of a process are parsed once, with their fonts.

WeasyPrint takes parsed sheets beside the HTML, as a user's. Such give way to all that the HTML
has of its own, and `!important` and layers weigh otherwise in them; so a print takes them only
where it has no sheet within, and they none of these.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

WEIGHED_OTHERWISE = (b"!", b"@layer", b"@color-profile")


@dataclass(frozen=True, slots=True)
class ParsedStylesheets:
    """The sheets of a print, in their order."""

    parsed: tuple[Any, ...] = ()
    """As WeasyPrint has them; none where the print is to link to them."""
    fonts: Any = None
    """Those that they name, as WeasyPrint has them."""
    counters: Any = None
    """The ways to count that they name, likewise."""
    reads: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The digest of each file that was read, by its path."""
    warnings: tuple[str, ...] = ()
    """What WeasyPrint had to say of them."""


_held: dict[tuple[str, ...], ParsedStylesheets] = {}
"""This process's sheets, by the addresses of those that are used together."""

atexit.register(_held.clear)  # while WeasyPrint can still take the fonts' files away


def take_stylesheets(
    html: Element,
    digest: Callable[[str], str],
    parse: Callable[[tuple[str, ...]], ParsedStylesheets],
) -> ParsedStylesheets:
    """The sheets of a print, whose links are taken out of its HTML; none where it needs these.

    `digest` tells of a file as it is now. `parse` is asked where nothing is held, or what is
    was read from other bytes.
    """
    head, links = html.find("head"), tuple(html.iter("link"))
    addresses = tuple(each.get("href", "") for each in links)
    plain = [{"rel": "stylesheet", "href": address} for address in addresses]
    has_own = next(html.iter("style"), None) is not None
    if head is None or has_own or [each.attrib for each in links] != plain:
        return ParsedStylesheets()
    sheets = _held.get(addresses)
    if sheets is None or any(digest(path) != read for path, read in sheets.reads.items()):
        sheets = _held[addresses] = parse(addresses)
    if sheets.parsed:
        for each in head.findall("link"):
            head.remove(each)
    return sheets


def weigh_the_same(texts: tuple[bytes, ...]) -> bool:
    """Whether sheets have the same weight as a user's as they have where they are linked to."""
    return not any(word in text.lower() for text in texts for word in WEIGHED_OTHERWISE)
