"""The project's fonts: which characters they draw, and the files cut down for use.

Hanken Grotesk is the text's font. Source Sans Pro draws the few characters that it lacks,
and no others. Both come as packages, so that output does not depend on the machine.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import font_hanken_grotesk
import font_source_sans_pro

from innspill.render.truetype import as_truetype

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


BASIC = frozenset(
    [
        *range(0x20, 0x7F),
        *range(0xA0, 0x100),
        *range(0x2000, 0x2070),  # dashes, quotation marks
        *range(0x2190, 0x2194),  # arrows, which the pages' own words have
        0x20AC,
    ]
)
"""What most Norwegian and English pages need: all that a browser then fetches of a face."""
SPACES = frozenset({0x20, 0xA0, 0x2009, 0x202F})
"""Kept in every face: Pango draws the space beside a character by that character's font."""
FEATURES = ["kern", "mark", "mkmk", "liga", "locl", "ccmp", "tnum", "lnum"]
"""The OpenType layout features that are kept."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file and how a stylesheet names it."""

    file: str
    """Its name without an ending; that of the file it was cut from too."""
    family: str
    weight: int
    style: str
    is_fallback: bool = False
    """Whether it draws only what the text's font lacks."""


FACES = (
    Face("HankenGrotesk-Regular", "Hanken Grotesk", 400, "normal"),
    Face("HankenGrotesk-Italic", "Hanken Grotesk", 400, "italic"),
    Face("HankenGrotesk-SemiBold", "Hanken Grotesk", 600, "normal"),
    Face("HankenGrotesk-SemiBoldItalic", "Hanken Grotesk", 600, "italic"),
    Face("SourceSansPro-Regular", "Source Sans Pro", 400, "normal", is_fallback=True),
    Face("SourceSansPro-Semibold", "Source Sans Pro", 600, "normal", is_fallback=True),
)

Memo = Callable[[tuple[str, ...], Callable[[], bytes]], bytes]
"""Gives what was made for a key before, or makes it."""


@cache
def coverage() -> frozenset[int]:
    """The code points that every weight and style can draw, by its own face or a fallback."""
    text = _common([face for face in FACES if not face.is_fallback])
    return text | _common([face for face in FACES if face.is_fallback])


def cut(face: Face, memo: Memo) -> bytes:
    """A face cut down to `RANGE`, as OpenType."""
    return memo(("font", face.file, *_versions()), lambda: _cut(face, _kept(face)))


def for_print(face: Face, memo: Memo) -> bytes:
    """The same cut with TrueType's outlines, to embed whole in a PDF."""
    return memo(("truetype", face.file, *_versions()), lambda: _truetype(cut(face, memo)))


def packed(face: Face, memo: Memo) -> bytes:
    """The same cut, packed as WOFF2 (W3C, WOFF File Format 2.0) for pages."""
    return memo(("woff2", face.file, *_versions()), lambda: _packed(cut(face, memo)))


def packed_basic(face: Face, memo: Memo) -> bytes:
    """The face cut down to `BASIC`, packed likewise."""
    points = _kept(face) & BASIC
    return memo(("basic", face.file, *_versions()), lambda: _packed(_cut(face, points)))


def _cut(face: Face, points: frozenset[int]) -> bytes:
    from fontTools.subset import Options, Subsetter

    options = Options()
    options.layout_features = FEATURES
    options.notdef_outline = True
    options.name_IDs = ["*"]
    font = _open(_original(face))
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points | SPACES)
    subsetter.subset(font)
    return _saved(font)


def _packed(data: bytes) -> bytes:
    font = _open(data)
    font.flavor = "woff2"
    return _saved(font)


def _truetype(data: bytes) -> bytes:
    font = _open(data)
    as_truetype(font)
    return _saved(font)


def _saved(font: Any) -> bytes:
    data = io.BytesIO()
    font.save(data, reorderTables=False)
    return data.getvalue()


@cache
def _versions() -> tuple[str, ...]:
    """Of all that a cut depends on: the packages, and how it is made."""
    packages = ("font-hanken-grotesk", "font-source-sans-pro", "fonttools", "brotli")
    recipe = repr((sorted(RANGE), sorted(BASIC), sorted(SPACES), FEATURES)).encode()
    return (hashlib.sha256(recipe).hexdigest(), *(version(package) for package in packages))


def _ranges(points: Iterable[int]) -> str:
    """Code points as CSS writes a `unicode-range`."""
    runs: list[list[int]] = []
    for point in sorted(points):
        if runs and runs[-1][-1] == point - 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return ", ".join(
        f"U+{run[0]:X}" if len(run) == 1 else f"U+{run[0]:X}-{run[-1]:X}" for run in runs
    )


@cache
def _kept(face: Face) -> frozenset[int]:
    own = _characters(_original(face)) & RANGE
    if not face.is_fallback:
        return own
    return own - _common([each for each in FACES if not each.is_fallback])


def _characters(font: bytes) -> frozenset[int]:
    """The code points that a font has."""
    return frozenset(_open(font).getBestCmap())


def _common(faces: list[Face]) -> frozenset[int]:
    return frozenset.intersection(*(_kept(face) for face in faces))


def font_rule(face: Face, address: str, form: str) -> str:
    """The `@font-face` rule of a face."""
    return _rule(face, address, form, _kept(face) if face.is_fallback else frozenset())


def basic_rule(face: Face, address: str, form: str) -> str:
    """The rule of its basic part, to stand behind `font_rule`'s.

    Where both have a character the later rule counts (W3C, CSS Fonts Level 4, 4.5.1), and
    the whole face is not fetched.
    """
    return _rule(face, address, form, _kept(face) & BASIC)


def _rule(face: Face, address: str, form: str, points: frozenset[int]) -> str:
    ranges = f"  unicode-range: {_ranges(points)};\n" if points else ""
    return (
        f'@font-face {{\n  font-family: "{face.family}";\n'
        f"  font-weight: {face.weight};\n  font-style: {face.style};\n"
        f'  font-display: swap;\n  src: url("{address}") format("{form}");\n{ranges}}}\n'
    )


def _original(face: Face) -> bytes:
    package = font_source_sans_pro if face.is_fallback else font_hanken_grotesk
    return (Path(package.__file__).parent / "files" / f"{face.file}.otf").read_bytes()


def _open(data: bytes) -> Any:
    from fontTools.ttLib import TTFont

    # The time of the cut must not get into the bytes.
    return TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False)
