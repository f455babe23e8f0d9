"""A text as values: what stands in it, and its numbered blocks.

What could not be resolved is here as such (a `Broken` link), for the rules in `check`.
Addresses (`url`) are paths inside the published folder, with forward slashes, and end in a
file's name: `oppgavefordeling-2024/alna/index.html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, ClassVar, TypeVar, overload

from innspill.diagnostics import Location
from innspill.messages import Message

NOWHERE = Location("")


# Text, and what stands in it.


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters."""

    value: str


@dataclass(frozen=True, slots=True)
class Element:
    """An element named as in HTML."""

    tag: str
    children: tuple[Node, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    at: Location = field(default=NOWHERE, compare=False)

    def get(self, name: str) -> str:
        """An attribute's value, empty where it has none."""
        return dict(self.attributes).get(name, "")


@dataclass(frozen=True, slots=True)
class External:
    """A target outside the site."""

    address: str


@dataclass(frozen=True, slots=True)
class Internal:
    """A page or a file of the site, and perhaps a place on the page."""

    url: str
    fragment: str = ""
    name: str = ""
    """What it is called where it can't be followed: a page's title, a file's name."""
    written: str = field(default="", compare=False, repr=False)
    """What the author wrote, for messages."""
    size: tuple[int, int] | None = field(default=None, repr=False)
    """Of an image, its width and height on a page, in pixels of CSS."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A target that leads nowhere, or where no link may lead."""

    code: str
    why: Message
    hint: Message | None = None


Target = External | Internal | Broken


@dataclass(frozen=True, slots=True)
class Link:
    """A link and what is to be clicked."""

    target: Target
    children: tuple[Node, ...]
    title: str = ""
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Image:
    """An image; `alternative` is what is read aloud in its place."""

    target: Target
    alternative: str
    caption: str = ""
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark in the text that leads to a footnote."""

    note: int
    """The footnote's number, from 1."""
    nth: int
    """How many marks of the same note stand before this one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text that evidence rests on."""

    passages: tuple[str, ...]
    """The ids of all passages that cover it."""
    begins: tuple[str, ...]
    """The ids of those that begin here."""
    children: tuple[Node, ...]

    @property
    def is_piece(self) -> bool:
        """Whether it goes on with a passage that began before it."""
        return not set(self.passages) <= set(self.begins)


Node = Text | Element | Link | Image | NoteMark | Mark


# Blocks.


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between blocks; it takes no number."""

    kind: ClassVar[str] = "heading"
    level: int
    id: str
    children: tuple[Node, ...]
    text: str
    answers: tuple[str, ...] = ()
    """The ids of the questions that what follows answers."""
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Unit:
    """What takes one number: a paragraph, a list's item, a table, a quotation, a figure."""

    kind: ClassVar[str] = "unit"
    id: str
    """`p5-2`."""
    number: str
    """`5.2`."""
    element: Element
    text: str
    """Its plain text, as quotes are compared with it."""
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class UnitList:
    """A list whose items are units."""

    kind: ClassVar[str] = "list"
    ordered: bool
    start: int
    items: tuple[Unit, ...]
    delimiter: str = "."
    """What stands behind the number of each item."""

    @property
    def markers(self) -> tuple[str, ...]:
        """What stands before each item: `3.`, or nothing where a bullet does."""
        return item_markers(len(self.items), self.start, self.delimiter if self.ordered else "")


@dataclass(frozen=True, slots=True)
class Minority:
    """A minority's remark: set apart everywhere, never the committee's view."""

    kind: ClassVar[str] = "minority"
    by: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """A block that takes no number: a thematic break, or any block of a free page."""

    kind: ClassVar[str] = "plain"
    element: Element


Block = Heading | Unit | UnitList | Minority | Plain
A = TypeVar("A", Element, Link, Image, NoteMark, Mark)
B = TypeVar("B", Element, Link, Image, NoteMark, Mark)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    number: int
    children: tuple[Node, ...]
    marks: int
    """How many marks in the text lead to it."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of a free page, or of the page of a site or a consultation."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()


def leads(blocks: Sequence[Block]) -> dict[str, Unit]:
    """The line above each list that ends in a colon, by the ids of the list's items."""
    return {
        item.id: before
        for before, block in pairwise(blocks)
        if isinstance(before, Unit) and isinstance(block, UnitList) and before.text.endswith(":")
        for item in block.items
    }


def item_markers(count: int, start: int, delimiter: str) -> tuple[str, ...]:
    """The markers of so many items: `3.`, `4.`; empty without a delimiter."""
    return tuple(f"{start + at}{delimiter}" if delimiter else "" for at in range(count))


def units_in(blocks: tuple[Block, ...]) -> Iterator[Unit]:
    """Every numbered unit among blocks, in order, those of a minority's remark too."""
    for block in blocks:
        match block:
            case Unit():
                yield block
            case UnitList():
                yield from block.items
            case Minority():
                yield from units_in(block.blocks)


def roots_in(blocks: Iterable[Block]) -> list[Node]:
    """The nodes of every block, in order, without what is in them."""
    roots: list[Node] = []
    for block in blocks:
        match block:
            case Unit() | Plain():
                roots.append(block.element)
            case UnitList():
                roots += [item.element for item in block.items]
            case Heading():
                roots += block.children
            case Minority():
                roots += roots_in(block.blocks)
    return roots


@overload
def select(nodes: Sequence[Node], kind: type[A], /) -> list[A]: ...
@overload
def select(nodes: Sequence[Node], kind: type[A], other: type[B], /) -> list[A | B]: ...
def select(nodes: Sequence[Node], /, *kinds: type[Any]) -> list[Any]:
    """Those nodes, of all and whatever is in them, that are of certain kinds.

    Each stands before what is in it. Most nodes of a text are none that is looked for, and
    a text is looked through often: hence a list, and no iterator over all.
    """
    found = []
    ahead = list(reversed(nodes))
    while ahead:
        node = ahead.pop()
        if type(node) is Text:
            continue
        if isinstance(node, kinds):
            found.append(node)
        if isinstance(node, (Element, Link, Mark)):
            ahead += reversed(node.children)
    return found


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """The nodes and all below them, each before what is in it."""
    ahead = list(reversed(nodes))
    while ahead:
        node = ahead.pop()
        yield node
        if isinstance(node, (Element, Link, Mark)):
            ahead.extend(reversed(node.children))
