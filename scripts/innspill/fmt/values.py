"""Front matter with the values that may be written in several ways in their settled form."""

from __future__ import annotations

from operator import itemgetter

from innspill.read.convert import Settled, settled_forms
from innspill.read.schema import AnyFront
from innspill.read.yaml_nodes import parse_front_matter


def with_settled_values(text: str, schema: type[AnyFront]) -> str:
    """The front matter's text; a value that goes over several lines is left as it is."""
    written, _ = parse_front_matter(text, "", 1)
    lines = text.split("\n")
    forms = settled_forms(schema, written.values)
    found = [(written.places[path], value, new) for path, value, new in forms]
    # From the end, so that columns stay.
    for at, value, new in sorted(found, key=itemgetter(0), reverse=True):
        line, start = lines[at.line - 1], at.column - 1
        for old in (value, f'"{value}"', f"'{value}'"):
            if line.startswith(old, start):
                lines[at.line - 1] = _written(line[:start], new) + line[start + len(old) :]
                break
    return "\n".join(lines)


def _written(before: str, new: Settled) -> str:
    """A value behind its key, or the keys that it becomes, each on a line below it."""
    if isinstance(new, str):
        return before + new
    indent = " " * (len(before) - len(before.lstrip()) + 2)
    return "\n".join([before.rstrip(), *(f"{indent}{key}: {value}" for key, value in new.items())])
