"""The project's fonts: their files, the characters that they draw, and how stylesheets name them.

Hanken Grotesk is the text's font, its Medium for text and its Bold for what stands out: the stem
of its Regular is a fifth thinner than a text face's, and fades on an office printer. Source Sans
Pro draws the few characters that it lacks, and no others. Their files come with the program, so
that output does not depend on the machine: `scripts/cut_fonts.py` cuts them when the program is
installed from a checkout, or its wheel is made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from innspill.failure import MachineFault
from innspill.messages import say

FOLDER = Path(__file__).parents[1] / "fonts"
"""Where the cut files are."""
CHARACTERS = "characters.json"
"""The file there that tells the code points that each face has."""
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


@dataclass(frozen=True, slots=True)
class Face:
    """One weight and style of a font: its files, and how a stylesheet names it."""

    name: str
    """Its files' name without an ending; that of the file they are cut from too."""
    family: str
    weight: int
    style: str
    is_fallback: bool = False
    """Whether it draws only what the text's font lacks."""

    @property
    def whole(self) -> str:
        """The file for pages, as WOFF2 (W3C, WOFF File Format 2.0)."""
        return f"{self.name}.woff2"

    @property
    def basic(self) -> str:
        """The same with no other characters than `BASIC`; a fallback has none such."""
        return f"{self.name}-Basic.woff2"

    @property
    def printed(self) -> str:
        """The file to embed whole in a PDF, as TrueType."""
        return f"{self.name}.ttf"


FACES = (
    Face("HankenGrotesk-Medium", "Hanken Grotesk", 500, "normal"),
    Face("HankenGrotesk-MediumItalic", "Hanken Grotesk", 500, "italic"),
    Face("HankenGrotesk-Bold", "Hanken Grotesk", 700, "normal"),
    Face("HankenGrotesk-BoldItalic", "Hanken Grotesk", 700, "italic"),
    Face("SourceSansPro-Regular", "Source Sans Pro", 400, "normal", is_fallback=True),
    Face("SourceSansPro-Semibold", "Source Sans Pro", 600, "normal", is_fallback=True),
)
FOR_PAGES = (
    *(face.whole for face in FACES),
    *(face.basic for face in FACES if not face.is_fallback),
)
"""The files that pages' stylesheets name."""


def font_file(name: str) -> bytes:
    """A file of the fonts. Raises MachineFault where the fonts are not there."""
    try:
        return (FOLDER / name).read_bytes()
    except FileNotFoundError as fault:
        raise _missing() from fault


def _missing() -> MachineFault:
    return MachineFault(
        say("the program's fonts are missing: install it anew, in a checkout with scripts/build")
    )


@cache
def coverage() -> frozenset[int]:
    """The code points that every weight and style can draw, by its own face or a fallback."""
    return _common(is_fallback=False) | _common(is_fallback=True)


def draws(face: Face, text: str) -> bool:
    """Whether a face has all characters of a text."""
    return _characters()[face.name].issuperset(map(ord, text))


def _common(*, is_fallback: bool) -> frozenset[int]:
    faces = (face for face in FACES if face.is_fallback is is_fallback)
    return frozenset.intersection(*(_characters()[face.name] for face in faces))


def font_rule(face: Face, address: str, form: str) -> str:
    """The `@font-face` rule of a face."""
    return _rule(face, address, form, _characters()[face.name] if face.is_fallback else ())


def basic_rule(face: Face, address: str, form: str) -> str:
    """The rule of its basic part, to stand behind `font_rule`'s.

    Where both have a character the later rule counts (W3C, CSS Fonts Level 4, 4.5.1), and
    the whole face is not fetched.
    """
    return _rule(face, address, form, _characters()[face.name] & BASIC)


def _rule(face: Face, address: str, form: str, points: Iterable[int]) -> str:
    ranges = f"  unicode-range: {_ranges(points)};\n" if points else ""
    return (
        f'@font-face {{\n  font-family: "{face.family}";\n'
        f"  font-weight: {face.weight};\n  font-style: {face.style};\n"
        f'  font-display: swap;\n  src: url("{address}") format("{form}");\n{ranges}}}\n'
    )


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
def _characters() -> dict[str, frozenset[int]]:
    """The code points that each face is to draw, by its name. Raises MachineFault."""
    found = {name: frozenset(each) for name, each in json.loads(font_file(CHARACTERS)).items()}
    if found.keys() != {face.name for face in FACES}:  # a checkout that was not set up anew
        raise _missing()
    return found
