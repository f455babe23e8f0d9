"""A statement as blocks: the paragraphs, headings, list items, tables and figures in order.

What stands inside a block is tokens (or rows of cells); what it stands inside is its
context: lists, quotations, a minority's remark, a footnote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from innspill.compare.tokens import Token, code_tokens, tokens_of
from innspill.model import Section, Statement
from innspill.text import (
    Block,
    Element,
    Heading,
    Minority,
    Node,
    Note,
    Plain,
    Unit,
    UnitList,
    item_markers,
)

Frame = tuple[str, str]
"""What a block stands in: a tag, and what tells it from others: whose remark, which start."""
Cells = tuple[tuple[tuple[Token, ...], ...], ...]
"""A table: rows of cells of tokens, the head first."""
BLOCKS = {"p", "ul", "ol", "blockquote", "table", "pre", "figure", "hr", "li", "aside"}


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    """One paragraph, or what stands as one."""

    kind: str
    """p, li, heading, answer, note, table, figure, pre or hr."""
    level: int = 0
    """A heading's."""
    context: tuple[Frame, ...] = ()
    tokens: tuple[Token, ...] = ()
    cells: Cells = ()
    answers: tuple[str, ...] = ()
    """The ids of the questions that an answer's heading binds it to."""
    id: str = field(default="", compare=False)
    """The place on the statement's page."""
    number: str = field(default="", compare=False)
    """`5.2`, empty where it has none; inside an item, the item's."""
    marker: str = field(default="", compare=False)
    """`3.`, where it begins a numbered list's item."""
    title: str = field(default="", compare=False)
    """An answer's questions, as words."""

    @property
    def key(self) -> object:
        """All of it that a reader sees."""
        cells = tuple(tuple(wholes(cell) for cell in row) for row in self.cells)
        return (self.kind, self.level, self.context, self.answers, wholes(self.tokens), cells)

    @property
    def content(self) -> tuple[Token, ...]:
        """Its tokens; of a table those of all cells."""
        inside = tuple(token for row in self.cells for cell in row for token in cell)
        return self.tokens or inside


def wholes(tokens: Sequence[Token]) -> tuple[object, ...]:
    """What tokens are equal by."""
    return tuple(each.whole for each in tokens)


def compared_blocks(statement: Statement, notes: Mapping[int, str]) -> tuple[ComparedBlock, ...]:
    """All blocks of a statement's text; `notes` gives each footnote's name by its number."""
    return tuple(_Flattener(notes).statement(statement))


def note_blocks(note: Note, notes: Mapping[int, str]) -> tuple[ComparedBlock, ...]:
    """The blocks of one footnote."""
    return tuple(_Flattener(notes).note(note))


@dataclass(frozen=True, slots=True)
class _At:
    """Where the flattener is."""

    context: tuple[Frame, ...] = ()
    id: str = ""
    number: str = ""
    marker: str = ""
    """Of the item that begins here."""


class _Flattener:
    def __init__(self, notes: Mapping[int, str]) -> None:
        self.notes = notes

    def statement(self, statement: Statement) -> Iterator[ComparedBlock]:
        for section in statement.sections:
            if section.heading:
                yield self.answer(section, section.heading)
            for block in section.blocks:
                yield from self.block(block, ())
        for note in statement.notes:
            yield from self.note(note)

    def answer(self, section: Section, heading: Heading) -> ComparedBlock:
        return ComparedBlock(
            "answer",
            heading.level,
            tokens=tokens_of(heading.children, self.notes),
            answers=(*(each.id for each in section.questions), *section.unknown),
            id=heading.id,
            title=", ".join(f"{each.number}. {each.title}" for each in section.questions),
        )

    def note(self, note: Note) -> Iterator[ComparedBlock]:
        at = _At((("note", ""),), f"fn{note.number}", "")
        yield from self.contents(note.children, at, "note")

    def block(self, block: Block, context: tuple[Frame, ...]) -> Iterator[ComparedBlock]:
        match block:
            case Heading():
                tokens = tokens_of(block.children, self.notes)
                yield ComparedBlock("heading", block.level, context, tokens, id=block.id)
            case Unit():
                yield from self.element(block.element, _At(context, block.id, block.number))
            case UnitList():
                tag = "ol" if block.ordered else "ul"
                frame = _list_frame(tag, block.start, block.delimiter)
                for item, marker in zip(block.items, block.markers, strict=True):
                    at = _At((*context, frame), item.id, item.number, marker)
                    yield from self.contents(item.element.children, at, "li")
            case Minority():
                for inner in block.blocks:
                    yield from self.block(inner, (*context, ("aside", block.by)))
            case Plain():
                yield from self.element(block.element, _At(context))

    def element(self, element: Element, at: _At) -> Iterator[ComparedBlock]:
        match element.tag:
            case "table":
                yield ComparedBlock(
                    "table", 0, at.context, (), self.cells(element), (), at.id, at.number
                )
            case "pre":
                code = "".join(each.value for each in element.children if hasattr(each, "value"))
                yield ComparedBlock(
                    "pre", 0, at.context, code_tokens(code), (), (), at.id, at.number
                )
            case "blockquote":
                inner = _At((*at.context, ("blockquote", "")), at.id, at.number)
                yield from self.contents(element.children, inner, "p")
            case "ul" | "ol":
                start, delimiter = int(element.get("start") or 1), element.get("delimiter") or "."
                frame = _list_frame(element.tag, start, delimiter)
                items = [each for each in element.children if isinstance(each, Element)]
                markers = item_markers(len(items), start, delimiter if element.tag == "ol" else "")
                for item, marker in zip(items, markers, strict=True):
                    place = item.get("id") or at.id
                    inner = _At((*at.context, frame), place, at.number, marker)
                    yield from self.contents(item.children, inner, "li")
            case "hr":
                yield ComparedBlock("hr", 0, at.context)
            case tag:
                kind = "figure" if tag == "figure" else "p"
                tokens = tokens_of(element.children, self.notes)
                yield ComparedBlock(kind, 0, at.context, tokens, (), (), at.id, at.number)

    def contents(self, children: Sequence[Node], at: _At, first: str) -> Iterator[ComparedBlock]:
        """What an item, a quotation or a note holds: its first paragraph is of kind `first`."""
        kind = first
        for piece in _runs(children):
            if isinstance(piece, Element) and piece.tag != "p":
                if kind == "li":
                    yield ComparedBlock(
                        "li", 0, at.context, (), (), (), at.id, at.number, at.marker
                    )
                yield from self.element(piece, at)
            else:
                inline = piece.children if isinstance(piece, Element) else piece
                tokens = tokens_of(inline, self.notes)
                if not tokens and kind != "li":
                    continue
                marker = at.marker if kind == "li" else ""
                yield ComparedBlock(kind, 0, at.context, tokens, (), (), at.id, at.number, marker)
            kind = "p"
        if kind == "li":
            yield ComparedBlock(first, 0, at.context, (), (), (), at.id, at.number, at.marker)

    def cells(self, table: Element) -> Cells:
        return tuple(
            tuple(
                tokens_of(cell.children, self.notes)
                for cell in row.children
                if isinstance(cell, Element)
            )
            for part in table.children
            if isinstance(part, Element)
            for row in part.children
            if isinstance(row, Element)
        )


def _list_frame(tag: str, start: int, delimiter: str) -> Frame:
    how = (str(start) if start != 1 else "") + delimiter.removeprefix(".")
    return (tag, how)


def _runs(children: Sequence[Node]) -> Iterator[Element | tuple[Node, ...]]:
    """Blocks one by one, and the inline nodes between them together."""
    run: list[Node] = []
    for child in children:
        if isinstance(child, Element) and child.tag in BLOCKS:
            if run:
                yield tuple(run)
            run = []
            yield child
        else:
            run.append(child)
    if run:
        yield tuple(run)
