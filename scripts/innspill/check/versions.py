"""Versions that were published stay, or it is said that they go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from innspill.compose.versions import FOLDER, tag_of
from innspill.diagnostics import Diagnostic, Location, warning
from innspill.messages import say
from innspill.model import Site

VERSION = re.compile(
    rf"(?P<page>[^\x00-\x1f]+)/{FOLDER}/(?P<day>\d{{4}}-\d\d-\d\d)-(?P<word>[a-z0-9-]+)/index\.html"
)
"""The address of a version's page."""
SHOWN = 20
"""How many are told of one by one."""


def versions_stay(
    site: Site, published: Collection[str], form: str, place: Location
) -> Iterator[Diagnostic]:
    """Each version that the last publication had is there, or was withdrawn.

    `published` are the files that its manifest names, which anyone may have written; `form` is
    that of the site's tags, and `place` the site's `index.md`.
    """
    # A draft that is held back keeps the versions that were adopted.
    every = [one for case in site.consultations for one in (*case.statements, *case.held)]
    there = {each.statement.url for one in every for each in one.versions}
    there |= {each.url for one in every for each in one.withdrawn if each.url}
    found = (VERSION.fullmatch(url) for url in sorted(set(published) - there))
    gone = [each for each in found if each]
    pages = {each.folder.rstrip("/"): each.at for each in every}
    for each in gone[:SHOWN]:
        tag = tag_of(f"{each['page']}.md", each["day"], each["word"], form)
        message = say("a version that is published would go: {url}", url=each[0])
        hint = say("tag its commit again: git tag {tag} COMMIT; or list it in `withdrawn`", tag=tag)
        yield warning("version-gone", message, pages.get(each["page"], place), hint)
    if (more := len(gone) - SHOWN) > 0:
        message = say("{n} more versions that are published would go", n=more)
        yield warning("version-gone", message, place, say("`git tag` lists all tags"))
