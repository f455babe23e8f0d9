"""More forms of the same: large print, the booklet and its sheets, the meeting folder."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from committees import consultation
from hypothesis import given
from hypothesis import strategies as st
from paper import page_texts, type_sizes
from sites import (
    EXAMPLE,
    STATEMENT,
    build_quietly,
    innspill,
    load,
    project,
    statement,
    write,
)
from verapdf import Verdict, judge

from innspill.build import pack_content
from innspill.project import BuildOptions, BuildResult
from innspill.render.imposition import impose, sheets_of

AGENDA = "agenda:\n  - eksempel-c\n  - eksempel-a\ndeadline"
LINK = "Se [punktet](eksempel-c.md#p1-2) og [den](eksempel-b.md).\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, store: Path) -> tuple[Path, BuildResult]:
    """Three statements, one of them in all forms, two in the meeting folder, one a draft."""
    files = consultation(3)
    files["sak/index.md"] = files["sak/index.md"].replace("deadline", AGENDA)
    whole = files["sak/eksempel-a.md"].replace("status:", "prints: [booklet, large]\nstatus:")
    files["sak/eksempel-a.md"] = whole.replace("\n---\n", f"\n---\n\n{LINK}")
    folder = tmp_path_factory.mktemp("forms")
    return folder / "build", build_quietly(project(write(folder, files), store=store))


def page_sizes(pdf: Path) -> set[tuple[int, ...]]:
    with pikepdf.open(pdf) as opened:
        return {tuple(round(float(each)) for each in page.MediaBox) for page in opened.pages}


def title_of(pdf: Path) -> str:
    with pikepdf.open(pdf) as opened:
        return str(opened.docinfo.Title)


def test_what_is_asked_for_is_made_and_nothing_else(made: tuple[Path, BuildResult]) -> None:
    assert made[1].published is not None
    pdfs = {path.relative_to(made[0]).as_posix() for path in made[0].rglob("*.pdf")}
    usual = {
        f"sak/eksempel-{letter}/{name}.pdf"
        for letter in "abc"
        for name in ("uttalelse", "sammendrag")
    }
    more = {f"sak/eksempel-a/uttalelse-{name}.pdf" for name in ("stor-skrift", "hefte")}
    assert pdfs == usual | more | {
        "sak/eksempel-a/uttalelse-hefte-utskrift.pdf",
        "sak/moetemappe.pdf",
    }
    assert made[1].pdfs == len(pdfs)


def test_the_pages_list_them_with_their_sizes(made: tuple[Path, BuildResult]) -> None:
    listed = r'<a href="([^"]+\.pdf)">[^<]+</a> <span class="file-kind">PDF, (\d+) kB</span>'
    for page, names in (
        (
            "sak/eksempel-a/",
            ["uttalelse-stor-skrift.pdf", "uttalelse-hefte.pdf", "uttalelse-hefte-utskrift.pdf"],
        ),
        ("sak/eksempel-b/", []),
        ("sak/", ["moetemappe.pdf"]),
    ):
        found = re.findall(listed, (made[0] / page / "index.html").read_text(encoding="utf-8"))
        assert [name for name, _ in found] == names
        for name, size in found:
            assert round((made[0] / page / name).stat().st_size / 1000) == int(size)


def test_large_print_is_large_and_of_one_column(made: tuple[Path, BuildResult]) -> None:
    pdf = made[0] / "sak/eksempel-a/uttalelse-stor-skrift.pdf"
    assert min(type_sizes(pdf)) == 18
    assert page_sizes(pdf) == {(0, 0, 595, 842)}
    text = " ".join(page_texts(pdf))
    for question in range(1, 7):
        assert f"Svaret på spørsmål {question} er et eksempel." in text


def test_every_form_keeps_to_both_standards_but_the_sheets(
    made: tuple[Path, BuildResult], real: tuple[Path, BuildResult], tmp_path: Path
) -> None:
    folder = made[0] / "sak" / "eksempel-a"
    forms = [
        folder / "uttalelse-stor-skrift.pdf",
        folder / "uttalelse-hefte.pdf",
        made[0] / "sak" / "moetemappe.pdf",
        Path(shutil.copy(real[0] / STATEMENT / "uttalelse-stor-skrift.pdf", tmp_path / "a.pdf")),
    ]
    sheets = folder / "uttalelse-hefte-utskrift.pdf"
    verdicts = judge([*forms, sheets])
    for form in forms:
        assert verdicts[form.name] == Verdict(("PDF/A-2A", "PDF/UA-1"), {})
    assert verdicts[sheets.name].passed == ()


def test_the_booklet_is_a5_and_tagged(made: tuple[Path, BuildResult]) -> None:
    pdf = made[0] / "sak/eksempel-a/uttalelse-hefte.pdf"
    assert page_sizes(pdf) == {(0, 0, 420, 595)}
    with pikepdf.open(pdf) as opened:
        assert opened.Root.MarkInfo.Marked == True  # noqa: E712  a pikepdf object


def test_the_sheets_hold_the_booklets_pages_and_claim_nothing(
    made: tuple[Path, BuildResult],
) -> None:
    sheets = made[0] / "sak/eksempel-a/uttalelse-hefte-utskrift.pdf"
    pages = page_texts(sheets.with_name("uttalelse-hefte.pdf"))
    assert page_sizes(sheets) == {(0, 0, 842, 595)}
    sides = page_texts(sheets)
    assert len(sides) == len(sheets_of(len(pages)))
    for text, pair in zip(sides, sheets_of(len(pages)), strict=True):
        numbers = [number for number in pair if number < len(pages)]
        assert [f"Side {number + 1} av {len(pages)}" in text for number in numbers] == [True] * len(
            numbers
        )
        words = sorted(word for number in numbers for word in pages[number].split())
        assert sorted(text.split()) == words
    assert "eksempel" in title_of(sheets).casefold()
    assert title_of(sheets) != title_of(sheets.with_name("uttalelse-hefte.pdf"))
    with pikepdf.open(sheets) as opened:
        assert not {"/StructTreeRoot", "/MarkInfo"} & set(opened.Root.keys())
        assert b"pdfuaid" not in opened.Root.Metadata.read_bytes()
        assert b"pdfaid" not in opened.Root.Metadata.read_bytes()
        for each in opened.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form":
                assert b"MCID" not in each.read_bytes()
    subprocess.run(["qpdf", "--check", sheets], check=True, capture_output=True)


def test_imposing_gives_the_same_bytes(made: tuple[Path, BuildResult]) -> None:
    booklet = (made[0] / "sak/eksempel-a/uttalelse-hefte.pdf").read_bytes()
    assert impose(booklet, "Hefte") == impose(booklet, "Hefte")


@given(st.integers(1, 200))
def test_folded_sheets_read_in_order(count: int) -> None:
    sides = sheets_of(count)
    fronts, backs = sides[::2], sides[1::2]
    assert len(fronts) == len(backs)
    # Leafing through: the right of each front, the left of its back, to the middle; then out.
    leafed = [
        page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])
    ]
    leafed += [
        page
        for front, back in reversed(list(zip(fronts, backs, strict=True)))
        for page in (back[1], front[0])
    ]
    assert leafed == list(range(len(leafed)))
    assert count <= len(leafed) < count + 4


def test_the_folder_holds_the_agendas_statements_in_order(made: tuple[Path, BuildResult]) -> None:
    folder = made[0] / "sak/moetemappe.pdf"
    pages = page_texts(folder)
    for number, text in enumerate(pages, 1):
        assert not text or f"Side {number} av {len(pages)}" in text
    with pikepdf.open(folder) as opened, opened.open_outline() as outline:
        first, in_short, *items, last = outline.root
        assert "Eksempel på en høring" in first.title
        assert (in_short.title, last.title) == ("Sammendragene", "Om dette dokumentet")
        assert [each.title for each in in_short.children] == [each.title for each in items]
        assert [each.title for each in items] == [
            "1. Eksempel C bydelsutvalg",
            "2. Eksempel A bydelsutvalg",
        ]
        assert [each.children[0].title for each in items] == ["Uttalelsen"] * 2
        assert all(len(each.children[0].children) >= 6 for each in items)
    starts = [
        next(
            n for n, text in enumerate(pages, 1) if f"{item}. Eksempel {name} byd" in text and n > 2
        )
        for item, name in ((1, "C"), (2, "A"))
    ]
    assert all(f"Eksempel {name} bydelsutvalg" in pages[1] for name in "CA")
    assert all(start % 2 for start in starts)
    for start, name in zip(starts, "CA", strict=True):
        assert re.search(rf"Eksempel {name} bydelsutvalg( \(\w+\))? {start} ", pages[0])
    for text in pages[starts[0] - 1 : starts[1] - 1]:
        assert not text or "utkast" in text.casefold()


def test_the_folders_ids_are_kept_apart_and_its_links_stay_in_it(
    made: tuple[Path, BuildResult],
) -> None:
    folder = made[0] / "sak/moetemappe.pdf"
    listed = subprocess.run(
        ["pdfinfo", "-dests", folder], capture_output=True, text=True, check=True
    ).stdout
    places = re.findall(r'"(.*)"', listed)
    assert len(places) == len(set(places))
    for name in ("p1-1", "s1", "notes", "fn1", "fnref1", "proposals"):
        assert {f"item-eksempel-c-{name}", f"item-eksempel-a-{name}"} <= set(places)
    with pikepdf.open(folder) as opened:
        targets = {
            str(each.Dest)
            for page in opened.pages
            for each in page.get("/Annots", ())
            if "/Dest" in each
        }
        addresses = [
            each.A for page in opened.pages for each in page.get("/Annots", ()) if "/A" in each
        ]
    assert "item-eksempel-c-p1-2" in targets
    assert targets <= set(places)
    assert addresses == []


def test_the_data_and_the_pack_have_them_too(
    made: tuple[Path, BuildResult], tmp_path: Path, store: Path
) -> None:
    data = (made[0] / "sak/data.json").read_text(encoding="utf-8")
    for name in ("moetemappe.pdf", "eksempel-a/uttalelse-stor-skrift.pdf"):
        assert f'"{name}"' in data
    files = {
        **EXAMPLE,
        "index.md": EXAMPLE["index.md"].replace("publisher", "prints: large\npublisher"),
    }
    place = project(write(tmp_path, files), store=store)
    _, packed = pack_content(place, "sak/eksempel", BuildOptions(), lambda *_: None)
    assert packed is not None
    written = io.BytesIO()
    packed.write(written)
    assert b"uttalelse-stor-skrift.pdf" in written.getvalue()


def test_the_nearest_choice_holds(tmp_path: Path) -> None:
    files = statement("\n## Svar {#en}\n\nEt.\n\n## Svar {#to}\n\nTo.\n")
    for where in ("index.md", "sak/index.md", "sak/eksempel.md"):
        wish = "booklet" if where == "sak/index.md" else "large"
        files[where] = files[where].replace("---\n", f"---\nprints: {wish}\n", 1)
        (only,) = load(write(tmp_path, files))[1].statements
        assert only.prints == (wish,)
    files["sak/eksempel.md"] = files["sak/eksempel.md"].replace("prints: large", "prints: []")
    (only,) = load(write(tmp_path, files))[1].statements
    assert only.prints == ()


def test_the_option_adds_a_form(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    innspill("build", "--print", "booklet", cwd=tmp_path)
    names = {path.name for path in (tmp_path / "build/sak/eksempel").glob("*.pdf")}
    assert names == {
        "uttalelse.pdf",
        "sammendrag.pdf",
        "uttalelse-hefte.pdf",
        "uttalelse-hefte-utskrift.pdf",
    }


def test_a_number_of_three_digits_is_not_torn_in_large_print(tmp_path: Path) -> None:
    body = "".join(f"Avsnitt {each} er et eksempel.\n\n" for each in range(1, 112))
    write(tmp_path, statement(f"\n{body}## Svar {{#en}}\n\nEt.\n\n## Svar {{#to}}\n\nTo.\n"))
    innspill("build", "--print", "large", cwd=tmp_path)
    pdf = tmp_path / "build/sak/eksempel/uttalelse-stor-skrift.pdf"
    drawn = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"^ *0\.111 +Avsnitt 111 ", drawn, re.MULTILINE)
