"""An image's file without all that is no part of the picture, its pixels left as they are.

Position, camera, times, thumbnails, comments, colour profiles, and what stands behind the end.
Each function keeps the few pieces that it knows; so it need not know what else there may be.
"""

from __future__ import annotations

from collections.abc import Iterator

from innspill.errors import InnspillError

PNG = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}

JPEG_ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers that have no length."""
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
"""Says that the pixels are square, and has no thumbnail."""


class Damaged(InnspillError):
    """The pieces of a file don't fit together."""


def stripped(data: bytes, form: str) -> bytes:
    """The file without what is no part of the picture. Raises Damaged."""
    pieces = {"PNG": _png, "JPEG": _jpeg, "GIF": _gif, "WEBP": _webp}[form]
    try:
        return b"".join(pieces(data))
    except (IndexError, ValueError) as fault:
        raise Damaged(form) from fault


def _png(data: bytes) -> Iterator[bytes]:
    yield PNG
    at = len(PNG)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if end > len(data):
            break
        if kind in PNG_KEPT:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end
    raise Damaged("PNG")


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    for kind, piece in _segments(data):
        # Either of these two tells how the colours are written.
        if kind == 0xE0 and piece[4:9] == b"JFIF\0":
            yield JFIF
        elif kind == 0xEE and piece[4:9] == b"Adobe" and len(piece) >= 16:
            yield b"\xff\xee\x00\x0e" + piece[4:16]
        elif not (0xE0 <= kind <= 0xEF or kind == 0xFE):
            yield piece


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment with its marker, from behind the first to the picture's end."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise Damaged("JPEG")
        while data[at + 1] == 0xFF:
            at += 1
        kind = data[at + 1]
        if kind == 0xD9:
            yield kind, data[at : at + 2]
            return
        if kind in JPEG_ALONE:
            end = at + 2
        else:
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
            if end < at + 4 or end > len(data):
                raise Damaged("JPEG")
        if kind == 0xDA:
            end = _scan_end(data, end)
        yield kind, data[at:end]
        at = end


def _scan_end(data: bytes, at: int) -> int:
    """Where the compressed picture ends: at a marker that is neither a byte nor a restart."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0 and data[at + 1] != 0xFF and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _gif(data: bytes) -> Iterator[bytes]:
    at = 13 + _colours(data[10])
    yield data[:at]
    control = b""
    while True:
        kind = data[at]
        if kind == 0x21:
            end = _blocks_end(data, at + 2)
            if data[at + 1] == 0xF9:
                control = data[at:end]
        elif kind == 0x2C:
            end = _blocks_end(data, at + 11 + _colours(data[at + 9]))
            yield control + data[at:end]
            control = b""
        else:
            yield b";"
            return
        at = end


def _colours(flags: int) -> int:
    """The bytes of a table of colours."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _webp(data: bytes) -> Iterator[bytes]:
    kept, at = b"", 12
    whole = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= whole:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        kind = data[at : at + 4]
        if at + 8 + size > len(data):
            raise Damaged("WEBP")
        if kind == b"VP8X":  # of what it announces, only transparency is left
            kept += data[at : at + 8] + bytes([data[at + 8] & 0x10]) + data[at + 9 : end]
        elif kind in {b"VP8 ", b"VP8L", b"ALPH"}:
            kept += data[at:end].ljust(8 + size + size % 2, b"\0")
        at = end
    if not kept:
        raise Damaged("WEBP")
    yield b"RIFF" + (4 + len(kept)).to_bytes(4, "little") + b"WEBP" + kept
