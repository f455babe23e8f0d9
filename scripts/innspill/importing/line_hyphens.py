"""A hyphen at a line's end: whether it parts a word there, or belongs to it."""

from __future__ import annotations

from collections import Counter

from innspill.importing.blocks import Guess, Spot
from innspill.messages import say

HYPHENS = "-\u2010\u2011\u0002"
SET_HYPHEN = "\u2010"
"""What browsers and typesetters write where they part a word; who writes one has `-`."""
SUSPENDED = {"og", "eller", "samt", "og/eller", "and", "or"}
"""What stands behind a hyphen that belongs to the word before: `rolle- og ansvarsforhold`."""


def hyphen_at_end(
    word: str, first: str, at: Spot, known: Counter[str], *, is_own: bool
) -> tuple[str, Guess | None]:
    """What takes the place of a hyphen at a line's end, and what was guessed of it.

    A form that stands elsewhere in the text decides, or that the hyphen is the word's own; else how
    the word is written: a hyphen stays between capitals, figures or a lone letter and what follows.
    """
    if first.strip(".,;:()").casefold() in SUSPENDED:
        return "- ", None
    start = word[:-1].lstrip('(«"“')
    end = first.rstrip('.,;:)»?!"”')
    whole, parted = (start + end).casefold(), f"{start}-{end}".casefold()
    is_apart = start.isupper() or start[-1].isdigit() or len(start) == 1
    is_range = start[-1].isdigit() and end[:1].isdigit()  # as § 3-1, whatever 31 is elsewhere
    is_kept = known[parted] > 0 or is_own or is_apart or not end[:1].islower()
    is_sure = known[parted] > 0 or known[whole] > 0 or is_own
    if known[whole] > 0 and not known[parted] and not is_own and not is_range:
        is_kept = False
    written = f"{word[:-1]}-{first}" if is_kept else word[:-1] + first
    message = say("a word parted at the end of a line was joined")
    if not is_sure:
        message = say("a word parted at the end of a line was joined, by a guess")
    return "-" if is_kept else "", Guess(message, at, f"{word} {first}", written)
