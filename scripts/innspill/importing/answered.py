"""Where a letter repeats the consultation's questions, so that what follows is the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from innspill.importing.blocks import Block, TextBlock
from innspill.read.schema import QuestionFront

ALIKE = 90.0
"""From which likeness on, of 100, a block is the question (rapidfuzz's ratio of their letters)."""
UNSURE = 80.0
"""From which on it may be, where nothing is nearer."""
BEFORE = (
    r"^\s*(?:(?:Svar\s+på|Svar\s+til|Til|Ad)\s+)?"
    r"(?:Spørsmål[^\W\d]*|Spm\.?|Spørsmal)\s*(?:nr\.?\s*)?"
)
TYPED_NUMBER = re.compile(
    rf"(?:{BEFORE}(?P<said>\d{{1,2}})|^\s*(?P<bare>\d{{1,2}}))(?!\d)\s*[.):–—-]*\s*", re.IGNORECASE
)
OTHER_NUMBER = re.compile(r"^\s*\(?(?:[IVX]{1,4}|[A-Za-z])\s*[.):–—](?!\w+\.)\s*(?=\w)")
"""I., A), b): it does not tell which of the questions it is."""
JOINT = re.compile(
    rf"{BEFORE}(?P<numbers>\d{{1,2}}(?:\s*,\s*\d{{1,2}})*\s*(?P<and>og|-|–)\s*\d{{1,2}})\s*[.:]?$",
    re.IGNORECASE,
)
"""Til spørsmål 2 og 4: one answer to several questions."""


@dataclass(frozen=True, slots=True)
class QuestionFound:
    """Where a question stands in a letter."""

    question: QuestionFront
    at: int
    """The number of its first block."""
    behind: int
    """That of the first block of the answer."""
    likeness: float
    is_by_number: bool = False
    """Whether it was known by its number and title, not by its words."""
    others: tuple[int, ...] = ()
    """The blocks in which it stands too."""


def questions_in(
    blocks: Sequence[Block], questions: Sequence[QuestionFront]
) -> tuple[QuestionFound, ...]:
    """The questions that a letter repeats, in the order of the letter.

    One that stands twice, as in a list of them all, is taken where text follows it.
    """
    near: dict[str, list[tuple[int, float, bool]]] = {}
    for at, block in enumerate(blocks):
        if isinstance(block, TextBlock):
            for question, likeness, is_by_number in asked_in(block, questions):
                near.setdefault(question.id, []).append((at, likeness, is_by_number))
    starts = {at for each in near.values() for at, _, _ in each}
    made = []
    for question in questions:
        places = near.get(question.id, [])
        if any(likeness >= ALIKE for _, likeness, _ in places):
            places = [each for each in places if each[1] >= ALIKE]
        if not places:
            continue
        with_text = [each for each in places if each[0] + 1 not in starts] or places
        best = max(with_text, key=lambda each: (not each[2], round(each[1]), each[0]))
        at, likeness, is_by_number = best
        others = tuple(each[0] for each in places if each[0] != at)
        behind = _behind_guidance(blocks, at + 1, question)
        made.append(QuestionFound(question, at, behind, likeness, is_by_number, others))
    return tuple(sorted(made, key=lambda each: each.at))


def asked_in(
    block: TextBlock, questions: Sequence[QuestionFront]
) -> Sequence[tuple[QuestionFront, float, bool]]:
    """The questions that a block repeats, each as `_nearest` tells it; several by their numbers."""
    if joint := JOINT.match(block.text):
        numbers = [int(each) for each in re.findall(r"\d+", joint["numbers"])]
        if joint["and"] != "og":
            numbers += range(numbers[-2], numbers[-1])
        if max(numbers) <= len(questions):
            return [(each, 100.0, True) for n, each in enumerate(questions, 1) if n in numbers]
    found = _nearest(block, questions)
    return [found] if found else []


def _nearest(
    block: TextBlock, questions: Sequence[QuestionFront]
) -> tuple[QuestionFront, float, bool] | None:
    """The question that a block repeats, how alike they are, and whether only its number tells."""
    number, text = without_number(block.text)
    if not questions:
        return None
    scored = [(_likeness(text, each), each) for each in questions]
    likeness, question = max(scored, key=lambda each: each[0])
    if likeness >= UNSURE:
        return question, likeness, False
    said = TYPED_NUMBER.match(block.text)
    if number and number <= len(questions) and said and said["said"]:
        meant = questions[number - 1]
        is_title = not text or fuzz.ratio(_folded(text), _folded(meant.title)) >= ALIKE
        if is_title:
            return meant, 100.0, True
    return None


def without_number(text: str) -> tuple[int, str]:
    """The number that is typed before a question, 0 where none is, and the question."""
    found = TYPED_NUMBER.match(text)
    if not found:
        return 0, OTHER_NUMBER.sub("", text)
    return int(found["said"] or found["bare"]), text[found.end() :]


def _likeness(text: str, question: QuestionFront) -> float:
    """How alike a block and a question are; the guidance may stand in the same block."""
    asked = [question.text]
    if question.guidance:
        asked.append(f"{question.text} {question.guidance}")
    return max(likeness_of(text, each) if _ends_alike(text, each) else 0 for each in asked)


def _ends_alike(text: str, asked: str) -> bool:
    """Whether a block ends as what asks does, and not with the first words of an answer."""
    if text.rstrip().endswith("?"):
        return True
    last, due = (each.split()[-1:] for each in (_folded(text), _folded(asked)))
    return fuzz.ratio("".join(last).strip(".?:"), "".join(due).strip(".?:")) >= UNSURE


def likeness_of(text: str, other: str) -> float:
    """How alike the letters of two texts are, of 100, whatever their case and spaces."""
    return fuzz.ratio(_folded(text), _folded(other))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _behind_guidance(blocks: Sequence[Block], at: int, question: QuestionFront) -> int:
    """The first block behind the guidance that is repeated below a question."""
    guidance = _folded(question.guidance or "")
    done = 0
    behind = at
    while done < len(guidance) and behind < len(blocks):
        block = blocks[behind]
        if not isinstance(block, TextBlock):
            break
        text = _folded(block.text)
        if fuzz.ratio(text, guidance[done : done + len(text)].strip()) < ALIKE:
            break
        done += len(text) + 1
        behind += 1
    return behind
