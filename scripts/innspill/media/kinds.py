"""What a file is: by its first bytes, and by its name, which tells servers and browsers.

Published is only what a browser shows or saves without running any of it. Any other file can
be put into a zip.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from innspill.messages import Message, say
from innspill.read.pointers import is_pointer

DRAWING = "SVG"
POINTER = "pointer"
"""What stands where a file is not here: that is told of where it is read."""
PIXELS = ("PNG", "JPEG", "GIF", "WEBP")
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "PNG": ("png",),
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "GIF": ("gif",),
    "WEBP": ("webp",),
    DRAWING: ("svg",),
}
"""The endings of the names of images."""

BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"IIRO", "RAW"),
    (b"IIU\0", "RAW"),
    (b"FUJIFILMCCD-RAW", "RAW"),
    (b"BM", "BMP"),
    (b"8BPS", "PSD"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\x01\0", "ICO"),
    (b"%PDF-", "PDF"),
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"gimp xcf", "XCF"),
    (b"\x1f\x8b", "GZIP"),
    (b"PK\x03\x04", "ZIP"),
)
"""How the files of each kind begin."""
BRANDS = {
    b"avif": "AVIF", b"avis": "AVIF", b"crx ": "RAW",
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"), "HEIC"),
    b"mif1": "HEIC", b"msf1": "HEIC",
}  # fmt: skip
"""The kinds of images among the files that are built as films are."""
PHOTOS = {"HEIC", "AVIF", "RAW", "JPEG 2000", "JPEG XL", "TIFF"}
"""What cameras make and browsers or PDFs can't show."""

DOCUMENTS = {
    "pdf", "doc", "docx", "dotx", "xls", "xlsx", "xltx", "ppt", "pptx", "ppsx", "potx", "odt",
    "ods", "odp", "odg", "rtf", "epub",
}  # fmt: skip
TEXTS = {"txt", "csv", "tsv", "json", "geojson", "ics", "vcf", "srt", "vtt", "md"}
PACKED = {
    "zip", "7z", "gz", "tar", "tgz", "gpkg", "sos", "dwg", "dxf", "ifc", "shp", "kmz", "bin", "dat",
}  # fmt: skip
PLAYED = {"mp3", "m4a", "wav", "ogg", "oga", "opus", "flac", "mp4", "m4v", "webm", "mov", "ogv"}
IMAGES = {ending for endings in ENDINGS.values() for ending in endings} | {
    "heic", "heif", "avif", "tif", "tiff", "bmp",
}  # fmt: skip
INERT = DOCUMENTS | TEXTS | PACKED | PLAYED | IMAGES - set(ENDINGS[DRAWING])
"""The endings of files that no browser runs; drawings are read before they are published."""


HTML = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)

HEAD = 100_000
"""So many bytes tell what a file is; an SVG may begin with a long comment."""


def kind_of(data: bytes) -> str | None:
    """What a file is by its first bytes: an image's format, `PDF` …; None where they don't tell."""
    if is_pointer(data):
        return POINTER
    for beginning, kind in BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        brands = [data[8:12], *(data[at : at + 4] for at in range(16, min(len(data), 64), 4))]
        return next((BRANDS[each] for each in brands if each in BRANDS), None)
    return DRAWING if looks_like_markup(data) and _is_drawing(data) else None


def looks_like_markup(data: bytes) -> bool:
    """Whether a file begins as XML or HTML does, in any of the encodings that XML has."""
    head = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<")


def is_image(data: bytes) -> bool:
    """Whether a file is an image of the kinds that are shown."""
    return kind_of(data) in {DRAWING, *PIXELS}


def _is_drawing(data: bytes) -> bool:
    head = data[:HEAD]
    for encoding, mark in (("utf-16", codecs.BOM_UTF16_LE), ("utf-16", codecs.BOM_UTF16_BE)):
        if head.startswith(mark):
            return "<svg" in head.decode(encoding, "replace")
    return b"<svg" in head.replace(b"\0", b"") or b":svg" in head


def ending_of(path: str) -> str:
    """The last part of a file's name, in small letters; empty where it has none."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_published(path: str, kind: str | None) -> bool:
    """Whether a file of this name and kind may be published: nothing in it runs."""
    ending = ending_of(path)
    return kind == DRAWING if ending in ENDINGS[DRAWING] else ending in INERT


def fitting_name(kind: str) -> str:
    """The ending that a file of this kind has."""
    return ENDINGS[kind][0]


def is_called(kind: str, path: str) -> bool:
    """Whether a file's name says what it is."""
    return ending_of(path) in ENDINGS[kind]


def why_no_image(path: str, kind: str | None, head: bytes | None) -> tuple[Message, Message]:
    """What is said of a file that is shown and is no image, and what to do."""
    if head == b"":
        return say('"{path}" is empty', path=path), say("save the image there once more")
    if kind is not None:
        message = say('"{path}" is {kind}, which browsers can\'t show', path=path, kind=kind)
        return message, advice_on(kind)
    if head and looks_like_markup(head) and HTML.search(head[:HEAD]):
        hint = say("save the image itself, not the page that it stands on")
        return say('"{path}" is a web page (HTML)', path=path), hint
    return say('"{url}" is no image', url=path), advice_on(kind)


def advice_on(kind: str | None) -> Message:
    """What to save an image as that can't be shown."""
    if kind in PHOTOS:
        return say("save it as JPEG")
    if kind in {"PDF", "EPS", "WMF"}:
        return say("save it as SVG or PNG")
    return say("use PNG, JPEG, GIF, WebP or SVG")
