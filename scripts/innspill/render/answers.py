"""Answers side by side: what each committee says to one question, and who says nothing.

A statement's words stand on its own page; a question's page shows one section of each,
with ids of its own (`answer-alna.p5-2`) and numbers that lead to the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from innspill.compose.answers import Answer, place_of
from innspill.model import Card, Consultation, Question, Statement
from innspill.render.html import ExcerptLinks
from innspill.render.views import View
from innspill.text import Note, NoteMark, roots_in, select, units_in


@dataclass(frozen=True, slots=True)
class ReplySummary:
    """What one committee says to one question, for pages that show several: without the words."""

    statement: Card
    question: Question
    section: str | None
    """The id of the answer's heading; None where only the summary speaks of the question."""
    points: tuple[str, ...]
    proposals: int
    together: tuple[Question, ...]

    @property
    def place(self) -> str:
        """Its id on the question's page."""
        return place_of(self.statement)


@dataclass(frozen=True, slots=True)
class CitedNote:
    """A footnote and those of its marks that stand in an answer."""

    note: Note
    marks: tuple[int, ...]


def replies_to(case: Consultation, question: Question) -> tuple[ReplySummary, ...]:
    """What the committees say to a question, in the statements' order."""
    found = (_replied(case, each, question) for each in case.statements)
    return tuple(each for each in found if each)


def _replied(case: Consultation, card: Card, question: Question) -> ReplySummary | None:
    reply = card.reply_to(question)
    if reply is None:
        return None
    others = frozenset(reply.together)
    together = tuple(each for each in case.questions if each.id in others) if others else ()
    return ReplySummary(card, question, reply.heading, reply.points, reply.proposals, together)


def without_reply(case: Consultation, question: Question) -> tuple[Card, ...]:
    """The statements that leave a question out."""
    return tuple(each for each in case.statements if each.reply_to(question) is None)


def sent_nothing(case: Consultation, named: Iterable[Card]) -> tuple[str, ...]:
    """The committees that have sent no statement, but for those of the statements named."""
    committees = {each.committee for each in named}
    return tuple(each for each in case.silent if each not in committees)


def matrix(case: Consultation) -> tuple[tuple[Card, tuple[ReplySummary | None, ...]], ...]:
    """Each statement with what it says to each question, in the questions' order."""
    return tuple(
        (card, tuple(_replied(case, card, question) for question in case.questions))
        for card in case.statements
    )


def most_proposals(rows: Iterable[tuple[Card, tuple[ReplySummary | None, ...]]]) -> int:
    """The most proposals that one answer of a matrix has."""
    return max((each.proposals for _, replies in rows for each in replies if each), default=0)


def excerpt(view: View, statement: Statement) -> View:
    """A page as a statement's text sees it that stands there beside others'."""
    links = ExcerptLinks(view.url, f"{place_of(statement)}.")
    return replace(view, links=links, of=statement)


def notes_of(answer: Answer) -> tuple[CitedNote, ...]:
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
    return tuple(CitedNote(notes[number], tuple(sorted(cited[number]))) for number in sorted(cited))


def reach_of(answer: Answer) -> tuple[str, str]:
    """The numbers of an answer's first and last paragraph; empty where it has none."""
    numbers = [unit.number for unit in units_in(answer.blocks)]
    return (numbers[0], numbers[-1]) if numbers else ("", "")


def questions_beside(
    case: Consultation, question: Question
) -> tuple[Question | None, Question | None]:
    """The questions before and after one."""
    at = question.number - 1
    before = case.questions[at - 1] if at else None
    after = case.questions[at + 1] if at + 1 < len(case.questions) else None
    return before, after


HELPERS: dict[str, Callable[..., Any]] = {
    "answers_to": replies_to,
    "excerpt": excerpt,
    "matrix": matrix,
    "most_proposals": most_proposals,
    "notes_of": notes_of,
    "place_of": place_of,
    "questions_beside": questions_beside,
    "reach_of": reach_of,
    "sent_nothing": sent_nothing,
    "without_answer": without_reply,
}
"""What the templates of a consultation may call."""
