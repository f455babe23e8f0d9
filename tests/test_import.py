"""Importing: the words stay the same, whatever they are, and nothing is written by halves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from letters import as_word
from sites import CASE, EXAMPLE, INDEX, ROOT, codes, faults, innspill, write
from ugly_letters import BEGIN, FIRST, REST, item, p, table, text_boxes, word

from innspill.diagnostics import Severity
from innspill.importing.answered import without_number
from innspill.importing.blocks import Spot, TextBlock, TextRun, plain_block, words_in
from innspill.importing.escape import inline
from innspill.importing.letter_facts import FactsFound, day_in, facts_in
from innspill.importing.lines import TextLine, blocks_of
from innspill.importing.pdf_bullets import DrawnSign, with_signs
from innspill.importing.plain import read_text
from innspill.importing.statement import ImportedStatement, LetterSetting, imported, title_of
from innspill.importing.told import report_of
from innspill.read.body import parse_body
from innspill.read.schema import QuestionFront, StatementFront
from innspill.read.source import parse_source

QUESTIONS = (
    QuestionFront(id="en", title="Det ene", text="Hva er det ene?"),
    QuestionFront(id="to", title="Det andre", text="Hva er det andre?"),
)
HEAD = "Eksempel på tittel\n\nDette er fra Eksempel bydelsutvalg.\n\n"

TEXT = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60
)


def statement(text: str) -> ImportedStatement:
    setting = LetterSetting("brev.txt", "alna", QUESTIONS, has_consultation=True)
    return imported(read_text(text.encode()), setting)


SIGNS = st.text('-•*+1234.)a(bc: :;#_[]<>&{}|\\`~^!="A\n§o\u00ad\u00a0', min_size=1, max_size=30)


@settings(max_examples=250, deadline=None)
@example(["-A", "-A"])
@example(["•Ord", "•\tOrd"])
@example(["1.Ab", "2.Bc"])
@given(st.lists(TEXT | SIGNS, min_size=1, max_size=6))
def test_any_paragraphs_keep_their_words(paragraphs: list[str]) -> None:
    made = statement(HEAD + "\n\n".join(paragraphs) + "\n\nDette er slutten.\n")
    assert made.count.is_whole, made.count
    source = parse_source("a.md", "a.md", made.text.encode(), StatementFront)
    assert not [each for each in source.faults if each.severity is Severity.ERROR]


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_any_words_are_text_and_nothing_else(text: str) -> None:
    body, faults = parse_body(inline((TextRun(text),)), "", 1)
    found = [each.tag for each in body.blocks]
    assert found == (["p"] if text.split() else [])
    assert not [each for each in faults if each.severity is Severity.ERROR]


@pytest.mark.parametrize(
    "text",
    ["1. april", "# 5", "::: boks", "&copy;", "{#id}", "a_b_c", "> 5", "+ 3", "[x]: y", "***"],
)
def test_what_looks_like_markup_stays_text(text: str) -> None:
    body, faults = parse_body(inline((TextRun(text),)), "", 1)
    assert [each.children[0] for each in body.blocks] != []
    assert "".join(getattr(each, "value", "") for each in body.blocks[0].children) == text
    assert not [each for each in faults if each.severity is Severity.ERROR]


def test_a_paragraph_may_begin_with_colons(tmp_path: Path) -> None:
    page = "---\ntitle: Eksempel\n---\n\n{}::: tre kolon\n"
    assert codes(tmp_path / "a", {**EXAMPLE, "side.md": page.format("\\")}) == []
    assert codes(tmp_path / "b", {**EXAMPLE, "side.md": page.format("")}) == ["unknown-block:5"]


def lines(*texts: str) -> list[TextLine]:
    return [
        TextLine((TextRun(text),), Spot(1, number), 0, len(text))
        for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("Om bydelsinndelingen og bydels-", "inndelingen sier vi at det", "bydelsinndelingen sier"),
        ("Det gjelder NAV-", "kontorene i alle bydelene i", "NAV-kontorene i"),
        ("Det gjelder klare rolle-", "og ansvarsforhold mellom alle", "rolle- og ansvarsforhold"),
        ("Det gjelder by-området, og by-", "området her er stort og fint", "by-området her"),
        ("De som har svart, skriver i e-", "postene at det er for sent", "e-postene at"),
        ("Det gjelder bydels\u2010", "inndelingen og ikke noe annet", "bydelsinndelingen og"),
        ("Det gjelder planen for 2027–", "2032, som er på høring nå", "2027–2032, som"),
        ("Det gjelder to ting –", "skole og barnevern – og ikke mer", "ting – skole og"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(before: str, after: str, joined: str) -> None:
    (block,), _ = blocks_of(lines(before, after))
    assert joined in block.text


def test_where_parted_words_have_a_hyphen_of_their_own_the_others_keep_theirs() -> None:
    """Browsers part words with U+2010: a `-` at a line's end is then one of the word."""
    rows = (
        "Om bydels\u2010",
        "inndelingen og Oslo-",
        "regionen sier vi at det bør vedtas et chat-",
    )
    (block,), guesses = blocks_of(lines(*rows, "bot."))
    assert "bydelsinndelingen og Oslo-regionen sier" in block.text
    assert block.text.endswith("chat-bot.")
    assert [str(each.what) for each in guesses][1:] == [
        "a word parted at the end of a line was joined"
    ] * 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30.03.2024", "2024-03-30"),
        ("3. mars 2026", "2026-03-03"),
        ("2026-03-03", "2026-03-03"),
        ("31.02.2024", "None"),
        ("24/7516", "None"),
    ],
)
def test_days_as_norwegians_write_them(text: str, day: str) -> None:
    assert str(day_in(text)) == day


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Svar fra Eldrerådet i Eksempel kommune – sykehjem", "Eldrerådet i Eksempel kommune"),
        ("Eldrerådet i Bydel Eksempel\nHøringssvar", "Eldrerådet i Bydel Eksempel"),
        ("Svar frå Ungdomsrådet i Bydel Gamle Prøve.", "Ungdomsrådet i Bydel Gamle Prøve"),
        ("Høring: Eldrerådet i Søndre Prøve kommune svarer", "Eldrerådet i Søndre Prøve kommune"),
        ("Ungdomsrådet i Prøve fylke: Vårt svar", "Ungdomsrådet i Prøve fylke"),
        ("Byvernnemnda i Prøvehamn", "Byvernnemnda i Prøvehamn"),
        ("Byrådet i Oslo har sendt saken på høring", ""),
        ("Nordre eldreråd er enig med Eldrerådet i Prøve", "Nordre eldreråd"),
    ],
)
def test_a_committee_that_is_named_by_its_place(text: str, name: str) -> None:
    assert facts_in([plain_block(text, Spot(0, 1))]).get("committee") == name


def test_a_vote_without_its_day_is_no_fact() -> None:
    made = statement(f"{HEAD}Det ble vedtatt med 9 mot 6 stemmer.\n\n1. Hva er det ene?\n\nEn.\n")
    assert not any(each.key.startswith("vote") for each in made.facts.facts)
    assert "status: draft\n" in made.text
    assert report_of(made, "a.md", QUESTIONS)


@pytest.mark.parametrize(
    ("told", "vote"),
    [
        ("mot 3 stemmer (2 H og 1 FrP)", "-3 2 H og 1 FrP stemte mot"),
        ("mot én stemme", "-1 "),
        ("i sak 26 mot 3 stemmer", "-3 "),
        ("med stemmetall 12-3", "12-3 "),
        ("med 12 mot 3 stemmer", "12-3 "),
        ("med 12 (A og SV) mot 3 (H)", "12-3 A og SV stemte for, H stemte mot"),
    ],
)
def test_a_vote_is_read_where_it_is_certain(told: str, vote: str) -> None:
    text = f"Saken ble vedtatt i møte 26.02.2026 {told}."
    made = statement(f"{HEAD}{text}\n\n1. Hva er det ene?\n\nEn.\n")
    keys = ("for", "against", "parties")
    found = [made.facts.get(f"vote.{key}") for key in keys]
    assert f"{found[0]}-{found[1]} {found[2]}" == vote
    source = parse_source("a.md", "a.md", made.text.encode(), StatementFront)
    assert not [each for each in source.faults if each.severity is Severity.ERROR]


@pytest.mark.parametrize("told", ["etter votering", "mot mange stemmer", "der H stemte mot"])
def test_a_vote_that_is_not_read_is_told(told: str) -> None:
    text = f"Saken ble vedtatt i møte 26.02.2026 i sak 12-3 {told}."
    made = statement(f"{HEAD}{text}\n\n1. Hva er det ene?\n\nEn.\n")
    assert not made.facts.get("vote.result")
    report = [str(each) for each in report_of(made, "a.md", QUESTIONS)]
    assert any("a vote was seen, and not read" in each for each in report)
    keys = "vote, dated, our_reference, your_reference, case_officer, recipient"
    assert f"  not found in the letter: {keys}" in report


def test_a_fact_without_its_value_is_torn() -> None:
    blocks = [TextBlock((TextRun(text),)) for text in ("Dato:", "Dette er ingen dato.")]
    assert len(facts_in(blocks).torn) == 1


def test_a_question_that_stands_in_a_list_of_all_is_taken_where_text_follows() -> None:
    asked = "1. Hva er det ene?\n\n2. Hva er det andre?\n\n"
    made = statement(
        f"{HEAD}Spørsmålene er disse:\n\n{asked}Her er svarene.\n\n1. Hva er det ene?\n\nEn.\n\n"
        "2. Hva er det andre?\n\nTo.\n"
    )
    assert [each.question.id for each in made.questions] == ["en", "to"]
    assert "## Svar {#en}\n\nEn.\n\n## Svar {#to}\n\nTo.\n" in made.text
    assert made.count.is_whole


@pytest.mark.parametrize(
    "heading", ["Spørsmål 2 – Det andre", "Svar på spørsmål 2", "Spm. 2: Hva er det andre?"]
)
def test_a_question_is_known_by_its_number_and_title(heading: str) -> None:
    made = statement(f"{HEAD}1. Hva er det ene?\n\nEn.\n\n{heading}\n\nTo.\n")
    assert "## Svar {#to}\n\nTo.\n" in made.text


def test_a_heading_about_the_answers_is_no_question() -> None:
    made = statement(f"{HEAD}Svar på spørsmål\n\n1. Hva er det ene?\n\nEn.\n")
    assert "## Svar på spørsmål\n\n### Svar {#en}\n" in made.text


@pytest.mark.parametrize(
    ("line", "by"),
    [
        ("Merknad fra mindretallet", ""),
        ("Mindretallets merknad", ""),
        ("Mindretall", ""),
        ("Mindretallsmerknad", ""),
        ("Dissens:", ""),
        ("Særmerknad", ""),
        ("Merknad frå mindretalet", ""),
        ("Mindretalet sin merknad", ""),
        ("Mindretallets merknad (H og FrP)", "H og FrP"),
        ("Dissens fra Høyre:", "Høyre"),
    ],
)
def test_a_minority_is_never_the_committee(line: str, by: str) -> None:
    made = statement(f"{HEAD}1. Hva er det ene?\n\nEn.\n\n{line}\n\nNei.\n")
    assert f'En.\n\n::: mindretall {{by="{by or "mindretallet"}"}}\n\nNei.\n\n:::' in made.text
    told = any("remark that names nobody" in str(e) for e in report_of(made, "a", ()))
    assert told == (not by)
    assert made.is_whole


def test_a_text_about_a_minority_is_no_remark() -> None:
    for line in ("Mindretallet mener noe annet.", "Mindretall i Norge er et eksempel."):
        assert ":::" not in statement(f"{HEAD}1. Hva er det ene?\n\n{line}\n").text


def test_headings_below_a_remark_stay_in_it(tmp_path: Path) -> None:
    remark = p("Mindretallets merknad", "Overskrift1") + p("Penger", "Overskrift2") + p("Nei.")
    (tmp_path / "b.docx").write_bytes(word(BEGIN + FIRST + p("Ja.") + remark + REST))
    innspill("import", "b.docx", "--to", "sak/b", cwd=project(tmp_path))
    made = (tmp_path / "content/sak/b.md").read_text("utf-8")
    assert (
        made.index("::: mind") < made.index("Penger") < made.index("Nei.") < made.index("\n:::\n")
    )


def project(folder: Path) -> Path:
    write(folder, {"index.md": INDEX, "sak/index.md": CASE})
    return folder


def test_a_folder_of_answers_is_named_by_their_committees(tmp_path: Path) -> None:
    for name in ("Søndre", "Østre"):
        title = p(f"Innspill fra {name} bydelsutvalg", "Tittel")
        (tmp_path / f"{name}.docx").write_bytes(word(title + FIRST + p("Det er slik.") + REST))
    innspill("import", "Søndre.docx", "Østre.docx", "--to", "sak/", cwd=project(tmp_path))
    made = {path.name for path in (tmp_path / "content" / "sak").iterdir()}
    letters = {"sondre-original.docx", "ostre-original.docx"}
    assert made == {"index.md", "sondre.md", "ostre.md"} | letters
    assert "committee: Østre bydelsutvalg" in (tmp_path / "content/sak/ostre.md").read_text("utf-8")


def test_a_letterhead_in_a_table_is_read_as_facts(tmp_path: Path) -> None:
    lines = ("Deres ref.: 26/1", "Vår ref.: 26/22-3", "Saksbeh.: Kari Eksempel", "Dato: 3.3.2026")
    right = f"<w:tc>{''.join(map(p, lines))}</w:tc>"
    head = table(("Eksempelgata 1", right))
    (tmp_path / "b.docx").write_bytes(word(head + BEGIN + FIRST + p("Ja.") + REST))
    innspill("import", "b.docx", "--to", "sak/b", cwd=project(tmp_path))
    made = (tmp_path / "content/sak/b.md").read_text("utf-8")
    for row in (
        "your_reference: 26/1",
        "our_reference: 26/22-3",
        "case_officer: Kari Eksempel",
        "dated: 2026-03-03",
    ):
        assert f"\n{row}\n" in made
    body = made.split("\n---\n", 1)[1]
    assert "Eksempelgata 1" in body
    assert "ref" not in body
    assert "|" not in body


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("b.docx", b"", "it is empty"),
        ("~$b.docx", b"\x05Eksempel", "what Word leaves beside one that is open"),
        ("c.docx", word(""), "there is no text in it"),
    ],
)
def test_what_holds_no_letter_is_said(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(data)
    ran = innspill("import", name, "--to", "sak/b", cwd=project(tmp_path), code=1)
    assert ran.stderr.startswith(f"{name}: ")
    assert why in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_one_that_fails_does_not_hold_up_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.docx").write_bytes(word(BEGIN + FIRST + p("Det er slik.") + REST))
    ran = innspill("import", "a.docx", "b.docx", "--to", "sak", cwd=project(tmp_path), code=1)
    assert "a.docx: it is damaged" in ran.stderr
    assert (tmp_path / "content" / "sak" / "eksempel.md").exists()


@pytest.mark.parametrize("to", ["", "/", "a/b/c", "../ut", "sak/../../ut", "om/side", "Sak/alna"])
def test_a_place_that_is_none(tmp_path: Path, to: str) -> None:
    (tmp_path / "b.docx").write_bytes(word(BEGIN))
    innspill("import", "b.docx", "--to", to, cwd=project(tmp_path), code=2)


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = project(tmp_path / "p")
    (folder / "content" / "ny").symlink_to(elsewhere)
    (elsewhere / "index.md").write_text(CASE, "utf-8")
    (folder / "b.docx").write_bytes(word(BEGIN + FIRST + p("Det er slik.") + REST))
    innspill("import", "b.docx", "--to", "ny/alna", cwd=folder, code=2)
    assert [path.name for path in elsewhere.iterdir()] == ["index.md"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ord " * 6000, "a paragraph in it is longer than 20000 letters"),
        (
            "Et ganske langt avsnitt som er et eksempel, ord for ord, hele veien ut.\n\n" * 18_000,
            "it is longer than a statement may be",
        ),
    ],
)
def test_a_letter_that_is_no_letter(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "b.txt").write_text(f"{HEAD}1. Hva er det ene?\n\n{text}", "utf-8")
    ran = innspill("import", "b.txt", "--to", "sak/b", cwd=project(tmp_path), code=1)
    assert ran.stderr == f"b.txt: {why}\n"


def test_the_committee_is_named_where_the_letter_does_not(tmp_path: Path) -> None:
    body = p("Eksempel", "Tittel") + FIRST + p("Det er slik.") + REST
    (tmp_path / "b.docx").write_bytes(word(body))
    folder = project(tmp_path)
    innspill("import", "b.docx", "--to", "sak/b", cwd=folder, code=1)
    innspill("import", "b.docx", "--to", "sak/b", "--committee", "Østre råd", cwd=folder)
    assert "committee: Østre råd" in (folder / "content/sak/b.md").read_text("utf-8")


def test_without_the_extra_one_sentence_says_how(tmp_path: Path) -> None:
    (tmp_path / "b.docx").write_bytes(text_boxes())
    blocked = (
        "import sys\nsys.modules['lxml'] = None\n"
        "from pathlib import Path\n"
        "from innspill.importing.reading import read_here\n"
        "try:\n    read_here(Path('b.docx').read_bytes(), 'b.docx')\n"
        "except Exception as fault:\n    print(fault)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", blocked], cwd=tmp_path, capture_output=True, text=True,
        check=True, env={"PYTHONPATH": str(ROOT / "scripts")},
    )  # fmt: skip
    assert ran.stdout == (
        "for reading letters, lxml is missing here. "
        "Install it with `pip install 'innspill[import]'`.\n"
    )


def test_a_second_statement_is_begun_in_a_consultation(tmp_path: Path) -> None:
    folder = project(tmp_path)
    innspill("new", "sak/sondre", "--committee", "Søndre bydelsutvalg", cwd=folder)
    made = (folder / "content/sak/sondre.md").read_text("utf-8")
    assert 'committee: "Søndre bydelsutvalg"' in made
    assert "### Svar {#en}\n\nSkriv svaret her.\n\n### Svar {#to}\n\nSkriv svaret her.\n" in made
    found = faults(folder, {})
    assert {each.code for each in found} == {"placeholder"}
    innspill("new", "sak/sondre", "--committee", "Søndre bydelsutvalg", cwd=folder, code=2)
    innspill("new", "ingen/sondre", cwd=folder, code=2)


LETTER = f"{HEAD}1. Hva er det ene?\n\nEn.\n\n2. Hva er det andre?\n\nTo.\n"


def test_what_new_began_is_replaced_by_the_letter(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(LETTER, "utf-8")
    innspill("new", "sak", cwd=tmp_path)
    innspill("new", "sak/sondre", "--committee", "Søndre bydelsutvalg", cwd=tmp_path)
    ran = innspill("import", "b.txt", "--to", "sak/eksempel", cwd=tmp_path)
    assert "content/sak/index.md was the example" in ran.stdout
    assert "content/sak/eksempel.md was the example" in ran.stdout
    assert "content/sak/sondre.md still is the example" in ran.stdout
    assert "Questions: 2 of 2" in ran.stdout
    assert "    text: Hva er det andre?" in (tmp_path / "content/sak/index.md").read_text("utf-8")
    assert "### Svar" not in (tmp_path / "content/sak/eksempel.md").read_text("utf-8")
    again = innspill("import", "b.txt", "--to", "sak/eksempel", cwd=tmp_path, code=1)
    assert "is there already" in again.stderr


def test_what_a_writer_began_is_kept_and_the_message_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(LETTER, "utf-8")
    innspill("new", "sak", cwd=tmp_path)
    path = tmp_path / "content/sak/index.md"
    path.write_text(path.read_text("utf-8").replace("title: Eksempeltittel", "title: Vår"), "utf-8")
    before = path.read_bytes()
    ran = innspill("import", "b.txt", "--to", "sak/eksempel", cwd=tmp_path, code=1)
    assert "still those of the example: write the consultation's own there" in ran.stderr
    assert path.read_bytes() == before


def test_a_new_consultation_is_said_to_be_new(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(LETTER, "utf-8")
    ran = innspill("import", "b.txt", "--to", "alna", cwd=tmp_path)
    assert "a new consultation is begun: content/alna" in "\n".join(ran.stdout.split("\n")[:4])


ASKING = """\
Byrådsavdeling for eldre (eksempel)

Vår ref.: 25/111-1
Dato: 07.02.2026

Eksempel på høring om bydelenes oppgaver

Vi ber bydelsutvalgene svare på spørsmålene nedenfor. Svarfristen er 1. april 2026.

1. Hvordan virker tilbudet i dag?

Eksempler på forhold som kan kommenteres, er åpningstider.

2. Hva bør endres?

Med vennlig hilsen
Ola Eksempel
"""


def test_a_consultation_is_made_of_the_letter_that_asks(tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text(ASKING, "utf-8")
    innspill("new", "sak", "--from", "brev.txt", "--committee", "Østre bydelsutvalg", cwd=tmp_path)
    made = (tmp_path / "content/sak/index.md").read_text("utf-8")
    for row in (
        "title: Eksempel på høring om bydelenes oppgaver",
        "asked_by: Byrådsavdeling for eldre",
        "letter_dated: 2026-02-07",
        "deadline: 2026-04-01",
        "case_number: 25/111-1",
        "    text: Hvordan virker tilbudet i dag?",
        "    guidance: Eksempler på forhold som kan kommenteres, er åpningstider.",
        "    text: Hva bør endres?",
    ):
        assert f"\n{row}\n" in made, row
    assert "hilsen" not in made
    assert "### Svar {#sporsmal-2}" in (tmp_path / "content/sak/ostre.md").read_text("utf-8")
    assert " error[" not in innspill("check", cwd=tmp_path).stderr


def test_a_letter_that_asks_nothing_makes_no_consultation(tmp_path: Path) -> None:
    (tmp_path / "brev.docx").write_bytes(word(BEGIN + item("Ingen spørsmål", 1)))
    ran = innspill("new", "sak", "--from", "brev.docx", cwd=tmp_path, code=1)
    assert "no questions were found in brev.docx" in ran.stderr
    assert not (tmp_path / "content").exists()


def test_words_are_counted_from_the_file_itself() -> None:
    """Each word that stands in Word's XML, however it is nested, is one that is missed if lost."""
    from innspill.importing.docx import read_docx

    letter = read_docx(as_word())
    shown = [
        word
        for each in letter.blocks
        if isinstance(each, TextBlock)
        for word in words_in(each.text)
    ]
    assert len(letter.words) > len(shown) > 2500


@pytest.mark.parametrize(
    ("typed", "number", "question"),
    [
        ("Spørsmål12 Hva mener dere?", 12, "Hva mener dere?"),
        ("Spørsmålet 2: Hva mener dere?", 2, "Hva mener dere?"),
        ("2026 er et år?", 0, "2026 er et år?"),
        ("f.eks. når?", 0, "f.eks. når?"),
        ("b)når?", 0, "når?"),
    ],
)
def test_the_number_before_a_question(typed: str, number: int, question: str) -> None:
    assert without_number(typed) == (number, question)


def test_signs_that_stand_almost_at_one_place_are_those_of_one_list() -> None:
    lefts = (57.9, 58.1, 70.0)
    lines = [
        TextLine((TextRun("Punkt"),), Spot(1, n), left + 8, 200, size=12, height=0.1 * n)
        for n, left in enumerate(lefts, 1)
    ]
    signs = [DrawnSign(left, left + 4, 503 - 50 * n) for n, left in enumerate(lefts, 1)]
    made = with_signs(lines, signs, 500)
    assert [each.runs[0].text for each in made] == ["• ", "• ", "◦ "]


def test_a_subject_as_long_as_a_text_is_no_title() -> None:
    long = "Emne: " + "ord " * 70
    blocks = [
        TextBlock((TextRun(each),)) for each in (long, "Eksempel på tittel", "Teksten er her.")
    ]
    assert title_of(blocks, FactsFound((), frozenset()), (), "")[1] == "Eksempel på tittel"
