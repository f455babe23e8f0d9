"""What is drawn on a page: its text in runs, and its surfaces, lines and pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from innspill.errors import InnspillError
from innspill.pdf.accounted.rectangles import Rectangle
from innspill.pdf.difference import Difference

CORE = 0.45
"""How high the letters without ascenders are, of a font's size."""
Colour = tuple[float, ...]
"""Red, green, blue and opacity."""


class Unaccounted(InnspillError):
    """Something is in a PDF that the program is not known to make."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(difference)
        self.difference = difference


@dataclass(frozen=True, slots=True)
class DrawnRun:
    """Letters that are drawn one behind the other."""

    mcid: int | None
    """Its number on the page; None of furniture, which no screen reader reads."""
    text: tuple[str, ...]
    """What each glyph stands for."""
    edges: tuple[float, ...]
    """Where each glyph begins, and where the last one ends."""
    baseline: float
    font: str
    """The digest of the font, with all that is embedded of it."""
    size: float
    colour: Colour
    order: int
    """What is drawn later has a higher one."""
    is_hyphen: bool = False
    """Whether it is one that hyphenation put there."""

    @property
    def core(self) -> Rectangle:
        """Where its letters are told apart: without ascenders, descenders and outer spaces."""
        seen = [at for at, text in enumerate(self.text) if not text.isspace()]
        first, last = (seen[0], seen[-1] + 1) if seen else (0, 0)
        upper = self.baseline + CORE * self.size
        return Rectangle(self.edges[first], self.baseline, self.edges[last], upper)


@dataclass(frozen=True, slots=True)
class Surface:
    """A line, a coloured rectangle or a picture."""

    area: Rectangle
    paint: Colour | str
    """Its colour; of a picture, its digest."""
    order: int
    is_whole: bool = True
    """Whether all of its area is painted, and not a part that a clip or a curve leaves."""


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """All that is drawn on a page, in the order in which it is."""

    runs: tuple[DrawnRun, ...] = field(repr=False)
    surfaces: tuple[Surface, ...] = field(repr=False)
    figures: tuple[tuple[int, str, Rectangle], ...] = field(repr=False)
    """Each piece that is a picture: its number, its digest, and where it stands."""
    marks: frozenset[int]
    """The numbers of the marked pieces."""
    opacities: frozenset[float]
    """How opaque anything is to be."""
