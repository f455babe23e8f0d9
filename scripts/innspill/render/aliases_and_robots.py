"""The small files beside the pages: what leads old addresses on, and `robots.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from innspill.model import Site
from innspill.output import Output
from innspill.render.html import PageLinks, relative
from innspill.render.templates import Templates
from innspill.render.views import View

ROBOTS = b"User-agent: *\nDisallow: /\n"


def render_aliases(site: Site, templates: Templates) -> Iterator[Output]:
    """A page for each old address that leads on to the new one, with and without a click."""
    for alias in site.aliases:
        view = View(site, alias.url, alias.lang, PageLinks(alias.url))
        onward = relative(alias.target, alias.url)
        canonical = site.address + quote(alias.target) if site.address else onward
        values = {"site": site, "view": view, "alias": alias, "onward": onward}
        data = templates.encoded("alias.html", alias.lang, {**values, "canonical": canonical})
        yield Output(alias.url, data, (alias.source,))


def render_robots(site: Site) -> Iterator[Output]:
    """`robots.txt` where search engines are to leave the site out.

    They read it at the root of a host only; deeper down, each page's own word counts.
    """
    if site.noindex:
        yield Output("robots.txt", ROBOTS, ("index.md",))
