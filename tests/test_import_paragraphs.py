"""What is one paragraph: lines of plain text, and a question with its answer behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from letter_kinds import CASE
from sites import INDEX, faults, project, write

from innspill.importing.answered import questions_in
from innspill.importing.blocks import Spot, TextBlock, TextRun, plain_block
from innspill.importing.command import ImportRequest, import_files
from innspill.importing.letter_facts import facts_in
from innspill.importing.lines import TextLine, blocks_of
from innspill.importing.plain import read_text
from innspill.read.schema import ConsultationFront, StatementFront
from innspill.read.source import parse_source
from innspill.text import Element, Text

BY_PARAGRAPH = """\
Eksempel på svar fra Søndre eldreråd
Vedtatt 3. mars 2026.
1. Hvilke oppgaver innen skole bør bydelene ha ansvar for?
Alle.
leksehjelp, og det som hører til
skolefritid
2. Bør barnevernet organiseres på tvers av bydelene?
Nei.
Det er sagt før.
"""
"""As word processors save plain text: each paragraph is a line, with no empty ones between."""
WRAPPED = """\
Se https://example.org/en/adresse/som/er/mye/lengre/enn/alle/linjene/i/brevet/ellers/er.html.

Rådet mener at skolene bør ligge hos bydelene,
og at kommunen bør eie byggene, slik det var før
bydelene ble til.
"""


def texts(letter: str) -> list[str]:
    return [block.text for block in read_text(letter.encode()).blocks if hasattr(block, "text")]


def test_lines_that_are_paragraphs_are_not_run_together() -> None:
    assert texts(BY_PARAGRAPH) == BY_PARAGRAPH.split("\n")[:-1]


def test_lines_that_break_off_for_want_of_room_are_run_together() -> None:
    assert texts(WRAPPED)[-1].startswith("Rådet mener")
    assert texts(WRAPPED)[-1].endswith("byggene, slik det var før bydelene ble til.")


def test_a_bold_line_below_a_sentence_begins_a_paragraph() -> None:
    def line(number: int, text: str, right: float, *, is_bold: bool) -> TextLine:
        spot, runs = Spot(1, number), (TextRun(text, is_bold),)
        return TextLine(runs, spot, 70.0, right, size=11.0, height=number / 10)

    lines = [
        line(1, "Utvalget mener at dette er et eksempel. Slik vil det være.", 518.0, is_bold=False),
        line(2, "2. Bør barnevernet organiseres på tvers av bydelene?", 400.0, is_bold=True),
        line(3, "Nei.", 90.0, is_bold=False),
    ]
    assert [block.text for block in blocks_of(lines)[0]] == [each.text for each in lines]


def test_labels_that_stand_above_all_their_values() -> None:
    lines = "Deres ref.:\nVår ref.:\nDato:\n26/101-2\n26/455\n12.02.2026\nNordre eldreråd svarer.\n"
    found = facts_in(read_text(lines.encode()).blocks)
    told = {fact.key: fact.value for fact in found.facts if fact.key != "committee"}
    assert told == {"your_reference": "26/101-2", "our_reference": "26/455", "dated": "2026-02-12"}
    assert found.consumed == set(range(6))
    torn = facts_in(read_text(lines.replace("12.02.2026", "i går").encode()).blocks)
    assert torn.torn


def test_labels_with_too_few_values_are_torn() -> None:
    lines = "Deres ref.:\nDato:\n12.02.2026\nNordre eldreråd mener at dette bare er et eksempel.\n"
    assert facts_in(read_text(lines.encode()).blocks).torn


def answered(folder: Path, paragraph: str) -> dict[str, str]:
    """The text below each answer's heading, of a letter with one paragraph that asks."""
    write(folder, {"index.md": INDEX, "sak/index.md": CASE})
    file = folder / "brev.txt"
    file.write_text(f"Eksempel på svar fra Søndre eldreråd\n\n{paragraph}\n", "utf-8")
    (made,) = import_files(project(folder), ImportRequest((file,), "sak/svar"))
    assert made.written, made.report
    path = folder / "content/sak/svar.md"
    told: dict[str, str] = {}
    now = ""
    for block in parse_source("svar.md", "svar.md", path.read_bytes(), StatementFront).body.blocks:
        now = block.get("answers") or now
        if block.tag == "p":
            told[now] = f"{told.get(now, '')} {words(block)}".strip()
    return told


def words(element: Element) -> str:
    inside = (each.value if isinstance(each, Text) else " " for each in element.children)
    return " ".join("".join(inside).split())


@pytest.mark.parametrize(
    "asked",
    [
        "2. Bør barnevernet organiseres på tvers av bydelene? ",
        "2. Bør barnevernet organiseres på tvers av bydelene?\n",
        "Svar på spørsmål 2: Bør barnevernet organiseres på tvers av bydelene? ",
        "II. BØR BARNEVERNET ORGANISERES PÅ TVERS AV BYDELENE? ",
        "Bør barnevernet bli organisert på tvers av bydelene? ",
        "> Bør barnevernet organiseres på tvers av bydelene? ",
    ],
)
def test_an_answer_behind_its_question_is_an_answer(asked: str, tmp_path: Path) -> None:
    assert answered(tmp_path, f"{asked}Nei, det bør det ikke.") == {
        "barnevern": "Nei, det bør det ikke."
    }
    errors = [each for each in faults(tmp_path, {}) if each.severity.name == "ERROR"]
    assert errors == []


def test_an_answer_behind_what_helps_to_answer(tmp_path: Path) -> None:
    told = answered(
        tmp_path,
        "1. Hvilke oppgaver innen skole bør bydelene ha ansvar for? Eksempler på tema som kan "
        "kommenteres er bygg, leksehjelp og skolehelsetjeneste. Alle.",
    )
    assert told == {"skole": "Alle."}


def test_an_answer_in_the_paragraph_of_what_helps_to_answer(tmp_path: Path) -> None:
    told = answered(
        tmp_path,
        "1. Hvilke oppgaver innen skole bør bydelene ha ansvar for?\n\nEksempler på tema som kan "
        "kommenteres er bygg, leksehjelp og skolehelsetjeneste. Alle.",
    )
    assert told == {"skole": "Alle."}
    assert "original: svar-original.txt" in (tmp_path / "content/sak/svar.md").read_text("utf-8")


@pytest.mark.parametrize("answer", ["Ja.", "Alle sammen."])
def test_a_short_answer_below_what_helps_to_answer_is_no_part_of_it(
    answer: str, tmp_path: Path
) -> None:
    told = answered(
        tmp_path,
        "1. Hvilke oppgaver innen skole bør bydelene ha ansvar for?\n\nEksempler på tema som kan "
        f"kommenteres er bygg, leksehjelp og skolehelsetjeneste.\n\n{answer}",
    )
    assert told == {"skole": answer}


def test_a_question_alone_is_not_parted(tmp_path: Path) -> None:
    told = answered(
        tmp_path,
        "4. Hvilke endringer bør gjøres i måten midlene fordeles på?\n\nHvorfor? Tja.",
    )
    assert told == {"midler": "Hvorfor? Tja."}


def test_an_answer_behind_its_question_is_held_to_the_letter(tmp_path: Path) -> None:
    answered(
        tmp_path, "2. Bør barnevernet organiseres på tvers av bydelene? Nei, det bør det ikke."
    )
    path = tmp_path / "content/sak/svar.md"
    text = path.read_text("utf-8")
    assert "original: svar-original.txt" in text
    path.write_text(text.replace("Nei, det bør", "Ja, det bør"), "utf-8")
    assert "original" in {each.code for each in faults(tmp_path, {})}


def test_without_a_consultation_a_numbered_line_that_asks_is_a_question(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": INDEX})
    file = tmp_path / "brev.txt"
    asked = "1. Hva bør bydelene gjøre? Hvorfor?\nAlt.\n\n2. Hva bør de ikke gjøre?\nIngenting.\n"
    file.write_text(f"Eksempel på svar fra Søndre eldreråd\n\n{asked}", "utf-8")
    (made,) = import_files(project(tmp_path), ImportRequest((file,), "ny/svar"))
    assert made.written, made.report
    index = (tmp_path / "content/ny/index.md").read_text("utf-8")
    assert "text: Hva bør bydelene gjøre? Hvorfor?\n" in index


def test_a_hyphen_between_figures_stays_though_they_stand_together_elsewhere() -> None:
    text = (
        "Utvalget viser til loven som gjelder fra 31. mars, § 3-\n"
        "1 om skolene, og det er en lang linje til i brevet.\n"
    )
    (block,) = read_text(text.encode()).blocks
    assert isinstance(block, TextBlock)
    assert "§ 3-1 om skolene" in block.text


def test_a_cell_beside_a_question_in_its_line_is_no_part_of_it() -> None:
    front = parse_source("i.md", "i.md", CASE.encode(), ConsultationFront).front
    assert isinstance(front, ConsultationFront)
    asked = front.questions
    torn = plain_block("Hvilke oppgaver innen skole bør bydelene ha ansvar Alle.", Spot(1, 1))
    assert questions_in([torn], asked) == ()
    alike = plain_block("Hvilke oppgåver innen skole bør bydelene ha ansvar for", Spot(1, 1))
    assert [each.question.id for each in questions_in([alike], asked)] == ["skole"]
