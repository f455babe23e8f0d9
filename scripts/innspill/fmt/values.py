"""Values of front matter in their settled form: `adopted` for `vedtatt`, `2026-02-12` for a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Struct

from innspill.read.convert import Before, schema_fields
from innspill.read.written_values import WrittenWords, written_day
from innspill.read.yaml_nodes import FrontMatter, Path


def with_settled_values(
    text: str, matter: FrontMatter, schema: type[Struct], first_line: int
) -> str:
    """The front matter's text with each value as it is kept; what stands on one line alone."""
    lines = text.split("\n")
    found = [
        (matter.places[path], old, new)
        for path, old, new in _settled(schema, matter.values, ())
        if path in matter.places
    ]
    for at, old, new in sorted(found, reverse=True):  # so that the columns before stay
        row, start = lines[at.line - first_line], at.column - 1
        if as_written := re.compile(rf"(['\"]?){re.escape(old)}\1").match(row, start):
            lines[at.line - first_line] = row[:start] + new + row[as_written.end() :]
    return "\n".join(lines)


def _settled(kind: Any, value: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    """The path of each value that has another settled form, what it is, and that form."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        for change in (each.change for each in inner if isinstance(each, Before)):
            if isinstance(change, WrittenWords) or change is written_day:
                new = change(value)
                if isinstance(value, str) and isinstance(new, str) and new != value:
                    yield path, value, new
        yield from _settled(inner[0], value, path)
    elif origin in (Union, UnionType):
        yield from _settled(inner[0], value, path)
    elif origin is list and isinstance(value, list):
        for at, each in enumerate(value):
            yield from _settled(inner[0], each, (*path, at))
    elif origin is list and isinstance(value, str):  # one alone, where several may be
        yield from _settled(inner[0], value, path)
    elif isinstance(kind, type) and issubclass(kind, Struct) and isinstance(value, dict):
        for key, field in schema_fields(kind).items():
            if key in value:
                yield from _settled(field.type, value[key], (*path, key))
