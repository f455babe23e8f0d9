"""The PDFs on paper: margins, size of type, where pages break, and the way to the web."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
import segno
from paper import page_lines, page_texts, sides, type_sizes
from PIL import Image
from sites import CASE, EXAMPLE, STATEMENT, build_quietly, project, statement, write

from innspill.project import BuildResult


def summary_of(count: int) -> dict[str, str]:
    """The example site with a summary of so many points."""
    answer = "\n\n".join(f"Sitat {number:03}." for number in range(count))
    points = "".join(
        f"  - about: en\n    point: Eksempel på punkt {number:03}.\n    quote: Sitat {number:03}\n"
        for number in range(count)
    )
    body = f"\n## Svar {{#en}}\n\n{answer}\n\n## Svar {{#to}}\n\nEt svar.\n"
    return statement(body, f"summary:\n{points}")


def test_both_sides_leave_room_for_the_holes_and_the_pencil(real: tuple[Path, BuildResult]) -> None:
    folder = real[0] / STATEMENT
    first, second = sides(folder / "sammendrag.pdf")
    assert first[0] >= 19.9
    assert first[1] >= 24.9
    assert second[0] >= 24.9
    assert second[1] >= 19.9
    for number, (left, right) in enumerate(sides(folder / "uttalelse.pdf"), 1):
        inner, outer = (left, right) if number % 2 else (right, left)
        assert inner >= 29.9, number
        assert outer >= 23.9, number


def test_nothing_in_the_summary_is_smaller_than_it_may_be(real: tuple[Path, BuildResult]) -> None:
    assert min(type_sizes(real[0] / STATEMENT / "sammendrag.pdf")) == 10.5


def test_a_short_summary_is_one_page(tmp_path: Path, store: Path) -> None:
    build_quietly(project(write(tmp_path, summary_of(12)), store=store))
    with pikepdf.open(tmp_path / "build/sak/eksempel/sammendrag.pdf") as opened:
        assert len(opened.pages) == 1


def test_too_long_a_summary_is_told_by_points_and_lines(tmp_path: Path, store: Path) -> None:
    built = build_quietly(project(write(tmp_path, summary_of(110)), store=store))
    (fault,) = built.checked.diagnostics
    assert built.published is None
    assert fault.code == "summary-too-long"
    over = re.findall(r"Eksempel på punkt (\d+)\.", str(fault.hint))
    assert over == [f"{number:03}" for number in range(110 - len(over), 110)]
    # The points, each a line; the second question, which has none; two on the document.
    assert str(fault.message).endswith(f"Lines over: {len(over) + 3}")


def test_the_pages_of_the_proposals_are_right(real: tuple[Path, BuildResult]) -> None:
    pages = page_lines(real[0] / STATEMENT / "uttalelse.pdf")
    rows = [
        row
        for page in pages[-2:]
        for line in page
        if (row := re.search(r"\s{2,}(\d\.\d+)\s+(\d+)$", line))
    ]
    assert len(rows) > 30
    for row in rows:
        number, page = row.groups()
        lines = pages[int(page) - 1]
        assert any(line.split()[0] == number for line in lines), (number, page)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """A draft of many headings and paragraphs, each word of which tells its paragraph."""
    body = "\n## Svar {#en}\n"
    for part in range(70):
        words = " ".join(f"avsnitt{part:02}" for _ in range(25 + part * 37 % 90))
        body += f"\n### Overskrift {part:02}\n\n{words}.\n"
    body += "\n## Svar {#to}\n\n" + "\n".join(
        f"- {' '.join(f'punkt{item:02}' for _ in range(12 + item * 29 % 40))}" for item in range(40)
    )
    files = statement(body)
    files["sak/eksempel.md"] = files["sak/eksempel.md"].replace("adopted", "draft")
    guidance = "    guidance: Eksempler på forhold som kan nevnes.\n"
    files["sak/index.md"] = CASE.replace("?\n", f"?\n{guidance}")
    folder = tmp_path_factory.mktemp("long")
    build_quietly(project(write(folder, files), store=store))
    return folder / "build/sak/eksempel/uttalelse.pdf"


def test_a_heading_never_stands_alone_at_the_foot(long: Path) -> None:
    pages = page_lines(long)
    assert len(pages) > 8
    for page in pages:
        assert not page[-2].startswith(("Overskrift", "Hva er", "Eksempler", "Svar")), page[-2:]


def test_no_paragraph_leaves_fewer_than_three_lines_on_a_page(long: Path) -> None:
    pages, split = page_lines(long), set()
    for word in (f"avsnitt{part:02}" for part in range(70)):
        counts = [sum(word in line for line in page) for page in pages]
        counts = [count for count in counts if count]
        if len(counts) > 1:
            split.add(word)
            assert min(counts) >= 3, (word, counts)
    assert split


def test_no_item_of_a_list_is_torn(long: Path) -> None:
    pages = page_lines(long)
    for word in (f"punkt{item:02}" for item in range(40)):
        assert sum(any(word in line for line in page) for page in pages) == 1, word


def test_every_sheet_of_a_draft_says_so(long: Path) -> None:
    for pdf in (long, long.with_name("sammendrag.pdf")):
        for text in page_texts(pdf):
            assert "utkast" in text.casefold()
            assert "Eksempel bydelsutvalg" in text
            assert re.search(r"Side \d+ av \d+", text)


def test_with_an_address_a_code_leads_to_the_page(tmp_path: Path, store: Path) -> None:
    web = "https://www.example.org/i/sak/eksempel/"
    address = "url: https://www.example.org/i\npublisher"
    files = {**EXAMPLE, "index.md": EXAMPLE["index.md"].replace("publisher", address)}
    build_quietly(project(write(tmp_path, files), store=store))
    pdf = tmp_path / "build/sak/eksempel/sammendrag.pdf"
    assert "www.example.org/i/sak/eksempel" in page_texts(pdf)[0].split()
    with pikepdf.open(pdf) as opened:
        alternatives = [
            str(each.Alt)
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    assert len(alternatives) == 1
    assert alternatives[0].endswith("www.example.org/i/sak/eksempel")
    assert drawn_code(pdf, tmp_path) == [
        [bool(module) for module in row]
        for row in segno.make_qr(f"{web}index.html", error="m", boost_error=False).matrix
    ]


def drawn_code(pdf: Path, folder: Path) -> list[list[bool]]:
    """The modules of the QR code that stands alone at the right of the first page's text."""
    subprocess.run(
        ["pdftoppm", "-r", "300", "-l", "1", "-gray", "-singlefile", pdf, folder / "page"],
        check=True,
    )
    page = Image.open(folder / "page.pgm").point(lambda value: 255 if value < 128 else 0)
    left, above = round(page.width * 155 / 210), round(page.height * 40 / 297)
    margin = page.crop((left, above, page.width, page.height // 3))
    code = margin.crop(margin.getbbox())
    count = 33  # version 4 (ISO/IEC 18004, table 1)
    step = code.width / count
    return [
        [code.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) == 255 for x in range(count)]
        for y in range(count)
    ]
