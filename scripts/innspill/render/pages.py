"""The files of the site but for its PDFs: statements' own pages, and those that join several.

Statements come as cards and as what was rendered of them; here nothing of theirs is parsed or
composed. Files are planned first, and made when someone wants them: a build wants all, a
preview those that are looked at.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import unquote

from innspill.blob import Blob
from innspill.compose.addresses import CONTENTS
from innspill.messages import file_size
from innspill.model import Card, Consultation, Question, Site
from innspill.output import Output, Publishable, pieced, published_blob
from innspill.render.aliases_and_robots import render_aliases, render_robots
from innspill.render.attachments import for_page
from innspill.render.data import case_json, csv_head, render_schema
from innspill.render.feed import render_feed
from innspill.render.folder import folder_job
from innspill.render.fonts import FACES, Memo, packed, packed_basic
from innspill.render.html import PageLinks
from innspill.render.page_values import FIRST, SCRIPTS, WHEN_USED, page_values
from innspill.render.print_job import PrintJob
from innspill.render.search import search_index
from innspill.render.statement import PageText
from innspill.render.stylesheet import stylesheet
from innspill.render.templates import Templates
from innspill.render.views import View
from innspill.slots import fill, slot

ICON = "icon.svg"
"""What a browser shows in its tab; without one it would ask the server's root for another."""


@dataclass(frozen=True, slots=True)
class RenderedStatement:
    """What was rendered of one statement."""

    pages: tuple[PageText, ...] = ()
    fragments: Mapping[str, bytes] = field(default_factory=dict)
    """Its words on pages and in files that join several statements', by their names."""
    prints: tuple[PrintJob, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedFile:
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
class Pages:
    """Plans the files of a site."""

    site: Site
    rendered: Mapping[str, RenderedStatement]
    """What was rendered of each statement, by its path."""
    templates: Templates
    memo: Memo
    """Keeps what takes time to make."""
    with_pdf: bool
    """Whether the PDFs that pages link to are made too."""
    has_feed: bool
    sizes: Mapping[str, int] = field(default_factory=dict)
    """How many bytes those PDFs have that were made before."""

    def pages(self) -> Iterator[PlannedFile]:
        """Every page."""
        site = self.site
        yield self._page("home.html", "index.html", site.lang, ("index.md",))
        yield self._page("contents.html", CONTENTS, site.lang, ("index.md",))
        for each in site.pages:
            yield self._page("page.html", each.url, each.lang, (each.source,), page=each)
        for case in site.consultations:
            yield self._page("consultation.html", case.url, case.lang, (case.source,), case=case)
            for question in case.questions:
                yield self._question(case, question)
            for card in (*case.statements, *case.held):
                for page in self._of(card).pages:
                    make = partial(self._filled_page, page)
                    yield PlannedFile(page.url, make, (card.source,))

    def assets(self) -> Iterator[PlannedFile]:
        """The stylesheet, the scripts, the fonts, the search index, and the content's own files."""
        yield PlannedFile("assets/site.css", partial(stylesheet, self.site, self.templates))
        index = partial(search_index, self.site, partial(self._fragment, "search"))
        yield PlannedFile("assets/search-index.js", lambda: b"".join(index()), pieces=index)
        for name in (FIRST, *SCRIPTS, *WHEN_USED, ICON):
            yield PlannedFile(f"assets/{name}", partial(_file, self.templates, name))
        for face in FACES:
            yield PlannedFile(f"assets/fonts/{face.file}.woff2", partial(packed, face, self.memo))
            if not face.is_fallback:
                basic = partial(packed_basic, face, self.memo)
                yield PlannedFile(f"assets/fonts/{face.file}-Basic.woff2", basic)
        for file in (*self.site.attachments, *self.site.old_files):
            blob = partial(for_page, file, self.memo)
            path = posixpath.normpath(file.url)
            yield PlannedFile(path, _loaded(blob), (file.source,), blob=blob)

    def beside(self, digests: Mapping[str, str]) -> Iterator[Output]:
        """Old addresses, feed and data; `digests` are those of the other files, by their paths.

        Raises TemplateFault.
        """
        yield from render_aliases(self.site, self.templates)
        yield from render_robots(self.site)
        yield from render_feed(self.site)
        yield from render_schema(self.site)
        for case in self.site.consultations:
            yield from self._data(case, digests)

    def prints(self) -> Iterator[PrintJob]:
        """The PDFs, as jobs that may name the digests of the content's files."""
        own: dict[str, str] = {}

        def digest_of(url: str) -> str:
            if not own:
                files = (*self.site.attachments, *self.site.old_files)
                own.update(
                    (posixpath.normpath(e.url), for_page(e, self.memo).sha256) for e in files
                )
            return own.get(url, "")

        for case in self.site.consultations:
            for card in (*case.statements, *case.held):
                for job in self._of(card).prints:
                    yield job.with_digests(digest_of)
            if case.agenda:
                yield folder_job(self.site, case, self.templates, self._fragment)

    def _data(self, case: Consultation, digests: Mapping[str, str]) -> Iterator[Output]:
        given = case.given_out
        sources = (case.source, *(each.source for each in given))
        parts = (self._fragment("data", each) for each in given)
        text = case_json(self.site, case, parts, with_pdf=self.with_pdf)
        data = fill(text, lambda _, url: digests.get(unquote(url), "")).encode()
        yield Output(f"{case.folder}data.json", data, sources)
        rows = "".join(self._fragment("csv", each) for each in given)
        yield Output(f"{case.folder}forslag.csv", (csv_head(case) + rows).encode(), sources)

    def _question(self, case: Consultation, question: Question) -> PlannedFile:
        sources = (case.source, *(each.source for each in case.statements))
        values = {"case": case, "question": question}
        return self._page("question.html", question.url, case.lang, sources, **values)

    def _page(
        self, template: str, url: str, lang: str, sources: tuple[str, ...], **values: Any
    ) -> PlannedFile:
        return PlannedFile(url, partial(self._made, template, url, lang, values), sources)

    def _made(self, template: str, url: str, lang: str, values: Mapping[str, Any]) -> bytes:
        view = View(self.site, url, lang, PageLinks(url))
        shared = page_values(view, with_pdf=self.with_pdf, has_feed=self.has_feed)
        own = {"fragment": self._fragment_slot, **values}
        return self._filled(self.templates.render(template, lang, {**shared, **own}), url, lang)

    def _filled_page(self, page: PageText) -> bytes:
        return self._filled(page.text.decode(), page.url, page.lang)

    def _filled(self, text: str, url: str, lang: str) -> bytes:
        """A page with what its slots are for."""

        def content_of(kind: str, name: str) -> str:
            match kind:
                case "menu":
                    return self._menu(url, lang)
                case "size":
                    size = self.sizes.get(name)
                    return f", {file_size(size, lang)}" if size is not None else ""
                case "fragment":
                    of, _, source = name.partition(" ")
                    return self._rendered(source).fragments.get(of, b"").decode()
            return ""

        return fill(text, content_of).encode()

    def _menu(self, url: str, lang: str) -> str:
        view = View(self.site, url, lang, PageLinks(url))
        own = {"menu": self.site.menu, "pages": self.site.pages, "contents_url": CONTENTS}
        return self.templates.render("components/menu.html", lang, {"view": view, **own})

    def _of(self, card: Card) -> RenderedStatement:
        return self._rendered(card.source)

    def _rendered(self, source: str) -> RenderedStatement:
        return self.rendered.get(source, RenderedStatement())

    def _fragment(self, name: str, card: Card) -> str:
        return self._of(card).fragments[name].decode()

    def _fragment_slot(self, statement: Card, name: str) -> str:
        """Where a statement's fragment goes on a page that joins several.

        Raises LookupError where it has none of that name: a user's own template may ask for any.
        """
        if name not in self._of(statement).fragments:
            raise LookupError(f'{statement.source} has no fragment "{name}"')
        return slot("fragment", f"{name} {statement.source}")


def _loaded(blob: Callable[[], Blob]) -> Callable[[], bytes]:
    return lambda: blob().load()


def _file(templates: Templates, name: str) -> bytes:
    return templates.file(f"assets/{name}").encode()
