"""Signs of lists that a PDF draws and does not write: browsers draw the dots before items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium

from innspill.importing.blocks import TextRun
from innspill.importing.lines import TextLine

MOST = 5000
"""How many shapes of a page are looked at."""
SMALLEST, LARGEST = 0.15, 0.6
"""Sizes of the letters: how wide and high a sign is."""
FARTHEST = 1.6
"""Sizes of the letters: how far before its text a sign stands."""


@dataclass(frozen=True, slots=True)
class DrawnSign:
    """A small shape as wide as it is high, in points from the page's lower left."""

    left: float
    right: float
    middle: float


def drawn_signs(page: Any) -> list[DrawnSign]:
    """The shapes of a page that may be the signs of items."""
    return list(_signs(page))


def _signs(page: Any) -> Iterator[DrawnSign]:
    for shape in islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1), MOST):
        left, bottom, right, top = shape.get_bounds()
        width, height = right - left, top - bottom
        if 0 < width < 12 and abs(width - height) < 0.25 * width:
            yield DrawnSign(left, right, (bottom + top) / 2)


def with_signs(
    lines: Sequence[TextLine], signs: Sequence[DrawnSign], height: float
) -> list[TextLine]:
    """The lines of a page that is so high, each behind the sign that is drawn before it."""
    return [_with_sign(line, signs, height) for line in lines] if signs else list(lines)


def _with_sign(line: TextLine, signs: Sequence[DrawnSign], height: float) -> TextLine:
    foot, start = height * (1 - line.height), line.column + line.left
    for sign in signs:
        is_small = SMALLEST * line.size < sign.right - sign.left < LARGEST * line.size
        is_level = foot - 0.1 * line.size < sign.middle < foot + 0.8 * line.size
        if is_small and is_level and 0 < start - sign.right < FARTHEST * line.size:
            return replace(line, runs=(TextRun("• "), *line.runs))
    return line
