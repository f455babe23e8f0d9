"""Every kind of page is held to WCAG 2.0–2.2 A and AA, in each look and width, by axe-core."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checkers import COLOURS, LOOKS, WIDTHS, empty, wrong, wrong_in_any_look
from playwright.sync_api import Browser, Page
from sites import ROOT, STATEMENT, load

from innspill.project import BuildResult

PAGES = {
    "home": "index.html",
    "consultation": "oppgavefordeling-2024/index.html",
    "question": "oppgavefordeling-2024/sporsmal/tjenesteproduksjon/index.html",
    "proposals": "oppgavefordeling-2024/forslag/index.html",
    "statement": STATEMENT + "index.html",
    "page": "om/tilgjengelighet/index.html",
    "contents": "innhold/index.html",
}
EXAMPLES = {
    "home": "index.html",
    "consultation": "sak/index.html",
    "question": "sak/sporsmal/q-2/index.html",
    "proposals": "sak/forslag/index.html",
    "statement": "sak/eksempel-a/index.html",
    "contents": "innhold/index.html",
}
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


STATE = """() => [
  innerWidth, innerHeight, localStorage.length, scrollY, document.activeElement.localName,
  document.querySelectorAll(":hover").length, "axe" in window, document.documentElement.className,
  ...["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)",
    "(forced-colors: active)", "(prefers-contrast: more)"].map(each => matchMedia(each).matches)]"""


def test_a_tab_is_given_out_as_a_new_one_is(chromium: Browser, tmp_path: Path) -> None:
    """Else a test would hang on the one before it."""
    path = tmp_path / "x.html"
    path.write_text('<!doctype html><p style="height: 9000px"><input>', encoding="utf-8")
    tab = chromium.new_page()
    tab.goto(path.as_uri())
    first = tab.evaluate(STATE)
    tab.evaluate("localStorage.setItem('a', 'b'); document.documentElement.className = 'c'")
    tab.set_viewport_size({"width": 320, "height": 300})
    dark = LOOKS["contrast"] | {"color_scheme": "dark", "forced_colors": "active"}
    tab.emulate_media(media="print", reduced_motion="reduce", **dark)
    tab.add_script_tag(content="window.axe = 1")
    tab.mouse.move(90, 90)
    tab.focus("input")
    tab.evaluate("scrollTo(0, 900)")
    used = tab.evaluate(STATE)
    assert all(a != b for a, b in zip(first, used, strict=True)), used
    empty(tab)
    tab.goto(path.as_uri())
    assert tab.evaluate(STATE) == first
    tab.close()


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(tab: Page, real: tuple[Path, BuildResult], kind: str) -> None:
    assert wrong_in_any_look(tab, (real[0] / PAGES[kind]).as_uri()) == {}


def test_axe_finds_what_is_wrong(tab: Page) -> None:
    tab.set_content('<html lang="nb"><p style="color: #999">Svak <img src="data:,"></p>')
    assert {"violations color-contrast", "violations image-alt"} <= wrong(tab).keys()
    assert wrong(tab, rules=COLOURS).keys() == {"violations color-contrast"}


def test_axe_sees_each_look(tab: Page, tmp_path: Path) -> None:
    looks = {
        "dark": "prefers-color-scheme: dark",
        "forced": "forced-colors: active",
        "contrast": "prefers-contrast: more",
    }
    weak = (
        f"@media ({asked}) {{ .{look} {{ color: #999; background: #fff }} }}"
        for look, asked in looks.items()
    )
    text = "".join(f'<p class="{look}">Svak</p>' for look in looks)
    path = tmp_path / "x.html"
    path.write_text(
        '<!doctype html><html lang="nb"><style>p { color: #000; background: #fff; '
        f"forced-color-adjust: none }} {' '.join(weak)}</style>{text}",
        encoding="utf-8",
    )
    found = wrong_in_any_look(tab, path.as_uri())
    seen = {
        where: [place.partition("]")[0] for place in what.get("violations color-contrast", ())]
        for where, what in found.items()
    }
    assert seen == {
        f"{look} {width}": [f"['.{look}'"] if look in looks else []
        for width in WIDTHS
        for look in LOOKS
    }


@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize("count", [1, 3, 15])
def test_axe_finds_nothing_with_other_committees(
    consultations: dict[int, Path], tab: Page, count: int, kind: str
) -> None:
    assert wrong_in_any_look(tab, (consultations[count] / EXAMPLES[kind]).as_uri()) == {}


@pytest.mark.parametrize("name", ["alt", "utkast"])
def test_axe_finds_nothing_with_one_of_everything(full_site: Path, tab: Page, name: str) -> None:
    assert wrong_in_any_look(tab, (full_site / f"sak/{name}/index.html").as_uri()) == {}


def test_axe_finds_nothing_while_a_page_is_used(tab: Page, real: tuple[Path, BuildResult]) -> None:
    tab.set_viewport_size({"width": 768, "height": 900})
    address = (real[0] / PAGES["statement"]).as_uri()
    tab.goto(address)
    tab.click("table.grid a >> nth=0")
    tab.click(".fold > summary >> nth=0")
    assert wrong(tab) == {}, "a dot is followed, and the facts are open"
    tab.goto(f"{address}#q1")
    tab.click(".unit:has(:target) > .number")
    tab.wait_for_selector(".number.done")
    tab.goto(f"{address}#q2")
    assert tab.locator(".way-back:visible").count() > 0
    assert wrong(tab) == {}, "a passage is lit, and a reference copied"
    tab.keyboard.press("/")
    tab.keyboard.insert_text("bydel")
    tab.wait_for_selector(".search-more:visible")
    tab.wait_for_function("() => document.querySelector('.search-status').textContent")
    # The page lies beneath, where no one can tell its colours from the panel's.
    assert wrong(tab, ".search") == {}, "the search is open"


def test_axe_finds_nothing_in_other_languages(
    tab: Page, consultations: dict[int, Path], full_site: Path
) -> None:
    tab.set_viewport_size({"width": 768, "height": 900})
    for lang, path in (
        ("nn", consultations[3] / "sak/eksempel-b/index.html"),
        ("en", full_site / "om/eksempel/index.html"),
    ):
        tab.goto(path.as_uri())
        assert tab.get_attribute("html", "lang") == lang
        assert wrong(tab) == {}, lang


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_lost_at_400_percent_and_with_wide_text_spacing(
    tab: Page, real: tuple[Path, BuildResult], kind: str
) -> None:
    nothing_is_lost(tab, (real[0] / PAGES[kind]).as_uri())


@pytest.mark.parametrize("kind", ["home", "consultation", "question"])
def test_nothing_is_lost_with_fifteen_committees(
    tab: Page, consultations: dict[int, Path], kind: str
) -> None:
    nothing_is_lost(tab, (consultations[15] / EXAMPLES[kind]).as_uri())


def nothing_is_lost(tab: Page, url: str) -> None:
    # A window of 1280 × 1024 at 400 % is 320 × 256 (WCAG 2.2, 1.4.10).
    for width, height in ((320, 256), (1280, 900)):
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto(url)
        for style in ("/* as it is */", SPACING):
            tab.add_style_tag(content=style)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, style
            assert tab.evaluate(CUT_OFF) == [], style
        # Nothing that stays in place hides what is read; the matrix scrolls by itself.
        tab.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
        fixed = tab.evaluate(
            """() => [...document.querySelectorAll("body *")].filter(each =>
              ["fixed", "sticky"].includes(getComputedStyle(each).position)
              && each.textContent && !each.closest(".matrix")
              && each.getBoundingClientRect().bottom > 0
              && each.getBoundingClientRect().width > innerWidth / 2).length"""
        )
        assert fixed == 0


@pytest.mark.parametrize("kind", PAGES)
def test_letters_of_twice_the_size_fit_a_small_screen(
    tab: Page, real: tuple[Path, BuildResult], kind: str
) -> None:
    """Larger letters without zoom, as a reader sets them in the browser (WCAG 2.2, 1.4.4)."""
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto((real[0] / PAGES[kind]).as_uri())
    tab.add_style_tag(content="html { font-size: 200% !important; }")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    assert tab.evaluate(CUT_OFF) == []


def test_the_statement_is_heard_in_order(tab: Page, real: tuple[Path, BuildResult]) -> None:
    tab.goto((real[0] / PAGES["statement"]).as_uri())
    heard = tab.locator("body").aria_snapshot()
    landmarks = ["- banner", "- main", "- contentinfo"]
    assert [line for line in heard.split("\n") if line.rstrip(":") in landmarks] == [
        f"{each}:" for each in landmarks
    ]
    heading = re.compile(r'- heading "(.+?)" \[level=(\d)\]')
    headings = [(found[1], int(found[2])) for found in heading.finditer(heard)]
    assert [level for _, level in headings].count(1) == 1
    parts = [name for name, level in headings if level == 2]
    assert parts == [
        *("Innhold", "Sammendrag", "Forslagene, og hvor sterkt brevet ber om dem"),
        *("Uttalelsen", "Om dette dokumentet"),
    ]
    first, last = (headings.index((name, 2)) for name in ("Uttalelsen", "Om dette dokumentet"))
    letter = headings[first + 1 : last]
    assert ("Svar på spørsmål", 3) in letter
    assert {level for _, level in letter} == {3, 4}
    # What the letter asks for is heard before its text, and first of all in short.
    assert heard.index('table "47 forslag') < heard.index('heading "Sammendrag"')
    assert 'rowheader "Ansvaret for grunnskolene"' in heard
    assert 'rowheader "Til bydelene 11 forslag"' in heard
    assert 'link "punkt 5.2"' in heard
    assert 'columnheader "Forslag"' in heard


def test_the_letter_is_heard_whole_and_in_its_order(
    tab: Page, real: tuple[Path, BuildResult]
) -> None:
    tab.goto((real[0] / PAGES["statement"]).as_uri())
    said = words_of(tab.locator("section.text").aria_snapshot())
    at = 0
    for unit in load(ROOT)[1].statements[0].units:
        label = words(f"punkt {unit.number}" + unit.number)  # its name, and what is seen of it
        assert label in said[at:], unit.number
        at = said.index(label, at) + len(label)
        assert said.startswith(words(unit.text), at), unit.number
    # From where a point leads, the way back is heard after the words that it rests on.
    tab.click("#point-1 a.ref")
    said = words_of(tab.locator("#p0-4").aria_snapshot())
    marked = said.index(words("Det må i større grad overføres reell makt"))
    assert marked < said.index(words("Tilbake til sammendraget: Reell makt, styring"))


def words_of(snapshot: str) -> str:
    """All that is heard of an accessibility tree: the names, and the text."""
    lines = [line.strip() for line in snapshot.split("\n") if "- /url:" not in line]
    told = [
        re.fullmatch(r'- [a-z]+(?: "(.*)")?(?: \[.*\])*(?::(?: (.*))?)?', line) for line in lines
    ]
    return words("".join(f"{each[1] or ''} {each[2] or ''}" for each in told if each))


def words(text: str) -> str:
    """Text without what a tree writes in its own way: spaces, and quotation marks around it."""
    return re.sub(r'[\s"\\]', "", text)
