"""Which words each drawn piece draws: the HTML and what WeasyPrint made of it, side by side.

The pieces come in WeasyPrint's order, which is that of the HTML but where a row of a table is
broken over a page. Each must continue the text where some part of it is still to come. So at
the end every word of the HTML is drawn once, and nothing else but what a stylesheet generates:
markers, page numbers, and repeated heads of tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from xml.etree.ElementTree import Element

from innspill.pdf.drawn import Node, Piece
from innspill.pdf.faults import Unmatched
from innspill.pdf.words import IMAGE, Words

CELLS = frozenset({"td", "th"})
HEADS = {"THead": frozenset({"thead"}), "TFoot": frozenset({"tfoot"})}
BREAKING = ("-", "–", "/")
"""Behind these a line may end within a word."""
SHOWN = 40
"""How many characters of a text a fault shows."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A piece and the words that it draws."""

    piece: Piece = field(repr=False)
    leaf: int
    start: int
    """Where they begin among all."""
    is_spaced: bool
    """Whether white space stands behind them."""
    ends_in_hyphen: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of all pieces."""

    placed: tuple[Placed, ...]
    """In the order of the HTML."""
    generated: tuple[Piece, ...]
    """Text that the stylesheet makes, and the HTML doesn't have."""
    order: Mapping[Piece, int] = field(repr=False)
    """Each piece's place in WeasyPrint's order."""

    @property
    def unspaced(self) -> Iterator[Piece]:
        """The pieces whose words a space follows that is not drawn, as at a line's end."""
        for each, behind in zip_longest(self.placed, self.placed[1:]):
            drawn = each.piece.ends_in_space or (behind and behind.piece.begins_with_space)
            # An image has no text to put a space behind, and is told apart without.
            if each.is_spaced and not drawn and each.piece.text != IMAGE:
                yield each.piece


@dataclass(frozen=True, slots=True)
class _Fit:
    start: int
    end: int
    is_hyphenated: bool


def match(pieces: Sequence[Piece], words: Words) -> Matched:
    """Finds every piece's words. Raises Unmatched."""
    placed: list[Placed] = []
    generated: list[Piece] = []
    cells = _Cells(words)
    gaps = [(0, len(words.text))] if words.text else []
    drawn = [piece for piece in pieces if piece.text]
    for at, piece in enumerate(drawn):
        if _is_marker(piece):
            generated.append(piece)
            continue
        behind = next((each for each in islice(drawn, at + 1, None) if not _is_marker(each)), None)
        fit = next(_fits(piece, behind, gaps, cells), None)
        if fit is not None:
            cells.learn(piece, fit.start)
            gaps = _filled(gaps, fit)
            spaced = fit.end - 1 in words.spaced
            leaf = words.leaf_at[fit.start]
            placed.append(Placed(piece, leaf, fit.start, spaced, fit.is_hyphenated))
        elif _is_generated(piece):
            generated.append(piece)
        elif piece.text not in words.furniture and not _is_repeated(piece):
            raise Unmatched(piece.page + 1, _excerpt(gaps, words), piece.text[:SHOWN])
    if gaps:
        page = drawn[-1].page + 1 if drawn else 1
        raise Unmatched(page, _excerpt(gaps, words), "")
    placed.sort(key=lambda each: each.start)
    order = {piece: at for at, piece in enumerate(drawn)}
    return Matched(tuple(placed), tuple(generated), order)


def _is_marker(piece: Piece) -> bool:
    """Whether it is a list item's marker, or what is generated at a link."""
    kinds = [node.kind for node in islice(piece.node.above, 2)]
    return piece.is_marker or kinds == ["Link", "Link"]


def _is_generated(piece: Piece) -> bool:
    """Whether it may be what a `::before` or `::after` draws: such a box has no tag."""
    return any(node.kind == "NonStruct" for node in list(piece.node.above)[:2])


def _is_repeated(piece: Piece) -> bool:
    """Whether it is in a table's head or foot, which are repeated on each page."""
    return any(node.kind in HEADS for node in piece.node.above)


class _Cells:
    """Which cells of tables WeasyPrint's are: each of its own is a part of one, on one page."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.cells: dict[Node, Element] = {}
        self.taken: set[tuple[int, Element]] = set()

    def learn(self, piece: Piece, start: int) -> None:
        """A piece stands at these words."""
        node, cell = self._of_piece(piece), self._at(start)
        if node is not None and cell is not None:
            self.cells[node] = cell
            self.taken.add((piece.page, cell))

    def allow(self, piece: Piece, start: int) -> bool:
        """Whether a piece may stand at these words: text may be the same in two cells."""
        node, cell = self._of_piece(piece), self._at(start)
        if node is None or cell is None:
            return node is None and cell is None
        if node in self.cells:
            return self.cells[node] is cell
        return (piece.page, cell) not in self.taken

    def _of_piece(self, piece: Piece) -> Node | None:
        return next((node for node in piece.node.above if node.kind in ("TD", "TH")), None)

    def _at(self, start: int) -> Element | None:
        return self.words.above(self.words.leaves[self.words.leaf_at[start]].owner, CELLS)


def _fits(
    piece: Piece, behind: Piece | None, gaps: Sequence[tuple[int, int]], cells: _Cells
) -> Iterator[_Fit]:
    """The places where a piece may stand, the likeliest first."""
    text, words = piece.text, cells.words
    for start, end in chain(gaps, _cells(gaps, words)):
        if not (_is_in_right_part(piece, start, words) and cells.allow(piece, start)):
            continue
        leaf = words.leaves[words.leaf_at[start]]
        room = min(leaf.end, end)
        if words.text.startswith(text, start, room):
            stop = start + len(text)
            ends = stop == leaf.end or stop - 1 in words.spaced or text.endswith(BREAKING)
            if ends or (behind and _continues(behind, stop, leaf.end, words)):
                yield _Fit(start, stop, False)
        elif text.endswith("-") and words.text.startswith(text[:-1], start, room - 1):
            yield _Fit(start, start + len(text) - 1, True)


def _is_in_right_part(piece: Piece, start: int, words: Words) -> bool:
    """Whether a piece of a table's head would stand in a head: one repeated is to be told."""
    owner = words.leaves[words.leaf_at[start]].owner
    return all(
        (words.above(owner, tags) is not None) == any(n.kind == kind for n in piece.node.above)
        for kind, tags in HEADS.items()
    )


def _continues(piece: Piece, start: int, end: int, words: Words) -> bool:
    """Whether a piece goes on with a word that the line before broke without a hyphen."""
    return words.text.startswith(piece.text.rstrip("-") or piece.text, start, end)


def _cells(gaps: Sequence[tuple[int, int]], words: Words) -> Iterator[tuple[int, int]]:
    """Where the later cells of a row begin, whose first ones go on over the page.

    Behind a head it is the first row: where that fills a page, the head waits for the next.
    """
    for start, end in gaps:
        cell = words.above(words.leaves[words.leaf_at[start]].owner, CELLS)
        if cell is None:
            continue
        row = words.parents[cell]
        head = words.above(cell, HEADS["THead"])
        seen: set[Element] = {cell}
        for leaf in words.leaves[words.leaf_at[start] :]:
            other = words.above(leaf.owner, CELLS)
            if head is not None and words.above(leaf.owner, HEADS["THead"]) is head:
                continue
            if head is not None and leaf.start < end:
                yield leaf.start, end
                break
            if other is None or words.parents[other] is not row:
                break
            if other not in seen and leaf.start < end:
                seen.add(other)
                yield leaf.start, end


def _filled(gaps: Sequence[tuple[int, int]], fit: _Fit) -> list[tuple[int, int]]:
    """The gaps without what a piece draws."""
    left: list[tuple[int, int]] = []
    for start, end in gaps:
        if start <= fit.start < end:
            left += [(start, fit.start), (fit.end, end)]
        else:
            left.append((start, end))
    return [(start, end) for start, end in left if start < end]


def _excerpt(gaps: Sequence[tuple[int, int]], words: Words) -> str:
    return words.text[gaps[0][0] :][:SHOWN] if gaps else ""
