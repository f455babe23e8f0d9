"""A statement's PDFs: the whole text first, then the summary, which names its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Protocol
from urllib.parse import quote

from innspill.diagnostics import Diagnostic, error, warning
from innspill.messages import catalogue, say
from innspill.model import Consultation, Site, Statement
from innspill.pdf.attached import Attached
from innspill.pdf.faults import OffPage, Unexpected, Unmatched
from innspill.publish.output import Output
from innspill.render.data import statement_data
from innspill.render.fonts import FACES, Memo, cut, font_rule
from innspill.render.html import PrintLinks
from innspill.render.pdf import SIBLING, Printed, PrintLibraryMissing
from innspill.render.templates import TemplateFault, Templates
from innspill.render.views import HELPERS, View
from innspill.text import Image, Internal, Target, nodes_in

WHOLE, SUMMARY = "uttalelse", "sammendrag"
MOST_PAGES = 2
"""How long a summary may be."""


class Print(Protocol):
    """Makes a PDF of a print's HTML, the files that it reads, and those to put into it."""

    def __call__(
        self, html: str, resources: Mapping[str, bytes], *, attached: tuple[Attached, ...] = ()
    ) -> Printed: ...


@dataclass(frozen=True, slots=True)
class SummaryLinks(PrintLinks):
    """Links of the summary: the statement's places are in the PDF beside it."""

    def href(self, target: Target) -> str | None:
        """The web address where the site has one, else the place in the sibling PDF."""
        match target:
            case Internal() if target.url == self.url and not self.address:
                return f"{SIBLING}{WHOLE}.pdf#{target.fragment}"
            case Internal():
                return self.on_the_web(target)
        return PrintLinks.href(self, target)


@dataclass(frozen=True, slots=True)
class Prints:
    """The PDFs of one statement, and what was wrong with them."""

    outputs: tuple[Output, ...]
    faults: tuple[Diagnostic, ...]
    laid_out: int
    """How many were laid out in this run, and not remembered."""


def print_resources(site: Site, templates: Templates, memo: Memo) -> dict[str, bytes]:
    """All that a print may read, by its path behind `innspill:`."""
    rules = "".join(
        font_rule(face, f"innspill:fonts/{face.file}.otf", "opentype") for face in FACES
    )
    resources = {file.url: file.data for file in site.attachments}
    resources["print/fonts.css"] = rules.encode()
    for name in (WHOLE, SUMMARY):
        resources[f"print/{name}.css"] = templates.file(f"print/{name}.css").encode()
    for face in FACES:
        resources[f"fonts/{face.file}.otf"] = cut(face, memo)
    return resources


def print_statement(
    site: Site,
    case: Consultation,
    statement: Statement,
    templates: Templates,
    resources: Mapping[str, bytes],
    to_pdf: Print,
) -> Prints:
    """Both PDFs of a statement.

    Raises TemplateFault, and PrintLibraryMissing where the machine can't make PDFs.
    """

    def lay_out(
        name: str, links: PrintLinks, attached: tuple[Attached, ...] = (), **values: Any
    ) -> Printed:
        view = View(site, statement.url, statement.lang, links)
        given = {"site": site, "view": view, "case": case, "statement": statement, **values}
        html = templates.render(f"print/{name}.html", statement.lang, HELPERS | given)
        try:
            return to_pdf(html, resources, attached=attached)
        except PrintLibraryMissing:
            raise
        except (Unmatched, OffPage, Unexpected) as fault:
            raise TemplateFault(_unfinished(statement, fault)) from fault
        except Exception as fault:  # whatever a stylesheet or an image makes of WeasyPrint
            message = say(
                "WeasyPrint can't print it: {why}", why=f"{type(fault).__name__}: {fault}"
            )
            raise TemplateFault(error("print", message, statement.at)) from fault

    attached = attached_source(site, case, statement)
    whole = lay_out(WHOLE, PrintLinks(statement.url, site.address), attached)
    links = SummaryLinks(statement.url, site.address)
    summary = lay_out(SUMMARY, links, pages=whole.pages)
    sources = (statement.source, case.source)
    outputs = (
        Output(f"{statement.folder}{WHOLE}.pdf", whole.pdf, sources),
        Output(f"{statement.folder}{SUMMARY}.pdf", summary.pdf, sources),
    )
    faults = (*_too_long(statement, summary), *_heard(statement, (whole, summary)))
    return Prints(outputs, faults, whole.is_new + summary.is_new)


def attached_source(site: Site, case: Consultation, statement: Statement) -> tuple[Attached, ...]:
    """What a statement was made from and its data, where they are to stand in its PDF."""
    if statement.attached_source is None:
        return ()
    words = catalogue(statement.lang)
    source = say("What this PDF was made from (Markdown)").within(words)
    data = say("The statement as data (JSON)").within(words)
    name = PurePosixPath(statement.source)
    return (
        Attached(name.name, "text/markdown", "Source", source, statement.attached_source),
        Attached(
            f"{name.stem}.json", "application/json", "Data", data,
            statement_data(site, case, statement),
        ),
    )  # fmt: skip


def _too_long(statement: Statement, summary: Printed) -> Iterator[Diagnostic]:
    if summary.page_count <= MOST_PAGES:
        return
    over = [
        *(each.text for each in statement.summary if summary.pages.get(each.id, 0) > MOST_PAGES),
        *(each.what for each in statement.proposals if summary.pages.get(each.id, 0) > MOST_PAGES),
    ]
    message = say(
        "the summary fills {n} pages, and at most {most} are handed out",
        n=summary.page_count,
        most=MOST_PAGES,
    )
    hint = say(
        "shorten it; beyond page {most} stand: {what}", most=MOST_PAGES, what=" · ".join(over)
    )
    yield error("summary-too-long", message, statement.at, hint)


def _unfinished(statement: Statement, fault: Unmatched | OffPage | Unexpected) -> Diagnostic:
    """Why a PDF can't be made fit for the archive and for every reader."""
    if isinstance(fault, Unexpected):
        message = say("the PDF can't be finished: {what}", what=str(fault))
        return error("print", message, statement.at)
    if isinstance(fault, OffPage):
        if fault.text:
            message = say("“{text}” runs off page {page}", text=fault.text[:40], page=fault.page)
        else:
            message = say("an image runs off page {page}", page=fault.page)
        return error("print-overflow", message, statement.at)
    message = say(
        "page {page} of the PDF has “{found}” where the text has “{expected}”",
        page=fault.page,
        found=fault.found,
        expected=fault.expected,
    )
    for line in getattr(fault, "__notes__", ()):
        return error("print-tags", message, statement.at, say("WeasyPrint says: {line}", line=line))
    hint = say(
        "a print's stylesheet may not hide, add or reorder text; "
        'what is no part of the text is marked with aria-hidden="true"'
    )
    return error("print-tags", message, statement.at, hint)


def _heard(statement: Statement, printed: tuple[Printed, ...]) -> Iterator[Diagnostic]:
    """What WeasyPrint warns of, at the image that it names where it names one."""
    images = {
        f"innspill:{quote(node.target.url)}": node.at
        for section in statement.sections
        for node in nodes_in(section.blocks)
        if isinstance(node, Image) and isinstance(node.target, Internal)
    }
    for line in dict.fromkeys(line for each in printed for line in each.warnings):
        at = next((at for address, at in images.items() if address in line), statement.at)
        yield warning("print", say("WeasyPrint says: {line}", line=line), at)
