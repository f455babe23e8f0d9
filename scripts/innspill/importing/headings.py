"""Which paragraphs are headings, and how they stand below each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from innspill.importing.blocks import GUESSED, UPPER, Block, TextBlock
from innspill.importing.mail_head import is_mail_line

INSIDE = GUESSED + 1
"""The level of a heading in an answer that is only known by its looks."""
LONGEST, MOST_WORDS = 90, 12
"""How many letters and words a line has at most that is taken for a heading by its looks."""
NO_HEADING = re.compile(
    r"^(?:med (?:vennlig )?(?:hilsen|helsing)|vennlig hilsen|hilsen|hei|til|kopi|vedlegg|"
    r"postadresse|telefon|e-post|org\.?nr)\b|@|www\.",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"^(?:avslutning|avsluttende|avsluttande|oppsummering|konklusjon|andre (?:innspill|merknader|"
    r"merknadar)|øvrige|vedtak|votering)\b",
    re.IGNORECASE,
)
"""What a heading behind the answers begins with."""


def with_headings(
    blocks: Sequence[Block],
    apart: Collection[int],
    questions: Collection[int],
    below: Collection[int] = (),
) -> tuple[Block, ...]:
    """The blocks with their headings marked; `questions` are the numbers of those that ask.

    Blocks that stand `apart`, questions among them, are no part of the text. From those `below`
    answers on, up to the next question, none is answered.

    A heading is known by its style, its size or its weight; in text that has none of these, by
    standing alone, short and without a full stop.
    """
    usual = _usual_size(blocks)
    sizes = _heading_sizes(blocks, usual)
    texts = [block for block in blocks if isinstance(block, TextBlock)]
    has_style = any(block.heading for block in texts)
    has_looks = bool(sizes) or has_style or any(block.is_bold for block in texts)
    end = _last_text(blocks)
    made: list[Block] = []
    for at, block in enumerate(blocks):
        level = 0
        if isinstance(block, TextBlock) and at not in apart:
            looks = _level(block, usual, sizes, has_looks=has_looks) if at < end else 0
            level = block.heading or looks
            if level and not block.heading and has_style and level < GUESSED:
                level = GUESSED
        if not isinstance(block, TextBlock) or at in questions:
            made.append(block)
        else:
            made.append(replace(block, heading=level))
    return tuple(_nested(made, questions, below))


def _level(block: TextBlock, usual: float, sizes: Sequence[float], *, has_looks: bool) -> int:
    """The level that a paragraph has as a heading by its looks; 0 of what is none."""
    text = block.text
    if block.item or block.is_quotation or block.goes_on or not _is_short(text):
        return 0
    if block.size in sizes:
        return sizes.index(block.size) + 1
    if block.is_bold:
        return GUESSED
    if has_looks or block.size != usual or block.size or not block.is_single:
        return 0
    return GUESSED


def _is_short(text: str) -> bool:
    if CLOSING.match(text):
        text = text.removesuffix(":")  # as "Votering:" of minutes
    return (
        len(text) <= LONGEST
        and len(text.split()) <= MOST_WORDS
        and not re.search(r"[.,;:!]$", text)
        and bool(re.match(r"[«\"(]?[A-ZÆØÅÁČĐŊŠŦŽ\d]", text))
        and any(map(str.isalpha, text))
        and not NO_HEADING.search(text)
        and not is_mail_line(text)
    )


def _usual_size(blocks: Sequence[Block]) -> float:
    sizes: Counter[float] = Counter()
    for block in blocks:
        if isinstance(block, TextBlock):
            sizes[block.size] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _heading_sizes(blocks: Sequence[Block], usual: float) -> list[float]:
    """The sizes that are larger than the text's, the largest first."""
    larger = {
        block.size
        for block in blocks
        if isinstance(block, TextBlock) and block.size > 1.08 * usual and _is_short(block.text)
    }
    return sorted(larger, reverse=True)


def _last_text(blocks: Sequence[Block]) -> int:
    """The number of the last block that is text for certain: a heading has some below it."""
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if not isinstance(block, TextBlock) or not _is_short(block.text):
            return at
    return 0


def _nested(blocks: list[Block], questions: Collection[int], below: Collection[int]) -> list[Block]:
    """The headings that only their looks tell, each below another where it stands below it."""
    made = list(blocks)
    is_answer = is_behind = False
    for at, block in enumerate(blocks):
        is_answer = at in questions or (is_answer and at not in below)
        is_behind = is_behind or is_answer
        if not isinstance(block, TextBlock) or block.heading != GUESSED or at in questions:
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        is_above = at + 1 in questions or (
            isinstance(following, TextBlock) and following.heading == GUESSED
        )
        if is_answer and not CLOSING.match(block.text):
            made[at] = replace(block, heading=INSIDE)
        elif is_above or is_behind:
            made[at] = replace(block, heading=UPPER)
    return made
