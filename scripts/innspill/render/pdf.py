"""HTML to PDF: the only module that imports WeasyPrint.

1. Lay out, every file fetched from the given resources and recorded; the stylesheets are parsed
once in a process. 2. Write the PDF, tagged, its fonts embedded whole. 3. Finish it: see
`innspill.pdf.finish`.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from innspill import __version__
from innspill.blob import Blob
from innspill.errors import InnspillError
from innspill.failure import MachineFault
from innspill.limits import USUAL, Limit, limited
from innspill.messages import say
from innspill.pdf.compounds import divide_at_joints
from innspill.pdf.embedded_file import EmbeddedFile
from innspill.pdf.made_from import UNTOLD, MadeFrom
from innspill.pdf.page_numbers import number_early
from innspill.render.fonts import FACES
from innspill.render.layout_versions import finisher_digest, layout_versions
from innspill.render.library_search import no_library_search
from innspill.render.stylesheet_cache import ParsedStylesheets, take_stylesheets, weigh_the_same
from innspill.store import Key, Store

SCHEME = "innspill:"

OWN_FONTS = tuple({face.family.replace(" ", "-") for face in FACES})
"""How the names of the project's fonts begin in a PDF."""
OPTIONS = {"pdf_version": "1.7", "full_fonts": True}
FORMAT = "3"
"""Of a memo's entry, as `_pack` writes it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and where things stand in it."""

    pdf: bytes = field(repr=False)
    pages: Mapping[str, int]
    """The page, from 1, of each id in the HTML."""
    page_count: int
    lines: tuple[int, ...]
    """How many lines of text stand on each page, those beside each other as one."""
    warnings: tuple[str, ...]
    """What WeasyPrint had to say."""
    strange_fonts: tuple[str, ...]
    """The fonts in it that are the machine's, and not the project's."""
    is_new: bool
    """Whether it was laid out in this run, and not remembered."""


class PrintLibraryMissing(MachineFault):
    """WeasyPrint's system libraries (Pango and what it depends on) can't be loaded."""

    def __init__(self, why: str) -> None:
        """Takes what the system says."""
        super().__init__(
            say(
                "the PDFs can't be made: {why}. Install Pango (Debian, Ubuntu: apt install "
                "libpango-1.0-0 libpangoft2-1.0-0), or build with --no-pdf.",
                why=why,
            )
        )
        self.args = (why,)  # what it is made from, where it comes from another process


class NotThere(InnspillError):
    """A print asks for a stylesheet, a font or an image that the site doesn't have."""

    def __init__(self, address: str) -> None:
        """Takes the file's path, or its address where that is outside the site."""
        super().__init__(address)
        self.address = address


class NotRemembered(InnspillError):
    """A print that would have to be laid out."""


def remembered_pdf(
    html: str,
    resources: Mapping[str, Blob],
    store: Store,
    attached: tuple[EmbeddedFile, ...] = (),
    made_from: MadeFrom = UNTOLD,
) -> Printed:
    """The PDF of a print's HTML that was kept. Raises NotRemembered where none was."""
    entry = store.get(_key(html, attached, made_from))
    printed = _unpack(entry, resources) if entry else None
    if printed is None:
        raise NotRemembered
    return printed


def print_pdf(
    html: str,
    resources: Mapping[str, Blob],
    store: Store,
    attached: tuple[EmbeddedFile, ...] = (),
    limit: Limit = USUAL.layout,
    made_from: MadeFrom = UNTOLD,
) -> Printed:
    """The PDF of a print's HTML; remembered where nothing that it reads has changed.

    `resources` maps the paths behind `innspill:` to bytes; nothing else can be read. Raises
    OSError and MachineFault where it can't be read any more.
    Raises PrintLibraryMissing, OverLimit, and Unmatched, WrongMarker, OffPage or Unexpected
    from `innspill.pdf`, and NotThere where it asks for what is not there.
    """
    try:
        return remembered_pdf(html, resources, store, attached, made_from)
    except NotRemembered:
        with limited(limit):
            printed, reads = _print(html, resources, attached, made_from)
        store.put(_key(html, attached, made_from), _pack(printed, reads))
        return printed


def _key(html: str, attached: tuple[EmbeddedFile, ...], made_from: MadeFrom) -> Key:
    files = tuple(f"{each!r} {hashlib.sha256(each.data).hexdigest()}" for each in attached)
    made_by = (FORMAT, __version__, repr(OPTIONS), finisher_digest(), *layout_versions())
    return ("print", html, *files, repr(made_from), *made_by)


def _print(
    html: str,
    resources: Mapping[str, Blob],
    attached: tuple[EmbeddedFile, ...],
    made_from: MadeFrom,
) -> tuple[Printed, dict[str, str]]:
    from innspill.pdf.boxes import count_lines, read_drawing, remember_boxes
    from innspill.pdf.finish import Producer, finish
    from innspill.pdf.fonts import font_names
    from innspill.pdf.lists import set_counters

    weasyprint = _weasyprint()
    boxes = weasyprint.formatting_structure.boxes
    fetcher, lines = _fetcher(resources), list[str]()
    with _hearing(lines):
        parsed = weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=fetcher)
    set_counters(parsed.etree_element)
    sheets = take_stylesheets(
        parsed.etree_element,
        lambda path: _digest(resources.get(path)),
        lambda addresses: _parse_sheets(addresses, resources),
    )
    lines += sheets.warnings
    with _hearing(lines):
        options = weasyprint.DEFAULT_OPTIONS | OPTIONS | {"stylesheets": sheets.parsed}
        document = _document()._render(  # noqa: SLF001
            parsed, sheets.fonts, sheets.counters, None, options
        )
        if fetcher.faults:  # of which WeasyPrint makes nothing but a gap in the page
            raise fetcher.faults[0]
        reads = {**sheets.reads, **fetcher.reads}
        for path, digest in reads.items():  # WeasyPrint goes on without what is not there
            if not digest:
                raise NotThere(path)
        painted = remember_boxes(document)
        raw = document.write_pdf(uncompressed_pdf=True, **OPTIONS)  # it is packed at the end
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    maker = Producer(f"WeasyPrint {version('weasyprint')}", _colours())
    try:
        drawing = read_drawing(document, painted, boxes)
        pdf = finish(raw, parsed.etree_element, drawing, maker, attached, made_from)
    except Exception as fault:
        for line in lines:
            fault.add_note(line)
        raise
    printed = Printed(
        pdf,
        pages,
        len(document.pages),
        lines=tuple(count_lines(page, boxes) for page in document.pages),
        warnings=tuple(lines),
        strange_fonts=tuple(name for name in font_names(pdf) if not name.startswith(OWN_FONTS)),
        is_new=True,
    )
    return printed, reads


def _parse_sheets(addresses: tuple[str, ...], resources: Mapping[str, Blob]) -> ParsedStylesheets:
    """Sheets with the fonts that they name; none that are missing or weigh otherwise so."""
    paths = [unquote(each.removeprefix(SCHEME)) for each in addresses]
    if not all(path.endswith(".css") and path in resources for path in paths):
        return ParsedStylesheets()
    weasyprint, fetcher, lines = _weasyprint(), _fetcher(resources), list[str]()
    fonts = weasyprint.text.fonts.FontConfiguration()
    counters = weasyprint.css.counters.CounterStyle()
    with _hearing(lines):
        parsed = tuple(
            weasyprint.CSS(url=each, url_fetcher=fetcher, font_config=fonts, counter_style=counters)
            for each in addresses
        )
    there = (each for each in fetcher.reads if each in resources)
    texts = tuple(resources[each].load() for each in there if each.endswith(".css"))
    if not weigh_the_same(texts):
        return ParsedStylesheets(reads=fetcher.reads)
    return ParsedStylesheets(parsed, fonts, counters, fetcher.reads, tuple(lines))


@cache
def _colours() -> bytes:
    """The ICC's own sRGB profile, which WeasyPrint has with it for its PDF/A."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _pack(printed: Printed, reads: dict[str, str]) -> bytes:
    head = {
        "reads": reads,
        "pages": dict(printed.pages),
        "page_count": printed.page_count,
        "lines": printed.lines,
        "warnings": printed.warnings,
        "strange_fonts": printed.strange_fonts,
    }
    return json.dumps(head).encode() + b"\n" + printed.pdf


def _unpack(entry: bytes, resources: Mapping[str, Blob]) -> Printed | None:
    """The remembered print, None where a file that it read is another now, or is not there."""
    head_line, _, pdf = entry.partition(b"\n")
    head = json.loads(head_line)
    digests = {path: _digest(resources.get(path)) for path in head["reads"]}
    if digests != head["reads"] or not all(digests.values()):
        return None
    return Printed(
        pdf,
        head["pages"],
        head["page_count"],
        lines=tuple(head["lines"]),
        warnings=tuple(head["warnings"]),
        strange_fonts=tuple(head["strange_fonts"]),
        is_new=False,
    )


def _digest(file: Blob | None) -> str:
    """A file's digest; a file that is not there is recorded too."""
    return "" if file is None else file.sha256


class _Heard(logging.Handler):
    """Keeps what WeasyPrint warns of."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextlib.contextmanager
def _hearing(lines: list[str]) -> Iterator[None]:
    """Adds to `lines` what WeasyPrint warns of meanwhile."""
    logger, heard = logging.getLogger("weasyprint"), _Heard(lines)
    logger.addHandler(heard)
    try:
        yield
    finally:
        logger.removeHandler(heard)


def _fetcher(resources: Mapping[str, Blob]) -> Any:
    """A fetcher that knows the given resources alone, and records what it is asked for."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def __init__(self) -> None:
            super().__init__(allowed_protocols=())
            self.reads: dict[str, str] = {}
            self.faults: list[Exception] = []

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith(SCHEME):
                self.reads[url] = ""
                raise ValueError(f"a print reads nothing from outside the site: {url}")
            path = unquote(url.removeprefix(SCHEME))
            self.reads[path] = _digest(resources.get(path))
            if path not in resources:
                raise ValueError(f"the site has no file {path}")
            try:
                return URLFetcherResponse(url, resources[path].load(), _headers(path))
            except (OSError, MachineFault) as fault:
                self.faults.append(fault)
                raise

    return Fetcher()


def _headers(path: str) -> dict[str, str]:
    return {"Content-Type": "text/css; charset=utf-8"} if path.endswith(".css") else {}


@cache
def _document() -> Any:
    """WeasyPrint's class of documents: page numbers known early, compounds divided at joints."""

    class Document(_weasyprint().document.Document):  # type: ignore[misc]
        @classmethod
        def _build_layout_context(cls, *given: Any) -> Any:
            context = super()._build_layout_context(*given)
            number_early(context)
            divide_at_joints(context)
            return context

    return Document


@cache
def _weasyprint() -> Any:
    try:
        # Where a library is missing WeasyPrint prints advice to stdout before it raises.
        with contextlib.redirect_stdout(io.StringIO()), no_library_search():
            import weasyprint
    except OSError as fault:
        raise PrintLibraryMissing(str(fault).split("\n")[0]) from fault
    return weasyprint
