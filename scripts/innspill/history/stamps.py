"""Stamps: the last commit that changed what a statement shows, or that it is not committed.

A statement shows itself, its consultation's index, the site's, and its images and
attachments. Line ends that git converts, and files that Git LFS keeps, count as the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from innspill.check.settled import Settled
from innspill.diagnostics import Diagnostic, Location, warning
from innspill.history.entries import entries
from innspill.history.fault import HistoryFault
from innspill.history.log import Change, Log, read_log
from innspill.history.versions import find_versions
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Entry, Revision, Stamp, Version
from innspill.read.read import SITE, Content, named_by
from innspill.read.schema import StatementFront
from innspill.read.source import Source, decode

if TYPE_CHECKING:
    from innspill.history.repository import Repository


@dataclass(frozen=True, slots=True)
class Stamps:
    """The stamps of a site's statements."""

    by_path: Mapping[str, Stamp] = field(default_factory=dict)
    """By each statement's path; those are left out of which git can't tell."""
    head: str | None = None
    """The commit that is checked out."""
    faults: tuple[Diagnostic, ...] = ()
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    """The published versions of each statement, by its path."""
    settled: tuple[Settled, ...] = ()
    """What is published of them."""
    histories: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """The history of each statement's file, by its path."""


def stamp(
    folder: Path,
    content: Content,
    memory: Memory | None = None,
    at: str | None = None,
    *,
    all_versions: bool = False,
) -> Stamps:
    """The stamps of all statements; none, and no fault, where there is no repository.

    `memory` saves to walk the log again where the same commit is checked out. `at` is the
    commit whose content it is, where it is not what stands on the disk; then the versions are
    those that it has itself, but for `all_versions`.
    """
    if not any((each / ".git").exists() for each in (folder.resolve(), *folder.resolve().parents)):
        return Stamps()
    # A site outside of every repository does not wait for libgit2.
    from innspill.history.repository import find_repository

    try:
        repository = find_repository(folder)
        if repository is None:
            return Stamps()
        once = memory or Memory()
        stamps = _stamps(folder, repository, content, once, at or repository.head)
        found = find_versions(folder, repository, content, once, None if all_versions else at)
        return replace(
            stamps,
            versions=found.by_path,
            faults=stamps.faults + found.faults,
            settled=found.settled,
        )
    except HistoryFault as fault:
        place = Location(_shown(content))
        return Stamps(faults=(warning(fault.code, fault.message, place, fault.hint),))


def _shown(content: Content) -> str:
    """The site's index as messages show it, on which is blamed what concerns all files."""
    return next((each.shown for each in content.sources if each.path == SITE), SITE)


def _stamps(
    folder: Path, repository: Repository, content: Content, once: Memory, head: str | None
) -> Stamps:
    sources = {each.path: each for each in content.sources}
    there = sources.keys() | content.files.keys()
    shown = {
        each.path: frozenset(_shown_by(each)) & there
        for each in content.sources
        if isinstance(each.front, StatementFront)
    }
    if not shown:
        return Stamps(head=head)
    if head is None:
        return Stamps({path: once(Stamp, None, False) for path in shown})
    kept = {normalize("NFC", path): blob for path, blob in repository.files(head).items()}
    asked = frozenset(path for paths in shown.values() for path in paths if path in kept)
    cut_off = tuple(sorted(repository.cut_off))
    has_history = content.site is None or content.site.history
    whole = tuple(sorted(asked & shown.keys())) if has_history else ()
    log = once(_walked, str(folder), head, cut_off, tuple(sorted(asked)), whole)
    changes = {path: each[0] for path, each in log.changes.items()}
    fresh = frozenset(
        path
        for path in {each for paths in shown.values() for each in paths}
        if path not in kept or not _holds(repository, kept[path], path, content, sources)
    )
    stamps = {path: _stamp(paths, changes, fresh, once) for path, paths in shown.items()}
    lost = sorted(path for path, each in stamps.items() if each is None)
    partly = [path for path in whole if path in log.cut_short and path not in lost]
    has_authors = content.site is not None and content.site.history_authors
    histories = {
        path: once(entries, str(folder), path, log.changes[path], has_authors)
        for path in whole
        if path not in log.cut_short and path in log.changes
    }
    return Stamps(
        {path: each for path, each in stamps.items() if each},
        head,
        (*_cut_short(lost, content), *_partly_told(partly, content)),
        histories=histories,
    )


def _walked(
    folder: str,
    head: str,
    cut_off: tuple[str, ...],
    paths: tuple[str, ...],
    whole: tuple[str, ...],
) -> Log:
    """The changes, by what they hang on, so that they can be remembered."""
    from innspill.history.repository import find_repository

    repository = find_repository(Path(folder))
    assert repository is not None
    return read_log(repository, head, paths, cut_off, whole)


def _shown_by(source: Source) -> Iterator[str]:
    """The paths of all that a statement shows, were it there."""
    yield from (SITE, f"{source.path.rpartition('/')[0]}/{SITE}", source.path)
    yield from (path for path in named_by(source) if not path.endswith(".md"))


def _holds(
    repository: Repository, blob: str, path: str, content: Content, sources: Mapping[str, Source]
) -> bool:
    """Whether a file stands on the disk as it stands in git."""
    if path in content.files:
        return repository.holds(blob, content.files[path].data)
    source = sources[path]
    data = repository.data(blob)
    return hashlib.sha256(data).hexdigest() == source.digest or decode(data, "")[0] == source.text


def _stamp(
    paths: frozenset[str], changes: Mapping[str, Change], fresh: frozenset[str], once: Memory
) -> Stamp | None:
    """A statement's stamp, None where a shallow clone lacks what tells it."""
    known = paths - fresh
    if any(path not in changes for path in known):
        return None
    last = min((changes[path] for path in known), key=lambda each: each.place, default=None)
    revision = once.only(Revision(last.commit.id, last.commit.day)) if last else None
    return once(Stamp, revision, not paths & fresh)


def _cut_short(lost: list[str], content: Content) -> Iterator[Diagnostic]:
    if not lost:
        return
    message = say(
        "the clone is shallow, so git can't tell when these were last changed: {names}",
        names=", ".join(lost),
    )
    hint = say("fetch it whole (fetch-depth: 0), with its tags")
    yield warning("git-shallow", message, Location(_shown(content)), hint)


def _partly_told(paths: list[str], content: Content) -> Iterator[Diagnostic]:
    if not paths:
        return
    message = say(
        "the clone is shallow, so the history of these is left out: {names}",
        names=", ".join(paths),
    )
    hint = say("fetch it whole (fetch-depth: 0), with its tags")
    yield warning("git-shallow", message, Location(_shown(content)), hint)
