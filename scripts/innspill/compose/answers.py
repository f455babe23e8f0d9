"""What one statement says to one question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from innspill.model import Point, Proposal, Question, Section, Statement, StatementHead
from innspill.text import Block, Heading, Minority, units_in

PARTS = 3
"""The level of an answer's own parts on a question's page: below the committee's name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one committee says to one question, with its words."""

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


def place_of(statement: StatementHead) -> str:
    """`answer-alna`: an id that differs for each statement of a consultation."""
    return "answer-" + id_of(statement.url)


def id_of(url: str) -> str:
    """The name of a page's folder as a part of an id; what that can't hold is its code point."""
    slug = url.removesuffix("/index.html").rpartition("/")[2]
    return re.sub(r"[^\w-]|_", lambda odd: f"_{ord(odd[0]):x}_", slug)


def answers_in(statement: Statement, questions: Iterable[Question]) -> Iterator[Answer]:
    """What a statement says to each question, of those that it says anything to."""
    sections, points = statement.answers, points_by_subject(statement)
    resting: defaultdict[int, list[Proposal]] = defaultdict(list)
    for each, below in sections_below_proposals(statement):
        for number in dict.fromkeys(section.number for section in below):
            resting[number].append(each)
    for question in questions:
        section, about = sections.get(question.id), points.get(question.id, ())
        if section or about:
            proposals = resting[section.number] if section else ()
            yield Answer(statement, question, section, about, tuple(proposals))


def sections_below_proposals(
    statement: Statement,
) -> Iterator[tuple[Proposal, tuple[Section, ...]]]:
    """Each proposal with the sections that its evidence stands in, in the order of its quotes."""
    where = {
        unit.id: index
        for index, section in enumerate(statement.sections)
        for unit in units_in(section.blocks)
    }
    for each in statement.proposals:
        units = (passage.unit.id for quote in each.quotes for passage in quote.passages)
        found = dict.fromkeys(where[unit] for unit in units)
        yield each, tuple(statement.sections[index] for index in found)


def questions_of_proposals(statement: Statement) -> dict[str, tuple[Question, ...]]:
    """The questions in whose answers each proposal's evidence stands, by the proposals' ids."""
    return {
        each.id: tuple(dict.fromkeys(asked for section in below for asked in section.questions))
        for each, below in sections_below_proposals(statement)
    }


def points_by_subject(statement: Statement) -> dict[str, tuple[Point, ...]]:
    """The points of a summary by what they are about."""
    found: defaultdict[str, list[Point]] = defaultdict(list)
    for each in statement.summary:
        found[each.about].append(each)
    return {about: tuple(points) for about, points in found.items()}


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
