"""The plain text of a unit, as quotes are compared with it, and the way back to the tree.

Links and emphasis count by their text; any break or run of spaces, the no-break space
included, is one space; footnote marks, images and soft hyphens are nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from innspill.text import Element, Link, Mark, Node, Plain, Prose, Text

INLINE = {"em", "strong", "code", "span"}
SOFT_HYPHEN = "\u00ad"
RUNS = re.compile(rf"\s+|[^\s{SOFT_HYPHEN}]+(?:\s[^\s{SOFT_HYPHEN}]+)*")
"""White space, and words that one white space parts: soft hyphens are neither."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a plain text that comes from one text node, character by character."""

    start: int
    """Where it begins in the plain text."""
    length: int
    leaf: int
    """The number of the text node that it comes from."""
    index: int
    """Where it begins there; -1 of a space that an element makes."""


def plain(nodes: tuple[Node, ...]) -> str:
    """The plain text of nodes: the length of its `stretches`."""
    return normalized("".join(_pieces(nodes)))


def opening(prose: Prose) -> str:
    """The plain text of a page's first paragraph; empty where it has none."""
    paragraphs = (
        block.element.children
        for block in prose.blocks
        if isinstance(block, Plain) and block.element.tag == "p"
    )
    return plain(next(paragraphs, ()))


def normalized(text: str) -> str:
    """A string under the same rules as a unit's text."""
    return " ".join(text.replace(SOFT_HYPHEN, "").split())


def _pieces(nodes: tuple[Node, ...]) -> Iterator[str]:
    """The texts of nodes, with a space wherever an element other than `INLINE` parts them."""
    for node in nodes:
        match node:
            case Text():
                yield node.value
            case Element() if node.tag in INLINE:
                yield from _pieces(node.children)
            case Element():
                yield " "
                yield from _pieces(node.children)
                yield " "
            case Link() | Mark():
                yield from _pieces(node.children)


def stretches(nodes: tuple[Node, ...]) -> list[Stretch]:
    """Where the plain text of nodes comes from, in order, without gaps."""
    walker = _Walker()
    walker.walk(nodes)
    return walker.stretches


class _Walker:
    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.length = 0
        self.leaf = -1
        self.space: tuple[int, int] | None = None

    def walk(self, nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            match node:
                case Text():
                    self.leaf += 1
                    self.take(node.value)
                case Element() if node.tag in INLINE:
                    self.walk(node.children)
                case Element():
                    self.break_()
                    self.walk(node.children)
                    self.break_()
                case Link() | Mark():
                    self.walk(node.children)

    def break_(self) -> None:
        self.space = self.space or (self.leaf, -1)

    def take(self, value: str) -> None:
        for run in RUNS.finditer(value):
            start, end = run.span()
            if value[start].isspace():
                self.space = self.space or (self.leaf, start)
                continue
            if self.space and self.stretches:
                self.add(1, *self.space)
            self.space = None
            self.add(end - start, self.leaf, start)

    def add(self, length: int, leaf: int, index: int) -> None:
        self.stretches.append(Stretch(self.length, length, leaf, index))
        self.length += length
