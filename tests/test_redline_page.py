"""The page of a redline: the real letter's, and one with every kind of change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checkers import nu, settled, wrong
from drafts import every_change, letter_repository
from playwright.sync_api import Browser, Page
from sites import build_quietly, project
from test_accessibility import in_every_look

from innspill.build import check_content
from innspill.redlines import redlines
from innspill.render.pages import plan_pages
from innspill.render.redline_markdown import as_markdown
from innspill.render.redline_words import Wording
from innspill.render.templates import Templates

GOLDEN = Path(__file__).parent / "redlines"
IN = r" (put in:|moved here:|new paragraph|satt inn:|flyttet hit:|nytt avsnitt) "
OUT = r" (taken out:|moved away:|no new paragraph|tatt ut:|flyttet bort:|ikke lenger nytt avsnitt) "
COMMIT = re.compile(r"\b[0-9a-f]{9}\b")


@pytest.fixture(scope="session")
def letter(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """The project of the letter's example history, built."""
    repo = letter_repository(tmp_path_factory.mktemp("letter") / "repo")
    built = build_quietly(project(repo.root, store=store), with_pdf=False, strict=True)
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    return repo.root


@pytest.fixture(scope="session")
def every(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """The page with every kind of change."""
    repo = every_change(tmp_path_factory.mktemp("every") / "repo")
    built = build_quietly(project(repo.root, store=store), with_pdf=False)
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    return repo.root / "build" / "sak" / "eksempel" / "endringer.html"


def page_of(letter: Path) -> Path:
    return letter / "build" / "oppgavefordeling-2024" / "alna" / "endringer.html"


def golden(name: str, said: str, pytestconfig: pytest.Config) -> None:
    """Holds a text to its file, without what a commit is called, which all of `content/` gives."""
    path = GOLDEN / name
    bare = COMMIT.sub("abcdef123", said)
    if pytestconfig.getoption("--rewrite"):
        path.write_text(bare, encoding="utf-8")
    assert bare == path.read_text(encoding="utf-8")


def test_the_letters_redline_as_markdown(letter: Path, pytestconfig: pytest.Config) -> None:
    [found] = redlines(project(letter), "utkast", "vedtatt", ()).comparisons
    wording = Wording("en")
    said = as_markdown(found.redline, wording, wording.title(found.redline, found.old, found.new))
    golden("letter.md", said, pytestconfig)


def test_the_letters_redline_as_a_page(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    repo = letter_repository(tmp_path, "lang: en\n")
    site = check_content(project(repo.root), strict=True).site
    pages = plan_pages(site, Templates(None), with_pdf=False, sizes={})
    planned = {each.path: each for each in pages}
    page = planned["oppgavefordeling-2024/alna/endringer.html"].make().decode()
    main = re.search(r"<main.*</main>\n", page, re.DOTALL)
    assert main
    golden("letter.html", re.sub(r"\n{2,}", "\n", main[0]), pytestconfig)


def test_the_statement_leads_to_its_redline(letter: Path) -> None:
    statement = page_of(letter).with_name("index.html").read_text(encoding="utf-8")
    assert '<a href="endringer.html">' in statement


def test_the_pages_are_valid(letter: Path, every: Path) -> None:
    assert nu([page_of(letter), every]) == []


def test_axe_finds_nothing(every: Path, chromium: Browser) -> None:
    for where, page in in_every_look(chromium, every.as_uri()):
        assert wrong(page) == {}, where
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where


def test_each_change_is_told_by_a_word_and_a_line(every: Path, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(every.as_uri())
    settled(page)
    marks = page.locator(".change ins, .change del").all()
    assert len(marks) > 40
    for mark in marks:
        is_in = mark.evaluate("each => each.tagName") == "INS"
        text = mark.text_content() or ""
        assert re.match(IN if is_in else OUT, text), text
        drawn = mark.evaluate("each => getComputedStyle(each).textDecorationLine")
        assert drawn == ("underline" if is_in else "line-through")
    page.close()


def test_the_keyboard_goes_from_change_to_change(letter: Path, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(page_of(letter).as_uri())
    settled(page)
    first = page.locator(".change-list a").first
    first.focus()
    page.keyboard.press("Enter")
    seen = [focused(page)]
    while page.locator(f"#{seen[-1]} .next").count():
        for _ in range(9):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.className") == "next":
                break
        page.keyboard.press("Enter")
        seen.append(focused(page))
    assert seen == page.locator(".change").evaluate_all("all => all.map(each => each.id)")
    assert len(seen) > 5
    page.close()


def focused(page: Page) -> str:
    """The id of the change that the reader has come to."""
    page.wait_for_timeout(50)
    return str(page.evaluate("document.activeElement.id"))
