"""The files of the site but for its PDFs: statements' own pages, and those that join several.

Statements come as cards and as what was rendered of them; here nothing of theirs is parsed or
composed. Files are planned first, and made when someone wants them: a build wants all, a
preview those that are looked at.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from urllib.parse import unquote

import msgspec

from innspill.blob import Blob
from innspill.compose.addresses import CONTENTS
from innspill.kept_texts import KeptText, TextShelf
from innspill.media.published import Memo
from innspill.messages import file_size, page_count
from innspill.model import Card, Consultation, Question, Site, SiteFacts, fields_of
from innspill.output import Output, Publishable, StreamedOutput, published_blob
from innspill.remembered import Remembered
from innspill.render.aliases_and_robots import render_aliases, render_robots
from innspill.render.attachments import for_page
from innspill.render.data import case_json, csv_head, render_schema
from innspill.render.feed import render_feed
from innspill.render.filling import Content, Filling, MadeLater
from innspill.render.folder import folder_job
from innspill.render.fonts import FOR_PAGES, font_file
from innspill.render.html import PageLinks
from innspill.render.joined_page import FragmentNames, PageInput, as_shown
from innspill.render.page_values import FIRST, SCRIPTS, WHEN_USED
from innspill.render.print_job import PrintJob
from innspill.render.rendered import RenderedPage, RenderedStatement
from innspill.render.search import search_index
from innspill.render.stylesheet import stylesheet
from innspill.render.templates import Templates
from innspill.render.views import View
from innspill.slots import Slot, slot
from innspill.spool import Spool

ICON = "icon.svg"
"""What a browser shows in its tab; without one it would ask the server's root for another."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What publishing has to know of a file before it is written."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of the site, not made yet."""

    path: str
    content: Callable[[], bytes | Filling]
    """Raises TemplateFault."""
    sources: tuple[str, ...] = ()
    blob: Callable[[], Blob] | None = None
    """The same, where it is a file of the content: it is never held whole."""

    def make(self) -> bytes:
        """Its bytes. Raises TemplateFault and LostText."""
        content = self.content()
        return content if isinstance(content, bytes) else b"".join(content.pieces())

    def made(self) -> Output:
        """The file with its bytes."""
        return Output(self.path, self.make(), self.sources)

    def told(self, remembered: Remembered, spool: Spool) -> Publishable:
        """The file; what is filled is made only where its digest is not remembered."""
        if self.blob:
            return published_blob(self.path, self.blob(), self.sources)
        content = self.content()
        if isinstance(content, bytes):
            return Output(self.path, content, self.sources)
        return remembered_file(self.path, content, self.sources, remembered, spool)


def remembered_file(
    path: str,
    filling: Filling,
    sources: tuple[str, ...],
    remembered: Remembered,
    spool: Spool,
) -> Publishable:
    """A file that is filled; it is made only where its digest is not remembered."""
    made: list[StreamedOutput] = []

    def make() -> FileFacts:
        made.append(spool.keep(path, filling.pieces(), sources))
        return FileFacts(made[0].size, made[0].sha256)

    facts = remembered.one(remembered_file, filling.made_of(), FileFacts, make)
    if made:
        return made[0]
    return StreamedOutput(path, facts.size, facts.sha256, filling.pieces, sources)


@dataclass(frozen=True, slots=True)
class PlannedPrint:
    """PDFs that are laid out together, their HTML not read yet."""

    paths: tuple[str, ...]
    load: Callable[[], PrintJob]
    """Raises TemplateFault and LostText."""


@dataclass(frozen=True)
class Pages:
    """Plans the files of a site."""

    site: Site
    rendered: Mapping[str, RenderedStatement]
    """What was rendered of each statement, by its path."""
    texts: TextShelf
    """Where its texts are."""
    templates: Templates
    memo: Memo
    """Keeps what takes time to make."""
    page_text: Callable[[PageInput], KeptText]
    """The text of a page that is no one statement's. Raises TemplateFault."""
    with_pdf: bool
    """Whether the PDFs that pages link to are made too."""
    has_feed: bool
    sizes: Mapping[str, int] = field(default_factory=dict)
    """How many bytes those PDFs have that were made before."""
    page_counts: Mapping[str, int] = field(default_factory=dict)
    """How many pages they have, by their paths."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The digests of the files that data tells of, by their paths."""

    def joined(self) -> Iterator[tuple[PageInput, tuple[str, ...]]]:
        """The pages that are no one statement's, each with its sources."""
        site, root = self.site, ("index.md",)
        whole = partial(self._input, site=site)
        every = self._fragments(site.statements)
        yield whole("home.html", "index.html", site.lang), root
        yield whole("contents.html", CONTENTS, site.lang, fragments=every), root
        for each in site.pages:
            yield self._input("page.html", each.url, each.lang, page=each), (each.source,)
        for each_case in site.consultations:
            case = as_shown(each_case)
            yield self._input("consultation.html", case.url, case.lang, case=case), (case.source,)
            for question in case.questions:
                yield self._question(case, question)

    def pages(self) -> Iterator[PlannedFile]:
        """Every page."""
        for given, sources in self.joined():
            yield PlannedFile(given.url, partial(self._joined, given), sources)
        for case in self.site.consultations:
            for card in (*case.statements, *case.held):
                for page in self._of(card).pages:
                    yield PlannedFile(page.url, partial(self._own, page), (card.source,))

    def assets(self) -> Iterator[PlannedFile]:
        """The stylesheet, the scripts, the fonts, the search index, and the content's own files."""
        yield PlannedFile("assets/site.css", partial(stylesheet, self.site, self.templates))
        yield PlannedFile("assets/search-index.js", self._search_index)
        for name in (FIRST, *SCRIPTS, *WHEN_USED, ICON):
            yield PlannedFile(f"assets/{name}", partial(_file, self.templates, name))
        for name in FOR_PAGES:
            yield PlannedFile(f"assets/fonts/{name}", partial(font_file, name))
        for file in (*self.site.attachments, *self.site.old_files):
            blob = partial(for_page, file, self.memo)
            path = posixpath.normpath(file.url)
            yield PlannedFile(path, _loaded(blob), (file.source,), blob=blob)

    def beside(self) -> Iterator[PlannedFile]:
        """Old addresses, feed and data. Raises TemplateFault."""
        yield from map(_as_planned, self._small())
        for case in self.site.consultations:
            given = case.given_out
            sources = (case.source, *(each.source for each in given))
            yield PlannedFile(f"{case.folder}data.json", partial(self._data, case), sources)
            yield PlannedFile(f"{case.folder}forslag.csv", partial(self._rows, case), sources)

    def _small(self) -> Iterator[Output]:
        yield from render_aliases(self.site, self.templates)
        yield from render_robots(self.site)
        yield from render_feed(self.site)
        yield from render_schema(self.site)

    def prints(self) -> Iterator[PlannedPrint]:
        """The PDFs, as jobs that may name the digests of the content's files."""
        for case in self.site.consultations:
            for card in (*case.statements, *case.held):
                for each in self._of(card).prints:
                    load = partial(self._with_digests, partial(each.load, self.texts))
                    yield PlannedPrint(each.paths, load)
            if case.agenda:
                job = folder_job(self.site, case, self.templates, self._words)
                yield PlannedPrint(job.paths, partial(_itself, job))

    def _with_digests(self, load: Callable[[], PrintJob]) -> PrintJob:
        return load().with_digests(lambda url: self._files.get(url, ""))

    @cached_property
    def _files(self) -> dict[str, str]:
        """The digests of the content's files, by their paths."""
        files = (*self.site.attachments, *self.site.old_files)
        return {posixpath.normpath(e.url): for_page(e, self.memo).sha256 for e in files}

    def _input(
        self, template: str, url: str, lang: str, *, site: SiteFacts | None = None, **values: Any
    ) -> PageInput:
        return PageInput(
            template=template,
            url=url,
            lang=lang,
            site=site or self._site,
            with_pdf=self.with_pdf,
            has_feed=self.has_feed,
            **values,
        )

    @cached_property
    def _site(self) -> SiteFacts:
        return SiteFacts(**fields_of(SiteFacts, self.site))

    def _question(
        self, case: Consultation, question: Question
    ) -> tuple[PageInput, tuple[str, ...]]:
        given = self._input(
            "question.html",
            question.url,
            case.lang,
            case=case,
            question=question,
            fragments=self._fragments(case.statements),
        )
        return given, (case.source, *(each.source for each in case.statements))

    def _fragments(self, statements: tuple[Card, ...]) -> FragmentNames:
        return {each.source: tuple(self._of(each).fragments) for each in statements}

    def _joined(self, given: PageInput) -> Filling:
        return self._filled(self.page_text(given), given.url, given.lang)

    def _own(self, page: RenderedPage) -> Filling:
        return self._filled(page.text, page.url, page.lang)

    def _search_index(self) -> Filling:
        return self._filled(b"".join(search_index(self.site, _words_of("search"))))

    def _data(self, case: Consultation) -> Filling:
        parts = map(_words_of("data"), case.given_out)
        text = case_json(self.site, case, parts, with_pdf=self.with_pdf)
        return self._filled(text.encode())

    def _rows(self, case: Consultation) -> Filling:
        rows = "".join(map(_words_of("csv"), case.given_out))
        return self._filled((csv_head(case) + rows).encode())

    def _filled(self, text: bytes | KeptText, url: str = "", lang: str = "") -> Filling:
        """A file with what its slots are for."""

        def content_of(each: Slot) -> Content:
            match each.kind:
                case "menu":
                    made_of = f"{self._menu_made_of} {url} {lang}"
                    return MadeLater(made_of, partial(self._menu, url, lang))
                case "size":
                    size = self.sizes.get(each.name)
                    return f", {file_size(size, lang)}" if size is not None else ""
                case "pages":
                    count = self.page_counts.get(each.name)
                    return f", {page_count(count, lang)}" if count is not None else ""
                case "sha256":
                    return self.digests.get(unquote(each.name), "")
                case "fragment":
                    of, _, source = each.name.partition(" ")
                    return self._rendered(source).fragments.get(of, "")
            return ""

        return Filling(text, content_of, self.texts)

    def _menu(self, url: str, lang: str) -> str:
        view = View(self._site, url, lang, PageLinks(url))
        own = {"menu": self.site.menu, "pages": self.site.pages, "contents_url": CONTENTS}
        return self.templates.render("components/menu.html", lang, {"view": view, **own})

    @cached_property
    def _menu_made_of(self) -> str:
        """What the menu says, besides how a page's address and language make it look."""
        menu, pages = self.site.menu, self.site.pages
        told = [(each.url, each.title, each.lang) for each in menu], len(pages) > len(menu)
        return hashlib.sha256(msgspec.msgpack.encode(told)).hexdigest()

    def _of(self, card: Card) -> RenderedStatement:
        return self._rendered(card.source)

    def _rendered(self, source: str) -> RenderedStatement:
        return self.rendered.get(source, RenderedStatement())

    def _words(self, name: str, card: Card) -> str:
        return self.texts.read(self._of(card).fragments[name]).decode()


def _words_of(name: str) -> Callable[[Card], str]:
    """Where a statement's fragment goes, in a file that joins several."""
    return lambda card: slot("fragment", f"{name} {card.source}")


def _loaded(blob: Callable[[], Blob]) -> Callable[[], bytes]:
    return lambda: blob().load()


def _itself(job: PrintJob) -> PrintJob:
    return job


def _as_planned(output: Output) -> PlannedFile:
    return PlannedFile(output.path, output.load, output.sources)


def _file(templates: Templates, name: str) -> bytes:
    return templates.file(f"assets/{name}").encode()
