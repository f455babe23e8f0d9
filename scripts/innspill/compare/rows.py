"""What a redline is: its rows, each a paragraph before and now, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from innspill.compare.blocks import ComparedBlock
from innspill.compare.facts import FactChange, ItemChange, QuestionChange
from innspill.compare.tables import Grid
from innspill.compare.words import Segment
from innspill.model import Statement

Part = tuple[Segment, ...]


class RowChange(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    EDITED = "edited"
    IN = "in"
    OUT = "out"
    SPLIT = "split"
    MERGED = "merged"
    LEFT = "left"
    """The place that it moved away from."""


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph before and now; several, where it was split or merged."""

    fate: RowChange
    old: tuple[ComparedBlock, ...]
    new: tuple[ComparedBlock, ...]
    parts: tuple[Part, ...] = ()
    """The words of each block that is shown: the new ones, or the old where there is none."""
    grid: Grid | None = None
    """A table, instead of words."""
    is_moved: bool = False
    id: str = ""
    """`e1`, `e2` …, by which it is linked to; empty where nothing changed."""
    other: str = ""
    """Of a move, the id of the other end (until all have ids, what both ends are named by)."""

    @property
    def blocks(self) -> tuple[ComparedBlock, ...]:
        """The blocks that are shown."""
        return self.new or self.old

    @property
    def is_recast(self) -> bool:
        """Whether it was made another thing: a paragraph a list item, a remark the text."""
        if not (self.old and self.new):
            return False
        first, last = self.old[0], self.new[0]
        return (first.kind, first.level, first.context, first.answers) != (
            last.kind,
            last.level,
            last.context,
            last.answers,
        )

    @property
    def is_change(self) -> bool:
        """Whether it is told of among the changes; a move is, at the place it moved to."""
        return self.fate is not RowChange.LEFT and (
            self.fate is not RowChange.SAME or self.is_moved
        )


@dataclass(frozen=True, slots=True)
class Redline:
    """All differences between two versions of a statement, and the text around them."""

    old: Statement
    new: Statement
    facts: tuple[FactChange, ...]
    questions: tuple[QuestionChange, ...]
    points: tuple[ItemChange, ...]
    proposals: tuple[ItemChange, ...]
    rows: tuple[Row, ...]

    @property
    def changes(self) -> tuple[Row, ...]:
        """The paragraphs that differ, in reading order."""
        return tuple(row for row in self.rows if row.is_change)

    @property
    def is_empty(self) -> bool:
        """Whether a reader sees no difference."""
        items = any(each.is_change for each in (*self.points, *self.proposals))
        return not (self.facts or self.questions or items or self.changes)
