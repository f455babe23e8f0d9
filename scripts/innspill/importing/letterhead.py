"""A letterhead: its lines are paragraphs where it stands in a table, and who writes is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from innspill.importing.blocks import Block, LeftOut, Letter, TableBlock, TextBlock, block_text
from innspill.importing.letter_facts import FactsFound, is_labelled, is_table_of_facts
from innspill.messages import say

HIGHEST = 8
"""Among how many blocks of a letter's beginning its head stands."""
LONGEST = 160
"""How many letters a line of it has at most."""


def with_letterhead(letter: Letter) -> Letter:
    """The letter with the lines of its head as paragraphs, in the order of the table.

    A table that holds nothing but facts is left: there a value may stand below its label.
    """
    blocks: list[Block] = []
    for at, block in enumerate(letter.blocks):
        if isinstance(block, TableBlock) and at < HIGHEST and _is_letterhead(block):
            blocks += _lines(block)
        else:
            blocks.append(block)
    return replace(letter, blocks=tuple(blocks))


def _is_letterhead(block: TableBlock) -> bool:
    lines = list(_lines(block))
    is_short = all(len(line.text) <= LONGEST for line in lines)
    has_facts = any(is_labelled(line.text) for line in lines)
    return is_short and has_facts and not is_table_of_facts(block)


def _lines(block: TableBlock) -> Iterator[TextBlock]:
    for row in block.rows:
        for cell in row:
            yield from (line for line in cell if line.text)


def named_above(blocks: Sequence[Block], title_at: int, facts: FactsFound) -> frozenset[int]:
    """The blocks above the title that are the committee's name, as in a letterhead."""
    name = facts.get("committee").casefold()
    above = range(max(0, title_at))
    return frozenset(at for at in above if name and block_text(blocks[at]).casefold() == name)


def told_of_head(blocks: Sequence[Block], head: Collection[int]) -> Iterator[LeftOut]:
    """What the report says of each of them; its words are counted with the blocks'."""
    for at in sorted(head):
        words = block_text(blocks[at])
        yield LeftOut(say("the letterhead: “{words}”", words=words), "", blocks[at].at)
