"""The tag tree: what a screen reader reads is the letter, whole, in order, told apart."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from everything import WHOLE
from letter import pieces, spaceless
from sites import ANSWERS, ROOT, STATEMENT, build_quietly, project, statement, write
from tagtree import Read, read_tags

from innspill.project import BuildResult
from innspill.render.pdf import print_pdf
from innspill.store import Store

GOLDEN = ROOT / "tests" / "tagtree.txt"
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


@pytest.fixture(scope="session")
def letter(real: tuple[Path, BuildResult]) -> Read:
    """The tag tree of the real letter."""
    return read_tags(real[0] / STATEMENT / "uttalelse.pdf")


@pytest.fixture(scope="session")
def example(whole: tuple[Path, BuildResult]) -> Read:
    """The tag tree of the letter with everything in it."""
    assert whole[1].checked.diagnostics == ()
    return read_tags(whole[0] / WHOLE / "uttalelse.pdf")


def texts(read: Read, *kinds: str) -> list[str]:
    return [each.text.strip() for each in read.all(*kinds)]


def test_the_whole_tree(letter: Read, request: pytest.FixtureRequest) -> None:
    lines = "\n".join(letter.lines()) + "\n"
    if request.config.getoption("--rewrite"):
        GOLDEN.write_text(lines, encoding="utf-8")
    assert lines == GOLDEN.read_text(encoding="utf-8")


def test_every_word_of_the_letter_is_in_the_tree_in_its_order(letter: Read) -> None:
    blocks = letter.all("P", "LBody", *HEADINGS)
    said = [re.sub(r"^\d+(\.\d+)? +", "", each.text).strip() for each in blocks]
    rest = iter(spaceless(each) for each in said)
    missing = [piece for piece in pieces() if not any(spaceless(piece) in each for each in rest)]
    assert missing == []


def test_as_many_paragraphs_items_and_tables_as_the_source(letter: Read) -> None:
    numbered = [each for each in letter.all("P", "LI") if _number(each)]
    assert len(numbered) == len({_number(each) for each in numbered})
    source = (ROOT / "content" / "oppgavefordeling-2024" / "alna.md").read_text(encoding="utf-8")
    body = source.split("\n---\n", 1)[1]
    units = [part for part in re.split(r"\n\s*\n|\n(?=- )", body) if part.strip()]
    units = [part for part in units if not part.lstrip().startswith(("#", "<!--"))]
    assert len(numbered) == len(units)
    assert len(letter.all("Table")) == 4, "one of them over two pages"


def _number(read: Read) -> str:
    first = read.kids[0] if read.kids else ""
    said = first.text.strip() if isinstance(first, Read) and first.kind == "Lbl" else ""
    return said if re.fullmatch(r"\d+\.\d+", said) else ""


def test_what_crosses_a_page_is_one(example: Read) -> None:
    table = example.all("Table")[0]
    assert len(table.all("TR")) == 61
    assert len(table.all("THead")) == 1
    rows = [[cell.text for cell in row.all("TD")] for row in table.all("TR")[1:]]
    assert [row[0] for row in rows] == [str(number) for number in range(1, 61)]
    assert [row[3] for row in rows] == [f"{number},50" for number in range(1, 61)]
    sentence = "Oppgavefordelingen mellom bydelene vurderes sammenhengende."
    said = [each.text for each in example.all("P") if "Avsnitt 1" in each.text]
    assert [text.count(sentence) for text in said] == [4] * len(said)


def test_headers_of_cells(example: Read, real: tuple[Path, BuildResult]) -> None:
    for table in example.all("Table"):
        is_ours = table.all("THead")[0].text.startswith(("Til bydelene", "Samarbeid"))
        for cell in table.all("THead")[0].all("TH"):
            assert cell.notes["Scope"] == "Column"
        for row in table.all("TBody")[0].all("TR"):
            assert [each.notes["Scope"] for each in row.all("TH")] == ["Row"] * is_ours
    summary = read_tags(real[0] / STATEMENT / "sammendrag.pdf")
    grid, table = summary.all("Table")
    for row in grid.all("TBody")[0].all("TR") + grid.all("TFoot")[0].all("TR"):
        assert [each.notes["Scope"] for each in row.all("TH")] == ["Row"]
    heads = {each.notes["ID"]: each for each in table.all("TH")}
    assert len(heads) == len(table.all("TH"))
    for row in table.all("TR"):
        for cell in row.all("TD"):
            named = [heads[each] for each in cell.notes["Headers"].split("+")]
            assert [each.notes["Scope"] for each in named] == ["Column", "Row", "Row"]
            assert named[-1] in row.kids


def test_lists_within_lists(example: Read) -> None:
    items = example.all("LI")
    first = next(each for each in items if each.text.startswith("1.2"))
    assert [each.text.strip() for each in first.all("Lbl")] == ["1.2", "a", "•", "b"]
    second = next(each for each in items if each.text.startswith("1.3"))
    body = second.all("LBody")[0]
    assert [kid.kind for kid in body.kids if isinstance(kid, Read)] == ["P", "P", "L", "P"]


def test_a_tall_row_keeps_its_cells_apart(tmp_path: Path, store: Path) -> None:
    words = "oppgavefordelingen mellom bydelene "
    rows = [[words * (12 if row == column else 2) for column in range(8)] for row in range(3)]
    table = [["Overskrift"] * 8, ["---"] * 8, *rows]
    body = "\n## Svar {#en}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in table)
    build_quietly(
        project(write(tmp_path, statement(body + "\n\n## Svar {#to}\n\nNei.\n")), store=store)
    )
    read = read_tags(tmp_path / "build/sak/eksempel/uttalelse.pdf").all("Table")[0]
    found = [[cell.text for cell in row.all("TD")] for row in read.all("TR")[1:]]
    assert found == [[cell.strip() for cell in row] for row in rows]


def test_page_numbers_stand_in_their_own_cells(tmp_path: Path, store: Path) -> None:
    front = """proposals:
  - what: Det ene og det andre
    move: other
    force: svaret
    quote:
      - Dette er svaret på det ene
      - Dette er svaret på det andre
  - what: Det andre
    move: other
    force: svaret
    quote: svaret på det andre
"""
    build_quietly(project(write(tmp_path, statement(ANSWERS, front)), store=store))
    read = read_tags(tmp_path / "build/sak/eksempel/uttalelse.pdf").all("Table")[0]
    rows = [[cell.text.strip() for cell in row.all("TH", "TD")] for row in read.all("TR")[2:]]
    assert rows == [
        ["Det ene og det andre", "svaret", "1.1, 2.1", "1, 1"],
        ["Det andre", "svaret", "2.1", "1"],
    ]
    last = [row.all("TD")[-1].all("Link") for row in read.all("TR")[2:]]
    assert [[link.notes["Contents"] for link in links] for links in last] == [
        ["“side 1”", "“side 1”"],
        ["“side 1”"],
    ]


def test_contents_lead_to_the_headings(example: Read) -> None:
    listed = example.all("TOCI")
    assert [each.kind for each in listed[0].kids if isinstance(each, Read)] == ["Reference"]
    assert [re.sub(r" \d+$", "", each.text) for each in listed] == [
        "1. Det ene", "2. Det andre", "3. Det tredje", "Forslagene samlet i en tabell",
    ]  # fmt: skip


def test_links_say_what_they_are(example: Read, whole: tuple[Path, BuildResult]) -> None:
    said = [each.notes["Contents"] for each in example.all("Link")]
    assert "“1 Den første fotnoten, med en lenke.”" in said
    long = "lenke med et navn som går over to linjer på papiret, og vel så det når det er trangt"
    assert said.count(f"“{long}”") == 1
    with pikepdf.open(whole[0] / WHOLE / "uttalelse.pdf") as pdf:
        annotations = [each for page in pdf.pages for each in page.get("/Annots", ())]
        assert all(str(each.Contents) and each.F == 4 for each in annotations)
        described = [str(each.Contents) for each in annotations]
        assert described.count(long) == 2, "one on each line"


def test_footnotes_are_notes(example: Read) -> None:
    notes = example.all("Note")
    assert [each.notes["ID"] for each in notes] == ["fn1", "fn2"]
    assert notes[1].text == "2. Den andre fotnoten.Med to avsnitt."


def test_figures_have_alternatives_and_captions(example: Read) -> None:
    assert [each.notes["Alt"] for each in example.all("Figure")] == [
        "“Et kart med to flater”", "“En flate uten tekst under”", "“En tegning med skrift”",
        "“lite ikon”",
    ]  # fmt: skip
    assert "1.8 Figurteksten under kartet" in texts(example, "Caption")


def test_passages_have_their_language(example: Read) -> None:
    spans = {each.notes["Lang"]: each.text for each in example.all("Span")}
    assert spans == {
        "se": "Ruoŧagiella lea suohtas, Čáhcesuolu ja Ŋuorpmat",
        "en": "this is in English",
    }


SHORT = {
    "1. Hva er det ene?": "1. Det ene",
    "2. Hva er det andre?": "2. Det andre",
    "3. Hva er det tredje?": "3. Det tredje",
}
"""The bookmarks of questions, whose headings are whole sentences."""


@pytest.mark.parametrize("name", ["uttalelse", "sammendrag"])
def test_bookmarks_equal_the_headings(whole: tuple[Path, BuildResult], name: str) -> None:
    path = whole[0] / WHOLE / f"{name}.pdf"
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        found: list[str] = []
        rest = list(outline.root)
        while rest:
            item = rest.pop(0)
            found.append(str(item.title))
            rest = [*item.children, *rest]
    headings = texts(read_tags(path), *HEADINGS)
    assert found == [SHORT.get(each, each) for each in headings]


def test_hyphens_of_line_ends_are_soft(whole: tuple[Path, BuildResult]) -> None:
    with pikepdf.open(whole[0] / WHOLE / "uttalelse.pdf") as pdf:
        streams = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    soft = re.findall(rb"<</ActualText <feff00ad>>>\nBDC\n\[<[0-9a-f]{4}>\] TJ\nEMC\n", streams)
    assert len(soft) > 5
    assert streams.count(b"ActualText") == len(soft)


def test_running_heads_are_not_heard(example: Read) -> None:
    assert not re.search(r"Side \d", example.text)


TEXT = "\n## Svar {#en}\n\nDet ene svaret.\n\n| A | B |\n|---|---|\n| en | to |\n"
STARTS = "eksempelbydelsutvalgeksempelpåuttalelsev"

DIGEST = "0eb29080a7bc"
CLOSING = "eksempelbydelsutvalgomdettedokumentetsha"
HIDDEN = "svar1.1detenesvaret.1.2abento2.hvaerdeta"


@pytest.mark.parametrize(
    ("rule", "found", "expected"),
    [
        ("p { display: none }", "eksempelpåuttalelse", STARTS),
        (".text p { visibility: hidden }", "1.2", HIDDEN),
        (".text p { font-size: 0 }", "1.2", HIDDEN),
        ("body { display: flex; flex-direction: column-reverse }", DIGEST, CLOSING),
        (".text p::first-letter { font-size: 2em }", None, None),
        (".text p { text-transform: uppercase }", None, None),
        ("th::before { content: '+ ' }", None, None),
    ],
)
def test_text_that_a_stylesheet_hides_or_reorders_stops_the_build(
    tmp_path: Path, store: Path, rule: str, found: str | None, expected: str | None
) -> None:
    own = tmp_path / "templates" / "print"
    own.mkdir(parents=True)
    (own / "uttalelse.css").write_text(rule, encoding="utf-8")
    place = project(
        write(tmp_path, statement(f"{TEXT}\n## Svar {{#to}}\n\nNei.\n")),
        store=store, templates=tmp_path / "templates",
    )  # fmt: skip
    built = build_quietly(place)
    told = [str(each.message) for each in built.checked.diagnostics if each.code == "print-tags"]
    message = f"page 1 of the PDF has “{found}” where the text has “{expected}”"
    assert told == ([message] if expected else [])
    assert bool(built.published) is (expected is None)


PAGE = "@page { size: 80mm 40mm; margin: 8mm }"
RULES = "th::after { content: '!' } caption { caption-side: bottom }"


def tags_of(body: str, folder: Path, store: Path) -> Read:
    """The tag tree of a print with this text."""
    head = '<title>T</title><meta name="author" content="A"><meta name="dcterms.modified" '
    html = f'<html lang="nb">{head}content="2026-01-01"><style>{PAGE} {RULES}</style>{body}'
    (pdf := folder / "print.pdf").write_bytes(print_pdf(html, {}, Store(store)).pdf)
    return read_tags(pdf)


def test_what_is_hidden_is_not_heard_where_its_words_are_those_of_the_text(
    tmp_path: Path, store: Path
) -> None:
    read = tags_of("<p aria-hidden=true>en <b>to</b></p><p>en <b>to</b></p>", tmp_path, store)
    assert list(read.lines()) == ["Document", "  P", "    “en to”"]


def test_heads_of_pages_and_captions_below_are_heard_once_and_first(
    tmp_path: Path, store: Path
) -> None:
    rows = "<tr><td>lik</td><td>lik</td></tr>" * 12
    head = "<thead><tr><th>lik</th><th>A</th></tr></thead>"
    table = f"<table><caption>Under</caption>{head}<tbody>{rows}</tbody></table>"
    read = tags_of(table, tmp_path, store)
    assert texts(read, "TH") == ["lik !", "A !"]
    assert texts(read, "Caption", "TD") == ["Under", *["lik"] * 24]


def test_an_empty_link_with_a_page_number_is_one_link(tmp_path: Path, store: Path) -> None:
    style = "<style>a::after { content: target-counter(attr(href), page) }</style>"
    tags_of(f'{style}<p id="p">På <a href="#p"></a> og <a href="#p">her</a></p>', tmp_path, store)
    with pikepdf.open(tmp_path / "print.pdf") as pdf:
        assert [str(each.Contents) for each in pdf.pages[0].Annots] == [" 1", "her"]
