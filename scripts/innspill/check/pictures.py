"""Rules for what images hold: that they can be read, are bounded, and fit for an archive.

A small file may unfold to gigabytes of pixels, so its head is read first.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from innspill.check.texts import SIGNATURES, nodes_of
from innspill.diagnostics import Diagnostic, Location, error
from innspill.messages import say
from innspill.model import Site
from innspill.text import Image, Internal

MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
"""A page of A4 has 35 million at 600 dots an inch."""
COLOURS = {"1", "L", "LA", "P", "RGB", "RGBA"}
"""Pillow's names of the colours that a PDF/A in sRGB can hold."""


def images_are_fit(site: Site) -> Iterator[Diagnostic]:
    """Each image can be read to its end, within bounds, in colours that a screen has."""
    data = {each.url: each.data for each in site.attachments}
    images: dict[str, Image] = {}
    for node in nodes_of(site):
        if isinstance(node, Image) and isinstance(node.target, Internal):
            images.setdefault(node.target.url, node)
    for url, node in images.items():
        content = data.get(url, b"")
        if len(content) > MOST_BYTES:
            message = say(
                "the image has more than {most} million bytes", most=MOST_BYTES // 1_000_000
            )
            yield error("image-too-large", message, node.at, say("make it smaller"))
        elif content.startswith(SIGNATURES) and not content.startswith(b"<"):
            yield from _fit(content, node.at)


def _fit(content: bytes, at: Location) -> Iterator[Diagnostic]:
    from PIL import Image as Pictures

    try:
        with _to_the_end(), warnings.catch_warnings():
            warnings.simplefilter("ignore", Pictures.DecompressionBombWarning)
            picture = Pictures.open(io.BytesIO(content))
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Pictures.DecompressionBombError
            picture.load()
    except Pictures.DecompressionBombError:  # Pillow raises it by itself for the largest
        message = say(
            "the image has more than {most} million pixels", most=MOST_PIXELS // 1_000_000
        )
        yield error("image-too-large", message, at, say("make it smaller"))
        return
    except Exception as fault:  # whatever Pillow's decoders make of a damaged file
        why = type(fault).__name__ if not str(fault) else str(fault)
        message = say("the image can't be read: {why}", why=why)
        yield error("image-damaged", message, at, say("save it anew, as PNG or JPEG"))
        return
    if picture.mode not in COLOURS:
        message = say("the image's colours ({mode}) don't fit in the PDF", mode=picture.mode)
        yield error("image-colours", message, at, say("save it in RGB, with 8 bits a colour"))


@contextmanager
def _to_the_end() -> Iterator[None]:
    """Lets Pillow refuse an image that is cut short; WeasyPrint, once loaded, lets it be."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
