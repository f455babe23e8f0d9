"""Sentences that were taken out in one place and put in, word for word, in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from innspill.compare.rows import Part, Row
from innspill.compare.tokens import Token, TokenKind
from innspill.compare.words import Op, Segment

LEAST = 4
"""How many words a sentence has at least, to be told by them."""


def with_moved_sentences(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with each sentence that moved named at both its ends."""
    gone: dict[tuple[str, ...], int] = defaultdict(int)
    come: dict[tuple[str, ...], int] = defaultdict(int)
    for row in rows:
        for part in row.parts:
            for piece in _pieces(part):
                if key := _key(piece):
                    (gone if piece.op is Op.OUT else come)[key] += 1
    # One that stands in several places can't be said to have moved to one of them.
    both = [key for key, count in gone.items() if count == 1 and come.get(key) == 1]
    names = {key: f"m{number}" for number, key in enumerate(both, 1)}
    if not names:
        return tuple(rows)
    return tuple(
        replace(row, parts=tuple(_named(part, names) for part in row.parts)) for row in rows
    )


def _pieces(part: Part) -> Iterator[Segment]:
    for segment in part:
        if segment.op in {Op.IN, Op.OUT}:
            yield from _sentences(segment)
        else:
            yield segment


def _sentences(segment: Segment) -> Iterator[Segment]:
    """A segment cut behind each sentence; the space goes with the sentence behind it."""
    pieces: list[list[Token]] = []
    run: list[Token] = []
    tokens = segment.tokens
    for place, token in enumerate(tokens):
        run.append(token)
        ends = token.kind is TokenKind.BREAK or (
            token.text in {".", "!", "?"}
            and place + 1 < len(tokens)
            and tokens[place + 1].kind is TokenKind.SPACE
        )
        if ends:
            pieces.append(run)
            run = []
    if run:
        pieces.append(run)
    if len(pieces) > 1 and all(each.kind is TokenKind.SPACE for each in pieces[-1]):
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    for piece in pieces:
        yield _with(segment, piece)


def _with(segment: Segment, tokens: Sequence[Token]) -> Segment:
    given = tuple(tokens)
    return replace(segment, old=given) if segment.op is Op.OUT else replace(segment, new=given)


def _key(piece: Segment) -> tuple[str, ...] | None:
    """The words of a sentence long enough to be known again."""
    if piece.op not in {Op.IN, Op.OUT}:
        return None
    keys = tuple(each.key for each in piece.tokens if each.kind in {TokenKind.WORD, TokenKind.SIGN})
    words = sum(each.kind is TokenKind.WORD for each in piece.tokens)
    return keys if words >= LEAST else None


def _named(part: Part, names: dict[tuple[str, ...], str]) -> Part:
    """A part's segments, cut only where a sentence of another fate begins or ends."""
    result: list[Segment] = []
    for piece in _pieces(part):
        named = replace(piece, move=names.get(_key(piece) or (), ""))
        last = result[-1] if result else None
        if last and last.op is named.op in {Op.IN, Op.OUT} and last.move == named.move == "":
            result[-1] = replace(last, old=last.old + named.old, new=last.new + named.new)
        else:
            result.append(named)
    return tuple(result)
