"""Holds what is drawn to the words of the HTML, and finds the words of each piece.

What is drawn of an element must be its own words, in their order; all elements together must
be drawn whole, in the order of the HTML. Only what a stylesheet generates is free: markers,
page numbers and the like. The head and foot of a table are drawn again on each of its pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, pairwise, zip_longest
from xml.etree.ElementTree import Element

from innspill.pdf.drawn import Piece
from innspill.pdf.faults import Unmatched
from innspill.pdf.words import IMAGE, TextNode, Words, is_hidden

REPEATED = frozenset({"thead", "tfoot"})
TABLE = frozenset({"table"})
SHOWN = 40
"""How many characters of a text a fault shows."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPiece:
    """A piece and the words that it draws."""

    piece: Piece = field(repr=False)
    leaf: TextNode
    start: int
    """Where they begin among all."""
    end: int
    ends_in_hyphen: bool
    """Whether a hyphen stands behind them that hyphenation put there."""


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What became of all pieces."""

    placed: tuple[PlacedPiece, ...]
    """In the order of the HTML."""
    generated: Mapping[Element, Sequence[Piece]]
    """What a stylesheet makes at each element, and the HTML doesn't have."""
    unspaced: frozenset[Piece]
    """The pieces whose words a space follows that is not drawn, as at a line's end."""


def match(pieces: Sequence[Piece], words: Words) -> MatchResult:
    """Finds every piece's words. Raises Unmatched."""
    own: dict[Element, list[Piece]] = defaultdict(list)
    generated: dict[Element, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.text:
            (generated if piece.is_generated else own)[piece.mark.element].append(piece)
    found = {
        each.piece: each
        for element, drawn in own.items()
        for each in _placed(element, drawn, words)
    }
    placed = sorted(found.values(), key=lambda each: each.start)
    _check_whole(placed, words)
    _check_order([found[piece] for piece in pieces if piece in found], words)
    return MatchResult(
        tuple(placed),
        {element: _once(element, drawn, words) for element, drawn in generated.items()},
        frozenset(_unspaced(placed, words)),
    )


def _placed(element: Element, pieces: Sequence[Piece], words: Words) -> Iterator[PlacedPiece]:
    """The places of what is drawn of an element, one behind the other; its repetitions have none.

    Nothing that is hidden from assistive technology has a place.
    """
    if any(is_hidden(each) for each in words.around(element)):
        return
    leaves = words.leaves_of.get(element, ())
    ahead = cycle(leaves) if _is_repeated(element, words) else iter(leaves)
    leaf: TextNode | None = None
    start = done = 0
    for piece in pieces:
        if leaf is None or start == leaf.end:
            if (leaf := next(ahead, None)) is None:
                raise Unmatched(piece.page + 1, "", piece.text[:SHOWN])
            start = leaf.start
        placed = _place(piece, leaf, start, words)
        start = placed.end
        if placed.start >= done:
            done = placed.end
            yield placed


def _place(piece: Piece, leaf: TextNode, start: int, words: Words) -> PlacedPiece:
    """The place of a piece that is to go on with a leaf's words."""
    text = piece.text
    if words.text.startswith(text, start, leaf.end):
        return PlacedPiece(piece, leaf, start, start + len(text), ends_in_hyphen=False)
    text = text.removesuffix("-")
    if text and words.text.startswith(text, start, leaf.end - 1):
        return PlacedPiece(piece, leaf, start, start + len(text), ends_in_hyphen=True)
    raise Unmatched(piece.page + 1, words.text[start : leaf.end][:SHOWN], piece.text[:SHOWN])


def _check_whole(placed: Sequence[PlacedPiece], words: Words) -> None:
    """All words are drawn."""
    end = 0
    for each in placed:
        if each.start > end:
            raise Unmatched(each.piece.page + 1, words.text[end:][:SHOWN], each.piece.text[:SHOWN])
        end = each.end
    if end < len(words.text):
        page = placed[-1].piece.page + 1 if placed else 1
        raise Unmatched(page, words.text[end:][:SHOWN], "")


def _check_order(drawn: Sequence[PlacedPiece], words: Words) -> None:
    """The words are drawn in their order, but in a table, whose rows may go on over a page."""
    for before, each in pairwise(drawn):
        if each.start < before.start:
            table = words.above(each.leaf.owner, TABLE)
            if table is None or table is not words.above(before.leaf.owner, TABLE):
                page, text = before.piece.page + 1, before.piece.text
                raise Unmatched(page, words.text[each.start :][:SHOWN], text[:SHOWN])


def _unspaced(placed: Sequence[PlacedPiece], words: Words) -> Iterator[Piece]:
    for each, behind in zip_longest(placed, placed[1:]):
        drawn = each.piece.ends_in_space or (behind and behind.piece.begins_with_space)
        # An image has no text to put a space behind, and is told apart without.
        if each.end - 1 in words.spaced and not drawn and each.piece.text != IMAGE:
            yield each.piece


def _once(element: Element, pieces: Sequence[Piece], words: Words) -> tuple[Piece, ...]:
    """What is generated at an element, without its repetitions on other pages."""
    if not _is_repeated(element, words):
        return tuple(pieces)
    return tuple(each for each in pieces if each.page == pieces[0].page)


def _is_repeated(element: Element, words: Words) -> bool:
    return words.above(element, REPEATED) is not None
