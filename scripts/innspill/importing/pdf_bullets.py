"""Signs of lists that a PDF draws and does not write: browsers draw the dots before items."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from math import inf
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

BY_DEPTH = "•◦▪"
NEAR = 4.0
"""Points: signs that stand so far from each other are those of two lists, one in the other."""


@dataclass(frozen=True, slots=True)
class DrawnSign:
    """A small shape as wide as it is high, in points from the page's lower left."""

    left: float
    right: float
    middle: float


def drawn_signs(page: Any) -> list[DrawnSign]:
    """The shapes of a page that may be the signs of items."""
    found = []
    for shape in islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1), MOST):
        left, bottom, right, top = shape.get_bounds()
        width, height = right - left, top - bottom
        if 0 < width < 12 and abs(width - height) < 0.25 * width:
            found.append(DrawnSign(left, right, (bottom + top) / 2))
    return found


def with_signs(
    lines: Sequence[TextLine], signs: Sequence[DrawnSign], height: float
) -> list[TextLine]:
    """The lines of a page that is so high, each behind the sign that is drawn before it.

    Signs further in are those of lists in lists.
    """
    found = {n: sign for n, line in enumerate(lines) if (sign := _before(line, signs, height))}
    lefts = sorted(sign.left for sign in found.values())
    starts = [left for before, left in pairwise([-inf, *lefts]) if left - before > NEAR]
    made = list(lines)
    for n, sign in found.items():
        depth = bisect_right(starts, sign.left) - 1
        drawn = BY_DEPTH[min(depth, len(BY_DEPTH) - 1)]
        made[n] = replace(lines[n], runs=(TextRun(f"{drawn} "), *lines[n].runs))
    return made


def _before(line: TextLine, signs: Sequence[DrawnSign], height: float) -> DrawnSign | None:
    """The sign that is drawn before a line."""
    foot, start = height * (1 - line.height), line.column + line.left
    for sign in signs:
        is_small = SMALLEST * line.size < sign.right - sign.left < LARGEST * line.size
        is_level = foot - 0.1 * line.size < sign.middle < foot + 0.8 * line.size
        if is_small and is_level and 0 < start - sign.right < FARTHEST * line.size:
            return sign
    return None
