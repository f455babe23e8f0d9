"""A drawing's elements as they are published, and the flaws that keep it from that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from innspill.errors import InnspillError
from innspill.messages import Message, say

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
GRADIENTS = {"linearGradient", "radialGradient"}
OF_TEXT = {
    "textPath", "textLength", "lengthAdjust", "font", "letter-spacing", "word-spacing",
    "text-decoration", "writing-mode", "dominant-baseline", "alignment-baseline", "baseline-shift",
    "text-transform", "font-variant", "font-stretch", "text-anchor", "foreignObject",
}  # fmt: skip
"""Elements and attributes of text."""
MOST_FLAWS = 100
"""What has more is not read to its end."""


class FlawKind(IntEnum):
    """The sorts of what is wrong with a drawing, the gravest first."""

    UNREAD = 0
    SIZE = 1
    RUNS = 2
    ELSEWHERE = 3
    TOO_MUCH = 4
    BROKEN = 5
    UNLIKE = 6
    TEXT = 7

    @property
    def hint(self) -> Message:
        """What to do about it."""
        return HINTS[self]


HINTS = {
    FlawKind.UNREAD: say("save it anew as SVG in the program that drew it, or as PNG"),
    FlawKind.SIZE: say('write them on its first element, such as <svg width="600" height="400" …>'),
    FlawKind.RUNS: say("take that out, or save it as PNG"),
    FlawKind.ELSEWHERE: say("put what it fetches into the drawing itself, or save it as PNG"),
    FlawKind.TOO_MUCH: say("make it simpler, or save it as PNG"),
    FlawKind.BROKEN: say("mend it in the program that drew it, or save it as PNG"),
    FlawKind.UNLIKE: say("draw that with plain shapes, or save it as PNG"),
    FlawKind.TEXT: say(
        "save it with its text as outlines (in Inkscape: Path, Object to Path), or as PNG"
    ),
}


@dataclass(frozen=True, slots=True)
class FlawAt:
    """Why a drawing can't be published."""

    line: int
    """In its own file, from 1."""
    message: Message
    sort: FlawKind


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
    clip_rules: list[int] = field(default_factory=list)
    """The lines where style sheets or clips say `clip-rule: evenodd`."""
    has_clips: bool = False
    fonts: dict[str, int] = field(default_factory=dict)
    """Each other font that its text is in, with the line that first names it."""
    flaws: list[FlawAt] = field(default_factory=list)

    def flaw(self, message: Message, line: int, sort: FlawKind) -> None:
        """One more thing is wrong. Raises NotRead where it is one too many."""
        self.flaws.append(FlawAt(line, message, sort))
        if len(self.flaws) >= MOST_FLAWS:
            raise NotRead

    def otherwise(self, name: str, value: str, line: int) -> None:
        """What an attribute says is drawn otherwise somewhere."""
        message = say(
            '{name}="{value}" is not drawn alike in the page and in the PDF',
            name=short(name),
            value=short(value),
        )
        self.flaw(message, line, FlawKind.TEXT if name in OF_TEXT else FlawKind.UNLIKE)

    def elsewhere(self, value: str, line: int) -> None:
        """An address leads out of the drawing."""
        if "script:" in value.lower():
            self.flaw(say('"{value}" runs a script', value=short(value)), line, FlawKind.RUNS)
        else:
            self.flaw(
                say('"{value}" leads out of the drawing', value=short(value)),
                line,
                FlawKind.ELSEWHERE,
            )


class NotRead(InnspillError):
    """Ends the reading: what comes then is not looked at."""


def short(value: str) -> str:
    """A value as messages show it."""
    text = " ".join(value.split())
    return text if len(text) <= 40 else f"{text[:39]}…"
