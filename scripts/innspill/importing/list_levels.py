"""How a level of a word processor's list counts, and what is drawn before its items."""

from __future__ import annotations

import re
from dataclasses import dataclass

from innspill.importing.blocks import ListMark

LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip
"""What HTML's `type` and `style:num-format` (OpenDocument 1.3, part 3, 19.502) say, for Word."""


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how it counts."""

    form: str = "bullet"
    """As Word calls it (ECMA-376 part 1, 17.18.59)."""
    start: int = 1
    text: str = ""
    """What is drawn, with `%1` for the number."""


def list_mark(shape: ListLevel, level: int, number: int, *, is_new: bool) -> ListMark:
    """The mark of the item of a level that has a number."""
    if shape.form in ("bullet", "none"):
        return ListMark(level, is_new=is_new)
    if shape.form.startswith("decimal"):
        return ListMark(level, number, is_new=is_new)
    return ListMark(level, None, _letter(shape, number), is_drawn=True, is_new=is_new)


def _letter(shape: ListLevel, number: int) -> str:
    """What a letter or a Roman number looks like in its list, as `a)`."""
    sign = str(number)
    if "Letter" in shape.form and 1 <= number <= len(LETTERS):
        sign = LETTERS[number - 1]
    elif "Roman" in shape.form and number < len(ROMANS):
        sign = ROMANS[number]
    sign = sign.upper() if shape.form.startswith("upper") else sign
    return re.sub(r"%\d", sign, shape.text) if shape.text.count("%") == 1 else f"{sign})"
