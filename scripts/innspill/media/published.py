"""The form that a file beside the texts is published in: the one way to its bytes.

1. A drawing is written anew from what was understood of it. 2. An image that a text shows is
cleaned, turned and scaled. 3. Any other file is published as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from innspill.blob import Blob, hashed
from innspill.media.kinds import DRAWING, HEAD, PIXELS, kind_of

Memo = Callable[[tuple[str, ...], Callable[[], bytes]], bytes]
"""Gives what is kept under a key, or makes and keeps it."""
Style = Callable[[str, str], str]
"""Gives the style sheet that comes along in a drawing, by its letters and by all of it."""


def published(file: Blob, memo: Memo, *, is_shown: bool, style: Style | None = None) -> Blob:
    """A file as it is published; it has no flaw. Raises what its pieces raise.

    What takes time to make is kept by the digest of the file, and asked for anew by who wants it.
    """
    kind = kind_of(file.head(HEAD))
    if kind == DRAWING:
        pieces = partial(_drawn, file, style)
    elif is_shown and kind in PIXELS:
        pieces = partial(_cleaned, file, memo)
    else:
        return file
    return Blob(*hashed(pieces()), pieces)


def _drawn(file: Blob, style: Style | None) -> Iterator[bytes]:
    from innspill.media.drawing import read_drawing, write_drawing

    drawing = read_drawing(file.load())
    written = write_drawing(drawing)
    if style and drawing.letters:
        written = write_drawing(drawing, style("".join(drawing.letters), written.decode()))
    yield written


def _cleaned(file: Blob, memo: Memo) -> Iterator[bytes]:
    import PIL

    from innspill.media.raster import FORMAT, remade

    key = ("image", FORMAT, PIL.__version__, file.sha256)
    yield memo(key, lambda: remade(file.load()))


def shown_size(file: Blob) -> tuple[int, int] | None:
    """The width and height, in pixels of CSS, that an image is published with."""
    kind = kind_of(file.head(HEAD))
    if kind == DRAWING:
        from innspill.media import drawing

        if file.size > drawing.MOST_BYTES:
            return None
        width, height = drawing.read_drawing(file.load()).size
        return (max(1, round(width)), max(1, round(height))) if width and height else None
    if kind not in PIXELS:
        return None
    from innspill.media import raster

    return raster.size_of(file.load()) if file.size <= raster.MOST_BYTES else None
