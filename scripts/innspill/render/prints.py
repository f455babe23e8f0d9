"""The site's PDFs: planned first, and their HTML made when someone wants them.

Of each statement the whole text comes first, then the summary, which names its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

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
from innspill.model import Consultation, Site, Statement
from innspill.pdf.attached import Attached
from innspill.render.data import statement_data
from innspill.render.folder import folder_job
from innspill.render.fonts import Memo
from innspill.render.html import PrintLinks
from innspill.render.pdf import SIBLING
from innspill.render.print_html import images_of, print_file
from innspill.render.print_job import Imposition, PageLimit, PageSlots, PrintFile, PrintJob
from innspill.render.templates import Templates
from innspill.render.views import View
from innspill.text import Internal, Target

MOST_PAGES = 2
"""How long a summary may be."""


@dataclass(frozen=True, slots=True)
class PlannedPrint:
    """PDFs that are made together, their HTML not made yet."""

    paths: tuple[str, ...]
    job: Callable[[], PrintJob]
    """Raises TemplateFault."""


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


def plan_prints(site: Site, templates: Templates, memo: Memo) -> Iterator[PlannedPrint]:
    """Every PDF of the site, those together that need each other."""
    for case in site.consultations:
        for statement in case.statements:
            yield from prints_of(site, case, statement, templates, memo)
        for draft in case.held:
            yield from _versions(draft, templates, memo)
        if case.agenda:
            path = case.folder + FOLDER.file
            yield PlannedPrint((path,), partial(folder_job, site, case, templates))


def prints_of(
    site: Site, case: Consultation, statement: Statement, templates: Templates, memo: Memo
) -> Iterator[PlannedPrint]:
    """The PDFs of a statement: its forms, those of its versions, and what has changed."""
    yield from _forms(site, case, statement, templates, memo)
    yield from _versions(statement, templates, memo)
    if statement.earlier:
        changes = partial(_changes, site, case, statement, templates)
        yield _planned(statement, (CHANGES,), changes)


def _versions(statement: Statement, templates: Templates, memo: Memo) -> Iterator[PlannedPrint]:
    for each in statement.versions:
        yield from _forms(each.site, each.case, each.statement, templates, memo)


def _forms(
    site: Site, case: Consultation, statement: Statement, templates: Templates, memo: Memo
) -> Iterator[PlannedPrint]:
    both = partial(_whole_and_summary, site, case, statement, templates, memo)
    yield _planned(statement, (WHOLE, SUMMARY), both)
    if "large" in statement.prints:
        large = partial(_large, site, case, statement, templates)
        yield _planned(statement, (LARGE,), large)
    if "booklet" in statement.prints:
        booklet = partial(_booklet, site, case, statement, templates)
        yield _planned(statement, (BOOKLET, BOOKLET_SHEETS), booklet)


def _planned(
    statement: Statement, papers: tuple[Paper, ...], job: Callable[[], PrintJob]
) -> PlannedPrint:
    return PlannedPrint(tuple(statement.folder + paper.file for paper in papers), job)


def _whole_and_summary(
    site: Site, case: Consultation, statement: Statement, templates: Templates, memo: Memo
) -> PrintJob:
    whole = _whole(site, case, statement, templates, WHOLE)
    view = View(site, statement.url, statement.lang, SummaryLinks(statement.url, site.address))
    summary = print_file(
        statement.folder + SUMMARY.file,
        templates,
        "sammendrag",
        ("paper", "sammendrag"),
        view,
        case=case,
        statement=statement,
        pages=PageSlots(),
    )
    points = tuple((each.id, each.text) for each in statement.summary)
    proposals = tuple((each.id, each.what) for each in statement.proposals)
    limited = replace(summary, limit=PageLimit(MOST_PAGES, points + proposals))
    attached = _sources(site, case, statement, memo)
    return _job(case, statement, replace(whole, attached=attached), limited)


def _large(site: Site, case: Consultation, statement: Statement, templates: Templates) -> PrintJob:
    whole = _whole(site, case, statement, templates, LARGE, "stor-skrift")
    return _job(case, statement, whole)


def _booklet(
    site: Site, case: Consultation, statement: Statement, templates: Templates
) -> PrintJob:
    words = catalogue(statement.lang)
    title = say(
        "{committee}: {title} ({form}; without an order of reading)",
        committee=statement.committee,
        title=statement.title,
        form=BOOKLET_SHEETS.title,
    )
    mark = f"{say('Draft').within(words).upper()} – " if statement.is_draft else ""
    sheets = Imposition(statement.folder + BOOKLET_SHEETS.file, mark + title.within(words))
    whole = _whole(site, case, statement, templates, BOOKLET, "hefte")
    return _job(case, statement, replace(whole, imposition=sheets))


def _changes(
    site: Site, case: Consultation, statement: Statement, templates: Templates
) -> PrintJob:
    from innspill.render.redline_html import redline_values  # few statements have one

    url = statement.folder + CHANGES_PAGE
    changes = print_file(
        statement.folder + CHANGES.file,
        templates,
        "endringer",
        ("paper", "uttalelse", "endringer"),
        View(site, url, statement.lang, PrintLinks(url, site.address)),
        case=case,
        statement=statement,
        **redline_values(statement, on_paper=True),
    )
    return _job(case, statement, changes)


def _whole(
    site: Site,
    case: Consultation,
    statement: Statement,
    templates: Templates,
    paper: Paper,
    *stylesheets: str,
) -> PrintFile:
    """The whole statement in one form, which `stylesheets` give it."""
    links = PrintLinks(statement.url, site.address)
    return print_file(
        statement.folder + paper.file,
        templates,
        "uttalelse",
        ("paper", "uttalelse", *stylesheets),
        View(site, statement.url, statement.lang, links),
        case=case,
        statement=statement,
        form=None if paper == WHOLE else paper.title,
    )


def _sources(
    site: Site, case: Consultation, statement: Statement, memo: Memo
) -> tuple[Attached, ...]:
    """What a statement was made from and its data, where they are to stand in its PDF."""
    if statement.attached_source is None:
        return ()
    words = catalogue(statement.lang)
    source = say("What this PDF was made from (Markdown)").within(words)
    told = say("The statement as data (JSON)").within(words)
    data = statement_data(site, case, statement, memo)
    name = PurePosixPath(statement.source)
    return (
        Attached(name.name, "text/markdown", "Source", source, statement.attached_source),
        Attached(f"{name.stem}.json", "application/json", "Data", told, data),
    )


def _job(case: Consultation, statement: Statement, *files: PrintFile) -> PrintJob:
    sources = (statement.source, case.source)
    return PrintJob(files, sources, statement.at, images_of((statement,)))
