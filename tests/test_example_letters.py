"""The example letters and the proposals a human finds in them hold together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "letters"
LETTERS = sorted(FOLDER.glob("[0-9][0-9]-*.md"))
SHORT = LETTERS[10:13]
"""Those of a page."""
DIRECTIONS = {"to_district", "to_city", "cooperate", "other"}
REQUIRED = {"quote": str, "force": str, "direction": str, "what": str}
OPTIONAL = {"lead": str, "arguable": bool}
MARKED = "Eksempel: oppdiktet uttalelse, skrevet for tester"

LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def blocks(text: str) -> Iterator[str]:
    """The paragraphs, headings and list items, each on one line."""
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        item = LIST_ITEM.match(line)
        if block and (item or not line.strip()):
            yield on_one_line(" ".join(block))
            block = []
        if line.strip():
            block.append(line[item.end() :] if item else line)


def truth(letter: Path) -> dict[str, Any]:
    return tomllib.loads(letter.with_suffix(".toml").read_text(encoding="utf-8"))


def times(words: str, letter: Path) -> int:
    """How often the words stand in the letter, within one block."""
    return sum(block.count(words) for block in blocks(letter.read_text(encoding="utf-8")))


each_letter = pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.stem)
each_proposal = pytest.mark.parametrize(
    ("letter", "proposal"),
    [
        pytest.param(letter, proposal, id=f"{letter.stem}-{number}")
        for letter in LETTERS
        for number, proposal in enumerate(truth(letter)["proposals"], start=1)
    ],
)


def test_how_many_letters_there_are_in_each_form_of_norwegian() -> None:
    languages = [truth(letter)["lang"] for letter in LETTERS]
    assert sorted(languages) == ["nb"] * 17 + ["nn"] * 6
    assert {each.stem for each in FOLDER.glob("*.toml")} == {each.stem for each in LETTERS}


@each_letter
def test_a_letter_says_that_it_is_invented(letter: Path) -> None:
    assert letter.read_text(encoding="utf-8").startswith(MARKED)


@each_letter
def test_a_letter_is_as_long_as_real_ones(letter: Path) -> None:
    assert (
        (200 if letter in SHORT else 600) <= len(letter.read_text(encoding="utf-8").split()) <= 1200
    )


@each_letter
def test_a_letter_holds_proposals_and_none_is_listed_twice(letter: Path) -> None:
    proposals = truth(letter)["proposals"]
    assert (10 if letter in SHORT else 12) <= len(proposals) <= 35
    for field in ("quote", "what"):
        assert len({each[field] for each in proposals}) == len(proposals)


@each_proposal
def test_all_fields_are_there(letter: Path, proposal: dict[str, Any]) -> None:
    assert proposal.keys() >= REQUIRED.keys()
    for field, value in proposal.items():
        assert isinstance(value, (REQUIRED | OPTIONAL)[field])
        assert value
    assert proposal["direction"] in DIRECTIONS


@each_proposal
def test_a_quote_stands_once_in_its_letter(letter: Path, proposal: dict[str, Any]) -> None:
    assert times(proposal["quote"], letter) == 1
    if "lead" in proposal:
        assert times(proposal["lead"], letter) == 1


@each_proposal
def test_the_force_stands_in_the_quote_or_above_its_list(
    letter: Path, proposal: dict[str, Any]
) -> None:
    words = re.escape(proposal["force"])
    assert re.search(rf"\b{words}\b", proposal.get("lead", proposal["quote"]))
