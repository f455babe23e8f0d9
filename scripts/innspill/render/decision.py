"""How a statement was adopted, in words: on pages, in lists and in PDFs."""

from __future__ import annotations

from innspill.facts import MINUTES, RESULTS, Vote
from innspill.messages import Message, catalogue, joined, long_date, say
from innspill.model import StatementHead


def decision(statement: StatementHead, language: str) -> str:
    """Whether, how and when it was adopted: `Vedtatt med 9 mot 6 stemmer, 21. mars 2024`."""
    words, facts = catalogue(language), statement.facts
    told = _adopted(facts.vote) if statement.status == "adopted" else say("Draft")
    if facts.adopted is None:
        return told.within(words)
    # Figures and a day don't run together.
    sign = ", " if facts.vote and _has_figures(facts.vote) else " "
    return joined(sign, (told, long_date(facts.adopted, language))).within(words)


def decision_in_full(statement: StatementHead, language: str) -> tuple[str, ...]:
    """The same, who voted how, and what of the minutes: a sentence each, with its full stop."""
    words, facts = catalogue(language), statement.facts
    found = [decision(statement, language)]
    if facts.vote and facts.vote.parties:
        parties = facts.vote.parties
        found.append(parties[0].upper() + parties[1:])
    if facts.minutes:
        found.append(MINUTES[facts.minutes].within(words))
    return tuple(each if each.endswith(".") else f"{each}." for each in found)


def _adopted(vote: Vote | None) -> Message:
    if vote is None:
        return say("Adopted")
    if _has_figures(vote):
        return say(
            "Adopted by {votes_for} to {against} votes",
            votes_for=vote.votes_for,
            against=vote.against,
        )
    return RESULTS[vote.result]


def _has_figures(vote: Vote) -> bool:
    return vote.result == "majority" and vote.has_figures
