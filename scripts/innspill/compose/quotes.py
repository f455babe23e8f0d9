"""Quotes: where the words of a point or a proposal stand, and their marks in the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from operator import attrgetter

from innspill.compose.plain_text import SOFT_HYPHEN, Stretch, normalized, stretches
from innspill.model import Passage
from innspill.text import Block, Element, Link, Mark, Minority, Node, Text, Unit, UnitList

START, LEAF = attrgetter("start"), attrgetter("leaf")


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
        self.by_unit: dict[str, list[Passage]] = {}
        self._all = "\n".join(unit.text for unit in units)
        """The text of all units: no quote goes over a line's end, since none holds one."""
        ends = accumulate(len(unit.text) + 1 for unit in units)
        self._starts = [0, *ends]

    def find(self, quote: str) -> tuple[Passage, ...]:
        """Every place where a quote stands, from the beginning of a word to the end of one."""
        words = normalized(quote)
        if not words:
            return ()
        return tuple(self._at(start, len(words)) for start in find_whole(words, self._all))

    def _at(self, start: int, length: int) -> Passage:
        number = bisect_right(self._starts, start) - 1
        begin = start - self._starts[number]
        return self._passage(self.units[number], begin, begin + length)

    def _passage(self, unit: Unit, start: int, end: int) -> Passage:
        key = (unit.id, start, end)
        if key not in self.passages:
            self.passages[key] = Passage(f"q{len(self.passages) + 1}", unit, start, end)
            self.by_unit.setdefault(unit.id, []).append(self.passages[key])
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
        passages = self.by_unit.get(unit.id)
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
        self.spans: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
        """For each text node's number, the passages in it: from which index to which, whose."""
        self.first: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
        """The passages that begin at a character, by the number of its text node and its index."""
        found = stretches(nodes)
        for passage in sorted(passages, key=lambda each: (each.start, -each.end)):
            at = bisect_right(found, passage.start, key=START) - 1
            covering = found[at : bisect_left(found, passage.end, key=START)]
            begin = covering[0]
            self.first[begin.leaf, begin.index + passage.start - begin.start].append(passage.id)
            for leaf, pieces in groupby(covering, LEAF):
                inside = [each for each in pieces if each.index >= 0]
                if inside:
                    self.spans[leaf].append((*_span(inside, passage), passage.id))

    def walk(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        result: list[Node] = []
        for node in nodes:
            match node:
                case Text():
                    self.leaf += 1
                    result += self.split(node)
                case Element() | Link() | Mark():
                    result.append(replace(node, children=self.walk(node.children)))
                case _:
                    result.append(node)
        return tuple(result)

    def split(self, node: Text) -> list[Text | Mark]:
        """A text cut wherever the set of passages changes, and where one begins."""
        value = node.value
        spans = [
            (start, _with_dropped(value, end), name)
            for start, end, name in self.spans.get(self.leaf, ())
        ]
        if not spans:
            return [node]
        cuts = {0, len(value)}.union(*((start, end) for start, end, _ in spans))
        pieces: list[Text | Mark] = []
        ahead, open_ = deque(spans), list[tuple[int, int, str]]()
        for start, end in pairwise(sorted(cuts)):
            text = Text(value[start:end])
            open_ = [each for each in open_ if each[1] > start]
            while ahead and ahead[0][0] == start:
                open_.append(ahead.popleft())
            covered = tuple(name for _, _, name in open_)
            begins = tuple(self.first.get((self.leaf, start), ()))
            pieces.append(Mark(covered, begins, (text,)) if covered else text)
        return pieces


def _span(pieces: Sequence[Stretch], passage: Passage) -> tuple[int, int]:
    """Where a passage begins and ends in a text node, by the stretches of that which hold it."""
    first, last = pieces[0], pieces[-1]
    begin = first.index + max(passage.start - first.start, 0)
    return begin, last.index + min(passage.end - last.start, last.length)


def _with_dropped(value: str, end: int) -> int:
    """Where a passage ends, with what the plain text leaves out behind it."""
    while end < len(value) and (
        value[end] == SOFT_HYPHEN or (value[end].isspace() and value[end - 1].isspace())
    ):
        end += 1
    return end
