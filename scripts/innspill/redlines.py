"""`innspill redline`: statements as they are, or were, beside what they were before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from innspill.compare.redline import compare
from innspill.compare.rows import Redline
from innspill.compose.single_statement import compose_single
from innspill.diagnostics import Diagnostic, Severity
from innspill.errors import WrongArguments
from innspill.git_facts import EarlierInput
from innspill.history.ask import former_names
from innspill.history.current_content import CurrentContent, current_of
from innspill.history.earlier import EarlierResult, make_earlier
from innspill.history.fault import HistoryFault
from innspill.history.files import OpenRepository
from innspill.history.inputs import earlier_input
from innspill.memory import Memory
from innspill.model import Revision
from innspill.project import Project
from innspill.read.read import read
from innspill.read.scan import ScannedFile, scan_all
from innspill.statement_names import named_statement


class NothingToCompare(WrongArguments):
    """What was asked for can't be compared."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One statement's redline, and between which revisions it is."""

    redline: Redline
    old: Revision
    new: Revision | None
    """None for the files as they are."""


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """All redlines that were asked for, and what could not be read for them."""

    comparisons: tuple[Comparison, ...]
    faults: tuple[Diagnostic, ...]
    texts: dict[str, str] = field(repr=False)


def redlines(
    project: Project, revision: str, against: str | None, names: Sequence[str]
) -> ComparisonResult:
    """The redlines of the named statements, or of all, from `revision` to `against` or to now.

    Raises UnknownStatement, NothingToCompare where a revision stands for nothing, and OSError.
    """
    content = read(project.content, project.shown_content)
    current = current_of(project.content, content)
    comparisons: list[Comparison] = []
    faults: list[Diagnostic] = []
    texts: dict[str, str] = {}
    wanted = _wanted(current.statements, names)
    repository = OpenRepository(project.content)
    try:
        called = former_names(repository, current)
    except HistoryFault as fault:
        raise NothingToCompare(fault.whole) from fault
    for statement in wanted:
        former = called.get(statement.path, ())
        try:
            as_it_was = partial(_as_it_was, repository, current, statement, former)
            before, after = as_it_was(revision), as_it_was(against) if against else None
        except HistoryFault as fault:
            raise NothingToCompare(fault.whole) from fault
        for found in (before, after) if after else (before,):
            faults += found.faults
            texts |= found.texts
        then, now = before.earlier, after.earlier if after else None
        today = None if after else compose_single(content, statement.path)
        if today:
            faults += (e for e in today.source.faults if e.severity is Severity.ERROR)
        new = now.statement if now else today.statement if today else None
        if then and new:
            unread = then.unread | (now.unread if now else frozenset())
            redline = compare(then.statement, new, unread)
            comparisons.append(Comparison(redline, then.revision, now.revision if now else None))
    texts = content.texts_of({each.at.path for each in faults}) | texts
    return ComparisonResult(tuple(comparisons), tuple(faults), texts)


def _as_it_was(
    repository: OpenRepository,
    current: CurrentContent,
    statement: ScannedFile,
    former: tuple[str, ...],
    revision: str,
) -> EarlierResult:
    """A statement as it was in a revision. Raises HistoryFault."""
    given = earlier_input(repository, current, statement, revision, former, scan_all, Memory())
    if isinstance(given, EarlierInput):
        return make_earlier(given)
    return EarlierResult(None, (given,))


def _wanted(statements: Iterable[ScannedFile], names: Sequence[str]) -> list[ScannedFile]:
    """The statements that were named by path or address, all where none was."""
    by_path = {each.path: each for each in statements}
    if not names:
        return list(by_path.values())
    return [by_path[named_statement(name, by_path)] for name in dict.fromkeys(names)]
