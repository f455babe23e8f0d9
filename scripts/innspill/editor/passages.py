"""Where in a file a quote's words stand, and what else leads from one place to another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from innspill.diagnostics import Location
from innspill.model import Quote, Statement
from innspill.read.source import Source
from innspill.text import Unit

MARKUP = r"(?:\]\([^)]*\)|\[\^[^\]]*\]|\{[^}]*\}|[\s*_`>\[\]\\\u00ad])*"
"""What may stand between two words or signs that stand side by side for the reader."""


@dataclass(frozen=True, slots=True)
class TextRange:
    """Some of a file's text. Lines and columns count from 1, columns in characters."""

    begin: Location
    end: Location


def quote_at(source: Source, statement: Statement, line: int, column: int) -> Quote | None:
    """The quote whose value stands at a place of the front matter."""
    matter, cursor = source.matter, Location(source.shown, line, column)
    begun = [*matter.places.items(), *matter.keys.items()]
    before = [(at, path) for path, at in begun if path and at <= cursor]
    if not before:
        return None
    place = matter.locate(max(before, key=lambda each: each[0])[1])
    return next((each for each in statement.quotes if each.at == place), None)


def passage_of(quote: Quote, source: Source, statement: Statement) -> TextRange | None:
    """The stretch of the file that a quote's words stand in, None where they stand nowhere.

    Where markup stands within a word, it is the paragraph's beginning.
    """
    if not quote.passages:
        return None
    passage = quote.passages[0]
    first, text = _raw(passage.unit, source, statement.units)
    quoted = passage.unit.text[passage.start : passage.end]
    found = re.search(MARKUP.join(map(re.escape, re.findall(r"\w+|[^\w\s]", quoted))), text)
    if not found:
        return TextRange(passage.unit.at, passage.unit.at)
    begin, end = (_place(text, at, source.shown, first) for at in found.span())
    return TextRange(begin, end)


def _raw(unit: Unit, source: Source, units: Sequence[Unit]) -> tuple[int, str]:
    """The first line of a unit, and the file's text from there to the next unit's."""
    lines, first = source.text.split("\n"), unit.at.line
    behind = (each.at.line for each in units if each.at.line > first)
    return first, "\n".join(lines[first - 1 : min(behind, default=len(lines) + 1) - 1])


def _place(text: str, at: int, shown: str, first: int) -> Location:
    line = text.count("\n", 0, at)
    return Location(shown, first + line, at - (text.rfind("\n", 0, at) + 1) + 1)
