"""Drawings (SVG): read safely, held to a list of what may stand in one, and written anew.

What is published is never the file itself but what was understood of it: its shapes, and of
their attributes those of `drawing_values`. So nothing hides in an encoding, an entity, a
comment or another program's own elements.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from innspill.media.drawing_reader import SVG, read_xml
from innspill.media.drawing_uses import check_uses
from innspill.media.drawing_values import FONT
from innspill.media.shapes import FlawAt, FlawKind, NotRead, Shape
from innspill.messages import say

MOST_BYTES = 5_000_000
FEW = 5
"""So many flaws of one drawing are told."""


@dataclass(frozen=True, slots=True)
class DrawingReport:
    """What was understood of a drawing, and what is wrong with it."""

    root: Shape | None = field(repr=False)
    size: tuple[float, float]
    """In pixels of CSS."""
    flaws: tuple[FlawAt, ...]
    letters: tuple[str, ...] = ()
    """The characters of its text."""
    fonts: tuple[tuple[int, str], ...] = ()
    """The other fonts that it names for its text, each behind its line."""


def read_drawing(data: bytes, size: int | None = None) -> DrawingReport:
    """Reads a drawing, and tells what is wrong with it: a few things, each once.

    The gravest come first.

    `size` is how many bytes its file has, where these are not all.
    """
    if (size or len(data)) > MOST_BYTES:
        message = say("it has more than {most} million bytes", most=MOST_BYTES // 1_000_000)
        return DrawingReport(None, (0, 0), (FlawAt(1, message, FlawKind.TOO_MUCH),))
    sketch = read_xml(data)
    if not sketch.flaws:
        with suppress(NotRead):
            check_uses(sketch)
    first: dict[str, FlawAt] = {}
    for each in sorted(sketch.flaws, key=lambda flaw: (flaw.sort, flaw.line)):
        first.setdefault(str(each.message), each)
    flaws = tuple(first.values())[:FEW]
    fonts = tuple((line, font) for font, line in sketch.fonts.items()) if sketch.letters else ()
    return DrawingReport(sketch.root, sketch.size, flaws, tuple(sketch.letters), fonts)


def write_drawing(drawing: DrawingReport, style: str = "") -> bytes:
    """A drawing as it is published; `style` is a style sheet that comes along."""
    assert drawing.root is not None
    attributes = {"xmlns": SVG, **drawing.root.attributes}
    if drawing.letters:
        attributes.setdefault("font-family", FONT)
    inside = "".join(map(_written, drawing.root.children))
    sheet = f"<style>{style}</style>" if style else ""
    return f"<svg{_attributes(attributes)}>{sheet}{inside}</svg>\n".encode()


def _written(each: Shape | str) -> str:
    if isinstance(each, str):
        return escape(each)
    inside = "".join(map(_written, each.children))
    start = f"<{each.tag}{_attributes(each.attributes)}"
    return f"{start}>{inside}</{each.tag}>" if inside else f"{start}/>"


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
