"""The redline: what was put in, taken out and moved between two versions of a statement.

A pure function of two composed statements. What a reader can't see, a broken line, a
quoting style, the order of keys, is in neither and so makes no change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from innspill.compare.blocks import ComparedBlock, compared_blocks, note_blocks
from innspill.compare.facts import (
    compare_facts,
    compare_points,
    compare_proposals,
    compare_questions,
)
from innspill.compare.pairing import Match, match_blocks
from innspill.compare.rows import Part, Redline, Row, RowChange
from innspill.compare.sentences import with_moved_sentences
from innspill.compare.tables import compare_tables
from innspill.compare.tokens import PARAGRAPH_END, Token, TokenKind
from innspill.compare.words import Op, Segment, compare_words, is_changed
from innspill.model import Statement


def compare(old: Statement, new: Statement, unread: Collection[str] = frozenset()) -> Redline:
    """What changed from `old` to `new`.

    `unread` are the keys of the old front matter that could not be read: they count as
    unchanged.
    """
    names = _note_names(old, new)
    rows = _rows(compared_blocks(old, names[0]), compared_blocks(new, names[1]))
    return Redline(
        old,
        new,
        tuple(each for each in compare_facts(old, new) if each.key not in unread),
        compare_questions(old, new),
        () if "summary" in unread else compare_points(old, new),
        () if "proposals" in unread else compare_proposals(old, new),
        _named(with_moved_sentences(rows)),
    )


def _note_names(old: Statement, new: Statement) -> tuple[dict[int, str], dict[int, str]]:
    """Names for footnotes by their numbers, the same for one that is in both."""
    before = [block for note in old.notes for block in note_blocks(note, {})]
    now = [block for note in new.notes for block in note_blocks(note, {})]
    # Each note stands for itself by its first block.
    names_old = {number: f"- {number}" for number in (note.number for note in old.notes)}
    names_new = {number: f"+ {number}" for number in (note.number for note in new.notes)}
    for match in match_blocks(before, now):
        first, last = before[match.old[0]], now[match.new[0]]
        if first.kind == last.kind == "note":
            names_old[_number(first)] = names_new[_number(last)] = last.id
    return names_old, names_new


def _number(note: ComparedBlock) -> int:
    return int(note.id.removeprefix("fn"))


def _rows(old: Sequence[ComparedBlock], new: Sequence[ComparedBlock]) -> tuple[Row, ...]:
    """All rows in the order of the new text, what was taken out behind what it stood behind."""
    matches = {match.new[0]: match for match in match_blocks(old, new)}
    behind: dict[int, list[Row]] = defaultdict(list)
    staying = {match.old[0]: match for match in matches.values() if not match.is_moved}
    moved = {place: match for match in matches.values() for place in match.old if match.is_moved}
    inner = {place for match in staying.values() for place in match.old[1:]}
    anchor = -1
    for place, block in enumerate(old):
        if place in staying:
            anchor = staying[place].new[-1]
        elif place in moved:
            if place == moved[place].old[0]:
                blocks = tuple(old[each] for each in moved[place].old)
                row = Row(RowChange.LEFT, blocks, (), is_moved=True, other=str(place))
                behind[anchor].append(row)
        elif place not in inner:
            behind[anchor].append(_gone(block))
    rows = list(behind[-1])
    place = 0
    while place < len(new):
        if match := matches.get(place):
            rows.append(_matched(match, old, new))
            last = match.new[-1]
        else:
            rows.append(_came(new[place]))
            last = place
        for each in range(place, last + 1):
            rows += behind[each]
        place = last + 1
    return tuple(rows)


def _came(block: ComparedBlock) -> Row:
    if block.kind == "table":
        return Row(RowChange.IN, (), (block,), grid=compare_tables((), block.cells))
    return Row(RowChange.IN, (), (block,), (compare_words((), block.tokens),))


def _gone(block: ComparedBlock) -> Row:
    if block.kind == "table":
        return Row(RowChange.OUT, (block,), (), grid=compare_tables(block.cells, ()))
    return Row(RowChange.OUT, (block,), (), (compare_words(block.tokens, ()),))


def _matched(match: Match, old: Sequence[ComparedBlock], new: Sequence[ComparedBlock]) -> Row:
    before = tuple(old[place] for place in match.old)
    now = tuple(new[place] for place in match.new)
    fate = (
        RowChange.SAME
        if [each.key for each in before] == [each.key for each in now]
        else RowChange.EDITED
    )
    if len(now) > 1:
        fate = RowChange.SPLIT
    if len(before) > 1:
        fate = RowChange.MERGED
    end = str(match.old[0]) if match.is_moved else ""
    if now[0].kind == "table":
        grid = compare_tables(before[0].cells, now[0].cells)
        return Row(fate, before, now, (), grid, match.is_moved, other=end)
    parts = _cut(compare_words(_whole(before), _whole(now)), len(now))
    return Row(fate, before, now, parts, None, match.is_moved, other=end)


def _whole(blocks: Sequence[ComparedBlock]) -> tuple[Token, ...]:
    """Blocks as one text, the end of each but the last as a token."""
    tokens = [token for block in blocks for token in (*block.tokens, PARAGRAPH_END)]
    return tuple(tokens[:-1])


def _cut(segments: Part, count: int) -> tuple[Part, ...]:
    """One text's segments cut behind each new end of a paragraph."""
    parts: list[list[Segment]] = [[]]
    for segment in segments:
        if segment.op is not Op.IN:
            parts[-1].append(segment)
            continue
        run: list[Token] = []
        for token in segment.new:
            run.append(token)
            if token.kind is TokenKind.BREAK:
                parts[-1].append(replace(segment, new=tuple(run)))
                parts.append([])
                run = []
        if run:
            parts[-1].append(replace(segment, new=tuple(run)))
    assert len(parts) == count
    return tuple(tuple(part) for part in parts)


def _named(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows with ids in reading order, the two ends of each move naming each other."""
    named: list[Row] = []
    count = 0
    for row in rows:
        is_named = row.is_change or row.fate is RowChange.LEFT or any(map(is_changed, row.parts))
        count += is_named
        named.append(replace(row, id=f"e{count}") if is_named else row)
    left = {row.other: row.id for row in named if row.fate is RowChange.LEFT}
    reached = {
        row.other: row.id for row in named if row.is_moved and row.fate is not RowChange.LEFT
    }
    return tuple(
        replace(row, other=(reached if row.fate is RowChange.LEFT else left)[row.other])
        if row.is_moved
        else row
        for row in named
    )
