"""The site's pages: the model through Jinja into HTML.

Files are planned first, and made when someone wants them: a build wants all, a preview
those that are looked at.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from innspill.compose.addresses import CONTENTS
from innspill.memory import Memory
from innspill.model import Site
from innspill.publish.output import Output
from innspill.render.answers import HELPERS as ANSWER_HELPERS
from innspill.render.fonts import FACES, Face, Memo, font_rule, packed
from innspill.render.html import PageLinks
from innspill.render.passages import marks_of_split_passages, ways_back
from innspill.render.search import search_index
from innspill.render.templates import Templates
from innspill.render.views import HELPERS, View, pages_in_menu

SHEETS = (
    "fallback",
    "tokens",
    "page",
    "consultation",
    "statement",
    "files",
    "reading",
    "search",
    "modes",
    "print",
)
"""The parts of the pages' one stylesheet, in order: `templates/assets/css/`."""
FIRST = "theme.js"
"""The script that runs before anything is drawn."""
SCRIPTS: tuple[str, ...] = ("site.js", "search.js")
"""The scripts that every page loads, in order: `templates/assets/`. None is needed to read."""
WHEN_USED = ("find.js",)
"""The scripts that those load when first needed."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One file of the site, not made yet."""

    path: str
    make: Callable[[], bytes]
    """Raises TemplateFault."""
    sources: tuple[str, ...] = ()

    def made(self) -> Output:
        """The file with its bytes."""
        return Output(self.path, self.make(), self.sources)


def plan_pages(site: Site, templates: Templates, *, with_pdf: bool) -> Iterator[Planned]:
    """Every page of the site.

    `with_pdf` tells whether the PDFs that pages link to are made too.
    """
    menu = pages_in_menu(site)

    def page(template: str, url: str, lang: str, *sources: str, **values: Any) -> Planned:
        def make() -> bytes:
            shared = {
                "site": site,
                "view": View(site, url, lang, PageLinks(url)),
                "menu": menu,
                "scripts": SCRIPTS,
                "contents_url": CONTENTS,
                "ways_back": {},
                "with_pdf": with_pdf,
            }
            given = HELPERS | ANSWER_HELPERS | shared | values
            if "statement" in values:
                given["ways_back"] = ways_back(values["case"], values["statement"])
            return templates.render(template, lang, given).encode()

        return Planned(url, make, sources)

    yield page("home.html", "index.html", site.lang, "index.md")
    yield page("contents.html", CONTENTS, site.lang, "index.md")
    for each in site.pages:
        yield page("page.html", each.url, each.lang, each.source, page=each)
    for case in site.consultations:
        yield page("consultation.html", case.url, case.lang, case.source, case=case)
        for question in case.questions:
            sources = (case.source, *(each.source for each in case.statements))
            values = {"case": case, "question": question}
            yield page("question.html", question.url, case.lang, *sources, **values)
        for statement in case.statements:
            values = {"case": case, "statement": statement}
            yield page("statement.html", statement.url, statement.lang, statement.source, **values)


def plan_assets(site: Site, templates: Templates, memo: Memo, once: Memory) -> Iterator[Planned]:
    """The stylesheet, the fonts, and the files that pages name."""
    yield Planned("assets/site.css", partial(_stylesheet, site, templates, once))
    yield Planned("assets/search-index.js", partial(search_index, site))
    for name in (FIRST, *SCRIPTS, *WHEN_USED):
        yield Planned(f"assets/{name}", partial(_script, templates, name))
    for face in FACES:
        yield Planned(f"assets/fonts/{face.file}.woff2", partial(_font, face, memo))
    for file in site.attachments:
        yield Planned(posixpath.normpath(file.url), partial(bytes, file.data), (file.source,))


def _stylesheet(site: Site, templates: Templates, once: Memory) -> bytes:
    rules = "".join(font_rule(face, f"fonts/{face.file}.woff2", "woff2") for face in FACES)
    parts = (templates.file(f"assets/css/{name}.css") for name in SHEETS)
    return "\n".join((rules, *parts, marks_of_split_passages(site, once))).encode()


def _script(templates: Templates, name: str) -> bytes:
    return templates.file(f"assets/{name}").encode()


def _font(face: Face, memo: Memo) -> bytes:
    return packed(face, memo)
