"""Rules for questions and answers, and for the facts that hang together."""

from __future__ import annotations

from collections.abc import Iterator

from innspill.diagnostics import Diagnostic, error, warning
from innspill.messages import say
from innspill.model import Consultation, Statement
from innspill.text import Heading, Prose, units_in


def answers_are_bound(case: Consultation) -> Iterator[Diagnostic]:
    """Each answer names questions that exist, none of them twice; a missing one is seen."""
    if not case.sure_questions:
        return
    known = ", ".join(question.id for question in case.questions)
    for statement in case.statements:
        seen: dict[str, int] = {}
        for section in statement.sections:
            if section.heading is None:
                continue
            at = section.heading.at
            for name in section.unknown:
                message = say('there is no question "{id}"', id=name)
                hint = say("the questions' ids are: {names}", names=known)
                yield error("unknown-question", message, at, hint)
            for question in section.questions:
                if question.id in seen:
                    message = say('the question "{id}" is answered twice', id=question.id)
                    hint = say("the first answer stands on line {line}", line=seen[question.id])
                    yield error("answered-twice", message, at, hint)
                seen.setdefault(question.id, at.line)
            if not any(True for _ in units_in(section.blocks)):
                message = say("the answer has no text")
                yield warning("empty-answer", message, at)
        for question in case.questions:
            if question.id not in seen:
                message = say(
                    'question {number}, "{id}", is not answered',
                    number=question.number,
                    id=question.id,
                )
                hint = say("answer it below a heading that ends in {{#{id}}}", id=question.id)
                yield warning("not-answered", message, statement.at, hint)


def facts_agree(case: Consultation) -> Iterator[Diagnostic]:
    """Dates come in the order in which things happen, and a split vote has its figures."""
    for statement in case.statements:
        facts = statement.facts
        if facts.dated and facts.adopted and facts.dated < facts.adopted:
            message = say("the letter is dated before the meeting that adopted it")
            yield warning("dates", message, statement.at)
        if case.letter_dated and facts.adopted and facts.adopted < case.letter_dated:
            message = say("the statement was adopted before the letter that asks for it")
            yield warning("dates", message, statement.at)
        vote = facts.vote
        if vote and vote.result == "unanimous" and vote.against:
            message = say("a unanimous vote has no votes against")
            yield error("vote", message, statement.at, say("write `result: majority`"))
        if vote and vote.result == "majority" and None in (vote.votes_for, vote.against):
            message = say("a split vote has no figures")
            hint = say("write `for: …` and `against: …` under vote, as the minutes have them")
            yield warning("vote", message, statement.at, hint)
        yield from _status_agrees(statement)


def _status_agrees(statement: Statement) -> Iterator[Diagnostic]:
    if statement.status == "draft" and (statement.facts.adopted or statement.facts.vote):
        message = say("a draft has no vote and no day on which it was adopted")
        hint = say("write `status: adopted`, or leave adopted and vote out")
        yield error("status", message, statement.at, hint)


def committees_differ(case: Consultation) -> Iterator[Diagnostic]:
    """A committee answers a consultation once."""
    seen: dict[str, str] = {}
    for statement in case.statements:
        if statement.committee in seen:
            message = say(
                '"{committee}" has another statement here: {path}',
                committee=statement.committee,
                path=seen[statement.committee],
            )
            yield warning("same-committee", message, statement.at)
        seen.setdefault(statement.committee, statement.source)


def committees_were_asked(case: Consultation) -> Iterator[Diagnostic]:
    """Where a consultation lists whom it asks, a statement's committee is one of them."""
    for statement in case.statements:
        if case.committees and statement.committee not in case.committees:
            message = say(
                'the consultation does not ask "{committee}"', committee=statement.committee
            )
            hint = say("it asks: {names}", names=", ".join(case.committees))
            yield warning("not-asked", message, statement.at, hint)


def only_statements_answer(prose: Prose) -> Iterator[Diagnostic]:
    """A heading that ends in `{#id}` stands in a statement, and nowhere else."""
    for block in prose.blocks:
        if isinstance(block, Heading) and block.answers:
            message = say("only a statement's headings answer questions")
            hint = say("leave {{#{id}}} out", id=block.answers[0])
            yield error("answer-outside", message, block.at, hint)
