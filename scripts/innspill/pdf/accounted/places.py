"""Where links stand, and the places that they and the bookmarks lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from innspill.messages import say
from innspill.pdf.accounted.document import DrawnDocument
from innspill.pdf.accounted.heard import named_places
from innspill.pdf.accounted.rectangles import Rectangle
from innspill.pdf.difference import Difference, Weight
from innspill.pdf.link_differences import link_differs

NEAR = 200
"""How many letters from each other two places may be that are the same."""
ROOM = 1.0
"""How far from its words, in points, a link may stand."""
DEEPEST = 50
MOST = 100_000
ENTRY = {"/Title", "/Dest", "/Parent", "/Prev", "/Next", "/First", "/Last", "/Count"}


def links_and_places(
    was: pikepdf.Pdf, is_: pikepdf.Pdf, before: DrawnDocument, now: DrawnDocument
) -> Iterator[Difference]:
    """What differs. Raises whatever a broken file leads to."""
    yield from _links(is_, now)
    there = _places(was, before)
    if there != _places(is_, now, there):
        yield Difference(Weight.CHANGED, say("links lead to other places in it"))


def _links(pdf: pikepdf.Pdf, document: DrawnDocument) -> Iterator[Difference]:
    """Each annotation is a link that is told, and stands at its own words."""
    for number, page in enumerate(pdf.pages, 1):
        for each in page.obj.get("/Annots", ()):
            if each.objgen not in document.heard.annotations:
                yield link_differs(number, None, each)
    for link in document.heard.links:
        own = {mcid for page, mcid in link.pieces if page == link.page}
        drawn = document.drawn[link.page]
        boxes = [run.core for run in drawn.runs if run.mcid in own]
        boxes += [box for mcid, _, box in drawn.figures if mcid in own]
        left, lower, right, upper = link.area  # of a footnote's mark, which has no height
        area = Rectangle(left - ROOM, lower - ROOM, right + ROOM, upper + ROOM)
        if not any(area.meets(box) for box in boxes):
            message = say("page {n}: a link stands at other words", n=link.page + 1)
            yield Difference(Weight.ACTIVE, message)


def _places(
    pdf: pikepdf.Pdf, document: DrawnDocument, like: list[tuple[str, int]] | None = None
) -> list[tuple[str, int]]:
    """The names of places and bookmarks, each with the letter that it leads to.

    Where that is near the one of another list, it is the same.
    """
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found, begins = [], _page_begins(document)
    for at, (name, place) in enumerate(_named(pdf)):
        page, kind, _, top, zoom = place
        if kind != "/XYZ" or zoom:
            raise ValueError(kind)
        letter = _letter_at(document, begins, pages[page.objgen], float(top))
        if like and at < len(like) and abs(like[at][1] - letter) <= NEAR:
            letter = like[at][1]
        found.append((name, letter))
    return found


def _named(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    yield from ((f"#{name}", at) for name, at in named_places(pdf))
    if "/Outlines" in pdf.Root:
        yield from _bookmarks(pdf.Root.Outlines.get("/First"), 0, [0])


def _bookmarks(entry: Any, depth: int, count: list[int]) -> Iterator[tuple[str, Any]]:
    while entry is not None:
        count[0] += 1
        if depth > DEEPEST or count[0] > MOST or set(map(str, entry.keys())) - ENTRY:
            raise ValueError("bookmarks of another form")
        yield f"{depth} {entry.Title}", entry.Dest
        yield from _bookmarks(entry.get("/First"), depth + 1, count)
        entry = entry.get("/Next")


def _page_begins(document: DrawnDocument) -> list[int]:
    """Of each page the first letter that is told of what stands there or on a later one."""
    begins: list[int] = []
    for at, letter in enumerate(document.letters):
        begins += [at] * (letter.page + 1 - len(begins))
    return begins


def _letter_at(document: DrawnDocument, begins: list[int], page: int, top: float) -> int:
    """The first letter that is told of what stands there or below."""
    letters = document.letters
    last = max(len(letters) - 1, 0)
    for at in range(begins[page] if page < len(begins) else last, len(letters)):
        if (letters[at].page == page and letters[at].baseline <= top) or letters[at].page > page:
            return at
    return last
