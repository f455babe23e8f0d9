"""The old texts of a statement: of the revision that it is compared with, and of its versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from innspill.compose.versions import VersionName, named_by_tag, version_folder
from innspill.diagnostics import Diagnostic, Location, error, warning
from innspill.git_facts import EarlierInput, VersionInput
from innspill.history.current_content import CurrentContent
from innspill.history.fault import HistoryFault
from innspill.history.files import OpenRepository
from innspill.history.old_texts import OldTextQuery, index_beside, path_then, take_text
from innspill.history.tags import VersionTag
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Revision, VersionLabel
from innspill.read.edition import hides_case_officer
from innspill.read.read import SITE
from innspill.read.scan import Scan, ScannedFile
from innspill.read.schema import VERSION_TAGS, SiteFront

if TYPE_CHECKING:
    from innspill.history.repository import Commit


def earlier_input(
    repository: OpenRepository,
    current: CurrentContent,
    statement: ScannedFile,
    name: str,
    former: tuple[str, ...],
    scan: Scan,
    once: Memory,
) -> EarlierInput | Diagnostic:
    """What a statement was made from in the revision called `name`, or why there is nothing.

    `former` are the names that its file had before, the last first.
    Raises HistoryFault where git can't say.
    """
    commit = repository().commit(name)
    indexes = {SITE, index_beside(statement.path)}
    around = tuple((each, current.data[each]) for each in sorted(indexes & current.data.keys()))
    lookup = once.only(OldTextQuery(statement.path, statement.committee, former, around))
    return once(
        _earlier_input,
        repository,
        lookup,
        once.only(commit),
        name,
        once.only(_version_called(name, current.site)),
        once.only(statement.compare_at or statement.at),
        hides_case_officer(statement.hide_case_officer, current.site),
        scan,
    )


def _earlier_input(
    repository: OpenRepository,
    lookup: OldTextQuery,
    commit: Commit,
    name: str,
    version: VersionLabel | None,
    at: Location,
    hides: bool,
    scan: Scan,
) -> EarlierInput | Diagnostic:
    then = repository.files(commit)
    path = path_then(lookup, then)
    if path is None:
        message = say('there is no {path} in "{name}"', path=lookup.path, name=name)
        hint = say("name a commit that has it; `git log` lists those of a file")
        return error("no-earlier", message, at, hint)
    text = take_text(path, lookup, then, f"{name}:content", scan)
    revision = Revision(commit.id, commit.day, name, version)
    return EarlierInput(revision, text, lookup.path, at, hides)


def _version_called(name: str, site: SiteFront | None) -> VersionLabel | None:
    """The version that a revision's name names, where it is such a tag."""
    named = named_by_tag(name, site.version_tags if site else VERSION_TAGS)
    return _label(named) if named else None


def _label(named: VersionName) -> VersionLabel:
    return VersionLabel(named.day, named.word)


def version_inputs(
    repository: OpenRepository,
    current: CurrentContent,
    statement: ScannedFile,
    tags: Sequence[VersionTag],
    former: tuple[str, ...],
    scan: Scan,
    once: Memory,
) -> Iterator[tuple[str, VersionInput | Diagnostic]]:
    """For each tag what its version is made from, or why it makes none.

    The versions that were withdrawn are left out.
    """
    hides = hides_case_officer(statement.hide_case_officer, current.site)
    at = once.only(statement.at)
    for tag in tags:
        if tag.name in statement.withdrawn:
            continue
        own = tag.named.source
        names = (*((own,) if own else ()), *former)
        lookup = once.only(OldTextQuery(statement.path, statement.committee, names))
        given = once.only(tag)
        try:
            yield (
                tag.name,
                once(_version_input, repository, lookup, given, at, hides, scan),
            )
        except HistoryFault as fault:
            yield tag.name, warning(fault.code, fault.message, at, fault.hint)


def _version_input(
    repository: OpenRepository,
    lookup: OldTextQuery,
    tag: VersionTag,
    at: Location,
    hides: bool,
    scan: Scan,
) -> VersionInput | Diagnostic:
    then = repository.files(tag.commit)
    own = tag.named.source
    path = own if own in then.blobs else path_then(lookup, then)
    if path is None:
        why = say("there is no {path} in its commit", path=f"content/{own or lookup.path}")
        message = say('the tag "{tag}" publishes no version: {why}', tag=tag.name, why=why)
        hint = say(
            "put it on a commit that has the file: git tag --force {tag} COMMIT", tag=tag.name
        )
        return warning("version-tag", message, at, hint)
    return VersionInput(
        tag.name,
        tag.named.day,
        tag.named.word,
        version_folder(_addressed(tag, path, lookup.path), tag.named.version),
        Revision(tag.commit.id, tag.commit.day, tag.name, _label(tag.named)),
        take_text(path, lookup, then, f"{tag.name}:content", scan),
        lookup.path,
        at,
        hides,
    )


def _addressed(tag: VersionTag, then: str, now: str) -> str:
    """The path that a version has its address by: the tag's own, whatever the file is called now.

    Where only small letters became capitals it is today's: the two would be one folder.
    """
    own = tag.named.source or f"{then.rpartition('/')[0]}/{tag.named.statement}.md"
    return now if own.casefold() == now.casefold() else own
