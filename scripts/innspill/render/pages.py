"""The site's pages: the model through Jinja into HTML.

Files are planned first, and made when someone wants them: a build wants all, a preview
those that are looked at.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from markupsafe import Markup

from innspill.blob import Blob
from innspill.compose.addresses import CONTENTS
from innspill.compose.skeleton import skeleton
from innspill.forms import CHANGES_PAGE
from innspill.memory import Memory
from innspill.model import Attachment, Consultation, Earlier, Page, Site, Statement
from innspill.output import Output, Publishable, pieced, published_blob
from innspill.render.answers import helpers as answer_helpers
from innspill.render.attachments import for_page
from innspill.render.feed import has_feed
from innspill.render.fonts import FACES, Memo, packed, packed_basic
from innspill.render.html import OldLinks, PageLinks
from innspill.render.outline import HELPERS as OUTLINE_HELPERS
from innspill.render.passages import ways_back
from innspill.render.search import search_index
from innspill.render.stylesheet import stylesheet
from innspill.render.templates import Templates
from innspill.render.views import HELPERS, View

FIRST = "theme.js"
"""The script that runs before anything is drawn."""
SCRIPTS: tuple[str, ...] = ("site.js", "search.js")
"""The scripts that every page loads, in order: `templates/assets/`. None is needed to read."""
WHEN_USED = ("find.js",)
"""The scripts that those load when first needed."""
ICON = "icon.svg"
"""What a browser shows in its tab; without one it would ask the server's root for another."""


LISTS = {"index.html": "home.html", CONTENTS: "contents.html"}
"""The templates of the pages that list all consultations, by their addresses."""
ITEMS = {
    "index.html": "components/case-at-home.html",
    CONTENTS: "components/case-in-contents.html",
}
"""The templates of what these show of each."""

Item = Callable[[str, Consultation], str]
"""What the page at an address in `LISTS` shows of a consultation."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One file of the site, not made yet."""

    path: str
    make: Callable[[], bytes]
    """Raises TemplateFault."""
    sources: tuple[str, ...] = ()
    pieces: Callable[[], Iterable[bytes]] | None = None
    """The same as `make`, piece by piece, where it is large."""
    blob: Callable[[], Blob] | None = None
    """The same, where it is a file of the content: it is never held whole."""

    def made(self) -> Output:
        """The file with its bytes."""
        return Output(self.path, self.make(), self.sources)

    def told(self) -> Publishable:
        """The file, with its bytes only if it is not large."""
        if self.blob:
            return published_blob(self.path, self.blob(), self.sources)
        return pieced(self.path, self.pieces, self.sources) if self.pieces else self.made()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text of every page."""

    menu: tuple[Page, ...]
    pages: frozenset[str]
    """The addresses of all pages that a text may link to."""
    has_feed: bool
    with_pdf: bool
    """Whether the PDFs that pages link to are made too."""
    sizes: Mapping[str, int]
    """How many bytes those PDFs have that were made before."""


def plan_pages(
    site: Site,
    templates: Templates,
    *,
    with_pdf: bool,
    sizes: Mapping[str, int],
    memory: Memory | None = None,
) -> Iterator[Planned]:
    """Every page of the site; for `with_pdf` and `sizes` see `Frame`."""
    once = memory or Memory()
    frame = Frame(site.pages, _addresses(site), has_feed(site), with_pdf, sizes)
    whole = {each.url: each for each in site.consultations}

    def item(url: str, case: Consultation) -> str:
        return case_item(site, templates, frame, whole[case.url], url)

    bare = replace(site, consultations=tuple(once(skeleton, each) for each in site.consultations))
    yield from plan_free_pages(bare, templates, frame, item)
    for case in site.consultations:
        yield from plan_case_pages(site, templates, frame, case)


def plan_free_pages(
    site: Site, templates: Templates, frame: Frame, item: Item
) -> Iterator[Planned]:
    """The home page, the page that lists all, and the free pages.

    They are given consultations without texts, and `item` for what they show of each.
    """
    page = partial(_page, site, templates, frame, _helpers())
    for url, template in LISTS.items():
        more = partial(_with_items, item, url)
        yield page(template, url, site.lang, "index.md", more=more)
    for each in site.pages:
        yield page("page.html", each.url, each.lang, each.source, page=each)


def case_item(site: Site, templates: Templates, frame: Frame, case: Consultation, url: str) -> str:
    """What the page at one of the addresses in `LISTS` shows of a consultation."""
    template = ITEMS[url]
    page = partial(_page, site, templates, frame, _helpers())
    return page(template, url, site.lang, case=case).make().decode()


def plan_case_pages(
    site: Site, templates: Templates, frame: Frame, case: Consultation
) -> Iterator[Planned]:
    """The pages of a consultation. Of other consultations they ask for nothing."""
    page = partial(_page, site, templates, frame, _helpers())
    yield page("consultation.html", case.url, case.lang, case.source, case=case)
    for question in case.questions:
        sources = (case.source, *(each.source for each in case.statements))
        yield page("question.html", question.url, case.lang, *sources, case=case, question=question)
    for statement in case.statements:
        values: dict[str, Any] = {"case": case, "statement": statement}
        lang, source = statement.lang, statement.source
        yield page("statement.html", statement.url, lang, source, **values)
        yield from _versions(page, case, statement, frame.pages)
        if statement.earlier:
            more, url = partial(_redline, statement), statement.folder + CHANGES_PAGE
            links = OldLinks(url, frame.pages)
            yield page("redline.html", url, lang, source, more=more, links=links, **values)
    for draft in case.held:
        yield from _versions(page, case, draft, frame.pages, is_held=True)


def _addresses(site: Site) -> frozenset[str]:
    return frozenset(
        {
            "index.html",
            *(case.url for case in site.consultations),
            *(each.url for case in site.consultations for each in case.statements),
            *(each.url for each in site.pages),
        }
    )


def _versions(
    page: Callable[..., Planned],
    case: Consultation,
    statement: Statement,
    there: frozenset[str],
    *,
    is_held: bool = False,
) -> Iterator[Planned]:
    """The versions of a statement, what changed since each, and those that were withdrawn.

    `there` are the addresses of today's pages. Where today's text is held back, its versions
    lead nowhere else, and what has changed since is not told.
    """
    source = statement.source
    for each in statement.versions:
        old = each.statement
        newest = None if is_held else statement
        values = {"case": each.case, "statement": old, "newest": newest, "each": each}
        links = OldLinks(old.url, there | {old.url})
        yield page("version.html", old.url, old.lang, source, links=links, **values)
        if is_held:
            continue
        assert old.stamp is not None
        assert old.stamp.revision is not None
        since = replace(statement, earlier=Earlier(old, old.stamp.revision))
        more, url = partial(_redline, since), old.folder + CHANGES_PAGE
        values = {"case": case, "statement": since, "with_pdf": False}
        links = OldLinks(url, there | {old.url})
        yield page("redline.html", url, statement.lang, source, more=more, links=links, **values)
    for gone in statement.withdrawn:
        if gone.url:
            values = {"case": case, "statement": statement, "gone": gone, "is_held": is_held}
            yield page("withdrawn.html", gone.url, statement.lang, source, **values)


def _redline(statement: Statement) -> dict[str, Any]:
    """What the templates of a redline are given; few statements have one."""
    from innspill.render.redline_html import redline_values

    return redline_values(statement)


def _with_items(item: Item, url: str) -> dict[str, Any]:
    return {"item": lambda case: Markup(item(url, case))}


def _helpers() -> dict[str, Any]:
    """What the templates of pages that are planned together may call."""
    return HELPERS | answer_helpers(Memory()) | OUTLINE_HELPERS


def _page(
    site: Site,
    templates: Templates,
    frame: Frame,
    helpers: Mapping[str, Any],
    template: str,
    url: str,
    lang: str,
    *sources: str,
    more: Callable[[], dict[str, Any]] = dict,
    links: PageLinks | None = None,
    **values: Any,
) -> Planned:
    def make() -> bytes:
        shared = {
            "site": site,
            "view": View(site, url, lang, links or PageLinks(url)),
            "menu": frame.menu,
            "has_feed": frame.has_feed,
            "scripts": SCRIPTS,
            "contents_url": CONTENTS,
            "ways_back": {},
            "with_pdf": frame.with_pdf,
            "sizes": frame.sizes,
        }
        given = {**helpers, **shared, **values, **more()}
        if "statement" in values:
            given["ways_back"] = ways_back(values["case"], values["statement"])
        return templates.encoded(template, lang, given)

    return Planned(url, make, sources)


def plan_assets(
    site: Site, templates: Templates, memo: Memo, split: Callable[[], Collection[str]]
) -> Iterator[Planned]:
    """The stylesheet, the fonts, and the files that pages name.

    `split` gives the ids of passages whose marks were split.
    """
    yield Planned("assets/site.css", partial(stylesheet, site, templates, split))
    index = partial(search_index, site)
    yield Planned("assets/search-index.js", lambda: b"".join(index()), pieces=index)
    for name in (FIRST, *SCRIPTS, *WHEN_USED, ICON):
        yield Planned(f"assets/{name}", partial(_file, templates, name))
    for face in FACES:
        yield Planned(f"assets/fonts/{face.file}.woff2", partial(packed, face, memo))
        if not face.is_fallback:
            basic = partial(packed_basic, face, memo)
            yield Planned(f"assets/fonts/{face.file}-Basic.woff2", basic)
    for file in site.attachments:
        yield _published(file, posixpath.normpath(file.url), file.source, memo)
    for case in site.consultations:
        yield from plan_version_files(case, memo)


def plan_version_files(case: Consultation, memo: Memo) -> Iterator[Planned]:
    """What the published versions of a consultation's statements show, beside their pages."""
    statements = (*case.statements, *case.held)
    for version in (each for statement in statements for each in statement.versions):
        for file in version.files:
            yield _published(file, file.url, version.statement.source, memo)


def _published(file: Attachment, path: str, source: str, memo: Memo) -> Planned:
    blob = partial(for_page, file, memo)
    return Planned(path, lambda: blob().load(), (source,), blob=blob)


def _file(templates: Templates, name: str) -> bytes:
    return templates.file(f"assets/{name}").encode()
