"""All rules, by what each looks at: a file, a statement, a text; a consultation, the whole site.

Those of a file and of a statement are asked where its part is made. Those that look at several
see of statements no more than their cards.
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
    attached_source_hides_nothing,
    enclosures_are_there,
    feed_has_dates,
    site_is_declared,
)
from innspill.check.evidence import (
    forces_are_the_letters,
    points_are_about_something,
    quotes_stand_once,
    suggestions_are_settled,
)
from innspill.check.facts import facts_agree
from innspill.check.links import links_find_what_they_name, links_lead_to_what_is_given
from innspill.check.original import text_is_the_originals
from innspill.check.pictures import files_are_fit
from innspill.check.placeholders import placeholders_are_replaced
from innspill.check.privacy import private_data_is_meant
from innspill.check.publication import (
    addresses_can_be_copied,
    characters_are_drawn,
    urls_differ,
    withdrawn_are_versions,
)
from innspill.check.texts import (
    headings_go_down_stepwise,
    images_have_alternatives,
    links_lead_somewhere,
)
from innspill.check.unused import files_are_used
from innspill.compose.references import TextOf
from innspill.diagnostics import Diagnostic
from innspill.failure import at_work_on
from innspill.memory import Memory
from innspill.model import CaseFacts, Consultation, Site, Statement
from innspill.read.edition import IN_WRITING, Edition
from innspill.read.read import Content
from innspill.read.source import Source
from innspill.text import Prose

OF_SITE: tuple[Callable[[Site], Iterator[Diagnostic]], ...] = (
    urls_differ,
    addresses_can_be_copied,
    aliases_are_free,
    feed_has_dates,
    site_is_declared,
    agendas_are_known,
)
# `facts_agree` is asked here, and not with the statement: only so is a date held to the day of the
# letter that asks, without that day making all statements anew.
OF_CONSULTATION: tuple[Callable[[Consultation], Iterator[Diagnostic]], ...] = (
    facts_agree,
    committees_differ,
    committees_were_asked,
)
OF_ANSWERS: tuple[Callable[[Statement, CaseFacts], Iterator[Diagnostic]], ...] = (
    answers_are_bound,
    points_are_about_something,
)
OF_STATEMENT: tuple[Callable[[Statement], Iterator[Diagnostic]], ...] = (
    quotes_stand_once,
    forces_are_the_letters,
    suggestions_are_settled,
    withdrawn_are_versions,
    attached_source_hides_nothing,
    text_is_the_originals,
)
OF_TEXT: tuple[Callable[[TextOf], Iterator[Diagnostic]], ...] = (
    links_lead_somewhere,
    images_have_alternatives,
    headings_go_down_stepwise,
)


def check_source(
    source: Source, coverage: frozenset[int], meant: tuple[str, ...]
) -> tuple[Diagnostic, ...]:
    """What is wrong with a file by itself: what reading found, and what the rules find.

    `coverage` holds the code points that the project's fonts can draw, and `meant` the numbers
    and addresses that may be published.
    """
    with at_work_on(source.shown):
        drawn = characters_are_drawn(source, coverage)
        private = private_data_is_meant(source, meant)
        return (*source.faults, *drawn, *private, *placeholders_are_replaced(source))


def check_statement(statement: Statement, case: CaseFacts) -> tuple[Diagnostic, ...]:
    """What is wrong with a statement by itself, and as an answer to its consultation."""
    with at_work_on(statement.at.path):
        answers = (each for rule in OF_ANSWERS for each in rule(statement, case))
        own = (each for rule in OF_STATEMENT for each in rule(statement))
        return (*answers, *own, *(each for rule in OF_TEXT for each in rule(statement)))


def check_across(
    content: Content,
    site: Site,
    coverage: frozenset[int],
    once: Memory,
    edition: Edition = IN_WRITING,
) -> tuple[Diagnostic, ...]:
    """What is wrong with the site but for what its statements say by themselves.

    `once` knows what the rules said of what is the very same as before.
    """
    found = [*content.faults]
    for case in site.consultations:
        found += once(_of_consultation, case)
    for prose in site.proses:
        found += once(_of_prose, prose)
    for rule in OF_SITE:
        found += rule(site)
    found += enclosures_are_there(content, site)
    found += files_are_fit(site, coverage, once)
    found += links_find_what_they_name(content, site, once)
    found += links_lead_to_what_is_given(site, edition, once)
    used = {each.source for each in (*site.attachments, *site.old_files)}
    return (*found, *files_are_used(content, used))


def _of_consultation(case: Consultation) -> tuple[Diagnostic, ...]:
    return tuple(each for rule in OF_CONSULTATION for each in rule(case))


def _of_prose(prose: Prose) -> tuple[Diagnostic, ...]:
    of_text = (each for rule in OF_TEXT for each in rule(prose))
    return (*only_statements_answer(prose), *of_text)
