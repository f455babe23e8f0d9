"""Values as a Norwegian writes them are understood, and `fmt` writes their settled form."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import CASE, INDEX, codes, innspill, write

from innspill.fmt.source import formatted
from innspill.messages import catalogue
from innspill.read.schema import StatementFront
from innspill.read.source import parse_source
from innspill.read.validate import VALUE_WORDS
from innspill.read.written_values import MINUTES, MOVE, PRINTS, RESULT, STATUS

WRITTEN = """\
---
title: Eksempel
committee: Eksempel bydelsutvalg
status: Vedtatt
adopted: 12.02.2026
vote:
  result: "enstemmig"
minutes: kommer
dated: 3. mars 2026
lang: bokmål
hide_case_officer: ja
prints: [stor skrift, hefte]
proposals:
  - what: Et eksempel
    move: til bydelene
    force: bør
    quote: Dette bør gjøres
---

## Svar {#en}

Dette bør gjøres.

## Svar {#to}

Ja.
"""
SETTLED = """\
---
title: Eksempel
committee: Eksempel bydelsutvalg
status: adopted
adopted: 2026-02-12
vote:
  result: unanimous
minutes: to_follow
dated: 2026-03-03
lang: nb
hide_case_officer: true
prints: [large, booklet]
proposals:
  - what: Et eksempel
    move: to_district
    force: bør
    quote: Dette bør gjøres
---
"""


def test_they_are_understood(tmp_path: Path) -> None:
    files = {"index.md": INDEX, "sak/index.md": CASE, "sak/alna.md": WRITTEN}
    assert codes(tmp_path, files) == []


def test_fmt_writes_the_settled_form() -> None:
    source = parse_source("a.md", "a.md", WRITTEN.encode(), StatementFront)
    made = formatted(source)
    assert made == SETTLED + WRITTEN.split("---\n")[2]
    again = parse_source("a.md", "a.md", made.encode(), StatementFront)
    assert again.front == source.front
    assert formatted(again) == made


def test_a_draft_by_its_norwegian_name_is_held_back(tmp_path: Path) -> None:
    text = WRITTEN.replace("status: Vedtatt\nadopted: 12.02.2026\nvote:\n  result: \"enstemmig\"\n"
                           "minutes: kommer\n", "status: utkast\n")  # fmt: skip
    write(tmp_path, {"index.md": INDEX, "sak/index.md": CASE, "sak/alna.md": text})
    innspill("build", "--no-pdf", "--output", "ut", cwd=tmp_path)
    assert not (tmp_path / "ut" / "sak" / "alna").exists()


@pytest.mark.parametrize("day", ["31.02.2026", "1.13.2026", "12.02.26", "tolvte februar 2026"])
def test_no_day_is_made_of_what_is_none(tmp_path: Path, day: str) -> None:
    text = WRITTEN.replace("12.02.2026", day)
    files = {"index.md": INDEX, "sak/index.md": CASE, "sak/alna.md": text}
    assert "bad-value:5" in codes(tmp_path, files)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_is_offered_is_understood(language: str) -> None:
    """Each word that a message names in Norwegian is one that may be written."""
    words = {**dict(STATUS.words), **dict(RESULT.words), **dict(MINUTES.words)}
    words |= {**dict(MOVE.words), **dict(PRINTS.words)}
    for value, told in VALUE_WORDS.items():
        assert words[told.filled().within(catalogue(language))] == value


def test_the_nearest_file_is_named(tmp_path: Path) -> None:
    page = "---\ntitle: Eksempel\n---\n\nSe [svaret](sak/anla.md).\n"
    files = {"index.md": INDEX, "sak/index.md": CASE, "sak/alna.md": WRITTEN, "side.md": page}
    write(tmp_path, files)
    ran = innspill("check", cwd=tmp_path, code=1)
    assert 'there is no file "sak/anla.md"' in ran.stderr
    assert 'hint: nearest is "sak/alna.md"' in ran.stderr
