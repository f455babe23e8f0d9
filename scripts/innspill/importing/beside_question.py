"""An answer that begins in the paragraph of its question, or of what helps to answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from innspill.importing.answered import ALIKE, OTHER_NUMBER, TYPED_NUMBER, likeness_of
from innspill.importing.blocks import Block, Guess, Letter, TextBlock, TextRun, without_start
from innspill.messages import say
from innspill.read.schema import QuestionFront

ASKS_ON_A_LINE = re.compile(r"[^\n]*\?[ \t]*(?=\n)")
"""A line of a paragraph that asks, where another follows it."""


def with_answers_parted(letter: Letter, questions: Sequence[QuestionFront]) -> Letter:
    """The letter with what stands behind a question in its paragraph as a paragraph of its own.

    The same of what helps to answer it. `questions` are those of the consultation; where there are
    none, a line that is numbered and asks is one.
    """
    blocks: list[Block] = []
    guesses: list[Guess] = []
    for block in letter.blocks:
        end = _end_of_question(block, questions) if isinstance(block, TextBlock) else 0
        if not end or not isinstance(block, TextBlock):
            blocks.append(block)
            continue
        asked = replace(block, runs=tuple(_start_of(block, end)))
        answer = without_start(block, end)
        blocks += [asked, replace(block, runs=answer, heading=0, item=None)]
        what = say("an answer in the same paragraph as its question was parted from it")
        guesses.append(Guess(what, block.at))
    return replace(letter, blocks=tuple(blocks), guesses=(*letter.guesses, *guesses))


def _end_of_question(block: TextBlock, questions: Sequence[QuestionFront]) -> int:
    """Behind which letter of a paragraph what asks ends; 0 where nothing follows, or none is."""
    text = "".join(run.text for run in block.runs)
    number = TYPED_NUMBER.match(text) or OTHER_NUMBER.match(text)
    start = number.end() if number else 0
    end = 0
    for question in questions:
        asked = _end_of(question.text, text, start)
        guides = _spaced(question.guidance).match(text, asked) if question.guidance else None
        end = max(end, guides.end() if guides else asked)
    if not questions and number and (line := ASKS_ON_A_LINE.match(text)):
        end = line.end()
    return end if any(map(str.isalnum, text[end:])) else 0


def _end_of(question: str, text: str, start: int) -> int:
    """Where a question ends that a text begins with, word for word or alike; 0 without it."""
    if found := _spaced(question).match(text, start):
        return found.end()
    marks = [found.end() for found in re.finditer(r"\?", text[start:])]
    count = question.count("?")
    if not 0 < count <= len(marks):
        return 0
    end = start + marks[count - 1]
    return end if likeness_of(text[start:end], question) >= ALIKE else 0


def _spaced(text: str) -> re.Pattern[str]:
    """A text with any spaces between its words, in any case; what follows is a word of its own."""
    words = r"\s+".join(map(re.escape, text.split()))
    return re.compile(rf"\s*{words}(?!\w)", re.IGNORECASE)


def _start_of(block: TextBlock, count: int) -> Iterator[TextRun]:
    """A block's runs up to a letter."""
    for run in block.runs:
        if count > 0 and run.text:
            yield replace(run, text=run.text[:count])
        elif count > 0:
            yield run
        count -= len(run.text)
