"""Which element each generated piece was made at: what a stylesheet draws, and no text has.

A cell, an item or a link that has no words of its own, as one with only a page's number, can't
be known by them. A cell is known by its place in its row, an item by the one before it in its
list, and an empty link or list by the order of those around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from innspill.pdf.drawn import Node, Piece
from innspill.pdf.match import CELLS, Matched

LISTS = frozenset({"dl", "ol", "ul"})


def made_at(
    matched: Matched, html: Element, made_from: dict[Node, Element]
) -> Iterator[tuple[Piece, Element]]:
    """Each generated piece and its element; those of running heads and feet have none.

    `made_from` has the elements of all nodes that words are known in, and learns of the others.
    """
    items = _Items(html, made_from)
    for piece in matched.generated:
        items.learn(piece)
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


class _Items:
    """The items that markers stand before: those of each list one after the other."""

    def __init__(self, html: Element, made_from: dict[Node, Element]) -> None:
        self.made_from = made_from
        self.rest: dict[Element, list[Element]] = {}
        """Of each list the items that no marker was found of, the last first."""
        self.begun: dict[Element, Node] = {}
        """Where each list without a word begins."""
        known = set(made_from.values())
        self.wordless = [e for e in html.iter() if e.tag in LISTS and e not in known]

    def learn(self, piece: Piece) -> None:
        """What the item around a piece was made from."""
        node = next((node for node in piece.node.above if node.kind == "LI"), None)
        if node is None or node.parent is None:
            return
        listed = self._list_of(node.parent)
        if listed is None:
            return
        rest = self.rest.setdefault(listed, [e for e in reversed(listed) if e.tag == "li"])
        if node not in self.made_from and rest:
            self.made_from[node] = rest[-1]
        if (item := self.made_from.get(node)) in rest:
            del rest[rest.index(item) :]

    def _list_of(self, node: Node) -> Element | None:
        if node not in self.made_from:
            for each in self.wordless:
                first = self.begun.setdefault(each, node)
                # One that is begun goes on over the page alone.
                if first is node or (first.page < node.page and self.rest[each]):
                    self.made_from[node] = each
                    break
        return self.made_from.get(node)
