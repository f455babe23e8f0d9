"""What planning needs to know of a Markdown file before anything is made of it.

A `ScannedFile` holds plain values alone, so that it can be kept and sent: who scans a file again
that has the same bytes need not parse it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from innspill.diagnostics import Location
from innspill.failure import at_work_on
from innspill.read.paths import inside, resolve
from innspill.read.schema import (
    SCHEMAS,
    ConsultationFront,
    SiteFront,
    StatementFront,
)
from innspill.read.source import Source, links_of, parse_front, parse_source, title_of
from innspill.read.yaml_nodes import FrontMatter

KINDS = {schema: kind for kind, schema in SCHEMAS.items()}


@dataclass(frozen=True, slots=True)
class OldUrl:
    """An address that a page had before."""

    url: str
    at: Location


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """What one Markdown file says of itself and what it names."""

    path: str
    """Its path inside `content/`."""
    shown: str
    """Its path as messages show it."""
    digest: str
    """The SHA-256 of its bytes."""
    kind: str
    """`site`, `consultation`, `statement` or `page`: see `SCHEMAS`."""
    at: Location
    """Where its front matter begins."""
    title: str
    label: str
    """What links to it are called that name it in no other words."""
    lang: str | None = None
    """Its own language, where it names one."""
    names: tuple[str, ...] = field(default=(), repr=False)
    """The paths inside `content/` that its links, images and attachments name."""
    links: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """The tag, `a` or `img`, and the target of each link and image, as it is written."""
    aliases: tuple[OldUrl, ...] = ()
    is_unread: bool = False
    """Whether neither its front matter nor its text could be read."""
    is_front_unread: bool = False
    """Whether nothing of its front matter could be told."""
    prints: tuple[str, ...] | None = None
    """The forms of PDF that it asks for, None where it leaves that to others."""
    gives_drafts: bool = False
    """Whether it gives readers the drafts of its folder, even where its front matter has faults."""
    committee: str = ""
    """Of a statement, as are all that follow."""
    says_draft: bool = False
    """Whether its front matter says so, even where that has faults."""
    case_officer: str | None = None
    hide_case_officer: bool | None = None
    """Whether that is left out of all that is published; None where the site tells."""
    compare_with: str | None = None
    """The revision whose text today's is compared with."""
    compare_at: Location | None = None
    """Where that is asked for."""
    withdrawn: tuple[str, ...] = ()
    """The tags of the versions that are published no more."""
    attachments: tuple[str | None, ...] = ()
    """The path of each file that it lists, None of one out of reach."""
    original: str | None = None
    """The path of the letter's file, None of one out of reach."""
    has_date: bool = False
    """Whether it says when it was adopted or dated."""
    attaches_source: bool = False
    """Whether its file is to stand in its PDF."""


def parse(path: str, shown: str, data: bytes, kind: str) -> Source:
    """The source that the bytes of a file of this kind make."""
    with at_work_on(shown):
        return parse_source(path, shown, data, SCHEMAS[kind])


@dataclass(frozen=True, slots=True)
class ScanInput:
    """A Markdown file that is to be scanned."""

    path: str
    shown: str
    data: bytes = field(repr=False)
    kind: str


Scan = Callable[[Sequence[ScanInput]], Sequence[ScannedFile]]
"""Scans files: `scan_all`, or what remembers what that told."""


def scan_file(given: ScanInput) -> ScannedFile:
    """Scans one file."""
    with at_work_on(given.shown):
        return scan(parse_front(given.path, given.shown, given.data, SCHEMAS[given.kind]))


def scan_all(given: Sequence[ScanInput]) -> list[ScannedFile]:
    """Scans files, one after the other."""
    return [scan_file(each) for each in given]


def scan(source: Source) -> ScannedFile:
    """Takes what planning needs from a source whose body is not parsed."""
    front, matter = source.front, source.matter
    links = links_of(source)
    listed, original = _attachments(source), _original(source)
    found = ScannedFile(
        path=source.path,
        shown=source.shown,
        digest=source.digest,
        kind=KINDS[type(front)],
        at=matter.locate(()),
        title=front.title,
        label=title_of(matter.values),
        lang=front.lang,
        names=_names(source, links, (*listed, original)),
        links=links,
        aliases=_aliases(source),
        attachments=listed,
        original=original,
        is_unread=source.is_unread,
        is_front_unread=source.is_front_unread,
        gives_drafts=matter.values.get("publish_drafts") == "true",
    )
    match front:
        case StatementFront():
            return _scan_statement(found, front, matter)
        case ConsultationFront():
            return replace(found, prints=_forms(front.prints))
        case _:
            return found


def _scan_statement(found: ScannedFile, front: StatementFront, matter: FrontMatter) -> ScannedFile:
    return replace(
        found,
        prints=_forms(front.prints),
        committee=front.committee,
        says_draft=matter.values.get("status") == "draft",
        case_officer=front.case_officer,
        hide_case_officer=front.hide_case_officer,
        compare_with=front.compare_with,
        compare_at=matter.locate(("compare_with",)),
        withdrawn=tuple(each.tag for each in front.withdrawn),
        has_date=bool(front.adopted or front.dated),
        attaches_source=front.attach_source,
    )


def _attachments(source: Source) -> tuple[str | None, ...]:
    """The path of each file that a source lists, None of one out of reach."""
    if not isinstance(source.front, ConsultationFront | StatementFront):
        return ()
    return tuple(inside(each.file, source.path) for each in source.front.attachments)


def _original(source: Source) -> str | None:
    """The path of the letter's file, None where there is none or it is out of reach."""
    front = source.front
    written = front.original if isinstance(front, StatementFront) else None
    return inside(written, source.path) if written else None


def _names(
    source: Source, links: tuple[tuple[str, str], ...], listed: tuple[str | None, ...]
) -> tuple[str, ...]:
    """The paths that a source names, each once, those of files that come along first."""
    named = dict.fromkeys(listed)
    named |= dict.fromkeys(resolve(target, source.path) for _, target in links)
    return tuple(path for path in named if path)


def _aliases(source: Source) -> tuple[OldUrl, ...]:
    if isinstance(source.front, SiteFront):
        return ()
    listed = zip(source.kept("aliases"), source.front.aliases, strict=True)
    return tuple(OldUrl(url, source.matter.locate(("aliases", i))) for i, url in listed)


def _forms(prints: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if prints is None else tuple(prints)
