"""A statement's PDFs as jobs: what its templates make, to be laid out.

The whole text comes first, then the summary, which names its pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from innspill.compose.references import references_in
from innspill.forms import (
    CHANGES,
    CHANGES_PAGE,
    FORMS,
    SUMMARY,
    WHOLE,
    Form,
    Paper,
)
from innspill.messages import catalogue, say
from innspill.model import CaseFacts, Consultation, SiteFacts, Statement
from innspill.pdf.addresses import SIBLING
from innspill.pdf.embedded_file import EmbeddedFile
from innspill.render.data import attached_json
from innspill.render.html import PrintLinks
from innspill.render.print_html import images_of, print_file
from innspill.render.print_job import Imposition, PageLimit, PageSlots, PrintFile, PrintJob
from innspill.render.provenance import provenance
from innspill.render.templates import Templates
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


@dataclass(frozen=True, slots=True)
class StatementPrints:
    """Makes the print jobs of one statement. The methods raise TemplateFault."""

    site: SiteFacts
    case: CaseFacts
    statement: Statement
    templates: Templates
    whole_case: Consultation | None = None
    """The consultation's own data, where that stands in the PDF."""

    def jobs(self) -> Iterator[PrintJob]:
        """Those of its forms, of its versions, and of what has changed."""
        yield from self.form_jobs()
        yield from self.version_jobs()
        if self.statement.earlier:
            yield self._changes()

    def version_jobs(self) -> Iterator[PrintJob]:
        """Those of its versions' forms, each as its own time had it."""
        for each in self.statement.versions:
            then = (each.site, each.case, each.statement, self.templates, each.whole_case)
            yield from StatementPrints(*then).form_jobs()

    def form_jobs(self) -> Iterator[PrintJob]:
        """Those of its own forms."""
        yield self._whole_and_summary()
        yield from (self._form(FORMS[name]) for name in self.statement.prints)

    def _whole_and_summary(self) -> PrintJob:
        statement, address = self.statement, self.site.address
        links = SummaryLinks(statement.url, address)
        sheets = ("paper", "sammendrag")
        summary = self._file(SUMMARY, "sammendrag", sheets, links, pages=PageSlots())
        points = tuple((each.id, each.text) for each in statement.summary)
        proposals = tuple((each.id, each.what) for each in statement.proposals)
        limited = replace(summary, limit=PageLimit(MOST_PAGES, points + proposals))
        return self._job(replace(self._whole(WHOLE), attached=self._sources()), limited)

    def _form(self, form: Form) -> PrintJob:
        whole = self._whole(form.paper, form.stylesheet)
        sheets = self._sheets(form.to_fold) if form.to_fold else None
        return self._job(replace(whole, imposition=sheets))

    def _sheets(self, paper: Paper) -> Imposition:
        statement, words = self.statement, catalogue(self.statement.lang)
        title = say(
            "{committee}: {title} ({form}; without an order of reading)",
            committee=statement.committee,
            title=statement.title,
            form=paper.title,
        )
        mark = f"{say('Draft').within(words).upper()} – " if statement.is_draft else ""
        return Imposition(statement.folder + paper.file, mark + title.within(words))

    def _changes(self) -> PrintJob:
        from innspill.render.redline_html import redline_values  # few statements have one

        links = PrintLinks(self.statement.folder + CHANGES_PAGE, self.site.address)
        values = redline_values(self.statement, on_paper=True)
        sheets = ("paper", "uttalelse", "endringer")
        return self._job(self._file(CHANGES, "endringer", sheets, links, **values))

    def _whole(self, paper: Paper, *stylesheets: str) -> PrintFile:
        """The whole statement in one form, which `stylesheets` give it."""
        links = PrintLinks(self.statement.url, self.site.address)
        form = None if paper == WHOLE else paper.title
        return self._file(
            paper, "uttalelse", ("paper", "uttalelse", *stylesheets), links, form=form
        )

    def _file(
        self,
        paper: Paper,
        template: str,
        stylesheets: tuple[str, ...],
        links: PrintLinks,
        **values: Any,
    ) -> PrintFile:
        statement = self.statement
        return print_file(
            statement.folder + paper.file,
            self.templates,
            template,
            stylesheets,
            View(self.site, links.url, statement.lang, links),
            provenance(paper.file, links.url, (statement,), self.templates),
            case=self.case,
            statement=statement,
            **values,
        )

    def _sources(self) -> tuple[EmbeddedFile, ...]:
        """What a statement was made from and its data, where they are to stand in its PDF."""
        statement = self.statement
        if statement.attached_source is None:
            return ()
        assert self.whole_case is not None
        words = catalogue(statement.lang)
        source = say("What this PDF was made from (Markdown)").within(words)
        told = say("The statement as data (JSON)").within(words)
        data = attached_json(self.site, self.whole_case, statement, self.templates.whose)
        name = PurePosixPath(statement.source)
        return (
            EmbeddedFile(name.name, "text/markdown", "Source", source, statement.attached_source),
            EmbeddedFile(f"{name.stem}.json", "application/json", "Data", told, data.encode()),
        )

    def _job(self, *files: PrintFile) -> PrintJob:
        statement = self.statement
        images = images_of(references_in(statement))
        return PrintJob(files, (statement.source, self.case.source), statement.at, images)
