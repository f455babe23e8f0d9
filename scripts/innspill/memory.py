"""What one process has made so far, by what it was made from.

A preview reads, composes and checks all of the content after each save. It asks a `Memory`
for every piece, and so makes only those anew whose inputs are others than before. The key of
a piece is the function and all its arguments, so nothing has to be told what depends on
what, and nothing can go stale. The functions must be pure and their arguments immutable.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, TypeVarTuple, cast

T = TypeVar("T")
Value = TypeVar("Value", bound=Hashable)
Arguments = TypeVarTuple("Arguments")

PLAIN = frozenset({str, bytes, bool, type(None)})
"""The types whose values count by what they say."""


class Memory:
    """Gives again what it has made before, where it is asked for it again."""

    def __init__(self) -> None:
        self._before: dict[Hashable, tuple[object, object]] = {}
        self._now: dict[Hashable, tuple[object, object]] = {}
        """What was made, and what it was made from: kept alive, so that nothing else can
        take its place in memory and pass for it."""

    def forget_unused(self) -> None:
        """Forgets what was not asked for since this was last called."""
        self._before, self._now = self._now, {}

    def forget(self) -> None:
        """Forgets all."""
        self._before, self._now = {}, {}

    def __call__(self, make: Callable[[*Arguments], T], *made_from: *Arguments) -> T:
        """`make(*made_from)`, or what it gave before for these very arguments.

        Text, truth values and tuples are the same where they say the same. Any other value
        is the same only as itself: one that this memory gave, or `only` did.
        """
        key = (make, *[_part(each) for each in made_from])
        entry = self._now.get(key)
        if entry is None:
            entry = self._before.get(key) or (make(*made_from), made_from)
            self._now[key] = entry
        return cast("T", entry[0])

    def only(self, value: Value) -> Value:
        """The first of all values that are equal to this one.

        Its type must compare all that it holds: no field may be left out.
        """
        key = ("only", value)
        entry = self._now.get(key)
        if entry is None:
            entry = self._before.get(key) or (value, None)
            self._now[key] = entry
        return cast("Value", entry[0])


def _part(value: object) -> Hashable:
    if type(value) is tuple:
        return tuple([_part(each) for each in value])
    return value if type(value) in PLAIN else id(value)
