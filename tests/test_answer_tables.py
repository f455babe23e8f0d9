"""A table of questions and answers: what stands below it answers none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from letter_kinds import BARNEVERN, CASE, HELSE, SKOLE
from sites import INDEX, faults, project, write
from ugly_letters import p, table, word

from innspill.importing.command import ImportRequest, import_files

ANSWERS = table(("Spørsmål", "Svar"), (f"1. {SKOLE}", "Alt."), (f"2. {BARNEVERN}", "Nei."))
ANSWERED = "## Svar {#skole}\n\nAlt.\n\n## Svar {#barnevern}\n\nNei.\n"
ADDED = "what stands below a table answers no question, so a heading was put above it: «Til slutt»"


def imported(folder: Path, below: str) -> tuple[str, str]:
    """The text from the first answer on, and the report."""
    write(folder, {"index.md": INDEX, "sak/index.md": CASE})
    file = folder / "brev.docx"
    title = p("Eksempel på svar fra Store bydelsutvalg", "Tittel")
    file.write_bytes(word(f"{title}{p('Vedtatt 27.01.2026.')}{ANSWERS}{below}"))
    (made,) = import_files(project(folder), ImportRequest((file,), "sak/svar"))
    assert made.written, made.report
    assert not [each for each in faults(folder, {}) if each.severity.name == "ERROR"]
    text = (folder / "content/sak/svar.md").read_text("utf-8")
    assert "\noriginal: svar-original.docx\n" in text
    return text.partition("Vedtatt 27.01.2026.\n\n")[2], "\n".join(map(str, made.report))


@pytest.mark.parametrize(
    ("below", "text"),
    [
        (p("Saken bør følges.") + p("Det haster."), "Saken bør følges.\n\nDet haster.\n"),
        (p("Merknad fra Rødt: Nei."), '::: mindretall {by="Rødt"}\n\nNei.\n\n:::\n'),
        (table(("Bygg", "2"), ("Elever", "90")), "| Bygg | 2 |\n|---|---|\n| Elever | 90 |\n"),
        (p("Til slutt ber vi om svar."), "Til slutt ber vi om svar.\n"),
    ],
)
def test_text_below_has_a_heading_of_our_own_and_is_told(
    below: str, text: str, tmp_path: Path
) -> None:
    body, report = imported(tmp_path, below)
    assert body == f"{ANSWERED}\n## Til slutt\n\n{text}"
    assert ADDED in report


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        (p("Øvrige merknader", "Overskrift1"), "Øvrige merknader"),
        (p("Fra eldrerådet", "Overskrift2"), "Fra eldrerådet"),
        (p("Fra eldrerådet", bold=True), "Fra eldrerådet"),
    ],
)
def test_a_heading_below_ends_the_answers(heading: str, text: str, tmp_path: Path) -> None:
    body, report = imported(tmp_path, heading + p("Rådet er enig."))
    assert body == f"{ANSWERED}\n## {text}\n\nRådet er enig.\n"
    assert ADDED not in report


@pytest.mark.parametrize(
    ("below", "text"),
    [
        (p("Med vennlig hilsen") + p("Store bydelsutvalg"), ""),
        (p(f"3. {HELSE}") + p("Flere leger."), "\n## Svar {#helse}\n\nFlere leger.\n"),
        ("", ""),
    ],
)
def test_a_closing_or_a_question_needs_no_heading(below: str, text: str, tmp_path: Path) -> None:
    body, report = imported(tmp_path, below)
    assert body == ANSWERED + text
    assert ADDED not in report


def test_the_words_below_a_heading_of_our_own_are_held_to_the_letter(tmp_path: Path) -> None:
    imported(tmp_path, p("Saken bør følges."))
    path = tmp_path / "content/sak/svar.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Saken bør", "Saken kan"), "utf-8")
    assert "original" in {each.code for each in faults(tmp_path, {})}
