"""The picture of the site that is shown where a link to one of its pages is shared.

It says the site's title and who publishes it, in the pages' own font and colours.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from innspill.media.published import Memo
from innspill.render.fonts import FACES, Face, draws, font_file

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FORM = "1"
"""Of what is made of the same words: another number where this module draws otherwise."""
WIDTH, HEIGHT = 1200, 630
EDGE = 90
PAPER, INK, ACCENT, MARK = "#fdfcf9", "#1b232e", "#0b4d68", "#ffe08a"
SIZES = (84, 72, 60, 50, 42)
"""Of the title, the largest that fits is taken."""
LINES = 4


def shared_picture(title: str, publisher: str, memo: Memo) -> bytes:
    """The picture as PNG; it takes time to draw, and is kept by what it says."""
    import PIL

    key = ("shared picture", FORM, PIL.__version__, title, publisher)
    return memo(key, lambda: _drawn(title, publisher))


def _drawn(title: str, publisher: str) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 22), fill=ACCENT)
    draw.rectangle((EDGE, EDGE + 30, EDGE + 120, EDGE + 38), fill=MARK)
    font, lines = _set(title)
    top = EDGE + 80.0
    for line in lines:
        draw.text((EDGE, top), line, font=font, fill=INK)
        top += font.size * 1.2
    small = _font(publisher, 400, 34)
    draw.text((EDGE, HEIGHT - EDGE - 34), publisher, font=small, fill=ACCENT)
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def _set(title: str) -> tuple[FreeTypeFont, list[str]]:
    """The title in lines, in the largest size that has room; what has none ends in "…"."""
    for size in SIZES:
        font = _font(title, 600, size)
        lines = list(_broken(title, font))
        if len(lines) <= LINES and all(font.getlength(each) <= WIDTH - 2 * EDGE for each in lines):
            return font, lines
    cut = lines[:LINES]
    while font.getlength(f"{cut[-1]} …") > WIDTH - 2 * EDGE:
        cut[-1] = cut[-1][:-1]
    return font, [*cut[:-1], f"{cut[-1]} …"]


def _broken(text: str, font: FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > WIDTH - 2 * EDGE:
            yield line
            line = word
        else:
            line = longer
    yield line


def _font(text: str, weight: int, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    face = _face(text, weight)
    return ImageFont.truetype(
        io.BytesIO(font_file(face.printed)), size, layout_engine=ImageFont.Layout.BASIC
    )


def _face(text: str, weight: int) -> Face:
    """The text's own font, or the other where that lacks a character."""
    upright = [each for each in FACES if each.style == "normal"]
    upright.sort(key=lambda each: (abs(each.weight - weight), each.is_fallback))
    return next((each for each in upright if draws(each, text)), upright[0])
