"""What a path of keys leads to in the schema of a file's front matter."""

from __future__ import annotations

from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import FieldInfo

from innspill.field_docs import field_docs
from innspill.messages import Message, Sentence
from innspill.read import schema as schema_module
from innspill.read.convert import schema_fields
from innspill.read.yaml_nodes import Path


def field_doc(model: type[Struct], name: str) -> Message:
    """What a field of a schema holds."""
    return Sentence(field_docs(schema_module)[model.__name__][name]).filled()


def keys_of(schema: type[Struct], path: Path) -> list[str]:
    """The keys of the mapping at `path`, none where there is to be no mapping."""
    model = model_at(schema, path)
    return list(schema_fields(model)) if model else []


def field_at(schema: type[Struct], path: Path) -> FieldInfo | None:
    """The field that holds the value at `path`, a key's; None where no such is known."""
    model = model_at(schema, path[:-1])
    return schema_fields(model).get(str(path[-1])) if model else None


def model_at(schema: type[Struct], path: Path) -> type[Struct] | None:
    """The schema of the mapping at `path`; None where no such is known."""
    model: type[Struct] | None = schema
    for part in path:
        if model and isinstance(part, str):
            field = schema_fields(model).get(part)
            model = model_in(field.type) if field else None
    return model


def model_in(kind: Any) -> type[Struct] | None:
    """The schema inside `list[S]`, `S | None` or the like."""
    if inner := [each for each in get_args(kind) if each is not type(None)]:
        return model_in(inner[0])
    return kind if isinstance(kind, type) and issubclass(kind, Struct) else None
