"""The foot of each sheet: whose letter it is, of which day, and the page; a draft says so."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf
import pytest
from paper import page_lines, page_texts
from repositories import begun
from sites import ANSWERS, HEAD, STATEMENT, build_quietly, project, statement, write
from verapdf import Verdict, judge

from innspill.project import BuildResult

ALL_FORMS = "prints: [large, booklet]\n"
NAMES = ("sammendrag", "uttalelse", "uttalelse-stor-skrift", "uttalelse-hefte")
ARMS = """\
<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" width="16mm" height="20mm"
 viewBox="0 0 16 20"><path d="M0 0h16v10q0 7-8 10q-8-3-8-10z" fill="#0b4d68"/></svg>
"""


def feet(pdf: Path) -> list[str]:
    """The last line of each page."""
    return [lines[-1] for lines in page_lines(pdf) if lines]


@pytest.mark.parametrize("name", ["sammendrag", "uttalelse", "uttalelse-stor-skrift"])
def test_each_sheet_of_the_letter_has_it_in_one_line(
    real: tuple[Path, BuildResult], name: str
) -> None:
    found = feet(real[0] / STATEMENT / f"{name}.pdf")
    assert found == [
        f"Alna bydelsutvalg · 30. mars 2024 · Side {number} av {len(found)}"
        for number in range(1, len(found) + 1)
    ]


def test_a_draft_and_what_is_not_committed_say_so(tmp_path: Path, store: Path) -> None:
    repo = begun(tmp_path / "repo")
    (repo.root / ".gitignore").write_text("build/\n.innspill/\n", encoding="utf-8")
    adopted = statement(ANSWERS, "adopted: 2024-03-05\n" + ALL_FORMS)
    draft = HEAD.replace("adopted", "draft").replace("Eksempel b", "Annet b") + ANSWERS
    repo.commit({**adopted, "sak/utkast.md": draft}, "Alt", "2024-03-07")
    built = project(repo.root, store=store)
    build_quietly(built)
    folder = built.output / "sak"
    for name in NAMES:
        for foot in feet(folder / f"eksempel/{name}.pdf"):
            assert foot.startswith("Eksempel bydelsutvalg · 5. mars 2024 · Side "), name
    for foot in feet(folder / "utkast/uttalelse.pdf"):
        assert foot.upper().startswith("ANNET BYDELSUTVALG · UTKAST 7. MARS 2024 · SIDE ")
    write(repo.root, {"sak/eksempel.md": adopted["sak/eksempel.md"] + "\nMer.\n"})
    build_quietly(built)
    for name in NAMES:
        for foot in feet(folder / f"eksempel/{name}.pdf"):
            assert foot.upper().startswith("EKSEMPEL BYDELSUTVALG · UTKAST · SIDE "), name
    assert "arbeidsutkast" in page_texts(folder / "eksempel/uttalelse.pdf")[-1]


def test_nothing_at_the_head_or_the_foot_is_cut(tmp_path: Path, store: Path) -> None:
    name = "Eksempel bydelsutvalg for Grünerløkka, Nedre Østensjø og alle de andre bydelene"
    title = "Eksempel på en sak med et langt navn om oppgavefordelingen mellom bydelene i byen"
    files = statement("\n## Svar {#en}\n" + "\nEt langt svar. " * 400 + ANSWERS[-60:], ALL_FORMS)
    files["sak/eksempel.md"] = files["sak/eksempel.md"].replace("Eksempel bydelsutvalg", name)
    files["sak/index.md"] = files["sak/index.md"].replace("Eksempelsak", title)
    build_quietly(project(write(tmp_path, files), store=store))
    for form in NAMES[1:]:
        texts = page_texts(tmp_path / f"build/sak/eksempel/{form}.pdf")
        assert len(texts) > 1
        for number, text in enumerate(texts, 1):
            assert text.endswith(f"{name} · Side {number} av {len(texts)}"), form
            assert number == 1 or text.startswith(title), form


def test_which_text_it_is_stands_once_on_the_last_page(real: tuple[Path, BuildResult]) -> None:
    for name in NAMES[:3]:
        texts = page_texts(real[0] / STATEMENT / f"{name}.pdf")
        where = [number for number, text in enumerate(texts, 1) if "SHA-256" in text]
        assert where == [len(texts)]
        assert texts[-1].count("Om dette dokumentet") == 1


def test_a_sites_own_arms_stand_at_the_head(tmp_path: Path, store: Path) -> None:
    templates = tmp_path / "templates"
    (templates / "print").mkdir(parents=True)
    (templates / "print/arms.html").write_text(ARMS, encoding="utf-8")
    place = project(write(tmp_path, statement(ANSWERS)), store=store, templates=templates)
    assert build_quietly(place).checked.diagnostics == ()
    pdf = tmp_path / "build/sak/eksempel/uttalelse.pdf"
    subprocess.run(["pdftoppm", "-r", "20", "-singlefile", pdf, tmp_path / "page"], check=True)
    assert b"\x0b\x4d\x68" in (tmp_path / "page.ppm").read_bytes()
    assert judge([pdf])[pdf.name] == Verdict(("PDF/A-2A", "PDF/UA-1"), {})
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) == 1
