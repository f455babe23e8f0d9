"""Proposals in a letter's own sentences: those with a word of force, and none that tells others'.

1. Each numbered unit is cut into sentences (`clauses.py`). 2. The words of force in them are those
that `check` knows. 3. Each is judged by its clause (`judge.py`, `told.py`). 4. What is left is a
proposal, quoted with the sentence, or with its clause where a sentence holds several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from innspill.check.force import ForceWords
from innspill.check.force_words import BOUND
from innspill.model import Section, Statement
from innspill.suggest import words as table
from innspill.suggest.clauses import (
    LetterSentence,
    Span,
    clause_of,
    own_words,
    sentences_of,
    trimmed,
)
from innspill.suggest.judge import is_bare_passive, is_of_minority, is_ours, is_proposed
from innspill.text import Heading, Unit, UnitList, leads

JOINTS = re.compile(r", |(?:,? (?:og|men|samt) )")
"""What stands between two clauses of a sentence."""


@dataclass(frozen=True, slots=True)
class FoundProposal:
    """A proposal that a letter seems to hold."""

    unit: Unit = field(repr=False)
    span: Span
    """What is quoted of the unit's text."""
    sentence: Span
    """The sentence that it stands in, without what a minority says there."""
    force: str
    rank: int
    at: Span | None
    """Where the words of force stand in the unit's text; None where they stand in `lead`."""
    lead: Unit | None = field(default=None, repr=False)
    """The line above a list, where the force stands there."""


def find_proposals(statement: Statement) -> list[FoundProposal]:
    """All that the statement seems to propose, in the text's order; not what a minority does."""
    own = own_words(statement.committee)
    return [each for section in statement.sections for each in _in_section(section, own)]


def _in_section(section: Section, own: frozenset[str]) -> Iterator[FoundProposal]:
    above = leads(section.blocks)
    lines_above = {each.id for each in above.values()}
    is_background = False
    for block in section.blocks:
        match block:
            case Heading():
                is_background = bool(table.BACKGROUND.search(block.text))
            case Unit():
                is_lead = block.id in lines_above
                yield from _in_unit(block, own, is_background, is_lead=is_lead)
            case UnitList():
                for item in block.items:
                    if (lead := above.get(item.id)) and table.MINORITY.search(lead.text):
                        continue
                    yield from _in_item(item, lead, own, is_background)


def _in_item(
    item: Unit, lead: Unit | None, own: frozenset[str], is_background: bool
) -> list[FoundProposal]:
    """What an item proposes; a bare passive does so by the line above it, where that asks."""
    found = list(_in_unit(item, own, is_background))
    of_its_own = [each for each in found if not is_bare_passive(each.force)]
    led = list(_led_by(lead, item, own))
    if led:
        return led if _hangs(item, lead) or not of_its_own else found
    asks = lead is not None and list(sentences_of(lead, own, is_background=False))[-1].forces
    return of_its_own if asks else found  # others ask: "Naboene krever:"


def _hangs(item: Unit, lead: Unit | None) -> bool:
    """Whether an item is no sentence without the line above its list."""
    is_open = lead is not None and lead.text.rstrip(" :").endswith((" at", " å"))
    return is_open or item.text.startswith(("at ", "å "))


def _led_by(lead: Unit | None, item: Unit, own: frozenset[str]) -> Iterator[FoundProposal]:
    """An item that asks by the line above its list: "Utvalget krever:"."""
    if lead is None or item.text.endswith("?"):
        return
    *_, last = sentences_of(lead, own, is_background=False)
    span = trimmed(item.text, 0, len(item.text))
    for force in [each for each in last.forces if is_ours(each, last)][-1:]:
        if span[0] < span[1]:
            yield FoundProposal(item, span, span, force.phrase, force.rank, None, lead)


def _in_unit(
    unit: Unit, own: frozenset[str], is_background: bool, *, is_lead: bool = False
) -> Iterator[FoundProposal]:
    """What a unit proposes; the last sentence of a line above a list belongs to its items."""
    sentences = list(sentences_of(unit, own, is_background=is_background))
    for sentence in sentences[:-1] if is_lead else sentences:
        yield from _in_sentence(sentence)


def _in_sentence(sentence: LetterSentence) -> Iterator[FoundProposal]:
    if sentence.text.rstrip("»”\"') ").endswith("?"):
        return
    forces: list[ForceWords] = []
    starts = [sentence.start]
    ends = sentence.end
    for force in sentence.forces:
        cut = _cut(force, forces, sentence)
        if is_of_minority(force, sentence):
            ends = min(ends, cut) if forces and cut > forces[-1].end else ends
        elif not is_proposed(force, sentence) or (force.phrase in BOUND and not forces):
            continue
        elif not forces:
            forces.append(force)
        elif forces[-1].end < cut < ends:
            starts.append(cut)
            forces.append(force)
    for force, (start, end) in zip(forces, pairwise([*starts, ends]), strict=False):
        first, last = trimmed(sentence.unit.text, start, end)
        span = first, max(last, force.end)  # "… er vi åpne for"
        at = (force.start, force.end)
        said = (sentence.start, ends)
        yield FoundProposal(sentence.unit, span, said, force.phrase, force.rank, at)


def _cut(force: ForceWords, before: Sequence[ForceWords], sentence: LetterSentence) -> int:
    """Where the clause of words of force begins, behind those before it if it may be so."""
    if force.phrase in BOUND:
        return force.start
    cut = sentence.words[clause_of(sentence.index(force.start), sentence).start].start
    if before and cut <= before[-1].end:
        between = sentence.unit.text[before[-1].end : force.start]
        if ";" in between:
            return before[-1].end + between.rindex(";") + 1
        if joints := list(JOINTS.finditer(between)):
            return before[-1].end + joints[-1].end()
    return cut
