"""Published versions: each tag of the settled form, as its commit has the statement.

A version is composed from its commit alone: its own site, consultation, text and files. So
its words and its numbers never change. What is its own moves to the version's address; other
links lead where they led.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from innspill.compose.addresses import page_url
from innspill.compose.compose import compose, hides_case_officer
from innspill.compose.versions import moved, parts_of, version_folder, version_name
from innspill.diagnostics import Diagnostic, error
from innspill.history.earlier import Wanted, path_then, read_then
from innspill.history.fault import HistoryFault
from innspill.history.files import files_in, opened
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Attachment, Revision, Site, Stamp, Statement, Version
from innspill.read.read import Content, named_by
from innspill.read.schema import StatementFront
from innspill.read.source import Source

if TYPE_CHECKING:
    from innspill.history.repository import Commit


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of a site's statements, and what could not be read of them."""

    by_path: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    """By each statement's path, the newest first."""
    faults: tuple[Diagnostic, ...] = ()


def find_versions(
    folder: Path, tags: Mapping[str, Commit], content: Content, once: Memory
) -> Versions:
    """The versions of all statements that these tags name, without those that were withdrawn."""
    found: dict[str, tuple[Version, ...]] = {}
    faults: list[Diagnostic] = []
    for source in content.sources:
        if tags and isinstance(source.front, StatementFront) and not source.is_unread:
            made = list(_of_statement(folder, content, source, tags, once))
            found[source.path] = tuple(each for each in made if isinstance(each, Version))
            faults += (each for each in made if isinstance(each, Diagnostic))
    return Versions(found, tuple(faults))


def _of_statement(
    folder: Path, content: Content, source: Source, tags: Mapping[str, Commit], once: Memory
) -> Iterator[Version | Diagnostic]:
    front = source.front
    assert isinstance(front, StatementFront)
    gone = {each.tag for each in front.withdrawn}
    hides = hides_case_officer(front, content.site)
    at = source.matter.locate(())
    wanted = once.only(Wanted(source.path, front.committee, (), at))
    for tag in sorted(tags, reverse=True):
        name = version_name(tag, source.path)
        if name and tag not in gone:
            commit = once.only(tags[tag])
            try:
                yield once(_version, str(folder), wanted, name, tag, commit, hides)
            except HistoryFault as fault:
                yield error(fault.code, fault.message, at, fault.hint)


def _version(
    folder: str, wanted: Wanted, name: str, tag: str, commit: Commit, hides: bool
) -> Version | Diagnostic:
    then = files_in(opened(Path(folder)), commit)
    path = path_then(wanted, then)
    content = read_then(path, wanted, then, f"{tag}:content") if path else None
    source = next((e for e in content.sources if e.path == path), None) if content else None
    site = compose(content) if content else None
    old = next((e for e in site.statements if e.source == path), None) if site else None
    parts = parts_of(name)
    if not (content and site and source and old and parts) or source.is_unread:
        message = say('{path} can\'t be read as it is in "{name}"', path=wanted.path, name=tag)
        hint = say("withdraw the version, or take the tag away")
        return error("version", message, wanted.at, hint)
    if hides:
        old = replace(old, facts=replace(old.facts, case_officer=None))
    to = version_folder(wanted.path, name)
    stamp = Stamp(Revision(commit.id, commit.day, name=tag), is_committed=True)
    shown = set(named_by(source)) & content.files.keys()
    urls = {each: to + each.replace("/", "-") for each in shown}
    urls[page_url(old.source)] = f"{to}index.html"
    enclosures = tuple(
        replace(each, url=urls.get(each.url or "", each.url)) for each in old.enclosures
    )
    statement = replace(moved(old, urls), url=f"{to}index.html", stamp=stamp, enclosures=enclosures)
    return Version(
        name, *parts, _alone(site, old.source, statement), statement, _files(content, urls, shown)
    )


def _alone(site: Site, path: str, statement: Statement) -> Site:
    """The site with the statement in its new place, and no other."""
    case = next(
        case for case in site.consultations if any(each.source == path for each in case.statements)
    )
    alone = replace(case, statements=(statement,), agenda=())
    return replace(site, consultations=(alone,), attachments=())


def _files(content: Content, urls: Mapping[str, str], shown: set[str]) -> tuple[Attachment, ...]:
    return tuple(Attachment(urls[path], path, content.files[path].data) for path in sorted(shown))
