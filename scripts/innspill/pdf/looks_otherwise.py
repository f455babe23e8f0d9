"""The pages of a PDF that look otherwise than those of another, as a reader sees them.

The pages are drawn by pypdfium2, which comes with the extra `import`. What differs in the files
decides what a PDF is: this only shows where a reader would see it. It reads files that may be made
to harm, in native code: run it apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from innspill.messages import Message, say

DPI = 50
"""Fine enough to see a full stop, and cheap: 0.24 million points for a sheet of A4."""
TOLD = 5
"""How many pages are told of, each by itself."""
Picture = tuple[int, int, bytes]
"""The width and height of a page in points of the screen, and each point's grey."""


def pages_otherwise(made: Sequence[bytes], given: bytes) -> tuple[Message, ...]:
    """Where the given PDF looks otherwise than the one of those made that is most like it."""
    pictures = _pictures(given)
    if not pictures:
        return ()
    shares = [_shares(_pictures(each), pictures) for each in made]
    nearest = min(shares, key=sum)
    differing = [(number, share) for number, share in enumerate(nearest, 1) if share]
    told = [
        say("page {n} looks otherwise: {share} % of it", n=number, share=max(1, round(share * 100)))
        for number, share in differing[:TOLD]
    ]
    if (left := len(differing) - TOLD) > 0:
        told.append(say("pages besides that look otherwise: {n}", n=left))
    return tuple(told)


def _shares(ours: Sequence[Picture], given: Sequence[Picture]) -> list[float]:
    """How much of each page is drawn otherwise: all of one that only one of them has."""
    return [_share(one, other) for one, other in zip_longest(ours, given)]


def _share(one: Picture | None, other: Picture | None) -> float:
    if one == other:
        return 0.0
    if one is None or other is None or one[:2] != other[:2]:
        return 1.0
    return sum(a != b for a, b in zip(one[2], other[2], strict=True)) / len(one[2])


def _pictures(data: bytes) -> list[Picture]:
    """Each page as it is drawn; none of a file that can't be."""
    import pypdfium2  # an extra

    try:
        pages = pypdfium2.PdfDocument(data)
        drawn = [page.render(scale=DPI / 72, grayscale=True) for page in pages]
    except pypdfium2.PdfiumError:
        return []
    return [(each.width, each.height, bytes(each.buffer)) for each in drawn]
