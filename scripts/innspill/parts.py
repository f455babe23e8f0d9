"""A statement's part of the site: all that is made of one statement, of one value alone.

1. Parse its file. 2. Compose its text. 3. Ask the rules that look at it by itself. 4. Where it
is sound, render its pages, its words on pages that join several, and what its PDFs are laid out
from. The composed text is let go: what is kept are its card and, elsewhere, what was rendered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from innspill.check.check import check_source, check_statement
from innspill.check.settled import check_settled
from innspill.compose.card import card_of
from innspill.compose.held_drafts import on_an_agenda
from innspill.compose.inputs import StatementInput, composed
from innspill.diagnostics import Diagnostic, has_errors
from innspill.history.trace import TraceResult, trace_of
from innspill.limits import OverLimit
from innspill.model import Card, Statement
from innspill.read.scan import parse
from innspill.render.folder import folder_fragments
from innspill.render.fonts import coverage
from innspill.render.rendered import RenderedStatement, kept
from innspill.render.statement import StatementPages
from innspill.render.statement_prints import StatementPrints
from innspill.render.templates import TemplateFault, Templates


@dataclass(frozen=True, slots=True)
class Part:
    """What was made of a statement."""

    card: Card
    faults: tuple[Diagnostic, ...]
    """What is wrong with it by itself."""
    rendered: RenderedStatement = field(default_factory=RenderedStatement, repr=False)
    """Nothing where there are errors; its texts are in the body that comes with the part."""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The texts that faults are in and that are no file of the content, by the paths that those
    name: templates, old texts, words of git."""
    unmade: tuple[str, ...] = ()
    """The tags whose versions can't be read."""


MadePart = tuple[Part, bytes]
"""A part, and the body that what was rendered stands in: see `innspill.kept_texts`."""


def make_part(given: StatementInput, templates: Templates) -> MadePart:
    """The part of one statement; a template that fails is among its faults.

    Raises TemplateFault where one takes too long: it would for every statement.
    """
    meant, traced = given.site.may_be_published, _traced(given)
    source = parse(given.path, given.shown, given.data, "statement")
    statement = composed(given, source, traced.trace)
    faults = check_source(source, coverage(), meant) + check_statement(statement, given.case)
    faults += (*traced.faults, *check_settled(traced.settled, coverage(), meant))
    card = card_of(statement, given.case.questions)
    part = Part(card, faults, texts=traced.texts, unmade=traced.unmade)
    if has_errors(faults):
        return part, b""
    try:
        rendered, body = _rendered(given, statement, templates)
    except TemplateFault as fault:
        if isinstance(fault.__cause__, OverLimit):
            raise
        texts = {**part.texts, **fault.texts}
        return replace(part, faults=(*faults, fault.diagnostic), texts=texts), b""
    return replace(part, rendered=rendered), body


def can_be_kept(part: Part) -> bool:
    """Whether it is the same wherever and whenever it is made.

    A template that fails is named as seen from where the user stands, and git may lack an
    object today alone.
    """
    return not any(each.code == "template" or each.code.startswith("git") for each in part.faults)


def settled_part(given: StatementInput, templates: Templates) -> MadePart:
    """The part of a statement of a commit, whatever today's rules say of it.

    Its faults are those of its old texts. Raises TemplateFault.
    """
    traced = _traced(given)
    source = parse(given.path, given.shown, given.data, "statement")
    statement = composed(given, source, traced.trace)
    card = card_of(statement, given.case.questions)
    rendered, body = _rendered(given, statement, templates)
    return Part(card, traced.faults, rendered), body


def _traced(given: StatementInput) -> TraceResult:
    return trace_of(given.git, given.hidden_name, given.site.may_be_published)


def _rendered(
    given: StatementInput, statement: Statement, templates: Templates
) -> tuple[RenderedStatement, bytes]:
    if not given.with_draft_versions:
        versions = tuple(each for each in statement.versions if not each.statement.is_draft)
        statement = replace(statement, versions=versions)
    made = StatementPages(given, templates, statement)
    prints = StatementPrints(given.site, given.case, statement, templates, given.whole_case)
    if given.is_held:
        pages, fragments = made.version_pages(is_held=True), []
        jobs = prints.version_jobs() if given.with_pdf else ()
    else:
        pages, fragments = made.pages(), list(made.fragments())
        jobs = prints.jobs() if given.with_pdf else ()
    if given.agenda and given.with_pdf:
        inside = on_an_agenda(statement, given.lost) if given.is_held else statement
        fragments += folder_fragments(given.site, given.case, inside, given.agenda, templates)
    return kept(pages, fragments, jobs)
