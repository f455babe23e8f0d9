"""What a PDF is made from is bounded and the site's own; what is refused is told by its line."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from everything import picture
from sites import ANSWERS, build_quietly, codes, project, statement, write

BODY = ANSWERS + "\n![Et kart](kart.png)\n"
LINE = len(statement("")["sak/eksempel.md"].splitlines()) + len(BODY.splitlines())


def bomb(width: int, height: int) -> bytes:
    """A PNG of many pixels in a few bytes: its head alone."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (picture("PNG"), None),
        (picture("PNG", mode="1"), None),
        (picture("PNG", mode="LA"), None),
        (picture("PNG", mode="P"), None),
        (picture("JPEG", mode="L"), None),
        (picture("GIF", mode="P"), None),
        (picture("WEBP", mode="RGB"), None),
        (picture("JPEG", mode="CMYK"), "image-colours"),
        (picture("PNG", mode="I;16"), "image-colours"),
        (bomb(60_000, 60_000), "image-too-large"),
        (bomb(10_000, 10_000), "image-too-large"),
        (picture("PNG") + bytes(20_000_000), "image-too-large"),
        (picture("PNG")[:-40], "image-damaged"),
        (picture("JPEG")[:300], "image-damaged"),
        (bomb(10, 10), "image-damaged"),
        (b"RIFF____WAVEfmt ", "image-damaged"),
    ],
    ids=range(16),
)
def test_images_are_bounded_and_whole(tmp_path: Path, data: bytes, code: str | None) -> None:
    found = codes(tmp_path, {**statement(BODY), "sak/kart.png": data})
    assert found == ([f"{code}:{LINE}"] if code else [])


SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
<rect width="40" height="20" fill="teal" opacity="0.5"/>
<image href="%s" width="9" height="9"/>
<text x="2" y="9" font-size="5" font-family="Hanken Grotesk">Kart</text>
</svg>
"""


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "http://127.0.0.1:9/x.png", "ftp://127.0.0.1:9/x.png",
        "data:image/png;base64,iVBORw0KGgo=", "innspill:../../etc/passwd",
    ],
)  # fmt: skip
def test_an_image_reads_nothing_from_outside(tmp_path: Path, store: Path, address: str) -> None:
    files = {**statement(BODY.replace("png", "svg")), "sak/kart.svg": SVG % address}
    built = build_quietly(project(write(tmp_path, files), store=store))
    said = [str(each.message) for each in built.checked.diagnostics]
    assert len(said) == 1
    assert address.split(",", maxsplit=1)[0] in said[0]
    pdf = (tmp_path / "build/sak/eksempel/uttalelse.pdf").read_bytes()
    with pikepdf.open(tmp_path / "build/sak/eksempel/uttalelse.pdf") as opened:
        things = b"".join(
            each.read_bytes()
            for each in opened.objects
            if isinstance(each, pikepdf.Stream) and "/Filter" in each
        )
    assert b"root:" not in pdf + things


def test_text_in_a_font_of_the_machine_is_told(tmp_path: Path, store: Path) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
        '<text x="2" y="9" font-size="5">Kart</text></svg>'
    )
    files = {**statement(BODY.replace("png", "svg")), "sak/kart.svg": drawing}
    built = build_quietly(project(write(tmp_path, files), store=store))
    assert [each.code for each in built.checked.diagnostics] == ["print-font"]
    assert built.published


def test_what_runs_off_a_page_stops_the_build(tmp_path: Path, store: Path) -> None:
    own = tmp_path / "templates" / "print"
    own.mkdir(parents=True)
    (own / "sammendrag.css").write_text(
        "@page { size: 60mm 60mm } .running-head, .running-source, .running-page "
        "{ display: none } h1 { white-space: nowrap }",
        encoding="utf-8",
    )
    place = project(
        write(tmp_path, statement(ANSWERS)), store=store, templates=tmp_path / "templates"
    )
    built = build_quietly(place)
    found = [each for each in built.checked.diagnostics if each.code == "print-overflow"]
    assert str(found[0].message).startswith("“eksempelsak” runs off page ")
    assert built.published is None
