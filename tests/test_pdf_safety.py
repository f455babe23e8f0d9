"""What a PDF is made from is bounded and the site's own; what is refused is told by its line."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

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
        (picture("JPEG", mode="L"), "misnamed"),
        (picture("GIF", mode="P"), "misnamed"),
        (picture("WEBP", mode="RGB"), "misnamed"),
        (picture("JPEG", mode="CMYK"), "misnamed"),
        (picture("PNG", mode="I;16"), None),
        (bomb(60_000, 60_000), "image-too-large"),
        (bomb(10_000, 10_000), "image-too-large"),
        (picture("PNG") + bytes(20_000_000), "image-too-large"),
        (picture("PNG")[:-40], "image-damaged"),
        (b"\x89PNG\r\n\x1a\n" + picture("JPEG")[:300], "image-damaged"),
        (bomb(10, 10), "image-damaged"),
        (b"RIFF____WAVEfmt ", "no-image"),
    ],
    ids=range(16),
)
def test_images_are_bounded_and_whole(tmp_path: Path, data: bytes, code: str | None) -> None:
    found = codes(tmp_path, {**statement(BODY), "sak/kart.png": data})
    assert found == ([f"{code}:{LINE}"] if code else [])


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
    assert str(found[0].message).startswith("“sammendrag")
    assert built.published is None
