"""A quote that misses the text by what the eye hardly sees: the message says exactly that."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import ANSWERS, faults, statement

from innspill.diagnostics import as_text
from innspill.messages import catalogue, printable

HEAD = "summary:\n  - about: general\n    point: Et punkt.\n    quote: >-\n      {quote}\n"
TEXT = "Utvalget sa «ja» til planen – den er god … og «O'Neills» hus.\n\nFiffig er en\u200bkel."
THREE = "quotation marks or apostrophes, dashes and capital and small letters"
CASES = [
    ("sa ”ja” til planen", "quotation marks or apostrophes", "sa «ja» til planen"),
    ('sa "ja" til planen', "quotation marks or apostrophes", "sa «ja» til planen"),
    ("planen - den er god", "dashes", "planen – den er god"),
    ("planen — den er god", "dashes", "planen – den er god"),
    ("planen -- den er god", "dashes", "planen – den er god"),
    ("planen --- den er god", "dashes", "planen – den er god"),
    ("«O’Neills» hus", "quotation marks or apostrophes", "«O'Neills» hus"),
    ("den er god ... og", "forms of the same characters", "den er god … og"),
    ("utvalget sa «ja»", "capital and small letters", "Utvalget sa «ja»"),
    ("Fiffig er enkel", "characters that are not seen", "Fiffig er en\ufffdkel"),
    ("Fi\ufb03g er", "forms of the same characters", "Fiffig er"),
    ("Sa “ja” til planen -- den", THREE, "sa «ja» til planen – den"),
    (
        "sa “ja” til planen - den",
        "quotation marks or apostrophes and dashes",
        "«ja» til planen – den",
    ),
]


@pytest.mark.parametrize(("quote", "what", "passage"), CASES)
def test_what_differs_is_named(quote: str, what: str, passage: str, tmp_path: Path) -> None:
    found = faults(tmp_path, statement(f"\n{TEXT}\n{ANSWERS}", HEAD.format(quote=quote)))
    [fault] = [each for each in found if each.code.startswith("quote-")]
    said = as_text([fault], {}, catalogue("en"))
    hint = said.partition("hint: ")[2].strip()
    assert fault.code == "quote-missing"
    assert f"with other {what}: «" in hint
    assert hint.endswith(f"{printable(passage)}»")


def test_a_quote_that_is_no_near_miss_is_told_as_before(tmp_path: Path) -> None:
    found = faults(tmp_path, statement(f"\n{TEXT}\n{ANSWERS}", HEAD.format(quote="sa «nei» til")))
    [fault] = [each for each in found if each.code.startswith("quote-")]
    assert "nearest is" in as_text([fault], {}, catalogue("en"))


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u00ad"])
def test_what_is_normalized_finds_its_quote(space: str, tmp_path: Path) -> None:
    """Spaces of every kind are one, and soft hyphens none."""
    gap = "" if space == "\u00ad" else " "
    body = f"\nUtvalget{space} sier{space}ja til planen.\n{ANSWERS}"
    found = faults(tmp_path, statement(body, HEAD.format(quote=f"Utvalget sier{gap}ja til")))
    assert [each for each in found if each.code.startswith("quote-")] == []
