"""What git is asked of a site's content, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from innspill.diagnostics import Diagnostic, error, warning
from innspill.git_facts import EarlierInput, GitFacts, History, VersionInput
from innspill.history.current_content import CurrentContent, IsUnchanged
from innspill.history.entries import entries
from innspill.history.fault import ASKED_WRONG, HistoryFault
from innspill.history.files import OpenRepository
from innspill.history.inputs import earlier_input, version_inputs
from innspill.history.log import Log
from innspill.history.stamps import cut_short, partly_told, shown_by, stamp_of
from innspill.history.tags import OddTag, SourceNames, odd_tags, of_no_statement
from innspill.history.tracked_files import TrackedFiles, read_tracked_files, walked
from innspill.memory import Memory
from innspill.model import LogEntry, Stamp
from innspill.read.edition import hides_case_officer
from innspill.read.scan import Scan, ScannedFile, scan_all

if TYPE_CHECKING:
    from innspill.history.repository import Repository


def ask(
    current: CurrentContent,
    scan: Scan = scan_all,
    memory: Memory | None = None,
    at: str | None = None,
    *,
    all_versions: bool = False,
) -> History:
    """All that git knows of the content; nothing is opened where it stands in no repository.

    `scan` may remember what it told of the same bytes, and `memory` saves to read again what a
    commit has: its name says all that is in it. `at` is the commit whose content it is, where it
    is not what stands on the disk; then the versions are those that it has itself, but for
    `all_versions`.
    """
    once = memory or Memory()
    with closing(once.only(OpenRepository(current.folder))) as repository:
        return _ask(repository, current, scan, once, at, all_versions=all_versions)


def _ask(
    repository: OpenRepository,
    current: CurrentContent,
    scan: Scan,
    once: Memory,
    at: str | None,
    *,
    all_versions: bool,
) -> History:
    def walk(opened: Repository, head: str, has_history: bool) -> Log:
        cut_off = tuple(sorted(opened.cut_off))
        return once(_walked, repository, head, cut_off, has_history)

    chronicle: TrackedFiles | None = None
    general: list[Diagnostic] = []
    try:
        chronicle = read_tracked_files(
            repository,
            current.site,
            walk,
            at,
            texts=_texts(current),
            all_versions=all_versions,
        )
    except HistoryFault as fault:
        general.append(warning(fault.code, fault.message, current.place, fault.hint))
    is_read = not general
    asker = _Asker(repository, current, chronicle, scan, once)
    facts = dict(asker.facts())
    general += cut_short(asker.lost, current.place)
    general += partly_told(asker.partly, current.place)
    odd = tuple(_odd(chronicle, current)) if chronicle and at is None else ()
    return History(
        facts,
        (*asker.faults, *_unsaid(general, asker.faults), *odd_tags(odd, current.place)),
        chronicle.head if chronicle else None,
        frozenset({*asker.unmade, *(each.name for each in odd)}),
        is_read,
    )


def former_names(
    repository: OpenRepository, current: CurrentContent
) -> Mapping[str, tuple[str, ...]]:
    """What each source was called before, by its path. Raises HistoryFault."""
    chronicle = read_tracked_files(repository, current.site, texts=_texts(current))
    return chronicle.former if chronicle else {}


class _Asker:
    """Asks for one statement after the other, and gathers what can't be told."""

    def __init__(
        self,
        repository: OpenRepository,
        current: CurrentContent,
        chronicle: TrackedFiles | None,
        scan: Scan,
        once: Memory,
    ) -> None:
        self.repository, self.current, self.chronicle = repository, current, chronicle
        self.scan, self.once = scan, once
        self.paths = current.paths
        self.is_kept = cache(IsUnchanged(repository, current, chronicle)) if chronicle else None
        self.faults: list[Diagnostic] = []
        self.lost: list[str] = []
        """The paths of the statements that a shallow clone can't stamp."""
        self.partly: list[str] = []
        """The paths of those others whose history it lacks a part of."""
        self.unmade: list[str] = []
        """The tags that make no version."""

    def facts(self) -> Iterator[tuple[str, GitFacts]]:
        """What git knows of each statement, by its path; nothing of those it knows nothing of."""
        for statement in self.current.statements:
            path = statement.path
            former = self.chronicle.former.get(path, ()) if self.chronicle else ()
            earlier = self._earlier(statement, former)
            if self.chronicle is not None:
                stamp, found = self._changes(statement, self.chronicle)
                versions = tuple(self._versions(statement, self.chronicle, former))
                yield path, GitFacts(stamp, found, former, versions, earlier)
            elif earlier:
                yield path, GitFacts(earlier=earlier)

    def _earlier(self, statement: ScannedFile, former: tuple[str, ...]) -> EarlierInput | None:
        if not (name := statement.compare_with):
            return None
        try:
            found = earlier_input(
                self.repository, self.current, statement, name, former, self.scan, self.once
            )
        except HistoryFault as fault:
            kind = error if fault.code in ASKED_WRONG else warning
            at = statement.compare_at or statement.at
            found = kind(fault.code, fault.message, at, fault.hint)
        if isinstance(found, EarlierInput):
            return found
        self.faults.append(found)
        return None

    def _changes(
        self, statement: ScannedFile, chronicle: TrackedFiles
    ) -> tuple[Stamp | None, tuple[LogEntry, ...]]:
        """The last change of what a statement shows, and all changes of its file."""
        path, site = statement.path, self.current.site
        stamp: Stamp | None = None
        found: tuple[LogEntry, ...] = ()
        try:
            assert self.is_kept is not None
            stamp = stamp_of(shown_by(statement, self.paths), chronicle, self.is_kept)
            if stamp is None:
                self.lost.append(path)
            elif chronicle.is_partly_told(path):
                self.partly.append(path)
            stamp = stamp and self.once.only(stamp)
            found = self.once(
                entries,
                self.repository,
                path,
                chronicle.history_of(path),
                site is not None and site.history_authors,
                self._hidden(statement),
            )
        except HistoryFault as fault:
            self.faults.append(warning(fault.code, fault.message, statement.at, fault.hint))
        return stamp, found

    def _hidden(self, statement: ScannedFile) -> tuple[str, ...] | None:
        """The name that a statement hides as its text is now; None where it hides none."""
        if not hides_case_officer(statement.hide_case_officer, self.current.site):
            return None
        return (statement.case_officer,) if statement.case_officer else ()

    def _versions(
        self, statement: ScannedFile, chronicle: TrackedFiles, former: tuple[str, ...]
    ) -> Iterator[VersionInput]:
        tags = () if statement.is_unread else chronicle.tags_of(statement.path)
        found = version_inputs(
            self.repository, self.current, statement, tags, former, self.scan, self.once
        )
        for tag, made in found:
            if isinstance(made, VersionInput):
                yield made
            else:
                self.faults.append(made)
                self.unmade.append(tag)


def _odd(chronicle: TrackedFiles, current: CurrentContent) -> Iterator[OddTag]:
    """The tags that seem to be meant to name a version, and name none."""
    yield from chronicle.odd_tags
    read = [each for each in current.scanned if each.is_unread or each.kind == "statement"]
    yield from of_no_statement(chronicle.tags, [each.path for each in read])


def _unsaid(faults: Iterable[Diagnostic], said: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Those faults of all that were not said of any statement."""
    codes = {each.code for each in said}
    return (each for each in faults if each.code not in codes)


def _walked(repository: OpenRepository, head: str, _: tuple[str, ...], has_history: bool) -> Log:
    """The log, by what it depends on, so that it can be remembered."""
    return walked(repository(), head, has_history)


def _texts(current: CurrentContent) -> SourceNames:
    return SourceNames(frozenset(each.path for each in current.scanned), current.data.__getitem__)
