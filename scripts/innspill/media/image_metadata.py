"""What an image of pixels tells besides its picture, where it is published as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from innspill.media.document_metadata import has_position, names_in_xml
from innspill.media.raster import opened

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

ARTIST, OWNER, XP_AUTHOR = 0x013B, 0xA430, 0x9C9D
EXIF, GPS = 0x8769, 0x8825
BY_LINE = (2, 80)
"""Of IPTC."""
NAMING = {"author", "artist", "creator"}
"""The keys of a PNG's texts that hold a name."""


def metadata_of_image(data: bytes) -> tuple[tuple[str, ...], bool]:
    """The names that it tells, and whether it tells where it was taken."""
    try:
        with opened(data) as picture:
            picture.load()
            names = [each.strip("\0 ") for each in _names(picture)]
            place = bool(picture.getexif().get_ifd(GPS)) or has_position(_xmp(picture))
    except Exception:  # whatever a program has written there
        return (), False
    return tuple(dict.fromkeys(each for each in names if each)), place


def _names(picture: ImageFile) -> Iterator[str]:
    from PIL import IptcImagePlugin

    exif = picture.getexif()
    yield from (str(exif.get(ARTIST, "")), str(exif.get_ifd(EXIF).get(OWNER, "")))
    author = exif.get(XP_AUTHOR, b"")
    yield bytes(author).decode("utf-16-le", "replace") if isinstance(author, bytes | tuple) else ""
    yield from (str(value) for key, value in picture.info.items() if str(key).lower() in NAMING)
    yield from names_in_xml(_xmp(picture))
    lines = (IptcImagePlugin.getiptcinfo(picture) or {}).get(BY_LINE, b"")
    for each in lines if isinstance(lines, list) else [lines]:
        yield each.decode("utf-8", "replace")


def _xmp(picture: ImageFile) -> bytes:
    found = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    return found.encode() if isinstance(found, str) else bytes(found)
