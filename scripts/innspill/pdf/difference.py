"""A difference between two PDFs: what it means, and its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from innspill.messages import Message


class Weight(IntEnum):
    """What a difference means."""

    HARMLESS = 0
    """It is not drawn, and does nothing."""
    PLACE = 1
    """The same is drawn elsewhere: as another version of a library may have it."""
    CHANGED = 2
    """Something else is drawn, or said."""
    ACTIVE = 3
    """No version of the program makes such things."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between two PDFs."""

    weight: Weight
    message: Message
