"""The letter as Word and as PDF, made of its own words, and an example project to import into."""

from __future__ import annotations

import html
import io
import re
import shutil
from functools import cache
from pathlib import Path

import docx
from letter import SEED, pieces
from sites import CONTENT
from weasyprint import HTML

HEADINGS = {
    "Innspill fra Alna bydelsutvalg": 1,
    "Generell tilbakemelding": 1,
    "Involvering av bydelene": 2,
    "Bydelsinndeling": 2,
    "Svar på spørsmål": 1,
}
HEAD = (
    ("Deres ref.:", "23/5459-1"),
    ("Vår ref. (saksnr.):", "24/7516 - 3"),
    ("Saksbehandler:", "Bjørn Gaarder Johansen"),
    ("Dato:", "30.03.2024"),
)
"""What stands beside the letter's first page."""
RUNNING = "Bydel Alna"
"""A running head, of this test's own."""


@cache
def bullets() -> frozenset[str]:
    """How the letter's bullets begin."""
    text = SEED.read_text(encoding="utf-8")
    return frozenset(" ".join(each.split())[:30] for each in re.findall(r"•\s*([^•]{40,60})", text))


def as_word() -> bytes:
    """The letter as Word saves it: styles for headings, a table for its head."""
    made = docx.Document()
    section = made.sections[0]
    section.header.paragraphs[0].text = RUNNING
    section.footer.paragraphs[0].text = "Side 1 av 6"
    table = made.add_table(2, len(HEAD))
    for number, (label, value) in enumerate(HEAD):
        table.cell(0, number).text = label
        table.cell(1, number).text = value
    title, *rest = pieces()
    made.add_paragraph(title, style="Title")
    for piece in rest:
        if level := HEADINGS.get(piece):
            made.add_heading(piece, level)
        else:
            is_bullet = piece[:30] in bullets()
            made.add_paragraph(piece, style="List Bullet" if is_bullet else None)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def as_pdf() -> bytes:
    """The letter as a PDF of several pages, with running heads and page numbers."""
    title, *rest = pieces()
    rows = [
        "<tr>" + "".join(f"<td>{html.escape(each[row])}</td>" for each in HEAD) + "</tr>"
        for row in (0, 1)
    ]
    parts = [f"<table>{''.join(rows)}</table><h1>{html.escape(title)}</h1>"]
    for piece in rest:
        tag = "li" if piece[:30] in bullets() else "p"
        if level := HEADINGS.get(piece):
            tag = f"h{level + 1}"
        parts.append(f"<{tag}>{html.escape(piece)}</{tag}>")
    body = re.sub(r"((?:<li>.*</li>\n?)+)", r"<ul>\1</ul>", "\n".join(parts))
    style = (
        "@page { size: A4; margin: 30mm 25mm; @top-left { content: '" + RUNNING + "' }"
        " @bottom-right { content: 'Side ' counter(page) ' av ' counter(pages) } }"
        "body { font: 11pt sans-serif } h1 { font-size: 16pt } h2 { font-size: 14pt }"
        "h3 { font-size: 12pt } td { padding-right: 8mm }"
    )
    made = HTML(string=f"<html lang='nb'><style>{style}</style>{body}").write_pdf()
    assert isinstance(made, bytes)
    return made


def letter_file(folder: Path, form: str) -> Path:
    """The letter as a file: `txt` as it came, `docx` or `pdf`."""
    path = folder / f"brev.{form}"
    data = {"txt": SEED.read_bytes, "docx": as_word, "pdf": as_pdf}[form]()
    path.write_bytes(data)
    return path


def consultation(folder: Path) -> None:
    """The letter's own consultation, without its statement."""
    shutil.copytree(CONTENT, folder / "content")
    (folder / "content" / "oppgavefordeling-2024" / "alna.md").unlink()
