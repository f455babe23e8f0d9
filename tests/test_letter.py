"""The letter is published word for word: in the page, and in the PDF's tag tree."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from letter import pieces, spaceless
from playwright.sync_api import Page
from sites import CONTENT, STATEMENT, build_quietly, project

from innspill.project import BuildResult


def page_text(tab: Page, folder: Path) -> str:
    """What a reader of the statement's page sees, without the paragraphs' numbers."""
    tab.goto((folder / STATEMENT / "index.html").as_uri())
    tab.evaluate("document.querySelectorAll('.number').forEach(each => each.remove())")
    return tab.inner_text("main")


def tagged_text(pdf: Path) -> str:
    """The text of a PDF's tag tree, in its order, as another program reads it."""
    ran = subprocess.run(
        ["pdfinfo", "-struct-text", pdf], capture_output=True, text=True, check=True
    )
    return " ".join(re.findall(r'^\s*"(.*)"$', ran.stdout, re.MULTILINE))


def missing(text: str) -> list[str]:
    """The pieces of the letter that a text lacks."""
    run_together = spaceless(text)
    return [piece for piece in pieces() if spaceless(piece) not in run_together]


def test_the_letter_has_all_its_pieces() -> None:
    # 1 title, 5 headings, 7 questions with 4 guidances, 48 paragraphs and bullets.
    assert len(pieces()) == 1 + 5 + 7 + 4 + 48


def test_the_page_holds_every_word(real: tuple[Path, BuildResult], tab: Page) -> None:
    lines = {" ".join(line.split()) for line in page_text(tab, real[0]).split("\n")}
    assert [piece for piece in pieces() if piece not in lines] == []


def test_the_pdf_holds_every_word(real: tuple[Path, BuildResult]) -> None:
    assert missing(tagged_text(real[0] / STATEMENT / "uttalelse.pdf")) == []


@pytest.mark.parametrize("word", ["opgavefordelingen", "kapasiten", "sitteplasser", "ensartet"])
def test_one_changed_word_is_noticed(tmp_path: Path, store: Path, tab: Page, word: str) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    source = tmp_path / "content" / STATEMENT.rstrip("/")
    text = source.with_suffix(".md").read_text(encoding="utf-8")
    source.with_suffix(".md").write_text(text.replace(word, word[::-1]), encoding="utf-8")
    build_quietly(project(tmp_path, store=store), with_pdf=False)
    assert len(missing(page_text(tab, tmp_path / "build"))) == 1
