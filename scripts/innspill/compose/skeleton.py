"""A consultation without its texts: what the pages that list all know of it."""

from __future__ import annotations

from dataclasses import replace

from innspill.model import Consultation, Point, Statement, Version
from innspill.text import NOWHERE, Prose


def skeleton(case: Consultation) -> Consultation:
    """A consultation whose statements have facts and the words of their points, and no text."""
    return replace(
        case,
        prose=Prose(),
        statements=tuple(_bones(each) for each in case.statements),
        agenda=tuple(replace(each, statement=None) for each in case.agenda),
    )


def _bones(statement: Statement) -> Statement:
    return replace(
        statement,
        sections=(),
        notes=(),
        summary=_as_one(statement.summary),
        proposals=(),
        attached_source=None,
        versions=tuple(_address(each) for each in statement.versions),
        history=(),
        earlier=statement.earlier
        and replace(statement.earlier, statement=_nameplate(statement.earlier.statement)),
    )


def _as_one(summary: tuple[Point, ...]) -> tuple[Point, ...]:
    """What all points say, as one: it is only read out, and of many statements they are many."""
    if not summary:
        return ()
    text = " ".join(each.text for each in summary)
    return (replace(summary[0], text=text, quotes=(), at=NOWHERE),)


def _address(version: Version) -> Version:
    site = replace(version.site, prose=Prose(), consultations=(), pages=(), aliases=())
    return replace(version, site=site, statement=_nameplate(version.statement), files=())


def _nameplate(statement: Statement) -> Statement:
    return replace(_bones(statement), summary=(), earlier=None, places={})
