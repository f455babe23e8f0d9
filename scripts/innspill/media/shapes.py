"""A drawing's elements as they are published, and the flaws that keep it from that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from innspill.messages import Message, say

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
GRADIENTS = {"linearGradient", "radialGradient"}
MOST_FLAWS = 100
"""What has more is not read to its end."""


@dataclass(frozen=True, slots=True)
class FlawAt:
    """Why a drawing can't be published."""

    line: int
    """In its own file, from 1."""
    message: Message


@dataclass(slots=True)
class Shape:
    """An element of a drawing, its attributes as they are published."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Shape | str] = field(default_factory=list)

    @property
    def inside(self) -> Iterator[Shape]:
        """The elements in it."""
        return (each for each in self.children if isinstance(each, Shape))


@dataclass(slots=True)
class Sketch:
    """A drawing while it is read."""

    root: Shape | None = None
    size: tuple[float, float] = (0.0, 0.0)
    """In pixels of CSS."""
    letters: dict[str, int] = field(default_factory=dict)
    """Each character of its text with the line where it first stands."""
    ids: dict[str, Shape] = field(default_factory=dict)
    used: list[tuple[Shape, str, str]] = field(default_factory=list)
    """The places that elements name, each behind the element and its attribute."""
    styled: list[tuple[int, str]] = field(default_factory=list)
    """The places that style sheets name, each behind its line."""
    flaws: list[FlawAt] = field(default_factory=list)

    def flaw(self, message: Message, line: int) -> None:
        """One more thing is wrong. Raises NotRead where it is one too many."""
        self.flaws.append(FlawAt(line, message))
        if len(self.flaws) >= MOST_FLAWS:
            raise NotRead

    def otherwise(self, name: str, value: str, line: int) -> None:
        """What an attribute says is drawn otherwise somewhere."""
        message = say(
            '{name}="{value}" is not drawn alike in the page and in the PDF',
            name=short(name),
            value=short(value),
        )
        self.flaw(message, line)

    def elsewhere(self, value: str, line: int) -> None:
        """An address leads out of the drawing."""
        if "script:" in value.lower():
            self.flaw(say('"{value}" runs a script', value=short(value)), line)
        else:
            self.flaw(say('"{value}" leads out of the drawing', value=short(value)), line)


class NotRead(Exception):
    """Ends the reading: what comes then is not looked at."""


def short(value: str) -> str:
    """A value as messages show it."""
    text = " ".join(value.split())
    return text if len(text) <= 40 else f"{text[:39]}…"
