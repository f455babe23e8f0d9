"""The plan and the statements' cards into the site: consultations, pages, files, old addresses.

What a statement's own text says is in its part; here stand what it is listed with, and the
texts of all other pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from innspill.collation import sort_key
from innspill.compose.addresses import page_url
from innspill.compose.enclosures import (
    compose_agenda,
    compose_aliases,
)
from innspill.compose.plan import Plan
from innspill.compose.prose import compose_prose
from innspill.compose.resolve import Links
from innspill.diagnostics import Location
from innspill.model import Attachment, Card, Consultation, Page, Site, SiteFacts, fields_of
from innspill.read.edition import index_of
from innspill.read.read import SITE, NamedFile
from innspill.read.scan import ScannedFile
from innspill.read.schema import ConsultationFront, PageFront
from innspill.read.source import Source
from innspill.text import Internal, Prose

Titled = TypeVar("Titled", Consultation, Page)
MENU = 12
"""So many free pages stand in the menu."""


def compose_site(plan: Plan, cards: Mapping[str, Card]) -> Site:
    """The whole site as one value; `cards` are those of its statements, by their paths.

    What the plan's memory knows, with all that it was made from unchanged, is the very same
    value as before.
    """
    return _Composer(plan, cards).site()


class _Composer:
    def __init__(self, plan: Plan, cards: Mapping[str, Card]) -> None:
        self.plan, self.cards, self.once = plan, cards, plan.once
        self.sources, self.files = plan.sources, plan.content.files

    def site(self) -> Site:
        root, facts, shown = self.sources.get(SITE), self.plan.site, self._shown()
        pages = self._by_title(
            self._page(each, each.front)
            for each in self.sources.values()
            if isinstance(each.front, PageFront)
        )
        return Site(
            **fields_of(SiteFacts, facts),
            prose=self.once(compose_prose, root, self.plan.links(SITE)) if root else Prose(),
            consultations=self._by_title(
                self._consultation(each, each.front)
                for each in self.sources.values()
                if isinstance(each.front, ConsultationFront)
            ),
            pages=pages,
            menu=menu_of(pages),
            attachments=tuple(
                self.once(_attachment, file, path in shown)
                for path, file in sorted(self.files.items())
            ),
            old_files=tuple(self._old_files()),
            aliases=tuple(
                alias
                for each in self.plan.content.scanned
                for alias in compose_aliases(each, self._lang_around(each))
            ),
            at=root.matter.locate(("url",)) if root else Location(""),
        )

    def _page(self, source: Source, front: PageFront) -> Page:
        lang, links = front.lang or self.plan.lang, self.plan.links(source.path)
        return self.once(_page, source, front, lang, links)

    def _by_title(self, items: Iterable[Titled]) -> tuple[Titled, ...]:
        """As they are listed: by their titles in the site's language, like ones by their files."""
        lang = self.plan.lang
        return tuple(sorted(items, key=lambda each: (sort_key(each.title, lang), _source(each))))

    def _consultation(self, source: Source, front: ConsultationFront) -> Consultation:
        found = (self.cards.get(each.path) for each in self.plan.statements.get(source.path, ()))
        statements = tuple(card for card in found if card)
        asked = {name: at for at, name in enumerate(dict.fromkeys(front.committees))}
        unread = self.plan.unread[source.path]
        bare = self.plan.bare(source, front)
        return replace(
            bare,
            prose=self.once(compose_prose, source, self.plan.links(source.path)),
            statements=tuple(sorted(statements, key=partial(_place_among, asked, bare.lang))),
            agenda=compose_agenda(source, front, statements, unread),
            unsure=source.unsure,
            places=source.places,
        )

    def _shown(self) -> frozenset[str]:
        """The files that any text shows, and not only links to."""
        targets = (each for path in self.sources for each in self.plan.links(path))
        return frozenset(
            target.url
            for (tag, _), target in targets
            if tag == "img" and isinstance(target, Internal)
        ).union(e.url for card in self.cards.values() for e in card.references if e.is_image)

    def _old_files(self) -> Iterator[Attachment]:
        """The files that published versions show, with the bytes that their commits have."""
        for path, card in sorted(self.cards.items()):
            texts = {each.name: dict(each.text.files) for each in self.plan.git_of(path).versions}
            for version in card.versions:
                for url, name, is_shown in version.files:
                    blob = texts[version.name][name]
                    yield Attachment(url, name, blob, is_shown=is_shown, at=card.at)

    def _lang_around(self, scanned: ScannedFile) -> str:
        """The language of what a page stands in."""
        index = self.sources.get(index_of(scanned.path))
        if index and scanned.kind == "statement":
            return index.front.lang or self.plan.lang
        return self.plan.lang


def menu_of(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The free pages in the menu: those in the fewest folders first, in the order of all."""
    nearest = sorted(pages, key=lambda each: each.url.count("/"))[:MENU]
    urls = {each.url for each in nearest}
    return tuple(each for each in pages if each.url in urls)


def _source(each: Consultation | Page) -> str:
    return each.source


def _place_among(asked: Mapping[str, int], lang: str, statement: Card) -> tuple[object, ...]:
    """Where a statement stands: as its committee was asked, the others by their names."""
    name = statement.committee
    return asked.get(name, len(asked)), sort_key(name, lang), statement.source


def _page(source: Source, front: PageFront, lang: str, links: Links) -> Page:
    return Page(
        url=page_url(source.path),
        source=source.path,
        lang=lang,
        title=front.title,
        prose=compose_prose(source, links),
        at=source.matter.locate(()),
    )


def _attachment(file: NamedFile, is_shown: bool) -> Attachment:
    return Attachment(file.path, file.path, file.blob, Location(file.shown), is_shown)
