"""Pages that are no one statement's: the home page, contents, consultations, questions, free pages.

Each is made of one value. What it shows of a statement's own words is a slot, filled when the
file is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from innspill.kept_texts import KeptText, kept_in_one
from innspill.model import Card, Consultation, Page, Question, SiteFacts
from innspill.render.html import PageLinks
from innspill.render.page_values import page_values
from innspill.render.templates import Templates
from innspill.render.views import View
from innspill.slots import slot

FragmentNames = Mapping[str, tuple[str, ...]]
"""The names of each statement's fragments, by its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInput:
    """All that making one such page may look at."""

    template: str
    url: str
    lang: str
    site: SiteFacts
    """The whole `Site` for a page that lists all of it."""
    case: Consultation | None = None
    question: Question | None = None
    page: Page | None = None
    fragments: FragmentNames = field(default_factory=dict)
    """Those of the statements that it may show."""
    with_pdf: bool
    has_feed: bool


def as_shown(case: Consultation) -> Consultation:
    """A consultation without what only rules and links ask of its statements: no page shows it."""
    statements = (
        replace(each, anchors=frozenset(), references=(), split=()) for each in case.statements
    )
    return replace(case, statements=tuple(statements))


def make_page(given: PageInput, templates: Templates) -> tuple[KeptText, bytes]:
    """A page's text with slots, and the body that it stands in. Raises TemplateFault."""
    view = View(given.site, given.url, given.lang, PageLinks(given.url))
    shared = page_values(view, with_pdf=given.with_pdf, has_feed=given.has_feed)
    own = {"case": given.case, "question": given.question, "page": given.page}
    values = {
        **shared,
        **{name: value for name, value in own.items() if value is not None},
        "fragment": _fragment_slot(given.fragments),
    }
    (text,), body = kept_in_one((templates.encoded(given.template, given.lang, values),))
    return text, body


def _fragment_slot(fragments: FragmentNames) -> Callable[[Card, str], Markup]:
    def fragment(statement: Card, name: str) -> Markup:
        """Where a statement's fragment goes on a page that joins several.

        Raises LookupError where it has none of that name: a user's own template may ask for any.
        """
        if name not in fragments.get(statement.source, ()):
            raise LookupError(f'{statement.source} has no fragment "{name}"')
        return slot("fragment", f"{name} {statement.source}")

    return fragment
