"""All proposals of a consultation on one page: by where they should go, and how strongly.

Within such a group they stand by committee, in the committees' order. A statement's rows of one
group are one fragment; how many there are of each is told by the cards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from innspill.check.force import rank
from innspill.compose.addresses import PROPOSALS
from innspill.compose.grid import DIRECTIONS
from innspill.model import Card, Consultation, Proposal, Statement
from innspill.render.views import by_direction


@dataclass(frozen=True, slots=True)
class ProposalGroup:
    """The proposals of all statements that go one way and ask for it as strongly."""

    move: str
    rank: int
    """Of the letters' words, the strongest 0."""
    forces: tuple[str, ...]
    """Those words, as they are first met."""
    statements: tuple[Card, ...]
    """Those with such a proposal, in the order of the consultation."""
    count: int
    """How many proposals they are."""

    @property
    def fragment(self) -> str:
        """What a statement's rows of the group are called."""
        return fragment_name(self.move, self.rank)


def fragment_name(move: str, force_rank: int) -> str:
    """What a statement's rows of one group are called among its fragments."""
    return f"proposals:{move}:{force_rank}"


def grouped_rows(statement: Statement) -> Iterator[tuple[str, tuple[Proposal, ...]]]:
    """A statement's proposals by group, each with the name of its fragment."""
    for direction in by_direction(statement.proposals):
        found: defaultdict[int, list[Proposal]] = defaultdict(list)
        for row in direction.rows:
            found[row.strength] += row.proposals
        for force_rank, proposals in found.items():
            yield fragment_name(direction.move, force_rank), tuple(proposals)


def proposal_groups(case: Consultation) -> tuple[ProposalGroup, ...]:
    """The groups of a consultation's proposals, in the order in which they are shown."""
    found: defaultdict[tuple[int, int], list[tuple[Card, str, int]]] = defaultdict(list)
    for card in case.statements:
        for each in card.proposed:
            key = DIRECTIONS.index(each.move), rank(each.force)
            found[key].append((card, each.force, each.count))
    return tuple(
        ProposalGroup(
            DIRECTIONS[move],
            force_rank,
            tuple(dict.fromkeys(force for _, force, _ in inside)),
            tuple({card.source: card for card, _, _ in inside}.values()),
            sum(count for _, _, count in inside),
        )
        for (move, force_rank), inside in sorted(found.items(), key=lambda each: each[0])
    )


def forces_of(groups: Iterable[ProposalGroup]) -> tuple[str, ...]:
    """The letters' words that stand in any of the groups, the strongest first."""
    forces = dict.fromkeys(force for each in groups for force in each.forces)
    return tuple(sorted(forces, key=rank))


HELPERS: dict[str, Callable[..., Any] | str] = {
    "PROPOSALS": PROPOSALS,
    "forces_of": forces_of,
    "proposal_groups": proposal_groups,
}
"""What the template of that page may use."""
