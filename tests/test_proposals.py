"""The page with all committees' proposals: whole without a script, chosen and sorted with one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from sites import CASE, EXAMPLE, build_quietly, codes, project, write

HERE = "sak/forslag/index.html"
LETTER = """\
---
title: Eksempel på uttalelse
committee: {name}
status: {status}
{lang}proposals:
  - what: Grunnskolen
    move: to_district
    force: bør
    quote: Grunnskolen bør flyttes
  - what: Parker
    move: to_district
    force: kan
    quote: Parker kan flyttes
  - what: Barnevern
    move: to_city
    force: må
    quote: Barnevern må flyttes
  - what: Felles plan
    move: cooperate
    force: bør
    quote: Vi bør ha en felles plan
---

Vi bør ha en felles plan.

## Svar {{#en}}

Grunnskolen bør flyttes.

## Svar {{#to}}

Parker kan flyttes. Barnevern må flyttes.
"""


def letter(name: str, status: str = "adopted", lang: str = "") -> str:
    return LETTER.format(name=name, status=status, lang=lang)


FILES = {
    "index.md": EXAMPLE["index.md"],
    "sak/index.md": CASE.replace("questions:", "publish_drafts: true\nquestions:"),
    "sak/a.md": letter("Eksempel A"),
    "sak/b.md": letter("Eksempel B", lang="lang: nn\n"),
    "sak/c.md": letter("Eksempel C", "draft"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    folder = write(tmp_path_factory.mktemp("forslag"), FILES)
    built = build_quietly(project(folder, store=store), with_pdf=False)
    assert built.published, built.checked.diagnostics
    return folder / "build"


@pytest.fixture
def page(tab: Page, built: Path) -> Page:
    """The page with the proposals."""
    return opened(tab, built)


def opened(tab: Page, built: Path, state: str = "") -> Page:
    """Goes to the page, as from elsewhere also where only its state is another."""
    tab.goto("about:blank")
    tab.goto((built / HERE).as_uri() + state)
    return tab


def rows(page: Page) -> list[str]:
    """The rows that are shown, and the headings between them."""
    found = page.locator(".every-proposal tbody tr:visible").all_inner_texts()
    return [" | ".join(" ".join(cell.split()) for cell in row.split("\t")) for row in found]


def test_without_a_script_all_is_there_in_groups(chromium: Browser, built: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = opened(context.new_page(), built)
    told = rows(page)
    assert page.locator(".choices").is_hidden()
    context.close()
    assert [each for each in told if " | " not in each] == [
        "Til bydelene: bør 3 forslag",
        "Til bydelene: kan 3 forslag",
        "Til kommunen sentralt: må 3 forslag",
        "Samarbeid: bør 3 forslag",
    ]
    assert told[1:4] == [
        "Grunnskolen | bør | Eksempel A | 1. Det ene | 1.1",
        "Grunnskolen | bør | Eksempel B | 1. Det ene | 1.1",
        "Grunnskolen | bør | Eksempel C UTKAST | 1. Det ene | 1.1",
    ]
    assert told[-1] == "Felles plan | bør | Eksempel C UTKAST | – Uten spørsmål | 0.1"


def test_each_row_leads_to_its_words(page: Page) -> None:
    name = page.locator(".every-proposal a").first
    assert name.get_attribute("aria-label") == "punkt 1.1"
    hrefs = page.eval_on_selector_all(".every-proposal a", "all => all.map(each => each.href)")
    assert len(hrefs) == 12
    for href in dict.fromkeys(hrefs):
        page.goto(href)
        place = page.locator(f"[id='{unquote(urlsplit(href).fragment)}']")
        assert place.evaluate("each => each.tagName") == "MARK"


def test_what_is_chosen_is_counted_and_stands_in_the_address(page: Page, built: Path) -> None:
    status = page.locator(".choices [role=status]")
    assert status.inner_text() == "Viser 12 av 12 forslag"
    page.select_option("#by-retning", "to_district")
    assert status.inner_text() == "Viser 6 av 12 forslag"
    told = page.locator("#by-ord option").all_inner_texts()
    assert told == ["Alle ord", "må (0)", "bør (3)", "kan (3)"]
    # Of the list that was chosen in, the others can still be chosen.
    assert page.locator("#by-retning option").all_inner_texts()[1:] == [
        "Til bydelene (6)",
        "Til kommunen sentralt (3)",
        "Samarbeid (3)",
    ]
    page.select_option("#by-utvalg", "Eksempel B")
    page.fill("#by-tekst", "SKOLE")
    assert rows(page) == [
        "Til bydelene: bør 1 forslag",
        "Grunnskolen | bør | Eksempel B | 1. Det ene | 1.1",
    ]
    assert page.inner_text(".chosen") == "Til bydelene · Eksempel B · «SKOLE»"
    told = rows(page)
    assert rows(opened(page, built, f"#{urlsplit(page.url).fragment}")) == told
    assert page.input_value("#by-utvalg") == "Eksempel B"
    page.click(".choices [type=reset]")
    page.wait_for_function("() => location.hash === '#' || location.hash === ''")
    assert status.inner_text() == "Viser 12 av 12 forslag"


def test_questions_can_be_chosen_and_none_too(tab: Page, built: Path) -> None:
    page = opened(tab, built, "#sporsmal=2&ord=kan")
    assert [row.split(" | ")[0] for row in rows(page)[1:]] == ["Parker"] * 3
    page.goto((built / HERE).as_uri() + "#sporsmal=–")
    assert [row.split(" | ")[0] for row in rows(page)[1:]] == ["Felles plan"] * 3
    page.goto((built / HERE).as_uri() + "#utvalg=Finnes+ikke")
    assert len(rows(page)) == 16


def test_rows_are_sorted_inside_their_group(page: Page, built: Path) -> None:
    committees = page.locator(".every-proposal .sort").nth(2)
    committees.click()
    committees.click()
    assert page.locator("[aria-sort]").get_attribute("aria-sort") == "descending"
    shown = [row.split(" | ")[2] for row in rows(page) if " | " in row]
    assert shown[:3] == ["Eksempel C UTKAST", "Eksempel B", "Eksempel A"]
    assert "omvendt" in page.inner_text(".choices [role=status]")
    told = rows(page)
    assert rows(opened(page, built, "#sorter=-utvalg")) == told


def test_it_is_heard_as_a_table(page: Page) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        heard = page.locator(".every-proposal").aria_snapshot()
        assert heard.startswith('- table "Alle forslag"')
        assert heard.count("rowheader") == 12
        assert heard.count("columnheader") == 5 + 4


def test_a_script_is_loaded_there_alone(built: Path) -> None:
    users = {
        path.relative_to(built).as_posix()
        for path in built.rglob("*.html")
        if "proposals.js" in path.read_text(encoding="utf-8")
    }
    assert users == {HERE}


def test_without_proposals_there_is_no_such_page(tmp_path: Path, store: Path) -> None:
    build_quietly(project(write(tmp_path, EXAMPLE), store=store), with_pdf=False)
    assert not (tmp_path / "build" / HERE).exists()
    page = "---\nkind: page\ntitle: Eksempelside\n---\n\nTekst.\n"
    assert codes(tmp_path / "other", {**FILES, "sak/forslag.md": page})[0] == "same-url:2"
