"""What git is asked for by a site's content, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from innspill.compose.compose import hides_case_officer
from innspill.diagnostics import Diagnostic, error
from innspill.history.earlier import Found, Wanted, find_earlier, without_case_officer
from innspill.history.fault import HistoryFault
from innspill.history.files import files_in
from innspill.messages import say
from innspill.model import Trace
from innspill.read.read import SITE, Content
from innspill.read.schema import StatementFront
from innspill.read.source import Source

if TYPE_CHECKING:
    from innspill.history.repository import Repository


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of the statements of a site."""

    traces: Mapping[str, Trace] = field(default_factory=dict)
    """By each statement's path."""
    faults: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The texts of the files that faults are in, by the paths that those name."""


def trace(folder: Path, content: Content) -> History:
    """All that the content asks of git; nothing is opened where it asks for nothing."""
    found = dict(_compared(folder, content))
    return History(
        {path: Trace(each.earlier) for path, each in found.items() if each.earlier},
        tuple(fault for each in found.values() for fault in each.faults),
        {shown: text for each in found.values() for shown, text in each.texts.items()},
    )


def _compared(folder: Path, content: Content) -> Iterator[tuple[str, Found]]:
    for source in content.sources:
        if isinstance(source.front, StatementFront) and source.front.compare_with:
            try:
                yield source.path, as_it_was(folder, content, source, source.front.compare_with)
            except HistoryFault as fault:
                at = source.matter.locate(("compare_with",))
                yield source.path, Found(None, (error(fault.code, fault.message, at, fault.hint),))


def as_it_was(folder: Path, content: Content, source: Source, name: str) -> Found:
    """A statement of today's content as it was in the revision called `name`.

    Raises HistoryFault where git can't say.
    """
    repository = opened(folder)
    commit = repository.commit(name)
    indexes = {SITE, str(PurePosixPath(source.path).parent / SITE)}
    around = {each.path: each.text for each in content.sources if each.path in indexes}
    front = source.front
    assert isinstance(front, StatementFront)
    at = source.matter.locate(("compare_with",))
    wanted = Wanted(source.path, front.committee, around, at)
    found = find_earlier(wanted, files_in(repository, commit), commit, name)
    if found.earlier and hides_case_officer(front, content.site):
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
