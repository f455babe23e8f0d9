"""What functions made of values, by the values: made once, and given again.

The key is the digest of the function's name, of the value, and of the program: its code, its
templates and what it depends on. A function may look at nothing but its value, so no key is
written by hand, and none can be forgotten. What is kept is bytes, turned back into values by
their types: see msgspec.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, Protocol, TypeVar

import msgspec

from innspill.store import Store

MADE = "made"
"""What the keys in a store begin with."""

V = TypeVar("V")
R = TypeVar("R")

Run = Callable[[list[V]], Iterator[R]]
"""Makes what is to be made of values, in their order."""


def key_of(function: Callable[..., Any], value: object, program: str) -> str:
    """The digest that a function's result is kept by.

    A set counts by what it holds, in whatever order that comes.
    """
    named = f"{function.__module__}.{function.__qualname__}"
    whole = _written((named, value, program))
    return hashlib.sha256(whole).hexdigest()


def _nothing(_: object) -> None:
    """A way to bytes says nothing: beside it stand their size and their digest."""


_written = msgspec.msgpack.Encoder(enc_hook=_nothing, order="deterministic").encode


class Shelf(Protocol):
    """Where results are kept, by their keys."""

    def get(self, key: str, kind: type[R]) -> R | None:
        """The result that is kept, None where there is none of this type."""

    def put(self, key: str, result: object) -> None:
        """Keeps a result."""


class InProcess:
    """Keeps results in this process, until they are not asked for any more."""

    def __init__(self) -> None:
        self._before: dict[str, object] = {}
        self._now: dict[str, object] = {}

    def forget_unused(self) -> None:
        """Forgets what was not asked for since this was last called."""
        self._before, self._now = self._now, {}

    def get(self, key: str, kind: type[R]) -> R | None:
        """The result that is kept."""
        found = self._now.get(key) or self._before.get(key)
        if not isinstance(found, kind):
            return None
        self._now[key] = found
        return found

    def put(self, key: str, result: object) -> None:
        """Keeps a result."""
        self._now[key] = result


class InStore:
    """Keeps results in a store, for later runs."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def get(self, key: str, kind: type[R]) -> R | None:
        """The result that is kept."""
        data = self.store.get((MADE, key))
        if data is None:
            return None
        try:
            return msgspec.msgpack.decode(data, type=kind)
        except msgspec.MsgspecError:  # by another hand: the store may come from elsewhere
            return None

    def put(self, key: str, result: object) -> None:
        """Keeps a result, unless no bytes can say it."""
        with suppress(UnicodeEncodeError):
            self.store.put((MADE, key), msgspec.msgpack.encode(result))


class Remembered:
    """Gives again what a function made of an equal value, by the same program."""

    def __init__(self, program: str = "", *shelves: Shelf) -> None:
        """`program` is the digest of all that makes; the nearest of the shelves stands first.

        Without shelves, nothing is kept.
        """
        self.program, self.shelves = program, shelves

    def beside(self, more: str) -> Remembered:
        """The same for functions that have something of their own besides; `more` is its digest."""
        return Remembered(f"{self.program} {more}", *self.shelves)

    def map(
        self,
        function: Callable[..., Any],
        values: Iterable[V],
        kind: type[R],
        run: Run[V, R],
        *,
        is_kept: Callable[[R], bool] = lambda _: True,
        is_whole: Callable[[R], bool] = lambda _: True,
    ) -> Iterator[R]:
        """What is made with the function of each value, in their order.

        `kind` is the type of what is made, `run` makes it of those values of which nothing is
        kept, and only what `is_kept` is kept. What is kept and not `is_whole` is made anew.
        """
        pairs = [(each, self._key(function, each)) for each in values]
        found = (self._get(key, kind) for _, key in pairs)
        known = [each if each is not None and is_whole(each) else None for each in found]
        left = [value for (value, _), result in zip(pairs, known, strict=True) if result is None]
        made = run(left)
        for (_, key), result in zip(pairs, known, strict=True):
            if result is not None:
                yield result
                continue
            new = next(made)
            if is_kept(new):
                self._put(key, new, self.shelves)
            yield new

    def one(
        self, function: Callable[..., Any], value: V, kind: type[R], make: Callable[[], R]
    ) -> R:
        """The same of one value; `make` makes it where nothing is kept."""
        return next(self.map(function, (value,), kind, lambda left: (make() for _ in left)))

    def _key(self, function: Callable[..., Any], value: object) -> str:
        """The key; none of a value with a name that is no UTF-8, as a folder may have."""
        with suppress(UnicodeEncodeError):
            return key_of(function, value, self.program) if self.shelves else ""
        return ""

    def _get(self, key: str, kind: type[R]) -> R | None:
        for at, shelf in enumerate(self.shelves if key else ()):
            if (found := shelf.get(key, kind)) is not None:
                self._put(key, found, self.shelves[:at])
                return found
        return None

    def _put(self, key: str, result: object, shelves: Iterable[Shelf]) -> None:
        for shelf in shelves if key else ():
            shelf.put(key, result)
