"""The tree that Markdown becomes: plain text and elements, before links are resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from innspill.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters."""

    value: str


@dataclass(frozen=True, slots=True)
class Element:
    """An element named as in HTML, with the few attributes that Markdown gives it."""

    tag: str
    children: tuple[Text | Element, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    at: Location = field(default=Location(""), compare=False)
    """Where it begins; not part of what it says."""

    def get(self, name: str) -> str:
        """An attribute's value, empty where it has none."""
        return dict(self.attributes).get(name, "")

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()


@dataclass(frozen=True, slots=True)
class Body:
    """A file's text below the front matter."""

    blocks: tuple[Element, ...] = ()
    notes: tuple[Element, ...] = ()
    """The footnotes in order of their first mark, each a `li` of blocks."""


def targets_in(body: Body) -> tuple[str, ...]:
    """The targets of all links and images as they are written, each once."""
    found = (
        element.get("href") if element.tag == "a" else element.get("src")
        for block in (*body.blocks, *body.notes)
        for element in block.walk()
        if element.tag in {"a", "img"}
    )
    return tuple(dict.fromkeys(found))
