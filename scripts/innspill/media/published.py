"""The form that a file beside the texts is published in: the only door to its bytes from there.

1. A drawing is written anew from what was understood of it. 2. An image that a text shows is
cleaned, turned and scaled. 3. Any other file is published as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

from innspill.installed import version
from innspill.media.kinds import DRAWING, PIXELS, kind_of

Memo = Callable[[tuple[str, ...], Callable[[], bytes]], bytes]
"""Gives what is kept under a key, or makes and keeps it."""


Style = Callable[[str, str], str]
"""Gives the style sheet that comes along in a drawing, by its letters and by all of it."""


def is_published_as_it_is(data: bytes, *, is_shown: bool) -> bool:
    """Whether a file's own bytes are published."""
    kind = kind_of(data)
    return kind != DRAWING and not (is_shown and kind in PIXELS)


def published(data: bytes, memo: Memo, *, is_shown: bool, style: Style = lambda *_: "") -> bytes:
    """A file's bytes as they are published; `style` gives the style of a drawing with text.

    The file has no flaw. What it takes time to make is kept by the digest of its bytes.
    """
    if is_published_as_it_is(data, is_shown=is_shown):
        return data
    if kind_of(data) == DRAWING:
        from innspill.media.drawing import read_drawing, write_drawing

        read = read_drawing(data)
        written = write_drawing(read)
        if not read.letters or not (sheet := style("".join(read.letters), written.decode())):
            return written
        return write_drawing(read, sheet)
    from innspill.media import raster

    digest = hashlib.sha256(data).hexdigest()
    key = ("image", raster.FORMAT, version("pillow"), digest)
    return memo(key, partial(raster.remade, data))


def shown_size(data: bytes) -> tuple[int, int] | None:
    """The width and height, in pixels of CSS, that an image is published with."""
    kind = kind_of(data)
    if kind == DRAWING:
        from innspill.media.drawing import read_drawing

        width, height = read_drawing(data).size
        return (max(1, round(width)), max(1, round(height))) if width and height else None
    if kind not in PIXELS:
        return None
    from innspill.media.raster import size_of

    return size_of(data)
