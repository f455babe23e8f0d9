"""A statement that names its letter's file is held to it, word for word, in every later edit."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from letter import SEED
from letters import letter_file
from repositories import begun, git
from sites import CONTENT, EXAMPLE, ROOT, build_quietly, faults, innspill, project, statement, write
from ugly_letters import BEGIN, FIRST, REST, p, word

from innspill.blob import blob_of
from innspill.diagnostics import Diagnostic
from innspill.original import OriginalFile
from innspill.remembered import InProcess, Remembered
from innspill.runtime import Runtime

FRONT = "original: brev.txt\n"
LETTER = """\
Eksempel på uttalelse

1. Hva er det ene?

Dette er svaret på det ene, i alle bydeler.

Merknad fra Eksempel parti:

Vi mener noe annet.

2. Hva er det andre?

Det er to ting:

1. Den første.

2. Den andre.
"""
BODY = """
## Svar {#en}

Dette er svaret på *det ene*, i alle bydeler.

::: mindretall {by="Eksempel parti"}
Vi mener noe annet.
:::

## Svar {#to}

Det er to ting:

1. Den første.
2. Den andre.
"""
PAGE = "build/sak/eksempel/index.html"


def found(folder: Path, body: str, front: str = FRONT, letter: str = LETTER) -> list[Diagnostic]:
    files: dict[str, str | bytes] = {**statement(body, front), "sak/brev.txt": letter.encode()}
    rules = {"original", "not-compared", "attach-hidden", "no-attachment", "outside"}
    return [each for each in faults(folder, files) if each.code in rules]


def test_the_same_words_are_no_fault(tmp_path: Path) -> None:
    assert found(tmp_path, BODY) == []


@pytest.mark.parametrize(
    ("was", "now", "line", "said"),
    [
        ("i alle bydeler", "i noen bydeler", 10, "“ene, i noen bydeler."),
        ("i alle bydeler", "i alle byens bydeler", 10, "“i alle byens bydeler."),
        (" i alle", " alle", 10, "“det ene, alle bydeler."),
        ("Dette er svaret på *det ene*, i alle bydeler.\n", "", 11, "“Eksempel parti Vi"),
        ('by="Eksempel parti"', 'by="Et annet parti"', 12, "“Et annet parti"),
        ("annet.\n:::", "annet.\n:::\n\nNoe nytt.", 16, "“Noe nytt."),
        ("2. Den andre.", "2. Den andre.\n3. Den tredje.", 22, "“Den tredje.”, and there nothing"),
        ("2. Den andre.\n", "", 20, "here stands nothing more"),
        ("1. Den første.\n2. Den andre.", "2. Den første.\n3. Den andre.", 20, "“Den første."),
        ("## Svar {#to}", "## Svar, stort sett {#to}", 16, "“Svar, stort sett"),
    ],
)
def test_a_slip_in_a_later_edit_is_an_error(
    tmp_path: Path, was: str, now: str, line: int, said: str
) -> None:
    assert was in BODY
    (fault,) = found(tmp_path, BODY.replace(was, now))
    assert (fault.code, fault.at.line) == ("original", line)
    assert said in str(fault.message)


def test_what_is_left_out_is_a_whole_paragraph_and_listed(tmp_path: Path) -> None:
    letter = f"{LETTER}\nMed hilsen\n\nEksempel Eksempelsen\n"
    (fault,) = found(tmp_path / "a", BODY, letter=letter)
    assert "“Med hilsen” (line 19 of the letter)" in str(fault.message)
    front = f"{FRONT}left_out: [Med hilsen, Eksempel Eksempelsen]\n"
    assert found(tmp_path / "b", BODY, front, letter) == []
    torn = BODY.replace(", i alle bydeler.", "")
    (fault,) = found(tmp_path / "c", torn, f'{FRONT}left_out: ["i alle bydeler."]\n')
    assert fault.code == "original"


def test_a_running_head_is_remembered_and_not_guessed(tmp_path: Path) -> None:
    letter = letter_file(tmp_path, "pdf")
    innspill("import", letter.name, "--to", "sak-2024/alna", cwd=tmp_path)
    path = tmp_path / "content" / "sak-2024" / "alna.md"
    text = path.read_text("utf-8")
    head = "  - Side 1 av 7\n"
    assert head in text
    path.write_text(text.replace(head, "  - Side 2 av 9\n"), "utf-8")
    assert "[original]" not in innspill("check", cwd=tmp_path).stderr
    path.write_text(text.replace(head, ""), "utf-8")
    assert "and there “Side 1 av 7 Side 2" in innspill("check", cwd=tmp_path, code=1).stderr


def test_a_hidden_name_is_not_told_by_the_original(tmp_path: Path) -> None:
    letter = f"{LETTER}\nSaksbehandler: Eksempel Eksempelsen\n"
    front = (
        f'{FRONT}left_out: ["Saksbehandler: Eksempel Eksempelsen"]\n'
        "case_officer: Eksempel Eksempelsen\nhide_case_officer: {}\n"
    )
    assert found(tmp_path / "a", BODY, front.format("false"), letter) == []
    (fault,) = found(tmp_path / "b", BODY, front.format("true"), letter)
    assert fault.code == "attach-hidden"


def test_a_file_that_is_missing_or_unreadable_is_told(tmp_path: Path) -> None:
    (fault,) = found(tmp_path / "a", BODY, "original: bref.txt\n")
    assert fault.code == "no-attachment"
    (fault,) = found(tmp_path / "b", BODY, "original: ../../brev.txt\n")
    assert fault.code == "outside"
    (fault,) = found(tmp_path / "c", BODY, letter="\0")
    assert fault.code == "not-compared"


def test_page_and_data_say_so_and_the_file_lies_beside(tmp_path: Path) -> None:
    write(tmp_path, {**statement(BODY, FRONT), "sak/brev.txt": LETTER.encode()})
    assert build_quietly(project(tmp_path), with_pdf=False).published
    page = (tmp_path / PAGE).read_text("utf-8")
    assert '<a href="../brev.txt">brevet slik det ble sendt</a>' in page
    assert (tmp_path / "build/sak/brev.txt").read_text("utf-8") == LETTER
    data = json.loads((tmp_path / "build/sak/data.json").read_text("utf-8"))
    assert data["moetesak"][0]["kilde"]["ordrettEtter"] == "brev.txt"
    titles = [each["tittel"] for each in data["moetesak"][0]["dokumentbeskrivelse"]]
    assert "Brevet slik det ble sendt" in titles


def test_a_slip_stops_the_build(tmp_path: Path) -> None:
    body = BODY.replace("alle", "noen")
    write(tmp_path, {**statement(body, FRONT), "sak/brev.txt": LETTER.encode()})
    assert not build_quietly(project(tmp_path), with_pdf=False).published
    assert not (tmp_path / PAGE).exists()


def test_without_the_extra_nothing_is_compared_and_nothing_claimed(tmp_path: Path) -> None:
    lacking = tmp_path / "lacking"
    (lacking / "another-1.dist-info").mkdir(parents=True)
    lacks = "raise ModuleNotFoundError('lxml', name='lxml')\n"
    (lacking / "lxml.py").write_text(lacks, "utf-8")
    (tmp_path / "brev.docx").write_bytes(word(BEGIN + FIRST + p("Det er slik.") + REST))
    folder = write(tmp_path, {each: EXAMPLE[each] for each in ("index.md", "sak/index.md")})
    innspill("import", "brev.docx", "--to", "sak/eksempel", cwd=folder)
    page = folder / PAGE
    without = f"{lacking}:{ROOT / 'scripts'}"
    said = innspill("build", "--no-pdf", cwd=folder, PYTHONPATH=without).stderr
    assert "warning[not-compared]: the text was not compared with its original: for reading" in said
    assert "word-for-word" not in page.read_text("utf-8")
    assert "ordrettEtter" not in (folder / "build/sak/data.json").read_text("utf-8")
    assert "not-compared" not in innspill("build", "--no-pdf", cwd=folder).stderr
    assert "word-for-word" in page.read_text("utf-8")


def test_a_letter_is_read_once(tmp_path: Path) -> None:
    runtime = Runtime(Remembered("", InProcess()))
    given = OriginalFile(".txt", blob_of(LETTER.encode()))
    text = runtime.original(given)

    def never() -> list[bytes]:
        pytest.fail("it was read again")

    again = replace(given, blob=replace(given.blob, pieces=never))
    assert runtime.original(again) == text
    assert text.passages[2].words[:2] == ("Dette", "er")


def test_the_seed_letter_and_the_statement_by_hand(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    case = tmp_path / "content" / "oppgavefordeling-2024"
    shutil.copy(SEED, case / "brev.txt")
    path = case / "alna.md"
    text = path.read_text("utf-8")
    front = (
        "original: brev.txt\nleft_out:\n"
        '  - "Deres ref.: 23/5459-1"\n  - "Vår ref. (saksnr.): 24/7516 - 3"\n'
        '  - "Saksbehandler: Bjørn Gaarder Johansen"\n  - "Dato: 30.03.2024"\n'
    )
    path.write_text(text.replace("lang: nb\n", f"lang: nb\n{front}", 1), "utf-8")
    assert "[original]" not in innspill("check", cwd=tmp_path).stderr
    slip = path.read_text("utf-8").replace("at det i prosessen er", "at det i saken er")
    path.write_text(slip, "utf-8")
    said = innspill("check", cwd=tmp_path, code=1).stderr
    line = slip[: slip.rindex("at det i saken")].count("\n") + 1
    assert f"content/oppgavefordeling-2024/alna.md:{line}:1: error[original]" in said
    assert "of the letter)" in said


@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
def test_an_import_binds_and_copies(tmp_path: Path, form: str) -> None:
    letter = letter_file(tmp_path, form)
    innspill("import", letter.name, "--to", "sak-2024/alna", cwd=tmp_path)
    case = tmp_path / "content" / "sak-2024"
    assert (case / f"alna-original.{form}").read_bytes() == letter.read_bytes()
    text = (case / "alna.md").read_text("utf-8")
    assert f"\noriginal: alna-original.{form}\n" in text
    slip = text.replace("samarbeidspartner", "medspiller", 1)
    (case / "alna.md").write_text(slip, "utf-8")
    assert "error[original]" in innspill("check", cwd=tmp_path, code=1).stderr


def test_without_the_extra_a_published_claim_is_no_forgery(tmp_path: Path) -> None:
    """Of a page that says "word for word", a machine that can't compare says that it can't tell."""
    lacking = tmp_path / "lacking"
    (lacking / "another-1.dist-info").mkdir(parents=True)
    lacks = "raise ModuleNotFoundError('pypdfium2', name='pypdfium2')\n"
    (lacking / "pypdfium2.py").write_text(lacks, "utf-8")
    repo = begun(tmp_path / "repo")
    letter = letter_file(repo.root, "pdf")
    innspill("import", letter.name, "--to", "sak-2024/alna", cwd=repo.root)
    (repo.root / ".gitignore").write_text("build/\n.innspill/\n", "utf-8")
    git(repo.root, "add", "--all")
    git(repo.root, "commit", "--quiet", "--message", "Brevet")
    innspill("build", "--no-pdf", cwd=repo.root)
    assert "the same, byte for byte" in innspill("verify", "build", cwd=repo.root).stdout
    without = f"{lacking}:{ROOT / 'scripts'}"
    said = innspill("verify", "build", cwd=repo.root, code=3, PYTHONPATH=without).stdout
    assert "can't be told here" in said
    assert "the text was not compared with its original: for reading" in said
