"""Finishes WeasyPrint's PDF: archival (PDF/A-2a or 3a), accessible (PDF/UA-1), reproducible.

1. Fonts get names after their content. 2. What was drawn is read, and held to the words of the
HTML. 3. The tag tree is made from the HTML, and written in place of WeasyPrint's.
4. The streams get its numbers, and the spaces and soft hyphens that line ends leave out.
5. Links are described. 6. Metadata is written whole. 7. All is packed by pikepdf's own zlib.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import pikepdf
from pikepdf import Name

from innspill.pdf.drawn import DrawnContent, Piece, read_fonts, read_pieces
from innspill.pdf.embed_files import write_attached
from innspill.pdf.embedded_file import EmbeddedFile
from innspill.pdf.faults import OffPage
from innspill.pdf.fonts import rename_fonts
from innspill.pdf.links import tidy_annotations, write_links
from innspill.pdf.made_from import UNTOLD, MadeFrom
from innspill.pdf.match import match
from innspill.pdf.metadata import read_about, write_about, write_colours
from innspill.pdf.streams import Font, PieceChange, rename_in_stream, write_stream
from innspill.pdf.tag_tree import Tree, build_tree
from innspill.pdf.words import IMAGE, read_words
from innspill.pdf.write_tags import POINTS, number_pieces, write_tags

ROUNDING = 0.01
"""How far beyond its page, in CSS pixels, an edge may seem to be that is the page's own."""


@dataclass(frozen=True, slots=True)
class Producer:
    """What a PDF is laid out with."""

    name: str
    """The program, as the file names it."""
    colours: bytes = field(repr=False)
    """The ICC profile of its colours, sRGB."""


def finish(
    raw: bytes,
    html: Element,
    drawing: DrawnContent,
    maker: Producer,
    attached: tuple[EmbeddedFile, ...] = (),
    made_from: MadeFrom = UNTOLD,
) -> bytes:
    """The finished PDF of what WeasyPrint made of `html`; PDF/A-3a where it has files in it.

    `drawing` has what was drawn of each of its elements.

    Raises Unmatched where it draws other words than the HTML has, OffPage where it draws some
    beyond the page's edge, and Unexpected where it draws in a way that is not known here.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        fonts = read_fonts(pdf, rename_fonts(pdf))
        words = read_words(html)
        pieces = read_pieces(pdf, fonts, drawing)
        _stay_on_page(pdf, pieces)
        tree = build_tree(html, words, match(pieces, words), drawing.links)
        numbers = number_pieces(tree.root)
        tidy_annotations(pdf)
        write_tags(pdf, tree.root, numbers)
        write_links(pdf, tree.root)
        _write_streams(pdf, fonts, tree, pieces, numbers)
        about = read_about(html, maker.name, made_from)
        write_about(pdf, about, part=3 if attached else 2)
        write_attached(pdf, attached, about)
        write_colours(pdf, maker.colours)
        _draw_images_plainly(pdf)
        return _saved(pdf)


def _stay_on_page(pdf: pikepdf.Pdf, pieces: tuple[Piece, ...]) -> None:
    """No line ends beyond a page's right edge, or stands below its foot."""
    sizes = [[float(side) / POINTS for side in page.mediabox[2:]] for page in pdf.pages]
    for piece in pieces:
        _, _, right, bottom = piece.mark.box
        width, height = sizes[piece.page]
        if piece.text and (right > width + ROUNDING or bottom > height + ROUNDING):
            raise OffPage(piece.page + 1, piece.text.removeprefix(IMAGE))


def _write_streams(
    pdf: pikepdf.Pdf,
    fonts: Mapping[str, Font],
    tree: Tree,
    pieces: tuple[Piece, ...],
    numbers: Mapping[Piece, int],
) -> None:
    at = {(piece.page, piece.mark.mcid): piece for piece in pieces}
    for page, dictionary in enumerate(pdf.pages):

        def fate(mcid: int, page: int = page) -> PieceChange:
            piece = at.get((page, mcid))
            if piece is None:
                return PieceChange(None, is_furniture=True)
            if piece not in numbers:
                return PieceChange(None)
            return PieceChange(
                numbers[piece],
                ends_in_space=piece in tree.spaced,
                ends_in_hyphen=piece in tree.hyphenated,
            )

        contents = dictionary.obj.Contents
        contents.write(write_stream(contents.read_bytes(), fonts, fate))
    for each in pdf.objects:
        is_form = isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Form
        if is_form or (isinstance(each, pikepdf.Stream) and "/PatternType" in each):
            each.write(rename_in_stream(each.read_bytes(), fonts))


def _draw_images_plainly(pdf: pikepdf.Pdf) -> None:
    """No image is to be smoothed by the reader (ISO 19005-2, 6.2.8)."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and "/Interpolate" in each:
            del each.Interpolate


def _saved(pdf: pikepdf.Pdf) -> bytes:
    data = io.BytesIO()
    pdf.save(
        data,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        recompress_flate=True,
    )
    return data.getvalue()
