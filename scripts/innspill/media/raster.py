"""Images of pixels: what one is, whether it can be shown, and the form that it is published in.

Published, an image stands upright, is in sRGB with 8 bits a colour, is no wider than paper and
screens can use, and says nothing but its picture. Where it is all that but the last, its
pixels are left as they are.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innspill.media.strip_metadata import stripped
from innspill.messages import Message, say

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
"""A page of A4 has 35 million at 600 dots an inch."""
WIDEST = 2000
"""Pixels: the width of the text on A4 at 300 dots an inch, and of a page on the finest screens."""
QUALITY = 88
"""Of a JPEG or WebP that had to be made anew."""
FORMAT = "1"
"""Of what is made of the same image: another number where this module makes other bytes."""

TURNED = {5, 6, 7, 8}
"""The orientations that lie on their side."""
AS_THEY_ARE = {"1", "L", "LA", "P", "RGB", "RGBA"}
"""Pillow's names of the colours that browsers and a PDF/A in sRGB show alike."""
CONVERTED = {
    "CMYK": "RGB", "YCbCr": "RGB", "LAB": "RGB", "RGBX": "RGB", "RGBa": "RGBA", "La": "LA",
    "PA": "RGBA", "I": "L", "I;16": "L", "I;16B": "L", "I;16L": "L", "I;16N": "L",
}  # fmt: skip
"""The others that can be told in those."""
NEARLY = 4
"""So much of 255 may a colour differ that is as good as the same."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why an image can't be shown."""

    code: str
    message: Message
    hint: Message
    line: int = 0
    """Of a drawing, the line of its file."""


def size_of(data: bytes) -> tuple[int, int] | None:
    """The width and height of an image as it is published; None where it is none."""
    try:
        with opened(data) as picture:
            return _scaled(*_upright(picture))
    except Exception:  # whatever Pillow makes of a damaged file: `flaw_of` tells it
        return None


def flaw_of(data: bytes, size: int) -> Flaw | None:
    """Why an image can't be shown: it is too large, damaged, or moves.

    `size` is how many bytes its file has.
    """
    if size > MOST_BYTES:
        message = say("the image has more than {most} million bytes", most=MOST_BYTES // 1_000_000)
        return Flaw("image-too-large", message, say("make it smaller"))
    from PIL import Image as Pictures

    try:
        with opened(data) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Pictures.DecompressionBombError
            if getattr(picture, "is_animated", False) and picture.format != "MPO":
                message = say("the image moves, and paper shows its first picture alone")
                return Flaw("image-moves", message, say("save one picture of it, as PNG or JPEG"))
            if picture.mode not in AS_THEY_ARE | CONVERTED.keys():
                message = say("the image's colours ({mode}) can't be shown", mode=picture.mode)
                hint = say("save it in RGB, with 8 bits a colour")
                return Flaw("image-colours", message, hint)
            picture.load()
            stripped(data, _form(picture))
    except Pictures.DecompressionBombError:  # Pillow raises it by itself for the largest
        message = say(
            "the image has more than {most} million pixels", most=MOST_PIXELS // 1_000_000
        )
        return Flaw("image-too-large", message, say("make it smaller"))
    except Exception as fault:  # whatever Pillow's decoders make of a damaged file
        if isinstance(fault, OSError) and "truncated" in str(fault).lower():
            message = say("the image's file is cut short")
        else:
            message = say("the image's file is damaged")
        return Flaw("image-damaged", message, say("save it anew, as PNG or JPEG"))
    return None


def remade(data: bytes) -> bytes:
    """An image as it is published; one that has no flaw. The same bytes for the same bytes."""
    with opened(data) as picture:
        form = _form(picture)
        size = _upright(picture)
        profile = picture.info.get("icc_profile")
        is_new = (
            _orientation(picture) != 1
            or _scaled(*size) != size
            or picture.mode not in AS_THEY_ARE
            or _has_deep_colours(data, form)
            or (profile is not None and not _is_srgb(profile, picture.mode))
        )
        return stripped(_made_anew(picture, form, profile) if is_new else data, form)


def _made_anew(picture: ImageFile, form: str, profile: bytes | None) -> bytes:
    from PIL import Image as Pictures
    from PIL import ImageOps

    is_lossless = form == "WEBP" and b"VP8L" in _head(picture)
    made = ImageOps.exif_transpose(picture)
    made = _in_srgb(made, profile)
    size = _scaled(*made.size)
    if size != made.size:
        if made.mode in {"1", "P"}:
            made = made.convert("RGBA" if "transparency" in made.info else _more(made))
        made = made.resize(size, Pictures.Resampling.LANCZOS)
    if form == "JPEG" and made.mode not in {"L", "RGB"}:
        made = made.convert("RGB")
    # What Pillow would write of its own accord stands here.
    transparency = made.info.get("transparency") if form in {"PNG", "GIF"} else None
    made.info = {} if transparency is None else {"transparency": transparency}
    options: dict[str, Any] = {
        "PNG": {"compress_level": 9},
        "JPEG": {"quality": QUALITY, "optimize": True},
        "GIF": {},
        "WEBP": {"quality": QUALITY, "lossless": is_lossless, "method": 4},
    }[form]
    file = io.BytesIO()
    made.save(file, form, **options)
    return file.getvalue()


def _head(picture: ImageFile) -> bytes:
    """The first bytes of an image's file."""
    file = picture.fp
    assert file is not None
    at = file.tell()
    file.seek(0)
    head = file.read(64)
    file.seek(at)
    return bytes(head)


def _more(picture: Image) -> str:
    """The colours that a picture of few is scaled in."""
    return "L" if picture.mode == "1" else "RGB"


def _in_srgb(picture: Image, profile: bytes | None) -> Image:
    """A picture in sRGB with 8 bits a colour; a profile that doesn't fit it is left aside."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    converted = _converted(picture, profile) if profile else None
    if converted is not None:
        return converted
    return picture.convert(CONVERTED[picture.mode]) if picture.mode in CONVERTED else picture


def _converted(picture: Image, profile: bytes) -> Image | None:
    """A picture through its own profile, None where that can't be used."""
    from PIL import ImageCms

    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    alpha = picture.getchannel("A") if picture.mode in {"LA", "RGBA"} else None
    plain = picture.convert(picture.mode.removesuffix("A")) if alpha else picture
    is_grey = plain.mode in {"1", "L"}
    if plain.mode == "1":
        return None
    try:
        made = ImageCms.profileToProfile(
            plain, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    if made is None:
        return None
    made = made.convert("L") if is_grey else made
    if alpha:
        made.putalpha(alpha)
    return made


def _is_srgb(profile: bytes, mode: str) -> bool:
    """Whether a profile shows colours as sRGB does, or can't be used: then it is left out."""
    from PIL import Image as Pictures

    if mode in {"1", "L", "LA"}:
        samples = Pictures.frombytes("L", (16, 16), bytes(range(256)))
    elif mode in {"P", "RGB", "RGBA"}:
        steps = range(0, 256, 51)
        colours = bytes(each for r in steps for g in steps for b in steps for each in (r, g, b))
        samples = Pictures.frombytes("RGB", (len(colours) // 3, 1), colours)
    else:
        return False
    shown = _converted(samples, profile)
    if shown is None:
        return True
    pairs = zip(samples.tobytes(), shown.tobytes(), strict=True)
    return all(abs(one - other) <= NEARLY for one, other in pairs)


def _has_deep_colours(data: bytes, form: str) -> bool:
    """Whether a PNG has 16 bits a colour."""
    return form == "PNG" and data[24] == 16


def _upright(picture: Image) -> tuple[int, int]:
    width, height = picture.size
    return (height, width) if _orientation(picture) in TURNED else (width, height)


def _orientation(picture: Image) -> int:
    """How the camera was held, as EXIF has it; 1 where it was upright."""
    try:
        value = picture.getexif().get(0x0112, 1)
    except Exception:  # EXIF of any program's making
        return 1
    return value if value in range(1, 9) else 1


def _scaled(width: int, height: int) -> tuple[int, int]:
    if width <= WIDEST:
        return width, height
    return WIDEST, max(1, round(height * WIDEST / width))


def _form(picture: Image) -> str:
    """The image's format; a phone's JPEG with more pictures behind it (MPO) is a JPEG."""
    return "JPEG" if picture.format == "MPO" else str(picture.format)


@contextmanager
def opened(data: bytes) -> Iterator[ImageFile]:
    """An image, which Pillow refuses if it is cut short; WeasyPrint, once loaded, lets it be."""
    from PIL import Image as Pictures
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pictures.open(io.BytesIO(data), formats=FORMATS) as picture:
                yield picture
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
"""No other decoder is ever given an author's file."""
