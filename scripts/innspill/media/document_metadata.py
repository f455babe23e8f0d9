"""What documents tell besides their text: who wrote them, and whether anything in them runs.

Only the few parts that hold such things are read, and never more than so many bytes of each:
a small file may unfold to gigabytes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

MOST_BYTES = 60_000_000
"""Larger documents are not looked into."""
MOST_OF_A_PART = 30_000_000
MOST_PARTS = 200
CREATOR = {"creator", "initial-creator", "lastModifiedBy", "printed-by", "Manager"}
"""The elements that hold a name, in the parts that tell of a document."""

PARTS = re.compile(
    r"docProps/(?:core|app)\.xml|meta\.xml|content\.xml|word/[A-Za-z]+\d*\.xml"
    r"|xl/comments\d*\.xml|xl/comments/\w+\.xml|xl/persons/\w+\.xml"
    r"|ppt/(?:commentAuthors|authors)\.xml"
)
"""The parts of Word, Excel, PowerPoint and OpenDocument files that may hold names."""
NAMING = {("author", None), ("person", "displayName"), ("cmAuthor", "name"), ("author", "name")}
"""The other elements that hold a name, as their text or in an attribute."""
MACROS = re.compile(r".*(?:vbaProject|vbaData)\.\w+|Basic/.+|Scripts/.+", re.IGNORECASE)

RUNS = re.compile(
    rb"/(?:JavaScript|JS|Launch|ImportData|RichMedia|Rendition|Movie|Sound|XFA|GoToE)\b"
)
"""What a PDF's dictionaries have where it runs, starts or plays something."""
RTF_NAME = re.compile(rb"\\(?:author|operator|manager)\s+([^{}\\]{1,200})")


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What a document tells besides its text."""

    names: tuple[str, ...] = ()
    runs: bool = False
    """Whether anything in it runs by itself."""
    is_read: bool = True
    """False where it can't be looked into."""


def metadata_of_document(data: bytes, kind: str | None, size: int) -> DocumentReport:
    """What a file of this size tells; nothing where it is no document of the known kinds."""
    if kind not in {"PDF", "ZIP"}:
        return (
            DocumentReport(_different(_of_rtf(data)))
            if data.startswith(b"{\\rtf")
            else DocumentReport()
        )
    if size > MOST_BYTES:
        return DocumentReport(is_read=False)
    try:
        return _of_pdf(data) if kind == "PDF" else _of_zip(data)
    except Exception:  # whatever someone has made of the bytes: damaged, encrypted, not whole
        return DocumentReport(is_read=False)


def _different(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in order."""
    return tuple(dict.fromkeys(found for each in names if (found := " ".join(each.split()))))


def _of_rtf(data: bytes) -> Iterator[str]:
    yield from (each.decode("cp1252", "replace") for each in RTF_NAME.findall(data[:200_000]))


def _of_zip(data: bytes) -> DocumentReport:
    names: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        runs = any(MACROS.fullmatch(each.filename) for each in infos)
        parts = [each for each in infos if PARTS.fullmatch(each.filename)][:MOST_PARTS]
        for each in parts:
            with archive.open(each) as part:
                text = part.read(MOST_OF_A_PART + 1)
            if len(text) > MOST_OF_A_PART:
                return DocumentReport(_different(names), runs, is_read=False)
            names += names_in_xml(text)
    return DocumentReport(_different(names), runs)


def _of_pdf(data: bytes) -> DocumentReport:
    import pikepdf

    names: list[str] = []
    runs = False
    with pikepdf.open(io.BytesIO(data)) as pdf:
        names.append(str(pdf.docinfo.get("/Author", "")))
        names += names_in_xml(_stream(pdf.Root.get("/Metadata")))
        for page in pdf.pages:
            for each in page.get("/Annots", ()):
                names += _of_comment(each)
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Array):
                runs = runs or RUNS.search(each.unparse(resolved=True)) is not None
    return DocumentReport(_different(names), runs)


def _of_comment(each: Any) -> Iterator[str]:
    """Who wrote a comment; a form's field has its own name there."""
    if each.get("/Subtype") != "/Widget":
        yield str(each.get("/T", ""))


def _stream(stream: object) -> bytes:
    """The bytes of a PDF's stream, as far as they are bounded and packed in the usual way."""
    import pikepdf

    if not isinstance(stream, pikepdf.Stream):
        return b""
    raw = stream.read_raw_bytes()
    if "/Filter" not in stream:
        return raw
    if stream.Filter in (pikepdf.Name.FlateDecode, [pikepdf.Name.FlateDecode]):
        return zlib.decompressobj().decompress(raw, MOST_OF_A_PART)
    return b""


def names_in_xml(data: bytes) -> list[str]:
    """The names of authors in a piece of XML; none of a piece that declares entities."""
    found, has_position = _scan(data)
    del has_position
    return found


def has_position(data: bytes) -> bool:
    """Whether a piece of XMP tells a place on earth."""
    return _scan(data)[1]


def _scan(data: bytes) -> tuple[list[str], bool]:
    names: list[str] = []
    places: list[str] = []
    open_: list[str] = []
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("\n")[2]
        open_.append(tag)
        places.extend(each for each in (name, *attributes) if "GPSL" in each)
        for key, value in attributes.items():
            local = key.rpartition("\n")[2]
            if local in CREATOR or (local == "author" and "\n" in key) or (tag, local) in NAMING:
                names.append(value)

    def text(value: str) -> None:
        if any(each in CREATOR for each in open_[-4:]) or (open_[-1], None) in NAMING:
            names.append(value)

    def refuse(*_: object) -> None:
        raise ValueError

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_.pop()
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = refuse
    with suppress(expat.ExpatError, ValueError, LookupError):  # what stood before still counts
        parser.Parse(data.strip(b"\0 \t\r\n"), True)
    return [each for each in names if each.strip()], bool(places)
