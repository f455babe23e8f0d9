"""Sources into the site: resolve the links, number every text, find the quotes.

Addresses depend on paths alone, so what a link leads to is known before the first text is
numbered, and nothing is filled in later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from innspill.collation import sort_key
from innspill.compose.addresses import Addresses, page_url, question_url
from innspill.compose.enclosures import (
    compose_agenda,
    compose_aliases,
    compose_enclosures,
    find_enclosed,
)
from innspill.compose.nodes import Links, find_links
from innspill.compose.prose import compose_prose
from innspill.compose.statement import compose_statement
from innspill.diagnostics import Location
from innspill.failure import at_work_on
from innspill.forms import FORMS
from innspill.media.published import shown_size
from innspill.memory import Memory
from innspill.model import Attachment, Consultation, Page, Question, Site, Statement, Trace
from innspill.read.edition import index_of
from innspill.read.read import SITE, Content, File
from innspill.read.schema import (
    VERSION_TAGS,
    ConsultationFront,
    PageFront,
    SiteFront,
    StatementFront,
)
from innspill.read.source import Source, title_of
from innspill.text import Internal, Prose

NO_TRACE = Trace()
Titled = TypeVar("Titled", Consultation, Page)


def compose(
    content: Content,
    prints: Collection[str] = (),
    traces: Mapping[str, Trace] | None = None,
    memory: Memory | None = None,
    *,
    with_drafts: bool = False,
) -> Site:
    """The whole site as one value; of a part of the content, that part.

    Each statement gets the forms `prints` besides its own; `traces` is what git knows of each,
    by its path. What `memory` knows, with all that it was made from unchanged, is the very
    same value as before. `with_drafts` gives readers all drafts, whatever consultations say.
    """
    once = memory or Memory()
    return _Composer(content, prints, traces or {}, once, with_drafts).site()


def hides_case_officer(own: bool | None, site: SiteFront | None) -> bool:
    """Whether the name of a statement's case officer is left out of all that is published.

    `own` is what the statement itself says of that.
    """
    if own is None:
        return site.hide_case_officer if site else False
    return own


def titles_in(content: Content) -> tuple[tuple[str, str], ...]:
    """The titles of those sources that links lead to, by their paths."""
    return tuple(
        (each.path, title_of(each.matter.values))
        for each in content.sources
        if each.path in content.named
    )


def _near(content: Content) -> tuple[tuple[str, str], ...]:
    """What texts name that isn't there, with what is there in other capitals."""
    there = {*(each.path for each in content.sources), *(each.path for each in content.others)}
    folded = {each.casefold(): each for each in sorted(there)}
    missing = sorted(content.named - there)
    return tuple((each, folded[key]) for each in missing if (key := each.casefold()) in folded)


class _Composer:
    def __init__(
        self,
        content: Content,
        prints: Collection[str],
        traces: Mapping[str, Trace],
        once: Memory,
        with_drafts: bool,
    ) -> None:
        self.prints, self.traces, self.once = prints, traces, once
        self.with_drafts = with_drafts
        self.files = content.files
        self.sources = {source.path: source for source in content.sources}
        own = Addresses(
            frozenset(self.sources), frozenset(self.files), titles_in(content), _near(content)
        )
        self.addresses = once.only(own)
        root = self.sources.get(SITE)
        self.front = root.front if root and isinstance(root.front, SiteFront) else None
        self.lang = self.front.lang if self.front else "nb"
        self.sizes = once.only(
            frozenset(
                (path, size)
                for path, file in self.files.items()
                if (size := once(_size, file)) is not None
            )
        )
        self.answers: defaultdict[str, list[Source]] = defaultdict(list)
        """The statements' sources, by the path of their consultation's."""
        self.unread: defaultdict[str, list[str]] = defaultdict(list)
        """The paths of files that can't be read, by the same."""
        for source in content.sources:
            if source.is_unread:
                self.unread[index_of(source.path)].append(source.path)
            elif isinstance(source.front, StatementFront):
                self.answers[index_of(source.path)].append(source)

    def site(self) -> Site:
        root, front, shown = self.sources.get(SITE), self.front, self.shown()
        return Site(
            title=front.title if front else "?",
            publisher=front.publisher if front else "?",
            contact=front.contact if front else None,
            lang=self.lang,
            address=front.url if front else None,
            prose=self.once(compose_prose, root, self.links(root)) if root else Prose(),
            consultations=self.by_title(
                self.consultation(each, each.front)
                for each in self.sources.values()
                if isinstance(each.front, ConsultationFront)
            ),
            pages=self.by_title(
                self.once(_page, each, each.front, each.front.lang or self.lang, self.links(each))
                for each in self.sources.values()
                if isinstance(each.front, PageFront)
            ),
            attachments=tuple(
                self.once(_attachment, file, path in shown)
                for path, file in sorted(self.files.items())
            ),
            aliases=tuple(
                alias
                for each in self.sources.values()
                if not isinstance(each.front, SiteFront) and each.front.aliases
                for alias in compose_aliases(each, self.lang_around(each))
            ),
            declaration=self.declaration(),
            noindex=front.noindex if front else False,
            may_be_published=tuple(front.may_be_published) if front else (),
            at=root.matter.locate(("url",)) if root else Location(""),
        )

    def by_title(self, items: Iterable[Titled]) -> tuple[Titled, ...]:
        """As they are listed: by their titles in the site's language, like ones by their files."""
        return tuple(sorted(items, key=lambda each: (sort_key(each.title, self.lang), each.source)))

    def consultation(self, source: Source, front: ConsultationFront) -> Consultation:
        lang = front.lang or self.lang
        questions = self.once(_questions, source, front)
        return self.once(
            _consultation,
            source,
            front,
            questions,
            self.once(compose_prose, source, self.links(source)),
            lang,
            find_enclosed(source, self.files),
            tuple(
                self.statement(each, each.front, questions, lang, front.prints)
                for each in self.answers[source.path]
                if isinstance(each.front, StatementFront)
            ),
            tuple(self.unread[source.path]),
            self.with_drafts or front.publish_drafts,
        )

    def statement(
        self,
        source: Source,
        front: StatementFront,
        questions: tuple[Question, ...],
        lang: str,
        prints: Collection[str] | None,
    ) -> Statement:
        with at_work_on(source.shown):
            return self.once(
                compose_statement,
                source,
                front,
                hides_case_officer(front.hide_case_officer, self.front),
                questions,
                self.links(source),
                front.lang or lang,
                find_enclosed(source, self.files),
                self.forms(front.prints, prints),
                self.traces.get(source.path, NO_TRACE),
                self.front.version_tags if self.front else VERSION_TAGS,
            )

    def forms(self, own: Collection[str] | None, around: Collection[str] | None) -> tuple[str, ...]:
        """The forms of a statement's PDF: its own choice, the consultation's or the site's."""
        site = self.front.prints if self.front else []
        chosen = next(each for each in (own, around, site) if each is not None)
        return tuple(form for form in FORMS if form in {*chosen, *self.prints})

    def links(self, source: Source) -> Links:
        return self.once.only(self.once(find_links, source, self.addresses, self.sizes))

    def shown(self) -> frozenset[str]:
        """The files that any text shows, and not only links to."""
        targets = (each for source in self.sources.values() for each in self.links(source))
        return frozenset(
            target.url for (tag, _), target in targets
            if tag == "img" and isinstance(target, Internal)
        )  # fmt: skip

    def declaration(self) -> str | None:
        """The address of the accessibility declaration; "?" where it is there but faulty."""
        root = self.sources.get(SITE)
        if root and root.has_lost("accessibility_declaration"):
            return "?"
        return self.front.accessibility_declaration if self.front else None

    def lang_around(self, source: Source) -> str:
        """The language of what a page stands in."""
        index = self.sources.get(index_of(source.path))
        if index and isinstance(source.front, StatementFront):
            return index.front.lang or self.lang
        return self.lang


def _questions(source: Source, front: ConsultationFront) -> tuple[Question, ...]:
    return tuple(
        Question(
            id=each.id,
            url=question_url(source.path, each.id),
            number=number,
            title=each.title,
            text=each.text,
            guidance=_paragraphs(each.guidance or ""),
        )
        for number, each in enumerate(front.questions, 1)
        if not source.has_lost("questions") or each.id != "blank"
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    """A YAML text's paragraphs: folded (`>-`), one line break parts them; literal (`|`), two."""
    parts = text.split("\n\n" if "\n\n" in text else "\n")
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def _consultation(
    source: Source,
    front: ConsultationFront,
    questions: tuple[Question, ...],
    prose: Prose,
    lang: str,
    enclosed: tuple[File | None, ...],
    statements: tuple[Statement, ...],
    unread: tuple[str, ...],
    publishes_drafts: bool,
) -> Consultation:
    return Consultation(
        url=page_url(source.path),
        source=source.path,
        lang=lang,
        title=front.title,
        asked_by=front.asked_by,
        letter_dated=front.letter_dated,
        deadline=front.deadline,
        case_number=front.case_number,
        committees=tuple(dict.fromkeys(front.committees)),
        questions=questions,
        prose=prose,
        statements=tuple(sorted(statements, key=partial(_place_among, front.committees, lang))),
        enclosures=compose_enclosures(source, enclosed),
        publishes_drafts=publishes_drafts,
        agenda=compose_agenda(source, front, statements, unread),
        unsure=source.unsure,
        places=source.places,
        at=source.matter.locate(()),
    )


def _place_among(asked: Sequence[str], lang: str, statement: Statement) -> tuple[object, ...]:
    """Where a statement stands: as its committee was asked, the others by their names."""
    name = statement.committee
    at = asked.index(name) if name in asked else len(asked)
    return at, sort_key(name, lang), statement.source


def _page(source: Source, front: PageFront, lang: str, links: Links) -> Page:
    return Page(
        url=page_url(source.path),
        source=source.path,
        lang=lang,
        title=front.title,
        prose=compose_prose(source, links),
        at=source.matter.locate(()),
    )


def _attachment(file: File, is_shown: bool) -> Attachment:
    return Attachment(file.path, file.path, file.blob, Location(file.shown), is_shown)


def _size(file: File) -> tuple[int, int] | None:
    return shown_size(file.blob)
