"""Published versions: each tag of the settled form, as its commit has the statement.

A version is composed from its commit alone: its own site, consultation, text and files. So
its words and its numbers never change. What is its own moves to the version's address; other
links lead where they led.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from innspill.check.links import places_on
from innspill.check.settled import NOT_FETCHED, Settled, settle
from innspill.check.texts import nodes_of
from innspill.compose.addresses import page_url
from innspill.compose.compose import compose, hides_case_officer
from innspill.compose.versions import moved, version_folder
from innspill.diagnostics import Diagnostic, error, warning
from innspill.history.chronicle import Chronicle
from innspill.history.earlier import Wanted, path_then, read_then, without_name
from innspill.history.fault import HistoryFault
from innspill.history.files import files_in, opened
from innspill.history.tags import Tag
from innspill.history.words import tag_is_meant
from innspill.media.look import can_be_published, look
from innspill.memory import Memory
from innspill.messages import joined, say
from innspill.model import Attachment, Revision, Site, Stamp, Statement, Version
from innspill.read.read import SITE, Content
from innspill.read.scan import scan
from innspill.read.schema import StatementFront
from innspill.read.source import Source
from innspill.text import Image, Internal, select

FILES = "filer"
"""The folder, beside a version's page, of the files that it shows or comes with."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of a site's statements, and what could not be read of them."""

    by_path: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    """By each statement's path, the newest first."""
    faults: tuple[Diagnostic, ...] = ()
    settled: tuple[Settled, ...] = ()
    """What is published of them, to be checked."""
    texts: dict[str, str] = field(default_factory=dict)
    """The words of tags that the faults are in."""
    unmade: frozenset[str] = frozenset()
    """The tags of which it is said why they make no version."""


@dataclass(frozen=True, slots=True)
class _Unmade:
    """A tag that makes no version."""

    tag: str
    fault: Diagnostic
    """Why."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A version, and what it was made of."""

    tag: str
    version: Version
    settled: Settled
    officer: str | None
    """The case officer that its text named."""


def find_versions(folder: Path, chronicle: Chronicle, content: Content, once: Memory) -> Versions:
    """The versions of all statements that are tagged, without those that were withdrawn."""
    found: dict[str, tuple[Version, ...]] = {}
    faults: list[Diagnostic] = []
    settled: list[Settled] = []
    texts: dict[str, str] = {}
    unmade: set[str] = set()
    for source in content.sources:
        own = chronicle.tags_of(source.path)
        if own and isinstance(source.front, StatementFront) and not source.is_unread:
            former = chronicle.former.get(source.path, ())
            made = list(_of_statement(folder, content, source, own, former, once))
            good = [each for each in made if isinstance(each, _Made)]
            found[source.path] = tuple(each.version for each in good)
            settled += (each.settled for each in good)
            bad = [each for each in made if isinstance(each, _Unmade)]
            faults += (each.fault for each in bad)
            unmade |= {each.tag for each in bad}
            private = list(_tags_are_meant(source, content, good))
            faults += private
            texts |= {f"git tag {each.tag}": each.version.word for each in good if private}
    return Versions(found, tuple(faults), tuple(settled), texts, frozenset(unmade))


def _tags_are_meant(
    source: Source, content: Content, made: Sequence[_Made]
) -> Iterator[Diagnostic]:
    """What the names of published versions tell that is not meant for everyone."""
    front = source.front
    assert isinstance(front, StatementFront)
    hides = hides_case_officer(front, content.site)
    officers = (front.case_officer, *(each.officer for each in made)) if hides else ()
    names = {each for each in officers if each}
    meant = tuple(content.site.may_be_published) if content.site else ()
    at = source.matter.locate(())
    for each in made:
        version = each.version
        yield from tag_is_meant(each.tag, version.statement.url, version.word, names, meant, at)


def _of_statement(
    folder: Path,
    content: Content,
    source: Source,
    tags: Sequence[Tag],
    former: tuple[str, ...],
    once: Memory,
) -> Iterator[_Made | _Unmade]:
    front = source.front
    assert isinstance(front, StatementFront)
    gone = {each.tag for each in front.withdrawn}
    hides = hides_case_officer(front, content.site)
    at = source.matter.locate(())
    for tag in tags:
        own = tag.named.source
        names = (*((own,) if own else ()), *former)
        wanted = once.only(Wanted(source.path, front.committee, (), at, names))
        if tag.name not in gone:
            try:
                made = once(_version, str(folder), wanted, once.only(tag), hides)
            except HistoryFault as fault:
                made = warning(fault.code, fault.message, at, fault.hint)
            yield _Unmade(tag.name, made) if isinstance(made, Diagnostic) else made


def _version(folder: str, wanted: Wanted, given: Tag, hides: bool) -> _Made | Diagnostic:
    tag, commit = given.name, given.commit
    then = files_in(opened(Path(folder)), commit)
    own = given.named.source
    path = own if own in then.blobs else path_then(wanted, then)
    if path is None:
        why = say("there is no {path} in its commit", path=f"content/{own or wanted.path}")
        message = say('the tag "{tag}" publishes no version: {why}', tag=tag, why=why)
        hint = say("put it on a commit that has the file: git tag --force {tag} COMMIT", tag=tag)
        return warning("version-tag", message, wanted.at, hint)
    content = read_then(path, wanted, then, f"{tag}:content")
    source = next((e for e in content.sources if e.path == path), None)
    site = compose(content) if content.site else None
    old = next((e for e in site.statements if e.source == path), None) if site else None
    if not (site and source and old) or source.is_unread:
        message = say('{path} can\'t be read as it is in "{name}"', path=wanted.path, name=tag)
        told = (fault for each in content.sources for fault in each.faults)
        if lacks := next((each for each in told if each.code == NOT_FETCHED), None):
            why = joined(": ", (message, lacks.message))
            return warning("git-pointer", why, wanted.at, lacks.hint)
        hint = say("withdraw the version, or take the tag away")
        return error("version", message, wanted.at, hint)
    if hides:
        old = without_name(old)
    to = version_folder(_addressed(given, old.source, wanted.path), given.named.version)
    stamp = Stamp(Revision(commit.id, commit.day, name=tag), is_committed=True)
    shown = set(scan(source).names) & content.files.keys()
    lost = frozenset(_unfit(old, content))
    urls = {each: f"{to}{FILES}/{each}" for each in shown - lost}
    urls[page_url(old.source)] = f"{to}index.html"
    enclosures = tuple(
        replace(each, url=urls.get(each.url or "", each.url))
        for each in old.enclosures
        if each.url not in lost
    )
    was, now = (page_url(f"{_folder(each)}/{SITE}") for each in (old.source, wanted.path))
    urls[was] = now
    drawn = set(_shown(old))
    places, page = places_on(old), page_url(old.source)

    def is_lost(to: Internal) -> bool:
        return to.url in lost or (to.url == page and to.fragment not in {"", *places})

    statement = replace(
        moved(old, urls, is_lost), url=f"{to}index.html", stamp=stamp, enclosures=enclosures
    )
    files = _files(content, urls, shown - lost, drawn)
    version = Version(
        given.named.version,
        given.named.day,
        given.named.word,
        _alone(site, old.source, statement, (was, now)),
        statement,
        files,
    )
    index = f"{old.source.rpartition('/')[0]}/{SITE}"
    hint = say("the version is settled: withdraw it, if it must not be read so")
    settled = settle(content, site, old.source, {index, old.source}, hint)
    then_front = source.front
    officer = then_front.case_officer if isinstance(then_front, StatementFront) else None
    return _Made(tag, version, settled, officer)


def _unfit(statement: Statement, content: Content) -> Iterator[str]:
    """The files that may not be published: of images, what they show is read out instead."""
    shown = set(_shown(statement))
    for path, file in content.files.items():
        if not can_be_published(path, look(file.blob), is_shown=path in shown):
            yield path
    yield from shown - content.files.keys()


def _shown(statement: Statement) -> Iterator[str]:
    for image in select(nodes_of(statement), Image):
        if isinstance(image.target, Internal):
            yield image.target.url


def _addressed(tag: Tag, then: str, now: str) -> str:
    """The path that a version has its address by: the tag's own, whatever the file is called now.

    Where only small letters became capitals it is today's: the two would be one folder.
    """
    own = tag.named.source or f"{_folder(then)}/{tag.named.statement}.md"
    return now if own.casefold() == now.casefold() else own


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _alone(site: Site, path: str, statement: Statement, moved_to: tuple[str, str]) -> Site:
    """The site with the statement in its new place, and no other.

    The consultation may have been moved since: then its own pages are where they are now.
    """
    was, now = (each.removesuffix("index.html") for each in moved_to)
    case = next(
        case for case in site.consultations if any(each.source == path for each in case.statements)
    )
    alone = replace(
        case,
        url=now + case.url.removeprefix(was),
        questions=tuple(
            replace(each, url=now + each.url.removeprefix(was)) for each in case.questions
        ),
        statements=(statement,),
        agenda=(),
    )
    return replace(site, consultations=(alone,), attachments=())


def _files(
    content: Content, urls: Mapping[str, str], named: set[str], drawn: set[str]
) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(urls[path], path, content.files[path].blob, is_shown=path in drawn)
        for path in sorted(named)
    )
