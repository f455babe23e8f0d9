"""The words of a print's HTML, as they are compared with what is drawn.

Compared are characters without white space: compatibility forms as their plain ones (NFKC),
without case, hyphens of all kinds alike; soft hyphens and other characters that draw nothing
are left out.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

IMAGE = "\ufffc"
"""Stands for an image among the words."""
SKIPPED = {"head", "script", "style", "template"}
BLOCKS = {
    "html", "body", "main", "article", "section", "aside", "nav", "header", "footer", "div",
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "pre", "figure", "figcaption", "table", "caption", "thead", "tbody", "tfoot", "tr", "th",
    "td", "hr",
}  # fmt: skip
"""The elements that begin and end a line; the others stand inside one."""


@dataclass(frozen=True, slots=True)
class TextNode:
    """A text node or an image."""

    owner: Element
    """The element that it stands in; the image itself."""
    slot: int
    """Behind how many of the element's children it stands."""
    start: int
    end: int
    """Where it stands among the characters of `Words.text`."""


@dataclass(frozen=True, slots=True)
class Words:
    """All that is to be drawn, in reading order.

    What is hidden from assistive technology is no part of it: running heads and feet.
    """

    text: str = field(repr=False)
    leaves_of: Mapping[Element, Sequence[TextNode]] = field(repr=False)
    """By the element that they stand in."""
    spaced: frozenset[int] = field(repr=False)
    """The characters with white space between them and the next one of their block."""
    parents: Mapping[Element, Element] = field(repr=False)

    def around(self, element: Element) -> Iterator[Element]:
        """The element itself and those around it, the nearest first."""
        found: Element | None = element
        while found is not None:
            yield found
            found = self.parents.get(found)

    def above(self, element: Element, tags: Container[str]) -> Element | None:
        """The nearest of those around an element, or itself, that has one of the tags."""
        return next((each for each in self.around(element) if each.tag in tags), None)


def read_words(html: Element) -> Words:
    """The words of a print."""
    text: list[str] = []
    leaves: dict[Element, list[TextNode]] = defaultdict(list)
    spaced: set[int] = set()
    for event in _events(html):
        if event is None:  # a block begins or ends
            spaced.discard(len(text) - 1)
            continue
        start = len(text)
        text += _unspaced(event.string, start, spaced)
        if len(text) > start:
            leaves[event.owner].append(TextNode(event.owner, event.slot, start, len(text)))
    parents = {child: element for element in html.iter() for child in element}
    return Words("".join(text), leaves, frozenset(spaced), parents)


def is_hidden(element: Element) -> bool:
    """Whether assistive technology passes it by (WAI-ARIA 1.2, aria-hidden)."""
    return element.get("aria-hidden") == "true"


def is_skipped(element: Element) -> bool:
    """Whether nothing of it is ever drawn; a comment has a function for a tag."""
    return callable(element.tag) or element.tag in SKIPPED


@dataclass(frozen=True, slots=True)
class _Text:
    owner: Element
    slot: int
    string: str


def _events(element: Element) -> Iterator[_Text | None]:
    """Each text in reading order; None at a block's edge."""
    if is_skipped(element) or is_hidden(element):
        return
    if element.tag in ("img", "br"):
        yield _Text(element, 0, IMAGE if element.tag == "img" else " ")
        return
    edge = [None] if element.tag in BLOCKS else []
    yield from edge
    yield _Text(element, 0, element.text or "")
    for slot, child in enumerate(element, 1):
        yield from _events(child)
        yield _Text(element, slot, child.tail or "")
    yield from edge


def _unspaced(string: str, length: int, spaced: set[int]) -> Iterator[str]:
    """The characters compared; `spaced` learns behind which of them white space stands."""
    for each in unicodedata.normalize("NFC", string):
        if each.isspace():
            if length:
                spaced.add(length - 1)
            continue
        for plain in _FOLDED[ord(each)]:
            length += 1
            yield plain


def folded(text: str) -> str:
    """Text as it is compared."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


class _Folded(dict[int, str]):
    """What becomes of each character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _plain(chr(code))
        return plain


_FOLDED = _Folded()


def _plain(character: str) -> str:
    if character.isspace() or unicodedata.category(character) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", character).casefold()
    return "".join(plain.split()).replace("\u2010", "-")
