"""A statement's own pages, and its fragments: its words on the pages and files that join several.

What is known only when all is made, or shown on every page, is a slot: see `innspill.slots`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from innspill.compose.addresses import CONTENTS, PROPOSALS
from innspill.compose.answers import answers_in, questions_of_proposals
from innspill.compose.held_drafts import as_versions_show_it
from innspill.compose.inputs import StatementInput
from innspill.forms import CHANGES_PAGE
from innspill.model import CaseFacts, Earlier, Statement, Version
from innspill.render.data import statement_json
from innspill.render.html import OldLinks, PageLinks
from innspill.render.page_values import page_values
from innspill.render.passages import ways_back
from innspill.render.proposals import grouped_rows
from innspill.render.search import statement_rows
from innspill.render.tables import table_rows
from innspill.render.templates import Templates
from innspill.render.views import View


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as it is rendered, its slots not filled yet."""

    url: str
    lang: str
    text: bytes
    """In UTF-8, as it is kept and sent: as text, most would take twice the memory."""


@dataclass(frozen=True, slots=True)
class StatementPages:
    """Makes the pages and fragments of one statement. The methods raise TemplateFault."""

    showing: StatementInput
    templates: Templates
    statement: Statement

    def pages(self) -> Iterator[PageText]:
        """Its page, its redline, and those of its versions."""
        statement, case = self.statement, self.showing.case
        values = _values(case, statement)
        yield self._page("statement.html", statement.url, statement.lang, values)
        yield from self.version_pages(is_held=False)
        if statement.earlier:
            yield self._redline(statement, statement.folder + CHANGES_PAGE, values)

    def version_pages(self, *, is_held: bool) -> Iterator[PageText]:
        """Its versions, what changed since each, and those that were withdrawn.

        Where today's text is held back, its versions lead nowhere else, and what has changed
        since is not told.
        """
        now, case = self.statement, self.showing.case
        for each in now.versions:
            old = each.statement
            newest = None if is_held else now
            values = {**_values(each.case, old), "newest": newest, "each": each}
            links = OldLinks(old.url, self._today | {old.url})
            yield self._page("version.html", old.url, old.lang, values, links)
            if not is_held:
                since = replace(now, earlier=_earlier(each))
                values = {**_values(case, since), "with_pdf": False}
                yield self._redline(since, old.folder + CHANGES_PAGE, values, {old.url})
        shown = as_versions_show_it(now) if is_held else now
        for gone in now.withdrawn:
            if gone.url:
                values = {**_values(case, shown), "gone": gone, "is_held": is_held}
                yield self._page("withdrawn.html", gone.url, now.lang, values)

    def fragments(self) -> Iterator[tuple[str, bytes]]:
        """Its words on the pages and in the files that join several statements', by their names."""
        statement, showing = self.statement, self.showing
        site, case = showing.site, showing.case
        values = _values(case, statement)
        yield "contents", self._render("fragments/contents.html", CONTENTS, site.lang, values)
        for answer in answers_in(statement, case.questions):
            question = answer.question
            more = {**values, "question": question, "answer": answer}
            text = self._render("fragments/answer.html", question.url, case.lang, more)
            yield f"answer:{question.id}", text
        asked = questions_of_proposals(statement)
        for name, proposals in grouped_rows(statement):
            more = {**values, "proposals": proposals, "asked": asked}
            url = case.folder + PROPOSALS
            yield name, self._render("fragments/proposals.html", url, case.lang, more)
        yield "search", statement_rows(statement).encode()
        if case.gives_out(statement):
            data = statement_json(site, case, statement, with_pdf=showing.with_pdf)
            yield "data", data.encode()
            for name, rows in table_rows(site, case, statement):
                yield name, rows.encode()

    @property
    def _today(self) -> frozenset[str]:
        return frozenset(self.showing.today)

    def _redline(
        self,
        statement: Statement,
        url: str,
        values: dict[str, Any],
        more: set[str] | frozenset[str] = frozenset(),
    ) -> PageText:
        from innspill.render.redline_html import redline_values  # few statements have one

        links = OldLinks(url, self._today | more)
        values = values | redline_values(statement)
        return self._page("redline.html", url, statement.lang, values, links)

    def _page(
        self,
        template: str,
        url: str,
        lang: str,
        values: dict[str, Any],
        links: PageLinks | None = None,
    ) -> PageText:
        return PageText(url, lang, self._render(template, url, lang, values, links))

    def _render(
        self,
        template: str,
        url: str,
        lang: str,
        values: Mapping[str, Any],
        links: PageLinks | None = None,
    ) -> bytes:
        showing = self.showing
        view = View(showing.site, url, lang, links or PageLinks(url))
        shared = page_values(view, with_pdf=showing.with_pdf, has_feed=showing.has_feed)
        return self.templates.encoded(template, lang, {**shared, **values})


def _values(case: CaseFacts, statement: Statement) -> dict[str, Any]:
    """What every template is given of a statement, told once for all of them."""
    ways = ways_back(case, statement)
    return {"case": case, "statement": statement, "ways_back": ways}


def _earlier(version: Version) -> Earlier:
    stamp = version.statement.stamp
    assert stamp is not None
    assert stamp.revision is not None
    return Earlier(version.statement, stamp.revision)
