"""What a screen reader is told: the tag tree as a list, and where its pieces are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from innspill.errors import InnspillError
from innspill.pdf.accounted.canonical import canonical

Piece = tuple[int, int]
"""The page, from 0, and the number on it."""
Cell = tuple[int, int]
"""The row, and the cell in it, counted through all tables."""
ELEMENT = {"/Type", "/S", "/P", "/Pg", "/Lang", "/Alt", "/ActualText", "/ID", "/A", "/K"}
NUMBERED = "\ue000"
"""Stands for the number of the page that a link leads to: no letter of any language."""
CELLS = ("/TD", "/TH")
ROOT = {"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/IDTree"}
LINK = {
    *("/Type", "/Subtype", "/Rect", "/A", "/Dest", "/Contents", "/F", "/P", "/StructParent"),
    *("/Border", "/BS"),
}
ACTIONS = {"/URI", "/GoTo", "/GoToR"}
PRINTED = 4
DEEPEST = 200


class OtherTree(InnspillError):
    """A tag tree of another form than the program's."""


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """Where a link is drawn, and the pieces that belong to it."""

    page: int
    area: tuple[float, float, float, float]
    pieces: tuple[Piece, ...]
    leads_to: int | None = None
    """The page, from 0, of the place in this file that it leads to."""
    said: str = ""
    """What is heard in its stead."""

    @property
    def number(self) -> Piece | None:
        """The piece that stands last, as the number of a page does."""
        return self.pieces[-1] if self.pieces and self.leads_to is not None else None


@dataclass(frozen=True, slots=True)
class Heard:
    """A tag tree."""

    said: tuple[str, ...] = field(repr=False)
    """Its tags, and the text between them, with one space where there are any."""
    pieces: tuple[Piece, ...] = field(repr=False)
    """In the order of reading."""
    figures: frozenset[Piece]
    heads: frozenset[Piece]
    """Those in the head of a table, which may be drawn again on other pages."""
    cells: Mapping[Piece, Cell] = field(repr=False)
    """Those in a table, by the cell that they stand in."""
    links: tuple[LinkPlace, ...] = field(repr=False)
    annotations: frozenset[Any] = field(repr=False)
    """The links, by their numbers among the file's objects."""


def figures_of(pdf: pikepdf.Pdf) -> frozenset[Piece]:
    """The pieces that are pictures. Raises OtherTree."""
    return _TagWalk(pdf, {}).heard().figures


def heard(pdf: pikepdf.Pdf, texts: Mapping[Piece, str]) -> Heard:
    """What is told, by the texts of the pieces. Raises OtherTree."""
    walk = _TagWalk(pdf, texts)
    found = walk.heard()
    walk.check_tables()
    return found


class _TagWalk:
    """Goes through a tag tree in its order."""

    def __init__(self, pdf: pikepdf.Pdf, texts: Mapping[Piece, str]) -> None:
        self.pdf, self.texts = pdf, texts
        self.page_of = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        self.said: list[str] = []
        self.owners: dict[Piece, Any] = {}
        self.pieces: list[Piece] = []
        self.figures: set[Piece] = set()
        self.heads: set[Piece] = set()
        self.cells: dict[Piece, Cell] = {}
        self.rows = self.cells_begun = 0
        self.links: list[LinkPlace] = []
        self.of_link: dict[Any, Any] = {}
        self.places = dict(named_places(pdf))
        self.ids: dict[str, Any] = {}

    def heard(self) -> Heard:
        root = self.pdf.Root.StructTreeRoot
        _only(root, ROOT)
        self._element(root.K, None, 0)
        plain = (" ".join(each.replace("\u00ad", "").split()) for each in self.said)
        return Heard(
            tuple(plain),
            tuple(self.pieces),
            frozenset(self.figures),
            frozenset(self.heads),
            self.cells,
            tuple(self.links),
            frozenset(self.of_link),
        )

    def _element(self, element: Any, page: int | None, depth: int) -> None:
        _only(element, ELEMENT)
        if depth > DEEPEST:
            raise OtherTree("deeper than any of the program's")
        if "/Pg" in element:
            page = self.page_of[element.Pg.objgen]
        if "/ID" in element:
            self.ids[str(element.ID)] = element.objgen
        self.rows += element.S == "/TR"
        self.cells_begun += element.S in CELLS
        cell = self.rows, self.cells_begun
        first, told = len(self.pieces), set[str]()
        self.said += (self._name(element), "")
        links = []
        for kid in element.get("/K", ()):
            if isinstance(kid, int):
                self._piece(element, page, kid)
            elif kid.get("/Type") == "/MCR":
                _only(kid, {"/Type", "/Pg", "/MCID"})
                self._piece(element, self.page_of[kid.Pg.objgen], int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                _only(kid, {"/Type", "/Obj", "/Pg"})
                links.append(kid.Obj)
            else:
                self._element(kid, page, depth + 1)
        if links or element.S in CELLS:
            pieces = self.pieces[first:]
            self.heads |= set(pieces) if element.S == "/TH" else set()
            self.cells |= dict.fromkeys(pieces, cell) if element.S in CELLS else {}
            told = {self._link(link, element, tuple(pieces)) for link in links}
        self.said += (f"/{' '.join(sorted(told))}", "")

    def _piece(self, element: Any, page: int | None, number: int) -> None:
        if page is None or (page, number) in self.owners:
            raise OtherTree("a piece that is nowhere, or told twice")
        piece = page, number
        self.owners[piece] = element.objgen
        self.pieces.append(piece)
        if element.S == "/Figure":
            self.figures.add(piece)
        self.said[-1] += self.texts.get(piece, "")

    def _name(self, element: Any) -> str:
        """A tag with all that is said of it, but for a picture's place."""
        told = {
            str(key): canonical(element[key])
            for key in ("/Lang", "/Alt", "/ActualText", "/ID")
            if key in element
        }
        if "/A" in element:
            attributes = {str(key): each for key, each in element.A.items()}
            attributes.pop("/BBox", None)
            told["/A"] = str({key: canonical(each) for key, each in sorted(attributes.items())})
        return f"<{element.S} {sorted(told.items())}"

    def _link(self, link: Any, element: Any, pieces: tuple[Piece, ...]) -> str:
        """Where a link leads, and what is said of it."""
        _only(link, LINK)
        action = link.get("/A", pikepdf.Dictionary())
        kinds = {str(action.get("/S", "/GoTo"))}
        border = link.get("/BS", pikepdf.Dictionary()).get("/W", None)
        is_bare = border == 0 or list(link.get("/Border", ())) == [0, 0, 0]
        is_known = link.Subtype == "/Link" and link.get("/F") == PRINTED
        if not (is_known and is_bare and kinds <= ACTIONS) or "/Next" in action:
            raise OtherTree("a link of another form")
        x0, y0, x1, y1 = map(float, link.Rect)
        area = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        place = self.places.get(str(link.get("/Dest", "")))
        leads_to = self.page_of[place[0].objgen] if place is not None else None
        said = str(link.get("/Contents", ""))
        found = LinkPlace(self.page_of[link.P.objgen], area, pieces, leads_to, said)
        self.links.append(found)
        self.of_link[link.objgen] = element.objgen
        if leads_to is not None and found.number and self.texts.get(found.number) == NUMBERED:
            said = said.removesuffix(f" {leads_to + 1}")
        return " ".join([*(canonical(link[key]) for key in ("/A", "/Dest") if key in link), said])

    def check_tables(self) -> None:
        """The tables that lead from content to tags say the same. Raises OtherTree."""
        root = self.pdf.Root.StructTreeRoot
        nums = list(root.ParentTree.Nums)
        table = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        wanted: dict[int, list[Any]] = {}
        for (page, number), owner in sorted(self.owners.items()):
            parents = int(self.pdf.pages[page].obj.StructParents)
            wanted.setdefault(parents, []).append(owner)
            if len(wanted[parents]) != number + 1:
                raise OtherTree("pieces that are not numbered one by one")
        told = {
            at: [each.objgen for each in kids] if isinstance(kids, pikepdf.Array) else kids.objgen
            for at, kids in table.items()
        }
        links = {
            int(self.pdf.get_object(*link).StructParent): e for link, e in self.of_link.items()
        }
        empty = {at: kids for at, kids in told.items() if kids == []}
        if told != {**empty, **wanted, **links}:
            raise OtherTree("a table that leads to other tags")
        names = list(root.get("/IDTree", pikepdf.Dictionary()).get("/Names", ()))
        pairs = zip(map(str, names[::2]), names[1::2], strict=True)
        if {name: each.objgen for name, each in pairs} != self.ids:
            raise OtherTree("a table that leads to other tags")


def named_places(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """The places in a file by their names (ISO 32000-1, 12.3.2.3). Raises OtherTree."""
    names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests", pikepdf.Dictionary())
    _only(names, {"/Names"})
    pairs = list(names.get("/Names", ()))
    yield from ((str(name), at) for name, at in zip(pairs[::2], pairs[1::2], strict=True))


def _only(value: Any, keys: set[str]) -> None:
    if set(map(str, value.keys())) - keys:
        raise OtherTree("an entry that the program does not write")
