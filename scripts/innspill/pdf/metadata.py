"""What the file says of itself: XMP, the Info dictionary, and the colours it is meant in.

Conformance is claimed for PDF/A-2a or 3a (ISO 19005-2 and -3, 6.6.4) and PDF/UA-1
(ISO 14289-1, clause 5) at once, in one `rdf:RDF`, with the extension schema that PDF/A asks
for `pdfuaid` (6.6.2.3). Dates are those of the print's HTML, never the clock's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from innspill.pdf.faults import Unexpected
from innspill.pdf.made_from import NAMESPACE, PREFIX, UNTOLD, MadeFrom, described

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    PREFIX: NAMESPACE,
}
EXTENSION = f"""\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>{described()}</rdf:Bag></pdfaExtension:schemas>"""
COLOURS = "sRGB IEC61966-2.1"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a file says of itself."""

    title: str
    lang: str
    author: str
    tool: str
    """The program that the HTML came from."""
    producer: str
    """The program that laid it out."""
    date: str
    """As ISO 8601 writes it, `2024-03-30`; empty where nothing tells it."""
    modified: str
    """The same of its last change."""
    source: str
    """What it was made from, `sak/alna.md@COMMIT`; empty where git does not know."""
    made_from: MadeFrom = UNTOLD


def read_about(html: Element, producer: str, made_from: MadeFrom) -> DocumentInfo:
    """What a print's HTML says of it. Raises Unexpected without a title or a language."""
    metas = {meta.get("name"): meta.get("content", "") for meta in html.iter("meta")}
    title = " ".join("".join(each.text or "" for each in html.iter("title")).split())
    lang = html.get("lang", "")
    if not title or not lang:
        raise Unexpected("a print without a title or a language")
    return DocumentInfo(
        title,
        lang,
        metas.get("author", ""),
        metas.get("generator", ""),
        producer,
        metas.get("dcterms.created", ""),
        metas.get("dcterms.modified", "") or metas.get("dcterms.created", ""),
        metas.get("dcterms.source", ""),
        made_from,
    )


def write_about(pdf: pikepdf.Pdf, about: DocumentInfo, part: int) -> None:
    """Writes it all anew, and claims PDF/A in its part 2 or 3."""
    stream = pdf.make_stream(_xmp(about, part).encode())
    stream.Type = Name.Metadata
    stream.Subtype = Name.XML
    pdf.Root.Metadata = stream
    pdf.Root.Lang = String(about.lang)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    info = {
        "/Title": about.title,
        "/Author": about.author,
        "/Creator": about.tool,
        "/Producer": about.producer,
        "/CreationDate": pdf_date(about.date),
        "/ModDate": pdf_date(about.modified),
    }
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary({key: String(value) for key, value in info.items() if value})
    )


def pdf_date(date: str) -> str:
    """ISO 32000-1, 7.9.4: `D:20240330`."""
    return f"D:{date.replace('-', '')}" if date else ""


def write_colours(pdf: pikepdf.Pdf, profile: bytes) -> None:
    """Says by an ICC profile what RGB colours are meant (ISO 19005-2, 6.2.3)."""
    stream = pdf.make_stream(profile)
    stream.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(COLOURS),
        Info=String(COLOURS),
        DestOutputProfile=stream,
    )
    pdf.Root.OutputIntents = Array([intent])


def _xmp(about: DocumentInfo, part: int) -> str:
    names = "".join(f'\n xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF{names}>\n<rdf:Description rdf:about="">\n'
        + "\n".join(_properties(about, part))
        + "\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )


def _properties(about: DocumentInfo, part: int) -> Iterator[str]:
    yield f"<pdfaid:part>{part}</pdfaid:part>"
    yield "<pdfaid:conformance>A</pdfaid:conformance>"
    yield "<pdfuaid:part>1</pdfuaid:part>"
    yield "<dc:format>application/pdf</dc:format>"
    title = escape(about.title)
    yield f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    yield f"<dc:language><rdf:Bag><rdf:li>{escape(about.lang)}</rdf:li></rdf:Bag></dc:language>"
    if about.author:
        author = escape(about.author)
        yield f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
    if about.tool:
        yield f"<xmp:CreatorTool>{escape(about.tool)}</xmp:CreatorTool>"
    yield f"<pdf:Producer>{escape(about.producer)}</pdf:Producer>"
    if about.date:
        date = escape(about.date)
        yield f"<xmp:CreateDate>{date}</xmp:CreateDate>"
        yield f"<xmp:ModifyDate>{escape(about.modified)}</xmp:ModifyDate>"
    if about.source:
        yield f"<dc:source>{escape(about.source)}</dc:source>"
    yield from about.made_from.properties()
    yield EXTENSION
