"""The pages in a real browser, opened from the disk as from a shared folder."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from checkers import has_own_font, settled
from everything import picture
from playwright.sync_api import Browser, Page
from sites import (
    ANSWERS,
    EXAMPLE,
    STATEMENT,
    build_quietly,
    check_quietly,
    files_of,
    project,
    statement,
    tree,
    write,
)

from innspill.project import BuildResult
from innspill.render.html import relative

PAGES = (
    "index.html",
    "oppgavefordeling-2024/index.html",
    STATEMENT + "index.html",
    "om/tilgjengelighet/index.html",
    "innhold/index.html",
)


@pytest.fixture
def page(tab: Page, real: tuple[Path, BuildResult]) -> Page:
    """The statement's page."""
    tab.goto((real[0] / STATEMENT / "index.html").as_uri())
    return tab


@pytest.mark.parametrize("path", PAGES)
def test_nothing_pushes_a_page_sideways(
    tab: Page, real: tuple[Path, BuildResult], path: str
) -> None:
    tab.goto((real[0] / path).as_uri())
    for width in (320, 390, 768, 1280, 1920):
        tab.set_viewport_size({"width": width, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_one_for_anything_and_complains_of_nothing(
    chromium: Browser, real: tuple[Path, BuildResult], path: str
) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto((real[0] / path).as_uri())
    settled(page)
    page.close()
    root = real[0].as_uri()
    assert [url for url in asked if not url.startswith(root)] == []
    assert said == []


def test_a_statement_weighs_no_more_than_it_must(
    chromium: Browser, real: tuple[Path, BuildResult]
) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((real[0] / STATEMENT / "index.html").as_uri())
    settled(page)
    page.close()
    weights: Counter[str] = Counter()
    for url in asked:
        path = Path(unquote(urlsplit(url).path))
        data = path.read_bytes()
        # As a server sends it: compressed, but for fonts, which are so already.
        weights[path.suffix] += len(data if path.suffix == ".woff2" else gzip.compress(data, 6))
    budget = {".html": 20_000, ".css": 13_000, ".js": 9_000, ".woff2": 40_000}
    for kind, most in budget.items():
        assert 0 < weights[kind] < most, f"{kind}: {weights[kind]} bytes"
    assert weights.total() < 80_000


def test_every_link_leads_to_a_file_and_a_place(real: tuple[Path, BuildResult], tab: Page) -> None:
    files = tree(real[0])
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    for path in (path for path in files if path.endswith(".html")):
        tab.goto((real[0] / path).as_uri())
        found = tab.eval_on_selector_all("[id]", "all => all.map(each => each.id)")
        assert len(found) == len(set(found)), f"an id stands twice in {path}"
        ids[path] = set(found)
        links += [
            (path, href)
            for href in tab.eval_on_selector_all("a[href]", "all => all.map(each => each.href)")
        ]
    assert len(links) > 150
    for path, href in links:
        parts = urlsplit(href)
        if parts.scheme == "https":
            assert parts.netloc == "www.uutilsynet.no"  # the one link out of the real content
            continue
        assert parts.scheme == "file"
        target = Path(unquote(parts.path)).relative_to(real[0]).as_posix()
        assert target in files, f"{path} links to {target}"
        assert not parts.fragment or unquote(parts.fragment) in ids[target], f"{path}: {href}"


def test_a_point_leads_to_its_words_which_are_marked(page: Page) -> None:
    page.click("#point-1 a.ref")
    place = page.evaluate("location.hash")
    marked = page.locator(place)
    assert marked.evaluate("each => each.tagName") == "MARK"
    assert marked.inner_text().startswith("Det må i større grad overføres reell makt")
    assert marked.evaluate("each => each.closest('.unit').id") == "p0-4"
    usual = page.locator("mark").last.evaluate("each => getComputedStyle(each).backgroundColor")
    assert marked.evaluate("each => getComputedStyle(each).backgroundColor") != usual
    assert marked.is_visible()


def test_numbers_are_links_to_themselves_and_say_what_they_are(page: Page) -> None:
    number = page.locator("#p5-2 > a.number")
    assert number.inner_text() == "5.2"
    assert number.get_attribute("href") == "#p5-2"
    assert number.get_attribute("aria-label") == "punkt 5.2"


@pytest.mark.parametrize(("width", "height", "most"), [(1280, 900, 640), (390, 844, 800)])
def test_the_message_comes_first(
    tab: Page, real: tuple[Path, BuildResult], width: int, height: int, most: int
) -> None:
    tab.set_viewport_size({"width": width, "height": height})
    tab.goto((real[0] / STATEMENT / "index.html").as_uri())
    settled(tab)
    point, table = tab.locator(".first-point"), tab.locator("table.grid")
    assert tab.inner_text("h1") == "Uttalelse fra Alna bydelsutvalg"
    assert point.inner_text().startswith("Reell makt, styring og driftsansvar må")
    box, below = point.bounding_box(), table.bounding_box()
    assert box
    assert below
    assert box["y"] + box["height"] <= most
    if width == 1280:
        assert below["y"] + below["height"] <= height
    assert tab.locator(".standing a").all_inner_texts() == [
        "Sammendrag (PDF, 2 sider)",
        "Hele uttalelsen (PDF, 10 sider)",
    ]


def test_no_page_tells_of_git_but_at_its_end(real: tuple[Path, BuildResult], page: Page) -> None:
    page.evaluate("document.querySelector('.about-document').remove()")
    assert "git" not in page.inner_text("body").lower().split()
    assert "39a2" not in page.inner_text("body")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_numbers_of_evidence_are_easy_to_hit_and_have_no_comma_between(
    tab: Page, real: tuple[Path, BuildResult], width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto((real[0] / STATEMENT / "index.html").as_uri())
    boxes = tab.eval_on_selector_all(
        ".ref", "all => all.map(each => each.getBoundingClientRect()).map(b => [b.width, b.height])"
    )
    assert min(min(box) for box in boxes) >= 24
    assert not any("," in each for each in tab.locator(".refs").all_inner_texts())


def test_only_links_have_the_colour_of_links(page: Page) -> None:
    link = page.locator(".contents a").first.evaluate("each => getComputedStyle(each).color")
    for each in (".kicker", ".answer-label", ".question .question-number", ".asked"):
        colour = page.locator(each).first.evaluate("each => getComputedStyle(each).color")
        assert colour != link, each


TABLE = """
## Svar {#en}

| Eksempelpost | Beløp i fjor | Beløp i år | Endring fra år til år | Merknad til posten |
| --- | --- | --- | --- | --- |
| Drift av eksempelanlegget | 1 800 000 | 12 000 | −4,5 % | Ingen merknad |

## Svar {#to}

Nei.
"""


def test_a_table_that_does_not_fit_says_so_and_breaks_no_number(
    tmp_path: Path, store: Path, tab: Page
) -> None:
    build_quietly(project(write(tmp_path, statement(TABLE)), store=store), with_pdf=False)
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto((tmp_path / "build/sak/eksempel/index.html").as_uri())
    figures = tab.locator("td.figures")
    assert figures.all_inner_texts() == ["1\xa0800\xa0000", "12\xa0000", "−4,5 %"]
    ways = figures.evaluate_all("all => all.map(each => getComputedStyle(each).whiteSpace)")
    assert set(ways) == {"nowrap"}
    box = tab.locator(".table")
    tab.wait_for_selector(".table.goes-on-after:not(.goes-on-before)")
    assert "linear-gradient" in box.evaluate("each => getComputedStyle(each).maskImage")
    box.evaluate("each => { each.scrollLeft = each.scrollWidth; }")
    tab.wait_for_selector(".table.goes-on-before:not(.goes-on-after)")
    tab.set_viewport_size({"width": 1280, "height": 700})
    tab.wait_for_selector(".table:not(.goes-on-before, .goes-on-after)")


BARE = """## Svar {#en}

Ja.

## Svar {#to}

Nei.
"""


def test_a_statement_without_summary_and_proposals_begins_with_its_text(
    tmp_path: Path, store: Path, tab: Page
) -> None:
    files = statement(BARE, "lang: en\n")
    build_quietly(project(write(tmp_path, files), store=store), with_pdf=False)
    tab.goto((tmp_path / "build/sak/eksempel/index.html").as_uri())
    assert tab.inner_text("h1") == "Statement of Eksempel bydelsutvalg"
    assert tab.locator(".kicker[lang=nb]").inner_text() == "Eksempelsak"
    assert tab.locator(".letter-title").inner_text() == "Eksempel på uttalelse"
    assert tab.locator(".first-point, .grid, .fold").count() == 0
    assert tab.locator(".skip").all_inner_texts() == ["Skip to the statement"]


def test_headings_go_down_stepwise(page: Page) -> None:
    levels = page.eval_on_selector_all(
        "h1, h2, h3, h4, h5, h6", "all => all.map(each => Number(each.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_font_is_the_projects_own(page: Page) -> None:
    settled(page)
    assert has_own_font(page)


def test_dark_is_dark(tab: Page, real: tuple[Path, BuildResult]) -> None:
    tab.emulate_media(color_scheme="dark")
    tab.goto((real[0] / STATEMENT / "index.html").as_uri())
    colour = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert colour == "rgb(20, 24, 30)"


def test_what_is_not_answered_says_so(tmp_path: Path, store: Path, tab: Page) -> None:
    body = "\n## Svar {#en}\n\nDette er svaret på det ene.\n"
    build_quietly(project(write(tmp_path, statement(body)), store=store), with_pdf=False)
    tab.goto((tmp_path / "build/sak/eksempel/index.html").as_uri())
    assert tab.inner_text("#unanswered") == "Ikke besvart"
    assert tab.inner_text(".unanswered") == "2. Hva er det andre?"
    tab.goto((tmp_path / "build/sak/index.html").as_uri())
    assert "Ikke besvart" in tab.inner_text("#question-2")


@pytest.mark.parametrize(
    ("lang", "words"), [("nn", "Fråsegn frå"), ("en", "Statement of"), ("nb", "Uttalelse fra")]
)
def test_the_page_speaks_its_language(tmp_path: Path, store: Path, lang: str, words: str) -> None:
    files = statement("\n## Svar {#en}\n\nJa.\n\n## Svar {#to}\n\nNei.\n", f"lang: {lang}\n")
    build_quietly(project(write(tmp_path, files), store=store), with_pdf=False)
    text = (tmp_path / "build/sak/eksempel/index.html").read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in text
    assert words in text


def test_a_draft_says_so_in_its_title_and_description(full_site: Path, page: Page) -> None:
    for name, is_draft in (("utkast", True), ("alt", False)):
        page.goto((full_site / f"sak/{name}/index.html").as_uri())
        told = page.get_attribute("meta[name=description]", "content") or ""
        assert page.title().startswith("UTKAST – ") == is_draft
        assert told.startswith("UTKAST. Uttalelse fra Eksempel utkastutvalg.") == is_draft


def test_the_figures_of_a_vote_and_its_day_stand_apart(full_site: Path, page: Page) -> None:
    said = "Vedtatt med 9 mot 6 stemmer, 10. februar 2026"
    page.goto((full_site / "sak/alt/index.html").as_uri())
    assert page.inner_text(".status") == said
    page.goto((full_site / "sak/sporsmal/en/index.html").as_uri())
    assert page.inner_text("#answer-alt ~ .answer-from").startswith(said + " · ")
    page.goto((full_site / "index.html").as_uri())
    assert page.locator(".statement-facts").all_inner_texts() == ["UTKAST", said]
    assert page.locator(".statement-counts").all_inner_texts() == ["2 forslag"]


def test_the_list_of_all_there_is_goes_by_level(real: tuple[Path, BuildResult], page: Page) -> None:
    page.goto((real[0] / "innhold/index.html").as_uri())
    listed = page.locator(
        f"a[href='../{STATEMENT}index.html'] >> xpath=../following-sibling::ul[1]"
    )
    above = {
        each.inner_text(): each.locator("xpath=following-sibling::ul/li/a").all_inner_texts()
        for each in listed.locator("> li > a").all()
    }
    assert list(above)[2:] == [
        "Innspill fra Alna bydelsutvalg",
        "Generell tilbakemelding",
        "Svar på spørsmål",
    ]
    assert above["Generell tilbakemelding"] == ["Involvering av bydelene", "Bydelsinndeling"]
    assert above["Svar på spørsmål"][0] == "1. Tjenesteproduksjon"
    assert len(above["Svar på spørsmål"]) == 7


def test_a_passage_is_spoken_and_hyphenated_in_its_own_language(
    full_site: Path, consultations: dict[int, Path], page: Page
) -> None:
    told = """all => all.map(each => [
      each.closest("[lang]").lang,
      getComputedStyle(each).hyphens,
      each.textContent.slice(0, 11)])"""
    page.goto((full_site / "sak/alt/index.html").as_uri())
    assert page.eval_on_selector_all(".text p [lang]", told) == [
        ["se", "auto", "Ruoŧagiella"],
        ["en", "auto", "this is in "],
    ]
    # A statement in nynorsk, to questions that are asked in bokmål.
    page.goto((consultations[3] / "sak/eksempel-b/index.html").as_uri())
    assert page.eval_on_selector_all("#p1-1, #s1, .contents [href='#s1'] > [lang]", told) == [
        ["nb", "manual", "Tjenestepro"],
        ["nb", "auto", "1. Hva er s"],
        ["nn", "auto", "1.1 Svaret "],
    ]


def test_every_page_leads_to_the_free_pages(tmp_path: Path) -> None:
    url, text = "om/siden/index.html", "---\ntitle: Om siden\n---\n\nTekst.\n"
    place = project(write(tmp_path, {**EXAMPLE, "om/siden.md": text}))
    pages = list(files_of(check_quietly(place, with_pdf=False), tmp_path).pages())
    assert len(pages) == 7
    for each in pages:
        current = ' aria-current="page"' if each.path == url else ""
        item = f'<li><a href="{relative(url, each.path)}"{current}>Om siden</a></li>'
        assert item in each.make().decode(), each.path


def test_hostile_text_comes_out_as_text(tmp_path: Path, store: Path) -> None:
    hostile = "'\"><script>alert(1)</script>&{{ 7*7 }}'"
    files = statement("\n## Svar {#en}\n\n`<script>` og {{ 7*7 }}.\n\n## Svar {#to}\n\nNei.\n")
    for name, text in files.items():
        files[name] = text.replace("title: Eksempel", f"title: {hostile} # ", 1)
    build_quietly(project(write(tmp_path, files), store=store), with_pdf=False)
    for path, data in tree(tmp_path / "build").items():
        if path.endswith(".html"):
            ours = data.count(b'<script src="') + data.count(b'<script type="application/ld+json">')
            assert data.count(b"<script") == ours
            assert b"49" not in data.replace(b"{{ 7*7 }}", b"")


ODD = "'\"><script>alert(1)</script>&'"
ODD_BODY = """
## Svar \\<script> {#en}

Dette bør [en lenke](https://www.example.org/?a='&copy=\\<script> '"><script>') si.
Her står ![et kart "\\>\\<script>](kart.png '"><script>').

![Et kart "\\>\\<script>](kart.png '"><script>')
"""
ODD_HEAD = f"""\
aliases: [gammel]
attachments:
  - file: kart.png
    title: {ODD}
summary:
  - about: en
    point: {ODD}
    quote: Dette bør
proposals:
  - what: {ODD}
    move: to_district
    force: bør
    quote: Dette bør
"""


def test_hostile_text_comes_out_as_text_wherever_it_stands(tmp_path: Path) -> None:
    files = statement(ODD_BODY, ODD_HEAD)
    for name, text in files.items():
        keys = r"^( *(?:title|publisher|text|asked_by|committee)): [^'].*"
        files[name] = re.sub(keys, rf"\1: {ODD}", text, flags=re.MULTILINE)
    place = project(write(tmp_path, {**files, "sak/kart.png": picture("PNG")}))
    checked = check_quietly(place, with_pdf=False)
    assert [each.code for each in checked.diagnostics] == ["not-answered"]
    made = files_of(checked, tmp_path)
    pages = {each.path: each.make() for each in made.pages()}
    pages |= {each.path: each.make() for each in made.beside() if each.path.endswith(".html")}
    assert {"gammel/index.html", "sak/sporsmal/en/index.html"} < pages.keys()
    for path, data in pages.items():
        ours = data.count(b'<script src="') + data.count(b'<script type="application/ld+json">')
        assert data.count(b"<script") == ours, path
        assert b"&lt;script" in data
    assert pages["sak/eksempel/index.html"].count(b"&amp;copy=") == 1


def fonts_fetched(chromium: Browser, path: Path) -> set[str]:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    settled(page)
    page.close()
    return {Path(urlsplit(url).path).stem for url in asked if url.endswith(".woff2")}


def test_no_more_of_a_font_is_fetched_than_a_page_needs(
    chromium: Browser, real: tuple[Path, BuildResult], full_site: Path
) -> None:
    basic = {"HankenGrotesk-Medium-Basic", "HankenGrotesk-Bold-Basic"}
    assert fonts_fetched(chromium, real[0] / STATEMENT / "index.html") == basic
    sami = fonts_fetched(chromium, full_site / "sak/alt/index.html")
    assert basic | {"HankenGrotesk-Medium", "SourceSansPro-Regular"} <= sami


def test_a_number_in_threes_stays_on_one_line_and_code_as_it_is(
    tmp_path: Path, store: Path
) -> None:
    body = ANSWERS.replace("det ene.", "50 000 av 1 234 567 i 2024 500 ganger, `1 000` og det ene.")
    build_quietly(project(write(tmp_path, statement(body)), store=store))
    page = (tmp_path / "build/sak/eksempel/index.html").read_text(encoding="utf-8")
    assert "50\xa0000 av 1\xa0234\xa0567 i 2024 500 ganger, <code>1 000</code>" in page
