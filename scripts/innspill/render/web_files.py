"""What only a site with an address has, beside its pages: `404.html` and `sitemap.xml`."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from innspill.compose.addresses import CONTENTS, PROPOSALS
from innspill.model import Site, StatementHead
from innspill.output import Output
from innspill.render.html import PageLinks
from innspill.render.page_values import page_values
from innspill.render.templates import Templates
from innspill.render.views import View

NOT_FOUND, SITEMAP = "404.html", "sitemap.xml"
MOST = 50_000
"""How many addresses a sitemap may have (sitemaps.org, protocol 0.9); more are in several."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render_not_found(site: Site, templates: Templates) -> Iterator[Output]:
    """The page that a server shows where there is none. Raises TemplateFault."""
    if site.address:
        view = View(site, NOT_FOUND, site.lang, PageLinks(NOT_FOUND))
        values = page_values(view, with_pdf=False, has_feed=False)
        yield Output(NOT_FOUND, templates.encoded("404.html", site.lang, values), ("index.md",))


def render_sitemap(site: Site) -> Iterator[Output]:
    """The addresses of all pages of today, unless search engines are to leave the site out."""
    if not site.address or site.noindex:
        return
    pages = [f"<url>{each}</url>\n" for each in _pages(site, site.address)]
    parts = [tuple(pages[at : at + MOST]) for at in range(0, len(pages), MOST)]
    if len(parts) == 1:
        yield _sitemap(SITEMAP, "urlset", parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _sitemap(name, "urlset", part)
    listed = tuple(f"<sitemap>{_location(site.address, each)}</sitemap>\n" for each in names)
    yield _sitemap(SITEMAP, "sitemapindex", listed)


def _sitemap(name: str, tag: str, inside: tuple[str, ...]) -> Output:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    text = f'{head}<{tag} xmlns="{NAMESPACE}">\n{"".join(inside)}</{tag}>\n'
    return Output(name, text.encode(), ("index.md",))


def _pages(site: Site, address: str) -> Iterator[str]:
    """Each page's place, and the day it was changed where git knows."""
    yield _location(address, "index.html")
    yield _location(address, CONTENTS)
    for case in site.consultations:
        yield _location(address, case.url)
        for question in case.questions:
            yield _location(address, question.url)
        if case.proposals:
            yield _location(address, case.folder + PROPOSALS)
        for each in case.statements:
            yield _location(address, each.url) + _changed(each)
    for page in site.pages:
        yield _location(address, page.url)


def _location(address: str, url: str) -> str:
    return f"<loc>{escape(address + quote(url))}</loc>"


def _changed(statement: StatementHead) -> str:
    stamp = statement.stamp
    if stamp is None or stamp.revision is None or not stamp.is_committed:
        return ""
    return f"<lastmod>{stamp.revision.day.isoformat()}</lastmod>"
