"""One statement: its facts, its sections, and the evidence of its summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from msgspec import structs

from innspill.compose.addresses import page_url
from innspill.compose.enclosures import EnclosedFile, compose_enclosures
from innspill.compose.numbers import Numbering
from innspill.compose.original import compose_original, enclosed_original
from innspill.compose.prose import blocks_of_parts, compose_notes
from innspill.compose.quotes import Evidence
from innspill.compose.resolve import Links
from innspill.compose.versions import compose_withdrawn
from innspill.diagnostics import Location
from innspill.facts import Facts, Vote
from innspill.line_ends import text_digest, with_one_line_end
from innspill.model import (
    ANSWERS,
    Enclosure,
    Point,
    Proposal,
    Question,
    Quote,
    Section,
    Statement,
    Trace,
    fields_of,
)
from innspill.original import OriginalText
from innspill.read.schema import StatementFront
from innspill.read.source import Source
from innspill.read.tree import TEXT
from innspill.read.yaml_nodes import Path
from innspill.text import Block, Element, Minority, Unit, units_in

ABOUT_ANSWERS = frozenset({"bad-id", "misplaced"})
"""The faults of a text that may have cost it an answer."""


def answer_numbers(questions: Sequence[Question]) -> dict[str, int]:
    """Each question's number by its id."""
    return {question.id: question.number for question in questions}


def compose_statement(
    source: Source,
    front: StatementFront,
    hides_case_officer: bool,
    questions: tuple[Question, ...],
    links: Links,
    lang: str,
    enclosed: tuple[EnclosedFile | None, ...],
    original: EnclosedFile | None,
    original_text: OriginalText | None,
    prints: tuple[str, ...],
    trace: Trace,
    version_tags: str,
) -> Statement:
    """The statement in `source`, answering `questions`.

    `enclosed` are the files of its attachments, None where there is none, `original` is that of
    its letter, with its words where it is compared, and `prints` the forms that it is printed in
    besides the usual ones. `version_tags` is the form of the tags that name versions.
    """
    hidden = None
    hidden_name = front.case_officer if hides_case_officer else None
    if hides_case_officer and front.case_officer:
        hidden = source.matter.locate(("case_officer",))
        front = structs.replace(front, case_officer=None)
    parts = blocks_of_parts(source, answer_numbers(questions), links)
    by_id = {question.id: question for question in questions}
    all_blocks = tuple(block for _, blocks in parts for block in blocks)
    headings = tuple(Numbering().heading(heading) for heading, _ in parts if heading)
    evidence = Evidence(tuple(units_in(all_blocks)), _minority_units(all_blocks))
    summary = _summary(front, source, evidence)
    proposals = _proposals(front, source, evidence)
    return Statement(
        url=page_url(source.path),
        source=source.path,
        digest=text_digest(source.data),
        lang=lang,
        title=front.title,
        committee=front.committee,
        status=front.status,
        facts=_facts(front),
        sections=tuple(_section(heading, blocks, by_id, evidence) for heading, blocks in parts),
        notes=compose_notes(source, (*headings, *all_blocks), links),
        summary=summary,
        proposals=proposals,
        suggested=_suggested(front, source),
        enclosures=_enclosures(source, front, enclosed, original, lang),
        original=compose_original(source, front, original, original_text, questions, hidden_name),
        attached_source=with_one_line_end(source.data) if front.attach_source else None,
        hidden=hidden,
        prints=prints,
        earlier=trace.earlier,
        stamp=trace.stamp,
        versions=trace.versions,
        history=trace.history,
        withdrawn=compose_withdrawn(source, front, version_tags, trace.former),
        unsure=_unsure(source),
        places=source.places,
        text_at=_text_place(source),
        at=source.matter.locate(()),
    )


def _enclosures(
    source: Source,
    front: StatementFront,
    enclosed: tuple[EnclosedFile | None, ...],
    original: EnclosedFile | None,
    lang: str,
) -> tuple[Enclosure, ...]:
    """The files that are listed: the letter last, unless it is one of the others."""
    others = compose_enclosures(source, enclosed)
    letter = enclosed_original(source, front, original, lang)
    if letter is None or (letter.url and letter.url in {each.url for each in others}):
        return others
    return (*others, letter)


def _unsure(source: Source) -> frozenset[str]:
    """What the rules may not rest on."""
    body = source.body.unsure
    is_torn = TEXT in body or any(fault.code in ABOUT_ANSWERS for fault in source.faults)
    return source.unsure | body | ({ANSWERS} if is_torn else frozenset())


def _text_place(source: Source) -> Location:
    """Where the text begins; where there is none, the line on which it would."""
    if source.body.blocks:
        return source.body.blocks[0].at
    return Location(source.shown, source.text.rstrip("\n").count("\n") + 1)


def _section(
    heading: Element | None,
    blocks: tuple[Block, ...],
    by_id: Mapping[str, Question],
    evidence: Evidence,
) -> Section:
    marked = tuple(evidence.mark(block) for block in blocks)
    if heading is None:
        return Section(0, None, (), (), marked)
    names = heading.get("answers").split()
    answered = tuple(by_id[name] for name in names if name in by_id)
    number = answered[0].number if answered else 0
    own = replace(Numbering().heading(heading), id=f"s{number}")
    unknown = tuple(name for name in names if name not in by_id)
    return Section(number, own, answered, unknown, marked)


def _minority_units(blocks: tuple[Block, ...]) -> tuple[Unit, ...]:
    return tuple(
        unit for block in blocks if isinstance(block, Minority) for unit in units_in(block.blocks)
    )


def _facts(front: StatementFront) -> Facts:
    """What the letter says of itself: each fact has the name of its key."""
    facts = Facts(**fields_of(Facts, front))
    if (vote := front.vote) is None:
        return facts
    return replace(facts, vote=Vote(vote.result, vote.votes_for, vote.against, vote.parties))


def _summary(front: StatementFront, source: Source, evidence: Evidence) -> tuple[Point, ...]:
    return tuple(
        Point(
            id=f"point-{index + 1}",
            about=each.about,
            text=each.point,
            quotes=_quotes(each.quote, ("summary", index), source, evidence),
            at=source.matter.locate(("summary", index, "about")),
        )
        for index, each in zip(source.kept("summary"), front.summary, strict=True)
        if not each.suggested
    )


def _proposals(front: StatementFront, source: Source, evidence: Evidence) -> tuple[Proposal, ...]:
    return tuple(
        Proposal(
            id=f"proposal-{index + 1}",
            what=each.what,
            move=each.move,
            force=each.force,
            quotes=_quotes(each.quote, ("proposals", index), source, evidence),
            at=source.matter.locate(("proposals", index, "force")),
        )
        for index, each in zip(source.kept("proposals"), front.proposals, strict=True)
        if not each.suggested
    )


def _suggested(front: StatementFront, source: Source) -> tuple[Location, ...]:
    """Where the program's own suggestions are marked as such."""
    points = zip(source.kept("summary"), front.summary, strict=True)
    proposals = zip(source.kept("proposals"), front.proposals, strict=True)
    paths: list[Path] = [("summary", index) for index, each in points if each.suggested]
    paths += [("proposals", index) for index, each in proposals if each.suggested]
    return tuple(source.matter.locate((*path, "suggested")) for path in paths)


def _quotes(
    texts: Sequence[str], path: Path, source: Source, evidence: Evidence
) -> tuple[Quote, ...]:
    quotes = []
    for index, text in enumerate(texts):
        passages = evidence.find(text)
        place = (*path, "quote", index)
        if place not in source.matter.places:
            place = (*path, "quote")
        in_minority = any(each.unit.id in evidence.minority for each in passages)
        quotes.append(Quote(text, passages, in_minority, source.matter.locate(place)))
    return tuple(quotes)
