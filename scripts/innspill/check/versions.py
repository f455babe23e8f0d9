"""Versions that were published stay, or it is said that they go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from innspill.compose.versions import FOLDER, tag_of
from innspill.diagnostics import GONE, Diagnostic, Location, warning
from innspill.messages import say
from innspill.model import Card, Site

VERSION = re.compile(
    rf"(?P<page>[^\x00-\x1f]+)/{FOLDER}/(?P<day>\d{{4}}-\d\d-\d\d)-(?P<word>[a-z0-9-]+)/index\.html"
)
"""The address of a version's page."""
SHOWN = 20
"""How many are told of one by one."""


def versions_stay(
    site: Site,
    published: Collection[str],
    form: str,
    place: Location,
    unmade: Collection[str] = (),
) -> Iterator[Diagnostic]:
    """Each version that the last publication had is there, or was withdrawn.

    `published` are the files that its manifest names, which anyone may have written; `form` is
    that of the site's tags, and `place` the site's `index.md`. Of the tags `unmade` it is said
    already why they make no version.
    """
    pages = {each.folder.rstrip("/"): each.at for each in _every(site)}
    tags = {each: _tag(each, form) for each in _gone(site, published)}
    gone = [each for each, tag in tags.items() if tag not in unmade]
    for each in gone[:SHOWN]:
        message = say("a version that is published would go: {url}", url=each[0])
        hint = say(
            "tag its commit again: git tag {tag} COMMIT; or list it in `withdrawn`", tag=tags[each]
        )
        yield warning(GONE, message, pages.get(each["page"], place), hint)
    if (more := len(gone) - SHOWN) > 0:
        message = say("{n} more versions that are published would go", n=more)
        yield warning(GONE, message, place, say("`git tag` lists all tags"))


def versions_are_not_read(
    site: Site, published: Collection[str], place: Location
) -> Iterator[Diagnostic]:
    """How many versions go for the one cause that git can't be read, which is told itself."""
    if count := len(_gone(site, published)):
        message = say("{n} versions that are published would go, since git can't be read", n=count)
        yield warning(GONE, message, place, say("mend what is said of git"))


def _every(site: Site) -> list[Card]:
    """All statements; a draft that is held back keeps the versions that were adopted."""
    return [one for case in site.consultations for one in (*case.statements, *case.held)]


def _tag(gone: re.Match[str], form: str) -> str:
    return tag_of(f"{gone['page']}.md", gone["day"], gone["word"], form)


def _gone(site: Site, published: Collection[str]) -> list[re.Match[str]]:
    """The versions that were published, and are neither there nor withdrawn."""
    there = {each.url for one in _every(site) for each in one.versions}
    there |= {each.url for one in _every(site) for each in one.withdrawn if each.url}
    found = (VERSION.fullmatch(url) for url in sorted(set(published) - there))
    return [each for each in found if each]
