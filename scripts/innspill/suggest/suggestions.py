"""What is found, as points and proposals that `check` passes: quoted once, their force no more.

A quote that stands several times is lengthened until it stands once; what can't be quoted so, or
whose words of force the letter qualifies in a way that the finder did not see, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from innspill.check.force import find_force, rank
from innspill.check.force_words import NEGATIONS, UNKNOWN
from innspill.compose.quotes import Evidence, find_whole
from innspill.model import Statement
from innspill.read.schema import StatementFront
from innspill.suggest import words as table
from innspill.suggest.clauses import Span, trimmed
from innspill.suggest.direct import direction
from innspill.suggest.find import FoundProposal, find_proposals
from innspill.suggest.points import FoundPoint, find_points
from innspill.suggest.what import line, what
from innspill.text import Unit

WIDER = 20
"""By how many words on each side a quote is lengthened before all of the paragraph is quoted."""
LONGEST = 100
"""How many words a paragraph may have for that."""


@dataclass(frozen=True, slots=True)
class SuggestedPoint:
    """A point of the summary, suggested."""

    number: str
    """The number of the paragraph that it rests on."""
    about: str
    point: str
    quote: str


@dataclass(frozen=True, slots=True)
class SuggestedProposal:
    """A proposal, suggested."""

    number: str
    what: str
    move: str
    force: str
    quotes: tuple[str, ...]
    in_summary: bool
    """Whether a point of the summary rests on the same words."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that a statement's text suggests and its front matter does not have."""

    points: tuple[SuggestedPoint, ...]
    proposals: tuple[SuggestedProposal, ...]
    covered: tuple[str, ...]
    """The numbers of the paragraphs with proposals that the front matter has already."""


def suggestions_for(statement: Statement, front: StatementFront) -> Suggestions:
    """What can be suggested for a statement whose front matter is `front`."""
    evidence = Evidence(statement.units, ())
    text = "\n".join(unit.text for unit in statement.units)
    has = _Covered(evidence, [quote for each in front.proposals for quote in each.quote])
    summed_up = _Covered(evidence, [quote for each in front.summary for quote in each.quote])
    found = find_proposals(statement)
    covered = [each.unit.number for each in found if has.covers(each.unit, each.span)]
    new = (each for each in found if not has.covers(each.unit, each.span))
    proposals = (
        _proposal(each, statement, text, summed_up.covers(each.unit, each.span)) for each in new
    )
    about = {each.about for each in front.summary}
    points = (_point(each, text) for each in find_points(statement, found, about))
    return Suggestions(
        tuple(filter(None, points)), tuple(filter(None, proposals)), tuple(dict.fromkeys(covered))
    )


class _Covered:
    """The passages that quotes rest on."""

    def __init__(self, evidence: Evidence, quotes: Sequence[str]) -> None:
        self.passages = [each for quote in quotes for each in evidence.find(quote)]

    def covers(self, unit: Unit, span: Span) -> bool:
        """Whether any of them shares words with a span of a unit."""
        return any(
            each.unit.id == unit.id and each.start < span[1] and span[0] < each.end
            for each in self.passages
        )


def _point(found: FoundPoint, text: str) -> SuggestedPoint | None:
    spans = _growing(found.unit, found.span, found.span)
    quoted = _standing_once(found.unit, spans, text)
    if quoted is None:
        return None
    point = found.unit.text[slice(*found.span)]
    full = point[:1].upper() + point[1:] + "."
    return SuggestedPoint(found.unit.number, found.about, full, found.unit.text[slice(*quoted)])


def _proposal(
    found: FoundProposal, statement: Statement, text: str, in_summary: bool
) -> SuggestedProposal | None:
    span = _standing_once(found.unit, _growing(found.unit, found.span, found.sentence), text)
    if span is None or rank(found.force) == UNKNOWN:
        return None
    quotes = [found.unit.text[slice(*span)]]
    bearing, where = found.unit, span
    if found.lead:
        whole = trimmed(found.lead.text, 0, len(found.lead.text))
        above = _standing_once(found.lead, [whole, (0, len(found.lead.text))], text)
        if above is None:
            return None
        bearing, where = found.lead, above
        quotes.insert(0, found.lead.text[slice(*above)])
    stands = find_force(found.force, bearing.text, *where)
    named = _what(found)
    if not stands.stands or stands.instead or stands.doubt or not named:
        return None
    return SuggestedProposal(
        found.unit.number,
        named,
        where_to(found, statement.committee),
        found.force,
        tuple(quotes),
        in_summary,
    )


def _what(found: FoundProposal) -> str:
    text = found.unit.text[slice(*found.span)]
    if found.at is None:
        return line(text.removeprefix("at ").removeprefix("å "))
    start, end = (place - found.span[0] for place in found.at)
    return what(text, found.force, start, end) or line(text)


def where_to(found: FoundProposal, committee: str) -> str:
    """Where it would go; what is not wanted goes nowhere."""
    words = set(found.force.split())
    if words & NEGATIONS or words & table.AGAINST:
        return "other"
    return direction(found.unit.text[slice(*found.span)], committee)


def _growing(unit: Unit, span: Span, sentence: Span) -> Iterator[Span]:
    """A span, its sentence, then some words more on both sides, at last all of the unit."""
    yield span
    text = unit.text
    start, end = min(span[0], sentence[0]), max(span[1], trimmed(text, *sentence)[1])
    yield start, end
    for _ in range(WIDER):
        start = text.rfind(" ", 0, max(start - 1, 0)) + 1
        after = text.find(" ", end + 1)
        end = after if after >= 0 else len(text)
        yield trimmed(text, start, end)
    if text.count(" ") < LONGEST:
        yield trimmed(text, 0, len(text))


def _standing_once(unit: Unit, spans: Iterable[Span], text: str) -> Span | None:
    """The first of the spans whose words stand once in `text`, which holds all units."""
    for start, end in spans:
        words = unit.text[start:end]
        if words and len(list(islice(find_whole(words, text), 2))) == 1:
            return start, end
    return None
