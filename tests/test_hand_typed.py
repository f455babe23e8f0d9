"""Text that was meant as something else: what is told, and that telling takes no time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import EXAMPLE, codes, faults

from innspill.read.body import parse_body
from innspill.read.code_spans import hidden_in

PAGE = "---\ntitle: Side\n---\n\n"
ODD = st.text(
    alphabet="ab1i.)(–-*_`\\[]{}=&;|\t\n#>~$!?:§oXÃ¸√•\u00a0\u00ad\u2028\x0c", max_size=60
)


def told(folder: Path, body: str) -> list[str]:
    return codes(folder, {**EXAMPLE, "side.md": PAGE + body})


def messages(folder: Path, body: str) -> list[str]:
    return [str(each.message) for each in faults(folder, {**EXAMPLE, "side.md": PAGE + body})]


@pytest.mark.parametrize(
    "marker",
    ["– ", "— ", "-- ", "o ", "• ", "→ ", "-"],
)
def test_signs_that_begin_lines(marker: str, tmp_path: Path) -> None:
    lines = f"{marker}skole\n{marker}helse"
    assert told(tmp_path, lines) == ["unlikely:5"]
    assert told(tmp_path, f"Vi vil:\n{lines}") == ["unlikely:6"]
    assert told(tmp_path, f"- Et punkt.\n\n  {marker}skole\n  {marker}helse") == ["unlikely:7"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a) ", "b) "),
        ("a. ", "b. "),
        ("(a) ", "(b) "),
        ("(1) ", "(2) "),
        ("i. ", "ii. "),
        ("iv) ", "v) "),
        ("I. ", "II. "),
        ("A) ", "B) "),
        ("1.1 ", "1.2 "),
        ("2.3.1 ", "2.3.2 "),
        ("1.", "2."),
        ("2. ", "3. "),
    ],
)
def test_numbers_that_begin_lines(first: str, second: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"Vi vil:\n{first}Skole\n{second}Helse") == ["unlikely:6"]
    assert told(tmp_path, f"Vi vil:\n{first}Skole\nog mer\n{second}Helse") == ["unlikely:6"]
    assert told(tmp_path, f"Vi vil:\n{first}Skole, og mer.") == []
    assert told(tmp_path, f"Vi vil:\n{second}Helse.\n{first}Skole.") == []


@pytest.mark.parametrize(
    "heading", ["5. Oppgaver", "5.1 Oppgaver", "(5) Oppgaver", "a) Oppgaver", "IV. Oppgaver"]
)
def test_numbers_before_headings(heading: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"## {heading}\n\nTekst.") == ["typed-number:5"]
    assert told(tmp_path, f"## Svar\n\n### {heading}\n\nTekst.\n\n### {heading}\n\nTekst.") == [
        "typed-number:7"
    ]


def test_doubtful_numbers_count_where_they_go_on(tmp_path: Path) -> None:
    assert told(tmp_path, "## A. Hansen\n\nTekst.\n\n## C. Olsen\n\nTekst.") == []
    assert told(tmp_path, "## A. Skole\n\nTekst.\n\n## B. Helse\n\nTekst.") == ["typed-number:5"]
    assert told(tmp_path, "## 5 Skole\n\nTekst.\n\n## 6 Helse\n\nTekst.") == ["typed-number:5"]
    assert told(tmp_path, "5.1. Teksten.\n\n5.2. Mer tekst.") == ["typed-number:5"]


def test_lines_with_their_breaks_are_left(tmp_path: Path) -> None:
    assert told(tmp_path, "Alna bydelsutvalg  \nPostboks 116  \n1001 Oslo") == []
    assert told(tmp_path, "Alna bydelsutvalg\\\nPostboks 116\\\n1001 Oslo") == []
    assert told(tmp_path, "Alna bydelsutvalg\nPostboks 116\n1001 Oslo") == ["unlikely:5"]


@pytest.mark.parametrize(
    "row",
    ["> 50 % stemte for.", ">50 elever", "> 3 m", "> 1 200 kr", "> 100", ">5", "> 2,5 prosent"],
)
def test_a_greater_than_sign_before_an_amount(row: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"Vi spurte alle.\n\n{row}") == ["unlikely:7"]
    assert told(tmp_path, f"De skriver:\n\n{row}") == []
    assert told(tmp_path, f"- Et punkt.\n\n  {row}") == []
    assert told(tmp_path, f"> {row}") == []


@pytest.mark.parametrize("row", ["> 5 stemte for.", "> 2024", ">1. Ja", "> 12 elever", ">2024 var"])
def test_a_quotation_that_begins_with_a_number(row: str, tmp_path: Path) -> None:
    assert told(tmp_path, row) == []


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("Følgende stemte for:\nAP: 5\nH: 4", 5),
        ("Kopi til:\nByrådsavdeling for helse\nBydel Bjerke", 5),
        ("Til stede:\nKari Nordmann (leder)\nOla Hansen", 5),
        ("Tabell 1:\nÅr\t2022\t2023\nBarn\t100\t120", 5),
        ("Følgende tall er hentet fra bydelens årsmelding og gjelder alle:\nAP: 5\nH: 4", 5),
        ("Kari Nordmann\nleder", 5),
        ("Med vennlig hilsen,\nKari Nordmann\nbydelsdirektør", 5),
        ("Oslo, 21. mars 2024\nKari Nordmann\nleder", 5),
        ("Kari M. Nordmann\nleder av utvalget\nOla van Hansen\nnestleder", 5),
        ("**Kari Nordmann**\n*leder*", 5),
    ],
)
def test_lines_that_run_together(rows: str, line: int, tmp_path: Path) -> None:
    assert told(tmp_path, rows) == [f"unlikely:{line}"]
    assert told(tmp_path, f"- Et punkt.\n\n  {rows.replace(chr(10), chr(10) + '  ')}") == [
        f"unlikely:{line + 2}"
    ]
    assert told(tmp_path, rows.replace("\n", "\\\n")) == []


@pytest.mark.parametrize("sign", ["§", "Ø", "ü", "v", "q"])
def test_a_word_processors_bullets_as_letters(sign: str, tmp_path: Path) -> None:
    for gap in ("\t", "  "):
        assert messages(tmp_path, f"{sign}{gap}Skole\n{sign}{gap}Helse") == ["this is no list"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("1 Innledning\n\nTekst her.\n\n2 Vurdering\n\nMer tekst.", "this is no heading"),
        ("1 Innledning\n\n2 Vurdering\n\nMer tekst.", "this is no list"),
        ("Gruppe\t2022\t2023\nBarn\t\t120", "this is no table"),
        ("Gruppe\t2022\t2023\nBarn\t5\nVoksne\t\t120", "this is no table"),
        ("**1.** Skolen er god.\n\n**2.** Helsen er god.", "this is no list"),
        ("[a] Skole\n[b] Helse", "this is no list"),
        ("1. en\n2.", "an item of the list is empty"),
        ("- a\n-\n- b", "an item of the list is empty"),
        ("Se #REF! her.", "a formula from the spreadsheet is broken"),
        ("#NAVN?", "a formula from the spreadsheet is broken"),
        ("Kommentert [KN1]: fiks", "a comment from the word processor is left here"),
        ("Møtet var (sett inn dato).", "this is left to be filled in"),
        ("Møtet var (fyll inn).", "this is left to be filled in"),
        ("Dato: ..........", "this is left to be filled in"),
        ("Underskrift: ____________", "this is left to be filled in"),
    ],
)
def test_each_is_called_what_it_is(body: str, message: str, tmp_path: Path) -> None:
    assert messages(tmp_path, body) == [message]


def test_code_is_left_and_text_that_says_the_same_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "Skriv `TODO` der, og `[x][r]`, \\[1\\] og \\~~dette~~.") == []
    assert told(tmp_path, "Skriv `TODO`,\nog TODO.") == ["leftover:6"]


@given(st.text(alphabet="`\\a*\n", max_size=40))
@settings(max_examples=300, deadline=None)
def test_code_is_found_as_the_parser_finds_it(text: str) -> None:
    body, _ = parse_body("x" + text.replace("\n", " ") + "x", "x", 1)
    shown = [each for block in body.blocks for each in block.children]
    code = sum(getattr(each, "tag", "") == "code" for each in shown)
    line = "x" + text.replace("\n", " ") + "x"
    if "*" not in line:
        assert sum(line[start] == "`" for start, _ in hidden_in(line)) == code


@given(ODD)
@settings(max_examples=300, deadline=None)
def test_nothing_breaks_the_rules(text: str) -> None:
    parse_body(text, "side.md", 1)


@pytest.mark.parametrize(
    "piece",
    ["**a ", "~~a", "`a``b", "\\*", "– a\n", "1.1 A\n", "a\tb\n", "## A. b\n\n", "{a=", "X"],
)
def test_time_grows_with_the_text(piece: str) -> None:
    start = time.process_time()
    parse_body(piece * 20_000, "side.md", 1)
    assert time.process_time() - start < 30
