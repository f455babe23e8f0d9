"""The files beside the texts as pages show them and as prints read them.

A drawing's text is set in the project's font. A browser shows a drawing by itself, without the
page's fonts, so there the font stands in the drawing; a print has it anyway.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

from innspill.blob import Blob
from innspill.media.drawing_values import FONT
from innspill.media.published import Memo, published
from innspill.model import Attachment
from innspill.render.fonts import BASIC, FACES, Face, font_file

BOLD = re.compile(r"font-weight\W+(?:bold|[5-9]00)")
SPACED_ALIKE = "text{font-kerning:none;font-variant-ligatures:none}"
"""WeasyPrint sets a drawing's text letter by letter."""


def for_page(file: Attachment, memo: Memo) -> Blob:
    """A file as it is published. `memo` keeps what takes time to make."""
    return published(file.blob, memo, is_shown=file.is_shown, style=_fonts)


def for_prints(files: Iterable[Attachment], memo: Memo) -> dict[str, Blob]:
    """The images that prints may show, by their addresses."""
    return {each.url: published(each.blob, memo, is_shown=True) for each in files if each.is_shown}


def _fonts(letters: str, drawing: str) -> str:
    """The faces that a drawing's text is set in, as far as can be told from its letters."""
    is_basic = BASIC.issuperset(map(ord, letters))
    faces = (each for each in FACES if each.family == FONT and _is_named(each, drawing))
    files = ((each, font_file(each.basic if is_basic else each.whole)) for each in faces)
    return "".join(_font_rule(*each) for each in files) + SPACED_ALIKE


def _is_named(face: Face, drawing: str) -> bool:
    is_bold, is_italic = int(face.weight) >= 600, face.style == "italic"
    return (not is_bold or BOLD.search(drawing) is not None) and (
        not is_italic or "italic" in drawing
    )


def _font_rule(face: Face, font: bytes) -> str:
    data = base64.b64encode(font).decode()
    return (
        f"@font-face{{font-family:{FONT};font-weight:{face.weight};"
        f"font-style:{face.style};src:url(data:font/woff2;base64,{data})}}"
    )
