"""Rules for votes, days and status: what can't be so is an error, what is odd a warning.

A rule that rests on a value which is faulty itself says nothing: that fault is the cause.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from innspill.diagnostics import FUTURE, Diagnostic, error, warning
from innspill.facts import Vote
from innspill.messages import say
from innspill.model import Consultation, Site, StatementHead

GRACE = timedelta(days=1)
"""By how much a clock elsewhere may be ahead."""


def facts_agree(case: Consultation) -> Iterator[Diagnostic]:
    """Days come in the order in which things happen, and figures bear out what they led to."""
    if case.letter_dated and case.deadline and case.deadline < case.letter_dated:
        message = say("the deadline is before the letter that sets it")
        yield error("dates", message, case.place("deadline"))
    for statement in case.statements:
        yield from _days_are_in_order(statement, case)
        yield from _withdrawn_afterwards(statement)
        if statement.facts.vote:
            yield from _vote_is_possible(statement, statement.facts.vote)
        if statement.is_sure("status"):
            yield from _status_agrees(statement)


def _days_are_in_order(statement: StatementHead, case: Consultation) -> Iterator[Diagnostic]:
    facts, asked = statement.facts, case.letter_dated
    # That a draft was adopted is told by itself: there was no meeting yet.
    was_adopted = statement.status != "draft"
    if was_adopted and facts.adopted and facts.dated and facts.dated < facts.adopted:
        # Odd, and yet some letters bear the day on which the case was prepared.
        message = say("the letter is dated before the meeting that adopted it")
        yield warning("dates", message, statement.place("dated"))
    if asked and facts.adopted and facts.adopted < asked:
        message = say("the statement was adopted before the letter that asks for it")
        yield warning("dates", message, statement.place("adopted"))
    elif asked and facts.dated and facts.dated < asked:
        message = say("the letter is dated before the letter that asks for it")
        yield warning("dates", message, statement.place("dated"))


def _withdrawn_afterwards(statement: StatementHead) -> Iterator[Diagnostic]:
    """A version is withdrawn when it is there."""
    for each in statement.withdrawn:
        if each.version and each.day < each.version.day:
            message = say("the version was withdrawn before it was there")
            yield error("dates", message, each.day_at)


def _vote_is_possible(statement: StatementHead, vote: Vote) -> Iterator[Diagnostic]:
    votes_for, against = vote.votes_for, vote.against
    if vote.result == "unanimous":
        if against:
            message = say("a unanimous vote has no votes against")
            hint = say("write `result: majority`")
            yield error("vote", message, statement.place("vote.against"), hint)
        if votes_for == 0:
            message = say("without votes for it, nothing is adopted")
            yield error("vote", message, statement.place("vote.for"))
    elif votes_for is None or against is None:
        message = say("a split vote has no figures")
        hint = say("write `for: …` and `against: …` under vote, as the minutes have them")
        yield warning("vote", message, statement.place("vote.result"), hint)
    elif votes_for < against:
        message = say("{n} votes for and {m} against are no majority", n=votes_for, m=against)
        hint = say("write the figures as the minutes have them")
        yield error("vote", message, statement.place("vote.for"), hint)
    elif votes_for == against and not vote.parties:
        # The Norwegian local government act, section 11-9: then the chair's vote decides.
        message = say("as many votes for as against are no majority")
        hint = say("if the chair's vote decided, write so in `parties`, in the minutes' words")
        yield error("vote", message, statement.place("vote.for"), hint)
    elif not against:
        message = say("a vote with none against is unanimous")
        hint = say("write `result: unanimous`")
        yield warning("vote", message, statement.place("vote.result"), hint)


def _status_agrees(statement: StatementHead) -> Iterator[Diagnostic]:
    if statement.status == "draft" and (statement.facts.adopted or statement.facts.vote):
        message = say("a draft has no vote and no day on which it was adopted")
        hint = say("write `status: adopted`, or leave adopted and vote out")
        yield error("status", message, statement.place("status"), hint)


def days_have_come(site: Site, today: date) -> Iterator[Diagnostic]:
    """What is told as done was done by today.

    The only rule that depends on the day it is asked: what was sound stays so, so nothing that
    is remembered grows stale.
    """
    last = today + GRACE
    for case in site.consultations:
        if case.letter_dated and case.letter_dated > last:
            message = say("the letter's date is still to come")
            yield warning(FUTURE, message, case.place("letter_dated"))
        for statement in case.statements:
            if statement.facts.adopted and statement.facts.adopted > last:
                message = say("the day on which it was adopted is still to come")
                hint = say("write `status: draft` and leave adopted out until it is")
                yield error(FUTURE, message, statement.place("adopted"), hint)
            if statement.facts.dated and statement.facts.dated > last:
                message = say("the letter's date is still to come")
                yield warning(FUTURE, message, statement.place("dated"))
            for each in statement.withdrawn:
                if each.day > last:
                    message = say("the day on which the version was withdrawn is still to come")
                    yield error(FUTURE, message, each.day_at)
