"""The page and the PDF of a redline: the real letter's, and one with every kind of change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checkers import nu, settled, wrong_in_any_look
from drafts import every_change, letter_repository
from playwright.sync_api import Page
from sites import build_quietly, check_quietly, files_of, project
from tagtree import Read, read_tags
from verapdf import Verdict, judge

from innspill.limits import USUAL
from innspill.redlines import redlines
from innspill.render.make_print import make_print
from innspill.render.print_html import print_resources
from innspill.render.redline_markdown import as_markdown
from innspill.render.redline_words import Wording
from innspill.store import Store

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


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory, store: Path) -> dict[str, Path]:
    """The PDFs of both, in English: the letter's, and the one with every kind of change."""
    folder = tmp_path_factory.mktemp("printed")
    letter = letter_repository(folder / "a", "lang: en\n")
    every = every_change(folder / "b")
    made = {"letter": letter.root, "every": every.root}
    return {name: print_changes(root, folder / f"{name}.pdf", store) for name, root in made.items()}


def print_changes(root: Path, target: Path, store: Path) -> Path:
    """The PDF of a project's only redline."""
    checked, memos = check_quietly(project(root), strict=True), Store(store)
    files = files_of(checked, store)
    [changes] = [each for each in files.prints() if each.paths[0].endswith("/endringer.pdf")]
    resources = print_resources(files.site, files.templates, memos.remember)
    made = make_print(changes.load(), resources, memos, USUAL.layout)
    assert made.faults == ()
    target.write_bytes(made.outputs[0].data)
    return target


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


def test_the_letters_redline_as_a_page(
    tmp_path: Path, store: Path, pytestconfig: pytest.Config
) -> None:
    repo = letter_repository(tmp_path, "lang: en\n")
    checked = check_quietly(project(repo.root), with_pdf=False, strict=True)
    planned = {each.path: each for each in files_of(checked, store).pages()}
    page = planned["oppgavefordeling-2024/alna/endringer.html"].make().decode()
    main = re.search(r"<main.*</main>\n", page, re.DOTALL)
    assert main
    golden("letter.html", re.sub(r"\n{2,}", "\n", main[0]), pytestconfig)


def test_the_statement_leads_to_its_redline(letter: Path) -> None:
    statement = page_of(letter).with_name("index.html").read_text(encoding="utf-8")
    assert '<a href="endringer.html">' in statement


def test_the_pages_are_valid(letter: Path, every: Path) -> None:
    assert nu([page_of(letter), every]) == []


def test_axe_finds_nothing(every: Path, tab: Page) -> None:
    assert wrong_in_any_look(tab, every.as_uri()) == {}


def test_each_change_is_told_by_a_word_and_a_line(every: Path, tab: Page) -> None:
    tab.goto(every.as_uri())
    settled(tab)
    marks = tab.locator(".change ins, .change del").evaluate_all(
        """all => all.map(each =>
          [each.tagName, each.textContent, getComputedStyle(each).textDecorationLine])"""
    )
    assert len(marks) > 40
    for tag, text, drawn in marks:
        assert re.match(IN if tag == "INS" else OUT, text), text
        assert drawn == ("underline" if tag == "INS" else "line-through")


def test_the_keyboard_goes_from_change_to_change(letter: Path, tab: Page) -> None:
    tab.goto(page_of(letter).as_uri())
    settled(tab)
    first = tab.locator(".change-list a").first
    first.focus()
    tab.keyboard.press("Enter")
    seen = [focused(tab)]
    while tab.locator(f"#{seen[-1]} .next").count():
        for _ in range(9):
            tab.keyboard.press("Tab")
            if tab.evaluate("document.activeElement.className") == "next":
                break
        tab.keyboard.press("Enter")
        seen.append(focused(tab))
    assert seen == tab.locator(".change").evaluate_all("all => all.map(each => each.id)")
    assert len(seen) > 5


def focused(page: Page) -> str:
    """The id of the change that the reader has come to."""
    page.wait_for_timeout(50)
    return str(page.evaluate("document.activeElement.id"))


def test_the_letters_redline_as_a_tag_tree(
    printed: dict[str, Path], pytestconfig: pytest.Config
) -> None:
    golden("letter.tags", "\n".join(read_tags(printed["letter"]).lines()) + "\n", pytestconfig)


def test_the_pdfs_keep_to_both_standards(printed: dict[str, Path]) -> None:
    for verdict in judge(list(printed.values())).values():
        assert verdict == Verdict(("PDF/A-2A", "PDF/UA-1"), {})


def test_each_change_is_told_by_a_word_and_a_line_in_the_pdf(printed: dict[str, Path]) -> None:
    lines = {"Underline": IN, "LineThrough": OUT}
    marks = [
        (each.notes["TextDecorationType"], each.text)
        for each in read_tags(printed["every"]).all("Span")
        if "TextDecorationType" in each.notes
    ]
    legend = [text for _, text in marks if text.startswith("[")]
    assert len(legend) == 4
    told = [(line, text) for line, text in marks if text not in legend]
    assert len(told) > 40
    for line, text in told:
        assert re.match(lines[line], text), text
        assert text.endswith((" (slutt) ", "avsnitt ")), text


def test_items_and_tables_keep_their_tags_in_the_pdf(printed: dict[str, Path]) -> None:
    read = read_tags(printed["every"])
    labels = [label(item) for item in read.all("LI") if item.all("Span")]
    assert len(labels) > 3
    assert all(re.fullmatch(r"\d+\.\d+ ?", each) for each in labels)
    assert not re.search(r"[\[\]+−]", "".join(each.text for each in read.all("TH")))


def label(item: Read) -> str:
    return item.all("Lbl")[0].text


def test_the_statement_and_the_redline_list_the_pdf(letter: Path, store: Path) -> None:
    files = files_of(check_quietly(project(letter), strict=True), store)
    folder = "oppgavefordeling-2024/alna"
    for page in files.pages():
        if page.path in {f"{folder}/index.html", f"{folder}/endringer.html"}:
            assert '<a href="endringer.pdf">' in page.make().decode()
