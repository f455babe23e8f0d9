"""Numbers: authors never number anything; the text's order does.

Part n is the answer to question n, all else is part 0. Within a part each paragraph,
item of a top-level list, table, block quotation, figure and code block takes the next
number; headings and footnotes take none. Ids begin with a letter: `p5-2`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, product
from string import ascii_lowercase

from innspill.compose.plain_text import plain
from innspill.text import Block, Element, Heading, Minority, Node, Plain, Unit, UnitList

HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Numbering:
    """Counts through one document; the only state is how far it has come."""

    def __init__(self) -> None:
        self.units: Counter[int] = Counter()
        self.headings = 0

    def block(self, element: Element, part: int) -> Block:
        """A block of a statement with its number, its items' numbers or none."""
        match element.tag:
            case tag if tag in HEADINGS:
                return self.heading(element)
            case "hr":
                return Plain(element)
            case "ul" | "ol":
                items = tuple(self.unit(each, part) for each in _elements(element))
                start, delimiter = int(element.get("start") or 1), element.get("delimiter") or "."
                return UnitList(element.tag == "ol", start, items, delimiter)
            case "aside":
                blocks = tuple(self.block(each, part) for each in _elements(element))
                return Minority(element.get("by"), blocks)
            case _:
                return self.unit(element, part)

    def plain_block(self, element: Element) -> Block:
        """A block of a page whose paragraphs are not numbered."""
        if element.tag == "aside":
            blocks = tuple(self.plain_block(each) for each in _elements(element))
            return Minority(element.get("by"), blocks)
        return self.heading(element) if element.tag in HEADINGS else Plain(element)

    def heading(self, element: Element) -> Heading:
        """A heading with the next heading's id."""
        self.headings += 1
        text = plain(element.children)
        level = HEADINGS[element.tag]
        answers = tuple(element.get("answers").split())
        return Heading(level, f"h{self.headings}", element.children, text, answers, element.at)

    def unit(self, element: Element, part: int) -> Unit:
        """A block that takes the part's next number."""
        self.units[part] += 1
        number = self.units[part]
        unit_id = f"p{part}-{number}"
        lettered = _lettered(element, unit_id) if element.tag == "li" else element
        text = plain(element.children)
        return Unit(unit_id, f"{part}.{number}", lettered, text, element.at)


def _elements(element: Element) -> list[Element]:
    return [each for each in element.children if isinstance(each, Element)]


def _lettered(item: Element, unit_id: str) -> Element:
    """The item with the items of lists inside it named a, b, c through the whole item."""
    letters = _letters()

    def name(node: Node) -> Node:
        if not isinstance(node, Element) or node.tag not in {"ul", "ol"}:
            return node
        children = tuple(
            replace(each, attributes=(*each.attributes, ("id", f"{unit_id}-{next(letters)}")))
            if isinstance(each, Element)
            else each
            for each in node.children
        )
        return replace(node, children=children)

    return replace(item, children=tuple(name(each) for each in item.children))


def _letters() -> Iterator[str]:
    """A … z, then aa … zz, and so on."""
    for length in count(1):
        yield from ("".join(letters) for letters in product(ascii_lowercase, repeat=length))
