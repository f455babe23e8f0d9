"""Which element each generated piece was made at: what a stylesheet draws, and no text has.

A cell or a link that has no words of its own, as one with only a page's number, can't be known
by them. A cell is known by its place in its row, and an empty link by the order of those
around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from innspill.pdf.drawn import Node, Piece
from innspill.pdf.match import CELLS, Matched


def made_at(matched: Matched, made_from: dict[Node, Element]) -> Iterator[tuple[Piece, Element]]:
    """Each generated piece and its element; those of running heads and feet have none.

    `made_from` has the elements of all nodes that words are known in, and learns of the others.
    """
    for piece in matched.generated:
        cell = next((node for node in piece.node.above if node.kind in ("TD", "TH")), None)
        if cell is not None and cell not in made_from:
            _learn_cell(cell, made_from)
        link = _link_of(piece)
        if link is not None and link not in made_from:
            _learn_link(link, made_from)
        source = next((made_from[node] for node in piece.node.above if node in made_from), None)
        if source is not None:
            yield piece, source


def _link_of(piece: Piece) -> Node | None:
    """The node of the link that a piece is in: the outer one, what is generated has its own."""
    links = [node for node in piece.node.above if node.kind == "Link"]
    return links[-1] if links else None


def _learn_cell(cell: Node, made_from: dict[Node, Element]) -> None:
    row = made_from.get(cell.parent) if cell.parent is not None else None
    cells = [child for child in (row if row is not None else ()) if child.tag in CELLS]
    if cell.place < len(cells):
        made_from[cell] = cells[cell.place]


def _learn_link(link: Node, made_from: dict[Node, Element]) -> None:
    around = next((made_from[node] for node in link.above if node in made_from), None)
    if around is not None:
        known = set(made_from.values())
        empty = (
            each for each in around.iter("a") if not len(each) and not (each.text or "").strip()
        )
        if (found := next((each for each in empty if each not in known), None)) is not None:
            made_from[link] = found
