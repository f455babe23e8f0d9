"""Where in a front matter a cursor stands, told by lines and columns.

While a line is typed, the front matter is often no YAML. So nothing is parsed: a key belongs to the
nearest one above that stands further to the left.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from innspill.read.source import FENCE

LINE = re.compile(
    r"(?P<indent>\s*(?:-\s+)*)(?:(?P<key>\w+)\s*:(?=\s|$)\s*)?(?P<rest>.*)", re.DOTALL
)
"""A line: hyphens of lists, a key, and what stands behind it."""
FLOW_KEY = re.compile(r"(?:^|[{,])\s*(?P<key>\w*)$")
FLOW_VALUE = re.compile(r"(?:^|[{,])\s*(?P<key>\w+)\s*:\s+(?P<value>[^,{}]*)$")
FLOW_ITEM = re.compile(r"(?:^\[|,)\s*(?P<value>[^,\[\]]*)$")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a front matter. Rows and columns count from 0, columns in characters."""

    keys: tuple[str, ...]
    """The keys around it, its own last where it stands behind one."""
    typed: str
    """What is typed of a key or a value, up to the cursor."""
    start: int
    """The column where that begins."""
    end: int
    """The column where the key or the value that stands there ends."""
    siblings: frozenset[str] = frozenset()
    """The keys of the mapping that it stands in, its own line's aside."""


def front_rows(lines: Sequence[str]) -> range:
    """The rows of a text's front matter, without the lines that fence it."""
    if not lines or lines[0].rstrip() != FENCE:
        return range(0)
    ends = (row for row, line in enumerate(lines) if row and line.rstrip() in {FENCE, "..."})
    return range(1, next(ends, len(lines)))


def cursor_at(lines: Sequence[str], row: int, column: int) -> Cursor | None:
    """Where a cursor stands, None where that is not in the front matter."""
    if row not in front_rows(lines):
        return None
    line = lines[row]
    found = LINE.match(line)
    assert found
    own = len(found["indent"])
    above = _above(lines, row, own)
    if above and above[-1]["rest"][:1] in {">", "|"}:
        return None  # in a text of several lines nothing is told apart
    around = tuple(each["key"] for each in above)
    if not found["key"] or column < found.end("key") + 1:
        end = found.end("key") if found["key"] else len(line.rstrip())
        siblings = frozenset(_siblings(lines, row, own))
        column = max(column, own)
        return Cursor(around, line[own:column], own, max(end, column), siblings)
    begin = found.start("rest")
    keys = (*around, found["key"])
    if line[begin : begin + 1] in {"{", "["}:
        return _in_flow(line, begin, max(column, begin + 1), keys)
    return Cursor(keys, line[begin:column], begin, max(len(line.rstrip()), column))


def _in_flow(line: str, begin: int, column: int, keys: tuple[str, ...]) -> Cursor:
    """Where it stands between brackets."""
    before = line[begin + 1 : column]
    after = re.match(r"[^,\]}]*", line[column:])
    end = column + len(after[0].rstrip() if after else "")
    if line[begin] == "[":
        item = FLOW_ITEM.search("[" + before)
        typed = item["value"] if item else ""
    elif value := FLOW_VALUE.search(before):
        keys, typed = (*keys, value["key"]), value["value"]
    else:
        key = FLOW_KEY.search(before)
        typed = key["key"] if key else ""
    return Cursor(keys, typed, column - len(typed), end)


def _above(lines: Sequence[str], row: int, own: int) -> list[re.Match[str]]:
    """The lines with the keys that a column of a row stands below, the outermost first."""
    above: list[re.Match[str]] = []
    for line in reversed(lines[1:row]):
        found = LINE.match(line)
        if found and found["key"] and len(found["indent"]) < own:
            above.insert(0, found)
            own = len(found["indent"])
    return above


def _siblings(lines: Sequence[str], row: int, own: int) -> Iterator[str]:
    """The keys of the same mapping, above and below."""
    if "-" not in lines[row][:own]:
        for line in reversed(lines[1:row]):
            key, column, begins_item = _told(line)
            if column < own:
                break
            if column == own and key:
                yield key
            if column == own and begins_item:
                break
    for line in lines[row + 1 : front_rows(lines).stop]:
        key, column, begins_item = _told(line)
        if column < own or (column == own and begins_item):
            break
        if column == own and key:
            yield key


def _told(line: str) -> tuple[str | None, int, bool]:
    """A line's key, its column, and whether an item of a list begins on it."""
    found = LINE.match(line)
    if not found or not line.strip() or line.lstrip().startswith("#"):
        return None, sys.maxsize, False
    return found["key"], len(found["indent"]), "-" in found["indent"]
