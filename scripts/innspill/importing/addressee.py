"""To whom a letter goes, where a line of its head says so without a label; and its address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from innspill.importing.blocks import Block, TextBlock, block_text

HEAD = 12
"""Among how many blocks of a letter's beginning it says to whom it goes."""
LONGEST = 150
"""How many letters those to whom it goes have at most."""
TO = re.compile(
    r"(?:Til\s+(?=[A-ZÆØÅ])"
    r"|(?=(?:Byrådsavdeling\w*\s+for|Statsforvaltar?e?n\w*\s+i)\s|[A-ZÆØÅ][\w-]*departementet\b))"
    r"(?P<who>[^:;!?–]+)"
)
VERB = re.compile(r"\b(?:har|ber|bad|er|var|vil|kom|sendte|foreslår|føreslår|viser|og vi)\b")
ADDRESS = re.compile(r"(?:v/|Att\b|Postboks\b|Pb\b|Rådhus|\d{4}\s+[A-ZÆØÅ])")
"""How a line of an address begins."""


def addressee_in(blocks: Sequence[Block], apart: Collection[int]) -> int | None:
    """The number of the block that names those to whom the letter goes; None without one."""
    for at, block in enumerate(blocks[:HEAD]):
        if at in apart or not isinstance(block, TextBlock) or block.heading or block.is_bold:
            continue
        text = block.text
        if len(text) <= LONGEST and TO.fullmatch(text) and not _is_sentence(text):
            return at
    return None


def address_below(blocks: Sequence[Block], at: int) -> Iterator[int]:
    """The blocks below another that are the lines of an address."""
    for below in range(at + 1, min(len(blocks), HEAD)):
        text = block_text(blocks[below])
        if not ADDRESS.match(text) or len(text) > LONGEST or _is_sentence(text):
            return
        yield below


def without_address(text: str) -> str:
    """Those to whom a letter goes, without the `Til` before and the address behind."""
    found = TO.fullmatch(text)
    who = found["who"] if found else text
    address = next((each for each in ADDRESS.finditer(who) if who[: each.start()].strip()), None)
    return (who[: address.start()] if address else who).strip(" ,")


def _is_sentence(text: str) -> bool:
    return bool(VERB.search(text) or re.search(r"[.!?]$", text))
