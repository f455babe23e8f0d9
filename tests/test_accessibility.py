"""Every kind of page is held to WCAG 2.0–2.2 A and AA, in each look and width, by axe-core."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from checkers import AXE
from playwright.sync_api import Browser, Page
from sites import STATEMENT

from innspill.build import Built

RUN = """() => axe.run(document, {resultTypes: ["violations", "incomplete"], runOnly: [
  "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})"""
PAGES = {
    "home": "index.html",
    "consultation": "oppgavefordeling-2024/index.html",
    "question": "oppgavefordeling-2024/sporsmal/tjenesteproduksjon/index.html",
    "statement": STATEMENT + "index.html",
    "page": "om/tilgjengelighet/index.html",
    "contents": "innhold/index.html",
}
EXAMPLES = {
    "home": "index.html",
    "consultation": "sak/index.html",
    "question": "sak/sporsmal/q-2/index.html",
    "statement": "sak/eksempel-a/index.html",
    "contents": "innhold/index.html",
}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "contrast": {"contrast": "more"},
}
LOOKED_AT = {
    # It does not count a row group's heading (`scope="rowgroup"`), which the proposals'
    # directions are: each has the rows of its own `tbody`, as HTML has it (4.9.10).
    ("th-has-data-cells", ""),
    # The matrix where it is wider than the window: cells that scrolled out of sight. Their
    # colours are those of the cells in sight, and of the same cells in a wider window.
    ("color-contrast", "elmPartiallyObscured"),
    # Text of one character: a question's number, an arrow. Its colour is that of a link.
    ("color-contrast", "shortTextContent"),
    ("color-contrast", "nonBmp"),
}
"""What axe-core leaves to a human, and why, and what a human found."""
WIDTHS = (320, 768, 1280)

SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
"""What a reader may set, and no text be lost (WCAG 2.2, 1.4.12)."""
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(each => {
  const style = getComputedStyle(each);
  if (each.matches(".for-ears") || !each.checkVisibility()) return false;
  const clips = style.overflowX !== "visible" || style.overflowY !== "visible";
  const scrolls = [style.overflowX, style.overflowY].some(how => how === "auto");
  return clips && !scrolls && each.tagName !== "SELECT"
    && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
}).map(each => each.outerHTML.slice(0, 80))"""


def wrong(page: Page) -> dict[str, list[str]]:
    """What axe-core finds, and what it can't decide: rules, each with its places."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    found = page.evaluate(RUN)
    return {
        f"{kind} {rule['id']}": places
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        if (
            places := [
                _place(node)
                for node in rule["nodes"]
                if kind == "violations" or not _looked_at(rule, node)
            ]
        )
    }


def _looked_at(rule: dict[str, Any], node: dict[str, Any]) -> bool:
    data = next((each["data"] for each in node["any"]), None) or {}
    return (rule["id"], data.get("messageKey", "")) in LOOKED_AT


def _place(node: dict[str, Any]) -> str:
    return f"{node['target']} {node['any']}"[:600]


def in_every_look(chromium: Browser, url: str) -> Iterator[tuple[str, Page]]:
    for name, look in LOOKS.items():
        context = chromium.new_context(**look)
        page = context.new_page()
        page.goto(url)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            yield f"{name} {width}", page
        context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(chromium: Browser, real: tuple[Path, Built], kind: str) -> None:
    for where, page in in_every_look(chromium, (real[0] / PAGES[kind]).as_uri()):
        assert wrong(page) == {}, where


def test_axe_finds_what_is_wrong(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content('<html lang="nb"><p style="color: #999">Svak <img src="data:,"></p>')
    assert {"violations color-contrast", "violations image-alt"} <= wrong(page).keys()
    page.close()


@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize("count", [1, 3, 15])
def test_axe_finds_nothing_with_other_committees(
    consultations: dict[int, Path], chromium: Browser, count: int, kind: str
) -> None:
    for where, page in in_every_look(chromium, (consultations[count] / EXAMPLES[kind]).as_uri()):
        assert wrong(page) == {}, where
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where


@pytest.mark.parametrize("name", ["alt", "utkast"])
def test_axe_finds_nothing_with_one_of_everything(
    full_site: Path, chromium: Browser, name: str
) -> None:
    for where, page in in_every_look(chromium, (full_site / f"sak/{name}/index.html").as_uri()):
        assert wrong(page) == {}, where
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_lost_at_400_percent_and_with_wide_text_spacing(
    chromium: Browser, real: tuple[Path, Built], kind: str
) -> None:
    # A window of 1280 × 1024 at 400 % is 320 × 256 (WCAG 2.2, 1.4.10).
    for width, height in ((320, 256), (1280, 900)):
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.goto((real[0] / PAGES[kind]).as_uri())
        for style in ("/* as it is */", SPACING):
            page.add_style_tag(content=style)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, style
            assert page.evaluate(CUT_OFF) == [], style
        # Nothing that stays in place hides what is read.
        page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
        fixed = page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter(each =>
              ["fixed", "sticky"].includes(getComputedStyle(each).position)
              && each.textContent && each.getBoundingClientRect().bottom > 0
              && each.getBoundingClientRect().width > innerWidth / 2).length"""
        )
        assert fixed == 0
        page.close()


def test_the_statement_is_heard_in_order(chromium: Browser, real: tuple[Path, Built]) -> None:
    page = chromium.new_page()
    page.goto((real[0] / PAGES["statement"]).as_uri())
    heard = page.locator("body").aria_snapshot()
    page.close()
    landmarks = ["- banner", "- main", "- contentinfo"]
    assert [line for line in heard.split("\n") if line.rstrip(":") in landmarks] == [
        f"{each}:" for each in landmarks
    ]
    heading = re.compile(r'- heading "(.+?)" \[level=(\d)\]')
    headings = [(found[1], int(found[2])) for found in heading.finditer(heard)]
    assert [level for _, level in headings].count(1) == 1
    parts = [name for name, level in headings if level == 2]
    assert parts[:4] == ["Innhold", "Sammendrag", "Forslag", "Uttalelsen"]
    assert heard.index('heading "Forslag"') < heard.index("- table") < heard.index("Uttalelsen")
    assert 'link "punkt 5.2"' in heard
    assert 'columnheader "Forslag"' in heard
    assert "cell" in heard
