"""What git is asked for by a site's content, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from innspill.check.settled import Settled
from innspill.compose.compose import hides_case_officer
from innspill.diagnostics import Diagnostic, error
from innspill.history.earlier import Found, Wanted, find_earlier, without_case_officer
from innspill.history.fault import HistoryFault
from innspill.history.files import files_in
from innspill.history.stamps import stamp
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Trace
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
    head: str | None = None
    """The commit that is checked out, where there is one."""
    settled: tuple[Settled, ...] = field(default=(), repr=False)
    """The earlier texts that are published, to be checked."""


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
    found = dict(_compared(folder, content, once))
    stamps = stamp(folder, content, once, at, all_versions=all_versions)
    faults = [fault for each in found.values() for fault in each.faults]
    settled = (*(each.settled for each in found.values() if each.settled), *stamps.settled)
    said = {each.code for each in faults}
    traces = {
        path: once(
            Trace,
            found[path].earlier if path in found else None,
            stamps.by_path.get(path),
            stamps.versions.get(path, ()),
            stamps.histories.get(path, ()),
        )
        for path in {**found, **stamps.by_path, **stamps.versions}
    }
    return History(
        traces,
        (*faults, *(each for each in stamps.faults if each.code not in said)),
        {shown: text for each in found.values() for shown, text in each.texts.items()}
        | {shown: text for each in settled for shown, text in each.content.texts.items()},
        stamps.head,
        settled,
    )


def _compared(folder: Path, content: Content, once: Memory) -> Iterator[tuple[str, Found]]:
    for source in content.sources:
        if isinstance(source.front, StatementFront) and (name := source.front.compare_with):
            try:
                yield source.path, as_it_was(folder, content, source, name, once)
            except HistoryFault as fault:
                at = source.matter.locate(("compare_with",))
                yield source.path, Found(None, (error(fault.code, fault.message, at, fault.hint),))


def as_it_was(
    folder: Path, content: Content, source: Source, name: str, memory: Memory | None = None
) -> Found:
    """A statement of today's content as it was in the revision called `name`.

    Raises HistoryFault where git can't say.
    """
    once = memory or Memory()
    commit = opened(folder).commit(name)
    indexes = {SITE, str(PurePosixPath(source.path).parent / SITE)}
    around = tuple((each.path, each.text) for each in content.sources if each.path in indexes)
    front = source.front
    assert isinstance(front, StatementFront)
    at = source.matter.locate(("compare_with",))
    wanted = Wanted(source.path, front.committee, around, at)
    hides = hides_case_officer(front, content.site)
    return once(_found, str(folder), once.only(wanted), once.only(commit), name, hides)


def _found(folder: str, wanted: Wanted, commit: Commit, name: str, hides: bool) -> Found:
    repository = opened(Path(folder))
    found = find_earlier(wanted, files_in(repository, commit), commit, name)
    if found.earlier and hides:
        return Found(without_case_officer(found.earlier), found.faults, found.texts)
    return found


def opened(folder: Path) -> Repository:
    """The repository around the content folder.

    Raises HistoryFault where there is none, or it can't be read.
    """
    # A site that asks nothing of git does not wait for libgit2.
    from innspill.history.repository import find_repository

    repository = find_repository(folder)
    if repository is None:
        message = say("the content is in no git repository, so it has no earlier revisions")
        hint = say("begin one with `git init`, and commit the content")
        raise HistoryFault("git-none", message, hint)
    return repository
