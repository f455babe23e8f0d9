"""The pictures of a PDF: which of them belong to the text, where they stand in it, and their files.

One that stands on most pages, at their edge or above the letter's first line is the pages' own, as
a coat of arms is; so is what the file itself marks as decoration. These are left out, and told.
What the page cuts away of a picture is not saved.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageStat

from innspill.importing.blocks import Block, LeftOut, PictureBlock, Spot, TextBlock
from innspill.importing.lines import BOTTOM, TOP, TextLine, share_of_pages
from innspill.importing.pdf_clips import Box, shown_of
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
COMPARED = 32
"""Pixels: how wide and high a file and what the page shows are when they are compared."""
UNLIKE = 16
"""Of 255: from which mean difference of a colour on they are not alike."""
ORIENTATION = 0x0112
"""The tag of Exif for how a camera was held."""
ASKEW = 0.001
"""How much a picture that stands straight may lean."""
SIMPLE = set(pypdfium2.PdfImage.SIMPLE_FILTERS)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture on a page. Measures are parts of the page's height, from its top, and points."""

    image: Any
    matrix: pypdfium2.PdfMatrix
    """From the picture's unit square to the page."""
    forms: pypdfium2.PdfMatrix
    """From the form that holds it to the page."""
    shown: Box
    """The part of it that the page shows."""
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

    @property
    def is_cut(self) -> bool:
        return self.shown != _box(self.matrix)


def pictures_of(
    page: Any, number: int, *, knows_decoration: bool
) -> tuple[list[PagePicture], list[LeftOut]]:
    """The pictures of a page that is the `number`th, and those that are not even looked at.

    `knows_decoration` is whether what the file marks as decoration is.
    """
    alternatives = alternatives_of(page)
    found: list[PagePicture] = []
    small = 0
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        if picture := _picture(image, page, number, alternatives):
            marked = picture.is_decoration and knows_decoration
            found.append(replace(picture, is_decoration=marked))
        else:
            small += 1
    what = say("pictures on the page that are no more than lines or dots: {n}", n=small)
    return found, [LeftOut(what, "", Spot(number), (number,))] if small else []


def _picture(
    image: Any, page: Any, number: int, alternatives: Mapping[int, str]
) -> PagePicture | None:
    """A picture of a page; None where it is no more than a line or a dot."""
    width, height = page.get_size()
    chain = list(_with_containers(image))
    forms = pypdfium2.PdfMatrix()
    for form in chain[1:]:
        forms = forms.multiply(form.get_matrix())
    matrix = image.get_matrix().multiply(forms)
    shown = shown_of(_box(matrix), chain)
    left, bottom, right, top = shown
    pixels = image.get_px_size()
    if min(right - left, top - bottom) < SMALLEST or min(pixels) < FEWEST_PIXELS:
        return None
    ids = [pdfium.FPDFPageObj_GetMarkedContentID(each.raw) for each in chain]
    return PagePicture(
        image, matrix, forms, shown, number, 1 - top / height, 1 - bottom / height, left, right,
        (right - left) * (top - bottom) / (width * height), _digest(image),
        next((alternatives[each] for each in ids if each in alternatives), ""),
        any(is_decoration(each) for each in chain),
    )  # fmt: skip


def _with_containers(image: Any) -> Iterator[Any]:
    """A picture, and each form that holds it, from the inside out."""
    while image is not None:
        yield image
        image = image.container


def _box(matrix: pypdfium2.PdfMatrix) -> Box:
    left, bottom, right, top = matrix.on_rect(0, 0, 1, 1)
    return left, bottom, right, top


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
    beyond: list[int] = []
    bytes_left, pixels_left = MOST_BYTES, MOST_ALL_PIXELS
    own_ids = {id(each) for each in own}
    for each in (each for each in found if id(each) not in own_ids):
        width, height = each.image.get_px_size()
        if len(placed) == MOST_PICTURES:
            beyond.append(each.page)
            continue
        made = None
        if width * height <= min(pixels_left, MOST_PIXELS):
            made = _file_of(each)
        if made is None or len(made[0]) > bytes_left:
            what = say(
                "a picture that is too large, stands askew, or can't be read: save it yourself"
            )
            left_out.append(LeftOut(what, "", Spot(each.page), (each.page,)))
            continue
        bytes_left, pixels_left = bytes_left - len(made[0]), pixels_left - width * height
        spot = _line_above(each, lines)
        at = sum(block.at <= spot for block in blocks)
        placed.append((at, PictureBlock(*made, each.alternative, Spot(each.page, spot.number))))
    left_out += _beyond(beyond)
    all_blocks: list[Block] = []
    for at in range(len(blocks) + 1):
        all_blocks += [block for place, block in placed if place == at]
        all_blocks += blocks[at : at + 1]
    return tuple(all_blocks), tuple(left_out)


def _beyond(pages: Sequence[int]) -> Iterator[LeftOut]:
    """Those behind the last that is saved, as one."""
    if pages:
        what = say(
            "pictures after the first {most}, save them yourself: {n}",
            most=MOST_PICTURES, n=len(pages),
        )  # fmt: skip
        yield LeftOut(what, "", Spot(pages[0]), tuple(dict.fromkeys(pages)))


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

    A JPEG that stands upright and uncut and hides nothing is taken as it is, all else is drawn as
    PNG.
    """
    if not _can_be_drawn(picture):
        return None
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
    if picture.is_cut or not _is_upright(picture.matrix):
        return None
    data = bytes(picture.image.get_data(decode_simple=True))
    if flaw_of(data, len(data)):
        return None
    drawn = _drawn(picture, SEEN)
    with Image.open(io.BytesIO(data)) as opened:
        is_turned = opened.getexif().get(ORIENTATION, 1) != 1  # which a PDF does not look at
        if drawn.mode == "RGBA" or opened.mode not in AS_THEY_ARE or is_turned:
            return None
        return data if _is_like(opened.convert("RGB"), drawn) else None


def _is_like(file: Image.Image, drawn: Image.Image) -> bool:
    """Whether a file has the colours that the page shows: a PDF may turn them (/Decode)."""
    small = [each.resize((COMPARED, COMPARED), Image.Resampling.BOX) for each in (file, drawn)]
    return max(ImageStat.Stat(ImageChops.difference(*small)).mean) < UNLIKE


def _can_be_drawn(picture: PagePicture) -> bool:
    """Whether PDFium draws all of a picture, and cuts it in the right place.

    It loses the corners of what stands askew, and cuts in a form as if that were not turned.
    """
    a, b, c, d = (abs(each) for each in picture.matrix.get()[:4])
    is_askew = bool(min(a + d, b + c) > ASKEW * max(a + d, b + c))
    return not is_askew and not (picture.is_cut and not _is_upright(picture.forms))


def _is_upright(matrix: pypdfium2.PdfMatrix) -> bool:
    a, b, c, d = matrix.get()[:4]
    return bool(a > 0 and d > 0 and abs(b) + abs(c) <= ASKEW * (a + d))


def _drawn(picture: PagePicture, longest: int) -> Image.Image:
    """A picture as the page shows it; RGBA where it has holes.

    Its longer side has so many pixels before the picture is cut.
    """
    left, bottom, right, top = _box(picture.matrix)
    scale = longest / max(right - left, top - bottom)
    scale = min(scale, sqrt(MOST_PIXELS / ((right - left) * (top - bottom))))
    width, height = (max(1, round(each * scale)) for each in (right - left, top - bottom))
    moved = picture.matrix.translate(-left, -bottom)
    picture.image.set_matrix(moved.scale(width / (right - left), height / (top - bottom)))
    bitmap = picture.image.get_bitmap(render=True, scale_to_original=False)
    picture.image.set_matrix(picture.matrix)
    drawn: Image.Image = bitmap.to_pil().convert("RGBA")
    if picture.is_cut:
        drawn = _cut(drawn, picture)
    is_whole = drawn.getchannel("A").getextrema() == (255, 255)
    return drawn.convert("RGB") if is_whole else drawn


def _cut(drawn: Image.Image, picture: PagePicture) -> Image.Image:
    """The part of a drawn picture that the page shows."""
    left, bottom, right, top = _box(picture.matrix)
    across, up = drawn.width / (right - left), drawn.height / (top - bottom)
    first = round((picture.shown[0] - left) * across)
    upper = round((top - picture.shown[3]) * up)
    width = max(1, round((picture.shown[2] - picture.shown[0]) * across))
    height = max(1, round((picture.shown[3] - picture.shown[1]) * up))
    return drawn.crop((first, upper, first + width, upper + height))
