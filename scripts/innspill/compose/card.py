"""A statement's card: what lists, rules and pages that show several know of it."""

from __future__ import annotations

from collections import Counter

from innspill.compose.anchors import anchors_of
from innspill.compose.answers import Answer, answers_in
from innspill.compose.references import references_in
from innspill.model import (
    Card,
    Proposal,
    Proposed,
    Question,
    Reply,
    Statement,
    StatementHead,
    Version,
    VersionHead,
    fields_of,
)
from innspill.text import Mark, roots_in, select


def card_of(statement: Statement, questions: tuple[Question, ...]) -> Card:
    """A statement's card."""
    return Card(
        **fields_of(StatementHead, statement),
        is_compared=statement.earlier is not None,
        summary=tuple(each.text for each in statement.summary),
        proposed=_counted(statement.proposals),
        replies={each.question.id: _reply_of(each) for each in answers_in(statement, questions)},
        anchors=anchors_of(statement),
        references=references_in(statement),
        split=_split_passages(statement),
        versions=tuple(map(_version_head, statement.versions)),
    )


def _counted(proposals: tuple[Proposal, ...]) -> tuple[Proposed, ...]:
    counts = Counter((each.move, each.force) for each in proposals)
    return tuple(Proposed(move, force, count) for (move, force), count in counts.items())


def _version_head(version: Version) -> VersionHead:
    old = version.statement
    files = tuple((each.url, each.source, each.is_shown) for each in version.files)
    return VersionHead(version.name, old.url, old.lang, old.title, old.is_draft, old.prints, files)


def _reply_of(answer: Answer) -> Reply:
    heading = answer.section.heading if answer.section else None
    return Reply(
        heading.id if heading else None,
        tuple(each.id for each in answer.together),
        tuple(each.text for each in answer.points),
        len(answer.proposals),
    )


def _split_passages(statement: Statement) -> tuple[str, ...]:
    """The ids of all passages of a statement whose marks were split, in their order."""
    found = {
        name
        for section in statement.sections
        for mark in select(roots_in(section.blocks), Mark)
        if mark.is_piece
        for name in mark.passages
        if name not in mark.begins
    }
    return tuple(sorted(found))
