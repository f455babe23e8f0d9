"""The letter as it came, as Word and as PDF: each is imported as the statement by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from letter import pieces, spaceless
from letters import RUNNING, consultation, letter_file
from sites import CONTENT, build_quietly, innspill, project

from innspill.read.schema import StatementFront
from innspill.read.source import Source, parse_source, split, without_lines

CASE = "oppgavefordeling-2024"
BY_HAND = CONTENT / CASE / "alna.md"


def statement(path: Path) -> Source:
    return parse_source(path.name, path.name, path.read_bytes(), StatementFront)


def body(text: str) -> str:
    _, lines = split(text)
    assert lines is not None
    return without_lines(text, lines).strip()


@pytest.fixture(scope="module", params=["txt", "docx", "pdf"])
def imported_once(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """A project with the imported letter, and what was said of it."""
    folder = tmp_path_factory.mktemp("imported")
    consultation(folder)
    letter = letter_file(folder, request.param)
    ran = innspill("import", letter.name, "--to", f"{CASE}/alna", cwd=folder)
    return folder, ran.stdout


@pytest.fixture
def imported(imported_once: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """The same, in a copy of the test's own."""
    folder, said = imported_once
    return Path(shutil.copytree(folder, tmp_path / "project")), said


def test_the_text_is_the_one_written_by_hand(imported: tuple[Path, str]) -> None:
    path = imported[0] / "content" / CASE / "alna.md"
    assert body(path.read_text("utf-8")) == body(BY_HAND.read_text("utf-8"))


def test_all_facts_stand_in_front_matter(imported: tuple[Path, str]) -> None:
    made = statement(imported[0] / "content" / CASE / "alna.md").front
    by_hand = statement(BY_HAND).front
    for key in (
        *("title", "committee", "status", "adopted", "vote", "minutes"),
        *("dated", "our_reference", "your_reference", "case_officer"),
    ):
        assert getattr(made, key) == getattr(by_hand, key), key


def test_the_report_tells_of_questions_and_words(imported: tuple[Path, str]) -> None:
    said = imported[1]
    assert "Questions: 7 of 7" in said
    assert said.count("word for word") == 7
    assert "lost: 0 · added: 0" in said


def test_no_running_head_is_left(imported: tuple[Path, str]) -> None:
    text = body((imported[0] / "content" / CASE / "alna.md").read_text("utf-8"))
    assert f"\n{RUNNING}\n" not in text
    assert "Side 1 av" not in text


def test_it_is_in_its_settled_form_and_checked(imported: tuple[Path, str]) -> None:
    assert innspill("fmt", "--check", cwd=imported[0]).returncode == 0
    assert "error" not in innspill("check", cwd=imported[0]).stderr


def test_its_page_is_built(imported: tuple[Path, str]) -> None:
    build_quietly(project(imported[0]), with_pdf=False)
    page = (imported[0] / "build" / CASE / "alna" / "index.html").read_text("utf-8")
    assert all(f'id="p{number}-1"' in page for number in range(1, 8))


def test_a_second_import_writes_nothing(imported: tuple[Path, str]) -> None:
    folder = imported[0]
    path = folder / "content" / CASE / "alna.md"
    path.write_text("mine", "utf-8")
    letter = next(folder.glob("brev.*")).name
    ran = innspill("import", letter, "--to", f"{CASE}/alna", cwd=folder, code=1)
    assert ran.stderr == (
        f"content/{CASE}/alna.md is there already. To write over it, add --force. "
        "Nothing was written.\n"
    )
    assert path.read_text("utf-8") == "mine"
    innspill("import", letter, "--to", f"{CASE}/alna", "--force", cwd=folder)
    assert path.read_text("utf-8") != "mine"


def test_without_a_consultation_one_is_made_of_its_questions(tmp_path: Path) -> None:
    letter = letter_file(tmp_path, "txt")
    innspill("import", letter.name, "--to", "sak-2024/", cwd=tmp_path)
    assert (tmp_path / "content" / "sak-2024" / "alna.md").exists()
    index = (tmp_path / "content" / "sak-2024" / "index.md").read_text("utf-8")
    questions = [piece[3:] for piece in pieces() if piece[:2] in {f"{n}." for n in range(1, 8)}]
    assert len(questions) == 7
    assert all(spaceless(question) in spaceless(index) for question in questions)
    assert "asked_by: byråd for eldre Saliba Andreas Korkunc\n" in index
    assert "error" not in innspill("check", cwd=tmp_path).stderr
    assert innspill("fmt", "--check", cwd=tmp_path).returncode == 0


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    letter = letter_file(tmp_path, "txt")
    ran = innspill("import", letter.name, "--to", "sak-2024/alna", "--dry-run", cwd=tmp_path)
    assert "Questions: 7 of 7" in ran.stdout
    assert not (tmp_path / "content").exists()
