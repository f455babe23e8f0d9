"""Stylesheets that a process has parsed once: prints come out as if each had parsed its own."""

from __future__ import annotations

from pathlib import Path

from innspill.blob import blob_of
from innspill.render.pdf import Printed, print_pdf
from innspill.store import Store

HTML = """\
<!doctype html>
<html lang="nb">
<head>
<title>Eksempel</title>
<link rel="stylesheet" href="innspill:print/a.css">
<link rel="stylesheet" href="innspill:print/b.css">{more}
</head>
<body><p class="x">{text}</p></body>
</html>
"""
SHEETS = {"print/a.css": b"p { font-size: 20pt }", "print/b.css": b".x { margin: 3cm 0 0 }"}


def printed(folder: Path, text: str, sheets: dict[str, bytes], more: str = "") -> Printed:
    resources = {path: blob_of(data) for path, data in sheets.items()}
    return print_pdf(HTML.format(text=text, more=more), resources, Store(folder))


def test_bytes_do_not_hang_on_what_was_printed_before(tmp_path: Path) -> None:
    texts = ("Det ene.", "Det andre, og mer.")
    forth = {each: printed(tmp_path / "a", each, SHEETS).pdf for each in texts}
    back = {each: printed(tmp_path / "b", each, SHEETS).pdf for each in reversed(texts)}
    assert forth == back


def test_an_edited_sheet_is_taken_at_once_and_the_old_one_remembered(tmp_path: Path) -> None:
    edited = {**SHEETS, "print/b.css": b".x { margin: 6cm 0 0 }"}
    first, other = (printed(tmp_path, "Det ene.", each) for each in (SHEETS, edited))
    assert other.is_new
    assert other.pdf != first.pdf
    assert printed(tmp_path, "Det ene.", edited) == _again(other)
    assert printed(tmp_path, "Det ene.", SHEETS).pdf == first.pdf


def test_what_a_sheet_warns_of_is_told_of_each_print(tmp_path: Path) -> None:
    sheets = {**SHEETS, "print/b.css": b".x { finnes-ikke: 1 }"}
    for text in ("Det ene.", "Det andre."):
        assert "finnes-ikke" in " ".join(printed(tmp_path, text, sheets).warnings)


def test_a_prints_own_sheet_weighs_as_in_the_cascade(tmp_path: Path) -> None:
    """The class of a linked sheet is stronger than a plain element within."""
    own = "<style>p { margin: 9cm 0 0 }</style>"
    assert printed(tmp_path, "Et.", SHEETS, own).pdf == printed(tmp_path, "Et.", SHEETS).pdf


def _again(made: Printed) -> Printed:
    values = (made.pdf, made.pages, made.page_count, made.lines, made.warnings, made.strange_fonts)
    return Printed(*values, is_new=False)
