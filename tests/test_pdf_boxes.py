"""What WeasyPrint tells of its boxes: each piece that is drawn knows its element.

`innspill.pdf.boxes` reads what WeasyPrint has for itself alone. Where another version has it
in another way, these tests fail, and a build stops.
"""

from __future__ import annotations

import base64
from typing import Any

import pytest
import weasyprint
from everything import picture

from innspill.pdf.boxes import Painted, read_drawing, remember_boxes
from innspill.pdf.drawn import DrawnContent
from innspill.pdf.faults import Unexpected
from innspill.render.pdf import OPTIONS

BOXES = weasyprint.formatting_structure.boxes
IMAGE = base64.b64encode(picture("PNG")).decode()
STYLE = """
@page { size: 80mm 50mm; margin: 8mm; @top-left { content: element(head) } }
.head { position: running(head) }
body, p, h1 { margin: 0; font: 3mm/1.2 serif }
h1::before { content: "før" }
h1::first-letter, .aside::first-letter { font-size: 120% }
a::after { content: target-counter(attr(href), page) }
.aside { position: absolute; right: 0 }
th::before { content: "+" }
"""
LINES = f"""<p class="head">Hode</p><h1 id="h">Overskrift</h1>
<p>En <em>to</em> tre <span class="aside">ved siden</span><a href="#h">lenke</a></p>
<ol><li>Punkt<ul><li>Under</li></ul>etter</li></ol>
<p><img style="width: 9mm" alt="Kart" src="data:image/png;base64,{IMAGE}"></p>"""
ROWS = "<tr><td>b</td></tr>" * 18
TABLE = f"<table><thead><tr><th>A</th></tr></thead><tbody>{ROWS}</tbody></table>"


def laid_out(body: str) -> tuple[Any, list[Painted]]:
    """A document that is still to be written, and the list of what it will remember."""
    html = f'<html lang="nb"><title>Tittel</title><style>{STYLE}</style>{body}'
    document = weasyprint.HTML(string=html).render(**OPTIONS)
    return document, remember_boxes(document)


def drawn(body: str) -> DrawnContent:
    document, painted = laid_out(body)
    document.write_pdf(**OPTIONS)
    return read_drawing(document, painted, BOXES)


def names(drawing: DrawnContent) -> list[str]:
    """The page of each mark, its element and what is drawn of that."""
    return [
        f"{mark.page + 1} {mark.element.tag} {mark.pseudo or 'img' * mark.is_image}".strip()
        for mark in drawing.marks
    ]


def test_each_mark_knows_its_element_in_the_order_of_the_text() -> None:
    drawing = drawn(LINES)
    assert names(drawing) == [
        "1 h1 before", "1 h1 before", "1 h1",
        "1 p", "1 em", "1 p", "1 span first-letter", "1 span", "1 a", "1 a after",
        "1 li marker", "1 li", "1 li marker", "1 li", "1 li", "1 img img",
    ]  # fmt: skip
    texts = [mark.element.text for mark in drawing.marks if mark.element.tag == "li"]
    assert texts == ["Punkt", "Punkt", "Under", "Under", "Punkt"]


def test_a_mark_knows_its_place_on_the_page() -> None:
    *_, text, image = drawn(LINES).marks
    left, top, right, bottom = image.box
    margin, width = 8 / 25.4 * 96, 9 / 25.4 * 96
    assert (left, right - left) == pytest.approx((margin, width))
    assert text.box[1] < text.box[3] < top < bottom


def test_a_repeated_head_is_drawn_from_the_same_element() -> None:
    drawing = drawn(TABLE)
    heads = [each for each in names(drawing) if " th" in each]
    assert heads == ["1 th before", "1 th", "2 th before", "2 th", "3 th before", "3 th"]
    assert len({mark.element for mark in drawing.marks if mark.element.tag == "th"}) == 1


def test_a_link_has_one_annotation_for_each_of_its_lines() -> None:
    long = "et navn som går over to linjer på så smalt papir"
    drawing = drawn(f'<p id="h"><a href="#h">{long}</a> <a href="#h"></a></p>')
    assert [len(numbers) for numbers in drawing.links.values()] == [2, 1]


def test_two_documents_in_one_process_know_nothing_of_each_other() -> None:
    (first, of_first), (second, of_second) = laid_out(LINES), laid_out(TABLE)
    second.write_pdf(**OPTIONS)
    first.write_pdf(**OPTIONS)
    assert names(read_drawing(first, of_first, BOXES)) == names(drawn(LINES))
    assert names(read_drawing(second, of_second, BOXES)) == names(drawn(TABLE))


def test_a_weasyprint_that_keeps_its_boxes_otherwise_is_refused() -> None:
    document, painted = laid_out(LINES)
    with pytest.raises(Unexpected, match="paints in another way"):
        read_drawing(document, painted, BOXES)
    with pytest.raises(Unexpected, match="does not tell"):
        document.pages[0].paint(object(), 1)
    document, painted = laid_out(LINES)
    document.write_pdf(**OPTIONS)
    painted[0] = {**painted[0], object(): 99}
    with pytest.raises(Unexpected, match="stands in no box"):
        read_drawing(document, painted, BOXES)
