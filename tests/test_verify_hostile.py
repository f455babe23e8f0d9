"""`innspill verify` reads what is made to harm in a process of its own, within limits."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from sites import EXAMPLE, project, write

from innspill import verify_pdf
from innspill.apart import BrokenOff, run_apart
from innspill.limits import Limit, OverLimit
from innspill.pdf.read_back import NotReadable, ReadBack, read_back
from innspill.verification import VerifyResult
from innspill.verify import verify_paths

GIGABYTE = 1_000_000_000
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<dc:source>sak/eksempel.md@{'1' * 40}</dc:source>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def begun() -> pikepdf.Pdf:
    """A PDF that names a text, and has a tag tree."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj.Resources = Dictionary(Font=Dictionary())
    pdf.Root.Metadata = pdf.make_stream(XMP.encode())
    top = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.P, K=Array([0])))
    pdf.Root.StructTreeRoot = pdf.make_indirect(top)
    return pdf


def packed(size: int) -> bytes:
    """So many zeroes by Flate: a block of them that stands by itself, again and again."""
    packer, block = zlib.compressobj(9), bytes(1_000_000)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    one = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = size % 65_521 << 16 | 1  # Adler-32 (RFC 1950, 8.2)
    return head + one * (size // len(block)) + b"\x03\0" + checksum.to_bytes(4, "big")


def test_so_many_zeroes_are_packed() -> None:
    assert zlib.decompress(packed(3_000_000)) == bytes(3_000_000)


def bomb(pdf: pikepdf.Pdf) -> None:
    """A page's content that unpacks to gigabytes: qpdf gives it up at the bound of memory."""
    stream = pikepdf.Stream(pdf, b"")
    stream.write(packed(3 * GIGABYTE), filter=Name.FlateDecode)
    pdf.pages[0].Contents = stream


def nested(pdf: pikepdf.Pdf) -> None:
    element = pdf.make_indirect(Dictionary(S=Name.P, K=Array([])))
    for _ in range(10_000):
        element = pdf.make_indirect(Dictionary(S=Name.P, K=Array([element])))
    pdf.Root.StructTreeRoot.K = element


def tags_in_a_circle(pdf: pikepdf.Pdf) -> None:
    element = pdf.make_indirect(Dictionary(S=Name.P))
    element.K = Array([element])
    pdf.Root.StructTreeRoot.K = element


def pages_in_a_circle(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def many(pdf: pikepdf.Pdf) -> None:
    """Pieces that all lead to the same one, and double at each step."""
    page = pdf.pages[0].obj
    element = pdf.make_indirect(Dictionary(S=Name.P, Pg=page, K=Array([0])))
    for _ in range(60):
        element = pdf.make_indirect(Dictionary(S=Name.P, K=Array([element, element])))
    pdf.Root.StructTreeRoot.K = element


@pytest.mark.parametrize("harm", [bomb, nested, tags_in_a_circle, pages_in_a_circle, many])
def test_what_is_made_to_harm(
    tmp_path: Path, harm: Callable[[pikepdf.Pdf], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = project(write(tmp_path / "project", EXAMPLE))
    path = tmp_path / "brev.pdf"
    with begun() as pdf:
        harm(pdf)
        pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert path.stat().st_size < GIGABYTE / 100
    seconds = 3 if harm is many else 20
    monkeypatch.setattr(verify_pdf, "READING", Limit(seconds, 1000))
    [found] = verify_paths(place, (path,), seconds)
    assert found.answer in {VerifyResult.NOT_OURS, VerifyResult.UNKNOWN}
    [told] = map(str, found.findings)
    wanted: dict[Callable[[pikepdf.Pdf], None], set[str]] = {
        many: {"reading it took longer than 3 seconds: see --timeout"},
    }
    usual = {"it is a damaged PDF, or a locked one"}
    assert told in wanted.get(harm, usual), told


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    place = project(write(tmp_path / "project", EXAMPLE))
    path = tmp_path / "brev.pdf"
    with path.open("wb") as file:
        file.truncate(501_000_000)
    [found] = verify_paths(place, (path,), 20)
    assert found.answer is VerifyResult.UNKNOWN
    assert [str(each) for each in found.findings] == ["it is not read: it is larger than 500 MB"]


def too_much() -> int:
    return len(bytearray(2 * GIGABYTE))


def for_ever() -> None:
    while True:
        pass


def dies() -> None:

    os._exit(1)


def test_a_process_of_its_own_is_held_to_its_limits() -> None:
    few = Limit(60, 500)
    assert run_apart(len, ((1, 2),), few) == 2
    with pytest.raises(NotReadable):
        run_apart(read_back, (b"",), few)
    with pytest.raises(OverLimit) as told:
        run_apart(too_much, (), few)
    assert told.value.is_memory
    with pytest.raises(OverLimit) as told:
        run_apart(for_ever, (), Limit(1, 500))
    assert not told.value.is_memory
    with pytest.raises(BrokenOff):
        run_apart(dies, (), few)


def test_what_is_read_is_sent_whole() -> None:

    with begun() as pdf:
        data = io.BytesIO()
        del pdf.Root.StructTreeRoot
        pdf.save(data)
    found = run_apart(read_back, (data.getvalue(),), Limit(60, 500))
    assert isinstance(found, ReadBack)
    assert found.source == "sak/eksempel.md@" + "1" * 40
