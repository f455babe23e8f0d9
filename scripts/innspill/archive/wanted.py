"""What a statement must say before an archive can take it, and what is said where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from msgspec.structs import fields

from innspill.compose.inputs import StatementInput, composed
from innspill.compose.plan import Plan
from innspill.diagnostics import Diagnostic, Location, error
from innspill.history.trace import trace_of
from innspill.messages import say
from innspill.model import Statement
from innspill.pack import NothingToPack, PackTarget
from innspill.read.edition import index_of
from innspill.read.scan import parse
from innspill.read.schema import ArchiveFront, ConsultationFront, StatementFront

KEY = "arkiv"
NEW_CASE = ("series", "unit", "responsible")
"""What Noark 5 asks of a new case, besides its title."""
KEYS = {each.name: each.encode_name for each in fields(ArchiveFront)}
"""The names of Noark 5, by those of the fields."""


@dataclass(frozen=True, slots=True)
class ToArchive:
    """A statement, and where it goes."""

    given: StatementInput
    statement: Statement
    front: ArchiveFront
    at: Location
    """Where that is written, or could be."""

    @property
    def day(self) -> date | None:
        """The day of the statement."""
        return self.statement.facts.dated or self.statement.facts.adopted


def to_archive(target: PackTarget, plan: Plan) -> ToArchive:
    """The statement that is packed. Raises NothingToPack where it is none, or several."""
    if target.statement is None:
        names = ", ".join(each.folder.rstrip("/") for each in target.case.statements) or "–"
        raise NothingToPack(
            say("an archive takes one statement at a time; there is: {names}", names=names)
        )
    path = target.statement.source
    given = plan.input(path)
    assert given is not None
    source = parse(given.path, given.shown, given.data, "statement")
    traced = trace_of(given.git, given.hidden_name, given.site.may_be_published)
    around = plan.sources[index_of(path)]
    assert isinstance(source.front, StatementFront)
    assert isinstance(around.front, ConsultationFront)
    places = (source.places.get(KEY), around.places.get(KEY), source.places.get("title"))
    at = next((each for each in places if each), Location(given.shown))
    front = _joined(around.front.arkiv, source.front.arkiv)
    return ToArchive(given, composed(given, source, traced.trace), front, at)


def _joined(usual: ArchiveFront | None, own: ArchiveFront | None) -> ArchiveFront:
    """The statement's own values, and the consultation's for all else."""
    told: dict[str, Any] = {}
    for front in (usual, own):
        if front is not None:
            told |= {name: value for name in KEYS if (value := getattr(front, name))}
    return ArchiveFront(**told)


def what_is_missing(target: PackTarget, plan: Plan) -> tuple[Diagnostic, ...]:
    """What the archive would lack. Raises NothingToPack."""
    return tuple(_missing(to_archive(target, plan)))


def _missing(wanted: ToArchive) -> Iterator[Diagnostic]:
    statement, front = wanted.statement, wanted.front
    if statement.is_draft:
        message = say("a draft is not for the archive")
        hint = say("adopt it first: `status: adopted`")
        yield error("archive", message, statement.place("status"), hint)
    if wanted.day is None:
        message = say(
            "the archive asks for the statement's day, and neither dated nor adopted is there"
        )
        yield error("archive", message, statement.place("title"))
    if front.entry_type is None:
        message = say("{key} lacks {names}", key=KEY, names=KEYS["entry_type"])
        hint = say("write I (in), U (out), N or X (within the office), as the archive sees it")
        yield error("archive", message, wanted.at, hint)
    if front.names_case:
        return
    halves = {"year": front.year, "sequence": front.sequence}
    is_half = any(each is not None for each in halves.values())
    asked = halves if is_half else {name: getattr(front, name) for name in NEW_CASE}
    if lacks := [KEYS[name] for name, value in asked.items() if value is None]:
        message = say("{key} lacks {names}", key=KEY, names=", ".join(lacks))
        hint = say(
            "name a case that is there by saksaar and sakssekvensnummer, or by systemID; or a new "
            "one by arkivdel, administrativEnhet and saksansvarlig"
        )
        yield error("archive", message, wanted.at, hint)
