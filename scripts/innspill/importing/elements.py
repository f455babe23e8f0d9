"""A tree of elements, as HTML and Markdown have it, into blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from innspill.importing.blocks import (
    Block,
    Spot,
    TableBlock,
    TextBlock,
    TextRun,
    raised,
)
from innspill.importing.lines import merged
from innspill.importing.list_levels import FORMS, ListLevel, list_mark
from innspill.text import Element, Node, Text

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = {"ul", "ol"}
INLINE = {
    *("a", "abbr", "b", "br", "code", "em", "i", "mark", "q", "s", "small", "span", "strong"),
    *("sub", "sup", "u", "font", "tt", "label", "time", "cite", "img", "ins", "kbd", "var"),
}
"""What stands in a line; all else begins a block of its own."""


@dataclass(slots=True)
class _TreeReader:
    """Goes through the tree once."""

    number: int = 0
    blocks: list[Block] = field(default_factory=list)

    def read(self, nodes: Sequence[Node], look: TextBlock) -> None:
        """The blocks that nodes make; `look` is what they are in: an item, a quotation."""
        line: list[Node] = []
        is_first = True
        for node in nodes:
            if isinstance(node, Text) or (isinstance(node, Element) and node.tag in INLINE):
                line.append(node)
                continue
            is_first = self.paragraph(line, look, is_first=is_first)
            line = []
            if isinstance(node, Element):
                is_first = self.element(node, look, is_first=is_first)
        self.paragraph(line, look, is_first=is_first)

    def paragraph(self, nodes: Sequence[Node], look: TextBlock, *, is_first: bool) -> bool:
        """Adds a paragraph where nodes hold words; whether the next is still the first."""
        runs = merged(_runs(nodes, TextRun()))
        if not any(run.text.strip() or run.note for run in runs):
            return is_first
        self.number += 1
        goes_on = look.item is not None and not is_first
        self.blocks.append(
            replace(
                look,
                runs=runs,
                at=Spot(0, self.number),
                item=None if goes_on else look.item,
                goes_on=goes_on,
            )
        )
        return False

    def element(self, node: Element, look: TextBlock, *, is_first: bool) -> bool:
        if level := HEADINGS.get(node.tag):
            return self.paragraph(node.children, replace(look, heading=level), is_first=is_first)
        if node.tag in LISTS:
            self.items(node, look)
        elif node.tag == "table":
            self.table(node)
        elif node.tag == "blockquote":
            self.read(node.children, replace(look, is_quotation=True))
        elif node.tag == "p":
            return self.paragraph(node.children, look, is_first=is_first)
        else:
            before = len(self.blocks)
            self.read(node.children, look)
            return is_first and len(self.blocks) == before
        return False

    def items(self, node: Element, look: TextBlock) -> None:
        level = look.item.level + 1 if look.item else 0
        form = FORMS.get(node.get("type"), "decimal") if node.tag == "ol" else "bullet"
        shape = ListLevel(form, _figure(node.get("start")), "%1.")
        number = shape.start
        is_new = True
        for item in node.children:
            if not isinstance(item, Element):
                continue
            mark = list_mark(shape, level, number, is_new=is_new)
            if item.tag in LISTS:  # as LibreOffice nests them, beside the item
                self.items(item, replace(look, item=mark))
                continue
            self.read(item.children, replace(look, item=mark))
            number += 1
            is_new = False

    def table(self, node: Element) -> None:
        self.number += 1
        rows = []
        merged_cells = 0
        for row in _below(node, "tr"):
            cells: list[tuple[TextBlock, ...]] = []
            for cell in row.children:
                if isinstance(cell, Element) and cell.tag in ("td", "th"):
                    span = _figure(cell.get("colspan"))
                    merged_cells += span > 1 or _figure(cell.get("rowspan")) > 1
                    cells.append(self.cell(cell))
                    cells += [()] * (span - 1)
            if cells:
                rows.append(tuple(cells))
        if rows and max(map(len, rows)) > 1:
            self.blocks.append(TableBlock(tuple(rows), Spot(0, self.number), merged_cells))
        else:  # a frame around text, and no table
            self.blocks += [block for row in rows for cell in row for block in cell]

    def cell(self, node: Element) -> tuple[TextBlock, ...]:
        inside = _TreeReader(self.number)
        inside.read(node.children, TextBlock(()))
        self.number = inside.number
        return tuple(block for each in inside.blocks for block in texts_of(each))


def texts_of(block: Block) -> Iterator[TextBlock]:
    """The paragraphs of a block: of a table, those of its cells."""
    if isinstance(block, TextBlock):
        yield block
    elif isinstance(block, TableBlock):
        for row in block.rows:
            for cell in row:
                yield from cell


def _figure(text: str) -> int:
    return min(int(text), 100) if text.isdecimal() else 1


def _below(node: Element, tag: str) -> Iterator[Element]:
    """The elements of a tag inside a node, but those inside of such."""
    for child in node.children:
        if isinstance(child, Element) and child.tag == tag:
            yield child
        elif isinstance(child, Element):
            yield from _below(child, tag)


def _runs(nodes: Sequence[Node], look: TextRun) -> Iterator[TextRun]:
    for node in nodes:
        if isinstance(node, Text):
            yield replace(look, text=node.value.replace("\n", " "))
        elif isinstance(node, Element):
            match node.tag:
                case "br":
                    yield replace(look, text="\n")
                case "strong" | "b":
                    yield from _runs(node.children, replace(look, is_bold=True))
                case "em" | "i":
                    yield from _runs(node.children, replace(look, is_italic=True))
                case "a":
                    yield from _runs(node.children, replace(look, href=node.get("href")))
                case "sup" if node.get("note"):
                    yield TextRun(note=node.get("note"))
                case "sup":
                    yield from map(raised, _runs(node.children, look))
                case _:
                    yield from _runs(node.children, look)


def blocks_in(nodes: Sequence[Node]) -> tuple[Block, ...]:
    """The blocks that a tree makes, in its order."""
    reader = _TreeReader()
    reader.read(nodes, TextBlock(()))
    return tuple(reader.blocks)
