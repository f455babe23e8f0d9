"""What git is asked for by a site's content, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from innspill.check.settled import Settled
from innspill.compose.plan import hides_case_officer
from innspill.diagnostics import Diagnostic, Location, error, warning
from innspill.history.checkout import AsRead
from innspill.history.chronicle import Chronicle, Texts, open_chronicle, walked
from innspill.history.earlier import Found, Wanted, find_earlier, without_case_officer
from innspill.history.entries import entries
from innspill.history.fault import ASKED_WRONG, HistoryFault
from innspill.history.files import files_in, opened
from innspill.history.log import Log
from innspill.history.stamps import IsKept, cut_short, partly_told, shown_paths, stamp_of
from innspill.history.tags import OddTag, odd_tags, of_no_statement
from innspill.history.versions import Versions, find_versions
from innspill.history.words import called, entries_are_meant, words_of
from innspill.memory import Memory
from innspill.model import Entry, Stamp, Trace
from innspill.read.read import SITE, Content
from innspill.read.schema import StatementFront
from innspill.read.source import Source

if TYPE_CHECKING:
    from innspill.history.repository import Commit, Repository


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of the statements of a site."""

    traces: Mapping[str, Trace] = field(default_factory=dict)
    """By each statement's path."""
    faults: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The texts of the files that faults are in, by the paths that those name."""
    lost: tuple[str, ...] = ()
    """The paths of the statements that a shallow clone can't stamp."""
    partly: tuple[str, ...] = ()
    """The paths of those others whose history it lacks a part of."""
    settled: tuple[Settled, ...] = field(default=(), repr=False)
    """The earlier texts that are published, to be checked."""
    head: str | None = None
    """The commit that is checked out, where there is one."""
    unmade: frozenset[str] = frozenset()
    """The tags of which it is said why they make no version."""
    is_read: bool = True
    """Whether git could be asked at all."""


def trace(
    folder: Path,
    content: Content,
    memory: Memory | None = None,
    at: str | None = None,
    *,
    all_versions: bool = False,
) -> History:
    """All that git knows of the content; nothing is opened where it stands in no repository.

    `memory` saves to read again what a commit has: its name says all that is in it. `at` is the
    commit whose content it is, where it is not what stands on the disk; then the versions are
    those that it has itself, but for `all_versions`.
    """
    once = memory or Memory()

    def walk(repository: Repository, head: str, has_history: bool) -> Log:
        return once(_walked, str(folder), head, tuple(sorted(repository.cut_off)), has_history)

    faults: tuple[Diagnostic, ...] = ()
    try:
        chronicle = open_chronicle(
            folder, content.site, walk, at, texts=_texts(content), all_versions=all_versions
        )
    except HistoryFault as fault:
        chronicle, faults = None, (of_all(fault, content),)
    is_read = not faults
    found = trace_part(folder, content, chronicle, AsRead(folder, content, chronicle), once)
    place = place_of_all(content)
    faults += (*cut_short(found.lost, place), *partly_told(found.partly, place))
    odd = tuple(_odd(chronicle, content)) if chronicle and at is None else ()
    faults = (*unsaid(faults, found.faults), *odd_tags(odd, place))
    return replace(
        found,
        faults=(*found.faults, *faults),
        head=chronicle.head if chronicle else None,
        unmade=found.unmade | {each.name for each in odd},
        is_read=is_read,
    )


def _odd(chronicle: Chronicle, content: Content) -> Iterator[OddTag]:
    """The tags that seem to be meant to name a version, and name none."""
    yield from chronicle.odd_tags
    read = [each for each in content.sources if each.is_unread or _is_statement(each)]
    yield from of_no_statement(chronicle.tags, [each.path for each in read])


def _is_statement(source: Source) -> bool:
    return isinstance(source.front, StatementFront)


def trace_part(
    folder: Path,
    content: Content,
    chronicle: Chronicle | None,
    is_kept: IsKept,
    once: Memory,
) -> History:
    """What git knows of a part of the content, by what it told of the whole."""
    former = chronicle.former if chronicle else {}
    compared = dict(_compared(folder, content, former, once))
    faults = [fault for each in compared.values() for fault in each.faults]
    stamps: dict[str, Stamp | None] = {}
    histories: dict[str, tuple[Entry, ...]] = {}
    versions = Versions()
    texts: dict[str, str] = {}
    has_authors = content.site is not None and content.site.history_authors
    if chronicle is not None:
        sources = {each.path: each for each in content.sources}
        meant = tuple(content.site.may_be_published) if content.site else ()
        for path, shown in shown_paths(content).items():
            try:
                stamp = stamp_of(shown, chronicle, is_kept)
                stamps[path] = stamp and once.only(stamp)
                changes = chronicle.history_of(path)
                hidden = _hidden(sources[path], content)
                found = once(entries, str(folder), path, changes, has_authors, hidden)
                histories[path] = found
                private = tuple(entries_are_meant(found, meant))
                faults += private
                texts |= {called(each): words_of(each) for each in found if private}
            except HistoryFault as fault:
                at = sources[path].matter.locate(())
                faults.append(warning(fault.code, fault.message, at, fault.hint))
        versions = find_versions(folder, chronicle, content, once)
    settled = (
        *(each.settled for each in compared.values() if each.settled),
        *versions.settled,
    )
    traces = {
        path: once(
            Trace,
            compared[path].earlier if path in compared else None,
            stamps.get(path),
            versions.by_path.get(path, ()),
            histories.get(path, ()),
            former.get(path, ()),
        )
        for path in {**compared, **stamps, **versions.by_path}
    }
    return History(
        traces,
        (*faults, *versions.faults),
        {shown: text for each in compared.values() for shown, text in each.texts.items()}
        | {shown: text for each in settled for shown, text in each.content.texts.items()}
        | texts
        | versions.texts,
        tuple(path for path, each in stamps.items() if each is None),
        tuple(
            path
            for path, each in stamps.items()
            if each and chronicle and chronicle.is_partly_told(path)
        ),
        settled,
        unmade=versions.unmade,
    )


def _hidden(source: Source, content: Content) -> tuple[str, ...] | None:
    """The name that a statement hides as its text is now; None where it hides none."""
    front = source.front
    if not isinstance(front, StatementFront) or not hides_case_officer(front, content.site):
        return None
    return (front.case_officer,) if front.case_officer else ()


def of_all(fault: HistoryFault, content: Content) -> Diagnostic:
    """Why git can't say anything, blamed on the site's index."""
    return warning(fault.code, fault.message, place_of_all(content), fault.hint)


def place_of_all(content: Content) -> Location:
    """The site's index as messages show it."""
    return Location(next((each.shown for each in content.sources if each.path == SITE), SITE))


def unsaid(faults: Iterable[Diagnostic], said: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Those faults of all that were not said of any statement."""
    codes = {each.code for each in said}
    return (each for each in faults if each.code not in codes)


def _walked(folder: str, head: str, _: tuple[str, ...], has_history: bool) -> Log:
    """The log, by what it hangs on, so that it can be remembered."""
    return walked(opened(Path(folder)), head, has_history)


def _texts(content: Content) -> Texts:
    texts = {each.path: each.text for each in content.sources}
    return Texts(texts.keys(), lambda path: texts[path].encode())


def former_names(folder: Path, content: Content) -> Mapping[str, tuple[str, ...]]:
    """What each source was called before, by its path. Raises HistoryFault."""
    chronicle = open_chronicle(folder, content.site, texts=_texts(content))
    return chronicle.former if chronicle else {}


def _compared(
    folder: Path, content: Content, former: Mapping[str, tuple[str, ...]], once: Memory
) -> Iterator[tuple[str, Found]]:
    for source in content.sources:
        if isinstance(source.front, StatementFront) and (name := source.front.compare_with):
            try:
                names = former.get(source.path, ())
                yield source.path, as_it_was(folder, content, source, name, names, once)
            except HistoryFault as fault:
                at = source.matter.locate(("compare_with",))
                kind = error if fault.code in ASKED_WRONG else warning
                yield source.path, Found(None, (kind(fault.code, fault.message, at, fault.hint),))


def as_it_was(
    folder: Path,
    content: Content,
    source: Source,
    name: str,
    former: tuple[str, ...],
    memory: Memory | None = None,
) -> Found:
    """A statement of today's content as it was in the revision called `name`.

    `former` are the names that its file had before, the last first.
    Raises HistoryFault where git can't say.
    """
    once = memory or Memory()
    commit = opened(folder).commit(name)
    indexes = {SITE, str(PurePosixPath(source.path).parent / SITE)}
    around = tuple((each.path, each.text) for each in content.sources if each.path in indexes)
    front = source.front
    assert isinstance(front, StatementFront)
    at = source.matter.locate(("compare_with",))
    wanted = Wanted(source.path, front.committee, around, at, former)
    hides = hides_case_officer(front, content.site)
    return once(_found, str(folder), once.only(wanted), once.only(commit), name, hides)


def _found(folder: str, wanted: Wanted, commit: Commit, name: str, hides: bool) -> Found:
    repository = opened(Path(folder))
    found = find_earlier(wanted, files_in(repository, commit), commit, name)
    if found.earlier and hides:
        return replace(found, earlier=without_case_officer(found.earlier))
    return found
