"""A text's headings as a tree, for the page that lists them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from innspill.model import Section, Statement
from innspill.text import Block, Heading

MAIN = 2
"""The level of a letter's own main headings."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading and those that stand under it."""

    heading: Heading
    section: Section | None
    """The answer that the heading begins, where it begins one."""
    inside: tuple[OutlineEntry, ...]

    @property
    def is_main(self) -> bool:
        """Whether a page's own contents name it: an answer, or a heading of the highest level."""
        return self.section is not None or self.heading.level <= MAIN


def outline(blocks: Iterable[Block]) -> tuple[OutlineEntry, ...]:
    """The headings of a text."""
    return _nested([(each, None) for each in blocks if isinstance(each, Heading)])


def outline_of(statement: Statement) -> tuple[OutlineEntry, ...]:
    """The headings of a statement, those of its answers among them."""
    return _nested(list(_headings(statement)))


def _headings(statement: Statement) -> Iterator[tuple[Heading, Section | None]]:
    for section in statement.sections:
        if section.heading:
            yield section.heading, section
        yield from ((each, None) for each in section.blocks if isinstance(each, Heading))


def _nested(headings: list[tuple[Heading, Section | None]]) -> tuple[OutlineEntry, ...]:
    entries: list[OutlineEntry] = []
    while headings:
        (heading, section), rest = headings[0], headings[1:]
        levels = (each.level <= heading.level for each, _ in rest)
        end = next((at for at, is_outside in enumerate(levels) if is_outside), len(rest))
        entries.append(OutlineEntry(heading, section, _nested(rest[:end])))
        headings = rest[end:]
    return tuple(entries)


HELPERS = {"outline": outline, "outline_of": outline_of}
"""What the templates may call."""
