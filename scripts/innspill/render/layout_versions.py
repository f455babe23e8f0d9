"""What a PDF's bytes depend on besides the HTML and the files that it reads."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

PACKAGES = (
    "weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "fonttools",
    "pillow", "pikepdf",
)  # fmt: skip


@cache
def layout_versions() -> tuple[str, ...]:
    """The versions of all that lays it out."""
    packages = tuple(f"{name} {version(name)}" for name in PACKAGES)
    return (*packages, *_system_versions())


@cache
def finisher_digest() -> str:
    """The digest of the code that tells WeasyPrint how to lay it out, and that finishes it."""
    folder = files("innspill.pdf")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".py"))
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in names)).hexdigest()


@cache
def _system_versions() -> tuple[str, ...]:
    """Of the system's libraries that lay text out; what can't be asked is left out."""
    found = []
    for library, function, kind in (
        ("libpango-1.0.so.0", "pango_version_string", ctypes.c_char_p),
        ("libharfbuzz.so.0", "hb_version_string", ctypes.c_char_p),
        ("libfontconfig.so.1", "FcGetVersion", ctypes.c_int),
    ):
        with contextlib.suppress(OSError, AttributeError):
            ask = getattr(ctypes.CDLL(library), function)
            ask.restype = kind
            found.append(f"{library} {ask()}")
    return tuple(found)
