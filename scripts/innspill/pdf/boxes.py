"""Which element of the HTML each marked piece of a PDF was drawn from.

WeasyPrint numbers what it draws on a page where `Stream._tags` is there to keep the box of each
number; a box knows its element. So each page gives its stream one as it is painted, and remembers
its boxes: WeasyPrint makes no tags of its own. Nothing of WeasyPrint's is changed for it but the
pages of this one document, so that others may be laid out at the same time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from innspill.pdf.drawn import DrawnContent, MarkedPiece
from innspill.pdf.faults import Unexpected

Painted = Mapping[Any, int]
"""The boxes that were drawn on a page, each with its number there."""


def remember_boxes(document: Any) -> list[Painted]:
    """Has each page of a document mark its boxes, and add them to a list, when it is written."""
    painted: list[Painted] = []
    for page in document.pages:
        page.paint = partial(_paint, page.paint, painted)
    return painted


def _paint(paint: Callable[..., None], painted: list[Painted], stream: Any, scale: float) -> None:
    if not hasattr(stream, "_tags"):
        raise Unexpected("pages whose boxes this WeasyPrint does not tell")
    marked = stream._tags = {}  # noqa: SLF001
    paint(stream, scale)
    painted.append({box: tag["mcid"] for box, tag in marked.items()})


def read_drawing(document: Any, painted: list[Painted], boxes: Any) -> DrawnContent:
    """What was drawn of the HTML; `boxes` has WeasyPrint's classes. Raises Unexpected."""
    if len(painted) != len(document.pages):
        raise Unexpected("pages that this WeasyPrint paints in another way")
    marks: list[MarkedPiece] = []
    links: dict[Element, list[int]] = defaultdict(list)
    for page, numbers in enumerate(painted):
        rest = dict(numbers)
        for part in document.pages[page]._page_box.children:  # noqa: SLF001
            for box in _all(part):
                mcid = rest.pop(box, None)
                if isinstance(part, boxes.MarginBox):  # a running head or foot
                    continue
                if mcid is not None:
                    marks.append(_mark(box, page, mcid, is_text=isinstance(box, boxes.TextBox)))
                if box.link and box.link_annotation:
                    links[box.element].append(box.link_annotation.number)
        if rest:
            raise Unexpected(f"what is drawn on page {page + 1} and stands in no box of it")
    return DrawnContent(tuple(marks), {element: tuple(found) for element, found in links.items()})


def count_lines(page: Any, boxes: Any) -> int:
    """The heights at which a line of a page's own text stands."""
    body = page._page_box.children[0]  # noqa: SLF001
    lines = (box for box in body.descendants() if isinstance(box, boxes.LineBox))
    return len({round(line.position_y) for line in lines})


def _all(box: Any) -> Iterator[Any]:
    """A box and all in it; what is taken out of the flow is where it was taken out."""
    box = getattr(box, "_box", box)  # a placeholder has the box itself
    yield box
    for child in box.children:
        yield from _all(child)


def _mark(box: Any, page: int, mcid: int, *, is_text: bool) -> MarkedPiece:
    pseudo = box.element_tag.partition("::")[2].partition("::")[0]  # `p::before::first-letter`
    left, top = (
        (box.position_x, box.position_y) if is_text else (box.content_box_x(), box.content_box_y())
    )
    bottom = top + (box.baseline if is_text else box.height)
    place = left, top, left + box.width, bottom
    return MarkedPiece(page, mcid, box.element, pseudo, is_image=not is_text, box=place)
