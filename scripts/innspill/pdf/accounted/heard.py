"""What a screen reader is told: the tag tree as a list, and where its pieces are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from innspill.errors import InnspillError
from innspill.pdf.accounted.canonical import canonical

Piece = tuple[int, int]
"""The page, from 0, and the number on it."""
ELEMENT = {"/Type", "/S", "/P", "/Pg", "/Lang", "/Alt", "/ActualText", "/ID", "/A", "/K"}
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
        self.links: list[LinkPlace] = []
        self.of_link: dict[Any, Any] = {}
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
        first = len(self.pieces)
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
        if links or element.S == "/TH":
            pieces = self.pieces[first:]
            self.heads |= set(pieces) if element.S == "/TH" else set()
            for link in links:
                self._link(link, element, tuple(pieces))
        told = {" ".join(_told_of(link)) for link in links}
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

    def _link(self, link: Any, element: Any, pieces: tuple[Piece, ...]) -> None:
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
        self.links.append(LinkPlace(self.page_of[link.P.objgen], area, pieces))
        self.of_link[link.objgen] = element.objgen

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


def _told_of(link: Any) -> list[str]:
    """Where a link leads, and what is said of it."""
    return [canonical(link[key]) for key in ("/A", "/Dest", "/Contents") if key in link]


def _only(value: Any, keys: set[str]) -> None:
    if set(map(str, value.keys())) - keys:
        raise OtherTree("an entry that the program does not write")
