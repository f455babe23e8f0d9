"""Writes the tag tree in place of WeasyPrint's (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from innspill.pdf.drawn import Piece
from innspill.pdf.tables import cell_attributes, grouped_headers
from innspill.pdf.tag_element import TagElement

POINTS = 0.75
"""In a CSS pixel."""
NUMBERING = {"ul": "Disc", "ol": "Decimal"}
DECORATION = {"ins": "Underline", "del": "LineThrough"}
"""How what was put in and taken out is drawn (14.8.5.4.4)."""


def number_pieces(root: TagElement) -> dict[Piece, int]:
    """Each tagged piece's number on its page, in reading order."""
    counts: dict[int, int] = defaultdict(int)
    numbers = {}
    for piece in root.pieces:
        numbers[piece] = counts[piece.page]
        counts[piece.page] += 1
    return numbers


def write_tags(pdf: pikepdf.Pdf, root: TagElement, numbers: Mapping[Piece, int]) -> None:
    """Puts the tree into the PDF, with the tables that lead from content to tags."""
    writer = _Writer(pdf, numbers)
    top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top.K = writer.write(root, top)
    nums = Array()
    for number, elements in sorted(writer.on_page.items()):
        nums.append(number)
        nums.append(pdf.make_indirect(Array([elements[at] for at in range(len(elements))])))
    for number, element in enumerate(writer.of_link, len(pdf.pages)):
        nums.append(number)
        nums.append(element)
    top.ParentTree = pdf.make_indirect(Dictionary(Nums=nums))
    top.ParentTreeNextKey = len(pdf.pages) + len(writer.of_link)
    if writer.ids:
        names = Array()
        for name, element in sorted(writer.ids.items()):
            names.append(pikepdf.String(name))
            names.append(element)
        top.IDTree = pdf.make_indirect(Dictionary(Names=names))
    pdf.Root.StructTreeRoot = top
    for number, page in enumerate(pdf.pages):
        page.obj.StructParents = number
        page.obj.Tabs = Name.S


class _Writer:
    """Makes an object of each tag, and remembers what the tables need."""

    def __init__(self, pdf: pikepdf.Pdf, numbers: Mapping[Piece, int]) -> None:
        self.pdf = pdf
        self.numbers = numbers
        self.pages = [page.obj for page in pdf.pages]
        self.on_page: dict[int, dict[int, pikepdf.Object]] = {
            at: {} for at in range(len(pdf.pages))
        }
        self.of_link: list[pikepdf.Object] = []
        self.ids: dict[str, pikepdf.Object] = {}
        self.headers: dict[TagElement, list[str]] = {}
        self.tables = 0

    def write(self, tag: TagElement, parent: pikepdf.Object) -> pikepdf.Object:
        """The object of a tag and of all below it."""
        if tag.kind == "Table":
            self.tables += 1
            self.headers |= grouped_headers(tag, f"table-{self.tables}")
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name("/" + tag.kind), P=parent)
        )
        page = next((piece.page for piece in tag.pieces), None)
        if page is not None:
            element.Pg = self.pages[page]
        if tag.lang:
            element.Lang = pikepdf.String(tag.lang)
        if tag.kind == "Figure" and tag.label:
            element.Alt = pikepdf.String(tag.label)
        if tag.said:
            element.ActualText = pikepdf.String(tag.said)
        if tag.id:
            element.ID = pikepdf.String(tag.id)
            self.ids[tag.id] = element
        if attributes := self._attributes(tag):
            element.A = attributes
        element.K = Array(list(self._kids(tag, element, page)))
        return element

    def _kids(
        self, tag: TagElement, element: pikepdf.Object, page: int | None
    ) -> Iterator[pikepdf.Object | int]:
        for link in (self.pdf.get_object(number, 0) for number in tag.links):
            link.StructParent = len(self.pages) + len(self.of_link)
            self.of_link.append(element)
            yield Dictionary(Type=Name.OBJR, Obj=link, Pg=link.P)
        for kid in tag.kids:
            if isinstance(kid, TagElement):
                yield self.write(kid, element)
                continue
            number = self.numbers[kid]
            self.on_page[kid.page][number] = element
            if kid.page == page:
                yield number
            else:
                yield Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=number)

    def _attributes(self, tag: TagElement) -> pikepdf.Object | None:
        match tag.kind:
            case "L" if tag.source.tag in NUMBERING:
                name = Name("/" + NUMBERING[tag.source.tag])
                return Dictionary(O=Name.List, ListNumbering=name)
            case "Span" if tag.source.tag in DECORATION:
                line = Name("/" + DECORATION[tag.source.tag])
                return Dictionary(O=Name.Layout, TextDecorationType=line)
            case "Figure":
                return Dictionary(O=Name.Layout, BBox=self._box(tag))
            case "TH" | "TD":
                found: dict[str, Any] = cell_attributes(tag)
                if headers := self.headers.get(tag):
                    found["Headers"] = Array([pikepdf.String(each) for each in headers])
                if "Scope" in found:
                    found["Scope"] = Name("/" + found["Scope"])
                return Dictionary(O=Name.Table, **found) if found else None
        return None

    def _box(self, tag: TagElement) -> Array:
        """A figure's place on its page, in points from the page's foot."""
        piece = next(tag.pieces)
        left, top, right, bottom = (side * POINTS for side in piece.mark.box)
        height = float(self.pages[piece.page].MediaBox[3])
        return Array([round(each, 3) for each in (left, height - bottom, right, height - top)])
