"""Rules for what comes beside the pages: attachments, the agenda, old addresses, the feed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import dirname, relpath

from innspill.check.publication import RESERVED, entries_of, folded_url, folders_of
from innspill.diagnostics import Diagnostic, Location, error, warning
from innspill.messages import Message, say
from innspill.model import Enclosure, Site, Statement
from innspill.nearest import nearest_path, with_nearest
from innspill.read.paths import inside, out_of_reach
from innspill.read.read import Content


def enclosures_are_there(content: Content, site: Site) -> Iterator[Diagnostic]:
    """Each attachment that is listed is a file inside `content/`."""
    for each, source in _listed(site):
        if each.url is not None:
            continue
        if (path := inside(each.written, source)) is None:
            yield error("outside", *_out_of_reach(each, source))
            continue
        message = say('there is no file "{path}" to attach', path=each.written)
        hint = say("write the path from this file to one that lies inside the content folder")
        if near := nearest_path(path, (other.path for other in content.others)):
            hint = say('did you mean "{name}"?', name=relpath(near, dirname(source) or "."))
        if each.written.endswith(".md"):
            message = say('"{path}" is text of the site, and no attachment', path=each.written)
            hint = say("link to it in the text")
        yield error("no-attachment", message, each.at, hint)


def _listed(site: Site) -> Iterator[tuple[Enclosure, str]]:
    """The attachments that are listed, each with the source that lists it."""
    for case in site.consultations:
        yield from ((each, case.source) for each in case.enclosures)
        for statement in case.statements:
            yield from ((each, statement.source) for each in statement.enclosures)


def _out_of_reach(each: Enclosure, source: str) -> tuple[Message, Location, Message]:
    message, hint = out_of_reach(each.written, each.written, source)
    return message, each.at, hint


def attached_source_hides_nothing(statement: Statement) -> Iterator[Diagnostic]:
    """A source in a PDF has nothing that is left out of everything else: a name, a suggestion."""
    if statement.attached_source is not None and statement.hidden:
        message = say("the case officer is hidden, but not in the source that is attached")
        hint = say("take the name out here, or take out attach_source")
        yield error("attach-hidden", message, statement.hidden, hint)
    if statement.attached_source is not None and statement.suggested:
        message = say(
            "a suggestion is given to no reader, but stands in the source that is attached"
        )
        hint = say("settle it, and take out `suggested: true`; or take out attach_source")
        yield error("attach-suggested", message, statement.suggested[0], hint)


def agendas_are_known(site: Site) -> Iterator[Diagnostic]:
    """Each statement of a meeting folder is one of the consultation, and stands there once."""
    for case in site.consultations:
        known = [PurePosixPath(each.source).stem for each in case.statements]
        seen: set[str] = set()
        for item in case.agenda:
            if item.statement is None:
                message = say('agenda: there is no statement "{name}" here', name=item.name)
                valid = say("there is: {names}", names=", ".join(known))
                yield error("agenda", message, item.at, with_nearest(item.name, known, valid))
            elif item.name in seen:
                message = say('agenda: "{name}" stands there twice', name=item.name)
                yield error("agenda", message, item.at, say("leave one of them out"))
            seen.add(item.name)


def aliases_are_free(site: Site) -> Iterator[Diagnostic]:
    """No old address is one that something stands at now, or another page's old one."""
    if not site.aliases:
        return
    taken = {"index.html": "index.md"}
    taken |= {folded_url(url): source for url, source, _ in reversed(entries_of(site))}
    folders = {parent: source for url, source in taken.items() for parent in folders_of(url)}
    for alias in site.aliases:
        url = folded_url(alias.url)
        above = next((each for each in folders_of(url) if each in taken), None)
        if url.split("/")[0] in RESERVED:
            message = say('the address "{url}" is the program\'s own', url=alias.url)
            yield error("alias-taken", message, alias.at)
        elif first := taken.get(url) or folders.get(url) or (above and taken[above]):
            message = say('the old address {url} belongs to "{first}"', first=first, url=alias.url)
            hint = say("an old address leads to one page, and nothing else may stand there")
            yield error("alias-taken", message, alias.at, hint)
        taken.setdefault(url, alias.source)
        folders |= dict.fromkeys(folders_of(url), alias.source)


def feed_has_dates(site: Site) -> Iterator[Diagnostic]:
    """Where there is a feed, each statement in it has a date: the clock's is never taken."""
    if not site.address:
        return
    for case in site.consultations:
        for statement in case.given_out:
            has_date = statement.facts.adopted or statement.facts.dated
            if not has_date and statement.is_sure("status", "adopted", "dated"):
                message = say("the statement has no date, so it is not in the feed")
                hint = say("write adopted or dated")
                yield warning("no-date", message, statement.at, hint)


def site_is_declared(site: Site) -> Iterator[Diagnostic]:
    """A site that has an address is published, and names its accessibility declaration."""
    if site.address:
        yield from publication_is_declared(site)


def publication_is_declared(site: Site) -> Iterator[Diagnostic]:
    """A site that is published names its accessibility declaration.

    Norwegian public bodies declare each site, intranets too, at uustatus.no (the
    regulations on universal design of ICT, section 4a).
    """
    if not site.declaration:
        message = say("the site is published, and names no accessibility declaration")
        hint = say("add `accessibility_declaration: …` with its address at uustatus.no")
        yield warning("no-declaration", message, site.at, hint)
