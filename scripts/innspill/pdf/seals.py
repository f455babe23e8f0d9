"""What a seal adds behind a PDF's last byte: one signature that no page shows, and nothing else.

An incremental update (ISO 32000-1, 7.5.6): the bytes below it stay as they are. What it is made of
follows from these bytes, the time and the room for the signature alone, so that a reader's file
can be held to it: what has anything else behind its pages was not sealed in this way.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from innspill.errors import InnspillError

OUTSIDE = (-1000, -1000, -1000, -1000)
"""No size, for PDF/A (ISO 19005-2, 6.3.3), and off the page, for PDF/UA (ISO 14289-1, 7.18.4)."""
END = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
RANGE = re.compile(rb"/ByteRange \[0 (\d+) (\d+) (\d+) *\]")
CONTENTS = b" /Contents "
HEAD = re.compile(rb"endobj\n\d+ 0 obj\n<< /Type /Sig ")
DAY = re.compile(rb"/M \(D:(\d{14})Z\)")
MARK = b"/SubFilter /ETSI.CAdES.detached"
"""What says that a seal is one of PAdES (EN 319 142-1, 6.3)."""
FIELD = "Segl"
"""The name of the form's field that holds the signature."""


class NotSealable(InnspillError):
    """The bytes are no PDF of the program's own, or it has a form already."""


@dataclass(frozen=True, slots=True)
class Update:
    """What is put behind a PDF: it is whole but for the signature."""

    before: bytes
    """Up to where the signature's digits begin."""
    after: bytes

    def signed(self, below: bytes) -> bytes:
        """What the signature is of: all but its digits and the signs around them."""
        return below + self.before[:-1] + self.after[1:]

    def filled(self, signature: bytes, room: int) -> bytes:
        """The update with a signature, whose room is counted in bytes."""
        return self.before + signature.hex().encode().ljust(2 * room, b"0") + self.after


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of a PDF."""

    below: bytes
    """What it is put on."""
    added: bytes
    """What stands behind the seal; nothing may."""
    signed: bytes
    """What the signature is of."""
    signature: bytes
    """It, with the zeros behind it: a `SignedData` (RFC 5652, 5.1)."""
    when: datetime
    """When it was put there, as it says."""
    is_plain: bool
    """Whether it adds just what a seal adds."""


def update_of(below: bytes, when: datetime, room: int) -> Update:
    """What a seal adds to a PDF. Raises NotSealable."""
    end = END.search(below)
    try:
        with pikepdf.open(io.BytesIO(below)) as pdf:
            if end is None or pdf.is_encrypted or "/AcroForm" in pdf.Root:
                raise NotSealable
            return _update(pdf, below, int(end[1]), when, room)
    except (pikepdf.PdfError, AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
        raise NotSealable from fault


def _update(pdf: pikepdf.Pdf, below: bytes, before: int, when: datetime, room: int) -> Update:
    page, number = pdf.pages[0].obj, int(pdf.trailer.Size)
    signature, field = (pdf.make_indirect(Dictionary()) for _ in range(2))
    if (signature.objgen, field.objgen) != ((number, 0), (number + 1, 0)):
        raise NotSealable
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    extensions = pdf.Root.get("/Extensions", Dictionary())
    extensions.ESIC = Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=1)
    pdf.Root.Extensions = extensions
    page.Annots = Array([*page.get("/Annots", ()), field])
    page.Tabs = Name.S
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, F=132, P=page, Rect=Array(OUTSIDE),
        T=String(FIELD), V=signature,
    )  # fmt: skip

    pieces, places = [b""], {}
    for each, text in (
        (pdf.Root, pdf.Root.unparse(resolved=True)),
        (page, page.unparse(resolved=True)),
        (field, widget.unparse()),
    ):
        places[each.objgen[0]] = len(below) + len(pieces[0])
        pieces[0] += b"%d %d obj\n%s\nendobj\n" % (*each.objgen, text)
    places[number] = len(below) + len(pieces[0])
    start = len(below) + len(pieces[0]) + len(_head(number, when, 0, 0, 0))
    stop = start + 2 * room
    table = stop + len(_TAIL)
    places[number + 2] = table
    tail = _TAIL + _table(pdf, places, before, hashlib.sha256(below + _day(when)).digest())
    tail += b"startxref\n%d\n%%%%EOF\n" % table
    head = _head(number, when, start - 1, stop + 1, len(tail) - 1)
    return Update(pieces[0] + head, tail)


_TAIL = b"> >>\nendobj\n"


def _head(number: int, when: datetime, a: int, b: int, c: int) -> bytes:
    """The signature's object up to its digits, of the same length for all numbers."""
    span = f"[0 {a} {b} {c}".ljust(36) + "]"
    day = _day(when).decode()
    return (
        f"{number} 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite {MARK.decode()} /M (D:{day}Z) "
        f"/ByteRange {span}{CONTENTS.decode()}<"
    ).encode()


def _day(when: datetime) -> bytes:
    return when.astimezone(UTC).strftime("%Y%m%d%H%M%S").encode()


def _table(pdf: pikepdf.Pdf, places: dict[int, int], before: int, digest: bytes) -> bytes:
    """The cross-reference stream (ISO 32000-1, 7.5.8) of the objects at their places."""
    own = max(places)
    rows = b"".join(b"\1" + places[each].to_bytes(4, "big") + b"\0" for each in sorted(places))
    first = pdf.trailer.ID[0]
    table = Dictionary(
        Type=Name.XRef, Size=own + 1, W=Array([1, 4, 1]), Prev=before, Length=len(rows),
        Index=Array([part for each in sorted(places) for part in (each, 1)]),
        ID=Array([first, String(digest[:16])]),
        Root=pdf.Root, Info=pdf.docinfo,
    )  # fmt: skip
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (own, table.unparse(), rows)


def unsealed(data: bytes) -> bytes:
    """What a seal is put on, where that is all that is added; else the same bytes."""
    seal = seal_in(data)
    return seal.below if seal and seal.is_plain and not seal.added else data


def has_seal(data: bytes) -> bool:
    """Whether a seal was put on a file, broken or not."""
    return HEAD.search(data) is not None


def seal_in(data: bytes) -> Seal | None:
    """The seal of a PDF, the first where there are several; None where none can be read."""
    for found in RANGE.finditer(data):
        start, stop, rest = map(int, found.groups())
        day = DAY.search(data, 0, start)
        if start != found.end() + len(CONTENTS) or stop < start or day is None:
            continue
        below = data[: data.rfind(b"%%EOF\n", 0, start) + 6]
        try:
            room, odd = divmod(stop - start - 2, 2)
            signature = bytes.fromhex(data[start + 1 : stop - 1].decode("ascii"))
            when = datetime.strptime(day[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            update = update_of(below, when, room)
        except (ValueError, NotSealable):
            continue
        whole, added = data[: stop + rest], data[stop + rest :]
        is_plain = not odd and whole == below + update.filled(signature, room)
        return Seal(below, added, data[:start] + whole[stop:], signature, when, is_plain)
    return None
