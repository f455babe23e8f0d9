"""A PDF as it is drawn and heard, ready to be held to another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from innspill.messages import say
from innspill.pdf.accounted.drawn_page import DrawnPage, DrawnRun, Unaccounted
from innspill.pdf.accounted.heard import Heard, figures_of, heard
from innspill.pdf.accounted.looks import Look, LookedAt, look_at
from innspill.pdf.accounted.read_page import read_page
from innspill.pdf.accounted.rectangles import Rectangle
from innspill.pdf.accounted.resources import ResourcesInUse
from innspill.pdf.difference import Difference, Weight

PICTURE = "\ufffc"
"""Stands for a picture among the letters."""
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class DrawnLetter:
    """A letter of the text that is heard."""

    text: str
    look: Look
    page: int
    left: float
    right: float
    baseline: float


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

    def furniture(self) -> Iterator[tuple[int, str, frozenset[Look]]]:
        """On each page, from 0, what no screen reader reads: its text and its looks."""
        for number, page in enumerate(self.looked):
            for run, looks in page.letters.items():
                if run.mcid is None and not "".join(run.text).isspace():
                    yield number, "".join(run.text), frozenset(looks)

    def heads(self) -> Iterator[tuple[str, frozenset[Look]]]:
        """The texts of tables' heads, with their looks, as they may be drawn again."""
        for number, page in enumerate(self.looked):
            for run, looks in page.letters.items():
                if (number, run.mcid) in self.heard.heads:
                    yield "".join(run.text), frozenset(looks)

    def without_page_numbers(self, text: str, page: int) -> str:
        """A text in which the page's own number, and the number of all pages, are a sign."""
        own = {str(page + 1), str(len(self.drawn))}
        return NUMBER.sub(lambda found: "#" if found[0] in own else found[0], text)


def read_document(pdf: pikepdf.Pdf) -> DrawnDocument:
    """What is drawn and heard. Raises Unaccounted, and whatever a broken file leads to."""
    pictures = figures_of(pdf)
    known = ResourcesInUse()
    drawn = []
    papers = tuple(Rectangle(*map(float, page.mediabox)) for page in pdf.pages)
    for number, page in enumerate(pdf.pages):
        figures = {mcid for at, mcid in pictures if at == number}
        drawn.append(read_page(page, number + 1, figures, known))
        _on_page(drawn[-1], papers[number], number + 1)
    looked = tuple(look_at(each, number) for number, each in enumerate(drawn, 1))
    pieces: dict[tuple[int, int], list[DrawnRun]] = {}
    for number, each in enumerate(drawn):
        for run in each.runs:
            if run.mcid is not None:
                pieces.setdefault((number, run.mcid), []).append(run)
    texts = {
        piece: "".join("".join(run.text) for run in runs if not run.is_hyphen)
        for piece, runs in pieces.items()
    }
    told = heard(pdf, texts)
    _all_is_heard(drawn, told)
    placed = {(n, m): (digest, box) for n, p in enumerate(drawn) for m, digest, box in p.figures}
    letters: list[DrawnLetter] = []
    for piece in told.pieces:
        if piece in placed:
            letters.append(_picture(placed[piece][1], piece[0]))
        for run in pieces.get(piece, ()):
            if not run.is_hyphen:
                letters += _letters(run, looked[piece[0]].letters[run], piece[0])
    figures_told = tuple(
        f"{placed[each][0]} {placed[each][1].width:.0f} {placed[each][1].height:.0f}"
        for each in told.pieces
        if each in placed
    )
    return DrawnDocument(told, papers, tuple(drawn), looked, tuple(letters), figures_told)


def _letters(run: DrawnRun, looks: tuple[Look, ...], page: int) -> Iterator[DrawnLetter]:
    for at, text in enumerate(run.text):
        for each in text:
            if not each.isspace() and each != "\u00ad":
                left, right = run.edges[at], run.edges[at + 1]
                yield DrawnLetter(each, looks[at], page, left, right, run.baseline)


def _picture(box: Rectangle, page: int) -> DrawnLetter:
    look = Look("", round(box.height), (), None, frozenset())
    return DrawnLetter(PICTURE, look, page, box.left, box.right, box.lower)


def _on_page(page: DrawnPage, box: Rectangle, number: int) -> None:
    for run in page.runs:
        if not box.holds(run.core):
            message = say("page {n}: letters stand beyond its edge", n=number)
            raise Unaccounted(Difference(Weight.ACTIVE, message))


def _all_is_heard(pages: list[DrawnPage], told: Heard) -> None:
    """Whatever has a number is heard."""
    for number, page in enumerate(pages):
        own = {mcid for at, mcid in told.pieces if at == number}
        if page.marks != own:
            message = say("page {n}: other letters are drawn", n=number + 1)
            raise Unaccounted(Difference(Weight.ACTIVE, message))
