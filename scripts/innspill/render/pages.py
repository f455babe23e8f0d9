"""The site's pages: the model through Jinja into HTML."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from innspill.model import Site
from innspill.publish.output import Output
from innspill.render.fonts import FACES, Memo, font_rule, packed
from innspill.render.html import PageLinks
from innspill.render.templates import Templates
from innspill.render.views import HELPERS, View, pages_in_menu

SHEETS = ("tokens", "page", "consultation", "statement", "files", "print")
"""The parts of the pages' one stylesheet, in order: `templates/assets/css/`."""
SCRIPTS: tuple[str, ...] = ()
"""The scripts that every page loads, in order: `templates/assets/`. None is needed to read."""


def render_pages(site: Site, templates: Templates, *, with_pdf: bool) -> Iterator[Output]:
    """Every page of the site.

    `with_pdf` tells whether the PDFs that pages link to are made too.
    """

    def page(template: str, url: str, lang: str, source: str, **values: Any) -> Output:
        view = View(site, url, lang, PageLinks(url))
        shared = {
            "site": site,
            "view": view,
            "menu": pages_in_menu(site),
            "scripts": SCRIPTS,
            "with_pdf": with_pdf,
        }
        text = templates.render(template, lang, HELPERS | shared | values)
        return Output(url, text.encode(), (source,))

    yield page("home.html", "index.html", site.lang, "index.md")
    for each in site.pages:
        yield page("page.html", each.url, each.lang, each.source, page=each)
    for case in site.consultations:
        yield page("consultation.html", case.url, case.lang, case.source, case=case)
        for statement in case.statements:
            values = {"case": case, "statement": statement}
            yield page("statement.html", statement.url, statement.lang, statement.source, **values)


def render_assets(site: Site, templates: Templates, memo: Memo) -> Iterator[Output]:
    """The stylesheet, the fonts, and the files that pages name."""
    rules = "".join(font_rule(face, f"fonts/{face.file}.woff2", "woff2") for face in FACES)
    parts = (templates.file(f"assets/css/{name}.css") for name in SHEETS)
    yield Output("assets/site.css", "\n".join((rules, *parts)).encode())
    for name in SCRIPTS:
        yield Output(f"assets/{name}", templates.file(f"assets/{name}").encode())
    for face in FACES:
        yield Output(f"assets/fonts/{face.file}.woff2", packed(face, memo))
    for file in site.attachments:
        yield Output(posixpath.normpath(file.url), file.data, (file.source,))
