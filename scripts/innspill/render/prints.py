"""The site's PDFs: planned first, and made when someone wants them.

Of each statement the whole text comes first, then the summary, which names its pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from innspill.diagnostics import Diagnostic, error
from innspill.messages import say
from innspill.model import Consultation, Statement
from innspill.publish.output import Output
from innspill.render.html import PrintLinks
from innspill.render.pdf import SIBLING, Printed
from innspill.render.press import Job, Made, Press, heard
from innspill.render.views import View
from innspill.text import Internal, Target

WHOLE, SUMMARY = "uttalelse", "sammendrag"
MOST_PAGES = 2
"""How long a summary may be."""


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


def plan_prints(press: Press) -> Iterator[Job]:
    """Every PDF of the site, those together that need each other."""
    for case in press.site.consultations:
        for statement in case.statements:
            paths = tuple(f"{statement.folder}{name}.pdf" for name in (WHOLE, SUMMARY))
            yield Job(paths, partial(_whole_and_summary, press, case, statement))


def _whole_and_summary(press: Press, case: Consultation, statement: Statement) -> Made:
    address = press.site.address
    given = {"case": case, "statement": statement}
    links = PrintLinks(statement.url, address)
    view = View(press.site, statement.url, statement.lang, links)
    whole = press.lay_out(WHOLE, ("paper", WHOLE), view, statement.at, **given)
    view = View(press.site, statement.url, statement.lang, SummaryLinks(statement.url, address))
    summary = press.lay_out(
        SUMMARY, ("paper", SUMMARY), view, statement.at, pages=whole.pages, **given
    )
    sources = (statement.source, case.source)
    outputs = (
        Output(f"{statement.folder}{WHOLE}.pdf", whole.pdf, sources),
        Output(f"{statement.folder}{SUMMARY}.pdf", summary.pdf, sources),
    )
    faults = (*_too_long(statement, summary), *heard((whole, summary), statement.at))
    return Made(outputs, faults, whole.is_new + summary.is_new)


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
