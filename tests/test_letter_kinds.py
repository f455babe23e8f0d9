"""Letters as the programs of offices write them: the right words under the right questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from letter_kinds import BARNEVERN, CASE, HELSE, KINDS, SKOLE
from sites import INDEX, build_quietly, project, write

from innspill.diagnostics import Severity
from innspill.importing.blocks import words_in
from innspill.importing.command import FileImported, ImportRequest, import_files
from innspill.importing.consultation import consultation_from
from innspill.read.schema import StatementFront
from innspill.read.source import Source, parse_source
from innspill.text import Element, Node, Text


def imported(folder: Path, name: str, to: str = "svar", *, accepts: bool = False) -> FileImported:
    """What becomes of a letter in a project of its own."""
    kind = KINDS[name]
    write(folder, {"index.md": INDEX, "sak/index.md": CASE})
    file = folder / f"brev.{kind.ending}"
    file.write_bytes(kind.make())
    asked = ImportRequest((file,), f"sak/{to}", accepts_changes=accepts)
    (made,) = import_files(project(folder), asked)
    return made


def answers(source: Source) -> dict[str, str]:
    """The words under each heading of an answer, as far as the next heading of its level."""
    made: dict[str, list[str]] = {}
    now, level = "", "h7"
    for block in source.body.blocks:
        if asked := block.get("answers"):
            now, level = asked, block.tag
            made[now] = []
        elif block.tag[0] == "h" and block.tag <= level:
            now = ""
        elif now:
            made[now] += words_in("".join(texts(block)))
    return {name: " ".join(words) for name, words in made.items()}


def texts(node: Node) -> Iterator[str]:
    match node:
        case Text():
            yield node.value
        case Element() if node.tag != "sup":
            yield "" if node.tag in {"em", "strong", "a", "code", "span"} else " "
            for child in node.children:
                yield from texts(child)
            yield "" if node.tag in {"em", "strong", "a", "code", "span"} else " "


def facts(front: object) -> dict[str, str]:
    assert isinstance(front, StatementFront)
    told = {
        key: str(value)
        for key in ("title", "committee", "adopted", "dated", "our_reference", "your_reference",
                    "case_officer", "recipient")
        if (value := getattr(front, key))
    }  # fmt: skip
    if vote := front.vote:
        votes = (("result", vote.result), ("for", vote.votes_for), ("against", vote.against))
        told |= {f"vote.{key}": str(value) for key, value in votes if value is not None}
    return told


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, FileImported]]:
    """A project with all of them, and what became of each; doubts are accepted where there are."""
    folder = tmp_path_factory.mktemp("together")
    found = {
        name: imported(folder, name, name, accepts=bool(kind.doubts))
        for name, kind in KINDS.items()
    }
    return folder, found


@pytest.mark.parametrize("name", KINDS)
def test_the_right_words_stand_under_the_right_questions(
    name: str, together: tuple[Path, dict[str, FileImported]]
) -> None:
    kind, (folder, found) = KINDS[name], together
    assert found[name].refusal == (), "\n".join(map(str, found[name].report))
    path = f"sak/{name}.md"
    data = (folder / "content" / path).read_bytes()
    source = parse_source(path, path, data, StatementFront)
    assert answers(source) == {key: " ".join(words_in(text)) for key, text in kind.answers.items()}
    told = facts(source.front)
    assert told == kind.facts


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.doubts])
def test_a_letter_with_doubts_is_not_written(name: str, tmp_path: Path) -> None:
    made = imported(tmp_path, name)
    assert made.refusal
    assert KINDS[name].doubts in "\n".join(map(str, made.report))


def test_the_dots_that_a_browser_draws_are_signs_of_items(tmp_path: Path) -> None:
    imported(tmp_path, "browser")
    text = (tmp_path / "content/sak/svar.md").read_text("utf-8")
    assert "\n- barnehager, som" in text
    assert "\n- leksehjelp\n\n  - etter skoletid\n" in text


def test_what_a_mail_answers_is_quoted_where_it_asks_nothing(tmp_path: Path) -> None:
    imported(tmp_path, "close-mail")
    text = (tmp_path / "content/sak/svar.md").read_text("utf-8")
    assert "\n> Frist er 5. mars.\n\nDen har vi holdt.\n" in text


def test_the_committees_name_above_the_title_is_its_letterhead(tmp_path: Path) -> None:
    made = imported(tmp_path, "pages")
    text = (tmp_path / "content/sak/svar.md").read_text("utf-8")
    assert "Eksempel eldreråd" not in text.partition("\n---\n")[2]
    told = "  paragraph 1 of the letter: the letterhead: “Eksempel eldreråd”"
    assert told in [str(each) for each in made.report]


def test_they_all_stand_on_one_site(together: tuple[Path, dict[str, FileImported]]) -> None:
    folder, found = together
    assert all(made.written for made in found.values())
    checked = build_quietly(project(folder), with_pdf=False).checked
    assert [each for each in checked.diagnostics if each.severity is Severity.ERROR] == []
    for name in KINDS:
        assert (folder / "build/sak" / name / "index.html").is_file()


@pytest.mark.parametrize("numbers", [("I.", "II.", "III."), ("a)", "b)", "c)"), ("A.", "B.", "C.")])
def test_questions_behind_other_signs_make_a_consultation(
    numbers: tuple[str, ...], tmp_path: Path
) -> None:
    asked = (SKOLE, BARNEVERN, HELSE)
    text = "\n\n".join(f"{sign} {each}" for sign, each in zip(numbers, asked, strict=True))
    letter = tmp_path / "brev.txt"
    letter.write_text(f"Dato: 05.01.2026\n\nEksempel på høring\n\n{text}\n", "utf-8")
    assert consultation_from(tmp_path, "sak", letter, None).refusal is None
    made = (tmp_path / "content/sak/index.md").read_text("utf-8")
    assert [f"text: {each}\n" in made for each in asked] == [True, True, True]
