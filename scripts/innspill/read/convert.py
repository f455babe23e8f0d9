"""Plain values into the types of a schema: each fault that they have, with its path.

A schema is a msgspec Struct whose fields are text, lists, `Literal`s, other Structs, or one of
these or None. `Annotated` says more of a value: functions that look at it, or change it, one
after the other. The first is `Before` where it takes the value as it is written. What may be
written in other words (`WrittenAs`) is put in its settled form before all that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from innspill.errors import InnspillError
from innspill.read.yaml_nodes import Path


class Unfit(InnspillError):
    """A value is not what is asked for."""

    def __init__(self, kind: str, *names: str) -> None:
        """Takes what is wrong in a word, and the names that tell more of it."""
        super().__init__(kind, *names)
        self.kind, self.names = kind, names


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that is not what the schema asks for."""

    kind: str
    """What is wrong, in a word."""
    path: Path
    value: object = field(default=None, repr=False)
    names: tuple[str, ...] = ()
    """Those that it may have, or that are wrong."""


@dataclass(frozen=True, slots=True)
class Before:
    """A function that takes a value as it is written, and not by its type."""

    change: Callable[[Any], object]


Settled = str | Mapping[str, str]
"""The settled form of what is written on one line: a value, or keys with values."""


@dataclass(frozen=True, slots=True)
class WrittenAs:
    """How else a value may be written: what stands for a settled form, and None for all else."""

    form: Callable[[str], Settled | None]


Converter = Callable[[Any, Path, list[Misfit]], Any]
"""Gives a value its type; what is wrong with it is added to the list."""


@cache
def schema_fields(schema: type[Struct]) -> dict[str, FieldInfo]:
    """The fields of a schema by their keys, in their order."""
    return {each.encode_name: each for each in fields(schema)}


@cache
def converter(kind: Any) -> Converter:
    """What gives values a type."""
    steps = list(_steps(kind))

    def convert(value: Any, path: Path, faults: list[Misfit]) -> Any:
        new, count = value, len(faults)
        try:
            for step in steps:
                new = step(new, path, faults)
                if len(faults) > count:
                    return None
        except Unfit as fault:
            faults.append(Misfit(fault.kind, path, value, fault.names))
            return None
        return new

    return convert


def _steps(kind: Any) -> Iterator[Converter]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        yield from (_step(each.change) for each in inner if isinstance(each, Before))
        yield from _steps(inner[0])
        yield from (_step(each) for each in inner[1:] if callable(each))
    elif origin in (Union, UnionType):
        yield from _steps(inner[0])  # where there is no value, none is converted
    elif origin is list:
        yield _list(converter(inner[0]))
    elif origin is Literal:
        yield _step(partial(_one_of, inner))
    elif issubclass(kind, Struct):
        yield _struct(kind)
    elif kind is str:
        yield _step(_text)


def settled_forms(kind: Any, value: Any, path: Path = ()) -> Iterator[tuple[Path, str, Settled]]:
    """The path of each value that is written in other words, those words, its settled form."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        forms = [each.form for each in inner if isinstance(each, WrittenAs)]
        if isinstance(value, str):
            yield from ((path, value, new) for form in forms if (new := form(value)) is not None)
        yield from settled_forms(inner[0], value, path)
    elif origin in (Union, UnionType):
        yield from settled_forms(inner[0], value, path)
    elif origin is list and isinstance(value, list):
        for at, each in enumerate(value):
            yield from settled_forms(inner[0], each, (*path, at))
    elif origin is list:
        yield from settled_forms(inner[0], value, path)  # one, where a list may stand
    elif isinstance(kind, type) and issubclass(kind, Struct) and isinstance(value, dict):
        for key, field_ in schema_fields(kind).items():
            if key in value and _has_forms(field_.type):
                yield from settled_forms(field_.type, value[key], (*path, key))


@cache
def _has_forms(kind: Any) -> bool:
    """Whether any value in one of this type may be written in other words."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated and any(isinstance(each, WrittenAs) for each in inner):
        return True
    if origin in (Annotated, Union, UnionType, list):
        return _has_forms(inner[0])
    is_struct = isinstance(kind, type) and issubclass(kind, Struct)
    return is_struct and any(_has_forms(each.type) for each in schema_fields(kind).values())


def _step(change: Callable[[Any], object]) -> Converter:
    """A converter of a function that may raise Unfit."""
    return lambda value, *_: change(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit("no_text")
    return value


def _one_of(names: tuple[str, ...], value: object) -> object:
    if value not in names:
        raise Unfit("none_of_its_values", *names)
    return value


def _list(convert: Converter) -> Converter:
    def items(value: Any, path: Path, faults: list[Misfit]) -> Any:
        if isinstance(value, list):
            return [convert(each, (*path, at), faults) for at, each in enumerate(value)]
        faults.append(Misfit("no_list", path, value))
        return None

    return items


def _struct(schema: type[Struct]) -> Converter:
    known = schema_fields(schema)
    converters = {key: converter(each.type) for key, each in known.items()}

    def struct(value: Any, path: Path, faults: list[Misfit]) -> Any:
        if not isinstance(value, dict):
            faults.append(Misfit("no_mapping", path, value))
            return None
        count, given = len(faults), {}
        for key, each in known.items():
            if key in value:
                given[each.name] = converters[key](value[key], (*path, key), faults)
            elif each.required:
                faults.append(Misfit("missing", (*path, key)))
        faults += [Misfit("unknown", (*path, key)) for key in value if key not in known]
        return schema(**given) if len(faults) == count else None

    return struct
