"""The questions that a letter asks, or repeats, where no consultation holds them yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from innspill.importing.answered import QuestionFound, without_number
from innspill.importing.blocks import Block, TextBlock
from innspill.read.markers import markers_of
from innspill.read.schema import QuestionFront

GUIDES = re.compile(
    r"\b(?:eksempler på|eksempel på|kan kommenteres|kan kommenterast|kan omtales)\b", re.IGNORECASE
)
"""What a paragraph below a question says that helps those who answer, and is no answer."""
ENDS = re.compile(
    r"^(?:med (?:vennlig )?(?:hilsen|helsing)|vennlig hilsen|frist|svar(?:frist)? |vi ber om)",
    re.IGNORECASE,
)
"""What a paragraph of the asking letter begins with that belongs to no question."""


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """One question as a letter has it: its number, its words, and where it stands."""

    number: int
    text: str
    at: int


def questions_asked(blocks: Sequence[Block]) -> tuple[QuestionAsked, ...]:
    """The paragraphs 1, 2, 3 …, I, II … or a, b … that ask something; else the headings that do."""
    found: list[QuestionAsked] = []
    kind = ""
    for at, block in enumerate(blocks):
        if not isinstance(block, TextBlock) or "?" not in block.text:
            continue
        numbers = _numbers_of(block)
        here = next((each for each, n in numbers.items() if n == len(found) + 1), None)
        if here is not None and (not found or here == kind):
            kind = here
            is_item = block.item is not None and block.item.number is not None
            text = block.text if is_item else without_number(block.text)[1]
            found.append(QuestionAsked(len(found) + 1, text, at))
    if len(found) > 1:
        return tuple(found)
    headings = [
        (at, block)
        for at, block in enumerate(blocks)
        if isinstance(block, TextBlock) and (block.heading or block.is_bold) and "?" in block.text
    ]
    return tuple(
        QuestionAsked(number, without_number(block.text)[1], at)
        for number, (at, block) in enumerate(headings, 1)
    )


def _numbers_of(block: TextBlock) -> dict[str, int]:
    """The number that stands before a question, by its kind; `i)` is a letter and a number."""
    if block.item and block.item.number:
        return {"1": block.item.number}
    number, _ = without_number(block.text)
    if number:
        return {"1": number}
    typed = f"{block.item.letter} {block.text}" if block.item else block.text
    return {each.kind: each.value[0] for each in markers_of(typed) if len(each.value) == 1}


def repeated_questions(blocks: Sequence[Block]) -> tuple[QuestionFound, ...]:
    """The questions that an answer repeats; what helps those who answer is known by its words."""
    made = []
    for asked in questions_asked(blocks):
        behind = asked.at + 1
        following = blocks[behind] if behind < len(blocks) else None
        guidance = None
        if isinstance(following, TextBlock) and GUIDES.search(following.text):
            guidance = following.text
            behind += 1
        made.append(QuestionFound(_question(asked, guidance), asked.at, behind, 100.0))
    return tuple(made)


def questions_of_letter(blocks: Sequence[Block]) -> tuple[QuestionFront, ...]:
    """The questions of the letter that asks them: what stands below one helps to answer it."""
    asked = questions_asked(blocks)
    if not asked:
        return ()
    ends = [each.at for each in asked[1:]] + [len(blocks)]
    made = []
    for each, end in zip(asked, ends, strict=True):
        guidance: list[str] = []
        for block in blocks[each.at + 1 : end]:
            if not isinstance(block, TextBlock) or block.heading or ENDS.match(block.text):
                break
            guidance.append(block.text)
        made.append(_question(each, "\n\n".join(guidance) or None))
    return tuple(made)


def _question(asked: QuestionAsked, guidance: str | None) -> QuestionFront:
    number = asked.number
    return QuestionFront(
        id=f"sporsmal-{number}", title=f"Spørsmål {number}", text=asked.text, guidance=guidance
    )
