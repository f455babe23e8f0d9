"""The proposals in the PDFs: the grid on the summary's first page, and tables that break well."""

from __future__ import annotations

import re
from pathlib import Path

from paper import page_texts
from sites import ANSWERS, CASE, HEAD, INDEX, STATEMENT, build_quietly, project, write

from innspill.project import BuildResult

SIZES = (22, 24, 26, 28, 30)
"""How many proposals the first table has, in one statement each: the second begins lower down."""


BASIS = "Dette bør være svaret på det ene"


def proposals(first: int) -> str:
    moves = ["to_district"] * first + ["to_city"] * 12
    return "proposals:\n" + "".join(
        f"  - what: Eksempel {number:03}\n    move: {move}\n    force: bør\n"
        "    quote: bør være svaret på det ene\n"
        for number, move in enumerate(moves)
    )


def test_the_summary_begins_with_its_first_point_and_the_grid(
    real: tuple[Path, BuildResult],
) -> None:
    first, second = page_texts(real[0] / STATEMENT / "sammendrag.pdf")
    order = (
        "Enstemmig vedtatt 21. mars 2024.",
        "Reell makt, styring og driftsansvar må",
        "47 forslag, etter hvor oppgaven skal",
        "Større og færre bydeler",
        "7. Samarbeid mellom",
    )
    places = [first.index(each) for each in order]
    assert places == sorted(places)
    assert first.count("Reell makt, styring og driftsansvar må") == 1
    assert second.startswith("Forslagene, og hvor sterkt brevet ber om dem")


def test_each_part_of_a_table_has_three_rows_and_says_its_direction(
    tmp_path: Path, store: Path
) -> None:
    files: dict[str, str | bytes] = {"index.md": INDEX, "sak/index.md": CASE}
    for size in SIZES:
        head = HEAD.replace("Eksempel b", f"Eksempel {size} b")
        front = f"{head.removesuffix('---' + chr(10))}{proposals(size)}---\n"
        files[f"sak/eksempel-{size}.md"] = front + ANSWERS.replace(
            "Dette er svaret på det ene", BASIS
        )
    assert build_quietly(project(write(tmp_path, files), store=store)).checked.diagnostics == ()
    divided = 0
    for size in SIZES:
        whole = page_texts(tmp_path / f"build/sak/eksempel-{size}/uttalelse.pdf")
        start = next(n for n, text in enumerate(whole) if "Eksempel 000" in text)
        for move, count in (("Til bydelene", size), ("Til kommunen sentralt", 12)):
            wanted = range(size) if count == size else range(size, size + 12)
            shown = [
                [int(each) for each in re.findall(r"Eksempel (\d{3})", text)]
                for text in whole[start:]
            ]
            parts = [[each for each in page if each in wanted] for page in shown]
            for text, part in zip(whole[start:], parts, strict=True):
                assert not part or f"{move} {count} forslag" in text
                assert not part or len(part) >= 3, (size, move, part)
            divided += sum(map(bool, parts)) > 1
    assert divided


def test_page_and_summary_begin_with_the_same_point(tmp_path: Path, store: Path) -> None:
    """The first as readers meet them, whatever the order in the file."""
    summary = (
        "summary:\n  - about: en\n    point: Om det ene.\n    quote: svaret på det ene\n"
        "  - about: general\n    point: Om det hele.\n    quote: svaret på det andre\n"
    )
    head = f"{HEAD.removesuffix('---' + chr(10))}{summary}---\n"
    files = {"index.md": INDEX, "sak/index.md": CASE, "sak/eksempel.md": head + ANSWERS}
    built = build_quietly(project(write(tmp_path, files), store=store))
    assert built.checked.diagnostics == ()
    page = (tmp_path / "build/sak/eksempel/index.html").read_text(encoding="utf-8")
    assert re.findall(r'class="first-point"[^>]*>([^<]*) ', page) == ["Om det hele."]
    [paper, *_] = page_texts(tmp_path / "build/sak/eksempel/sammendrag.pdf")
    assert paper.index("Om det hele.") < paper.index("Om det ene.")
