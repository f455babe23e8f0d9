"""Letters with the structure that LibreOffice 7.4 and Word give them when they save."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import docx
import pikepdf
import pytest
import ugly_letters
from letter_kinds import CASE, SKOLE
from sites import INDEX, project, write
from ugly_letters import pdf

from innspill.importing.blocks import Block, Letter, TextBlock
from innspill.importing.command import ImportRequest, import_files
from innspill.importing.fault import NotImportable
from innspill.importing.letter_facts import facts_in
from innspill.importing.reading import read_here
from innspill.importing.statement import title_of

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("style", "style"))
)
LISTS = """\
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="a"
 style:num-suffix=")"/><text:list-level-style-number text:level="2" style:num-format="i"
 style:num-suffix="."/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1"
 style:num-format="1" style:num-suffix="." text:start-value="4"/></text:list-style>
<style:style style:name="T1" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style>
<style:style style:name="Quote" style:family="paragraph"/>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quote"/>
"""


def odt(body: str, page: str = "") -> Letter:
    """An example letter in OpenDocument: its text, and what its pages have around it."""
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{LISTS}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    styles = (
        f"<office:document-styles {NAMES}><office:master-styles><style:master-page>{page}"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    return read_here(ugly_letters.odt({"content.xml": content, "styles.xml": styles}), "brev.odt")


def p(text: str, style: str = "") -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{text}</text:p>"


def items(*inside: str, style: str = "", more: str = "") -> str:
    named = f' text:style-name="{style}"' if style else ""
    rows = "".join(f"<text:list-item>{each}</text:list-item>" for each in inside)
    return f"<text:list{named}{more}>{rows}</text:list>"


def marks(letter: Letter) -> list[tuple[str, int | None]]:
    """What stands before each item: its letter and its number."""
    texts = [each for each in letter.blocks if isinstance(each, TextBlock)]
    return [(each.item.letter, each.item.number) for each in texts if each.item]


def test_items_with_letters_keep_them() -> None:
    nested = items(p("hjemme"), p("på skolen"))
    letter = odt(items(p("Nærhet"), p("Kjennskap") + nested, style="L1"))
    assert marks(letter) == [("a)", None), ("b)", None), ("i.", None), ("ii.", None)]


def test_a_list_counts_from_where_it_starts() -> None:
    assert marks(odt(items(p("Fire"), p("Fem"), style="L2"))) == [("", 4), ("", 5)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ' text:continue-numbering="true"'),
        (' xml:id="liste1"', ' text:continue-list="liste1"'),
    ],
)
def test_a_list_that_goes_on_behind_a_paragraph_counts_on(first: str, second: str) -> None:
    before = items(p("Fire"), p("Fem"), style="L2", more=first)
    letter = odt(before + p("Mellom dem.") + items(p("Seks"), style="L2", more=second))
    assert marks(letter) == [("", 4), ("", 5), ("", 6)]
    anew = odt(before + p("Mellom dem.") + items(p("Fire igjen"), style="L2"))
    assert marks(anew) == [("", 4), ("", 5), ("", 4)]


def test_an_item_that_only_holds_a_list_takes_no_number() -> None:
    inner = items(p("hjemme"))
    letter = odt(items(p("Fire"), style="L2") + items(inner, p("Fem"), style="L2",
                 more=' text:continue-numbering="true"'))  # fmt: skip
    assert [number for _, number in marks(letter) if number] == [4, 5]


def test_a_quotation_is_one_by_its_style_and_those_it_is_based_on() -> None:
    letter = odt(p("En.", "Quote") + p("To.", "P1") + p("Tre.", "Quotations") + p("Ikke."))
    texts = [each for each in letter.blocks if isinstance(each, TextBlock)]
    assert [each.is_quotation for each in texts] == [True, True, True, False]


def test_a_head_of_all_pages_is_told_once() -> None:
    head = f"<style:header>{p('Bydel Eksempel')}</style:header>"
    first = f"<style:header-first>{p('Oslo kommune')}</style:header-first>"
    told = [str(each.what) for each in odt(p("Tekst."), head + first + head).left_out]
    assert told == [
        "a running head or foot: “Bydel Eksempel”",
        "a running head or foot: “Oslo kommune”",
    ]


def test_the_lines_of_a_head_in_word_are_parted() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Oslo kommune\nEksempel bydel"
    made.sections[0].footer.paragraphs[0].text = "Side 1 av 3"
    made.sections[0].different_first_page_header_footer = True
    made.sections[0].first_page_footer.paragraphs[0].text = "Side 2 av 3"
    made.add_paragraph("Tekst.")
    data = io.BytesIO()
    made.save(data)
    told = [str(each.what) for each in read_here(data.getvalue(), "brev.docx").left_out]
    assert len(told) == 2
    assert "a running head or foot: “Oslo kommune Eksempel bydel”" in told


def test_a_title_is_found_below_many_facts(tmp_path: Path) -> None:
    lines = "\n".join(
        f"{label}\n{value}\n"
        for label, value in (
            ("Deres ref.:", "26/101-2"), ("Vår ref.:", "26/455"), ("Saksbehandler:", "Kari"),
            ("Dato:", "12.02.2026"),
        )
    )  # fmt: skip
    head = f"{lines}\nByrådsavdeling for eksempler\nRådhuset, 0037 Oslo\n"
    text = f"{head}\nSvar fra Søndre eldreråd\n\nVedtatt 3. mars 2026.\n\n1. {SKOLE}\n\nAlle.\n"
    write(tmp_path, {"index.md": INDEX, "sak/index.md": CASE})
    file = tmp_path / "brev.txt"
    file.write_text(text, "utf-8")
    (made,) = import_files(project(tmp_path), ImportRequest((file,), "sak/svar"))
    assert "  line 3: title: Svar fra Søndre eldreråd" in [str(each) for each in made.report]


def test_a_page_that_cant_be_read_is_named() -> None:
    data = pdf("<p>Eksempel på en side.</p><p style='break-before: page'>Og en til.</p>")
    assert len(read_here(data, "brev.pdf").words) > 5
    torn = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.Root.Pages.Kids[1].Type = pikepdf.Name.Damaged
        opened.save(torn)
    with pytest.raises(NotImportable, match="page 2 can't be read"):
        read_here(torn.getvalue(), "brev.pdf")


LIBRE_OFFICE = (
    '<p>Se brevet<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1'
    '</sup></a></sup> og svaret<sup><a class="sdfootnoteanc" name="sdfootnote2anc" '
    'href="#sdfootnote2sym"><sup>2</sup></a></sup>.</p><p>Til slutt.</p><div id="sdfootnote1">'
    '<p class="sdfootnote-western"><a class="sdfootnotesym" name="sdfootnote1sym" '
    'href="#sdfootnote1anc">1</a> Av 5. januar.</p></div><div id="sdfootnote2"><p><a '
    'class="sdfootnotesym" name="sdfootnote2sym" href="#sdfootnote2anc">2</a>\tVårt eget.</p>'
    "<p>Se der.</p></div>"
)
WORD = (
    '<p class=MsoNormal>Se brevet<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1">'
    "<span><span>[1]</span></span></a> og svaret<a href='#_ftn2' name='_ftnref2'><span>[2]</span>"
    "</a>.</p><p>Til slutt.</p><div><hr><div id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1' "
    "name='_ftn1'><span>[1]</span></a> Av 5. januar.</p></div><div id=ftn2><p><a href='#_ftnref2' "
    "name='_ftn2'>[2]</a> Vårt eget.</p><p>Se der.</p></div></div>"
)
PANDOC = (
    '<p>Se brevet<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup>'
    '</a> og svaret<a href="#fn2" id="fnref2"><sup>2</sup></a>.</p><p>Til slutt.</p><section '
    'class="footnotes"><hr/><ol><li id="fn1"><p>Av 5. januar.<a href="#fnref1">↩︎</a></p></li>'
    '<li id="fn2"><p>Vårt eget.</p><p>Se der.<a href="#fnref2">↩︎</a></p></li></ol></section>'
)


def html(body: str) -> Letter:
    return read_here(f"<!DOCTYPE html><body>{body}</body>".encode(), "brev.html")


def shown(blocks: Iterable[Block]) -> list[str]:
    """Texts with their marks of notes, as `brevet[1]`."""
    texts = [each for each in blocks if isinstance(each, TextBlock)]
    return [
        "".join(run.text + (f"[{run.note}]" if run.note else "") for run in each.runs).strip()
        for each in texts
    ]


@pytest.mark.parametrize("body", [LIBRE_OFFICE, WORD, PANDOC])
def test_footnotes_in_html(body: str) -> None:
    letter = html(body)
    assert shown(letter.blocks) == ["Se brevet[1] og svaret[2].", "Til slutt."]
    notes = [(label, shown(blocks)) for label, blocks in letter.notes]
    assert notes == [("1", ["Av 5. januar."]), ("2", ["Vårt eget.", "Se der."])]
    assert " ".join(letter.words) == (
        "Se brevet og svaret. Til slutt. Av 5. januar. Vårt eget. Se der."
    )


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="#a" name="b">Innledning</a></p><h2 id="a"><a href="#b">Om saken</a></h2>',
        '<p>Se <a href="#a">1</a>.</p><p id="a">En.</p>',
        '<p>Se <a href="#nei">1</a>.</p><sup note="7">x</sup>',
        '<p id="a">Se <a href="#a" name="a">1</a>.</p>',
    ],
)
def test_a_link_that_does_not_lead_back_is_no_footnote(body: str) -> None:
    letter = html(body)
    assert letter.notes == ()
    assert not [text for text in shown(letter.blocks) if "[" in text]


def test_lists_in_html_keep_their_letters_and_are_nested_as_libreoffice_nests_them() -> None:
    letter = html(
        '<ol type="a" start="2"><li>Nærhet</li><ul><li>hjemme</li></ul><li>Kjennskap</li></ol>'
        '<ol start="4"><li>Fire</li></ol>'
    )
    assert marks(letter) == [("b.", None), ("", None), ("c.", None), ("", 4)]
    levels = [
        each.item.level for each in letter.blocks if isinstance(each, TextBlock) and each.item
    ]
    assert levels == [0, 1, 0, 0]


def test_changes_in_html_are_told_and_what_was_deleted_goes() -> None:
    letter = html("<p>Vi sier <del>nei</del><ins>ja</ins> nå.</p>")
    assert [(str(each.what), each.words) for each in letter.changes] == [
        ("deleted", "nei"),
        ("inserted", "ja"),
    ]
    assert shown(letter.blocks) == ["Vi sier ja nå."]


def test_a_letter_in_html_with_letters_before_its_items_is_whole(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": INDEX, "sak/index.md": CASE})
    file = tmp_path / "brev.html"
    file.write_text(
        f"<body><p>Svar fra Søndre eldreråd</p><p>1. {SKOLE}</p><ol type='a'><li>Alle.</li>"
        f"<li>Flere.</li></ol><p>Slik er det.</p></body>",
        "utf-8",
    )
    (made,) = import_files(project(tmp_path), ImportRequest((file,), "sak/svar"))
    assert made.written, made.report
    assert "- a.\n  Alle.\n" in (tmp_path / "content/sak/svar.md").read_text("utf-8")


def test_the_heading_of_a_letters_first_part_is_not_its_title() -> None:
    letter = html(
        "<p>Oslo kommune</p><p>Svar om skole – et eksempel</p><h1>1 Innledning</h1><p>Ja.</p>"
    )
    facts = facts_in(letter.blocks)
    assert title_of(letter.blocks, facts, (), "sak") == (1, "Svar om skole – et eksempel")
    without = html("<h1>Innledning</h1><p>Vi svarer slik.</p>")
    assert title_of(without.blocks, facts_in(without.blocks), (), "sak") == (-1, "sak")


def raised_in_word() -> Letter:
    made = docx.Document()
    paragraph = made.add_paragraph("Salen er 40 m")
    for text, is_raised in (("2", True), (", og 2", False), ("10", True), (" er mer.", False)):
        paragraph.add_run(text).font.superscript = is_raised
    paragraph.add_run(" Den 1")
    paragraph.add_run("ste").font.superscript = True
    data = io.BytesIO()
    made.save(data)
    return read_here(data.getvalue(), "brev.docx")


def raised_in_open_document() -> Letter:
    def up(text: str) -> str:
        return f'<text:span text:style-name="T1">{text}</text:span>'

    return odt(f"<text:p>Salen er 40 m{up('2')}, og 2{up('10')} er mer. Den 1{up('ste')}</text:p>")


def raised_in_html() -> Letter:
    text = "Salen er 40 m<sup>2</sup>, og 2<sup>10</sup> er mer. Den 1<sup>ste</sup>"
    return read_here(f"<p>{text}</p>".encode(), "brev.html")


@pytest.mark.parametrize("made", [raised_in_word, raised_in_open_document, raised_in_html])
def test_raised_digits_are_no_other_number(made: Callable[[], Letter]) -> None:
    (block,) = made().blocks
    assert isinstance(block, TextBlock)
    assert block.text == "Salen er 40 m², og 2¹⁰ er mer. Den 1ste"
