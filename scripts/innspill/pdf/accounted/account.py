"""What in a PDF is not what the program makes of the same text, however it is laid out."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import pikepdf

from innspill.errors import InnspillError
from innspill.messages import say
from innspill.pdf.accounted.document import DrawnDocument, read_documents
from innspill.pdf.accounted.drawn_page import Surface, Unaccounted
from innspill.pdf.accounted.furniture import furniture_differs
from innspill.pdf.accounted.order import order_differs
from innspill.pdf.accounted.path import SHAPE, unknown_shape
from innspill.pdf.accounted.places import links_and_places
from innspill.pdf.accounted.rectangles import Rectangle
from innspill.pdf.accounted.resources import blended
from innspill.pdf.difference import Difference, Weight
from innspill.pdf.differences import BROKEN, besides_layout

Picture = tuple[object, int, int]
"""Its digest, its width and its height."""
SAME_EDGE = 0.6
"""How far, in points, the edges of two surfaces may be from each other that are the same."""
SAME_SIZE = 0.3
"""How much thicker, in points, a line may be: a table's is another where a page begins in it."""


def unaccounted(ours: bytes, given: bytes) -> tuple[Difference, ...]:
    """All in the given PDF that is not accounted for: nothing where it says the same as ours."""
    found: list[Difference] = []
    try:
        with (
            pikepdf.open(io.BytesIO(ours)) as was,
            pikepdf.open(io.BytesIO(given)) as is_,
        ):
            found += (each for each in besides_layout(was, is_, given) if each.weight)
            found += _of_pages(was, is_)
    except Unaccounted as fault:
        found.append(fault.difference)
    except (InnspillError, *BROKEN):
        message = say("what is drawn, or what a screen reader is told, is of another form")
        found.append(Difference(Weight.CHANGED, message))
    return tuple(dict.fromkeys(found))


def _of_pages(was: pikepdf.Pdf, is_: pikepdf.Pdf) -> Iterator[Difference]:
    if "/StructTreeRoot" not in was.Root:
        message = say("it has no order of reading that it could be held to")
        yield Difference(Weight.PLACE, message)
        return
    before, now = read_documents(was, is_)
    yield from _told(before, now)
    yield from _looks(before, now)
    yield from order_differs(before, now)
    yield from furniture_differs(before, now)
    yield from _surfaces(before, now)
    yield from _opacities(before, now)
    yield from links_and_places(was, is_, before, now)


def _told(was: DrawnDocument, is_: DrawnDocument) -> Iterator[Difference]:
    if was.heard.said != is_.heard.said:
        yield Difference(Weight.CHANGED, say("what a screen reader is told is another"))
    if was.figures != is_.figures:
        yield Difference(Weight.CHANGED, say("the pictures are others, or have other sizes"))


def _looks(was: DrawnDocument, is_: DrawnDocument) -> Iterator[Difference]:
    """Whether all letters look as they did."""
    if [each.text for each in was.letters] != [each.text for each in is_.letters]:
        yield Difference(Weight.CHANGED, say("other letters are drawn"))
        return
    pages = dict.fromkeys(
        now.page + 1
        for before, now in zip(was.letters, is_.letters, strict=True)
        if before.look != now.look
    )
    for page in pages:
        yield Difference(Weight.CHANGED, say("page {n}: letters look otherwise", n=page))


def _surfaces(was: DrawnDocument, is_: DrawnDocument) -> Iterator[Difference]:
    """Whether each line and surface has its like in ours: its colour, and its left and right."""
    known: dict[object, set[Rectangle]] = {}
    for page in was.looked:
        for each in page.free:
            known.setdefault(_kind(each), set()).add(each.area)
    shifts = _shifts(was)
    ours = _pictures(was)
    moved = {each for each, n in _pictures(is_).items() if n <= ours[each]}
    told = {digest for page in is_.drawn for _, digest, _ in page.figures}
    for number, page in enumerate(is_.looked, 1):
        for each in page.free:
            if each.paint in told or _picture(each) in moved:
                continue
            alike = known.get(_kind(each), ())
            if not any(_is_like(each, other, by) for other in alike for by in shifts):
                yield _came_in(each, number)
                break


def _pictures(document: DrawnDocument) -> Counter[Picture]:
    """What pictures stand free, and how often: those in a line of text move with its words."""
    return Counter(_picture(e) for page in document.looked for e in page.free if _is_picture(e))


def _picture(surface: Surface) -> Picture:
    return surface.paint, round(surface.area.width), round(surface.area.height)


def _is_picture(surface: Surface) -> bool:
    return isinstance(surface.paint, str) and not surface.paint.startswith(SHAPE)


def _came_in(surface: Surface, page: int) -> Difference:
    if isinstance(surface.paint, str) and not _is_picture(surface):
        return unknown_shape(page).difference
    return Difference(Weight.CHANGED, say("page {n}: a line or a surface came in", n=page))


def _opacities(was: DrawnDocument, is_: DrawnDocument) -> Iterator[Difference]:
    known = frozenset[float]().union(*(page.opacities for page in was.drawn))
    for number, page in enumerate(is_.drawn, 1):
        if page.opacities - known:
            yield blended(number)


def _kind(surface: Surface) -> object:
    box = surface.area
    form = "surface" if not box.is_thin else "level" if box.width > box.height else "upright"
    return form, surface.paint


def _shifts(document: DrawnDocument) -> set[float]:
    """How far to the right what is drawn on a left page may be of its like on a right one.

    Their margins are each other's mirror image: told by the widest line, and by what is on both.
    """
    widest = max(
        (
            (each.area.width, page.width - each.area.left - each.area.right)
            for page, looked in zip(document.papers, document.looked, strict=True)
            for each in looked.free
        ),
        default=(0.0, 0.0),
    )
    sides: tuple[dict[object, float], ...] = ({}, {})
    for number, looked in enumerate(document.looked):
        sides[number % 2].update(
            ((_kind(each), round(each.area.width)), each.area.left) for each in looked.free
        )
    apart = Counter(
        round(left - sides[1][key], 1) for key, left in sides[0].items() if key in sides[1]
    )
    apart[0.0] = 0
    [(usual, _)] = apart.most_common(1)
    return {0.0, widest[1], -widest[1], usual, -usual}


def _is_like(surface: Surface, other: Rectangle, shift: float) -> bool:
    box = surface.area
    edges = (box.left - other.left, box.right - other.right)
    sides = all(abs(each - shift) < SAME_EDGE for each in edges)
    if isinstance(surface.paint, str):  # a picture
        return sides and abs(box.height - other.height) < SAME_EDGE
    is_level = box.is_thin and box.width > box.height
    return sides and (not is_level or abs(box.height - other.height) < SAME_SIZE)
