"""What is shown of a redline's text: what changed, under its headings, the rest folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from innspill.compare.rows import Row
from innspill.compare.tokens import Token, TokenKind
from innspill.compare.words import Op, Segment

HEADINGS = {"heading", "answer"}


@dataclass(frozen=True, slots=True)
class RowRun:
    """Rows that follow each other: shown, or folded away since nothing in them changed."""

    rows: tuple[Row, ...]
    is_folded: bool

    @property
    def count(self) -> int:
        """How many paragraphs it has, headings left out."""
        return sum(row.blocks[0].kind not in HEADINGS for row in self.rows)


def stretches(rows: Sequence[Row]) -> Iterator[RowRun]:
    """The rows in order; the headings that a change stands under are shown."""
    quiet: list[Row] = []
    for row in rows:
        if not row.id:
            quiet.append(row)
            continue
        yield from _around_headings(quiet)
        quiet = []
        yield RowRun((row,), is_folded=False)
    if quiet:
        yield RowRun(tuple(quiet), is_folded=True)


def _around_headings(rows: Sequence[Row]) -> Iterator[RowRun]:
    kept = _headings_above(rows)
    folded: list[Row] = []
    for place, row in enumerate(rows):
        if place not in kept:
            folded.append(row)
            continue
        if folded:
            yield RowRun(tuple(folded), is_folded=True)
        folded = []
        yield RowRun((row,), is_folded=False)
    if folded:
        yield RowRun(tuple(folded), is_folded=True)


def _headings_above(rows: Sequence[Row]) -> set[int]:
    """The places of the headings that what follows the rows stands under."""
    kept: set[int] = set()
    level = 7
    for place in range(len(rows) - 1, -1, -1):
        block = rows[place].blocks[0]
        if block.kind in HEADINGS and block.level < level:
            kept.add(place)
            level = block.level
    return kept


def shown(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Segments whose ends of paragraphs stand alone, and whose marks stand close to their words.

    The space that a new end took the place of is left out, and the one that stands where an
    end was is no change of its own; nor is one before or behind the words that changed.
    """
    for place, segment in enumerate(segments):
        before = segments[place - 1].tokens if place else ()
        behind = segments[place + 1].tokens if place + 1 < len(segments) else ()
        if segment.op is Op.OUT and _is_blank(segment.old) and _is_end(behind[:1]):
            continue
        joins = segment.op is Op.IN and _is_blank(segment.new) and _is_end(before[-1:])
        if joins:
            yield Segment(Op.SAME, segment.new, segment.new)
        else:
            yield from _without_outer_spaces(segment)


def _without_outer_spaces(segment: Segment) -> Iterator[Segment]:
    tokens = segment.tokens
    words = [at for at, each in enumerate(tokens) if each.kind is not TokenKind.SPACE]
    if segment.op not in {Op.IN, Op.OUT} or not words:
        yield segment
        return
    first, last = words[0], words[-1] + 1
    kept, before, behind = tokens[first:last], tokens[:first], tokens[last:]
    if before:
        yield Segment(Op.SAME, before, before)
    is_in = segment.op is Op.IN
    yield replace(segment, new=kept) if is_in else replace(segment, old=kept)
    if behind:
        yield Segment(Op.SAME, behind, behind)


def _is_blank(tokens: Sequence[Token]) -> bool:
    return all(each.kind is TokenKind.SPACE for each in tokens)


def _is_end(tokens: Sequence[Token]) -> bool:
    return any(each.kind is TokenKind.BREAK for each in tokens)
