"""One element of the tag tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from innspill.pdf.drawn import Piece


@dataclass(eq=False, slots=True)
class TagElement:
    """A structure element."""

    kind: str
    source: Element
    """What it was made from."""
    kids: list[TagElement | Piece] = field(default_factory=list)
    lang: str | None = None
    id: str | None = None
    label: str | None = None
    """What is said in place of an image, and of a link by itself."""
    said: str | None = None
    """What is said in place of a sign (ISO 32000-1, 14.9.4)."""
    links: Sequence[int] = ()
    """The link annotations that belong to it, by their numbers among the file's objects."""

    @property
    def tags(self) -> Iterator[TagElement]:
        """The tags right below it."""
        return (kid for kid in self.kids if isinstance(kid, TagElement))

    @property
    def all_tags(self) -> Iterator[TagElement]:
        """Itself and all tags below it, in reading order."""
        yield self
        for kid in self.tags:
            yield from kid.all_tags

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces below it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, TagElement):
                yield from kid.pieces
            else:
                yield kid

    def add(self, kind: str, source: Element) -> TagElement:
        """A new last kid."""
        kid = TagElement(kind, source)
        self.kids.append(kid)
        return kid
