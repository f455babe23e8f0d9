"""The pictures of a PDF are saved beside the statement, each in its place in the text."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from paper import printed_by_browser
from PIL import Image, ImageDraw
from sites import CASE, INDEX, build_quietly, innspill, project, write
from weasyprint import HTML

from innspill.importing.blocks import Letter, PictureBlock, TextBlock
from innspill.importing.reading import read_here

NAMES = ("Anne", "Berit", "Cecilie", "Dagny", "Eva", "Frida", "Grete", "Hilde", "Inger", "Janne")
STYLE = "@page { size: A4; margin: 25mm } body { font: 11pt sans-serif } img { width: 50mm }"
OF_PAGES = "a picture that belongs to the pages and not to the text, as a coat of arms"
UNFIT = "a picture that is too large, stands askew, or can't be read: save it yourself"


def paragraphs(count: int) -> str:
    """So many paragraphs of which no line is like another."""
    sentence = "Dette skriver {} og {} i et eksempel, og det er en setning som går over linjen. "
    return "".join(
        f"<p>{''.join(sentence.format(one, other) for one in NAMES[:5])}</p>"
        for other in (NAMES * 3)[:count]
    )


PARAGRAPH = paragraphs(1)


def image(mode: str = "RGB", form: str = "PNG", ground: object = (20, 120, 60)) -> bytes:
    """A picture of 150 × 100 pixels, with a bar at its upper left."""
    made, data = Image.new(mode, (150, 100), ground), io.BytesIO()  # type: ignore[arg-type]
    bars = {"RGBA": (255, 0, 0, 255), "CMYK": (0, 255, 255, 0), "L": (0,)}
    ImageDraw.Draw(made).rectangle((0, 0, 50, 20), fill=bars.get(mode, (255, 0, 0)))
    made.save(data, form)
    return data.getvalue()


def img(data: bytes, alternative: str = "", style: str = "") -> str:
    kind = "jpeg" if data.startswith(b"\xff\xd8") else "png"
    address = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
    return f'<p><img src="{address}" alt="{alternative}" style="{style}"></p>'


def letter(*parts: str, style: str = "") -> bytes:
    """A tagged PDF of a letter with these parts below its first question."""
    begin = (
        "<h1>Eksempel på en uttalelse</h1><p>Dette er et eksempel fra Eksempel bydelsutvalg.</p>"
        "<h2>1. Hva er det ene?</h2>"
    )
    end = "<h2>2. Hva er det andre?</h2><p>Det andre er slik.</p>"
    head = f"<title>Eksempel</title><style>{STYLE} {style}</style>"
    html = f"<html lang='nb'>{head}<body>{begin}{''.join(parts)}{end}</body></html>"
    made = HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    assert isinstance(made, bytes)
    return made


def browser(part: str) -> bytes:
    """A letter as a browser prints it, with this between two paragraphs."""
    head = f"<meta charset='utf-8'><title>Eksempel</title><style>{STYLE} p {{ margin: 0 }}</style>"
    return printed_by_browser(f"{head}<body>{PARAGRAPH}{part}{PARAGRAPH}")


def read(data: bytes) -> Letter:
    return read_here(data, "brev.pdf")


def pictures(data: bytes) -> list[PictureBlock]:
    return [each for each in read(data).blocks if isinstance(each, PictureBlock)]


def left_out(data: bytes) -> list[tuple[str, tuple[int, ...]]]:
    return [(str(each.what), each.pages) for each in read(data).left_out]


def test_a_jpeg_is_saved_as_it_is_with_the_alternative_text_of_its_tag() -> None:
    photo = image(form="JPEG")
    (found,) = pictures(letter(PARAGRAPH, img(photo, "Kart over parken"), PARAGRAPH))
    assert (found.data, found.ending, found.alternative) == (photo, ".jpg", "Kart over parken")


def test_what_shines_through_is_kept() -> None:
    (found,) = pictures(letter(PARAGRAPH, img(image("RGBA", ground=(0, 0, 0, 0))), PARAGRAPH))
    with Image.open(io.BytesIO(found.data)) as saved:
        assert (saved.mode, saved.size) == ("RGBA", (150, 100))
        assert saved.getpixel((10, 10)) == (255, 0, 0, 255)
        assert saved.getpixel((140, 90)) == (0, 0, 0, 0)


@pytest.mark.parametrize("style", ["transform: rotate(180deg)", "transform: scale(-1, -1)"])
def test_a_turned_picture_is_saved_as_the_page_shows_it(style: str) -> None:
    (found,) = pictures(letter(PARAGRAPH, img(image(form="JPEG"), "Kart", style), PARAGRAPH))
    with Image.open(io.BytesIO(found.data)) as saved:
        red, green, _ = saved.convert("RGB").getpixel((140, 90))  # type: ignore[misc]
        assert red > 200 > green


@pytest.mark.parametrize(
    ("style", "size"),
    [
        ("object-fit: cover; width: 20mm; height: 40mm", (50, 100)),
        ("object-fit: cover; width: 40mm; height: 20mm", (150, 75)),
        ("object-fit: contain; width: 40mm; height: 20mm", (150, 100)),
        ("object-fit: cover; width: 30mm; height: 20mm", (150, 100)),
    ],
)
def test_what_the_page_cuts_away_is_not_saved(style: str, size: tuple[int, int]) -> None:
    photo = image(form="JPEG")
    (found,) = pictures(letter(PARAGRAPH, img(photo, "Kart", style), PARAGRAPH))
    with Image.open(io.BytesIO(found.data)) as saved:
        assert saved.size == size
    assert (found.data == photo) == (size == (150, 100))


FRAME = "overflow: hidden; width: 20mm; height: 20mm;"


@pytest.mark.parametrize("look", ["", "border-radius: 50%"])
def test_what_a_browser_cuts_away_is_not_saved(look: str) -> None:
    shown = img(image(form="JPEG"), "Kart", "margin-left: -15mm; display: block")
    (found,) = pictures(browser(f'<div style="{FRAME} {look}">{shown}</div>'))
    with Image.open(io.BytesIO(found.data)) as saved:
        width, height = saved.size
        assert abs(width - 60) <= 1
        assert abs(height - 60) <= 1
        middle = saved.convert("RGBA").getpixel((30, 30))
        corner = saved.convert("RGBA").getpixel((0, 59))
    assert middle[3] == 255  # type: ignore[index]
    assert corner[3] == (0 if look else 255)  # type: ignore[index]


@pytest.mark.parametrize(
    "frame", [f"{FRAME} opacity: 0.5", "transform: rotate(20deg); margin: 30mm"]
)
def test_what_cannot_be_cut_or_stands_askew_is_told(frame: str) -> None:
    data = browser(f'<div style="{frame}">{img(image(form="JPEG"), "Kart")}</div>')
    assert pictures(data) == []
    assert left_out(data) == [(UNFIT, (1,))]


def test_a_jpeg_in_colours_of_print_is_saved_in_those_of_screens() -> None:
    (found,) = pictures(letter(PARAGRAPH, img(image("CMYK", "JPEG", (200, 0, 0, 0))), PARAGRAPH))
    with Image.open(io.BytesIO(found.data)) as saved:
        assert saved.mode == "RGB"


def test_a_picture_stands_where_the_page_has_it() -> None:
    blocks = read(letter(PARAGRAPH, img(image()), "<p>Under bildet.</p>", PARAGRAPH)).blocks
    at = next(n for n, each in enumerate(blocks) if isinstance(each, PictureBlock))
    above, below = blocks[at - 1], blocks[at + 1]
    assert isinstance(above, TextBlock)
    assert above.text.startswith("Dette skriver")
    assert isinstance(below, TextBlock)
    assert below.text == "Under bildet."


def test_in_two_columns_it_stands_in_its_own() -> None:
    below = "<p>Under bildet.</p>"
    parts = (paragraphs(4), img(image()), below, paragraphs(5))
    data = letter(*parts, style="body { columns: 2 }")
    blocks = read(data).blocks
    at = next(n for n, each in enumerate(blocks) if isinstance(each, PictureBlock))
    following = blocks[at + 1]
    assert isinstance(following, TextBlock)
    assert following.text == "Under bildet."


def test_what_stands_on_most_pages_is_left_out_and_told() -> None:
    arms = base64.b64encode(image("L", ground=200)).decode()
    style = (
        f"@page {{ @top-left {{ content: url(data:image/png;base64,{arms}); }} }}"
        " p { break-inside: avoid }"
    )
    data = letter(paragraphs(20), img(image()), style=style)
    assert len(pictures(data)) == 1
    assert left_out(data) == [(OF_PAGES, (1, 2, 3))]


def test_arms_above_the_first_line_are_the_letterhead() -> None:
    begin = img(image("L", ground=200))
    html = f"<style>{STYLE}</style>{begin}<p>Dette er et eksempel.</p>{PARAGRAPH * 3}"
    data = HTML(string=html).write_pdf()
    assert isinstance(data, bytes)
    assert pictures(data) == []
    assert left_out(data) == [(OF_PAGES, (1,))]


def as_decoration(data: bytes, producer: str) -> bytes:
    """A letter with its picture marked as decoration, as if a program had written it."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.docinfo["/Producer"] = producer
        page = opened.pages[0]
        operations = list(pikepdf.parse_content_stream(page))
        drawn = next(n for n, each in enumerate(operations) if str(each.operator) == "Do")
        mark = max(n for n in range(drawn) if str(operations[n].operator) == "BDC")
        operations[mark] = pikepdf.ContentStreamInstruction(
            [pikepdf.Name.Artifact], pikepdf.Operator("BMC")
        )
        page.Contents = opened.make_stream(pikepdf.unparse_content_stream(operations))
        opened.save(made)
    return made.getvalue()


def test_what_is_marked_as_decoration_is_left_out_but_for_a_program_that_marks_all() -> None:
    data = letter(PARAGRAPH, img(image(), "Kart over parken"), PARAGRAPH)
    assert len(pictures(data)) == 1
    assert pictures(as_decoration(data, "Example 1.0")) == []
    assert len(pictures(as_decoration(data, "LibreOffice 7.4"))) == 1


def test_lines_and_dots_are_counted() -> None:
    rule = img(image(), style="width: 150mm; height: 1mm")
    assert left_out(letter(PARAGRAPH, rule, PARAGRAPH)) == [
        ("pictures on the page that are no more than lines or dots: 1", (1,))
    ]


def changed(change: Callable[[pikepdf.Stream], object]) -> bytes:
    """A letter with a picture in it, which is changed."""
    photo = image(form="JPEG")
    with pikepdf.open(io.BytesIO(letter(PARAGRAPH, img(photo), PARAGRAPH))) as opened:
        for drawn in opened.objects:
            if isinstance(drawn, pikepdf.Stream) and drawn.get("/Subtype") == "/Image":
                change(drawn)
        data = io.BytesIO()
        opened.save(data)
    return data.getvalue()


def make_large(drawn: pikepdf.Stream) -> None:
    drawn.write(bytes(9000 * 1125))
    drawn.Width = drawn.Height = 9000
    drawn.BitsPerComponent, drawn.ColorSpace = 1, pikepdf.Name.DeviceGray


def test_one_that_is_too_large_is_told() -> None:
    data = changed(make_large)
    assert pictures(data) == []
    assert left_out(data) == [(UNFIT, (1,))]


def turn_in_exif(drawn: pikepdf.Stream) -> None:
    made, exif, data = Image.open(io.BytesIO(drawn.read_raw_bytes())), Image.Exif(), io.BytesIO()
    exif[0x0112] = 3
    made.save(data, "JPEG", exif=exif)
    drawn.write(data.getvalue(), filter=pikepdf.Name.DCTDecode)


def make_negative(drawn: pikepdf.Stream) -> None:
    drawn.Decode = pikepdf.Array([1, 0, 1, 0, 1, 0])


@pytest.mark.parametrize(
    ("change", "corner"), [(turn_in_exif, (255, 0, 0)), (make_negative, (0, 255, 255))]
)
def test_a_jpeg_that_the_page_shows_otherwise_is_drawn(
    change: Callable[[pikepdf.Stream], object], corner: tuple[int, int, int]
) -> None:
    (found,) = pictures(changed(change))
    assert found.ending == ".png"
    with Image.open(io.BytesIO(found.data)) as saved:
        shown = saved.convert("RGB").getpixel((5, 5))
    assert all(abs(a - b) < 10 for a, b in zip(shown, corner, strict=True))  # type: ignore[arg-type]


def test_those_after_the_hundredth_are_told_as_one() -> None:
    dots = [img(image(ground=(20, 120, n)), "Prikk", style="width: 5mm") for n in range(103)]
    data = letter(PARAGRAPH, *dots, PARAGRAPH, style="p { display: inline }")
    assert len(pictures(data)) == 100
    (told,) = left_out(data)
    assert told[0] == "pictures after the first 100, save them yourself: 3"


def test_it_is_shown_on_the_statements_page(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": INDEX, "sak/index.md": CASE})
    data = letter(PARAGRAPH, img(image(form="JPEG"), "Kart over parken"), PARAGRAPH)
    (tmp_path / "b.pdf").write_bytes(data)
    innspill("import", "b.pdf", "--to", "sak/b", cwd=tmp_path)
    text = (tmp_path / "content/sak/b.md").read_text("utf-8")
    assert "\n![Kart over parken](b-bilde-1.jpg)\n" in text
    innspill("check", cwd=tmp_path)
    build_quietly(project(tmp_path), with_pdf=False)
    page = (tmp_path / "build/sak/b/index.html").read_text("utf-8")
    assert 'alt="Kart over parken"' in page
