"""A PDF's tag tree as a screen reader goes through it, read with pikepdf alone.

It knows nothing of how the tree was made: text is what the fonts' ToUnicode maps say, unless
an ActualText stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf


@dataclass(slots=True)
class Read:
    """A structure element: what it is, what is said of it, and what stands in it."""

    kind: str
    notes: dict[str, str] = field(default_factory=dict)
    kids: list[Read | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its text, without the soft hyphens of line ends."""
        if "ActualText" in self.notes:
            return self.notes["ActualText"][1:-1]
        text = "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)
        return text.replace("\u00ad", "")

    def all(self, *kinds: str) -> list[Read]:
        """The elements of these kinds, itself and below, in reading order."""
        found = [self] if self.kind in kinds else []
        for kid in self.kids:
            if isinstance(kid, Read):
                found += kid.all(*kinds)
        return found

    def lines(self, depth: int = 0) -> Iterator[str]:
        """As an outline, each run of text in quotation marks."""
        notes = "".join(f" {key}={value}" for key, value in sorted(self.notes.items()))
        text = ""
        yield "  " * depth + self.kind + notes
        for kid in [*self.kids, None]:
            if isinstance(kid, str):
                text += kid
                continue
            if text:
                yield "  " * (depth + 1) + "“" + text.replace("\u00ad", "") + "”"
                text = ""
            if kid is not None:
                yield from kid.lines(depth + 1)


def read_tags(path: Path) -> Read:
    """The whole tree of a PDF."""
    with pikepdf.open(path) as pdf:
        texts = {page.objgen: _texts(page) for page in pdf.pages}
        return _read(pdf.Root.StructTreeRoot.K, None, texts)


def _read(element: Any, page: Any, texts: dict[Any, dict[int, str]]) -> Read:
    page = element.get("/Pg", page)
    read = Read(str(element.S)[1:], _notes(element))
    for kid in element.get("/K", ()):
        if isinstance(kid, int):
            read.kids.append(texts[page.objgen][kid])
        elif kid.get("/Type") == "/MCR":
            read.kids.append(texts[kid.Pg.objgen][int(kid.MCID)])
        elif kid.get("/Type") == "/OBJR":
            read.notes["Contents"] = f"“{kid.Obj.Contents}”"
        else:
            assert kid.P.objgen == element.objgen
            read.kids.append(_read(kid, page, texts))
    return read


def _notes(element: Any) -> dict[str, str]:
    notes = {key: str(element[f"/{key}"]) for key in ("Lang", "ID") if f"/{key}" in element}
    for key in ("Alt", "ActualText"):
        if f"/{key}" in element:
            notes[key] = f"“{element[f'/{key}']}”"
    for key, value in element.get("/A", pikepdf.Dictionary()).items():
        if key == "/Headers":
            notes["Headers"] = "+".join(str(each) for each in value)
        elif key not in ("/O", "/BBox"):
            notes[key[1:]] = str(value).removeprefix("/")
    return notes


def _texts(page: pikepdf.Page) -> dict[int, str]:
    """The text of each numbered piece of a page's content."""
    fonts = {str(name): _characters(font) for name, font in page.obj.Resources.Font.items()}
    found: dict[int, str] = {}
    open_marks: list[int | str | None] = []
    glyphs: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "Tf":
                glyphs = fonts[str(operands[0])]
            case "BMC":
                open_marks.append(None)
            case "BDC":
                properties = operands[1]
                if "/MCID" in properties:
                    open_marks.append(int(properties.MCID))
                    found[int(properties.MCID)] = ""
                elif "/ActualText" in properties:
                    open_marks.append(str(properties.ActualText))
                else:
                    open_marks.append(None)
            case "EMC":
                mark = open_marks.pop()
                if isinstance(mark, str):
                    found[_number(open_marks)] += mark
            case "TJ" if open_marks and not isinstance(open_marks[-1], str):
                if (number := _number(open_marks)) >= 0:
                    found[number] += _shown(operands[0], glyphs)
    return found


def _number(open_marks: list[int | str | None]) -> int:
    return next((mark for mark in reversed(open_marks) if isinstance(mark, int)), -1)


def _shown(array: Any, glyphs: dict[bytes, str]) -> str:
    strings = b"".join(bytes(each) for each in array if isinstance(each, pikepdf.String))
    return "".join(glyphs[strings[at : at + 2]] for at in range(0, len(strings), 2))


def _characters(font: Any) -> dict[bytes, str]:
    """ISO 32000-1, 9.10.3: the `bfchar` lines of a ToUnicode map."""
    found: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(font.ToUnicode):
        if str(instruction.operator) == "endbfchar":
            pairs = zip(instruction.operands[::2], instruction.operands[1::2], strict=True)
            found |= {bytes(glyph): bytes(text).decode("utf-16-be") for glyph, text in pairs}
    return found
