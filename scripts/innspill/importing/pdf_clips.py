"""What a page shows of a picture: a PDF cuts things with clip paths (ISO 32000-1, 8.5.4)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the page's lower left."""
EDGE = 0.5
"""Points: what is cut by less is not cut, but rounded."""


def shown_of(box: Box, chain: Sequence[Any]) -> Box:
    """The part of a picture's box that its clip paths leave, and those of the forms that hold it.

    `chain` is the picture and its forms, from the inside out. A path counts as the box around it.
    """
    left, bottom, right, top = box
    for at, each in enumerate(chain):
        for clip in _clips(each, chain[at + 1 :]):
            left, bottom = max(left, clip[0]), max(bottom, clip[1])
            right, top = min(right, clip[2]), min(top, clip[3])
    shown = (left, bottom, right, top)
    is_cut = any(abs(mine - whole) > EDGE for mine, whole in zip(shown, box, strict=True))
    return shown if is_cut else box


def _clips(item: Any, forms: Sequence[Any]) -> Iterator[Box]:
    """The boxes of one thing's clip paths, which are measured as the innermost form is."""
    clip = pdfium.FPDFPageObj_GetClipPath(item.raw)
    for number in range(pdfium.FPDFClipPath_CountPaths(clip)):
        box = _around(clip, number)
        for form in forms:
            box = form.get_matrix().on_rect(*box)
        yield box


def _around(clip: Any, number: int) -> Box:
    """The box around a path; one without points shows nothing."""
    x, y = ctypes.c_float(), ctypes.c_float()
    across, up = [], []
    for at in range(pdfium.FPDFClipPath_CountPathSegments(clip, number)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, number, at)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            across.append(x.value)
            up.append(y.value)
    return (min(across), min(up), max(across), max(up)) if across else (0, 0, 0, 0)
