"""How names sort: as Unicode's locale data has it (CLDR, the collation `no` and the root).

In Norwegian æ, ø and å come last, in that order, and aa is å; the like letters of other languages
go with them. Of the Sámi letters ŋ and ŧ follow n and t, and đ and those with a caron stand with
their plain ones. In other languages letters with marks stand with those without. Signs come
before numbers, numbers (by their value) before letters; marks and capitals count only between
names that are alike without them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

NORWEGIAN = frozenset({"nb", "nn"})
LAST = dict.fromkeys("æä", "{") | dict.fromkeys("øöőœ", "|") | {"å": "}"}
"""The letters behind z, as signs that stand behind it and in no word."""
OTHERS = {"ü": "y", "ű": "y", "þ": "th"}
"""More of the Norwegian order."""
BEHIND = "\uffff"
"""Behind a letter: the letter that follows it."""
PLAIN = {
    "æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "ł": "l", "ı": "i",
    "ŋ": "n" + BEHIND, "ŧ": "t" + BEHIND, "ħ": "h" + BEHIND, "þ": "z" + BEHIND,
}  # fmt: skip
"""The letters that Unicode does not take apart."""
DOUBLE_A = re.compile("aa|Aa|AA")
PIECES = re.compile(r"(\d+)|([^\W\d_])|([\W_])")
SIGNS = " _-–—,;:!?.'’\"“”«»()[]{}§@*/\\&#%"

Key = tuple[tuple[tuple[int, int, str], ...], str, str]


@lru_cache(4096)
def sort_key(name: str, language: str) -> Key:
    """What a name sorts by among names of a language."""
    name = unicodedata.normalize("NFC", name)
    return tuple(_weights(name, language in NORWEGIAN)), name.casefold(), name.swapcase()


def _weights(name: str, is_norwegian: bool) -> Iterator[tuple[int, int, str]]:
    if is_norwegian:
        name = DOUBLE_A.sub("å", name)
    for number, letter, sign in PIECES.findall(name.casefold()):
        if number:
            digits = number.lstrip("0")
            yield 1, len(digits), digits
        elif sign:
            yield 0, SIGNS.find(sign) % len(f"{SIGNS} "), sign
        else:
            yield from ((2, 0, each) for each in _plain(letter, is_norwegian))


@lru_cache(4096)
def _plain(letter: str, is_norwegian: bool) -> tuple[str, ...]:
    """The letters that one sorts as."""
    if is_norwegian and letter in LAST:
        return (LAST[letter],)
    plain = OTHERS.get(letter) if is_norwegian else None
    plain = plain or PLAIN.get(letter) or unicodedata.normalize("NFKD", letter)
    if plain.endswith(BEHIND):
        return (plain,)
    return tuple(each for each in plain if not unicodedata.combining(each))
