"""Puts files into a PDF, each with what it is to it (ISO 19005-3, 6.8)."""

from __future__ import annotations

import hashlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from innspill.pdf.embedded_file import EmbeddedFile
from innspill.pdf.metadata import DocumentInfo, pdf_date


def write_attached(
    pdf: pikepdf.Pdf, attached: tuple[EmbeddedFile, ...], about: DocumentInfo
) -> None:
    """Embeds the files, in the order of their names, with the document's own date."""
    if not attached:
        return
    names = Array()
    files = Array()
    for each in sorted(attached, key=lambda file: file.name):
        file = _file(pdf, each, about)
        names.append(String(each.name))
        names.append(file)
        files.append(file)
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=names))
    pdf.Root.AF = files


def _file(pdf: pikepdf.Pdf, attached: EmbeddedFile, about: DocumentInfo) -> pikepdf.Object:
    stream = pdf.make_stream(attached.data)
    stream.Type = Name.EmbeddedFile
    stream.Subtype = Name(f"/{attached.media_type}")
    digest = hashlib.md5(attached.data, usedforsecurity=False).digest()
    stream.Params = Dictionary(Size=len(attached.data), CheckSum=String(digest))
    if about.date:
        stream.Params.ModDate = String(pdf_date(about.date))
    name = String(attached.name)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=name,
            UF=name,
            Desc=String(attached.description),
            AFRelationship=Name(f"/{attached.relationship}"),
            EF=Dictionary(F=stream, UF=stream),
        )
    )
