"""The text that a statement is compared with: composed like today's from a commit's bytes.

What a later program can't read of it is said, and counts as unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from innspill.check.settled import Settled, settle
from innspill.compose.single_statement import compose_single
from innspill.diagnostics import Diagnostic, Severity, error, warning
from innspill.facts import Facts
from innspill.git_facts import EarlierInput
from innspill.history.old_texts import index_beside, read_text
from innspill.messages import say
from innspill.model import Earlier, Statement
from innspill.read.convert import schema_fields
from innspill.read.scan import parse
from innspill.read.schema import StatementFront
from innspill.read.source import Source


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """What became of an earlier text."""

    earlier: Earlier | None
    faults: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The text of each file that the faults are in, by the path that they name."""
    settled: Settled | None = None
    """The earlier text with what it was read from, to be checked."""


def make_earlier(given: EarlierInput) -> EarlierResult:
    """Composes an earlier text."""
    name, path = given.revision.name, given.text.path
    content = read_text(given.text, f"{name}:content")
    alone = compose_single(content, path)
    shown = f"{name}:content/{path}"
    source = alone.source if alone else parse(path, shown, content.data[path], "statement")
    faults = tuple(_faults((*content.sources, source), path))
    texts = content.texts_of({each.at.path for each in faults})
    if alone is None:
        message = say('{path} can\'t be read as it is in "{name}"', path=path, name=name)
        return EarlierResult(None, (error("no-earlier", message, given.at), *faults), texts)
    hint = say("it is settled: compare with another revision, if it must not be read so")
    old, quiet = alone.statement, replace(source, faults=())  # its faults are told here
    settled = settle(content, replace(alone, source=quiet), (), hint)
    statement = without_name(old) if given.hides_case_officer else old
    earlier = Earlier(statement, given.revision, _unread(old, source))
    return EarlierResult(earlier, faults, texts, settled)


def _faults(sources: Iterable[Source], path: str) -> Iterator[Diagnostic]:
    """What is wrong with a text that is settled: said, but no more to be mended."""
    for source in sources:
        if source.path in {path, index_beside(path)}:
            for fault in source.faults:
                if fault.severity is Severity.ERROR:
                    yield warning(fault.code, fault.message, fault.at, fault.hint)


def _unread(old: Statement, source: Source) -> frozenset[str]:
    """The keys of front matter that can't be compared."""
    lost = {str(key[0]) for key in source.lost}
    if lost - schema_fields(StatementFront).keys():
        # A key by another name may say what seems to be missing.
        facts = (each.name for each in fields(Facts))
        lost |= {each for each in facts if getattr(old.facts, each) is None}
        lost |= {each for each in ("summary", "proposals") if not getattr(old, each)}
    return frozenset(lost)


def without_name(old: Statement) -> Statement:
    """A text of a commit without its case officer, whose name its source would tell too."""
    facts = replace(old.facts, case_officer=None)
    source = None if old.facts.case_officer or old.hidden else old.attached_source
    return replace(old, facts=facts, attached_source=source)
