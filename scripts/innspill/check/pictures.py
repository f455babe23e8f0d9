"""Rules for what images hold: that they can be read, are bounded, and fit for an archive.

A small file may unfold to gigabytes of pixels, so its head is read first.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from innspill.blob import Blob
from innspill.check.texts import TextOf, leading_in, texts_in
from innspill.diagnostics import Diagnostic, error
from innspill.memory import Memory
from innspill.messages import Message, say
from innspill.model import Site
from innspill.read.pointers import is_pointer
from innspill.text import Image, Internal

SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"<svg", b"<?xml")
"""How the files of PNG, JPEG, GIF, WebP and SVG begin."""
HEAD = 1025
"""So many bytes tell whether a file is one of these, or but a pointer to one."""
MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
"""A page of A4 has 35 million at 600 dots an inch."""
COLOURS = {"1", "L", "LA", "P", "RGB", "RGBA"}
"""Pillow's names of the colours that a PDF/A in sRGB can hold."""


def images_are_images(site: Site, once: Memory) -> Iterator[Diagnostic]:
    """Each image is a file that browsers and PDFs can show, by its first bytes."""
    files = {each.url: each.blob for each in site.attachments}
    for image, url in _images_in(site, once):
        head = files[url].head(HEAD) if url in files else b""
        if not head.lstrip().startswith(SIGNATURES) and not is_pointer(head):
            message = say('"{url}" is no image', url=url)
            yield error("no-image", message, image.at, say("use PNG, JPEG, GIF, WebP or SVG"))


def images_are_fit(site: Site, once: Memory) -> Iterator[Diagnostic]:
    """Each image can be read to its end, within bounds, in colours that a screen has.

    What is wrong with one is told where it first stands in a consultation, or outside of all.
    """
    files = {each.url: each.blob for each in site.attachments}
    outside: tuple[TextOf, ...] = (site.prose, *(page.prose for page in site.pages))
    inside: list[tuple[TextOf, ...]] = [
        (case.prose, *case.statements) for case in site.consultations
    ]
    for texts in (outside, *inside):
        first: dict[str, Image] = {}
        for text in texts:
            for image, url in once(_images_of, text, once):
                first.setdefault(url, image)
        for url, image in first.items():
            if url in files and (flaw := once(_flaw_of, files[url])):
                yield error(flaw.code, flaw.message, image.at, flaw.hint)


def _images_in(site: Site, once: Memory) -> Iterator[tuple[Image, str]]:
    """The site's own images wherever they stand, with the addresses of their files."""
    for text in texts_in(site):
        yield from once(_images_of, text, once)


def _images_of(text: TextOf, once: Memory) -> tuple[tuple[Image, str], ...]:
    return tuple(
        (image, image.target.url)
        for image in once(leading_in, text)
        if isinstance(image, Image) and isinstance(image.target, Internal)
    )


@dataclass(frozen=True, slots=True)
class _Flaw:
    """What is wrong with an image, wherever it stands."""

    code: str
    message: Message
    hint: Message


def _flaw_of(file: Blob) -> _Flaw | None:
    if file.size > MOST_BYTES:
        message = say("the image has more than {most} million bytes", most=MOST_BYTES // 1_000_000)
        return _Flaw("image-too-large", message, say("make it smaller"))
    data = file.load()
    if not data.startswith(SIGNATURES) or data.startswith(b"<"):
        return None
    from PIL import Image as Pictures
    from PIL import UnidentifiedImageError

    try:
        with _to_the_end(), warnings.catch_warnings():
            warnings.simplefilter("ignore", Pictures.DecompressionBombWarning)
            picture = Pictures.open(io.BytesIO(data))
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Pictures.DecompressionBombError
            picture.load()
    except Pictures.DecompressionBombError:  # Pillow raises it by itself for the largest
        message = say(
            "the image has more than {most} million pixels", most=MOST_PIXELS // 1_000_000
        )
        return _Flaw("image-too-large", message, say("make it smaller"))
    except Exception as fault:  # whatever Pillow's decoders make of a damaged file
        # What is said of an unknown format names a place in the computer's memory.
        is_known = not isinstance(fault, UnidentifiedImageError)
        why = str(fault) if is_known and str(fault) else type(fault).__name__
        message = say("the image can't be read: {why}", why=why)
        return _Flaw("image-damaged", message, say("save it anew, as PNG or JPEG"))
    if picture.mode not in COLOURS:
        message = say("the image's colours ({mode}) don't fit in the PDF", mode=picture.mode)
        return _Flaw("image-colours", message, say("save it in RGB, with 8 bits a colour"))
    return None


def can_be_shown(file: Blob) -> bool:
    """Whether both rules pass an image."""
    return file.head(HEAD).lstrip().startswith(SIGNATURES) and _flaw_of(file) is None


@contextmanager
def _to_the_end() -> Iterator[None]:
    """Lets Pillow refuse an image that is cut short; WeasyPrint, once loaded, lets it be."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
