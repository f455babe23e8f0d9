"""The closing of a letter: the greeting, who signs it, and what is sent with it.

The page says whose statement it is and who handles the case. So the closing is no part of the
text: it is left out, and told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from innspill.importing.blocks import (
    Block,
    LeftOut,
    PictureBlock,
    TableBlock,
    TextBlock,
    block_text,
)
from innspill.importing.body_markdown import remark_of
from innspill.importing.letter_facts import FactsFound
from innspill.messages import say

LAST = 30
"""Among how many blocks of a letter's end its closing stands."""
LONGEST, MOST_WORDS = 120, 14
"""How many letters and words a line of it has at most."""
SHOWN = 8
"""How many of its words are told."""
GREETING = re.compile(
    r"^(?:(?:med|beste|vennlig|vennleg)\s+(?:(?:vennlig|vennleg|beste)\s+)?)?(?:hilsen|helsing)\b"
    r"|^mvh\b",
    re.IGNORECASE,
)
ON_BEHALF = re.compile(r"(?:For|På vegne? av)\s+(?:\S+\s){0,2}[A-ZÆØÅ].*")
ELECTRONIC = re.compile(
    r"(?:(?:godkjent|signert)\b.{0,40}\b(?:elektronisk|digitalt)|(?:elektronisk|digitalt)\s+"
    r"(?:godkjent|signert)|(?:dette\s+)?(?:dokumentet|brevet)\s+er\s+(?:elektronisk|digitalt))\b.*",
    re.IGNORECASE,
)
"""What tells that a letter is signed, where no hand signed it."""
SENT_ALONG = re.compile(
    r"^(?:vedlegg|kopi(?:\s+til)?|kopimott[ao]k[ae]r\w*|gjenpart)\s*(?:\d+\s*)?(?::|$)",
    re.IGNORECASE,
)
"""The line above what is sent with a letter, or above those who get a copy."""


def closing_of(
    blocks: Sequence[Block], facts: FactsFound, asking: Collection[int]
) -> frozenset[int]:
    """The numbers of the blocks that are a letter's closing; none where it has none.

    Blocks that are `asking` end it, as does whatever is no line of a closing.
    """
    start = _start(blocks, facts, asking)
    if start is None:
        return frozenset()
    return frozenset(_from(blocks, start, asking)) - facts.consumed


def told_of_closing(blocks: Sequence[Block], closing: Collection[int]) -> Iterator[LeftOut]:
    """What the report says of each block of a closing; its words are counted with the blocks'."""
    for at in sorted(closing):
        words = block_text(blocks[at]).split()
        shown = " ".join(words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
        yield LeftOut(say("the letter's closing: “{words}”", words=shown), "", blocks[at].at)


def _start(blocks: Sequence[Block], facts: FactsFound, asking: Collection[int]) -> int | None:
    """Where the closing begins: at its last greeting, else at what signs the letter at its end."""
    at_end: int | None = None
    is_end = True
    for at in range(len(blocks) - 1, max(0, len(blocks) - 1 - LAST), -1):
        text = block_text(blocks[at])
        if at in facts.consumed:
            continue
        is_line = at not in asking and _is_line(blocks[at])
        if is_line and GREETING.match(text):
            return at
        is_end = is_end and is_line
        if is_end and _signs(text, facts.get("committee")):
            at_end = at
    return at_end


def _signs(text: str, committee: str) -> bool:
    """Whether a line at the end says whose letter it is."""
    is_name = bool(committee) and text.casefold().startswith(committee.casefold())
    return bool(is_name or ON_BEHALF.fullmatch(text) or ELECTRONIC.match(text))


def _from(blocks: Sequence[Block], start: int, asking: Collection[int]) -> Iterator[int]:
    """The blocks of a closing, from its first on. Pictures, as of a signature, stay in the text."""
    is_listed = False
    for at in range(start, len(blocks)):
        block = blocks[at]
        if isinstance(block, PictureBlock):
            continue
        is_listed = is_listed and isinstance(block, TextBlock) and _is_listed(block)
        if at in asking or not (is_listed or _is_line(block)):
            return
        yield at
        is_listed = is_listed or bool(SENT_ALONG.match(block_text(block)))


def _is_listed(block: TextBlock) -> bool:
    """Whether a block below "Vedlegg:" may be one of them."""
    is_text = block.heading or remark_of(block) or len(block.text) > LONGEST
    return not is_text and (block.item is not None or not block.text.endswith("."))


def _is_line(block: Block) -> bool:
    """Whether a block may be of a closing: its lines are short, and no sentences of the text."""
    if isinstance(block, TableBlock):
        return all(_is_short(each.text) for row in block.rows for cell in row for each in cell)
    if not isinstance(block, TextBlock) or block.heading or block.is_quotation or remark_of(block):
        return False
    if block.item:
        return False
    lines = "".join(run.text for run in block.runs).strip().split("\n")
    return all(map(_is_line_of_text, map(str.strip, lines)))


def _is_line_of_text(text: str) -> bool:
    is_known = ELECTRONIC.match(text) or SENT_ALONG.match(text)
    return bool(is_known and len(text) <= LONGEST) or _is_short(text)


def _is_short(text: str) -> bool:
    """Whether a text is no sentence, or a greeting: as "Med hilsen" with a full stop."""
    count = len(text.split())
    is_cut = re.search(r"\b\w{1,3}\.\w{1,3}\.$", text) or (count <= 3 and GREETING.match(text))
    is_sentence = re.search(r"[.!?:;]$", text) and not is_cut
    return len(text) <= LONGEST and count <= MOST_WORDS and not is_sentence
