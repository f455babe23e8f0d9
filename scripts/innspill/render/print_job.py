"""PDFs to be made, as plain values: all that laying them out looks at, but the files they read.

HTML has slots where something is known only once a PDF is laid out. They stand between
characters U+0000, which no text can hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from innspill.diagnostics import Diagnostic, Location
from innspill.pdf.attached import Attached
from innspill.publish.output import Output

MARK = "\0"
"""What a slot begins and ends with."""
EVEN_COLUMNS = f"{MARK}even-columns{MARK}"
"""The slot for the rule that makes the columns of every table even."""
EVEN_COLUMNS_RULE = "<style>table { table-layout: fixed }</style>\n"
SLOT = re.compile(f"{MARK}(?:page:([^{MARK}]*)|even-columns){MARK}")


class PageSlots(dict[str, str]):
    """For every id, the slot for the page that it has in the first PDF of its job."""

    def __missing__(self, name: str) -> str:
        return f"{MARK}page:{name}{MARK}"

    # Which ids there are is known only once the PDF is laid out.

    def __contains__(self, name: object) -> bool:
        return True

    def get(self, name: str, default: object = None) -> str:
        return self[name]


class NoSuchPage(Exception):
    """HTML names the page of an id that the first PDF of its job does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class PageLimit:
    """How long a PDF may be."""

    pages: int
    lines: tuple[tuple[str, str], ...]
    """What can be shortened: the id and the text of each."""


@dataclass(frozen=True, slots=True)
class Imposition:
    """The sheets that a PDF's pages are put on, to be printed and folded: a PDF of its own."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class PrintFile:
    """One PDF to be laid out."""

    path: str
    html: str = field(repr=False)
    """With slots."""
    even_html: str = field(default="", repr=False)
    """The same with even columns, where its templates ask whether columns are to be even."""
    attached: tuple[Attached, ...] = ()
    code: tuple[str, bytes] | None = None
    """The QR code that it shows: its path behind `innspill:`, and its drawing."""
    imposition: Imposition | None = None
    limit: PageLimit | None = None

    def filled(self, pages: Mapping[str, int]) -> str:
        """Its HTML; `pages` are those of the first PDF. Raises NoSuchPage."""
        return _filled(self.html, pages, "")

    def filled_with_even_columns(self, pages: Mapping[str, int]) -> str | None:
        """The same with even columns, None where its templates can't have them."""
        html = self.even_html or self.html
        if not self.even_html and EVEN_COLUMNS not in html:
            return None
        return _filled(html, pages, EVEN_COLUMNS_RULE)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """PDFs that are made together, in their order: the later may name pages of the first."""

    files: tuple[PrintFile, ...]
    sources: tuple[str, ...]
    """The source files that each is made from."""
    at: Location
    """What a fault is blamed on."""
    images: tuple[tuple[str, Location], ...] = ()
    """The images in the text, as the HTML names them, and where they stand in the source."""


@dataclass(frozen=True, slots=True)
class Made:
    """PDFs, and what was wrong with them."""

    outputs: tuple[Output, ...]
    faults: tuple[Diagnostic, ...]
    laid_out: int
    """How many were laid out in this run, and not remembered."""


def _filled(html: str, pages: Mapping[str, int], even_columns: str) -> str:
    def text(slot: re.Match[str]) -> str:
        name = slot[1]
        if name is None:
            return even_columns
        if name not in pages:
            raise NoSuchPage(name)
        return str(pages[name])

    return SLOT.sub(text, html).replace(MARK, "")
