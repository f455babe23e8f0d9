"""JSON Schema (2020-12) of Structs: what is written into data, and what is read of front matter.

A type that `Annotated` says more of, as `read/values.py` does, says with an `InSchema` what the
schema can tell of that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

Schema = dict[str, Any]
"""A JSON Schema, or a part of one."""

PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"format": "date", "type": "string"},
}
"""The schemas of values that hold no others."""


@dataclass(frozen=True, slots=True)
class InSchema:
    """What the schema of a type is, by the schema of the type that `Annotated` stands around."""

    change: Callable[[Schema], Schema]


class ObjectSchemas:
    """The schemas of Structs, by their names: of those that were asked for, and all in them."""

    def __init__(
        self,
        describe: Callable[[type[Struct], FieldInfo], str],
        describe_object: Callable[[type[Struct]], str | None],
    ) -> None:
        self.known: dict[str, Schema] = {}
        self._describe, self._describe_object = describe, describe_object

    def add(self, part: type[Struct]) -> Schema:
        """Adds an object, and gives the reference to it."""
        reference = {"$ref": f"#/$defs/{part.__name__}"}
        if part.__name__ in self.known:
            return reference
        self.known[part.__name__] = {}
        told = self._describe_object(part)
        self.known[part.__name__] = {
            "additionalProperties": False,
            **({"description": told} if told else {}),
            "properties": {
                each.encode_name: {
                    "description": self._describe(part, each),
                    **self.value(each.type),
                }
                for each in fields(part)
            },
            "required": sorted(each.encode_name for each in fields(part) if each.required),
            "type": "object",
        }
        return reference

    def value(self, kind: Any) -> Schema:
        """The schema of a value; what it holds is added."""
        origin, inner = get_origin(kind), get_args(kind)
        if origin is Annotated:
            schema = self.value(inner[0])
            for each in inner[1:]:
                schema = each.change(schema) if isinstance(each, InSchema) else schema
            return schema
        if origin in (Union, UnionType):
            return self.value(inner[0])  # what is None is left out
        if origin is list:
            return {"items": self.value(inner[0]), "type": "array"}
        if origin is Literal:
            named = {"const": inner[0]} if len(inner) == 1 else {"enum": list(inner)}
            return {**named, **PLAIN[type(inner[0])]}
        return PLAIN[kind] if kind in PLAIN else self.add(kind)


def with_definitions(schema: Schema, definitions: dict[str, Schema]) -> Schema:
    """A whole schema: what it refers to in front."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    named = {"$defs": dict(sorted(definitions.items()))} if definitions else {}
    return {**dialect, **named, **schema}
