"""Letters with the structure that LibreOffice 7.4 and Word give them when they save."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from letter_kinds import CASE, SKOLE
from sites import INDEX, project, write
from ugly_letters import pdf

from innspill.importing.blocks import Letter, TextBlock
from innspill.importing.command import ImportRequest, import_files
from innspill.importing.fault import NotImportable
from innspill.importing.reading import read_here

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
<style:style style:name="Quote" style:family="paragraph"/>
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
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", styles)
    return read_here(data.getvalue(), "brev.odt")


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
    letter = odt(p("Sitert.", "Quote") + p("Sitert òg.", "P1") + p("Ikke."))
    assert [each.is_quotation for each in letter.blocks if isinstance(each, TextBlock)] == [
        True,
        True,
        False,
    ]


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
