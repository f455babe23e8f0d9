"""The JSON Schema (2020-12) of front matter, for editors and other programs.

It accepts what the program accepts, as far as a schema can say that: it knows nothing of other
files, of two keys that depend on each other, or of how many words a text has. What other programs
take YAML's plain text for (numbers, true and false) is accepted wherever text is.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import FieldInfo

from innspill.json_schema import ObjectSchemas, Schema, with_definitions
from innspill.messages import Message
from innspill.read.keys import field_doc
from innspill.read.schema import SCHEMAS


def front_schema(kind: str | None, tell: Callable[[Message], str]) -> Schema:
    """The schema of one kind of file, or of any; `tell` gives a sentence in a language."""

    def describe(part: type[Struct], each: FieldInfo) -> str:
        return tell(field_doc(part, each.name))

    objects = ObjectSchemas(describe, lambda _: None)
    if kind is None:
        kinds = [objects.add(each) for each in SCHEMAS.values()]
        return with_definitions({"anyOf": kinds}, objects.known)
    objects.add(SCHEMAS[kind])
    whole = objects.known.pop(SCHEMAS[kind].__name__)
    return with_definitions(whole, objects.known)
