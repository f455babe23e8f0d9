"""A PDF as it is drawn and heard, ready to be held to another one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pikepdf

from innspill.messages import say
from innspill.pdf.accounted.drawn_page import DrawnPage, DrawnRun, Unaccounted
from innspill.pdf.accounted.heard import (
    NUMBERED,
    Cell,
    Heard,
    LinkPlace,
    Piece,
    figures_of,
    heard,
)
from innspill.pdf.accounted.looks import Look, LookedAt, look_at
from innspill.pdf.accounted.read_page import read_page
from innspill.pdf.accounted.rectangles import Rectangle
from innspill.pdf.accounted.resources import ResourcesInUse
from innspill.pdf.difference import Difference, Weight

PICTURE = "\ufffc"
"""Stands for a picture among the letters."""


@dataclass(frozen=True, slots=True)
class DrawnLetter:
    """A letter of the text that is heard."""

    text: str
    look: Look
    page: int
    left: float
    right: float
    baseline: float
    cell: Cell | None
    """The cell of a table that it stands in."""


@dataclass(frozen=True, slots=True)
class DrawnDocument:
    """All pages of a PDF."""

    heard: Heard
    papers: tuple[Rectangle, ...] = field(repr=False)
    drawn: tuple[DrawnPage, ...] = field(repr=False)
    looked: tuple[LookedAt, ...] = field(repr=False)
    letters: tuple[DrawnLetter, ...] = field(repr=False)
    """In the order of reading, without spaces and soft hyphens; pictures are among them."""
    figures: tuple[str, ...] = field(repr=False)
    """The digests of the pictures, in the order of reading, with their sizes."""


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """All pages of a PDF, before they are held to its tags."""

    papers: tuple[Rectangle, ...] = field(repr=False)
    drawn: tuple[DrawnPage, ...] = field(repr=False)
    pieces: Mapping[Piece, Sequence[DrawnRun]] = field(repr=False)

    def text(self, piece: Piece) -> str:
        """What a piece says, without the hyphens of its lines."""
        runs = self.pieces.get(piece, ())
        return "".join("".join(run.text) for run in runs if not run.is_hyphen)

    def page_number(self, link: LinkPlace) -> Piece | None:
        """The piece of a link that says on which page the place stands that it leads to.

        A number that stands alone, and is not heard as a page's, is a count.
        """
        piece, page = link.number, link.leads_to
        if piece is None or page is None or self.text(piece) != str(page + 1):
            return None
        is_alone = len(link.pieces) == 1
        return None if is_alone and not link.said.endswith(f" {page + 1}") else piece


def read_documents(was: pikepdf.Pdf, is_: pikepdf.Pdf) -> tuple[DrawnDocument, DrawnDocument]:
    """What is drawn and heard in both; the numbers of pages that each says rightly are alike.

    Raises Unaccounted, and whatever a broken file leads to.
    """
    before, now = _read_pages(was), _read_pages(is_)
    links = [heard(pdf, {}).links for pdf in (was, is_)]
    numbers = [
        (a, b)
        for one, other in zip(*links, strict=False)
        if (a := before.page_number(one)) and (b := now.page_number(other))
    ]
    return (
        _document(was, before, frozenset(a for a, _ in numbers)),
        _document(is_, now, frozenset(b for _, b in numbers)),
    )


def _read_pages(pdf: pikepdf.Pdf) -> DrawnPages:
    pictures = figures_of(pdf)
    known = ResourcesInUse()
    drawn = []
    papers = tuple(Rectangle(*map(float, page.mediabox)) for page in pdf.pages)
    pieces: dict[Piece, list[DrawnRun]] = {}
    for number, page in enumerate(pdf.pages):
        figures = {mcid for at, mcid in pictures if at == number}
        drawn.append(read_page(page, number + 1, figures, known))
        _on_page(drawn[-1], papers[number], number + 1)
        for run in drawn[-1].runs:
            if run.mcid is not None:
                pieces.setdefault((number, run.mcid), []).append(run)
    return DrawnPages(papers, tuple(drawn), pieces)


def _document(pdf: pikepdf.Pdf, pages: DrawnPages, numbers: Collection[Piece]) -> DrawnDocument:
    """What is drawn and heard, where the pieces that are numbers of pages are a sign."""
    drawn = pages.drawn
    looked = tuple(look_at(each, number) for number, each in enumerate(drawn, 1))
    texts = {each: NUMBERED if each in numbers else pages.text(each) for each in pages.pieces}
    told = heard(pdf, texts)
    _all_is_heard(drawn, told)
    placed = {(n, m): (digest, box) for n, p in enumerate(drawn) for m, digest, box in p.figures}
    letters: list[DrawnLetter] = []
    for piece in told.pieces:
        page, cell = piece[0], told.cells.get(piece)
        if piece in placed:
            letters.append(_picture(placed[piece][1], page, cell))
        own = [
            each
            for run in pages.pieces.get(piece, ())
            if not run.is_hyphen
            for each in _letters(run, looked[page].letters[run], page, cell)
        ]
        letters += _as_one(own) if piece in numbers else own
    figures_told = tuple(
        f"{placed[each][0]} {placed[each][1].width:.0f} {placed[each][1].height:.0f}"
        for each in told.pieces
        if each in placed
    )
    return DrawnDocument(told, pages.papers, drawn, looked, tuple(letters), figures_told)


def _as_one(letters: list[DrawnLetter]) -> list[DrawnLetter]:
    """The letters of a page's number as one, where they all look alike."""
    first, last = letters[0], letters[-1]
    if {each.look for each in letters} != {first.look}:
        return letters
    return [replace(first, text=NUMBERED, right=last.right)]


def _letters(
    run: DrawnRun, looks: tuple[Look, ...], page: int, cell: Cell | None
) -> Iterator[DrawnLetter]:
    for at, text in enumerate(run.text):
        for each in text:
            if not each.isspace() and each != "\u00ad":
                left, right = run.edges[at], run.edges[at + 1]
                yield DrawnLetter(each, looks[at], page, left, right, run.baseline, cell)


def _picture(box: Rectangle, page: int, cell: Cell | None) -> DrawnLetter:
    look = Look("", round(box.height), (), None, frozenset())
    return DrawnLetter(PICTURE, look, page, box.left, box.right, box.lower, cell)


def _on_page(page: DrawnPage, box: Rectangle, number: int) -> None:
    for run in page.runs:
        if not box.holds(run.core):
            message = say("page {n}: letters stand beyond its edge", n=number)
            raise Unaccounted(Difference(Weight.ACTIVE, message))


def _all_is_heard(pages: Sequence[DrawnPage], told: Heard) -> None:
    """Whatever has a number is heard."""
    for number, page in enumerate(pages):
        own = {mcid for at, mcid in told.pieces if at == number}
        if page.marks != own:
            message = say("page {n}: other letters are drawn", n=number + 1)
            raise Unaccounted(Difference(Weight.ACTIVE, message))
