"""The plain text of a unit, as quotes are compared with it, and the way back to the tree.

Links and emphasis count by their text; any break or run of spaces, the no-break space
included, is one space; footnote marks, images and soft hyphens are nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from innspill.text import Element, Link, Mark, Node, Text

INLINE = {"em", "strong", "code", "span"}
SOFT_HYPHEN = "\u00ad"
RUNS = re.compile(rf"\s+|[^\s{SOFT_HYPHEN}]+")
"""White space, and what is between: soft hyphens are neither."""


@dataclass(frozen=True, slots=True)
class Origins:
    """A plain text, and for each character where it comes from."""

    text: str
    origins: tuple[tuple[int, int], ...]
    """The number of the text node and the index in it, for each character."""


def plain(nodes: tuple[Node, ...]) -> str:
    """The plain text of nodes: that of `with_origins`, at a fraction of its time."""
    return normalized("".join(_pieces(nodes)))


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


def with_origins(nodes: tuple[Node, ...]) -> Origins:
    """The plain text of nodes, each character with its place in the tree."""
    walker = _Walker()
    walker.walk(nodes)
    return Origins("".join(walker.pieces), tuple(walker.origins))


class _Walker:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.origins: list[tuple[int, int]] = []
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
            if self.space and self.pieces:
                self.pieces.append(" ")
                self.origins.append(self.space)
            self.space = None
            self.pieces.append(run[0])
            self.origins += [(self.leaf, index) for index in range(start, end)]
