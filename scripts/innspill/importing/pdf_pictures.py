"""The pictures of a PDF: which of them belong to the text, where they stand in it, and their files.

One that stands on most pages, at their edge or above the letter's first line is the pages' own, as
a coat of arms is; so is what the file itself marks as decoration. These are left out, and told.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from innspill.importing.blocks import Block, LeftOut, PictureBlock, Spot, TextBlock
from innspill.importing.lines import BOTTOM, TOP, TextLine, share_of_pages
from innspill.importing.pdf_tags import alternatives_of, is_decoration
from innspill.media.raster import AS_THEY_ARE, MOST_PIXELS, flaw_of
from innspill.messages import say

MOST_PICTURES = 100
"""How many pictures of one letter are saved."""
MOST_BYTES = 60_000_000
MOST_ALL_PIXELS = 200_000_000
"""How many bytes and pixels all of them have at most."""
SMALLEST = 8.0
"""Points: what is lower or narrower is a line or a dot."""
FEWEST_PIXELS = 4
"""Pixels: the same of its image."""
WHOLE_PAGE = 0.75
"""From which part of a page on a picture under text is the page itself, as of a scan."""
SEEN = 200
"""Pixels: how wide a picture is drawn to see whether anything shines through it."""
SIMPLE = set(pypdfium2.PdfImage.SIMPLE_FILTERS)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture on a page. Measures are parts of the page's height, from its top, and points."""

    image: Any
    matrix: pypdfium2.PdfMatrix
    """From the picture's unit square to the page."""
    page: int
    top: float
    bottom: float
    left: float
    right: float
    part: float
    """How much of the page it takes."""
    digest: str
    """Of its data: the same picture has the same."""
    alternative: str
    is_decoration: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def pictures_of(page: Any, number: int) -> tuple[list[PagePicture], int]:
    """The pictures of a page that is the `number`th, and how many lines and dots stand there."""
    width, height = page.get_size()
    alternatives = alternatives_of(page)
    found: list[PagePicture] = []
    small = 0
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        chain = list(_with_containers(image))
        matrix = image.get_matrix()
        for container in chain[1:]:
            matrix = matrix.multiply(container.get_matrix())
        left, bottom, right, top = _box(matrix)
        pixels = image.get_px_size()
        if min(right - left, top - bottom) < SMALLEST or min(pixels) < FEWEST_PIXELS:
            small += 1
            continue
        ids = [pdfium.FPDFPageObj_GetMarkedContentID(each) for each in chain]
        found.append(
            PagePicture(
                image, matrix, number, 1 - top / height, 1 - bottom / height, left, right,
                (right - left) * (top - bottom) / (width * height), _digest(image),
                next((alternatives[each] for each in ids if each in alternatives), ""),
                any(is_decoration(each) for each in chain),
            )
        )  # fmt: skip
    return found, small


def _with_containers(image: Any) -> Iterator[Any]:
    """A picture, and each form that holds it, from the inside out."""
    while image is not None:
        yield image
        image = image.container


def _box(matrix: pypdfium2.PdfMatrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = matrix.on_rect(0, 0, 1, 1)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _digest(image: Any) -> str:
    return hashlib.sha256(bytes(image.get_data())).hexdigest()


def with_pictures(
    blocks: Sequence[TextBlock], lines: Sequence[TextLine], found: Sequence[PagePicture], pages: int
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """The blocks with the pictures of the text in their places, and those that were left out.

    `lines` are those that the blocks were made of.
    """
    own = _of_pages(found, lines, pages)
    left_out = [_told(own, digest) for digest in dict.fromkeys(each.digest for each in own)]
    placed: list[tuple[int, PictureBlock]] = []
    bytes_left, pixels_left = MOST_BYTES, MOST_ALL_PIXELS
    for each in found:
        if each in own:
            continue
        width, height = each.image.get_px_size()
        made = None
        if len(placed) < MOST_PICTURES and width * height <= min(pixels_left, MOST_PIXELS):
            made = _file_of(each)
        if made is None or len(made[0]) > bytes_left:
            what = say("a picture that is too large, or can't be read: save it yourself")
            left_out.append(LeftOut(what, "", Spot(each.page), (each.page,)))
            continue
        bytes_left, pixels_left = bytes_left - len(made[0]), pixels_left - width * height
        spot = _line_above(each, lines)
        at = sum(block.at <= spot for block in blocks)
        placed.append((at, PictureBlock(*made, each.alternative, Spot(each.page, spot.number))))
    all_blocks: list[Block] = []
    for at in range(len(blocks) + 1):
        all_blocks += [block for place, block in placed if place == at]
        all_blocks += blocks[at : at + 1]
    return tuple(all_blocks), tuple(left_out)


def _of_pages(
    found: Sequence[PagePicture], lines: Sequence[TextLine], pages: int
) -> list[PagePicture]:
    """The pictures that belong to the pages, and not to the text."""
    first = next((line for line in lines if line.height >= 0), None)
    on: dict[str, set[int]] = {}
    for each in found:
        on.setdefault(each.digest, set()).add(each.page)
    return [
        each
        for each in found
        if len(on[each.digest]) >= share_of_pages(pages)
        or each.is_decoration
        or each.bottom < TOP
        or each.top > BOTTOM
        or each.part > WHOLE_PAGE
        or (first is not None and each.page == first.at.page and each.bottom <= first.height)
    ]


def _told(own: Sequence[PagePicture], digest: str) -> LeftOut:
    pages = tuple(sorted({each.page for each in own if each.digest == digest}))
    what = say("a picture that belongs to the pages and not to the text, as a coat of arms")
    return LeftOut(what, "", Spot(pages[0]), pages)


def _line_above(picture: PagePicture, lines: Sequence[TextLine]) -> Spot:
    """The last line in the order of reading that stands above a picture, in its own column."""
    above = [
        line for line in lines if line.at.page == picture.page and line.height < picture.middle
    ]
    within = [
        line
        for line in above
        if line.column + line.left < picture.right and line.column + line.right > picture.left
    ]
    return max((line.at for line in within or above), default=Spot(picture.page))


def _file_of(picture: PagePicture) -> tuple[bytes, str] | None:
    """The bytes of a picture's file and its ending; None where it can't be drawn.

    A JPEG that stands upright and hides nothing is taken as it is, all else is drawn as PNG.
    """
    try:
        if jpeg := _jpeg(picture):
            return jpeg, ".jpg"
        width, height = picture.image.get_px_size()
        drawn = _drawn(picture, max(width, height))
        data = io.BytesIO()
        drawn.save(data, "PNG")
    except pypdfium2.PdfiumError:
        return None
    made = data.getvalue()
    return None if flaw_of(made, len(made)) else (made, ".png")


def _jpeg(picture: PagePicture) -> bytes | None:
    if [each for each in picture.image.get_filters() if each not in SIMPLE] != ["DCTDecode"]:
        return None
    matrix = picture.matrix
    slant = abs(matrix.b) + abs(matrix.c)
    if matrix.a <= 0 or matrix.d <= 0 or slant > 0.001 * (matrix.a + matrix.d):
        return None
    data = bytes(picture.image.get_data(decode_simple=True))
    if flaw_of(data, len(data)) or _drawn(picture, SEEN).mode == "RGBA":
        return None
    with Image.open(io.BytesIO(data)) as opened:
        return data if opened.mode in AS_THEY_ARE else None


def _drawn(picture: PagePicture, longest: int) -> Image.Image:
    """A picture as the page shows it, its longer side so many pixels; RGBA where it has holes."""
    left, bottom, right, top = _box(picture.matrix)
    scale = longest / max(right - left, top - bottom)
    scale = min(scale, sqrt(MOST_PIXELS / ((right - left) * (top - bottom))))
    width, height = (max(1, round(each * scale)) for each in (right - left, top - bottom))
    moved = picture.matrix.translate(-left, -bottom)
    picture.image.set_matrix(moved.scale(width / (right - left), height / (top - bottom)))
    bitmap = picture.image.get_bitmap(render=True, scale_to_original=False)
    picture.image.set_matrix(picture.matrix)
    drawn: Image.Image = bitmap.to_pil().convert("RGBA")
    is_whole = drawn.getchannel("A").getextrema() == (255, 255)
    return drawn.convert("RGB") if is_whole else drawn
