"""Rules for questions and answers, and for who answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from innspill.diagnostics import Diagnostic, error, warning
from innspill.messages import say
from innspill.model import ANSWERS, CaseFacts, Consultation, Statement
from innspill.nearest import with_nearest
from innspill.read.tree import TEXT
from innspill.text import Heading, Prose, units_in


def answers_are_bound(statement: Statement, case: CaseFacts) -> Iterator[Diagnostic]:
    """Each answer names questions that exist, none of them twice; a missing one is seen."""
    if not case.has_sure_questions:
        return
    known = [question.id for question in case.questions]
    valid = say("the questions' ids are: {names}", names=", ".join(known))
    seen: dict[str, int] = {}
    for section in statement.sections:
        if section.heading is None:
            continue
        at = section.heading.at
        for name in section.unknown:
            message = say('there is no question "{id}"', id=name)
            yield error("unknown-question", message, at, with_nearest(name, known, valid))
        for question in section.questions:
            if question.id in seen:
                message = say('the question "{id}" is answered twice', id=question.id)
                hint = say("the first answer stands on line {line}", line=seen[question.id])
                yield error("answered-twice", message, at, hint)
            seen.setdefault(question.id, at.line)
        if statement.is_sure(TEXT) and not any(True for _ in units_in(section.blocks)):
            message = say("the answer has no text")
            yield warning("empty-answer", message, at)
    # A heading that names no question may be meant for one that seems to have no answer.
    if statement.is_sure(ANSWERS) and not any(each.unknown for each in statement.sections):
        yield from _not_answered(statement, case, seen)


def _not_answered(
    statement: Statement, case: CaseFacts, answered: Collection[str]
) -> Iterator[Diagnostic]:
    for question in case.questions:
        if question.id not in answered:
            message = say(
                'question {number}, "{id}", is not answered',
                number=question.number,
                id=question.id,
            )
            hint = say("answer it below a heading that ends in {{#{id}}}", id=question.id)
            yield warning("not-answered", message, statement.text_at, hint)


def committees_differ(case: Consultation) -> Iterator[Diagnostic]:
    """A committee answers a consultation once."""
    seen: dict[str, str] = {}
    for statement in case.sure("committee"):
        if statement.committee in seen:
            message = say(
                '"{committee}" has another statement here: {path}',
                committee=statement.committee,
                path=seen[statement.committee],
            )
            yield warning("same-committee", message, statement.place("committee"))
        seen.setdefault(statement.committee, statement.source)


def committees_were_asked(case: Consultation) -> Iterator[Diagnostic]:
    """Where a consultation lists whom it asks, a statement's committee is one of them."""
    if not case.committees or not case.is_sure("committees"):
        return
    asked, names = frozenset(case.committees), ", ".join(case.committees)
    for statement in case.sure("committee"):
        if statement.committee not in asked:
            message = say(
                'the consultation does not ask "{committee}"', committee=statement.committee
            )
            hint = say("it asks: {names}", names=names)
            yield warning("not-asked", message, statement.place("committee"), hint)


def only_statements_answer(prose: Prose) -> Iterator[Diagnostic]:
    """A heading that ends in `{#id}` stands in a statement, and nowhere else."""
    for block in prose.blocks:
        if isinstance(block, Heading) and block.answers:
            message = say("only a statement's headings answer questions")
            hint = say("leave {{#{id}}} out", id=block.answers[0])
            yield error("answer-outside", message, block.at, hint)
