"""OpenType's cubic outlines (CFF) as TrueType's quadratic ones (glyf), for PDFs.

A PDF then names each glyph by its place in the file, which every reader and checker
understands alike (ISO 32000-1, 9.7.4.2); widths, kerning and line heights stay as they are.
"""

from __future__ import annotations

from typing import Any

TOLERANCE = 0.0005
"""How far a curve may move, in parts of the font's size: a hundredth of a dot at 600 dpi."""


def as_truetype(font: Any) -> None:
    """Changes the outlines of a fontTools font in place."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order = font.getGlyphOrder()
    drawn = font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        error = TOLERANCE * font["head"].unitsPerEm
        drawn[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    font["glyf"], font["loca"] = table, newTable("loca")
    del font["CFF "]
    _count(font)
    for name, glyph in glyphs.items():
        glyph.recalcBounds(table)
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    font.sfntVersion = "\x00\x01\x00\x00"


def _count(font: Any) -> None:
    """The tables that say how large the others are; fontTools fills in the sums."""
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    profile.maxZones = 1
    for name in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
    ):  # fmt: skip
        setattr(profile, name, 0)
    names = font["post"]
    names.formatType = 3.0
