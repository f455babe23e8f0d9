"""Every kind of page is held to WCAG 2.0–2.2 A and AA, in each look and width, by axe-core."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page
from sites import ANSWERS, CASE, HEAD, INDEX, STATEMENT, build_quietly, project, write

from innspill.build import Built

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RUN = """() => axe.run(document, {resultTypes: ["violations", "incomplete"], runOnly: [
  "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})"""
PAGES = {
    "home": "index.html",
    "consultation": "oppgavefordeling-2024/index.html",
    "statement": STATEMENT + "index.html",
    "page": "om/tilgjengelighet/index.html",
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
    "th-has-data-cells"
}
"""Rules that axe-core leaves to a human, and what a human found."""
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
        f"{kind} {rule['id']}": [f"{node['target']} {node['any']}"[:300] for node in rule["nodes"]]
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        if rule["id"] not in LOOKED_AT or kind == "violations"
    }


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


def committees(number: int) -> dict[str, str]:
    files = {"index.md": INDEX, "sak/index.md": CASE}
    for each in range(1, number + 1):
        head = HEAD.replace("Eksempel bydelsutvalg", f"Eksempel bydelsutvalg {each}")
        if each % 3 == 0:
            head = head.replace("status: adopted", "status: draft")
        body = ANSWERS if each % 2 else ANSWERS.split("## Svar {#to}")[0]
        files[f"sak/eksempel-{each}.md"] = head + body
    return files


@pytest.mark.parametrize("number", [1, 3, 15])
def test_axe_finds_nothing_with_other_committees(
    tmp_path: Path, store: Path, chromium: Browser, number: int
) -> None:
    build_quietly(project(write(tmp_path, committees(number)), store=store), with_pdf=False)
    pages = sorted((tmp_path / "build").rglob("*.html"))
    # Of the statements, an answered one, and one that is a draft or lacks an answer, say it all.
    pages = [each for each in pages if "eksempel-" not in str(each)] + [
        each for each in pages if "eksempel-" in str(each)
    ][:3]
    for path in pages:
        page = chromium.new_page(viewport={"width": 320, "height": 900})
        page.goto(path.as_uri())
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert wrong(page) == {}, f"{path.relative_to(tmp_path)} {width}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


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
