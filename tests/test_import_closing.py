"""A letter's closing and its addressee leave the text, told, and every other word stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import CASE, INDEX, innspill, write
from test_import import HEAD, QUESTIONS, statement
from ugly_letters import BEGIN, FIRST, REST, p, pdf, table, word

from innspill.importing.blocks import Spot, TextBlock, TextRun
from innspill.importing.closing import closing_of
from innspill.importing.letter_facts import FactsFound
from innspill.importing.reading import read_here
from innspill.importing.told import report_of

ASKED = "1. Hva er det ene?\n\nDet bør bli slik, mener vi.\n\n"


def body(text: str) -> str:
    made = statement(text)
    assert made.is_whole, made.count
    return made.text.split("\n---\n", 1)[1].partition("## Svar {#en}\n\n")[2].rstrip()


@pytest.mark.parametrize(
    "closing",
    [
        "Med hilsen\nEksempel bydelsutvalg",
        "Med vennlig hilsen\n\nKari Eksempel\nleder\n\nOla Eksempel\nbydelsdirektør",
        "Vennlig hilsen,\n\nEksempel bydelsutvalg\nv/ Kari Eksempel, leder",
        "Med vennleg helsing\n\nKari Eksempel (sign.)\nleiar\n\nKopi til:\nBydel Eksempel",
        "Beste helsing\nBrukarutvalet",
        "Hilsen ungdomsrådet",
        "For Eldrerådet i Eksempel\nlederen",
        "Eksempel bydelsutvalg",
        "Mvh\nKari Eksempel\nTlf. 22 00 00 00\n\nPostadresse: Postboks 1, 0037 Oslo",
        "Godkjent elektronisk 12.02.2026 av\n\nKari Eksempel\nbydelsdirektør",
        "Med hilsen\n\nKari Eksempel\n\nDokumentet er elektronisk godkjent og har ingen signatur.",
        "Med hilsen\n\nKari Eksempel\n\nVedlegg:\n\n1. Protokoll\n2. Notat om trafikk",
        "Oslo, 12. februar 2026\n\nMed hilsen\nKari Eksempel",
    ],
)
def test_the_closing_leaves_the_text(closing: str) -> None:
    assert body(HEAD + ASKED + closing + "\n") == "Det bør bli slik, mener vi."


@pytest.mark.parametrize(
    "text",
    [
        "For Bydel Alna er dette viktigst av alt.",
        "Hilsen fra oss er at dette ikke går.",
        "Med hilsen og takk til alle som har sagt hva de mener om dette.",
        "Eksempel bydelsutvalg sier nei.",
        "Vedlegg: det er flere av dem, og de er viktige.",
    ],
)
def test_a_sentence_is_no_closing(text: str) -> None:
    assert body(f"{HEAD}{ASKED}{text}\n").endswith(text)


def test_what_stands_below_the_closing_stays() -> None:
    remark = "Merknad fra Høyre: Vi er ikke enige i dette."
    made = body(f"{HEAD}{ASKED}Med hilsen\n\nKari Eksempel\n\n{remark}\n")
    assert made.endswith('::: mindretall {by="Høyre"}\n\nVi er ikke enige i dette.\n\n:::')
    assert "Kari" not in made
    more = "Vi kommer gjerne i møte om saken, og det bør skje snart."
    assert body(f"{HEAD}{ASKED}Med hilsen\n\nKari Eksempel\n\n{more}\n").endswith(more)


def test_each_line_of_the_closing_is_told() -> None:
    made = statement(f"{HEAD}{ASKED}Med hilsen\n\nKari Eksempel\n")
    report = [str(each) for each in report_of(made, "a.md", QUESTIONS)]
    assert "  line 9 of the letter: the letter's closing: “Med hilsen”" in report
    assert "  line 11 of the letter: the letter's closing: “Kari Eksempel”" in report


@pytest.mark.parametrize(
    ("head", "recipient"),
    [
        ("Til: Byrådsavdeling for eldre", "Byrådsavdeling for eldre"),
        ("Mottakar: Statsforvaltaren i Eksempel", "Statsforvaltaren i Eksempel"),
        ("Til Byrådsavdeling for eldre\nPostboks 1\n0037 Oslo", "Byrådsavdeling for eldre"),
        ("Byrådsavdeling for eldre\n\nRådhuset\n\n0037 OSLO", "Byrådsavdeling for eldre"),
        ("Kommunaldepartementet", "Kommunaldepartementet"),
    ],
)
def test_the_addressee_is_a_fact(head: str, recipient: str) -> None:
    made = statement(f"{head}\n\n{HEAD}{ASKED}")
    assert made.is_whole
    assert made.facts.get("recipient") == recipient
    assert f"\nrecipient: {recipient}\n" in made.text
    assert made.title == "Eksempel på tittel"
    assert "0037" not in made.text.split("\n---\n", 1)[1]


@pytest.mark.parametrize(
    "head", ["Til Eksempel bydelsutvalg kom saken for sent.", "Byrådsavdeling for eldre har spurt."]
)
def test_a_sentence_is_no_addressee(head: str) -> None:
    made = statement(f"{HEAD}{head}\n\n{ASKED}")
    assert not made.facts.get("recipient")
    assert head in made.text


def test_a_closing_in_word_is_held_to_the_letter(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": INDEX, "sak/index.md": CASE})
    signed = p("Med vennlig hilsen") + table(
        ("Kari Eksempel", "Ola Eksempel"), ("leder", "direktør")
    )
    letter = p("Til: Byrådsavdeling for eldre") + BEGIN + FIRST + p("Ja, det er slik.") + REST
    (tmp_path / "b.docx").write_bytes(word(letter + signed))
    innspill("import", "b.docx", "--to", "sak/b", cwd=tmp_path)
    made = (tmp_path / "content/sak/b.md").read_text("utf-8")
    front, text = made.split("\n---\n", 1)
    assert "  - Med vennlig hilsen\n  - Kari Eksempel\n  - Ola Eksempel\n  - leder\n" in front
    assert "Kari" not in text
    assert "[original]" not in innspill("check", cwd=tmp_path).stderr
    path = tmp_path / "content/sak/b.md"
    path.write_text(made.replace("  - Med vennlig hilsen\n", ""), "utf-8")
    assert "“Med vennlig hilsen”" in innspill("check", cwd=tmp_path, code=1).stderr


ITEMS = (
    "Grunnskolene bør overføres til bydelene, slik at ansvaret ligger nær dem det gjelder.",
    "Barnevernet bør bli der det er i dag, og få flere ansatte enn det har nå, etter to møter.",
    "Bydelene bør få egne midler.",
)
CLOSED = ("Med vennlig hilsen", "Eksempel bydelsutvalg", "Kari Eksempel", "leder")


@pytest.mark.parametrize(
    ("tag", "style"),
    [
        ("ul", "p, ul { margin: 0 }"),
        ("ol", "p, ol { margin: 0 0 2pt 0 }"),
        ("ul", "p, ul { margin: 0 } body { line-height: 1.6; text-align: justify }"),
        ("div", "p { margin: 0 } p.d { margin-left: 8mm; text-indent: -4mm }"),
        ("div", "p { margin: 0 }"),
    ],
)
@pytest.mark.parametrize("between", ["</p><p>", "<br>"])
def test_a_closing_close_below_a_list_in_a_pdf(tag: str, style: str, between: str) -> None:
    item = "<p class='d'>– {}</p>" if tag == "div" else "<li>{}</li>"
    items = "".join(item.format(each) for each in ITEMS)
    data = pdf(
        "<p>Dette er et eksempel fra Eksempel bydelsutvalg.</p><p>Utvalget mener dette om saken, "
        f"og ber om at det blir lagt vekt på alt sammen i det videre arbeidet:</p><{tag}>{items}"
        f"</{tag}><p>{between.join(CLOSED)}</p>",
        style,
    )
    texts = [each.text for each in read_here(data, "b.pdf").blocks if isinstance(each, TextBlock)]
    assert tuple(texts[-4:]) == CLOSED
    assert [text.endswith(item) for text, item in zip(texts[-7:-4], ITEMS, strict=True)] == [
        True
    ] * 3


def test_text_beside_a_picture_is_no_paragraph_a_line() -> None:
    text = "Dette er et langt eksempel på et avsnitt som står ved siden av et bilde. " * 6
    box = "<div style='float: right; width: 90mm; height: 60mm; background: #ddd'></div>"
    data = pdf(f"<p>Dette er et eksempel fra Eksempel bydelsutvalg.</p>{box}<p>{text}</p>")
    texts = [each.text for each in read_here(data, "b.pdf").blocks if isinstance(each, TextBlock)]
    assert texts[1:] == [text.strip()]


def test_a_senders_block_in_one_paragraph_is_judged_line_by_line() -> None:
    sender = "Eksempel eldreråd\nPostadresse: Postboks 1, 2680 Eksempel\nTelefon: 61 00 00 00\n"
    sender += "E-post: post@eksempel.no\nOrg.nr.: 999 999 999, Eksempel kommune i Prøve fylke"
    text = "Eksempel eldreråd\nVi står ved det vi sa."
    for last, closing in ((sender, {1, 2}), (text, {1})):
        lines = ("Svaret er ja.", "Med helsing", last)
        blocks = [TextBlock((TextRun(each),), Spot(0, at)) for at, each in enumerate(lines)]
        assert closing_of(blocks, FactsFound((), frozenset()), ()) == closing
