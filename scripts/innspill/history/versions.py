"""Published versions: each tag of the settled form, as its commit has the statement.

A version is composed from its commit alone: its own site, consultation, text and files. So
its words and its numbers never change. What is its own moves to the version's address; other
links lead where they led.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from innspill.check.settled import NOT_FETCHED, Settled, settle
from innspill.compose.addresses import page_url
from innspill.compose.anchors import anchors_of
from innspill.compose.references import nodes_of
from innspill.compose.single_statement import compose_single
from innspill.compose.versions import moved
from innspill.diagnostics import Diagnostic, error, warning
from innspill.git_facts import VersionInput
from innspill.history.earlier import without_name
from innspill.history.old_texts import read_text
from innspill.media.inspect import can_be_published, inspect_file
from innspill.messages import joined, say
from innspill.model import Attachment, CaseFacts, Stamp, Statement, Version
from innspill.read.edition import index_of
from innspill.read.read import Content
from innspill.read.scan import parse
from innspill.read.schema import StatementFront
from innspill.text import Image, Internal, select

Case = TypeVar("Case", bound=CaseFacts)
FILES = "filer"
"""The folder, beside a version's page, of the files that it shows or comes with."""


@dataclass(frozen=True, slots=True)
class UnreadableVersion:
    """A tag whose version can't be read."""

    tag: str
    fault: Diagnostic
    """Why."""


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A version, and what it was made of."""

    given: VersionInput
    version: Version
    settled: Settled
    """What is published of it, to be checked."""
    officer: str | None
    """The case officer that its text named."""


def make_version(given: VersionInput) -> ReadVersion | UnreadableVersion:
    """Composes a version."""
    path = given.text.path
    content = read_text(given.text, f"{given.tag}:content")
    alone = compose_single(content, path) if content.site else None
    if alone is None:
        return UnreadableVersion(given.tag, _not_read(given, content))
    old = without_name(alone.statement) if given.hides_case_officer else alone.statement
    was, now = (page_url(index_of(each)) for each in (path, given.path))
    names = next(each.names for each in content.scanned if each.path == path)
    drawn = frozenset(_shown(old))
    lost = frozenset(_unfit(content, drawn))
    published = set(names) & content.files.keys() - lost
    urls = {each: f"{given.folder}{FILES}/{each}" for each in published}
    files = tuple(
        Attachment(urls[each], each, content.files[each].blob, is_shown=each in drawn)
        for each in sorted(published)
    )
    urls |= {page_url(path): f"{given.folder}index.html", was: now}
    statement = _in_place(old, given, urls, lost)
    hint = say("the version is settled: withdraw it, if it must not be read so")
    settled = settle(content, alone, {index_of(path)}, hint)
    front = alone.source.front
    return ReadVersion(
        given,
        Version(
            name=given.name,
            day=given.day,
            word=given.word,
            site=alone.site,
            case=_moved_case(alone.case, was, now),
            whole_case=_moved_case(alone.whole_case, was, now),
            statement=statement,
            files=files,
        ),
        settled,
        front.case_officer if isinstance(front, StatementFront) else None,
    )


def _not_read(given: VersionInput, content: Content) -> Diagnostic:
    """Why a version can't be read."""
    message = say('{path} can\'t be read as it is in "{name}"', path=given.path, name=given.tag)
    path = given.text.path
    source = parse(path, given.path, content.data[path], "statement")
    told = (fault for each in (*content.sources, source) for fault in each.faults)
    if lacks := next((each for each in told if each.code == NOT_FETCHED), None):
        why = joined(": ", (message, lacks.message))
        return warning("git-pointer", why, given.at, lacks.hint)
    hint = say("withdraw the version, or take the tag away")
    return error("version", message, given.at, hint)


def _in_place(
    old: Statement, given: VersionInput, urls: Mapping[str, str], lost: frozenset[str]
) -> Statement:
    """The statement at the version's address.

    `urls` are the new addresses of what moves, `lost` are the files that may not be published.
    """
    places, page = anchors_of(old), page_url(old.source)

    def is_lost(to: Internal) -> bool:
        return to.url in lost or (to.url == page and to.fragment not in {"", *places})

    return replace(
        moved(old, urls, is_lost),
        url=f"{given.folder}index.html",
        stamp=Stamp(given.revision, is_committed=True),
        enclosures=tuple(
            replace(each, url=urls.get(each.url or "", each.url))
            for each in old.enclosures
            if each.url not in lost
        ),
    )


def _unfit(content: Content, shown: frozenset[str]) -> Iterator[str]:
    """The files that may not be published: of images, what they show is read out instead."""
    for path, file in content.files.items():
        if not can_be_published(path, inspect_file(file.blob), is_shown=path in shown):
            yield path
    yield from shown - content.files.keys()


def _shown(statement: Statement) -> Iterator[str]:
    for image in select(nodes_of(statement), Image):
        if isinstance(image.target, Internal):
            yield image.target.url


def _moved_case(case: Case, was: str, now: str) -> Case:
    """The consultation, whose own pages are where they are now, if it has been moved since."""
    was, now = was.removesuffix("index.html"), now.removesuffix("index.html")
    return replace(
        case,
        url=now + case.url.removeprefix(was),
        questions=tuple(
            replace(each, url=now + each.url.removeprefix(was)) for each in case.questions
        ),
    )
