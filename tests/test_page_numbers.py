"""Page numbers that a stylesheet asks for: the right ones, with few pages laid out again."""

from __future__ import annotations

import logging
from typing import Any

import pytest
import weasyprint

from innspill.render.pdf import _document

STYLE = """<style>
@page { size: 60mm 40mm; margin: 5mm; @bottom-right { content: counter(page) "/" counter(pages) } }
body, p { margin: 0; font: 3mm/1.2 serif }
.new { break-before: page }
a::after { content: target-counter(attr(href), page) }
</style>"""
TARGETS = "".join(f'<p class="new" id="t{n}">Side</p>' for n in range(2, 6))
LINKS = "<p>" + " ".join(f'<a href="#t{n}">se</a>' for n in range(2, 6)) + "</p>"
LONG = '<p class="new">' + " ".join('<a href="#last">se</a>' for _ in range(70)) + "</p>"


@pytest.mark.parametrize(
    ("body", "layouts"),
    [
        pytest.param(LINKS + TARGETS, 5 + 1, id="in front: that page is laid out twice"),
        pytest.param(f"<p>En</p>{TARGETS}<div class=new>{LINKS}</div>", 6, id="behind: once"),
        pytest.param("<p>En</p>" + TARGETS + LINKS, 5 + 1, id="behind, on the same page: twice"),
        pytest.param(LONG + '<p class="new" id="last">Slutt', None, id="numbers that take a page"),
    ],
)
def test_page_numbers(body: str, layouts: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    html = weasyprint.HTML(string=f'<html lang="nb">{STYLE}{body}')
    made = _pages_made(monkeypatch)
    document = _document()._render(html, None, None, None, dict(weasyprint.DEFAULT_OPTIONS))
    pages = {name: n for n, page in enumerate(document.pages, 1) for name in page.anchors}
    numbers = [(each.element.get("href")[1:], each.text) for each in _numbers(document)]
    assert numbers
    assert numbers == [(name, str(pages[name])) for name, _ in numbers]
    assert layouts is None or len(made) == layouts


def _numbers(document: Any) -> list[Any]:
    boxes = weasyprint.formatting_structure.boxes
    return [
        box
        for page in document.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TextBox) and box.element_tag == "a::after"
    ]


def _pages_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that WeasyPrint says it lays out."""
    made: list[str] = []
    logger = logging.getLogger("weasyprint.progress")

    def hear(message: str, *values: object) -> None:
        if "Page %d" in message and "up-to-date" not in message:
            made.append(message % values)

    monkeypatch.setattr(logger, "info", hear)
    return made
