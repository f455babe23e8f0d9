"""Reading a statement: with the keyboard, with scripts and without, on the screen and on paper."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from checkers import has_own_font
from committees import NAMES, is_draft
from playwright.sync_api import Browser, BrowserContext, Page, Route
from sites import CONTENT, STATEMENT, build_quietly, project, statement, write

HOST = "http://innspill.example"
"""Plain http under a name that is not localhost: no secure context, no `navigator.clipboard`."""
BACKGROUND = "each => getComputedStyle(each).backgroundColor"
NO_STORAGE = """Object.defineProperty(window, "localStorage",
  {get() { throw new DOMException("refused", "SecurityError"); }});"""
THEME_WHEN_BODY_COMES = """new MutationObserver((_, observer) => {
  if (!document.body) return;
  window.themeAtFirst = document.documentElement.dataset.theme;
  observer.disconnect();
}).observe(document, {childList: true, subtree: true});"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """The real content's pages; reading them needs no PDFs."""
    folder = tmp_path_factory.mktemp("reading")
    place = project(folder, content=CONTENT, store=store)
    build_quietly(place, with_pdf=False)
    return folder / "build"


@pytest.fixture
def address(site: Path) -> str:
    return (site / STATEMENT / "index.html").as_uri()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """For tabs of a test's own; at the end, no script has failed in them."""
    context = chromium.new_context()
    failed: list[str] = []
    context.on("weberror", lambda each: failed.append(str(each.error)))
    yield context
    context.close()
    assert failed == []


@pytest.fixture
def page(tab: Page, address: str) -> Page:
    """The statement's page."""
    tab.goto(address)
    return tab


@pytest.fixture
def silent(chromium: Browser, address: str) -> Iterator[Page]:
    """The statement's page without JavaScript."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def served(page: Page, folder: Path, *, slow_fonts: bool = False) -> None:
    """Answers for `HOST` from a folder, with a strict Content-Security-Policy."""
    policy = "default-src 'none'; " + "; ".join(
        f"{kind}-src 'self'" for kind in ("style", "script", "font", "img")
    )

    def answer(route: Route) -> None:
        path = folder / unquote(urlsplit(route.request.url).path).lstrip("/")
        if slow_fonts and path.suffix == ".woff2":
            page.wait_for_timeout(400)
        route.fulfill(path=path, headers={"Content-Security-Policy": policy})

    page.route(f"{HOST}/**", answer)


def focused(page: Page) -> str:
    """What has the focus: a class or tag, and its text."""
    return str(
        page.evaluate(
            "(e => `${e.className || e.localName}: ${e.ariaLabel || e.textContent.trim()}`)"
            "(document.activeElement)"
        )
    )


def focus_with_keyboard(page: Page, selector: str) -> None:
    """Puts the focus just before a place, and gets into it with the tabulator."""
    page.evaluate(
        """selector => {
          const place = document.querySelector(selector);
          const before = document.createElement("span");
          before.tabIndex = -1;
          place.before(before);
          before.focus();
          before.remove();
        }""",
        selector,
    )
    page.keyboard.press("Tab")


# With the keyboard.


def test_the_first_stops_lead_to_summary_proposals_and_text(page: Page) -> None:
    for name, place in (
        ("sammendraget", "summary"),
        ("forslagene", "proposals"),
        ("uttalelsen", "text"),
    ):
        page.keyboard.press("Tab")
        assert focused(page) == f"skip: Hopp til {name}"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        assert page.evaluate("document.activeElement.hash") == f"#{place}"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('section.text') !== null")


def test_other_pages_begin_with_a_way_past_the_frame(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert focused(page) == "skip: Hopp til innholdet"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_keyboard_has_few_stops(page: Page) -> None:
    stops = 0
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops += 1
        assert stops <= 155
    # What a mouse can press is a stop of the keyboard too.
    pressed = page.locator("a[href]:visible, button:visible, summary:visible, input:visible")
    assert stops == pressed.count()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_stop_of_the_keyboard_is_seen(
    tab: Page, address: str, width: int, scheme: Any
) -> None:
    tab.set_viewport_size({"width": width, "height": 700})
    tab.emulate_media(color_scheme=scheme)
    tab.goto(address)
    stops = stops_that_are_seen(tab)
    assert {"skip", "theme-switch", "ref", "summary", "number", "a"} <= stops
    assert ("contents-button" in stops) is (width == 320)


@pytest.mark.parametrize(
    ("path", "width", "count"),
    [("sak/index.html", 320, 130), ("sak/sporsmal/q-1/index.html", 1280, 130)],
)
def test_every_stop_is_seen_with_fifteen_committees(
    consultations: dict[int, Path], tab: Page, path: str, width: int, count: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 700})
    tab.goto((consultations[15] / path).as_uri())
    assert tab.locator("main a[href]").count() > count
    assert "skip" in stops_that_are_seen(tab)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_hit_of_a_search_is_seen(tab: Page, address: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 700})
    tab.goto(address)
    tab.keyboard.press("/")
    tab.keyboard.insert_text("bydel")
    tab.wait_for_selector(".search-more:visible")
    groups, hits = (tab.locator(f".search-hits {each}").count() for each in ("> li", "a"))
    stops = stops_that_are_seen(tab, most=hits + 3)
    assert groups == 10 < hits
    assert stops == {"a", "button", "search-key", "search-rest"}


def stops_that_are_seen(page: Page, most: int = 600) -> set[str]:
    """Goes from stop to stop to the end of the page, or `most` of them; gives their kinds."""
    stops: set[str] = set()
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (e === document.body) return null;
              const style = getComputedStyle(e), box = e.getBoundingClientRect();
              // The search field's line is drawn around the field and its label, a hit's around
              // all of the hit.
              const after = getComputedStyle(e, "::after");
              const isDrawn = [style, after, getComputedStyle(e.parentElement)].some(
                (each) => ["solid", "auto"].includes(each.outlineStyle)
                  && parseFloat(each.outlineWidth) >= 2);
              // What scrolls by itself shows at least a piece, which is as far as Chromium scrolls.
              const port = e.closest(".matrix")?.getBoundingClientRect();
              const [left, right] = port && e.closest("td, thead")
                ? [Math.max(box.left, port.left), Math.min(box.right, port.right)]
                : [box.left, box.right];
              const top = document.elementFromPoint(
                (left + right) / 2, box.top + Math.min(box.height, 20) / 2);
              return {
                kind: e.className.split(" ")[0] || e.localName,
                name: e.outerHTML.slice(0, 90),
                seen: isDrawn && style.opacity === "1"
                  && box.top < innerHeight && box.bottom > 0
                  && left >= 0 && right <= innerWidth + 1 && right - left >= Math.min(box.width, 24)
                  && (e.contains(top) || top?.contains(e) || e.getClientRects().length > 1)};
            }"""
        )
        if stop is None:
            break
        assert stop["seen"], stop["name"]
        stops.add(stop["kind"])
    else:
        assert most < 600, "the keyboard is caught"
    return stops


def test_the_keyboard_copies_a_reference(page: Page) -> None:
    focus_with_keyboard(page, "#p5-2 > a.number")
    assert focused(page) == "number: punkt 5.2"
    assert page.get_attribute("#p5-2 > a.number", "title") == "Kopier henvisningen"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('copied').textContent")
    assert "Alna bydelsutvalg, 24/7516 - 3, punkt 5.2" in page.inner_text("#copied[role=status]")
    assert focused(page) == "number done: punkt 5.2"
    assert page.url.endswith("#p5-2")
    assert pasted(page) == f"Alna bydelsutvalg, 24/7516 - 3, punkt 5.2\n{page.url}"


def pasted(page: Page) -> str:
    """What the clipboard holds, as a reader would paste it."""
    page.evaluate("document.body.prepend(document.createElement('textarea'))")
    page.focus("textarea")
    page.keyboard.press("Control+V")
    return page.input_value("textarea")


# Light and dark.


def test_the_switch_is_remembered_and_forgotten(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.emulate_media(color_scheme="light")
    switch = page.locator(".theme-switch")
    light = page.locator("html").evaluate(BACKGROUND)
    assert switch.get_attribute("aria-pressed") == "false"
    focus_with_keyboard(page, ".theme-switch")
    page.keyboard.press("Space")
    assert switch.get_attribute("aria-pressed") == "true"
    dark = page.locator("html").evaluate(BACKGROUND)
    assert dark != light
    page.add_init_script(THEME_WHEN_BODY_COMES)
    page.reload()
    assert page.evaluate("window.themeAtFirst") == "dark"
    assert page.locator("html").evaluate(BACKGROUND) == dark
    assert switch.get_attribute("aria-pressed") == "true"
    switch.click()
    assert page.locator("html").evaluate(BACKGROUND) == light
    assert page.evaluate("localStorage.length") == 0
    page.emulate_media(color_scheme="dark")
    assert page.locator("html").evaluate(BACKGROUND) == dark


def test_the_switch_works_where_storage_is_refused(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.add_init_script(NO_STORAGE)
    page.goto(address)
    page.click(".theme-switch")
    assert page.get_attribute("html", "data-theme") == "dark"


def test_nothing_moves(page: Page) -> None:
    moving = page.eval_on_selector_all(
        "*",
        """all => all.filter(each => {
          const style = getComputedStyle(each);
          return style.animationName !== "none" || style.transitionDuration !== "0s"
            || style.scrollBehavior !== "auto";
        }).length""",
    )
    assert moving == 0


def test_who_wants_nothing_to_move_gets_that(page: Page) -> None:
    page.add_style_tag(content="p { transition: color 1s; animation: 1s spin; }")
    moving = """() => {
      const style = getComputedStyle(document.querySelector("main p"));
      return [style.transitionDuration !== "0s", style.animationName !== "none"];
    }"""
    assert page.evaluate(moving) == [True, True]
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == [False, False]


# Finding the way.


def test_contents_follow_the_reading(page: Page) -> None:
    current = page.locator(".contents a[aria-current=location]")
    for place in ("s3", "proposals", "s6"):
        page.evaluate("id => document.getElementById(id).scrollIntoView()", place)
        page.wait_for_selector(f".contents a[href='#{place}'][aria-current=location]")
        assert current.count() == 1
    page.keyboard.press("Control+End")
    page.wait_for_selector(".contents a[href='#s7'][aria-current=location]")


@pytest.mark.parametrize("height", [500, 900, 2400])
def test_the_part_that_was_chosen_is_the_current_one(page: Page, height: int) -> None:
    page.set_viewport_size({"width": 1280, "height": height})
    links = page.locator(".contents a")
    assert links.count() > 10
    for index in range(links.count()):
        links.nth(index).click()
        page.wait_for_timeout(60)
        current = page.locator(".contents a[aria-current=location]")
        assert current.get_attribute("href") == links.nth(index).get_attribute("href")
    page.mouse.wheel(0, -100_000)
    page.wait_for_function("() => scrollY === 0")
    page.wait_for_function("() => !document.querySelector('.contents a[aria-current]')")


def test_on_a_phone_the_contents_are_at_hand_and_hide_no_place(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(address)
    button, listed = tab.locator(".contents-button"), tab.locator("#contents-list")
    assert not listed.is_visible()
    for place in ("s3", "proposals", "s6"):
        button.click()
        assert listed.is_visible()
        listed.locator(f"a[href='#{place}']").click()
        tab.wait_for_function("() => !document.querySelector(':popover-open')")
        tab.wait_for_timeout(100)
        edge = button.bounding_box()
        target = tab.locator(f"#{place}").bounding_box()
        assert edge
        assert target
        assert 0 <= edge["y"] < 20
        assert target["y"] >= edge["y"] + edge["height"]
    button.focus()
    tab.keyboard.press("Enter")
    assert listed.is_visible()
    tab.keyboard.press("Escape")
    assert not listed.is_visible()


def test_without_a_script_the_contents_open_too(chromium: Browser, address: str) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(address)
    page.click(".contents-button")
    assert page.locator("#contents-list a").first.is_visible()
    context.close()


ROOM = """each => {
  const line = document.createElement("span");
  line.style.cssText = "white-space: nowrap; position: absolute";
  line.textContent = each.textContent;
  each.append(line);
  const width = line.getBoundingClientRect().width / line.textContent.length;
  line.remove();
  return each.clientWidth / width;
}"""
"""How many characters of a paragraph's own words have room beside each other."""


def test_a_phones_lines_are_as_long_as_the_eye_wants(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(address)
    tab.evaluate("document.fonts.ready.then(() => 0)")
    room = [each.evaluate(ROOM) for each in tab.locator("p.unit, .units > li.unit").all()]
    # A number stands above its words, and not over a list's mark.
    left = "all => all.map(each => each.getBoundingClientRect().x)"
    numbers = tab.eval_on_selector_all(".unit > .number", left)
    assert numbers == tab.eval_on_selector_all(".unit", left)
    assert len(room) == 48
    assert min(room) >= 45


def test_at_a_folders_address_evidence_is_on_the_same_page(
    context: BrowserContext, site: Path
) -> None:
    page = context.new_page()
    served(page, site)
    page.route(
        f"{HOST}/{STATEMENT}", lambda route: route.fulfill(path=site / STATEMENT / "index.html")
    )
    page.goto(f"{HOST}/{STATEMENT}")
    page.evaluate("window.isSame = true")
    page.click("#point-1 a.ref")
    page.wait_for_selector("mark:target")
    assert page.evaluate("window.isSame")


def test_on_paper_the_proposals_heads_are_on_each_sheet(
    site: Path, chromium: Browser, tmp_path: Path
) -> None:
    counts = []
    for scripts in (True, False):
        context = chromium.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto((site / STATEMENT / "index.html").as_uri())
        page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
        ran = subprocess.run(
            ["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
        )
        counts.append(ran.stdout.count("Ordlyd"))
        context.close()
    assert counts[0] == counts[1] > 1


def test_the_way_to_the_evidence_and_back_needs_no_script(silent: Page) -> None:
    assert silent.locator(".way-back:visible").count() == 0
    silent.click("#point-1 a.ref")
    way = silent.locator("#p0-4 .way-back:visible a[href='#point-1']")
    assert way.inner_text().startswith("Reell makt, styring og driftsansvar")
    assert silent.locator(".way-back:visible").count() == silent.locator("#p0-4 .way-back").count()
    way.click()
    assert silent.url.endswith("#point-1")
    assert silent.locator(".way-back:visible").count() == 0


def test_every_point_and_proposal_has_a_way_back(page: Page) -> None:
    ways = set(page.eval_on_selector_all(".way-back a", "all => all.map(each => each.hash)"))
    resting = page.eval_on_selector_all(
        "[id^=point-], tr[data-strength]", "all => all.map(each => '#' + each.id)"
    )
    assert ways == set(resting)


def test_all_pieces_of_a_passage_are_marked(tmp_path: Path, store: Path, chromium: Browser) -> None:
    head = """\
summary:
  - about: en
    point: Det første.
    quote: Dette er *svaret* på det ene, og
  - about: en
    point: Det andre.
    quote: svaret på det ene, og det er
"""
    head = head.replace("*", "")
    body = (
        "\n## Svar {#en}\n\nDette er *svaret* på det ene, og det er langt.\n"
        "\n## Svar {#to}\n\nNei.\n"
    )
    build_quietly(project(write(tmp_path, statement(body, head)), store=store), with_pdf=False)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    url = (tmp_path / "build/sak/eksempel/index.html").as_uri()
    page.goto(url)
    usual = page.locator("mark").first.evaluate(BACKGROUND)
    for name, words in (
        ("q1", "Dette er svaret på det ene, og"),
        ("q2", "svaret på det ene, og det er"),
    ):
        page.goto(f"{url}#{name}")
        lit = [
            mark.inner_text()
            for mark in page.locator("mark").all()
            if mark.evaluate(BACKGROUND) != usual
        ]
        assert "".join("".join(lit).split()) == "".join(words.split())
    context.close()


# Elsewhere than in a file.


def test_a_reference_is_copied_on_plain_http(context: BrowserContext, site: Path) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    served(page, site)
    page.goto(f"{HOST}/{STATEMENT}index.html")
    assert page.evaluate("navigator.clipboard === undefined")
    page.click("#p5-2 > a.number")
    page.wait_for_selector("#p5-2 > .number.done")
    assert pasted(page).split("\n") == [
        "Alna bydelsutvalg, 24/7516 - 3, punkt 5.2",
        f"{HOST}/{STATEMENT}index.html#p5-2",
    ]
    assert said == []


def test_the_reference_of_a_draft_says_so(tmp_path: Path, store: Path, tab: Page) -> None:
    files = statement("\n## Svar {#en}\n\nJa.\n\n## Svar {#to}\n\nNei.\n", "lang: en\n")
    files["sak/eksempel.md"] = files["sak/eksempel.md"].replace("adopted", "draft")
    build_quietly(project(write(tmp_path, files), store=store), with_pdf=False)
    tab.goto((tmp_path / "build/sak/eksempel/index.html").as_uri())
    assert tab.get_attribute("[data-reference]", "data-reference") == (
        "Eksempel bydelsutvalg, Eksempel på uttalelse (draft), paragraph {number}"
    )


def test_the_page_stays_where_it_is_when_the_font_comes_late(
    context: BrowserContext, site: Path
) -> None:
    page = context.new_page()
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver(list => {
          for (const each of list.getEntries()) window.shift += each.value;
        }).observe({type: "layout-shift", buffered: true});"""
    )
    served(page, site, slow_fonts=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{HOST}/{STATEMENT}index.html")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    assert has_own_font(page)
    assert page.evaluate("window.shift") < 0.01


# Without scripts, and on paper.


def test_all_is_there_without_scripts(silent: Page, page: Page) -> None:
    rows = "tr[data-strength]"
    assert silent.locator(f"{rows}:visible").count() == page.locator(rows).count() == 47
    assert silent.locator(".unit:visible").count() == page.locator(".unit").count()
    assert silent.locator("button:visible, select:visible").count() == 0
    assert page.locator("button:visible").count() > 0


def test_on_paper_there_are_numbers_and_no_navigation(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".contents", ".breadcrumbs", ".standing a", ".fold > summary", ".theme-switch"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    assert page.locator("a.number:visible").count() == page.locator(".unit").count()
    assert page.locator(".proposals:visible, .facts:visible").count() == 2
    ink = page.locator(".unit").first.evaluate("each => getComputedStyle(each).color")
    assert ink == "rgb(0, 0, 0)"


@pytest.mark.parametrize(("lang", "word"), [("nn", "UTKAST"), ("en", "DRAFT")])
def test_each_sheet_of_a_printed_draft_says_so(
    tmp_path: Path, store: Path, tab: Page, lang: str, word: str
) -> None:
    long = "\n\nDette er et eksempel på et avsnitt i et utkast." * 90
    files = statement(f"\n## Svar {{#en}}{long}\n\n## Svar {{#to}}\n\nNei.\n", f"lang: {lang}\n")
    files["sak/vedtatt.md"] = files["sak/eksempel.md"]
    files["sak/eksempel.md"] = files["sak/eksempel.md"].replace("adopted", "draft")
    build_quietly(project(write(tmp_path, files), store=store), with_pdf=False)
    for name, is_marked in (("eksempel", True), ("vedtatt", False)):
        tab.goto((tmp_path / f"build/sak/{name}/index.html").as_uri())
        tab.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
        ran = subprocess.run(
            ["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
        )
        sheets = ran.stdout.split("\f")[:-1]
        assert len(sheets) > 2
        assert [word in sheet.split("\n") for sheet in sheets] == [is_marked] * len(sheets)


def test_a_printed_question_marks_the_sheets_of_drafts_alone(
    consultations: dict[int, Path], tab: Page, tmp_path: Path
) -> None:
    tab.goto((consultations[15] / "sak/sporsmal/q-2/index.html").as_uri())
    tab.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    ran = subprocess.run(
        ["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    )
    marked: dict[str, bool] = {}
    for sheet in ran.stdout.split("\f")[:-1]:
        lines = sheet.split("\n")
        # The mark at a draft's own name stands beside other words; the sheet's stands alone.
        marked |= {name: "UTKAST" in lines for name in NAMES if name in lines}
    assert marked == {name: is_draft(number) for number, name in enumerate(NAMES, 1)}
