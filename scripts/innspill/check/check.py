"""All rules, by what each looks at: the whole site, a consultation, a statement, a text, a file.

What looks at one thing alone is asked once for that thing, as long as it stays the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from innspill.check.answers import (
    answers_are_bound,
    committees_differ,
    committees_were_asked,
    only_statements_answer,
)
from innspill.check.enclosures import (
    agendas_are_known,
    aliases_are_free,
    attached_sources_hide_nothing,
    enclosures_are_there,
    feed_has_dates,
    site_is_declared,
)
from innspill.check.evidence import (
    forces_are_the_letters,
    points_are_about_something,
    quotes_stand_once,
)
from innspill.check.facts import facts_agree
from innspill.check.links import links_find_what_they_name, links_lead_to_what_is_given
from innspill.check.pictures import files_are_fit, look_at
from innspill.check.placeholders import as_errors, placeholders_are_replaced
from innspill.check.privacy import private_data_is_meant
from innspill.check.publication import (
    addresses_can_be_copied,
    characters_are_drawn,
    urls_differ,
    withdrawn_are_versions,
)
from innspill.check.texts import (
    TextOf,
    headings_go_down_stepwise,
    images_have_alternatives,
    links_lead_somewhere,
)
from innspill.check.unused import files_are_used, shown_by
from innspill.compose.given_out import unseen
from innspill.diagnostics import Diagnostic
from innspill.failure import at_work_on
from innspill.memory import Memory
from innspill.model import Consultation, Site, Statement
from innspill.read.edition import Edition
from innspill.read.read import Content
from innspill.read.source import Source
from innspill.text import Prose

OF_SITE: tuple[Callable[[Site], Iterator[Diagnostic]], ...] = (
    urls_differ,
    addresses_can_be_copied,
    aliases_are_free,
    feed_has_dates,
    site_is_declared,
    enclosures_are_there,
    agendas_are_known,
    attached_sources_hide_nothing,
)
OF_CONSULTATION: tuple[Callable[[Consultation], Iterator[Diagnostic]], ...] = (
    answers_are_bound,
    points_are_about_something,
    facts_agree,
    committees_differ,
    committees_were_asked,
)
OF_STATEMENT: tuple[Callable[[Statement], Iterator[Diagnostic]], ...] = (
    quotes_stand_once,
    forces_are_the_letters,
    withdrawn_are_versions,
)
OF_TEXT: tuple[Callable[[TextOf, Memory], Iterator[Diagnostic]], ...] = (
    links_lead_somewhere,
    images_have_alternatives,
    headings_go_down_stepwise,
)


IN_WRITING = Edition()
"""What is made for those who write it."""


def check(
    content: Content,
    site: Site,
    coverage: frozenset[int],
    memory: Memory | None = None,
    edition: Edition = IN_WRITING,
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong: what reading found, and what the rules find.

    `coverage` holds the code points that the project's fonts can draw. `memory` knows what
    the rules said of what is the very same as before.
    """
    once = memory or Memory()
    found = [*content.faults]
    hidden = unseen(site, edition)
    for source in content.sources:
        with at_work_on(source.shown):
            found += once(_of_source, source, coverage, site.may_be_published)
        left = once(placeholders_are_replaced, source)
        is_seen = edition.is_published and source.path not in hidden
        found += as_errors(left) if is_seen else left
    for case in site.consultations:
        found += once(_of_consultation, case)
        for statement in case.statements:
            with at_work_on(statement.at.path):
                found += once(_of_statement, statement, once)
    for prose in site.proses:
        found += once(_of_prose, prose, once)
    for rule in OF_SITE:
        found += rule(site)
    found += files_are_fit(site, coverage, once, look_at(site, once))
    found += links_find_what_they_name(content, site, once)
    found += links_lead_to_what_is_given(site, edition, once)
    used = {each.source for each in site.attachments} | shown_by(site.statements)
    return (*found, *files_are_used(content, used))


def _of_source(
    source: Source, coverage: frozenset[int], meant: tuple[str, ...]
) -> tuple[Diagnostic, ...]:
    drawn = characters_are_drawn(source, coverage)
    return (*source.faults, *drawn, *private_data_is_meant(source, meant))


def _of_consultation(case: Consultation) -> tuple[Diagnostic, ...]:
    return tuple(each for rule in OF_CONSULTATION for each in rule(case))


def _of_statement(statement: Statement, once: Memory) -> tuple[Diagnostic, ...]:
    own = (each for rule in OF_STATEMENT for each in rule(statement))
    return (*own, *(each for rule in OF_TEXT for each in rule(statement, once)))


def _of_prose(prose: Prose, once: Memory) -> tuple[Diagnostic, ...]:
    of_text = (each for rule in OF_TEXT for each in rule(prose, once))
    return (*only_statements_answer(prose), *of_text)
