"""`innspill redline`: statements as they are, or were, beside what they were before."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from innspill.compare.redline import compare
from innspill.compare.rows import Redline
from innspill.compose.alone import compose_alone
from innspill.diagnostics import Diagnostic, Severity
from innspill.history.fault import HistoryFault
from innspill.history.trace import as_it_was, former_names
from innspill.messages import Message, say
from innspill.model import Revision, Statement
from innspill.project import Project
from innspill.read.read import Content, read
from innspill.read.schema import StatementFront
from innspill.read.source import Source


class NothingToCompare(Exception):
    """What was asked for can't be compared."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Comparison:
    """One statement's redline, and between which revisions it is."""

    redline: Redline
    old: Revision
    new: Revision | None
    """None for the files as they are."""


@dataclass(frozen=True, slots=True)
class Compared:
    """All redlines that were asked for, and what could not be read for them."""

    comparisons: tuple[Comparison, ...]
    faults: tuple[Diagnostic, ...]
    texts: dict[str, str] = field(repr=False)


def redlines(
    project: Project, revision: str, against: str | None, names: Sequence[str]
) -> Compared:
    """The redlines of the named statements, or of all, from `revision` to `against` or to now.

    Raises NothingToCompare where a name or a revision stands for nothing, and OSError.
    """
    content = read(project.content, project.shown_content)
    comparisons: list[Comparison] = []
    faults: list[Diagnostic] = []
    texts = content.texts
    wanted = _wanted(content, names)
    try:
        called = former_names(project.content, content)
    except HistoryFault as fault:
        raise NothingToCompare(fault.whole) from fault
    for source in wanted:
        former = called.get(source.path, ())
        try:
            before = as_it_was(project.content, content, source, revision, former)
            after = (
                as_it_was(project.content, content, source, against, former) if against else None
            )
        except HistoryFault as fault:
            raise NothingToCompare(fault.whole) from fault
        for found in (before, after) if after else (before,):
            faults += found.faults
            texts |= found.texts
        then, now = before.earlier, after.earlier if after else None
        if not after:
            faults += (each for each in source.faults if each.severity is Severity.ERROR)
        new = now.statement if now else None if after else _today(content, source)
        if then and new:
            unread = then.unread | (now.unread if now else frozenset())
            redline = compare(then.statement, new, unread)
            comparisons.append(Comparison(redline, then.revision, now.revision if now else None))
    return Compared(tuple(comparisons), tuple(faults), texts)


def _today(content: Content, source: Source) -> Statement | None:
    alone = compose_alone(content, source.path)
    return alone.statement if alone else None


def _wanted(content: Content, names: Sequence[str]) -> list[Source]:
    """The sources of the statements that were named by path or address, all where none was."""
    statements = {
        each.path: each for each in content.sources if isinstance(each.front, StatementFront)
    }
    if not names:
        return list(statements.values())
    return [statements[_path(name, statements)] for name in dict.fromkeys(names)]


def _path(name: str, paths: Iterable[str]) -> str:
    whole = posixpath.normpath(name.replace("\\", "/"))
    whole = whole[whole.rfind("content/") + 8 :] if "content/" in whole else whole
    stem = whole.removesuffix("/index.html").removesuffix(".md")
    found = [path for path in paths if path in {f"{stem}.md", whole}]
    found = found or [path for path in paths if path.endswith(f"/{stem}.md")]
    if len(found) == 1:
        return found[0]
    known = ", ".join(path.removesuffix(".md") for path in paths) or "–"
    raise NothingToCompare(
        say('there is no one statement "{name}"; there is: {names}', name=name, names=known)
    )
