"""Quotes that stand in the text but for what the eye hardly sees: marks, dashes, capitals.

Quote and text are compared in a form in which such characters are alike, and what differs is
found by leaving out one likeness after the other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from innspill.compose.plain_text import normalized
from innspill.compose.quotes import find_whole
from innspill.messages import Message, joined, say
from innspill.text import Unit

MARKS, DASHES, CASE, UNSEEN, FORMS = LIKENESSES = (
    say("quotation marks or apostrophes"),
    say("dashes"),
    say("capital and small letters"),
    say("characters that are not seen"),
    say("forms of the same characters"),
)
SAME = {
    MARKS: dict.fromkeys("«»‹›“”„‟‘’‚‛\"'`´′″", '"'),
    DASHES: dict.fromkeys("-‐‑‒–—―−", "-"),
    UNSEEN: dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", ""),
}
"""What each character becomes under a likeness."""


def near_miss(quote: str, units: Sequence[Unit]) -> Message | None:
    """Where a quote stands but for such characters, with those of the text; None elsewhere."""
    words = normalized(quote)
    sought, _ = _folded(words, LIKENESSES)
    for unit in units if sought else ():
        text, origins = _folded(unit.text, LIKENESSES)
        for start in find_whole(sought, text):
            passage = unit.text[origins[start] : origins[start + len(sought) - 1] + 1]
            what = _difference(words, passage)
            return say(
                "{number} has it with other {what}: «{passage}»",
                number=unit.number,
                what=what,
                passage=passage,
            )
    return None


def _difference(words: str, passage: str) -> Message:
    """The likenesses without which the two are not alike."""
    needed = [
        each
        for each in LIKENESSES
        if _folded(words, [other for other in LIKENESSES if other is not each])[0]
        != _folded(passage, [other for other in LIKENESSES if other is not each])[0]
    ]
    *most, last = needed or [FORMS]
    return say("{most} and {last}", most=joined(", ", most), last=last) if most else last


def _folded(text: str, likenesses: Sequence[Message]) -> tuple[str, Sequence[int]]:
    """A text under likenesses, and for each of its characters the index it comes from.

    Two or three hyphens in a row are how a dash is typed, and are one.
    """
    same = {sign: other for each in likenesses for sign, other in SAME.get(each, {}).items()}
    pieces: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        piece = same.get(character, character)
        if piece == character and FORMS in likenesses and not character.isascii():
            piece = unicodedata.normalize("NFKC", character)
        if same.get("-") and piece == "-" and pieces[-1:] == ["-"]:
            origins[-1] = index
            continue
        piece = piece.lower() if CASE in likenesses else piece
        pieces += piece
        origins += [index] * len(piece)
    return "".join(pieces), origins
