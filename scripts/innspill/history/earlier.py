"""A statement as it was in a commit, read and composed like today's.

Only what the statement hangs on is read: itself, its consultation, the site, and the pages
that it links to. What a later program can't read of it is said, and counts as unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from innspill.blob import Blob
from innspill.check.settled import Settled, settle
from innspill.compose.compose import compose
from innspill.diagnostics import Diagnostic, Location, Severity, error, warning
from innspill.facts import Facts
from innspill.history.files import Committed
from innspill.messages import say
from innspill.model import Earlier, Revision, Statement
from innspill.read.disk import Listed
from innspill.read.paths import path_key
from innspill.read.read import SITE, Content, named_by, read_files
from innspill.read.schema import StatementFront
from innspill.read.source import Source, front_of, has_key, hints_of, parse_source

if TYPE_CHECKING:
    from innspill.history.repository import Commit


@dataclass(frozen=True, slots=True)
class Found:
    """What became of looking for an earlier text."""

    earlier: Earlier | None
    faults: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The text of each file that the faults are in, by the path that they name."""
    settled: Settled | None = None
    """The earlier text with what it was read from, to be checked."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose earlier text is looked for."""

    path: str
    """The statement's path today."""
    committee: str
    around: tuple[tuple[str, str], ...] = field(repr=False)
    """The paths of the site's and the consultation's `index.md`, with today's texts."""
    at: Location
    """Where it was asked for."""
    former: tuple[str, ...] = ()
    """What it was called before, the last name first."""


def find_earlier(wanted: Wanted, then: Committed, commit: Commit, name: str) -> Found:
    """The statement as it was in `commit`, which was asked for as `name`.

    Raises HistoryFault where the repository lacks its objects.
    """
    path = path_then(wanted, then)
    if path is None:
        message = say('there is no {path} in "{name}"', path=wanted.path, name=name)
        hint = say("name a commit that has it; `git log` lists those of a file")
        return Found(None, (error("no-earlier", message, wanted.at, hint),))
    content = read_then(path, wanted, then, f"{name}:content")
    source = next(each for each in content.sources if each.path == path)
    faults = tuple(_faults(content, path))
    site = compose(content)
    old = next((each for each in site.statements if each.source == path), None)
    if old is None or source.is_unread:
        message = say('{path} can\'t be read as it is in "{name}"', path=path, name=name)
        return Found(None, (error("no-earlier", message, wanted.at), *faults), content.texts)
    revision = Revision(commit.id, commit.day, name=name)
    hint = say("it is settled: compare with another revision, if it must not be read so")
    alone = replace(content, sources=(replace(source, faults=()),))  # its faults are told here
    settled = settle(alone, site, path, {path}, hint)
    return Found(Earlier(old, revision, _unread(old, source)), faults, content.texts, settled)


def _faults(content: Content, path: str) -> Iterator[Diagnostic]:
    """What is wrong with a text that is settled: said, but no more to be mended."""
    for source in content.sources:
        if source.path in {path, _index_of(path)}:
            for fault in source.faults:
                if fault.severity is Severity.ERROR:
                    yield warning(fault.code, fault.message, fault.at, fault.hint)


def _index_of(path: str) -> str:
    return str(PurePosixPath(path).parent / SITE)


def path_then(wanted: Wanted, then: Committed) -> str | None:
    """The path that the statement had: today's, else a former one, the committee's first.

    Else that of the committee's only file in the folder.
    """
    names = [path for path in (wanted.path, *wanted.former) if path in then.blobs]
    if names:
        return next((path for path in names if _is_of(wanted, then, path)), names[0])
    folder = PurePosixPath(wanted.path).parent
    found = [
        path
        for path in then.markdown("")[0]
        if PurePosixPath(path).parent == folder and _is_of(wanted, then, path)
    ]
    return found[0] if len(found) == 1 else None


def _is_of(wanted: Wanted, then: Committed, path: str) -> bool:
    """Whether a text of a commit is of the committee that is asked for."""
    front = front_of(then.load(path)) if then.is_small(path) else ""
    return has_key(front, "committee", wanted.committee)


@dataclass(frozen=True, slots=True)
class _Some:
    """Some files of a commit, and today's texts for what it lacks."""

    then: Committed
    paths: tuple[str, ...]
    borrowed: Mapping[str, str]

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        return sorted(self.paths, key=path_key), []

    def load(self, path: str) -> bytes:
        today = self.borrowed.get(path)
        return self.then.load(path) if today is None else today.encode()

    def others(self) -> tuple[Listed, ...]:
        return ()

    def find(self, path: str) -> Blob | None:
        return self.then.find(path)


def read_then(path: str, wanted: Wanted, then: Committed, shown: str) -> Content:
    """The statement, and what tells its questions, its language and where its links lead."""
    source = parse_source(path, f"{shown}/{path}", then.load(path), StatementFront)
    linked = (each for each in named_by(source) if each.endswith(".md") and each in then.blobs)
    around = {
        _index_of(path) if each == _index_of(wanted.path) else each: text
        for each, text in wanted.around
    }
    borrowed = {
        each: text
        for each, text in around.items()
        if each not in then.blobs or (each != SITE and not hints_of(then.load(each)).has_questions)
    }
    paths = dict.fromkeys((SITE, _index_of(path), path, *linked))
    there = tuple(each for each in paths if each in then.blobs or each in borrowed)
    return read_files(_Some(then, there, borrowed), shown)


def _unread(old: Statement, source: Source) -> frozenset[str]:
    """The keys of front matter that can't be compared."""
    lost = {str(key[0]) for key in source.lost}
    if lost - set(StatementFront.model_fields):
        # A key by another name may say what seems to be missing.
        facts = (each.name for each in fields(Facts))
        lost |= {each for each in facts if getattr(old.facts, each) is None}
        lost |= {each for each in ("summary", "proposals") if not getattr(old, each)}
    return frozenset(lost)


def without_case_officer(earlier: Earlier) -> Earlier:
    """An earlier text without the name that must not be published now."""
    return replace(earlier, statement=without_name(earlier.statement))


def without_name(old: Statement) -> Statement:
    """A text of a commit without its case officer, whose name its source would tell too."""
    facts = replace(old.facts, case_officer=None)
    source = None if old.facts.case_officer or old.hidden else old.attached_source
    return replace(old, facts=facts, attached_source=source)
