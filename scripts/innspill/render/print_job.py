"""PDFs to be made, as plain values: all that laying them out looks at, but the files they read.

HTML has slots where something is known only once a PDF is laid out: see `innspill.slots`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from innspill.diagnostics import Diagnostic, Location
from innspill.errors import InnspillError
from innspill.output import Output
from innspill.pdf.embedded_file import EmbeddedFile
from innspill.pdf.made_from import UNTOLD, MadeFrom
from innspill.slots import fill, slot

MARK = b"\0"
"""What a slot begins with, in what is attached."""
EVEN_COLUMNS = "even-columns"
"""The slot for the rule that makes the columns of every table even."""
EVEN_COLUMNS_RULE = "<style>table { table-layout: fixed !important }</style>\n"


class PageSlots(dict[str, str]):
    """For every id, the slot for the page that it has in the first PDF of its job."""

    def __missing__(self, name: str) -> str:
        return slot("page", name)

    # Which ids there are is known only once the PDF is laid out.

    def __contains__(self, name: object) -> bool:
        return True

    def get(self, name: str, default: object = None) -> str:
        return self[name]


class NoSuchPage(InnspillError):
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
    attached: tuple[EmbeddedFile, ...] = ()
    code: tuple[str, bytes] | None = None
    """The QR code that it shows: its path behind `innspill:`, and its drawing."""
    imposition: Imposition | None = None
    limit: PageLimit | None = None
    made_from: MadeFrom = UNTOLD

    def filled(self, pages: Mapping[str, int]) -> str:
        """Its HTML; `pages` are those of the first PDF. Raises NoSuchPage."""
        return _filled(self.html, pages, "")

    def filled_with_even_columns(self, pages: Mapping[str, int]) -> str | None:
        """The same with even columns, None where its template has no place for that rule."""
        has_place = slot(EVEN_COLUMNS) in self.html
        return _filled(self.html, pages, EVEN_COLUMNS_RULE) if has_place else None

    @property
    def paths(self) -> tuple[str, ...]:
        """Where the PDFs go that are made of it."""
        return (self.path, self.imposition.path) if self.imposition else (self.path,)

    @property
    def sheets_made_from(self) -> MadeFrom:
        """What its sheets are made from."""
        assert self.imposition is not None
        return replace(self.made_from, form=self.imposition.path.rpartition("/")[2])

    def with_digests(self, digest_of: Callable[[str], str]) -> PrintFile:
        """The same; what is attached names the digests of the site's files."""
        if not any(MARK in each.data for each in self.attached):
            return self
        return replace(self, attached=tuple(_with_digests(e, digest_of) for e in self.attached))


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

    @property
    def paths(self) -> tuple[str, ...]:
        """Where its PDFs go."""
        return tuple(path for file in self.files for path in file.paths)

    def with_digests(self, digest_of: Callable[[str], str]) -> PrintJob:
        """The same; what is attached to its PDFs names the digests of the site's files."""
        return replace(self, files=tuple(each.with_digests(digest_of) for each in self.files))


@dataclass(frozen=True, slots=True)
class PrintResult:
    """PDFs, and what was wrong with them."""

    outputs: tuple[Output, ...]
    faults: tuple[Diagnostic, ...]
    laid_out: int
    """How many were laid out in this run, and not remembered."""
    page_counts: Mapping[str, int]
    """How many pages each has, by its path; sheets to fold are not told of."""


def _filled(html: str, pages: Mapping[str, int], even_columns: str) -> str:
    def content_of(kind: str, name: str) -> str:
        if kind != "page":
            return even_columns if kind == EVEN_COLUMNS else ""
        if name not in pages:
            raise NoSuchPage(name)
        return str(pages[name])

    return fill(html, content_of)


def _with_digests(each: EmbeddedFile, digest_of: Callable[[str], str]) -> EmbeddedFile:
    text = fill(each.data.decode(), lambda _, url: digest_of(unquote(url)))
    return replace(each, data=text.encode())
