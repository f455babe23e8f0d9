"""Quotes: where the words of a point or a proposal stand, and their marks in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from innspill.compose.plain import SOFT_HYPHEN, normalized, with_origins
from innspill.model import Passage
from innspill.text import Block, Element, Link, Mark, Minority, Node, Text, Unit, UnitList


def find_whole(words: str, text: str) -> Iterator[int]:
    """Where `words` stand in a text and are no part of longer words; they may overlap."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        begins_inside = start > 0 and _is_letter(text[start - 1]) and _is_letter(words[0])
        ends_inside = end < len(text) and _is_letter(text[end]) and _is_letter(words[-1])
        if not begins_inside and not ends_inside:
            yield start
        start = text.find(words, start + 1)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


class Evidence:
    """Finds quotes in a statement's units, and names each passage once.

    Passages are named `q1`, `q2` … in the order in which they are first asked for; two
    quotes of the same words share a passage.
    """

    def __init__(self, units: Sequence[Unit], minority: Iterable[Unit]) -> None:
        self.units = units
        self.minority = {unit.id for unit in minority}
        self.passages: dict[tuple[str, int, int], Passage] = {}

    def find(self, quote: str) -> tuple[Passage, ...]:
        """Every place where a quote stands, from the beginning of a word to the end of one."""
        words = normalized(quote)
        if not words:
            return ()
        return tuple(
            self._passage(unit, start, start + len(words))
            for unit in self.units
            for start in find_whole(words, unit.text)
        )

    def _passage(self, unit: Unit, start: int, end: int) -> Passage:
        key = (unit.id, start, end)
        if key not in self.passages:
            self.passages[key] = Passage(f"q{len(self.passages) + 1}", unit, start, end)
        return self.passages[key]

    def mark(self, block: Block) -> Block:
        """A block with its passages marked."""
        match block:
            case Unit():
                return self._marked(block)
            case UnitList():
                return replace(block, items=tuple(self._marked(item) for item in block.items))
            case Minority():
                return replace(block, blocks=tuple(self.mark(each) for each in block.blocks))
            case _:
                return block

    def _marked(self, unit: Unit) -> Unit:
        passages = [each for each in self.passages.values() if each.unit.id == unit.id]
        if not passages:
            return unit
        children = mark_passages(unit.element.children, passages)
        return replace(unit, element=replace(unit.element, children=children))


def mark_passages(nodes: tuple[Node, ...], passages: Sequence[Passage]) -> tuple[Node, ...]:
    """The nodes with the passages marked; where passages overlap, the marks are split."""
    return _Marker(nodes, passages).walk(nodes)


class _Marker:
    def __init__(self, nodes: tuple[Node, ...], passages: Sequence[Passage]) -> None:
        self.leaf = -1
        self.cover: dict[tuple[int, int], tuple[str, ...]] = {}
        """The passages that cover a character, by its place in the tree."""
        self.first: dict[tuple[int, int], tuple[str, ...]] = {}
        origins = with_origins(nodes).origins
        for passage in sorted(passages, key=lambda each: (each.start, -each.end)):
            for place in origins[passage.start : passage.end]:
                self.cover[place] = (*self.cover.get(place, ()), passage.id)
            begin = origins[passage.start]
            self.first[begin] = (*self.first.get(begin, ()), passage.id)

    def walk(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        result: list[Node] = []
        for node in nodes:
            match node:
                case Text():
                    self.leaf += 1
                    result += self.split(node.value)
                case Element() | Link() | Mark():
                    result.append(replace(node, children=self.walk(node.children)))
                case _:
                    result.append(node)
        return tuple(result)

    def split(self, value: str) -> list[Node]:
        """A text cut wherever the set of passages changes."""
        pieces: list[tuple[tuple[str, ...], tuple[str, ...], str]] = []
        cover: tuple[str, ...] = ()
        for index, character in enumerate(value):
            place = (self.leaf, index)
            begins = self.first.get(place, ())
            now = self.cover.get(place, cover if _is_dropped(value, index) else ())
            if pieces and now == cover and not begins:
                pieces[-1] = (cover, pieces[-1][1], pieces[-1][2] + character)
            else:
                pieces.append((now, begins, character))
            cover = now
        return [
            Mark(covered, begins, (Text(text),)) if covered else Text(text)
            for covered, begins, text in pieces
        ]


def _is_dropped(value: str, index: int) -> bool:
    """Whether the plain text leaves a character out, so that it goes with the one before."""
    if value[index] == SOFT_HYPHEN:
        return True
    return index > 0 and value[index].isspace() and value[index - 1].isspace()
