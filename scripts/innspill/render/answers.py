"""Answers side by side: what each committee says to one question, and who says nothing.

A statement's words stand on its own page; a question's page shows one section of each,
with ids of its own (`answer-alna.p5-2`) and numbers that lead to the statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from innspill.memory import Memory
from innspill.model import Consultation, Point, Proposal, Question, Section, Statement
from innspill.render.html import ExcerptLinks
from innspill.render.views import View
from innspill.text import Block, Heading, Minority, Note, NoteMark, roots_in, select, units_in

PARTS = 3
"""The level of an answer's own parts on a question's page: below the committee's name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one committee says to one question."""

    statement: Statement
    question: Question
    section: Section | None
    """None where a summary speaks of a question that has no answer of its own."""
    points: tuple[Point, ...]
    proposals: tuple[Proposal, ...]
    """Those whose evidence stands in the answer."""

    @property
    def place(self) -> str:
        """Its id on the question's page."""
        return place_of(self.statement)

    @property
    def together(self) -> tuple[Question, ...]:
        """The other questions that the same words answer."""
        asked = self.section.questions if self.section else ()
        return tuple(each for each in asked if each != self.question)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The answer's text, its headings below the committee's."""
        if self.section is None or self.section.heading is None:
            return ()
        return _lowered(self.section.blocks, PARTS - self.section.heading.level)


@dataclass(frozen=True, slots=True)
class Cited:
    """A footnote and those of its marks that stand in an answer."""

    note: Note
    marks: tuple[int, ...]


def place_of(statement: Statement) -> str:
    """`answer-alna`: an id that differs for each statement of a consultation.

    What an id or its separator can't hold is written as its code point.
    """
    return "answer-" + re.sub(r"[^\w-]|_", lambda odd: f"_{ord(odd[0]):x}_", statement.slug)


def answer_of(statement: Statement, question: Question) -> Answer | None:
    """What a statement says to a question, None where it says nothing."""
    section = statement.answer_to(question)
    points = tuple(each for each in statement.summary if each.about == question.id)
    if section is None and not points:
        return None
    inside = {unit.id for unit in units_in(section.blocks)} if section else set()
    proposals = tuple(each for each in statement.proposals if _rests_on(each, inside))
    return Answer(statement, question, section, points, proposals)


def said_to(case: Consultation, question: Question) -> tuple[Answer | None, ...]:
    """What each statement of a consultation says to a question, in their order."""
    return tuple(answer_of(statement, question) for statement in case.statements)


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers to questions, each found once: several pages ask for the same."""

    once: Memory

    def to(self, case: Consultation, question: Question) -> tuple[Answer, ...]:
        """All committees' answers to a question."""
        return tuple(each for each in self.once(said_to, case, question) if each)

    def missing(self, case: Consultation, question: Question) -> tuple[Statement, ...]:
        """The statements that leave a question out."""
        said = zip(case.statements, self.once(said_to, case, question), strict=True)
        return tuple(statement for statement, answer in said if answer is None)

    def matrix(self, case: Consultation) -> tuple[tuple[Statement, tuple[Answer | None, ...]], ...]:
        """Each statement with what it says to each question, in the questions' order."""
        said = [self.once(said_to, case, question) for question in case.questions]
        return tuple(
            (statement, tuple(each[place] for each in said))
            for place, statement in enumerate(case.statements)
        )


def excerpt(view: View, statement: Statement) -> View:
    """A page as a statement's text sees it that stands there beside others'."""
    links = ExcerptLinks(view.url, f"{place_of(statement)}.")
    return replace(view, links=links, of=statement)


def notes_of(answer: Answer) -> tuple[Cited, ...]:
    """The footnotes that an answer's text leads to, those of its footnotes too."""
    if answer.section is None or not answer.statement.notes:
        return ()
    heading = answer.section.heading
    found = select(roots_in(answer.section.blocks), NoteMark)
    found += select(heading.children if heading else (), NoteMark)
    notes = {note.number: note for note in answer.statement.notes}
    cited: dict[int, list[int]] = {}
    while found:
        mark = found.pop()
        if mark.note not in cited:
            found += select(notes[mark.note].children, NoteMark)
        cited.setdefault(mark.note, []).append(mark.nth)
    return tuple(Cited(notes[number], tuple(sorted(cited[number]))) for number in sorted(cited))


def questions_beside(
    case: Consultation, question: Question
) -> tuple[Question | None, Question | None]:
    """The questions before and after one."""
    at = case.questions.index(question)
    before = case.questions[at - 1] if at else None
    after = case.questions[at + 1] if at + 1 < len(case.questions) else None
    return before, after


def _rests_on(proposal: Proposal, units: set[str]) -> bool:
    return any(passage.unit.id in units for each in proposal.quotes for passage in each.passages)


def _lowered(blocks: tuple[Block, ...], by: int) -> tuple[Block, ...]:
    lowered: list[Block] = []
    for block in blocks:
        match block:
            case Heading():
                level = min(max(block.level + by, PARTS + 1), 6)
                lowered.append(replace(block, level=level))
            case Minority():
                lowered.append(replace(block, blocks=_lowered(block.blocks, by)))
            case _:
                lowered.append(block)
    return tuple(lowered)


def helpers(once: Memory) -> dict[str, Callable[..., Any]]:
    """What the templates of a consultation may call."""
    answers = Answers(once)
    return {
        "answers_to": answers.to,
        "excerpt": excerpt,
        "matrix": answers.matrix,
        "notes_of": notes_of,
        "place_of": place_of,
        "questions_beside": questions_beside,
        "without_answer": answers.missing,
    }
