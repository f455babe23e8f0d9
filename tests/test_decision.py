"""How a statement was adopted is said alike in every language, on pages and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper import page_texts
from sites import ANSWERS, build_quietly, project, statement, write

FRONT = """\
adopted: 2024-03-21
vote:
  result: majority
  for: 9
  against: 6
  parties: "for: A, SV; mot: H"
minutes: to_follow
lang: {lang}
summary:
  - about: en
    point: Et eksempel.
    quote: svaret på det ene
"""
SAID = {
    "nb": "Vedtatt med 9 mot 6 stemmer, 21. mars 2024. For: A, SV; mot: H. "
    "Endelig protokoll ettersendes.",
    "nn": "Vedteken med 9 mot 6 røyster, 21. mars 2024. For: A, SV; mot: H. "
    "Endeleg protokoll blir ettersend.",
    "en": "Adopted by 9 to 6 votes, 21 March 2024. For: A, SV; mot: H. "
    "The final minutes will follow.",
}


@pytest.mark.parametrize("lang", SAID)
def test_a_split_vote_is_said_in_full_in_both_pdfs(tmp_path: Path, store: Path, lang: str) -> None:
    files = statement(ANSWERS, FRONT.replace("{lang}", lang))
    build_quietly(project(write(tmp_path, files), store=store))
    folder = tmp_path / "build/sak/eksempel"
    for name in ("uttalelse", "sammendrag"):
        assert SAID[lang] in page_texts(folder / f"{name}.pdf")[0]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert SAID[lang].partition(". For")[0] in page
