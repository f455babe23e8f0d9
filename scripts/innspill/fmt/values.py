"""Front matter with the values that may be written in several ways in their settled form."""

from __future__ import annotations

from innspill.read.convert import settled_forms
from innspill.read.schema import AnyFront
from innspill.read.yaml_nodes import parse_front_matter


def with_settled_values(text: str, schema: type[AnyFront]) -> str:
    """The front matter's text; a value that goes over several lines is left as it is."""
    written, _ = parse_front_matter(text, "", 1)
    lines = text.split("\n")
    forms = settled_forms(schema, written.values)
    found = [(written.places[path], value, new) for path, value, new in forms]
    for at, value, new in sorted(found, reverse=True):  # from the end, so that columns stay
        line, start = lines[at.line - 1], at.column - 1
        for old in (value, f'"{value}"', f"'{value}'"):
            if line.startswith(old, start):
                lines[at.line - 1] = line[:start] + new + line[start + len(old) :]
    return "\n".join(lines)
