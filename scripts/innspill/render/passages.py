"""Passages on a page: the way back from them, and those whose marks were split."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from innspill.model import CaseFacts, Point, Proposal, Question, Statement


@dataclass(frozen=True, slots=True)
class WayBack:
    """From a unit to a point or a proposal that rests on it."""

    id: str
    """Of the point or the proposal."""
    text: str
    question: Question | None
    """What a point is about; none for a general point, and for a proposal."""
    is_proposal: bool


def ways_back(case: CaseFacts, statement: Statement) -> dict[str, tuple[WayBack, ...]]:
    """For each unit's id, all that rests on the unit, points first."""
    questions = {each.id: each for each in case.questions}
    found: dict[str, list[WayBack]] = {}
    everything: tuple[Point | Proposal, ...] = (*statement.summary, *statement.proposals)
    for each in everything:
        way = _way(each, questions)
        for unit in dict.fromkeys(p.unit.id for quote in each.quotes for p in quote.passages):
            found.setdefault(unit, []).append(way)
    return {unit: tuple(ways) for unit, ways in found.items()}


def _way(each: Point | Proposal, questions: dict[str, Question]) -> WayBack:
    match each:
        case Point():
            return WayBack(each.id, each.text, questions.get(each.about), is_proposal=False)
        case Proposal():
            return WayBack(each.id, each.what, None, is_proposal=True)


def marks_of_split_passages(split: Collection[str]) -> str:
    """The rules by which all pieces of a passage that is led to are marked.

    A passage is split where another begins or ends inside it, and where emphasis or a link
    does; only its first piece can bear its id.
    """
    names = sorted(split, key=lambda name: (len(name), name))
    if not names:
        return ""
    selectors = ",\n".join(f':root:has(#{name}:target) mark[data-of~="{name}"]' for name in names)
    return (
        f"{selectors} {{\n  background: var(--mark-target);\n"
        "  border-bottom: 2px solid var(--mark-line);\n}\n"
    )
