"""A letterhead that stands in a table, as in Word's templates: its lines are paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from innspill.importing.blocks import Block, Letter, TableBlock, TextBlock
from innspill.importing.letter_facts import is_labelled, is_table_of_facts

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
