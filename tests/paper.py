"""PDFs for tests: lines of text on their pages, places and sizes; and what a browser prints."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

MM = 72 / 25.4


def page_lines(pdf: Path) -> list[list[str]]:
    """Each page's lines from the top, without what is at the head and the foot."""
    text = _run("pdftotext", "-layout", pdf, "-")
    return [
        [line.strip() for line in page.split("\n") if line.strip()]
        for page in text.split("\f")[:-1]
    ]


def page_texts(pdf: Path) -> list[str]:
    """Each page's text on one line."""
    return [" ".join(" ".join(lines).split()) for lines in page_lines(pdf)]


def sides(pdf: Path) -> list[tuple[float, float]]:
    """How much of each page is free to the left and the right of its text, in millimetres."""
    found = []
    for page in _boxes(pdf):
        width = float(re.findall(r'width="([\d.]+)"', page)[0])
        left = min(map(float, re.findall(r'<word xMin="([\d.]+)"', page)))
        right = max(map(float, re.findall(r' xMax="([\d.]+)"', page)))
        found.append((left / MM, (width - right) / MM))
    return found


def page_words(pdf: Path) -> list[list[tuple[float, float, str]]]:
    """Each page's words in order, with where they begin and end on their line, in points."""
    word = r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>'
    return [
        [(float(left), float(right), text) for left, right, text in re.findall(word, page)]
        for page in _boxes(pdf)
    ]


def type_sizes(pdf: Path) -> set[float]:
    """Every size of type that something is set in, in points.

    WeasyPrint counts in pixels of 0.75 pt, and scales the whole page.
    """
    with pikepdf.open(pdf) as opened:
        return {
            round(float(instruction.operands[1]) * 0.75, 2)
            for page in opened.pages
            for instruction in pikepdf.parse_content_stream(page, "Tf")
            if str(instruction.operator) == "Tf"
        }


def _boxes(pdf: Path) -> list[str]:
    return _run("pdftotext", "-bbox", pdf, "-").split("<page ")[1:]


def _run(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def printed_by_browser(page: str) -> bytes:
    """The PDF that Chromium prints of a page of HTML, by its own command."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        written, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        written.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                "/usr/bin/chromium",
                "--headless",
                "--no-sandbox",
                "--no-pdf-header-footer",
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={made}",
                written.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=60,
        )
        return made.read_bytes()
