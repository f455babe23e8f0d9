"""The PDFs: tagged, titled, in Norwegian, with bookmarks, and no address of a disk in them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from sites import EXAMPLE, ROOT, STATEMENT, build_quietly, project, write

from innspill.project import BuildResult

NAMES = ("sammendrag.pdf", "uttalelse.pdf", "uttalelse-stor-skrift.pdf")


@pytest.fixture(params=NAMES)
def pdf(request: pytest.FixtureRequest, real: tuple[Path, BuildResult]) -> Path:
    """Each of the statement's PDFs."""
    return real[0] / STATEMENT / str(request.param)


def test_tagged_titled_and_in_norwegian(pdf: Path) -> None:
    with pikepdf.open(pdf) as opened:
        root = opened.Root
        assert root.MarkInfo.Marked == True  # noqa: E712  a pikepdf object
        assert str(root.Lang) == "nb"
        assert root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
        assert "Alna bydelsutvalg" in str(opened.docinfo.Title)
        with opened.open_outline() as outline:
            assert len(outline.root) >= 1


def test_pages_and_size(real: tuple[Path, BuildResult]) -> None:
    with pikepdf.open(real[0] / STATEMENT / "sammendrag.pdf") as opened:
        assert len(opened.pages) <= 2
        assert [round(float(side)) for side in opened.pages[0].MediaBox] == [0, 0, 595, 842]


def test_every_font_is_ours_and_embedded(pdf: Path) -> None:
    ran = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True)
    rows = [line.split() for line in ran.stdout.split("\n")[2:] if line]
    assert rows
    for row in rows:
        assert re.search(r"Hanken-Grotesk|Source-Sans-Pro", row[0])
        assert row[-5:-2] == ["yes", "yes", "yes"]


def test_no_address_of_a_disk(pdf: Path) -> None:
    with pikepdf.open(pdf) as opened:
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                assert not re.search(r"file:|innspill:|innspill-sibling:|/tmp/", repr(thing))
    assert b"file:" not in pdf.read_bytes()


def test_the_summarys_links_lead_into_the_statement(real: tuple[Path, BuildResult]) -> None:
    folder = real[0] / STATEMENT
    listed = subprocess.run(
        ["pdfinfo", "-dests", folder / "uttalelse.pdf"], capture_output=True, text=True, check=True
    )
    places = set(re.findall(r'"(.*)"', listed.stdout))
    with pikepdf.open(folder / "sammendrag.pdf") as opened:
        links = [
            annotation.A
            for page in opened.pages
            for annotation in page.get("/Annots", ())
            if annotation.get("/Subtype") == "/Link" and "/A" in annotation
        ]
        assert len(links) > 60
        for link in links:
            assert str(link.S) == "/GoToR"
            assert str(link.F.UF) == "uttalelse.pdf"
            assert str(link.D) in places


def test_the_pages_that_the_summary_names_are_right(real: tuple[Path, BuildResult]) -> None:
    folder = real[0] / STATEMENT
    summary = subprocess.run(
        ["pdftotext", folder / "sammendrag.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    named = re.findall(r"\((\d\.\d+),\ss\.\s(\d+)\)", summary)
    assert len(named) == 16
    for number, page in named:
        text = subprocess.run(
            ["pdftotext", "-f", page, "-l", page, folder / "uttalelse.pdf", "-"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert re.search(rf"^{re.escape(number)}$", text, re.MULTILINE), (number, page)


def test_with_an_address_links_go_to_the_web(tmp_path: Path, store: Path) -> None:
    point = "summary:\n  - about: en\n    point: Et punkt.\n    quote: svaret på det ene\n"
    files = {
        **EXAMPLE,
        "index.md": EXAMPLE["index.md"].replace(
            "publisher", "url: https://www.example.org/i\npublisher"
        ),
        "sak/eksempel.md": EXAMPLE["sak/eksempel.md"].replace("status", point + "status", 1),
    }
    build_quietly(project(write(tmp_path, files), store=store))
    with pikepdf.open(tmp_path / "build/sak/eksempel/sammendrag.pdf") as opened:
        links = [str(each.A.URI) for page in opened.pages for each in page.get("/Annots", ())]
    page = "https://www.example.org/i/sak/eksempel/index.html"
    assert links == [f"{page}#p1-1", f"{page}#p1-1", page]


def test_a_print_reads_nothing_from_outside(tmp_path: Path, store: Path) -> None:
    own = tmp_path / "templates" / "print"
    own.mkdir(parents=True)
    (own / "sammendrag.css").write_text(
        '@import url("file:///etc/passwd");\np { background: url("http://127.0.0.1:9/x") }\n',
        encoding="utf-8",
    )
    assert told_of_print(tmp_path, store) == [
        "error[print]: the print asks for file:///etc/passwd, which is not there"
    ]


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ('@import url("mangler.css");', "mangler.css"),
        ("@font-face { font-family: X; src: url(x.ttf) } p { font-family: X }", "x.ttf"),
        ("p { background: url(bilde.png) }", "bilde.png"),
        ("h1::before { content: url(bilde.png) }", "bilde.png"),
        ("p { background: url(http://127.0.0.1:9/x) }", "http://127.0.0.1:9/x"),
    ],
)
def test_what_a_print_asks_for_is_there(tmp_path: Path, store: Path, rule: str, path: str) -> None:
    own = tmp_path / "templates" / "print"
    own.mkdir(parents=True)
    (own / "sammendrag.css").write_text(rule, encoding="utf-8")
    said = f"error[print]: the print asks for {path}, which is not there"
    assert told_of_print(tmp_path, store) == [said]
    assert told_of_print(tmp_path, store) == [said]  # nothing of it was remembered


def test_a_stylesheet_that_a_print_links_to_is_there(tmp_path: Path, store: Path) -> None:
    own = tmp_path / "templates" / "print"
    own.mkdir(parents=True)
    text = (ROOT / "templates/print/uttalelse.html").read_text(encoding="utf-8")
    block = "{% block main %}"
    link = f'{block}<link rel="stylesheet" href="innspill:print/glemt.css">'
    (own / "uttalelse.html").write_text(text.replace(block, link), encoding="utf-8")
    assert told_of_print(tmp_path, store) == [
        "error[print]: the print asks for print/glemt.css, which is not there"
    ]


def told_of_print(folder: Path, store: Path) -> list[str]:
    """What is wrong with the prints of the example, with templates of the folder's own."""
    place = project(write(folder, EXAMPLE), store=store, templates=folder / "templates")
    built = build_quietly(place)
    assert built.published is None
    return [f"{each.severity}[{each.code}]: {each.message}" for each in built.checked.diagnostics]


def test_no_warning_is_heard(real: tuple[Path, BuildResult]) -> None:
    assert [str(each.message) for each in real[1].checked.diagnostics] == []
