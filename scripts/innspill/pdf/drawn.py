"""What WeasyPrint drew: its marked pieces in the order of its own tag tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

import pikepdf

from innspill.pdf.faults import Unexpected
from innspill.pdf.streams import Font, Marked, read_stream
from innspill.pdf.words import IMAGE, folded

SAME_LINE = 8
"""How far apart, in CSS pixels, a line's number and its text may stand in height."""
KIND, PAGE, KIDS = pikepdf.Name.S, pikepdf.Name.Pg, pikepdf.Name.K
"""Made once: each element is asked for them."""
CHARACTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>\n")


@dataclass(eq=False, slots=True)
class Node:
    """An element of WeasyPrint's tag tree: one box of the layout, so a part of one page."""

    kind: str
    parent: Node | None
    page: int
    place: int = 0
    """How many of its parent's elements stand before it."""
    box: tuple[float, ...] = ()
    """A figure's place, in CSS pixels from the page's top left."""
    links: list[pikepdf.Object] = field(default_factory=list)
    """The link annotations that belong to it."""

    @property
    def above(self) -> Iterator[Node]:
        """The node and those around it, the nearest first."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A marked piece of a page's content: a line's part in one style, or an image."""

    page: int
    mcid: int
    text: str
    """As it is compared."""
    node: Node = field(repr=False)
    height: float
    """How far down the page it stands, in CSS pixels."""
    right: float
    """Where it ends."""
    begins_with_space: bool = False
    ends_in_space: bool = False

    @property
    def is_marker(self) -> bool:
        """Whether it is drawn as the marker of a list's item."""
        return any(node.kind == "Lbl" for node in islice(self.node.above, 2))


def read_fonts(pdf: pikepdf.Pdf, names: Mapping[str, str]) -> dict[str, Font]:
    """The fonts by the names that the streams use; `names` has the ones that they have got."""
    fonts = pdf.pages[0].Resources.get("/Font", pikepdf.Dictionary())
    return {old: _font(fonts[f"/{new}"], new) for old, new in names.items()}


def _font(font: pikepdf.Object, name: str) -> Font:
    texts = {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in CHARACTER.findall(font.ToUnicode.read_bytes())
    }
    space = next((b"%04x" % glyph for glyph, text in texts.items() if text == " "), None)
    first, widths = font.DescendantFonts[0].W
    if first != 0:
        raise Unexpected(f"widths of the font {name} that begin with glyph {first}")
    return Font(name, texts, space, [float(each) for each in widths])


def read_pieces(pdf: pikepdf.Pdf, fonts: Mapping[str, Font]) -> tuple[Piece, ...]:
    """The pieces that are in the tag tree. Raises Unexpected."""
    reader = _Reader(
        {page.obj.objgen: number for number, page in enumerate(pdf.pages)},
        [read_stream(page.Contents.read_bytes(), fonts) for page in pdf.pages],
    )
    return tuple(reader.walk(pdf.Root.StructTreeRoot.K[0], None))


class _Reader:
    """Goes through WeasyPrint's tag tree."""

    def __init__(
        self, pages: Mapping[tuple[int, int], int], marked: Sequence[Mapping[int, Marked]]
    ) -> None:
        self.pages = pages
        self.marked = marked

    def walk(self, element: Any, parent: Node | None, place: int = 0) -> list[Piece]:
        """The pieces below an element."""
        kind = str(element[KIND])[1:]
        node = Node(kind, parent, self.pages[element[PAGE].objgen] if parent else 0, place)
        if kind == "Figure":
            node.box = tuple(float(side) for side in element.A.BBox)
        lists: list[list[Piece]] = []
        for place, kid in enumerate(element.get(KIDS, ())):
            if isinstance(kid, int):
                lists.append([self.piece(node, kid)])
            elif KIND not in kid:  # `OBJR`, a link's place
                node.links.append(kid.Obj)
            else:
                found = self.walk(kid, node, place)
                if kind == "L" and kid[KIND] == "/L" and lists:
                    found = _put_back(lists.pop(), found)
                lists.append(found)
        return list(chain.from_iterable(lists))

    def piece(self, node: Node, mcid: int) -> Piece:
        if node.kind == "Figure":
            return Piece(node.page, mcid, IMAGE, node, node.box[1], node.box[2])
        if (marked := self.marked[node.page].get(mcid)) is None:
            raise Unexpected("a piece that is not in its page's stream (is it half transparent?)")
        spaces = marked.text[:1].isspace(), marked.text[-1:].isspace()
        text = folded(marked.text)
        return Piece(node.page, mcid, text, node, marked.height, marked.right, *spaces)


def _put_back(item: list[Piece], nested: list[Piece]) -> list[Piece]:
    """A nested list, that WeasyPrint hangs behind its item, at its place inside it."""
    page, height = min(((each.page, each.height) for each in nested if each.text), default=(0, 0))
    above = [
        at
        for at, each in enumerate(item, 1)
        if each.text and (each.page, each.height) < (page, height + SAME_LINE)
    ]
    at = max(above, default=0)
    return item[:at] + nested + item[at:]
