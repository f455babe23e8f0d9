"""The digest of an object of a PDF with all that it leads to, however it is numbered and packed."""

from __future__ import annotations

import hashlib
from typing import Any

import pikepdf

from innspill.errors import InnspillError
from innspill.pdf.stream_data import PACKING, stream_data

DEEPEST = 40
"""How far an object may lead, one in the other."""


class TooDeep(InnspillError):
    """An object that leads further than any of the program's own."""


def canonical(value: Any, depth: int = 0) -> str:
    """The digest of a value. Raises TooDeep, and PdfError for a broken stream."""
    if depth > DEEPEST:
        raise TooDeep
    found = hashlib.sha256()
    if isinstance(value, pikepdf.Stream):
        found.update(stream_data(value))
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key in sorted(map(str, value.keys())):
            if isinstance(value, pikepdf.Stream) and key in PACKING:
                continue
            found.update(f"{key} {canonical(value[key], depth + 1)}\n".encode())
    elif isinstance(value, pikepdf.Array):
        for each in value:
            found.update(f"[{canonical(each, depth + 1)}".encode())
    elif isinstance(value, pikepdf.String):
        found.update(b"(" + bytes(value))
    else:
        found.update(f"{type(value).__name__} {value!r}".encode())
    return found.hexdigest()
