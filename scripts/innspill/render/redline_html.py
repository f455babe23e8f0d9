"""What the templates of a redline are given: its parts, and words for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from innspill.compare.redline import compare
from innspill.compare.rows import Redline, Row
from innspill.compare.tokens import TokenKind, nodes_of
from innspill.compare.words import Op, Segment
from innspill.model import Statement
from innspill.render.redline_folds import shown, stretches
from innspill.render.redline_words import Wording
from innspill.text import Node


@dataclass(frozen=True, slots=True)
class NeighbouringChanges:
    """From one change to the others: their ids, empty at the ends."""

    before: str
    behind: str


def redline_values(statement: Statement, *, on_paper: bool = False) -> dict[str, Any]:
    """All that the templates of a statement's redline need besides the statement."""
    assert statement.earlier is not None
    earlier = statement.earlier
    redline = compare(earlier.statement, statement, earlier.unread)
    return {
        "on_paper": on_paper,
        "earlier": earlier,
        "redline": redline,
        "ways": _ways(redline),
        "targets": {row.id: row for row in redline.rows if row.id},
        "wording": Wording(statement.lang),
        "stretches": stretches(redline.rows),
        "shown": shown,
        "nodes_of": _nodes,
        "is_paragraph_end": _is_paragraph_end,
        "leaf_parts": _leaf_parts,
    }


def _nodes(segment: Segment) -> tuple[Node, ...]:
    """A segment's text: what was taken out leads nowhere any more."""
    return nodes_of(segment.tokens, is_live=segment.op is not Op.OUT)


def _is_paragraph_end(segment: Segment) -> bool:
    """Whether all that a segment puts in or takes out is the end of a paragraph."""
    return all(each.kind in {TokenKind.BREAK, TokenKind.SPACE} for each in segment.tokens) and any(
        each.kind is TokenKind.BREAK for each in segment.tokens
    )


def _leaf_parts(row: Row) -> list[tuple[Any, Sequence[Segment]]]:
    """A row's blocks, each with its words."""
    parts = row.parts or ((),) * len(row.blocks)
    return list(zip(row.blocks, parts, strict=True))


def _ways(redline: Redline) -> dict[str, NeighbouringChanges]:
    ids = ["", *(row.id for row in redline.rows if row.id), ""]
    return {
        name: NeighbouringChanges(ids[place], ids[place + 2])
        for place, name in enumerate(ids[1:-1])
    }
