"""What the rest of the site asks of a consultation, without the texts of its statements."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from innspill.cases.traced import Traced
from innspill.check.links import Asked
from innspill.codec import encoded
from innspill.diagnostics import Diagnostic, Location, has_errors
from innspill.model import Alias, Consultation, Proposal, Section, Statement, Version
from innspill.text import Block, Heading, Prose

PAGE = "page"
"""What a link finds that leads to a source."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that the consultation names."""

    path: str
    sha256: str
    size: int
    shown: str


@dataclass(frozen=True, slots=True)
class Card:
    """A consultation as the rest of the site knows it."""

    case: Consultation
    """Its texts hold nothing but their headings; its evidence is left out."""
    aliases: tuple[Alias, ...]
    attached: tuple[Attached, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[tuple[str, str], ...] = field(repr=False)
    """The path of each file that diagnostics name, with the lines that they show."""
    asked: tuple[Asked, ...]
    """The places that its links name on pages of other parts of the site."""
    split: frozenset[str]
    """The ids of passages whose marks were split."""
    linked: tuple[str, ...]
    """The sources that its links lead to."""
    traced: Traced
    """What git told of it."""
    lost: tuple[str, ...]
    """The paths of the statements that a shallow clone can't stamp."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing in it stops the build."""
        return not has_errors(self.diagnostics)

    @property
    def reads(self) -> list[list[Any]]:
        """All that it was made from besides its own folder."""
        files = [[each.path, each.sha256] for each in self.attached]
        return [*files, *([path, PAGE] for path in self.linked), ["git", encoded(self.traced)]]


def skeleton(case: Consultation) -> Consultation:
    """A consultation without its texts."""
    return replace(
        case,
        prose=_bare(case.prose),
        statements=tuple(_skeleton(each) for each in case.statements),
        agenda=tuple(replace(each, statement=None) for each in case.agenda),
    )


def _skeleton(statement: Statement) -> Statement:
    return replace(
        statement,
        sections=tuple(_outline(each) for each in statement.sections),
        notes=(),
        summary=tuple(replace(each, quotes=()) for each in statement.summary),
        proposals=tuple(_unproven(each) for each in statement.proposals),
        attached_source=None,
        versions=tuple(_address(each) for each in statement.versions),
        earlier=statement.earlier
        and replace(statement.earlier, statement=_nameplate(statement.earlier.statement)),
    )


def _address(version: Version) -> Version:
    site = replace(version.site, prose=Prose(), consultations=(), pages=(), aliases=())
    return replace(version, site=site, statement=_nameplate(version.statement), files=())


def _nameplate(statement: Statement) -> Statement:
    return replace(_skeleton(statement), sections=(), summary=(), proposals=(), earlier=None)


def _unproven(proposal: Proposal) -> Proposal:
    return replace(proposal, quotes=(), at=Location(""))


def _outline(section: Section) -> Section:
    return replace(section, blocks=_headings(section.blocks))


def _bare(prose: Prose) -> Prose:
    return Prose(_headings(prose.blocks))


def _headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(each for each in blocks if isinstance(each, Heading))
