"""The site's PDFs: planned first, and made when someone wants them.

Of each statement the whole text comes first, then the summary, which names its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from innspill.diagnostics import Diagnostic, error
from innspill.forms import (
    BOOKLET,
    BOOKLET_SHEETS,
    CHANGES,
    CHANGES_PAGE,
    FOLDER,
    LARGE,
    SUMMARY,
    WHOLE,
    Paper,
)
from innspill.messages import catalogue, say
from innspill.model import Consultation, Statement, Version
from innspill.output import Output
from innspill.pdf.attached import Attached
from innspill.render.attachments import for_prints
from innspill.render.data import statement_data
from innspill.render.folder import print_folder
from innspill.render.html import PrintLinks
from innspill.render.imposition import impose
from innspill.render.pdf import SIBLING, Printed
from innspill.render.press import Job, Made, Press, heard
from innspill.render.views import View
from innspill.text import Internal, Target

MOST_PAGES = 2
"""How long a summary may be."""


@dataclass(frozen=True, slots=True)
class SummaryLinks(PrintLinks):
    """Links of the summary: the statement's places are in the PDF beside it."""

    def href(self, target: Target) -> str | None:
        """The web address where the site has one, else the place in the sibling PDF."""
        match target:
            case Internal() if target.url == self.url and not self.address:
                return f"{SIBLING}{WHOLE.file}#{target.fragment}"
            case Internal():
                return self.on_the_web(target)
        return PrintLinks.href(self, target)


def plan_prints(press: Press) -> Iterator[Job]:
    """Every PDF of the site, those together that need each other."""
    for case in press.site.consultations:
        for statement in case.statements:
            yield from _forms(press, case, statement)
            yield from _versions(press, statement)
            if statement.earlier:
                yield _job(statement, (CHANGES,), partial(_changes, press, case, statement))
        for draft in case.held:
            yield from _versions(press, draft)
        if case.agenda:
            yield Job((case.folder + FOLDER.file,), partial(print_folder, press, case))


def _versions(press: Press, statement: Statement) -> Iterator[Job]:
    for each in statement.versions:
        yield from _forms(_as_it_was(press, each), each.case, each.statement)


def _forms(press: Press, case: Consultation, statement: Statement) -> Iterator[Job]:
    both = (WHOLE, SUMMARY)
    yield _job(statement, both, partial(_whole_and_summary, press, case, statement))
    if "large" in statement.prints:
        yield _job(statement, (LARGE,), partial(_large, press, case, statement))
    if "booklet" in statement.prints:
        booklet = (BOOKLET, BOOKLET_SHEETS)
        yield _job(statement, booklet, partial(_booklet, press, case, statement))


def _as_it_was(press: Press, version: Version) -> Press:
    """A press for a version: all that its PDFs show of the site is that of its own time."""
    files = for_prints(version.files, press.memo)
    return replace(press, site=version.site, resources=lambda: {**press.resources(), **files})


def _job(statement: Statement, papers: tuple[Paper, ...], make: Callable[[], Made]) -> Job:
    return Job(tuple(statement.folder + paper.file for paper in papers), make)


def _whole_and_summary(press: Press, case: Consultation, statement: Statement) -> Made:
    address = press.site.address
    whole = _whole(press, case, statement, WHOLE, attached=_sources(press, case, statement))
    view = View(press.site, statement.url, statement.lang, SummaryLinks(statement.url, address))
    summary = press.lay_out(
        "sammendrag",
        ("paper", "sammendrag"),
        view,
        statement.at,
        case=case,
        statement=statement,
        pages=whole.pages,
    )
    pdfs = {WHOLE: whole.pdf, SUMMARY: summary.pdf}
    made = _made(case, statement, pdfs, (whole, summary))
    return replace(made, faults=(*_too_long(statement, summary), *made.faults))


def _large(press: Press, case: Consultation, statement: Statement) -> Made:
    printed = _whole(press, case, statement, LARGE, "stor-skrift")
    return _made(case, statement, {LARGE: printed.pdf}, (printed,))


def _booklet(press: Press, case: Consultation, statement: Statement) -> Made:
    printed = _whole(press, case, statement, BOOKLET, "hefte")
    words = catalogue(statement.lang)
    title = say(
        "{committee}: {title} ({form}; without an order of reading)",
        committee=statement.committee,
        title=statement.title,
        form=BOOKLET_SHEETS.title,
    )
    mark = f"{say('Draft').within(words).upper()} – " if statement.is_draft else ""
    sheets = impose(printed.pdf, mark + title.within(words))
    return _made(case, statement, {BOOKLET: printed.pdf, BOOKLET_SHEETS: sheets}, (printed,))


def _changes(press: Press, case: Consultation, statement: Statement) -> Made:
    from innspill.render.redline_html import redline_values  # few statements have one

    url = statement.folder + CHANGES_PAGE
    view = View(press.site, url, statement.lang, PrintLinks(url, press.site.address))
    values = redline_values(statement, on_paper=True)
    sheets = ("paper", "uttalelse", "endringer")
    printed = press.lay_out(
        "endringer", sheets, view, statement.at, case=case, statement=statement, **values
    )
    return _made(case, statement, {CHANGES: printed.pdf}, (printed,))


def _whole(
    press: Press,
    case: Consultation,
    statement: Statement,
    paper: Paper,
    *sheets: str,
    attached: tuple[Attached, ...] = (),
) -> Printed:
    """The whole statement in one form, which `sheets` give it."""
    links = PrintLinks(statement.url, press.site.address)
    view = View(press.site, statement.url, statement.lang, links)
    return press.lay_out(
        "uttalelse",
        ("paper", "uttalelse", *sheets),
        view,
        statement.at,
        attached,
        case=case,
        statement=statement,
        form=None if paper == WHOLE else paper.title,
    )


def _sources(press: Press, case: Consultation, statement: Statement) -> tuple[Attached, ...]:
    """What a statement was made from and its data, where they are to stand in its PDF."""
    if statement.attached_source is None:
        return ()
    words = catalogue(statement.lang)
    source = say("What this PDF was made from (Markdown)").within(words)
    told = say("The statement as data (JSON)").within(words)
    data = statement_data(press.site, case, statement, press.memo)
    name = PurePosixPath(statement.source)
    return (
        Attached(name.name, "text/markdown", "Source", source, statement.attached_source),
        Attached(f"{name.stem}.json", "application/json", "Data", told, data),
    )


def _made(
    case: Consultation,
    statement: Statement,
    pdfs: Mapping[Paper, bytes],
    printed: tuple[Printed, ...],
) -> Made:
    sources = (statement.source, case.source)
    outputs = tuple(
        Output(statement.folder + paper.file, pdf, sources) for paper, pdf in pdfs.items()
    )
    faults = tuple(heard(printed, statement.at, (statement,)))
    return Made(outputs, faults, sum(each.is_new for each in printed))


def _too_long(statement: Statement, summary: Printed) -> Iterator[Diagnostic]:
    if summary.page_count <= MOST_PAGES:
        return
    over = [
        *(each.text for each in statement.summary if summary.pages.get(each.id, 0) > MOST_PAGES),
        *(each.what for each in statement.proposals if summary.pages.get(each.id, 0) > MOST_PAGES),
    ]
    message = say(
        "the summary is too long for {most} pages. Lines over: {n}",
        n=sum(summary.lines[MOST_PAGES:]),
        most=MOST_PAGES,
    )
    hint = say(
        "shorten it; beyond page {most} stand: {what}", most=MOST_PAGES, what=" · ".join(over)
    )
    yield error("summary-too-long", message, statement.at, hint)
