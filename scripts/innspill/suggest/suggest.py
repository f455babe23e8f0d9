"""`innspill suggest`: what a statement's own sentences suggest, and where a text has its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from innspill.compare.similarity import sounds_like
from innspill.compose.single_statement import SingleStatement, compose_single
from innspill.diagnostics import Diagnostic, Severity
from innspill.durable import overwrite
from innspill.errors import CommandError
from innspill.messages import say
from innspill.model import Statement
from innspill.project import Project
from innspill.read.disk import Disk
from innspill.read.edition import index_of
from innspill.read.read import Content, read
from innspill.read.schema import StatementFront
from innspill.statement_names import named_statement
from innspill.suggest.clauses import sentences_of, trimmed
from innspill.suggest.suggestions import Suggestions, suggestions_for
from innspill.suggest.write import with_suggestions

NEAREST = 3
"""How many passages are told."""


class CannotRead(CommandError):
    """The statement, or the consultation around it, can't be read."""


@dataclass(frozen=True, slots=True)
class SuggestResult:
    """What was found for a statement."""

    path: str
    """Its file as messages show it."""
    suggestions: Suggestions | None
    """None where the file has faults."""
    faults: tuple[Diagnostic, ...] = ()
    texts: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class LikePassage:
    """A sentence of a statement, and how much it says what was asked for."""

    number: str
    text: str
    likeness: float
    """From 0 to 1."""


def suggest(project: Project, name: str, *, is_applied: bool) -> SuggestResult:
    """What the named statement suggests; with `is_applied`, its file gets it.

    Raises UnknownStatement, CannotRead, CannotInsert and OSError.
    """
    content = read(project.content, project.shown_content)
    path = _named(content, name)
    if faults := _errors(content, path):
        shown = next(each.shown for each in content.scanned if each.path == path)
        texts = content.texts_of({each.at.path for each in faults})
        return SuggestResult(shown, None, faults, texts)
    alone = _composed(content, path)
    source = alone.source
    assert isinstance(source.front, StatementFront)
    found = suggestions_for(alone.statement, source.front)
    if is_applied and (found.points or found.proposals):
        data = with_suggestions(source, found)
        overwrite(Disk(project.content).place(source.path), data)
    return SuggestResult(source.shown, found)


def passages_like(project: Project, name: str, words: str) -> list[LikePassage]:
    """The sentences of the named statement that say most of what `words` say, the best first.

    Raises UnknownStatement, CannotRead and OSError.
    """
    content = read(project.content, project.shown_content)
    statement = _composed(content, _named(content, name)).statement
    return ranked(statement, words)[:NEAREST]


def ranked(statement: Statement, words: str) -> list[LikePassage]:
    """All sentences of a statement, those that say most of what `words` say first."""
    return sorted(_likened(statement, words), key=lambda each: -each.likeness)


def _likened(statement: Statement, words: str) -> Iterator[LikePassage]:
    for unit in statement.units:
        for each in sentences_of(unit, frozenset(), is_background=False):
            start, end = trimmed(unit.text, *each.whole)
            text = unit.text[start:end]
            if text:
                yield LikePassage(unit.number, text, sounds_like(words, text))


def _named(content: Content, name: str) -> str:
    statements = [each.path for each in content.scanned if each.kind == "statement"]
    return named_statement(name, statements)


def _errors(content: Content, path: str) -> tuple[Diagnostic, ...]:
    """What is wrong inside a statement's file, and inside its consultation's."""
    around = {path, index_of(path)}
    faults = (fault for each in content.parsed() if each.path in around for fault in each.faults)
    return tuple(each for each in faults if each.severity is Severity.ERROR)


def _composed(content: Content, path: str) -> SingleStatement:
    alone = compose_single(content, path)
    if alone is None or _errors(content, path):
        raise CannotRead(say("{path} can't be read; `innspill check` tells why", path=path))
    return alone
