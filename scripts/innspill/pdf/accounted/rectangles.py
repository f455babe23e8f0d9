"""Upright rectangles on a page, in points from its lower left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

THIN = 3.0
"""How wide a line may be, in points: in so narrow a strip no words can be drawn."""
Matrix = tuple[float, float, float, float, float, float]
"""A transformation (ISO 32000-1, 8.3.3)."""
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Its left, lower, right and upper edge."""

    left: float
    lower: float
    right: float
    upper: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.upper - self.lower

    @property
    def is_thin(self) -> bool:
        return min(self.width, self.height) <= THIN

    def within(self, other: Rectangle | None) -> Rectangle:
        """What of it lies in another; itself, where there is none."""
        if other is None:
            return self
        return Rectangle(
            max(self.left, other.left),
            max(self.lower, other.lower),
            min(self.right, other.right),
            min(self.upper, other.upper),
        )

    def meets(self, other: Rectangle, least: float = 0.0) -> bool:
        """Whether they have more than so much in common, both ways."""
        both = self.within(other)
        return both.width > least and both.height > least

    def holds(self, other: Rectangle, slack: float = 0.0) -> bool:
        """Whether another lies in it, or beyond it by no more than the slack."""
        return (
            self.left - slack <= other.left
            and self.lower - slack <= other.lower
            and other.right <= self.right + slack
            and other.upper <= self.upper + slack
        )

    def without(self, inner: Rectangle) -> tuple[Rectangle, ...]:
        """The four strips of a frame around a hole."""
        return (
            Rectangle(self.left, inner.upper, self.right, self.upper),
            Rectangle(self.left, self.lower, self.right, inner.lower),
            Rectangle(self.left, self.lower, inner.left, self.upper),
            Rectangle(inner.right, self.lower, self.right, self.upper),
        )


def around(points: Iterable[tuple[float, float]]) -> Rectangle:
    """The smallest rectangle that holds all points. Raises ValueError where there are none."""
    across, up = zip(*points, strict=True)
    return Rectangle(min(across), min(up), max(across), max(up))


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """What is done by one transformation and then by another."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def moved(x: float, y: float, by: Matrix) -> tuple[float, float]:
    """Where a point comes to stand."""
    a, b, c, d, e, f = by
    return a * x + c * y + e, b * x + d * y + f
