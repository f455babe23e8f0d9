"""PDFs broken on purpose, each in one way, to see that the checker notices."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name


def untagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot
    del pdf.Root.MarkInfo


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def no_title(pdf: pikepdf.Pdf) -> None:
    _change_metadata(pdf, rb"<dc:title>.*?</dc:title>\n", b"")


def no_alternative(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, Dictionary) and each.get("/S") == Name.Figure:
            del each.Alt


def font_not_embedded(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor.FontFile3


def header_not_artifact(pdf: pikepdf.Pdf) -> None:
    contents = pdf.pages[-1].obj.Contents
    data = contents.read_bytes()
    assert b"/Artifact\n<</Type /Pagination>>\nBDC" in data
    contents.write(data.replace(b"/Artifact\n<</Type /Pagination>>\nBDC", b"/Span\nBMC"))


def broken_metadata(pdf: pikepdf.Pdf) -> None:
    _change_metadata(pdf, rb"<pdfaExtension:schemas>.*</rdf:RDF>", b"")


def wrong_claim(pdf: pikepdf.Pdf) -> None:
    _change_metadata(pdf, rb"<pdfaid:part>2<", b"<pdfaid:part>1<")


def _change_metadata(pdf: pikepdf.Pdf, pattern: bytes, replacement: bytes) -> None:
    data = pdf.Root.Metadata.read_bytes()
    changed = re.sub(pattern, replacement, data, flags=re.DOTALL)
    assert changed != data
    pdf.Root.Metadata.write(changed)


WAYS: Mapping[str, Callable[[pikepdf.Pdf], None]] = {
    each.__name__: each
    for each in (
        untagged, no_language, no_title, no_alternative, font_not_embedded,
        header_not_artifact, broken_metadata, wrong_claim,
    )
}  # fmt: skip


def break_it(source: Path, way: str, target: Path) -> None:
    """Writes a copy that is broken in one way."""
    with pikepdf.open(source) as pdf:
        WAYS[way](pdf)
        pdf.save(target)
