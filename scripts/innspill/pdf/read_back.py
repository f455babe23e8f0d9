"""Reads a finished PDF again: its words by paragraphs, and what it says of itself.

The words are those of the tag tree, by the fonts' own maps, so they are what a listener hears.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from innspill.errors import InnspillError
from innspill.pdf.made_from import MadeFrom, made_from_in

BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TR", "Caption", "Note", "TOCI"}
SOURCE = "{http://purl.org/dc/elements/1.1/}source"


class NotReadable(InnspillError):
    """The bytes are no PDF that can be read."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a PDF says."""

    source: str
    """What it says that it was made from, `sak/alna.md@COMMIT`; empty where it says nothing."""
    made_from: MadeFrom
    paragraphs: tuple[str, ...]
    """None, of a booklet's sheets: they have no order of reading."""
    pages: int
    about: Mapping[str, str]
    """The Info dictionary."""


def read_back(data: bytes) -> ReadBack:
    """What a PDF says. Raises NotReadable."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
                source = str(xmp.get(SOURCE, ""))
                made_from = made_from_in(xmp)
            paragraphs: tuple[str, ...] = ()
            if "/StructTreeRoot" in pdf.Root:
                texts = {page.obj.objgen: _texts(page) for page in pdf.pages}
                paragraphs = tuple(_paragraphs(pdf.Root.StructTreeRoot.K, None, texts))
            return ReadBack(
                source,
                made_from,
                paragraphs,
                len(pdf.pages),
                {str(key): str(value) for key, value in pdf.docinfo.items()},
            )
    except MemoryError:
        raise
    except Exception as fault:  # whatever someone has made of the bytes
        raise NotReadable(f"{type(fault).__name__}: {fault}") from fault


def all_made_from(paths: Iterable[Path]) -> tuple[MadeFrom, ...]:
    """What PDFs say that they were made from, as far as they can be read."""
    found = []
    for path in paths:
        with suppress(OSError, NotReadable):
            found.append(read_back(path.read_bytes()).made_from)
    return tuple(found)


def _paragraphs(root: Any, page: Any, texts: Mapping[Any, Mapping[int, str]]) -> Iterator[str]:
    """The text of each block that holds no other, and what stands between them."""
    run = ""
    for text, ends in _pieces(root, page, texts):
        run += text
        if ends and run.strip():
            yield " ".join(run.replace("\u00ad", "").split())
            run = ""
    if run.strip():
        yield " ".join(run.replace("\u00ad", "").split())


def _pieces(
    element: Any, page: Any, texts: Mapping[Any, Mapping[int, str]]
) -> Iterator[tuple[str, bool]]:
    """Each piece of text, and whether a block begins or ends behind it."""
    page = element.get("/Pg", page)
    is_block = str(element.S)[1:] in BLOCKS
    if is_block:
        yield "", True
    for kid in element.get("/K", ()):
        if isinstance(kid, int):
            yield texts.get(page.objgen, {}).get(kid, ""), False
        elif kid.get("/Type") == "/MCR":
            yield texts.get(kid.Pg.objgen, {}).get(int(kid.MCID), ""), False
        elif kid.get("/Type") != "/OBJR":
            yield from _pieces(kid, page, texts)
    if is_block:
        yield "", True


def _texts(page: pikepdf.Page) -> dict[int, str]:
    """The text of each numbered piece of a page (ISO 32000-1, 14.7.4)."""
    fonts = {str(name): characters(font) for name, font in page.obj.Resources.Font.items()}
    found: dict[int, str] = {}
    marks: list[int | None] = []
    glyphs: Mapping[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "Tf":
                glyphs = fonts[str(operands[0])]
            case "BMC":
                marks.append(None)
            case "BDC":
                marks.append(_number(operands[1], marks))
            case "EMC":
                marks.pop()
            case "TJ" if marks and (number := marks[-1]) is not None:
                shown = b"".join(bytes(each) for each in operands[0] if _is_string(each))
                codes = (shown[at : at + 2] for at in range(0, len(shown), 2))
                found[number] = found.get(number, "") + "".join(glyphs.get(c, "") for c in codes)
    return found


def _is_string(operand: Any) -> bool:
    return isinstance(operand, pikepdf.String)


def _number(properties: Any, marks: list[int | None]) -> int | None:
    """The number of a marked piece; what stands inside one has its, but for a soft hyphen."""
    if "/MCID" in properties:
        return int(properties.MCID)
    return None if "/ActualText" in properties or not marks else marks[-1]


def characters(font: Any) -> dict[bytes, str]:
    """The `bfchar` lines of a ToUnicode map (ISO 32000-1, 9.10.3)."""
    found: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(font.ToUnicode):
        if str(instruction.operator) == "endbfchar":
            pairs = zip(instruction.operands[::2], instruction.operands[1::2], strict=True)
            found |= {bytes(glyph): bytes(text).decode("utf-16-be") for glyph, text in pairs}
    return found
