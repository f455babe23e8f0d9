"""The facts that a letter states of itself: what each is called, and where it is shown.

The page, the PDFs, the data, redlines and the search all go through the table `FACTS`. A new fact
is a row in it and a field of `Facts`, a key in `read/schema.py`, a label in the catalogues, and a
line in `templates/new/statement.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Literal

from innspill.messages import Message, catalogue, long_date, say

FactValue = str | int | date | None


@dataclass(frozen=True, slots=True)
class Vote:
    """How the committee voted."""

    result: str
    votes_for: int | None
    against: int | None
    parties: str | None

    @property
    def has_figures(self) -> bool:
        """Whether the votes on both sides are counted."""
        return self.votes_for is not None and self.against is not None


@dataclass(frozen=True, slots=True)
class Facts:
    """What one letter says of itself, by the keys of its front matter."""

    adopted: date | None = None
    vote: Vote | None = None
    minutes: str | None = None
    dated: date | None = None
    our_reference: str | None = None
    your_reference: str | None = None
    case_officer: str | None = None
    recipient: str | None = None


class Unlisted(Enum):
    """Why a fact has no line of its own in a list."""

    IN_WORDS = "a template says it in a sentence of its own"
    ABSENT = "it is not shown there"


@dataclass(frozen=True, slots=True)
class FactLine:
    """A line of a list: what a fact is called, and its value."""

    order: int = 9
    """Its place in the list; those of the same place stand in the table's order."""
    label: Message | None = None
    """What it is called there, where that is not what it is called elsewhere."""


@dataclass(frozen=True, slots=True)
class Datum:
    """A name in `data.json`, under `brev`."""

    name: str
    """In Norwegian, in the manner of eInnsyn."""
    description: str
    """What the data's schema says of it."""


Place = Literal["page", "letterhead", "summary"]
"""The lists: on the statement's page, at the head of its PDF, and at the head of the summary."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it is called, and where it is shown. Every redline shows it."""

    key: str
    """As in front matter: `adopted`, `vote.for`."""
    label: Message
    of: Callable[[Facts], FactValue] = field(repr=False)
    """Its value in a letter's facts."""
    page: FactLine | Unlisted = field(kw_only=True)
    letterhead: FactLine | Unlisted = field(kw_only=True)
    summary: FactLine | Unlisted = field(kw_only=True)
    data: Datum | None = field(kw_only=True)
    """None where the data has it elsewhere than in the letter: in `vedtak`."""
    values: Mapping[str, Message] = field(default_factory=dict, kw_only=True)
    """What its values are called, where they are keys themselves."""
    is_reference: bool = field(default=False, kw_only=True)
    """Whether the search finds the statement by it."""


RESULTS = {
    "unanimous": say("Adopted unanimously"),
    "majority": say("Adopted by a majority"),
}
MINUTES = {
    "to_follow": say("The final minutes will follow"),
    "final": say("The minutes are final"),
}
FACTS = (
    Fact(
        "adopted",
        say("Considered"),
        lambda facts: facts.adopted,
        page=FactLine(),
        letterhead=Unlisted.IN_WORDS,
        summary=Unlisted.IN_WORDS,
        data=None,
    ),
    Fact(
        "vote",
        say("Vote"),
        lambda facts: facts.vote.result if facts.vote else None,
        page=Unlisted.IN_WORDS,
        letterhead=Unlisted.IN_WORDS,
        summary=Unlisted.IN_WORDS,
        data=None,
        values=RESULTS,
    ),
    Fact(
        "vote.for",
        say("Votes for"),
        lambda facts: facts.vote.votes_for if facts.vote else None,
        page=FactLine(),
        letterhead=Unlisted.IN_WORDS,
        summary=Unlisted.IN_WORDS,
        data=None,
    ),
    Fact(
        "vote.against",
        say("Votes against"),
        lambda facts: facts.vote.against if facts.vote else None,
        page=FactLine(),
        letterhead=Unlisted.IN_WORDS,
        summary=Unlisted.IN_WORDS,
        data=None,
    ),
    Fact(
        "vote.parties",
        say("How the vote fell"),
        lambda facts: facts.vote.parties if facts.vote else None,
        page=FactLine(),
        letterhead=Unlisted.IN_WORDS,
        summary=Unlisted.IN_WORDS,
        data=None,
    ),
    Fact(
        "minutes",
        say("Minutes"),
        lambda facts: facts.minutes,
        page=FactLine(),
        letterhead=Unlisted.IN_WORDS,
        summary=Unlisted.IN_WORDS,
        data=None,
        values=MINUTES,
    ),
    Fact(
        "dated",
        say("Letter dated"),
        lambda facts: facts.dated,
        page=FactLine(),
        letterhead=FactLine(5, say("Date")),
        summary=Unlisted.IN_WORDS,
        data=Datum("dato", "Its date."),
    ),
    Fact(
        "our_reference",
        say("Our reference"),
        lambda facts: facts.our_reference,
        page=FactLine(),
        letterhead=FactLine(3),
        summary=FactLine(),
        data=Datum("vaarReferanse", "The committee's reference, as written."),
        is_reference=True,
    ),
    Fact(
        "your_reference",
        say("Your reference"),
        lambda facts: facts.your_reference,
        page=FactLine(),
        letterhead=FactLine(2),
        summary=FactLine(),
        data=Datum("deresReferanse", "The asking office's reference, as written."),
        is_reference=True,
    ),
    Fact(
        "case_officer",
        say("Case officer"),
        lambda facts: facts.case_officer,
        page=FactLine(),
        letterhead=FactLine(4),
        summary=FactLine(),
        data=Datum("saksbehandler", "The case officer."),
    ),
    Fact(
        "recipient",
        say("To"),
        lambda facts: facts.recipient,
        page=FactLine(1),
        letterhead=Unlisted.IN_WORDS,
        summary=Unlisted.ABSENT,
        data=Datum("mottaker", "To whom it is sent."),
    ),
)
"""All of them, in the order of front matter and of redlines."""


def in_words(value: FactValue, values: Mapping[str, Message], language: str) -> str:
    """A value as readers see it; `values` are what those are called that are keys."""
    if isinstance(value, date):
        return long_date(value, language)
    message = values.get(str(value))
    return message.within(catalogue(language)) if message else str(value)


def fact_lines(facts: Facts, place: Place, language: str) -> tuple[tuple[str, str], ...]:
    """The label and the value of each fact that a letter states and that a list has a line for."""
    words = catalogue(language)
    return tuple(
        ((line.label or fact.label).within(words), in_words(value, fact.values, language))
        for line, fact in _LINES[place]
        if (value := fact.of(facts)) is not None
    )


def _lines(of: Callable[[Fact], FactLine | Unlisted]) -> tuple[tuple[FactLine, Fact], ...]:
    """The lines of a list in their order."""
    lines = [(line, fact) for fact in FACTS if isinstance(line := of(fact), FactLine)]
    return tuple(sorted(lines, key=lambda each: each[0].order))


_LINES: Mapping[Place, tuple[tuple[FactLine, Fact], ...]] = {
    "page": _lines(lambda fact: fact.page),
    "letterhead": _lines(lambda fact: fact.letterhead),
    "summary": _lines(lambda fact: fact.summary),
}
