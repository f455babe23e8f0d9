"""What HTML numbers the items of a list, and whether that is what is drawn before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from innspill.pdf.drawn import Piece
from innspill.pdf.faults import WrongMarker
from innspill.pdf.words import is_hidden, is_skipped

LISTS = frozenset({"ol", "ul"})
INTEGER = re.compile(r"\s*([+-]?[0-9]+)")
LETTERED = re.compile(r"p\d+-\d+-([a-z]+)")
"""The id of an item inside a numbered one; it ends in the item's letter."""
SIGNS = re.compile(r"[\W_]+")


def ordinals(listed: Element) -> Iterator[tuple[Element, int]]:
    """The items of an `ol`, each with its number (HTML, 4.4.8)."""
    items = [each for each in listed if each.tag == "li"]
    step = -1 if "reversed" in listed.attrib else 1
    number = _integer(listed.get("start"), len(items) if step < 0 else 1)
    for item in items:
        number = _integer(item.get("value"), number)
        yield item, number
        number += step


def set_counters(html: Element) -> None:
    """Says in CSS how each `ol` is numbered: WeasyPrint reads that nowhere else.

    It counts each item by itself, so only one whose number does not follow is told.
    """
    for listed in html.iter("ol"):
        counted = 0
        for item, number in ordinals(listed):
            if number != counted + 1:
                rules = item.get("style"), f"counter-set: list-item {number - 1}"
                item.set("style", "; ".join(filter(None, rules)))
            counted = number


def check_markers(html: Element, generated: Mapping[Element, Sequence[Piece]]) -> None:
    """Holds what is drawn before each item to its number, or to a bullet. Raises WrongMarker.

    `generated` has what is drawn at each element and is no text of its own. What signs stand
    around a number, and what sign a bullet is, says the stylesheet.
    """
    if is_skipped(html) or is_hidden(html):
        return
    if html.tag == "ol":
        for item, number in ordinals(html):
            _check(item, str(number), generated.get(item, ()))
    elif html.tag == "ul":
        for item in html.findall("li"):
            _check(item, "", generated.get(item, ()))
    for each in html:
        check_markers(each, generated)


def _check(item: Element, number: str, pieces: Sequence[Piece]) -> None:
    drawn = "".join(each.text for each in pieces if each.is_marker)
    if _bare(drawn) != number:
        raise WrongMarker(_page(pieces), drawn, number, _words(item))
    letter = LETTERED.fullmatch(item.get("id", ""))
    drawn = "".join(each.text for each in pieces if not each.is_marker)
    if letter and drawn and drawn != letter[1]:
        raise WrongMarker(_page(pieces), drawn, letter[1], _words(item))


def _bare(drawn: str) -> str:
    """A marker without the signs around its number or letter."""
    bare = SIGNS.sub("", drawn)
    return f"-{bare}" if bare and drawn.lstrip("(").startswith(("-", "−")) else bare


def _page(pieces: Sequence[Piece]) -> int | None:
    return pieces[0].page + 1 if pieces else None


def _words(item: Element) -> str:
    return " ".join(" ".join(item.itertext()).split())


def _integer(value: str | None, other: int) -> int:
    """HTML's rules for parsing integers (2.3.4.1); `other` where there is none."""
    found = INTEGER.match(value or "")
    return int(found[1]) if found else other
