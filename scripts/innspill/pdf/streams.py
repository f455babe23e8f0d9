"""The pages' content streams as WeasyPrint writes them: one operator on a line.

What is drawn stands between `/Span <</MCID 4>> BDC` and `EMC`, its glyphs as hexadecimal
numbers of four digits in `TJ` arrays, in a font named just before.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from innspill.pdf.faults import Unexpected

MARK = re.compile(rb"<</MCID (\d+)>>")
FONT = re.compile(rb"/([A-Z]{6}) (\S+) Tf")
GLYPHS = re.compile(rb"<([0-9a-f]*)>")
PIECES = re.compile(rb"((?:^|\n)/\w+\n<</MCID \d+>>\nBDC\n)")
SOFT_HYPHEN = b"/Span\n<</ActualText <feff00ad>>>\nBDC\n"


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the PDF."""

    name: str
    """Its new name in the streams."""
    texts: Mapping[int, str] = field(repr=False)
    """The text of each glyph."""
    space: bytes | None
    """The glyph of a space, a number of four hexadecimal digits."""
    glyph_count: int


@dataclass(frozen=True, slots=True)
class PieceChange:
    """What becomes of a marked piece."""

    mcid: int | None
    """Its new number; None makes it an artifact (ISO 32000-1, 14.8.2.2)."""
    is_furniture: bool = False
    """Whether the artifact is a running head or foot."""
    ends_in_space: bool = False
    """Whether a space is to follow, as between the words of two lines (14.8.2.5)."""
    ends_in_hyphen: bool = False
    """Whether its last glyph is a hyphen that hyphenation put there."""


def read_stream(data: bytes, fonts: Mapping[str, Font]) -> dict[int, str]:
    """The text of each marked piece of a page, by their numbers. Raises Unexpected."""
    found: dict[int, str] = {}
    marked: int | None = None
    depth = 0
    font: Font | None = None
    for line in data.split(b"\n"):
        if line.endswith(b"TJ"):
            if font is None or marked is None:
                raise Unexpected("text outside of a marked piece")
            found[marked] += _shown(line, font)
        elif line.endswith(b" Tf"):
            font = _font(line, fonts)
        elif line in (b"BDC", b"BMC"):
            depth += 1
        elif line == b"EMC":
            depth -= 1
            marked = marked if depth else None
        elif mark := MARK.fullmatch(line):
            if depth or marked is not None:
                raise Unexpected("a marked piece inside another")
            marked = int(mark[1])
            found[marked] = ""
    if depth:
        raise Unexpected("a marked piece without an end")
    return found


def _font(line: bytes, fonts: Mapping[str, Font]) -> Font:
    named = FONT.fullmatch(line)
    if named is None or (font := fonts.get(named[1].decode())) is None:
        raise Unexpected(f"the font {line.decode(errors='replace')}")
    return font


def _shown(line: bytes, font: Font) -> str:
    """What a `TJ` line draws; U+FFFD stands for a glyph without a text."""
    found = bytes.fromhex(b"".join(GLYPHS.findall(line)).decode())
    glyphs = struct.unpack(f">{len(found) // 2}H", found)
    if max(glyphs, default=0) >= font.glyph_count:
        raise Unexpected("a character that no font has")
    return "".join([font.texts.get(glyph, "\ufffd") for glyph in glyphs])


def write_stream(
    data: bytes, fonts: Mapping[str, Font], fates: Callable[[int], PieceChange]
) -> bytes:
    """The stream with its marks and fonts named anew, its spaces and hyphens as text."""
    first, *rest = PIECES.split(data)
    parts = [rename_in_stream(first, fonts)]
    for mark, behind in zip(rest[::2], rest[1::2], strict=True):
        number = MARK.search(mark)
        if number is None:
            raise Unexpected("a mark without a number")
        fate = fates(int(number[1]))
        inside, after = _split(behind)
        lead = b"\n" if mark.startswith(b"\n") else b""
        parts.append(lead + _begin(fate) + _ended(inside, fonts, fate))
        parts.append(b"EMC" + rename_in_stream(after, fonts))
    return b"".join(parts)


def _split(behind: bytes) -> tuple[bytes, bytes]:
    """What stands in a piece, and what behind its `EMC`; the marks inside it are left out."""
    kept: list[bytes] = []
    depth = 0
    lines = behind.split(b"\n")
    for at, line in enumerate(lines):
        if line == b"EMC":
            if not depth:
                inside = b"\n".join(kept)
                after = b"\n".join(lines[at + 1 :])
                return inside + b"\n" if inside else b"", b"\n" + after if after else b""
            depth -= 1
        elif line == b"BMC":
            depth += 1
            kept.pop()  # its name: `/Artifact`
        elif line == b"BDC":
            raise Unexpected("a marked piece inside another")
        else:
            kept.append(line)
    raise Unexpected("a marked piece without an end")


def _begin(fate: PieceChange) -> bytes:
    if fate.mcid is not None:
        return b"/Span\n<</MCID %d>>\nBDC\n" % fate.mcid
    return b"/Artifact\n<</Type /%s>>\nBDC\n" % (b"Pagination" if fate.is_furniture else b"Layout")


def _ended(inside: bytes, fonts: Mapping[str, Font], fate: PieceChange) -> bytes:
    """A piece with its last glyphs as the fate says."""
    renamed = rename_in_stream(inside, fonts)
    if not (fate.ends_in_space or fate.ends_in_hyphen):
        return renamed
    before, found, after = renamed.rpartition(b"] TJ")
    if not found:
        raise Unexpected("a piece without text")
    if fate.ends_in_space:
        font = _font(b"/" + FONT.findall(inside)[-1][0] + b" 1 Tf", fonts)
        if font.space is None:
            return renamed
        return before + b"<" + font.space + b">" + found + after
    *_, last = GLYPHS.finditer(before)
    text, hyphen = before[: last.start()], last[1][-4:]
    if rest := last[1][:-4]:
        text += b"<" + rest + b">"
    return text + b"] TJ\n" + SOFT_HYPHEN + b"[<" + hyphen + b">] TJ\nEMC" + after


def rename_in_stream(data: bytes, fonts: Mapping[str, Font]) -> bytes:
    """The stream with its fonts named anew, and nothing else changed. Raises Unexpected."""

    def name(found: re.Match[bytes]) -> bytes:
        return b"/%s %s Tf" % (_font(found[0], fonts).name.encode(), found[2])

    return FONT.sub(name, data)
