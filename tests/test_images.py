"""Images: the site's own, and of what stands in their files nothing but the picture."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from everything import picture
from PIL import Image, ImageCms, PngImagePlugin
from repositories import begun
from sites import (
    ANSWERS,
    build_quietly,
    codes,
    faults,
    innspill,
    project,
    statement,
    tree,
    write,
)
from verapdf import judge

from innspill.media.raster import FORMATS, remade

SECRET = b"Hemmelig"


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def scene(width: int = 60, height: int = 30) -> Image.Image:
    """Red above blue, so that one sees how it stands."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (0, height // 2, width, height))
    return image


def told(*, turned: bool = False) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = exif[0x013B] = SECRET.decode()
    if turned:
        exif[0x0112] = 6
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (59.0, 54.0, 48.0)
    return exif


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
TEXTS = PngImagePlugin.PngInfo()
TEXTS.add_text("Author", SECRET.decode())
TEXTS.add_itxt("XML:com.adobe.xmp", XMP.decode())
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PHOTOS = {
    "foto.jpg": saved(scene(), "JPEG", exif=told(), comment=SECRET, xmp=XMP, icc_profile=SRGB)
    + b"film" + SECRET,
    "flere.jpg": saved(scene(), "JPEG", progressive=True, exif=told()),
    "kart.png": saved(scene(), "PNG", pnginfo=TEXTS, exif=told(), icc_profile=SRGB) + SECRET,
    "graa.gif": saved(scene().quantize(4), "GIF", comment=SECRET),
    "lett.webp": saved(scene(), "WEBP", lossless=True, exif=told(), xmp=XMP),
    "alfa.webp": saved(scene().convert("RGBA"), "WEBP", lossless=True, exif=told(), xmp=XMP),
}  # fmt: skip


@pytest.mark.parametrize("name", PHOTOS)
def test_an_image_tells_nothing_but_its_picture(name: str) -> None:
    data = PHOTOS[name]
    made = remade(data)
    assert SECRET in data
    assert SECRET not in made
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(made)) as after:
        assert before.format == after.format
        assert before.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()
        assert not after.getexif()
        assert after.info.keys() <= {
            "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression",
            "version", "background", "loop", "duration", "timestamp", "transparency",
        }  # fmt: skip
    assert remade(made) == made


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "GIF"])
def test_an_image_stands_upright(form: str) -> None:
    made = Image.open(io.BytesIO(remade(saved(scene(), form, exif=told(turned=True)))))
    assert made.size == (30, 60)
    corners = [made.convert("RGB").getpixel(at) for at in ((3, 30), (26, 30))]
    assert [_name(each) for each in corners] == ["blue", "red"]


def _name(colour: object) -> str:
    assert isinstance(colour, tuple)
    return "red" if colour[0] > colour[2] else "blue"


@pytest.mark.parametrize("form", FORMATS)
def test_an_image_is_as_wide_as_is_of_use(form: str) -> None:
    made = Image.open(io.BytesIO(remade(saved(scene(4000, 1000), form))))
    assert (made.format, made.size) == (form, (2000, 500))


def test_colours_are_those_of_the_screen() -> None:
    cmyk = Image.open(io.BytesIO(remade(saved(scene().convert("CMYK"), "JPEG"))))
    assert cmyk.mode == "RGB"
    assert _name(cmyk.getpixel((30, 3))) == "red"
    grey = Image.linear_gradient("L").convert("I").point(lambda value: value * 257)
    deep = Image.open(io.BytesIO(remade(saved(grey.convert("I;16"), "PNG"))))
    assert (deep.mode, deep.getpixel((9, 200))) == ("L", 200)
    swapped = _swapped_profile()
    green = saved(Image.new("RGB", (8, 8), (0, 200, 0)), "PNG", icc_profile=swapped)
    assert Image.open(io.BytesIO(remade(green))).convert("RGB").getpixel((4, 4)) != (0, 200, 0)


def _swapped_profile() -> bytes:
    """SRGB with the primaries of red and green changed about."""
    return SRGB.replace(b"rXYZ", b"tmp_").replace(b"gXYZ", b"rXYZ").replace(b"tmp_", b"gXYZ")


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_an_image_that_moves_is_refused(tmp_path: Path, form: str) -> None:
    moving = saved(scene(), form, save_all=True, append_images=[scene().rotate(180)])
    name = f"bilde.{form.lower()}"
    body = f"{ANSWERS}\n![Et bilde]({name})\n"
    assert codes(tmp_path, {**statement(body), f"sak/{name}": moving}) == ["image-moves:15"]


@pytest.mark.parametrize(
    "source",
    [
        "https://example.org/x.jpg", "HTTP://example.org/x.jpg", "//example.org/x.png",
        "data:image/png;base64,AAAA", "data:image/svg+xml,x", "file:///etc/x.png", "ftp://x/y",
        "blob:x", "cid:x", "javascript:alert(1)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["![Et kart]({})", "![Et kart][r]\n\n[r]: {}", "> ![Kart]({})"])
def test_an_image_from_elsewhere_is_refused(tmp_path: Path, source: str, form: str) -> None:
    found = faults(tmp_path, statement(f"{ANSWERS}\n{form.format(source)}\n"))
    assert [(each.code, each.at.line) for each in found] == [("image-elsewhere", 15)]
    assert str(found[0].hint) == "save it beside the text, and write its path"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "save it as JPEG"),
        ("a.jpg", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "save it as JPEG"),
        ("a.avif", b"\0\0\0\x18ftypavif\0\0\0\0", "save it as JPEG"),
        ("a.tif", b"II*\0", "save it as JPEG"),
        ("a.dng", b"MM\0*", "save it as JPEG"),
        ("a.bmp", b"BM", "use PNG, JPEG, GIF, WebP or SVG"),
        ("a.psd", b"8BPS", "use PNG, JPEG, GIF, WebP or SVG"),
        ("a.pdf", b"%PDF-1.4", "save it as SVG or PNG"),
        ("a.png", b"", "save the image there once more"),
        (
            "a.png",
            b"<!DOCTYPE html><html>",
            "save the image itself, not the page that it stands on",
        ),
    ],
)
def test_other_images_are_refused_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    body = f"{ANSWERS}\n![Et bilde]({name})\n"
    found = faults(tmp_path, {**statement(body), f"sak/{name}": data})
    assert [(each.code, str(each.hint)) for each in found] == [("no-image", said)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0", "is HEIC, which browsers can't show"),
        (b"", "is empty"),
        (b"\n<html><body>", "is a web page (HTML)"),
        (b"x", "is no image"),
    ],
)
def test_what_is_called_an_image_and_is_none_is_told_as_what_it_is(
    tmp_path: Path, data: bytes, said: str
) -> None:
    body = f"{ANSWERS}\n![Et bilde](foto.jpg)\n"
    (found,) = faults(tmp_path, {**statement(body), "sak/foto.jpg": data})
    assert str(found.message) == f'"sak/foto.jpg" {said}'


def test_an_image_that_is_cut_short_is_told_in_plain_words(tmp_path: Path) -> None:
    body = f"{ANSWERS}\n![Et bilde](foto.jpg)\n"
    noise = Image.effect_noise((200, 200), 80)
    whole = io.BytesIO()
    noise.save(whole, "JPEG")
    for data, said in (
        (whole.getvalue()[:-2000], "the image's file is cut short"),
        (b"\xff\xd8\xff\0\0\0", "the image's file is damaged"),
    ):
        (found,) = faults(tmp_path, {**statement(body), "sak/foto.jpg": data})
        assert str(found.message) == said


@pytest.mark.parametrize(
    ("name", "data", "severity"),
    [
        ("a.png", picture("JPEG"), "warning"),
        ("a.svg", picture("PNG"), "error"),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="3"/>', "error"),
    ],
)
def test_a_name_that_says_another_kind_is_told(
    tmp_path: Path, name: str, data: bytes, severity: str
) -> None:
    body = f"{ANSWERS}\n![Et bilde]({name})\n"
    found = faults(tmp_path, {**statement(body), f"sak/{name}": data})
    assert [(each.code, each.severity.value) for each in found] == [("misnamed", severity)]


SHOWN = {
    "foto.jpg": saved(scene(3000, 900), "JPEG", exif=told(turned=True)),
    "cmyk.jpg": saved(scene().convert("CMYK"), "JPEG", exif=told()),
    "dyp.png": saved(Image.linear_gradient("L").convert("I;16"), "PNG", pnginfo=TEXTS),
    "alfa.png": saved(scene().convert("RGBA"), "PNG", pnginfo=TEXTS),
    "palett.png": saved(scene().quantize(8), "PNG", transparency=0),
    "en.webp": PHOTOS["lett.webp"],
    "to.gif": PHOTOS["graa.gif"],
}
TEXT = ANSWERS + "".join(f"\n![Bilde]({name})\n" for name in SHOWN)


def test_all_kinds_are_published_clean_in_both_forms_and_with_the_same_bytes(
    tmp_path: Path, store: Path
) -> None:
    trees = []
    for folder in (tmp_path / "en", tmp_path / "to"):
        files: dict[str, str | bytes] = {**statement(TEXT)}
        files |= {f"sak/{name}": data for name, data in SHOWN.items()}
        built = build_quietly(project(write(folder, files), store=store))
        assert built.checked.diagnostics == ()
        trees.append(tree(folder / "build"))
    assert trees[0] == trees[1]
    assert not [path for path, data in trees[0].items() if SECRET in data]
    page = trees[0]["sak/eksempel/index.html"].decode()
    assert '<img src="../foto.jpg" alt="Bilde" width="900" height="3000" loading="lazy">' in page
    pdf = tmp_path / "en/build/sak/eksempel/uttalelse.pdf"
    verdict = judge([pdf])[pdf.name]
    assert not verdict.failed
    assert "loading" not in pdf.read_bytes().decode("latin-1")


def test_an_image_is_remembered_by_its_own_bytes(tmp_path: Path) -> None:
    text = statement(ANSWERS + "\n![Bilde](foto.jpg)\n")
    files: dict[str, str | bytes] = {**text, "sak/foto.jpg": SHOWN["foto.jpg"]}
    place = project(write(tmp_path, files))
    assert build_quietly(place, with_pdf=False).published
    first = (tmp_path / "build/sak/foto.jpg").read_bytes()
    assert Image.open(io.BytesIO(first)).size == (900, 3000)
    write(tmp_path, {"sak/foto.jpg": SHOWN["cmyk.jpg"]})
    assert build_quietly(place, with_pdf=False).published
    assert Image.open(io.BytesIO((tmp_path / "build/sak/foto.jpg").read_bytes())).mode == "RGB"
    write(tmp_path, {"sak/foto.jpg": SHOWN["foto.jpg"]})
    assert build_quietly(place, with_pdf=False).published
    assert (tmp_path / "build/sak/foto.jpg").read_bytes() == first


def test_an_image_of_a_version_is_clean_too(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    body = ANSWERS + "\n![Bilde](foto.jpg)\n"
    repo.commit({**statement(body), "sak/foto.jpg": SHOWN["foto.jpg"]}, "Utkast")
    repo.tag("sak/eksempel/2024-03-07-utkast")
    repo.commit({**statement(ANSWERS)}, "Vedtatt")
    innspill("build", "--no-pdf", cwd=tmp_path)
    old = "build/sak/eksempel/versjon/2024-03-07-utkast"
    data = (tmp_path / old / "filer/sak/foto.jpg").read_bytes()
    assert SECRET not in data
    assert Image.open(io.BytesIO(data)).size == (900, 3000)
    page = (tmp_path / old / "index.html").read_text(encoding="utf-8")
    assert 'src="filer/sak/foto.jpg" alt="Bilde" width="900" height="3000"' in page
