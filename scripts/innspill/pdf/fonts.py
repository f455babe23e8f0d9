"""Names of fonts that are the same wherever the same font is embedded.

WeasyPrint names a font after Pango's description of it, which differs between releases of
Pango. Here the six letters (ISO 32000-1, 9.6.4) come from the embedded file itself.
"""

from __future__ import annotations

import hashlib
import io
import re

import pikepdf
from pikepdf import Dictionary, Name

from innspill.pdf.faults import Unexpected

TAGGED = re.compile(r"/[A-Z]{6}\+(.+)")


def rename_fonts(pdf: pikepdf.Pdf) -> dict[str, str]:
    """Names every font after its content; gives the new names in streams by the old ones.

    Raises Unexpected where a font is not embedded as WeasyPrint does it.
    """
    fonts = pdf.pages[0].Resources.get("/Font", Dictionary())
    names: dict[str, str] = {}
    for key, font in list(fonts.items()):
        found = TAGGED.fullmatch(str(font.BaseFont))
        if found is None or font.Subtype != Name.Type0:
            raise Unexpected(f"the font {font.BaseFont}")
        descendant = font.DescendantFonts[0]
        descriptor = descendant.FontDescriptor
        file = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
        if file is None:
            raise Unexpected(f"the font {font.BaseFont}, which is not embedded")
        tag = _tag(file.read_bytes() + found[1].encode())
        name = Name(f"/{tag}+{found[1]}")
        font.BaseFont = descendant.BaseFont = descriptor.FontName = name
        names[key[1:]] = tag
    renamed = {f"/{names[key[1:]]}": font for key, font in fonts.items()}
    for key in list(fonts.keys()):
        del fonts[key]
    for key, font in sorted(renamed.items()):
        fonts[key] = font
    return names


def font_names(data: bytes) -> tuple[str, ...]:
    """The names of a finished PDF's fonts, in order, without the six letters."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = pdf.pages[0].Resources.get("/Font", Dictionary())
        return tuple(sorted({str(font.BaseFont).partition("+")[2] for font in fonts.values()}))


def _tag(content: bytes) -> str:
    digest = hashlib.sha256(content).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
