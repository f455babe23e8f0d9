"""A table whose rows are questions and their answers: taken apart, since answers are text.

What stands below it answers none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from innspill.importing.answered import asked_in, without_number
from innspill.importing.blocks import (
    Block,
    Guess,
    LeftOut,
    Letter,
    TableBlock,
    TextBlock,
    block_text,
)
from innspill.messages import Message, say
from innspill.read.schema import QuestionFront

FEWEST = 2
"""How many rows of a table ask at least."""
Row = Sequence[Sequence[TextBlock]]


def without_answer_tables(
    letter: Letter, questions: Sequence[QuestionFront]
) -> tuple[Letter, frozenset[int]]:
    """The letter with each such table as paragraphs, row by row, its head and numbers left out.

    With it the numbers of the first blocks below them. `questions` are those of the consultation;
    where there are none, a question mark tells.
    """
    below: set[int] = set()
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    guesses: list[Guess] = []
    for block in letter.blocks:
        if not isinstance(block, TableBlock) or not _is_of_answers(block, questions):
            blocks.append(block)
            continue
        guesses.append(
            Guess(say("a table of questions and answers was taken apart, row by row"), block.at)
        )
        for row in block.rows:
            at = _question_at(row, questions)
            if at is None:
                left_out += _told(row, len(row), say("the head of a table of answers"), block)
                continue
            left_out += _told(row, at, say("the number of an item"), block)
            blocks += (each for cell in row[at:] for each in cell)
        below.add(len(blocks))
    made = replace(
        letter,
        blocks=tuple(blocks),
        left_out=(*letter.left_out, *left_out),
        guesses=(*letter.guesses, *guesses),
    )
    return made, frozenset(below)


def _is_of_answers(block: TableBlock, questions: Sequence[QuestionFront]) -> bool:
    """Whether each row of a table but its head asks, behind a number at most, and answers."""
    at = [_question_at(row, questions) for row in block.rows]
    if at[0] is None:
        at = at[1:]
    return len(at) >= FEWEST and None not in at


def _question_at(row: Row, questions: Sequence[QuestionFront]) -> int | None:
    """The cell of a row that asks, with others behind it; None where none does."""
    for at, cell in enumerate(row[:-1]):
        if cell and _asks(cell[0], questions):
            return at
        if not all(each.text.strip("0123456789.) ") == "" for each in cell):
            return None
    return None


def _asks(block: TextBlock, questions: Sequence[QuestionFront]) -> bool:
    if questions:
        return bool(asked_in(block, questions))
    return without_number(block.text)[1].endswith("?")


def _told(row: Row, end: int, what: Message, block: TableBlock) -> Iterator[LeftOut]:
    """What is left out of a row: the words of its cells before `end`."""
    for cell in row[:end]:
        for each in cell:
            if text := block_text(each):
                yield LeftOut(what, text, block.at)
