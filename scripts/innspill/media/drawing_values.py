"""What the attributes of a drawing may say: each is drawn alike by browsers and by WeasyPrint.

The tables are the result of drawing both ways and laying the pictures on each other. What is
missing here WeasyPrint leaves out or draws otherwise: a dash that begins before its line, a
gradient in parts of its shape, text along a path, lines under text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from math import isfinite

FONT = "Hanken Grotesk"
"""The font that a drawing's text is set in, in pages and prints."""
MOST = 1e7
"""No number may be larger: what is beyond has no place on a page."""

NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
LENGTH = rf"{NUMBER}(?:px|pt|pc|mm|cm|in|em|ex|%)?"
ABSOLUTE = rf"{NUMBER}(?:px|pt|pc|mm|cm|in)?"
GAP = r"(?:\s*,\s*|\s+)"
NAME = r"[A-Za-z_][\w.:-]*"
REFERENCE = re.compile(rf"#({NAME})")
"""A place in the drawing itself, as `href` names it."""
PLACE = re.compile(rf"url\(\s*(?P<quote>['\"]?)#(?P<id>{NAME})(?P=quote)\s*\)")
"""The same as a style's value names it."""
PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}

Allowed = Callable[[str], bool]


def whole(pattern: str) -> Allowed:
    """Whether a value is all of this form, and its numbers are no larger than any page."""
    form = re.compile(pattern)
    return lambda value: form.fullmatch(value) is not None and _is_bounded(value)


def _is_bounded(value: str) -> bool:
    return all(isfinite(n := float(each)) and abs(n) <= MOST for each in re.findall(NUMBER, value))


def _one_of(*values: str) -> Allowed:
    return lambda value: value in values


def _is_colour(value: str) -> bool:
    if value in {"currentColor", "transparent"} or value.lower() in _colour_names():
        return True
    return bool(COLOUR.fullmatch(value)) and _is_bounded(value)


@cache
def _colour_names() -> frozenset[str]:
    from PIL.ImageColor import colormap

    return frozenset(colormap)


PART = rf"\s*{NUMBER}%?\s*"
COLOUR = re.compile(
    rf"#(?:[0-9a-fA-F]{{3}}|[0-9a-fA-F]{{4}}|[0-9a-fA-F]{{6}}|[0-9a-fA-F]{{8}})"
    rf"|(?:rgb|hsl)a?\({PART},{PART},{PART}(?:,{PART})?\)"
)


PAINTS = {"none", "context-fill", "context-stroke"}
"""The latter are those of the line that a marker stands on."""


def _is_paint(value: str) -> bool:
    return value in PAINTS or _is_colour(value) or is_place(value)


def is_place(value: str) -> bool:
    """Whether a style's value names a place in the drawing: `url(#shade)`."""
    return PLACE.fullmatch(value) is not None


def _is_place_or_none(value: str) -> bool:
    return value == "none" or is_place(value)


def _is_dashes(value: str) -> bool:
    return value == "none" or ("-" not in value and _LENGTHS(value))


_LENGTHS = whole(rf"{LENGTH}(?:{GAP}{LENGTH})*")
_LENGTH = whole(LENGTH)
_NUMBERS = rf"\s*{NUMBER}(?:{GAP}{NUMBER})*\s*"
_TRANSFORM = whole(rf"\s*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\({_NUMBERS}\)[\s,]*)*")


def _size(value: str) -> bool:
    return not value.startswith("-") and _LENGTH(value)


def _share(value: str) -> bool:
    return whole(rf"{NUMBER}%?")(value)


STYLES: Mapping[str, Allowed] = {
    "fill": _is_paint,
    "stroke": _is_paint,
    "color": _is_colour,
    "stop-color": _is_colour,
    "opacity": _share,
    "fill-opacity": _share,
    "stroke-opacity": _share,
    "stop-opacity": _share,
    "fill-rule": _one_of("nonzero", "evenodd"),
    "clip-path": _is_place_or_none,
    "clip-rule": _one_of("nonzero", "evenodd"),
    "stroke-width": _size,
    "stroke-linecap": _one_of("butt", "round", "square"),
    "stroke-linejoin": _one_of("miter", "round", "bevel"),
    "stroke-miterlimit": lambda value: whole(NUMBER)(value) and float(value) >= 1,
    "stroke-dasharray": _is_dashes,
    "stroke-dashoffset": _size,
    "marker-start": _is_place_or_none,
    "marker-mid": _is_place_or_none,
    "marker-end": _is_place_or_none,
    "display": _one_of("none", "inline"),
    "visibility": _one_of("visible", "hidden"),
    "font-family": whole(r"[^()\\{}<>@;]*"),
    "font-size": _size,
    "font-style": _one_of("normal", "italic"),
    "font-weight": _one_of("normal", "bold", *(str(each) for each in range(100, 1000, 100))),
    "letter-spacing": lambda value: value == "normal" or _LENGTH(value),
    "text-anchor": _one_of("start", "middle", "end"),
}
"""Properties of style, which are attributes too."""

NEUTRAL: Mapping[str, Allowed] = {
    **dict.fromkeys(
        (
            "background", "background-color", "color-interpolation", "color-interpolation-filters",
            "color-rendering", "color-scheme", "cursor", "enable-background", "isolation",
            "max-height", "max-width", "user-select", "flood-color", "flood-opacity",
            "font-kerning",
            "font-variant-ligatures", "glyph-orientation-horizontal",
            "glyph-orientation-vertical", "image-rendering", "kerning", "lighting-color",
            "line-height", "overflow", "pointer-events", "shape-margin", "shape-padding",
            "shape-rendering", "solid-color", "solid-opacity", "text-align", "text-orientation",
            "text-rendering", "text-decoration-line", "text-decoration-style",
            "text-decoration-color", "white-space",
        ),
        lambda _: True,
    ),
    "alignment-baseline": _one_of("auto", "baseline", "alphabetic"),
    "baseline-shift": _one_of("baseline", "0"),
    "clip": _one_of("auto"),
    "direction": _one_of("ltr"),
    "dominant-baseline": _one_of("auto", "alphabetic"),
    "filter": _one_of("none"),
    "font-feature-settings": _one_of("normal"),
    "font-size-adjust": _one_of("none"),
    "font-stretch": _one_of("normal"),
    "font-variant": _one_of("normal"),
    "font-variant-alternates": _one_of("normal"),
    "font-variant-caps": _one_of("normal"),
    "font-variant-east-asian": _one_of("normal"),
    "font-variant-numeric": _one_of("normal"),
    "font-variant-position": _one_of("normal"),
    "font-variation-settings": _one_of("normal"),
    "marker": _one_of("none"),
    "mask": _one_of("none"),
    "mix-blend-mode": _one_of("normal"),
    "paint-order": _one_of("normal", "fill", "fill stroke", "fill stroke markers"),
    "text-decoration": _one_of("none"),
    "text-indent": _one_of("0"),
    "text-transform": _one_of("none"),
    "unicode-bidi": _one_of("normal"),
    "vector-effect": _one_of("none"),
    "word-spacing": _one_of("normal", "0", "0px"),
    "writing-mode": _one_of("lr-tb", "lr", "horizontal-tb"),
}  # fmt: skip
"""Properties with the values at which they change nothing: what is not published of them."""

UNLIKE = {
    "transform",
    "transform-origin",
    "transform-box",
    "pathLength",
    "textLength",
    "lengthAdjust",
    "systemLanguage",
    "requiredExtensions",
    "requiredFeatures",
    "fr",
    "media",
    "font",
}
"""Attributes that SVG knows and that change what is drawn where no table has them.

Any other attribute that is neither a property nor in a table changes nothing: it isn't written.
"""

_BOX = {"x": _LENGTH, "y": _LENGTH}
_RADII = {"rx": _size, "ry": _size}
_TEXT = {
    "x": _LENGTHS,
    "y": _LENGTHS,
    "dx": _LENGTHS,
    "dy": _LENGTHS,
    "rotate": whole(_NUMBERS),
}
_GRADIENT = {"gradientUnits": _one_of("userSpaceOnUse"), "gradientTransform": _TRANSFORM,
             "spreadMethod": _one_of("pad")}  # fmt: skip
_ABSOLUTE = whole(ABSOLUTE)

OWN: Mapping[str, Mapping[str, Allowed]] = {
    "svg": {},
    "g": {"transform": _TRANSFORM},
    "defs": {"transform": _TRANSFORM},
    "use": {**_BOX, "transform": _TRANSFORM},
    "path": {"transform": _TRANSFORM},
    "rect": {**_BOX, **_RADII, "width": _size, "height": _size, "transform": _TRANSFORM},
    "circle": {"cx": _LENGTH, "cy": _LENGTH, "r": _size, "transform": _TRANSFORM},
    "ellipse": {"cx": _LENGTH, "cy": _LENGTH, **_RADII, "transform": _TRANSFORM},
    "line": {
        **dict.fromkeys(("x1", "y1", "x2", "y2"), _LENGTH),
        "transform": _TRANSFORM,
    },
    "polyline": {"transform": _TRANSFORM},
    "polygon": {"transform": _TRANSFORM},
    "text": {**_TEXT, "transform": _TRANSFORM},
    "tspan": _TEXT,
    "linearGradient": {**dict.fromkeys(("x1", "y1", "x2", "y2"), _ABSOLUTE), **_GRADIENT},
    "radialGradient": {**dict.fromkeys(("cx", "cy", "r", "fx", "fy"), _ABSOLUTE), **_GRADIENT},
    "stop": {"offset": _share},
    "clipPath": {"clipPathUnits": _one_of("userSpaceOnUse"), "transform": _TRANSFORM},
    "marker": {
        "refX": _ABSOLUTE,
        "refY": _ABSOLUTE,
        "markerWidth": _ABSOLUTE,
        "markerHeight": _ABSOLUTE,
        "markerUnits": _one_of("strokeWidth", "userSpaceOnUse"),
        "orient": lambda value: value in {"auto", "auto-start-reverse"} or whole(NUMBER)(value),
        "preserveAspectRatio": _one_of("xMidYMid", "xMidYMid meet"),
        "overflow": _one_of("visible", "hidden"),
        "viewBox": whole(_NUMBERS),
    },
    "style": {},
}
"""The elements that are drawn, each with its own attributes."""

ALIGNED = re.compile(r"none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max)(?:\s+(?:meet|slice))?")
"""How a drawing is fitted into its box."""


def pixels(value: str) -> float | None:
    """A length in pixels of CSS; None where it depends on what is around."""
    found = re.fullmatch(rf"\s*({NUMBER})(px|pt|pc|mm|cm|in)?\s*", value)
    return float(found[1]) * PIXELS[found[2] or ""] if found else None


TOKEN = re.compile(rf"\s*,?\s*(?:([MmLlHhVvCcSsQqTtAaZz])|({NUMBER}))")
TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
FLAG = re.compile(r"\s*,?\s*([01])")


def path_steps(value: str) -> list[str] | None:
    """A path's steps, each with its letter; None where it is no path.

    WeasyPrint reads a step of many points again for each of them, in squared time.
    """
    steps, numbers = list[str](), list[str]()
    letter, at, is_waiting = "", 0, False
    value = value.strip()
    while at < len(value):
        is_flag = letter in {"a", "A"} and len(numbers) in {3, 4}
        found = (FLAG if is_flag else TOKEN).match(value, at)
        if found is None:
            return None
        at = found.end()
        if not is_flag and found[1]:
            if numbers or is_waiting:
                return None
            letter, is_waiting = found[1], found[1] not in "zZ"
            steps += [] if is_waiting else ["Z"]
            continue
        number = found[1] if is_flag else found[2]
        if letter in {"", "z", "Z"} or not _is_bounded(number):
            return None
        numbers.append(number)
        if len(numbers) == TAKES[letter.lower()]:
            steps.append(f"{letter}{' '.join(numbers)}")
            letter, numbers, is_waiting = {"m": "l", "M": "L"}.get(letter, letter), [], False
    return None if numbers or is_waiting or (steps and steps[0][0] not in "mM") else steps


def points(value: str) -> list[str] | None:
    """The points of a polyline or polygon as a path's steps; None where they are none."""
    numbers = re.findall(NUMBER, value)
    if re.sub(rf"{NUMBER}|[\s,]", "", value) or len(numbers) % 2 or not _is_bounded(value):
        return None
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return [f"{'L' if n else 'M'}{x} {y}" for n, (x, y) in enumerate(pairs)]
