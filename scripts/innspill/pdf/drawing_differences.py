"""What a page draws otherwise than it should, in words: what was added, hidden or only moved."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pikepdf

from innspill.messages import Message, say
from innspill.pdf.difference import Difference, Weight

PLACED = {"cm", "Tm", "Td", "TD", "re", "m", "l", "c", "v", "y", "TJ", "TL", "Tc", "Tw", "Ts"}
"""The operators whose numbers say where something stands."""
PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"}
SHOWS = {"Tj", "TJ", "'", '"'}
HIDDEN = {("Tr", ("3",)), ("Tr", ("7",))}

Drawn = tuple[str, tuple[str, ...]]
"""An operator, and what it is given."""


def drawn_otherwise(was: Any, is_: Any, page: int) -> Difference:
    """How what is drawn now differs from what was, on a page."""
    try:
        before, now = _instructions(was), _instructions(is_)
    except (pikepdf.PdfError, TypeError, ValueError):
        return Difference(Weight.CHANGED, say("page {n}: what is drawn can't be read", n=page))
    if _without_places(before) == _without_places(now):
        message = say("page {n}: the same is drawn, but stands in other places", n=page)
        return Difference(Weight.PLACE, message)
    return Difference(Weight.CHANGED, _what_came_in(Counter(now) - Counter(before), page))


def _what_came_in(added: Counter[Drawn], page: int) -> Message:
    operators = {operator for operator, _ in added}
    if HIDDEN & added.keys():
        return say("page {n}: text is hidden", n=page)
    if "Do" in operators or "INLINE IMAGE" in operators:
        return say("page {n}: a picture is drawn over it", n=page)
    if operators & SHOWS:
        return say("page {n}: other letters are drawn", n=page)
    if operators & PAINTS:
        return say("page {n}: something is drawn over the text", n=page)
    return say("page {n}: something else is drawn", n=page)


def _instructions(stream: Any) -> list[Drawn]:
    """The instructions of a stream, or of several that follow each other."""
    if not isinstance(stream, pikepdf.Array):
        return _plainly(stream)
    parts = b"\n".join(each.read_bytes() for each in stream)
    with pikepdf.new() as empty:
        return _plainly(empty.make_stream(parts))


def _plainly(stream: Any) -> list[Drawn]:
    return [
        (str(each.operator), tuple(map(_plain, each.operands)))
        for each in pikepdf.parse_content_stream(stream)
    ]


def _plain(operand: Any) -> str:
    """An operand as text; letters in pieces, as in `TJ`, are one text behind its places."""
    if isinstance(operand, pikepdf.Array):
        strings = [bytes(each) for each in operand if isinstance(each, pikepdf.String)]
        if strings:
            return f"({b''.join(strings).hex()})"
        return f"[{' '.join(map(_plain, operand))}]"
    if isinstance(operand, pikepdf.String):
        return f"({bytes(operand).hex()})"
    return repr(operand) if isinstance(operand, pikepdf.Object) else str(operand)


def _without_places(instructions: list[Drawn]) -> list[Drawn]:
    """The instructions without where they draw."""
    return [
        (operator, () if operator in PLACED and operator != "TJ" else operands)
        for operator, operands in instructions
    ]
