"""Random changes of a PDF's objects, of every kind that there is, the same for the same seed."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

PLACE = tuple[Any, Any]
"""An array or a dictionary, and the place of a value in it."""
NUMBER = re.compile(rb"(?<![\w/#.])-?\d+\.?\d*(?![\w.])")
OPERATORS = (b"3 Tr", b"9 Ts", b"20 Tz", b"0 0 1 1 re W n", b"1 1 1 rg", b"9 0 0 9 0 0 cm")


def mutant(data: bytes, seed: int) -> tuple[str, bytes]:
    """A PDF with one change, and what it is; no bytes where it can't be saved."""
    chance = random.Random(seed)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kind = chance.choice(list(KINDS))
        said = KINDS[kind](pdf, chance)
        made = io.BytesIO()
        try:
            pdf.save(made, deterministic_id=True)
        except pikepdf.PdfError:
            return f"{kind}: {said}", b""
    return f"{kind}: {said}", made.getvalue()


def _streams(pdf: pikepdf.Pdf) -> list[Any]:
    kept = ("/XRef", "/ObjStm")
    return [
        each for each in pdf.objects if isinstance(each, Stream) and each.get("/Type") not in kept
    ]


def _readable(pdf: pikepdf.Pdf, chance: random.Random) -> tuple[Any, bytes]:
    while True:
        stream = chance.choice(_streams(pdf))
        try:
            return stream, stream.read_bytes()
        except pikepdf.PdfError:  # a picture
            continue


def _places(pdf: pikepdf.Pdf) -> Iterator[PLACE]:
    """Each value of all objects, where it stands."""
    waiting: list[Any] = [
        each for each in pdf.objects if isinstance(each, (Array, Dictionary, Stream))
    ]
    waiting.append(pdf.trailer)
    while waiting:
        each = waiting.pop()
        keys = range(len(each)) if isinstance(each, Array) else sorted(map(str, each.keys()))
        for key in keys:
            yield each, key
            value = each[key]
            if isinstance(value, (Array, Dictionary)) and not value.is_indirect:
                waiting.append(value)


def _place(pdf: pikepdf.Pdf, chance: random.Random, kinds: Any = object) -> PLACE:
    return chance.choice([each for each in _places(pdf) if isinstance(each[0][each[1]], kinds)])


def _said(place: PLACE) -> str:
    return f"{getattr(place[0], 'objgen', '')} {place[1]}"


def a_number(pdf: pikepdf.Pdf, chance: random.Random) -> str:
    at, key = _place(pdf, chance, (int, Decimal))
    at[key] = at[key] + chance.choice([1, -1, 7, 300, -300])
    return _said((at, key))


def a_name(pdf: pikepdf.Pdf, chance: random.Random) -> str:
    at, key = _place(pdf, chance, Name)
    other, other_key = _place(pdf, chance, Name)
    at[key] = other[other_key]
    return _said((at, key))


def a_string(pdf: pikepdf.Pdf, chance: random.Random) -> str:
    at, key = _place(pdf, chance, String)
    data = bytearray(bytes(at[key]) or b" ")
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(7)
    at[key] = String(bytes(data))
    return _said((at, key))


def gone(pdf: pikepdf.Pdf, chance: random.Random) -> str:
    at, key = _place(pdf, chance)
    del at[key]
    return _said((at, key))


def another_value(pdf: pikepdf.Pdf, chance: random.Random) -> str:
    """Another object in its place."""
    at, key = _place(pdf, chance)
    other, other_key = _place(pdf, chance)
    at[key] = other[other_key]
    return f"{_said((at, key))} ← {_said((other, other_key))}"


def twice(pdf: pikepdf.Pdf, chance: random.Random) -> str:
    at, key = _place(pdf, chance)
    if isinstance(at, Array):
        at.append(at[key])
    else:
        at[f"{key}x"] = at[key]
    return _said((at, key))


def swapped(pdf: pikepdf.Pdf, chance: random.Random) -> str:
    arrays = [each for each in pdf.objects if isinstance(each, Array) and len(each) > 1]
    arrays += [
        at[key] for at, key in _places(pdf) if isinstance(at[key], Array) and len(at[key]) > 1
    ]
    each = chance.choice(arrays)
    a, b = chance.sample(range(len(each)), 2)
    each[a], each[b] = each[b], each[a]
    return f"{a} {b}"


def a_key(pdf: pikepdf.Pdf, chance: random.Random) -> str:
    """A key that none of the program's dictionaries has, or not there."""
    at = chance.choice([each for each, _ in _places(pdf) if not isinstance(each, Array)])
    keys = ("/Rotate", "/CropBox", "/AA", "/OC", "/SMask", "/Ff", "/AP", "/UserUnit", "/Hidden")
    values = (90, Array([0, 0, 99, 99]), Dictionary(S=Name.JavaScript, JS=String("1")))
    key = chance.choice(keys)
    at[key] = chance.choice(values)
    return _said((at, key))


def a_byte(pdf: pikepdf.Pdf, chance: random.Random) -> str:
    stream, found = _readable(pdf, chance)
    data = bytearray(found or b" ")
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)
    stream.write(bytes(data))
    return f"{stream.objgen} {at}"


def packed(pdf: pikepdf.Pdf, chance: random.Random) -> str:
    """Nothing but how the file is packed: that is no change, and must be believed."""
    return ""


def _in_page(change: Callable[[bytes, random.Random], bytes]) -> Callable[[Any, Any], str]:
    def apply(pdf: pikepdf.Pdf, chance: random.Random) -> str:
        number = chance.randrange(len(pdf.pages))
        contents = pdf.pages[number].Contents
        contents.write(change(contents.read_bytes(), chance))
        return f"page {number + 1}"

    return apply


def _number_in(data: bytes, chance: random.Random) -> bytes:
    found = chance.choice(list(NUMBER.finditer(data)))
    value = float(found[0]) * chance.choice([0, -1, 0.5, 2]) + chance.choice([0, 1, 40])
    return data[: found.start()] + f"{value:f}".encode() + data[found.end() :]


def _without_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def _line_elsewhere(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return b"\n".join(lines)


def _drawn_over(data: bytes, chance: random.Random) -> bytes:
    x, y = chance.randrange(500), chance.randrange(800)
    shade = chance.choice(["1 1 1 rg", "0 0 0 rg"])
    return data + f"\n/Artifact BMC q {shade} {x} {y} 60 9 re f Q EMC".encode()


def _operator(data: bytes, chance: random.Random) -> bytes:
    added = chance.choice(OPERATORS)
    at = chance.choice([each.start() for each in re.finditer(rb"\n", data)])
    return data[:at] + b"\n" + added + data[at:]


KINDS: dict[str, Callable[[Any, Any], str]] = {
    "number": a_number,
    "name": a_name,
    "string": a_string,
    "gone": gone,
    "another value": another_value,
    "twice": twice,
    "swapped": swapped,
    "key": a_key,
    "byte": a_byte,
    "number on a page": _in_page(_number_in),
    "line gone": _in_page(_without_line),
    "line elsewhere": _in_page(_line_elsewhere),
    "drawn over": _in_page(_drawn_over),
    "operator": _in_page(_operator),
    "packed": packed,
}
