"""What a path paints: a line, a rectangle, or the frame between two; else a shape of its own.

A path of any form is a line where all that it paints lies in a strip as narrow as one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from innspill.messages import say
from innspill.pdf.accounted.drawn_page import Unaccounted
from innspill.pdf.accounted.rectangles import Matrix, Rectangle, around, moved
from innspill.pdf.difference import Difference, Weight

ROUNDING = 0.01
"""How far from upright, in points, an edge may be that is upright."""
Point = tuple[float, float]
SHAPE = "shape "
"""What the paint of a surface begins with that is no rectangle: its digest follows."""
UNEVEN = 0.0037
"""Put to what is rounded, so that no honest length lies between two hundredths of a point."""


@dataclass(slots=True)
class PathInMaking:
    """A path as it is put together (ISO 32000-1, 8.5.2), in points of the page."""

    parts: list[list[Point]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    """How each of the points is reached."""

    @property
    def has_curves(self) -> bool:
        return "c" in self.steps

    def move(self, x: float, y: float, by: Matrix) -> None:
        self.parts.append([moved(x, y, by)])
        self.steps.append("m")

    def line(self, x: float, y: float, by: Matrix) -> None:
        self.parts[-1].append(moved(x, y, by))
        self.steps.append("l")

    def curve(self, bends: Sequence[Point], by: Matrix) -> None:
        """A curve to the last of three points; the others bend it."""
        self.parts[-1] += [moved(x, y, by) for x, y in bends]
        self.steps.append("c")

    def rectangle(self, x: float, y: float, width: float, height: float, by: Matrix) -> None:
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self.parts.append([moved(*each, by) for each in corners])
        self.steps.append("r")

    def outline(self, left: float, lower: float) -> str:
        """Its points, from there on, to a hundredth of a point."""
        points = (
            f"{x - left + UNEVEN:.2f} {y - lower + UNEVEN:.2f}"
            for part in self.parts
            for x, y in part
        )
        return f"{''.join(self.steps)} {' '.join(points)}"

    @property
    def bounds(self) -> Rectangle:
        """Raises ValueError where it has no points."""
        return around(point for part in self.parts for point in part)

    @property
    def rectangles(self) -> list[Rectangle] | None:
        """Its parts, where all of them are upright rectangles."""
        found = [None if self.has_curves else _rectangle(part) for part in self.parts]
        known = [each for each in found if each]
        return known if len(known) == len(found) else None

    def stroked(self, width: float, clip: Rectangle | None, page: int) -> list[Rectangle]:
        """What a stroke of so many points paints. Raises Unaccounted."""
        half = width / 2
        found = []
        for part in self.parts:
            box = around(part)
            grown = Rectangle(
                box.left - half, box.lower - half, box.right + half, box.upper + half
            ).within(clip)
            if not grown.is_thin:
                raise unknown_shape(page)
            found.append(grown)
        return found

    def filled(
        self, clip: Rectangle | None, *, is_even_odd: bool, is_clip_upright: bool
    ) -> list[Rectangle]:
        """The rectangles that filling it paints; none where it paints anything else."""
        whole = self.bounds.within(clip)
        if whole.is_thin:
            return [whole]
        known = self.rectangles if is_clip_upright else None
        if known and len(known) == 1:
            return [whole]
        if known and len(known) == 2 and is_even_odd:
            outer, inner = sorted(known, key=lambda each: each.width * each.height, reverse=True)
            if outer.holds(inner, ROUNDING):
                return [each.within(clip) for each in outer.without(inner)]
        return []


Inside = tuple[PathInMaking, bool]
"""What lies within a path, and whether by the even-odd rule (ISO 32000-1, 8.5.3.3)."""


def shape(insides: Sequence[Inside], whole: Rectangle, told: object) -> str:
    """The paint of a surface that lies within several paths, wherever on a page it stands."""
    outlines = [(path.outline(whole.left, whole.lower), rule) for path, rule in insides]
    size = f"{whole.width + UNEVEN:.2f} {whole.height + UNEVEN:.2f}"
    return SHAPE + hashlib.sha256(f"{told} {size} {outlines}".encode()).hexdigest()


def unknown_shape(page: int) -> Unaccounted:
    message = say("page {n}: something is drawn that this program does not draw", n=page)
    return Unaccounted(Difference(Weight.ACTIVE, message))


def _rectangle(points: list[Point]) -> Rectangle | None:
    """The upright rectangle of four corners."""
    if len(points) != 4:
        return None
    box = around(points)
    corners = {(box.left, box.lower), (box.right, box.lower), (box.right, box.upper)}
    corners.add((box.left, box.upper))
    for x, y in points:
        if not any(abs(x - a) < ROUNDING and abs(y - b) < ROUNDING for a, b in corners):
            return None
    (x0, y0), _, (x2, y2), _ = points
    is_across = abs(x0 - x2) >= ROUNDING or abs(y0 - y2) >= ROUNDING
    return box if is_across or box.is_thin else None
