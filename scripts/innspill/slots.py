"""Slots: places in what is rendered for what is known only when it is written.

What every page shows (the menu), and what comes after it (the size of a PDF, its digest, the
number of a page in it, the words of a statement on a page that joins several) is a slot in the
text: its name between two NULs, which no text of the content may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from markupsafe import Markup

MARK = "\0"
"""What a slot begins and ends with."""
_SLOT = re.compile(f"{MARK}([^{MARK} ]*) ([^{MARK}]*){MARK}")
_SLOT_IN_BYTES = re.compile(_SLOT.pattern.encode())


class Slot(NamedTuple):
    """A place that is filled later."""

    kind: str
    name: str
    """Tells it from others of the kind."""


def slot(kind: str, name: str = "") -> Markup:
    """The slot of a kind; `name` tells it from others of the kind. It needs no escaping."""
    return Markup(f"{MARK}{kind} {name}{MARK}")


def fill(text: str, content_of: Callable[[str, str], str]) -> str:
    """The text with each slot filled by what `content_of` gives for its kind and its name."""
    if MARK not in text:
        return text
    return _SLOT.sub(lambda found: content_of(found[1], found[2]), text).replace(MARK, "")


def cut_at_slots(text: bytes) -> Iterator[bytes | Slot]:
    """A text's slots, and what stands before, between and behind them."""
    mark, behind = MARK.encode(), 0
    for found in _SLOT_IN_BYTES.finditer(text):
        yield text[behind : found.start()].replace(mark, b"")
        yield Slot(found[1].decode(), found[2].decode())
        behind = found.end()
    yield text[behind:].replace(mark, b"") if mark in text else text


def slots_in(text: bytes) -> tuple[Slot, ...]:
    """A text's slots, in their order."""
    if MARK.encode() not in text:
        return ()
    return tuple(each for each in cut_at_slots(text) if isinstance(each, Slot))
