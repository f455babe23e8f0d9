"""A consultation with one to fifteen committees: its tab, its matrix, its questions' pages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from committees import (
    NAMES,
    SILENT,
    TITLES,
    is_draft,
    is_joint,
    leaves_out,
    slug,
)
from paper import page_texts
from playwright.sync_api import Browser, Page
from sites import CASE, EXAMPLE, HEAD, build_quietly, codes, load, project, statement, tree, write

from innspill.compose.answers import place_of

COUNTS = (1, 2, 3, 15)


def opened(tab: Page, site: Path, path: str) -> Page:
    tab.goto((site / path).as_uri())
    return tab


def unfold(tab: Page) -> None:
    tab.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def texts(tab: Page, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in tab.locator(selector).all_text_contents()]


def question(number: int) -> str:
    return f"sak/sporsmal/q-{number}/index.html"


@pytest.mark.parametrize("count", COUNTS)
def test_ids_differ_and_every_link_leads_to_a_file_and_a_place(
    consultations: dict[int, Path], tab: Page, count: int
) -> None:
    site = consultations[count]
    files = tree(site)
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    for path in (path for path in files if path.endswith(".html")):
        opened(tab, site, path)
        found = tab.eval_on_selector_all("[id]", "all => all.map(each => each.id)")
        assert len(found) == len(set(found)), f"an id stands twice in {path}"
        assert not [each for each in found if not each or any(map(str.isspace, each))]
        ids[path] = set(found)
        named = "all => all.flatMap(each => each.getAttribute('aria-labelledby').split(' '))"
        assert set(tab.eval_on_selector_all("[aria-labelledby]", named)) <= ids[path]
        hrefs = tab.eval_on_selector_all("a[href]", "all => all.map(each => each.href)")
        links += [(path, href) for href in hrefs]
    assert {question(number + 1) for number in range(len(TITLES))} <= set(files)
    assert len(links) > 100 * count
    for path, href in links:
        parts = urlsplit(href)
        target = Path(unquote(parts.path)).relative_to(site).as_posix()
        assert target in files, f"{path} links to {target}"
        assert not parts.fragment or unquote(parts.fragment) in ids[target], f"{path}: {href}"


@pytest.mark.parametrize("count", COUNTS)
def test_nothing_pushes_a_page_sideways(
    consultations: dict[int, Path], tab: Page, count: int
) -> None:
    for path in ("index.html", "sak/index.html", question(1), question(5), question(6)):
        opened(tab, consultations[count], path)
        for width in (320, 768, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("count", COUNTS)
def test_headings_go_down_stepwise(consultations: dict[int, Path], tab: Page, count: int) -> None:
    for path in ("sak/index.html", question(1), question(4)):
        opened(tab, consultations[count], path)
        levels = tab.eval_on_selector_all(
            "h1, h2, h3, h4, h5, h6", "all => all.map(each => Number(each.tagName[1]))"
        )
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("count", [2, 3, 15])
def test_the_matrix_is_a_table_with_headers(
    consultations: dict[int, Path], tab: Page, count: int, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    opened(tab, consultations[count], "sak/index.html")
    heads = texts(tab, ".matrix thead th[scope=col]")
    assert heads[1:] == [f"{number} {title}" for number, title in enumerate(TITLES, 1)]
    rows = tab.locator(".matrix tbody tr")
    assert rows.count() == count
    for index in range(count):
        header = rows.nth(index).locator("th[scope=row]")
        assert header.count() == 1
        assert header.inner_text().startswith(NAMES[index])
        assert rows.nth(index).locator("td").count() == len(TITLES)
    # As a screen reader has it: a table, a cell's headers by its place, on a phone too.
    spoken = tab.locator(".overview").aria_snapshot()
    assert "- table" in spoken
    assert spoken.count("columnheader") == len(TITLES) + 1
    assert spoken.count("rowheader") == count
    assert spoken.count('cell "') == count * len(TITLES)


def test_the_matrix_says_what_is_answered_and_how_much(
    consultations: dict[int, Path], tab: Page
) -> None:
    opened(tab, consultations[15], "sak/index.html")
    for number in range(1, 16):
        cells = tab.locator(f".matrix tbody tr:nth-child({number}) td")
        shown = [cells.nth(n).locator(":not(.for-ears, .for-ears *)") for n in range(6)]
        links = [cells.nth(n).locator("a").count() for n in range(6)]
        assert links == [1, 1, 1, 0 if leaves_out(number) else 1, 1, 1]
        assert [each.last.inner_text()[0] for each in shown] == [
            *"✓✓✓",
            "–" if leaves_out(number) else "✓",
            *"1✓",
        ]
        told = [" ".join((cells.nth(n).text_content() or "").split()) for n in range(6)]
        assert told[3].endswith("Ikke besvart") == leaves_out(number)
        assert told[4] == "1 forslag"  # its row and its column say of whom, and of what
        assert ("Sammen med 2" in told[2]) == is_joint(number)
        draft = tab.locator(f".matrix tbody tr:nth-child({number}) th .draft")
        assert draft.all_inner_texts() == (["UTKAST"] if is_draft(number) else [])
    href = tab.locator(".matrix tbody tr:nth-child(4) td:nth-of-type(5) a").get_attribute("href")
    assert href == "sporsmal/q-5/index.html#answer-eksempel-d"


def test_the_mark_of_a_draft_stands_on_its_committees_line(
    consultations: dict[int, Path], tab: Page
) -> None:
    tab.set_viewport_size({"width": 1100, "height": 800})
    opened(tab, consultations[15], "sak/sporsmal/q-1/index.html")
    starts = tab.eval_on_selector_all(
        "nav.contents li:has(.draft)",
        """all => all.map(item => [...item.children].map(
          each => each.getClientRects()[0].bottom - item.getBoundingClientRect().top))""",
    )
    assert len(starts) == 5
    assert all(mark < 30 for _, mark in starts)


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280])
def test_all_of_the_matrix_is_in_sight_and_no_word_is_torn(
    consultations: dict[int, Path], tab: Page, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    opened(tab, consultations[15], "sak/index.html")
    boxes = tab.eval_on_selector_all(
        ".matrix tbody :is(th, td)",
        "all => all.map(e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right])",
    )
    assert len(boxes) == 15 * 7
    assert all(0 <= left < right <= width for left, right in boxes)
    scrolling = """all => all.filter(each =>
      each.checkVisibility() && each.scrollWidth > each.clientWidth + 1).length"""
    assert tab.eval_on_selector_all("main, .overview, .matrix, .matrix a", scrolling) == 0
    # The whole cell is a link, large enough for a finger.
    areas = tab.eval_on_selector_all(
        ".matrix td > a",
        """all => all.map(a => {
          const [cell, link] = [a.parentElement, a].map(each => each.getBoundingClientRect());
          return [cell.width - link.width, link.width, link.height];
        })""",
    )
    assert all(spare < 1 and wide >= 24 and high >= 24 for spare, wide, high in areas)
    assert tab.evaluate(TORN, ".matrix :is(.question-title, tbody th a)") == []


TORN = """selector => [...document.querySelectorAll(selector)].filter(each => {
  if (!each.checkVisibility()) return false;
  const node = each.firstElementChild?.firstChild ?? each.firstChild;
  return [...node.data.matchAll(/[^\\s-]+/g)].some(word => {
    const range = document.createRange();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    return range.getClientRects().length > 1;
  });
}).map(each => each.textContent)"""
"""The elements in which a line ends within a word."""


def test_on_a_phone_the_matrix_shows_one_committee_at_a_time(
    consultations: dict[int, Path], tab: Page
) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    opened(tab, consultations[15], "sak/index.html")
    name, *cells = tab.eval_on_selector_all(
        ".matrix tbody tr:nth-child(2) > *",
        "all => all.map(e => e.getBoundingClientRect().toJSON())",
    )
    assert name["width"] > 300
    assert all(each["top"] >= name["bottom"] - 1 for each in cells)
    label = "each => getComputedStyle(each, '::before').content"
    fifth = tab.locator(".matrix tbody tr:nth-child(2) td").nth(4)
    assert str(fifth.evaluate(label)).startswith("counter(question)")


def test_one_committee_needs_no_matrix(consultations: dict[int, Path], tab: Page) -> None:
    opened(tab, consultations[1], "sak/index.html")
    assert tab.locator(".matrix").count() == 0
    answered = tab.locator(".questions > li .answered")
    assert answered.count() == len(TITLES)
    assert "1 forslag" in answered.nth(4).inner_text()
    hrefs = tab.eval_on_selector_all(
        ".answered a", "all => all.map(each => each.getAttribute('href'))"
    )
    assert hrefs[0] == "sporsmal/q-1/index.html#answer-eksempel-a"
    assert tab.locator("nav.contents").count() == 0
    opened(tab, consultations[1], "sak/eksempel-a/index.html")
    assert tab.locator(".all-answers").count() == 0


def test_a_consultation_without_a_statement_lists_its_questions(
    tmp_path: Path, store: Path, tab: Page
) -> None:
    files = {name: text for name, text in EXAMPLE.items() if name != "sak/eksempel.md"}
    build_quietly(project(write(tmp_path, files), store=store), with_pdf=False)
    opened(tab, tmp_path / "build", "sak/index.html")
    assert tab.locator(".matrix").count() == 0
    assert texts(tab, ".questions h3") == ["1. Det ene", "2. Det andre"]
    opened(tab, tmp_path / "build", "sak/sporsmal/to/index.html")
    assert texts(tab, ".absent") == ["Ingen uttalelser ennå"]


def test_the_page_goes_in_the_order_of_use_and_lists_nothing_twice(
    consultations: dict[int, Path], tab: Page
) -> None:
    opened(tab, consultations[15], "sak/index.html")
    assert "1. mars 2026" in tab.inner_text(".facts")
    assert texts(tab, "main h2") == ["Spørsmålene", "Svarene", "Hvem har svart på hva", "Data"]
    assert texts(tab, ".answers-table thead th") == ["Utvalg", "Status", "Forslag"]
    rows = texts(tab, ".answers-table tbody tr")
    assert rows == [
        *(
            f"{name}{'Utkast' if is_draft(number) else 'Vedtatt 10. februar 2026'}1 forslag"
            for number, name in enumerate(NAMES, 1)
        ),
        f"{SILENT}har ikke sendt uttalelse",
    ]
    assert tab.locator("main").get_by_text(SILENT).count() == 1
    link = tab.locator(".to-proposals a")
    assert link.get_attribute("href") == "forslag/index.html"
    nynorsk = tab.locator("main a[hreflang]")
    assert nynorsk.count() == 2
    assert nynorsk.first.get_attribute("hreflang") == nynorsk.first.get_attribute("lang") == "nn"


def test_votes_stand_in_the_table(full_site: Path, tab: Page) -> None:
    opened(tab, full_site, "sak/index.html")
    assert texts(tab, ".answers-table thead th") == ["Utvalg", "Status", "Stemmer", "Forslag"]
    assert "9 mot 6" in texts(tab, ".answers-table tbody td")


def test_a_question_has_every_answer_one_after_the_other(
    consultations: dict[int, Path], tab: Page
) -> None:
    opened(tab, consultations[15], question(4))
    here = [number for number in range(1, 16) if not leaves_out(number)]
    assert tab.inner_text("h1") == TITLES[3]
    assert TITLES[3].lower() in tab.inner_text(".question-head .question-text")
    assert tab.locator(".question-head .guidance").count() == 1
    assert texts(tab, ".committee-answer > h2") == [NAMES[number - 1] for number in here]
    drafts = tab.locator(".committee-answer .draft").all_inner_texts()
    assert drafts == ["UTKAST"] * sum(map(is_draft, here))
    missing = texts(tab, ".missing li")
    out = [number for number in range(1, 16) if leaves_out(number)]
    drafting = [number for number in range(1, 16) if is_draft(number) and not leaves_out(number)]
    assert [NAMES[number - 1] for number in (*out, *drafting)] == [
        text.partition(":")[0].removesuffix(" Utkast") for text in missing[:-1]
    ]
    assert missing[-1].startswith(SILENT)
    before, _, after = (tab.locator(".turn a").nth(n).get_attribute("href") for n in range(3))
    assert (before, after) == ("../q-3/index.html", "../q-5/index.html")


def test_an_answer_has_points_then_proposals_then_its_own_words_folded(
    consultations: dict[int, Path], tab: Page
) -> None:
    opened(tab, consultations[3], question(5))
    answer = tab.locator(".committee-answer").nth(1)
    order = answer.evaluate("each => [...each.children].map(each => each.className)")
    assert order[-3:] == ["answer-points", "answer-proposals", "whole-answer"]
    inside = answer.locator("details").evaluate("each => [...each.children].map(e => e.className)")
    assert inside == ["", "text", "notes"]
    fold = answer.locator("summary")
    assert fold.text_content() == (f"Hele svaret i brevet, punkt 5.1–5.3 fra {NAMES[1]}")
    assert answer.locator(".text").is_hidden()
    fold.click()
    assert answer.locator(".text").is_visible()
    point = answer.locator(".answer-points li")
    assert point.count() == 1
    assert NAMES[1] in point.inner_text()
    href = point.locator("a.ref").get_attribute("href")
    assert href is not None
    assert href.startswith("../../eksempel-b/index.html#q")
    number = answer.locator(".text a.number").first
    assert number.get_attribute("href") == "../../eksempel-b/index.html#p5-1"
    assert number.inner_text() == "5.1"
    assert NAMES[1] in (number.get_attribute("aria-label") or "")
    assert answer.locator("mark").count() > 0
    assert answer.locator("mark[id], mark [id]").count() == 0
    proposal = answer.locator(".answer-proposals li")
    assert proposal.count() == 1
    assert "«bør»" in proposal.inner_text()
    assert proposal.locator("a.ref").inner_text() == "5.3"
    opened(tab, consultations[3], question(6))
    assert tab.locator(".answer-proposals").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_into_a_fold_opens_it(
    consultations: dict[int, Path], chromium: Browser, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto((consultations[3] / question(1)).as_uri() + "#answer-eksempel-b.fn1")
    assert page.locator("[id='answer-eksempel-b.fn1']").is_visible()
    assert page.locator(".whole-answer .text:visible").count() == 1
    context.close()


def test_all_folds_open_at_once_and_one_answer_is_never_folded(
    consultations: dict[int, Path], tab: Page
) -> None:
    opened(tab, consultations[3], question(1))
    button = tab.locator(".fold-all button")
    for told, shown in (("Åpne alle brevene", 3), ("Lukk alle brevene", 0)):
        assert button.inner_text() == told
        button.click()
        assert tab.locator(".whole-answer .text:visible").count() == shown
    opened(tab, consultations[1], question(1))
    assert tab.locator(".whole-answer .text").is_visible()
    assert button.count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_nothing_is_folded_and_the_first_sheet_is_used(
    consultations: dict[int, Path], chromium: Browser, tmp_path: Path, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto((consultations[3] / question(1)).as_uri())
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    sheets = page_texts(tmp_path / "page.pdf")
    assert "".join(sheets).count("Disse medlemmene") == 3
    assert f"{NAMES[0]} Vedtatt" in sheets[0]
    assert "Disse medlemmene" in sheets[0]
    context.close()


def test_each_answer_keeps_its_language(consultations: dict[int, Path], tab: Page) -> None:
    opened(tab, consultations[3], question(1))
    told = tab.eval_on_selector_all(
        ".committee-answer .text, .committee-answer .answer-points ul",
        "all => all.map(each => each.closest('[lang]').lang)",
    )
    assert told == ["nb", "nb", "nn", "nn", "nb", "nb"]
    own = tab.eval_on_selector_all(
        ".minority-by", "all => all.map(each => each.closest('[lang]').lang)"
    )
    assert own == ["nb"] * 3


def test_a_joint_answer_stands_on_each_of_its_questions_pages(
    consultations: dict[int, Path], tab: Page
) -> None:
    said = []
    for here, other in ((2, 3), (3, 2)):
        opened(tab, consultations[15], question(here))
        assert tab.locator(".joint").count() == 3
        unfold(tab)
        answer = tab.locator(".committee-answer").nth(4)
        link = answer.locator(".joint a")
        assert link.inner_text() == f"{other}. {TITLES[other - 1]}"
        assert link.get_attribute("href") == f"../q-{other}/index.html#answer-eksempel-e"
        said.append(answer.locator(".text").inner_text())
    assert said[0] == said[1]
    assert "Svaret på spørsmål 2" in said[0]


def test_a_minority_stands_apart(consultations: dict[int, Path], tab: Page) -> None:
    opened(tab, consultations[3], question(1))
    unfold(tab)
    assert tab.locator(".committee-answer .minority").count() == 3
    assert "Disse medlemmene" in tab.locator(".minority").nth(2).inner_text()


def test_footnotes_lead_there_and_back_within_their_answer(
    consultations: dict[int, Path], tab: Page
) -> None:
    opened(tab, consultations[3], question(1))
    unfold(tab)
    answer = tab.locator(".committee-answer").nth(2)
    marks = answer.locator(".text .note-mark a")
    assert marks.count() == 2
    for index in range(2):
        marks.nth(index).click()
        note = tab.locator(f'[id="{unquote(tab.evaluate("location.hash.slice(1)"))}"]')
        assert note.evaluate("each => each.closest('section').querySelector('h2').id") == (
            f"answer-{slug(3)}"
        )
        note.locator(".note-back").nth(index).click()
        back = unquote(tab.evaluate("location.hash.slice(1)"))
        assert back == marks.nth(index).get_attribute("id")
    # The note that only another note names is there too.
    assert answer.locator(".notes li").count() == 2
    # On another question's page the note has one mark in the text, and one way back.
    opened(tab, consultations[3], question(2))
    assert (
        tab.locator(".committee-answer")
        .nth(2)
        .locator(".notes li")
        .nth(0)
        .locator(".note-back")
        .count()
        == 1
    )


def test_the_statement_leads_to_all_answers(consultations: dict[int, Path], tab: Page) -> None:
    opened(tab, consultations[15], "sak/eksempel-e/index.html")
    hrefs: list[Any] = tab.eval_on_selector_all(
        ".all-answers a", "all => all.map(each => each.getAttribute('href'))"
    )
    assert hrefs == [f"../sporsmal/q-{n}/index.html#answer-eksempel-e" for n in range(1, 7)]


def test_odd_names_of_files_make_ids_that_differ(tmp_path: Path) -> None:
    files = {**EXAMPLE}
    names = ("a b", "a_b", "a-b", "a.b", "a_20_b", "a%b", "æ", "1")
    for name in names:
        files[f"sak/{name}.md"] = HEAD.replace("bydelsutvalg", name)
    _, site = load(write(tmp_path, files))
    places = [place_of(each) for each in site.statements]
    assert len(places) == len(names) + 1 == len(set(places))
    assert not [place for place in places if " " in place or "." in place]


def test_a_questions_page_has_its_address_to_itself(tmp_path: Path) -> None:
    page = "---\ntitle: Eksempelside\n---\n\nTekst.\n"
    found = codes(tmp_path, {**EXAMPLE, "sak/sporsmal/EN.md": page})
    assert found == ["same-url:2"]


def test_a_committee_that_was_not_asked_is_a_warning(tmp_path: Path) -> None:
    case = CASE.replace("questions:", "committees:\n  - Eksempel annet utvalg\nquestions:")
    assert codes(tmp_path, {**EXAMPLE, "sak/index.md": case}) == ["not-asked:3"]


def test_points_about_what_has_no_answer_of_its_own_are_not_lost(
    tmp_path: Path, store: Path, tab: Page
) -> None:
    summary = (
        "summary:\n  - about: to\n    point: Det andre er nevnt.\n"
        "    quote: Dette er svaret på det ene\n"
    )
    files = statement("\n## Svar {#en}\n\nDette er svaret på det ene.\n", summary)
    build_quietly(project(write(tmp_path, files), store=store), with_pdf=False)
    opened(tab, tmp_path / "build", "sak/sporsmal/to/index.html")
    assert tab.locator(".answer-points li").count() == 1
    assert texts(tab, ".committee-answer .absent") == ["Ikke besvart"]
    opened(tab, tmp_path / "build", "sak/index.html")
    assert texts(tab, ".answered")[1].startswith("Ikke besvart")
