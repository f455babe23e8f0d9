"""What WeasyPrint drew on each page, and which element of the HTML it drew there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import pikepdf

from innspill.pdf.faults import Unexpected
from innspill.pdf.streams import Font, read_stream
from innspill.pdf.words import IMAGE, folded

OWN = frozenset({"", "first-letter", "first-line"})
"""The pseudo-elements that are a part of an element's own content."""
CHARACTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>\n")


@dataclass(frozen=True, slots=True, eq=False)
class MarkedPiece:
    """A marked piece of a page's content: a line's part in one style, or an image."""

    page: int
    mcid: int
    """Its number on the page (ISO 32000-1, 14.7.4.2)."""
    element: Element = field(repr=False)
    """What it was drawn from."""
    pseudo: str
    """The pseudo-element of it, as `marker` or `before`; empty for the element itself."""
    is_image: bool
    box: tuple[float, float, float, float]
    """Its left, top, right and bottom edge, in CSS pixels from the page's top left; the bottom
    of text is where it stands."""


@dataclass(frozen=True, slots=True)
class DrawnContent:
    """What was drawn of a print's HTML: without running heads and feet."""

    marks: tuple[MarkedPiece, ...]
    """In the order of the layout, which is that of the HTML on each page."""
    links: Mapping[Element, tuple[int, ...]]
    """The link annotations of each `a`, by their numbers among the file's objects."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A marked piece and the text that its glyphs stand for."""

    mark: MarkedPiece
    text: str
    """As it is compared."""
    begins_with_space: bool = False
    ends_in_space: bool = False

    @property
    def page(self) -> int:
        """The page, from 0."""
        return self.mark.page

    @property
    def is_generated(self) -> bool:
        """Whether a stylesheet makes it, and the HTML doesn't have it."""
        return self.mark.pseudo not in OWN

    @property
    def is_marker(self) -> bool:
        """Whether it is drawn as the marker of a list's item."""
        return self.mark.pseudo == "marker"


def read_fonts(pdf: pikepdf.Pdf, names: Mapping[str, str]) -> dict[str, Font]:
    """The fonts by the names that the streams use; `names` has the ones that they have got."""
    fonts = pdf.pages[0].Resources.get("/Font", pikepdf.Dictionary())
    return {old: _font(fonts[f"/{new}"], new) for old, new in names.items()}


def _font(font: pikepdf.Object, name: str) -> Font:
    texts = {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in CHARACTER.findall(font.ToUnicode.read_bytes())
    }
    space = next((b"%04x" % glyph for glyph, text in texts.items() if text == " "), None)
    first, widths = font.DescendantFonts[0].W
    if first != 0:
        raise Unexpected(f"widths of the font {name} that begin with glyph {first}")
    return Font(name, texts, space, len(widths))


def read_pieces(
    pdf: pikepdf.Pdf, fonts: Mapping[str, Font], drawing: DrawnContent
) -> tuple[Piece, ...]:
    """What each mark draws. Raises Unexpected."""
    texts = [read_stream(page.Contents.read_bytes(), fonts) for page in pdf.pages]
    return tuple(_piece(mark, texts[mark.page].get(mark.mcid)) for mark in drawing.marks)


def _piece(mark: MarkedPiece, text: str | None) -> Piece:
    if text is None:
        raise Unexpected("a piece that is not in its page's stream (is it half transparent?)")
    if mark.is_image:
        return Piece(mark, "" if mark.pseudo else IMAGE)
    return Piece(mark, folded(text), text[:1].isspace(), text[-1:].isspace())
