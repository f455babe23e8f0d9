"""Cuts the program's fonts down: when its wheel is made, and when a checkout is installed.

Hatchling runs this as a hook of the build. What it makes lies in `scripts/innspill/fonts/`, which
is the same folder in the wheel. What it depends on is pinned in `pyproject.toml`, so that the
bytes are the same everywhere. `scripts/setup` installs anew where this file, a pin or
`render/fonts.py`, which lists the files and their characters, has changed.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))

from innspill.render.fonts import BASIC, CHARACTERS, FACES, FOLDER, Face

RANGE = frozenset(
    [
        *range(0x20, 0x7F),
        *range(0xA0, 0x250),  # Latin-1, Extended-A and -B: Norwegian, Sámi, Kven, Polish …
        *range(0x2B0, 0x370),  # modifier letters and combining marks
        *range(0x1E00, 0x1F00),  # Latin Extended Additional
        *range(0x2000, 0x2070),  # spaces, dashes, quotation marks
        *range(0x2070, 0x20D0),  # superscripts, currency
        *range(0x2100, 0x2200),  # letterlike, fractions, arrows
        *range(0x2200, 0x2300),  # mathematical operators
        *range(0x25A0, 0x2600),  # geometric shapes
        0x2610, 0x2611, 0x2612, 0x2713, 0x2717,  # boxes and ticks
    ]
)  # fmt: skip
"""The code points that are kept, where a font has them."""
SPACES = frozenset({0x20, 0xA0, 0x2009, 0x202F})
"""Kept in every face: Pango draws the space beside a character by that character's font."""
FEATURES = ["kern", "mark", "mkmk", "liga", "locl", "ccmp", "tnum", "lnum"]
"""The OpenType layout features that are kept."""
TOLERANCE = 0.0005
"""How far a curve of a print may move, in parts of the font's size: a hundredth of a dot at
600 dpi."""


class CutFonts(BuildHookInterface[Any]):
    """What Hatchling runs before it makes a wheel, an editable one too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Makes the folder of the fonts anew."""
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir()
        characters = characters_of_all()
        for face in FACES:
            whole = cut(face, characters[face.name])
            (FOLDER / face.whole).write_bytes(packed(whole))
            (FOLDER / face.printed).write_bytes(as_truetype(whole))
            if not face.is_fallback:
                basic = cut(face, characters[face.name] & BASIC)
                (FOLDER / face.basic).write_bytes(packed(basic))
        told = {name: sorted(points) for name, points in characters.items()}
        (FOLDER / CHARACTERS).write_text(json.dumps(told))


def characters_of_all() -> dict[str, frozenset[int]]:
    """The code points that each face is to draw, by its name."""
    own = {face.name: frozenset(_open(_original(face)).getBestCmap()) & RANGE for face in FACES}
    text = frozenset.intersection(*(own[face.name] for face in FACES if not face.is_fallback))
    return {face.name: own[face.name] - (text if face.is_fallback else set()) for face in FACES}


def cut(face: Face, points: frozenset[int]) -> bytes:
    """A face with these characters alone, as OpenType."""
    options = Options()
    options.layout_features = FEATURES
    options.notdef_outline = True
    options.name_IDs = ["*"]  # the licence among them
    font = _open(_original(face))
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points | SPACES)
    subsetter.subset(font)
    return _saved(font)


def packed(data: bytes) -> bytes:
    """OpenType packed as WOFF2."""
    font = _open(data)
    font.flavor = "woff2"
    return _saved(font)


def as_truetype(data: bytes) -> bytes:
    """OpenType's cubic outlines (CFF) as TrueType's quadratic ones (glyf), for PDFs.

    A PDF then names each glyph by its place in the file, which every reader and checker
    understands alike (ISO 32000-1, 9.7.4.2); widths, kerning and line heights stay as they are.
    """
    font = _open(data)
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
    return _saved(font)


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


def _original(face: Face) -> bytes:
    package = "font_source_sans_pro" if face.is_fallback else "font_hanken_grotesk"
    return files(package).joinpath("files", f"{face.name}.otf").read_bytes()


def _open(data: bytes) -> Any:
    # The time of the cut must not get into the bytes.
    return TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False)


def _saved(font: Any) -> bytes:
    data = io.BytesIO()
    font.save(data, reorderTables=False)
    return data.getvalue()
