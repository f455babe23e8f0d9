"""All rules, in one list, over the whole site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from innspill.check.answers import (
    answers_are_bound,
    committees_differ,
    committees_were_asked,
    facts_agree,
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
from innspill.check.pictures import images_are_fit
from innspill.check.privacy import private_data_is_meant
from innspill.check.publication import characters_are_drawn, urls_differ
from innspill.check.texts import (
    headings_go_down_stepwise,
    images_are_images,
    images_have_alternatives,
    links_lead_somewhere,
)
from innspill.diagnostics import Diagnostic
from innspill.model import Site
from innspill.read.read import Content

RULES: tuple[Callable[[Site], Iterator[Diagnostic]], ...] = (
    answers_are_bound,
    only_statements_answer,
    points_are_about_something,
    quotes_stand_once,
    forces_are_the_letters,
    facts_agree,
    committees_differ,
    committees_were_asked,
    links_lead_somewhere,
    images_have_alternatives,
    images_are_images,
    images_are_fit,
    headings_go_down_stepwise,
    urls_differ,
    enclosures_are_there,
    agendas_are_known,
    aliases_are_free,
    attached_sources_hide_nothing,
    feed_has_dates,
    site_is_declared,
)


def check(content: Content, site: Site, coverage: Collection[int]) -> tuple[Diagnostic, ...]:
    """Everything that is wrong: what reading found, and what the rules find.

    `coverage` holds the code points that the project's fonts can draw.
    """
    found = [*content.faults]
    for source in content.sources:
        found += source.faults
    for rule in RULES:
        found += rule(site)
    found += characters_are_drawn(content.sources, coverage)
    found += private_data_is_meant(content.sources, site.may_be_published)
    return tuple(found)
