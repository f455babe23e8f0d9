"""Folding: the letters that search takes for one another, as a table that the pages get.

`okern` finds Økern and `aere` finds ære, so that one can search on any keyboard. Each
character folds by itself, so that a hit leads back to the characters it stands on. Only
this module knows the rules; the script in the page follows the table it makes.
"""

from __future__ import annotations

import unicodedata
from functools import cache

RANGES = (
    range(0x80, 0x250),  # Latin-1, Extended-A and -B
    range(0x2B0, 0x370),  # modifier letters and combining marks
    range(0x1E00, 0x1F00),  # Latin Extended Additional
    range(0x2000, 0x20D0),  # spaces, dashes, quotation marks, superscripts, currency
    range(0x2100, 0x2200),  # letterlike, fractions, arrows
)
"""What the table covers: all of the fonts' characters that fold to others."""

BY_HAND = {
    "æ": "ae",
    "ø": "o",
    "œ": "oe",
    "ß": "ss",
    "þ": "th",
    **dict(zip("ðđłħŧŋıĸẜẝ", "ddlhtnikss", strict=True)),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("«»“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "⁄": "/",
    "\u00ad": "",
}
"""What Unicode does not take apart: letters with a stroke, ligatures, and punctuation."""


def folded(character: str) -> str:
    """What one character counts as: small letters without accents, one or several, or none."""
    if character in BY_HAND:
        return BY_HAND[character]
    parts = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return "".join(BY_HAND.get(part, part) for part in bare.lower())


@cache
def folds() -> dict[str, str]:
    """For each text that characters fold to, those characters; ASCII is not among them."""
    found: dict[str, str] = {}
    for character in (chr(point) for span in RANGES for point in span):
        if (text := folded(character)) != character:
            found[text] = found.get(text, "") + character
    return dict(sorted(found.items()))
