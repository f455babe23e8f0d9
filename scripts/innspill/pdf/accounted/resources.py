"""What a page draws with, by what it is and not by its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from innspill.messages import say
from innspill.pdf.accounted.canonical import canonical
from innspill.pdf.accounted.drawn_page import Unaccounted
from innspill.pdf.difference import Difference, Weight
from innspill.pdf.read_back import characters

KINDS = {
    "Do": "/XObject",
    "Tf": "/Font",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "gs": "/ExtGState",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "sh": "/Shading",
}
"""Where the names stand that an operator is given (ISO 32000-1, 7.8.3)."""


@dataclass(frozen=True, slots=True)
class FontInUse:
    """A font as letters are drawn with it."""

    digest: str
    texts: dict[bytes, str] = field(repr=False)
    widths: tuple[float, ...] = field(repr=False)
    """Of each glyph, in a thousandth of the size."""


class ResourcesInUse:
    """The resources of a document's pages, each read once."""

    def __init__(self) -> None:
        self._digests: dict[Any, str] = {}
        self._fonts: dict[str, FontInUse] = {}

    def found(self, resources: Any, operator: str, name: str) -> Any:
        """What a name stands for. Raises KeyError."""
        return resources[KINDS[operator]][name]

    def digest(self, value: Any) -> str:
        """What it is. Raises TooDeep."""
        if not value.is_indirect:
            return canonical(value)
        if value.objgen not in self._digests:
            self._digests[value.objgen] = canonical(value)
        return self._digests[value.objgen]

    def font(self, value: Any) -> FontInUse:
        """Raises whatever a font of another form leads to."""
        digest = self.digest(value)
        if digest not in self._fonts:
            first, widths = value.DescendantFonts[0].W
            if first != 0:
                raise ValueError(first)
            known = tuple(map(float, widths))
            self._fonts[digest] = FontInUse(digest, characters(value), known)
        return self._fonts[digest]


def opacity(state: Any, page: int) -> dict[str, float]:
    """What a graphics state sets, where it is nothing but opacities. Raises Unaccounted."""
    found = {str(key): each for key, each in state.items()}
    found.pop("/Type", None)
    is_known = found.keys() <= {"/ca", "/CA"}
    if not isinstance(state, pikepdf.Dictionary) or not is_known:
        raise Unaccounted(blended(page))
    return {key: float(each) for key, each in found.items()}


def blended(page: int) -> Difference:
    """That something is more or less opaque than anything of the program's."""
    message = say("page {n}: something is transparent, or blended, in another way", n=page)
    return Difference(Weight.ACTIVE, message)
