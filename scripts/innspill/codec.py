"""The program's own values as JSON and back, for the store.

A dataclass becomes an object with its name and the fields that have other values than usual.
Only the dataclasses and enums of this package can come back, so that what is read from a store
that was carried here runs nothing.
"""

from __future__ import annotations

import dataclasses
import importlib
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

KIND = "$"
"""The key that tells what an object stands for."""
PLAIN = frozenset({str, int, float, bool, type(None)})
"""The types that JSON has as they are."""
NESTED = frozenset({list, dict})
"""The types of what JSON has other values in."""


def encoded(value: Any) -> Any:
    """A value as JSON has it.

    Raises TypeError where it holds something that can't be told.
    """
    kind: Any = type(value)
    if kind in PLAIN:
        return value
    if isinstance(value, tuple):
        return [encoded(each) for each in value]
    if isinstance(value, frozenset):
        return {KIND: "set", "items": sorted(encoded(each) for each in value)}
    if isinstance(value, dict):
        return {KIND: "map", "items": [[encoded(k), encoded(v)] for k, v in value.items()]}
    if isinstance(value, date):
        return {KIND: "date", "day": value.isoformat()}
    name = f"{kind.__module__}:{kind.__qualname__}"
    if isinstance(value, Enum):
        return {KIND: name, "value": value.value}
    if dataclasses.is_dataclass(value):
        told: dict[str, Any] = {KIND: name}
        for field, default in _fields(kind):
            if (of_field := getattr(value, field)) is not default:
                told[field] = encoded(of_field)
        return told
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} can't be kept")


def decoded(data: Any) -> Any:
    """The value that JSON tells; the lists and objects that it is given are used up.

    Raises ValueError where it tells none of ours.
    """
    # Of a thousand statements there are tens of thousands: what is plain is not asked twice.
    if type(data) is list:
        return tuple([decoded(each) if type(each) in NESTED else each for each in data])
    if type(data) is not dict:
        return data
    kind = data.pop(KIND, None)
    for name, each in data.items():
        if type(each) in NESTED:
            data[name] = decoded(each)
    match kind:
        case "set":
            return frozenset(data["items"])
        case "map":
            return dict(data["items"])
        case "date":
            return date.fromisoformat(data["day"])
        case str(name):
            return _class(name)(**data)
    raise ValueError(data)


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass, each with what it is where nothing is told."""
    return tuple((each.name, each.default) for each in dataclasses.fields(kind))


@cache
def _class(name: str) -> Any:
    module, _, of = name.partition(":")
    if not module.startswith("innspill."):
        raise ValueError(name)
    found = getattr(importlib.import_module(module), of, None)
    if not (
        dataclasses.is_dataclass(found) or (isinstance(found, type) and issubclass(found, Enum))
    ):
        raise ValueError(name)
    return found
