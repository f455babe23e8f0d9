"""The plan: of each statement, one value with all that making its part may look at.

Addresses depend on paths alone, so what a link leads to is
known before the first text is numbered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from innspill.compose.addresses import Addresses, page_url, question_url
from innspill.compose.enclosures import compose_enclosures, find_enclosed, find_original
from innspill.compose.inputs import StatementInput
from innspill.compose.resolve import Links, find_links
from innspill.forms import FORMS
from innspill.git_facts import GitFacts
from innspill.media.published import shown_size
from innspill.memory import Memory
from innspill.model import CaseFacts, Consultation, Question, SiteFacts, fields_of
from innspill.nearest import nearest_path
from innspill.original import OriginalFile, OriginalText, ending_of, read_original
from innspill.read.edition import IN_WRITING, Edition, hides_case_officer, index_of
from innspill.read.read import SITE, Content, NamedFile
from innspill.read.scan import ScannedFile
from innspill.read.schema import (
    VERSION_TAGS,
    ConsultationFront,
    SiteFront,
)
from innspill.read.source import Source
from innspill.text import Internal, Prose

NO_FACTS = GitFacts()


@dataclass(frozen=True, slots=True)
class Options:
    """What is made of every statement, whatever its content asks for."""

    with_pdf: bool = True
    prints: tuple[str, ...] = ()
    """Forms of the PDF besides those that the content asks for."""
    edition: Edition = IN_WRITING
    """For whom it is made."""
    only: str | None = None
    """The path of the one statement that is made; None for all."""


@dataclass(frozen=True)
class Plan:
    """What is to be made of the content."""

    content: Content
    options: Options
    git: Mapping[str, GitFacts]
    """What git knows of each statement, by its path."""
    once: Memory
    read_original: Callable[[OriginalFile], OriginalText] = read_original
    """Reads the letter that a statement was made from, or remembers what that told."""

    def once_made(self) -> Plan:
        """The same where all is made and checked: the texts that were read are let go."""
        self.once.forget()
        return replace(self, content=replace(self.content, data={}))

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources of all but the statements, by their paths."""
        return {source.path: source for source in self.content.sources}

    @cached_property
    def front(self) -> SiteFront | None:
        """The site's front matter, None where it can't be read."""
        return self.content.site

    @property
    def lang(self) -> str:
        """The site's language."""
        return self.front.lang if self.front else "nb"

    @property
    def version_tags(self) -> str:
        """The form of the tags that name versions."""
        return self.front.version_tags if self.front else VERSION_TAGS

    @cached_property
    def site(self) -> SiteFacts:
        """What every page may show of the site."""
        front = self.front
        return SiteFacts(
            title=front.title if front else "?",
            publisher=front.publisher if front else "?",
            contact=front.contact if front else None,
            lang=self.lang,
            address=front.url if front else None,
            declaration=self._declaration(),
            noindex=front.noindex if front else False,
            may_be_published=tuple(front.may_be_published) if front else (),
        )

    def _declaration(self) -> str | None:
        """The address of the accessibility declaration; "?" where it is there but faulty."""
        root = self.sources.get(SITE)
        if root and root.has_lost("accessibility_declaration"):
            return "?"
        return self.front.accessibility_declaration if self.front else None

    @cached_property
    def statements(self) -> dict[str, list[ScannedFile]]:
        """The statements, by the path of their consultation's index."""
        found: defaultdict[str, list[ScannedFile]] = defaultdict(list)
        for each in self.content.scanned:
            is_one = each.kind == "statement" and not each.is_unread
            if is_one and self.options.only in {None, each.path}:
                found[index_of(each.path)].append(each)
        return dict(found)  # to ask for another may not put it here

    @cached_property
    def unread(self) -> dict[str, list[str]]:
        """The paths of files that can't be read, by the same."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for each in self.content.scanned:
            if each.is_unread:
                found[index_of(each.path)].append(each.path)
        return found

    @cached_property
    def addresses(self) -> Addresses:
        """All that a link can lead to."""
        sources, files = frozenset(self.content.data), frozenset(self.content.files)
        own = Addresses(sources, files, titles_in(self.content), _near(self.content))
        return self.once.only(own)

    @cached_property
    def sizes(self) -> dict[str, tuple[int, int]]:
        """The width and height that each image is shown with, by its path."""
        sized = ((path, self.once(_size, file)) for path, file in self.content.files.items())
        return {path: size for path, size in sized if size is not None}

    @cached_property
    def scanned(self) -> dict[str, ScannedFile]:
        """What is known of each Markdown file, by its path."""
        return {each.path: each for each in self.content.scanned}

    def links(self, path: str) -> Links:
        """What the links and images of a Markdown file lead to."""
        return self.once.only(find_links(self.scanned[path], self.addresses, self.sizes))

    def case_lang(self, front: ConsultationFront) -> str:
        """The language of a consultation."""
        return front.lang or self.lang

    def case(self, source: Source, front: ConsultationFront) -> CaseFacts:
        """What a statement's page shows of its consultation."""
        with_drafts = self.options.edition.with_drafts
        all_of_it = self.statements.get(source.path, [])
        given = [each for each in all_of_it if each.path not in self.held]
        return CaseFacts(
            url=page_url(source.path),
            source=source.path,
            lang=self.case_lang(front),
            title=front.title,
            questions=self.once(questions_of, source, front),
            has_sure_questions="questions" not in source.unsure,
            publishes_drafts=with_drafts or front.publish_drafts,
            has_siblings=len(given) > 1,
        )

    def bare(self, source: Source, front: ConsultationFront) -> Consultation:
        """A consultation with nothing but its own facts."""
        return Consultation(
            **fields_of(CaseFacts, self.case(source, front)),
            asked_by=front.asked_by,
            letter_dated=front.letter_dated,
            deadline=front.deadline,
            case_number=front.case_number,
            committees=tuple(dict.fromkeys(front.committees)),
            prose=Prose(),
            statements=(),
            enclosures=compose_enclosures(
                source, find_enclosed(self.scanned[source.path], self.content.files)
            ),
            at=source.matter.locate(()),
        )

    @property
    def held(self) -> frozenset[str]:
        """The paths of the drafts that readers are not given."""
        return self.options.edition.held

    @cached_property
    def _held_urls(self) -> frozenset[str]:
        return frozenset(map(page_url, self.held))

    @cached_property
    def has_feed(self) -> bool:
        """Whether there is anything to follow, and an address to follow it at."""
        return self.site.address is not None and any(each.has_date for each in self._given_out())

    def _given_out(self) -> Iterator[ScannedFile]:
        for case, scanned in self.statements.items():
            front = self.sources[case].front if case in self.sources else None
            if not isinstance(front, ConsultationFront):
                continue
            gives_drafts = self.options.edition.with_drafts or front.publish_drafts
            yield from (each for each in scanned if gives_drafts or not each.says_draft)

    @cached_property
    def pages(self) -> frozenset[str]:
        """The addresses of all pages of today that a text may link to."""
        return frozenset({"index.html"}.union(
            page_url(each.path) for each in self.content.scanned
            if each.path not in self.held and self._is_page(each)
        ))  # fmt: skip

    def _is_page(self, scanned: ScannedFile) -> bool:
        return scanned.kind != "statement" or not scanned.is_unread

    def input(self, path: str) -> StatementInput | None:
        """The value of one statement, None where it is none of a consultation."""
        return next((each for each in self.inputs() if each.path == path), None)

    def inputs(self) -> Iterator[StatementInput]:
        """The value that each statement's part is made of, in no order that counts."""
        for index, statements in self.statements.items():
            around = self.sources.get(index)
            if around is None or not isinstance(around.front, ConsultationFront):
                continue
            case, whole = self.case(around, around.front), self.bare(around, around.front)
            agenda = self._agenda(around.front, statements)
            for each in statements:
                yield self._input(each, around.front, case, whole, agenda)

    def _agenda(self, front: ConsultationFront, statements: list[ScannedFile]) -> frozenset[str]:
        """The addresses of the meeting folder's statements."""
        if self.options.only is not None:
            return frozenset()
        by_name = {each.path.rpartition("/")[2].removesuffix(".md"): each for each in statements}
        return frozenset(page_url(by_name[e].path) for e in front.agenda if e in by_name)

    def _input(
        self,
        scanned: ScannedFile,
        around: ConsultationFront,
        case: CaseFacts,
        whole: Consultation,
        agenda: frozenset[str],
    ) -> StatementInput:
        path, git = scanned.path, self.git_of(scanned.path)
        links, is_held = self.links(path), path in self.held
        inside = _inside(agenda, page_url(path), links)
        hides = hides_case_officer(scanned.hide_case_officer, self.front)
        return StatementInput(
            path=path,
            shown=scanned.shown,
            data=self.content.data[path],
            site=self.site,
            case=case,
            hides_case_officer=hides,
            version_tags=self.version_tags,
            prints=self._forms(scanned.prints, around.prints),
            links=links,
            enclosed=find_enclosed(scanned, self.content.files),
            original=find_original(scanned, self.content.files),
            original_text=self._original_text(scanned),
            git=git,
            hidden_name=scanned.case_officer if hides else None,
            today=self._today(scanned, git),
            with_pdf=self.options.with_pdf,
            has_feed=self.has_feed,
            is_held=is_held,
            with_draft_versions=case.publishes_drafts or not self.options.edition.may_hold,
            whole_case=whole if scanned.attaches_source else None,
            agenda=inside,
            lost=self._lost(links, agenda) if is_held and inside else (),
        )

    def _original_text(self, scanned: ScannedFile) -> OriginalText | None:
        """The words of a statement's letter; an old text by itself is compared with nothing."""
        file = self.content.files.get(scanned.original or "")
        if file is None or self.options.only is not None:
            return None
        return self.read_original(OriginalFile(ending_of(file.path), file.blob))

    def git_of(self, path: str) -> GitFacts:
        """What git knows of a statement."""
        return self.git.get(path, NO_FACTS)

    def _today(self, scanned: ScannedFile, git: GitFacts) -> tuple[str, ...]:
        """Of the pages that a redline's texts link to, the addresses of those that are there."""
        if not (git.earlier or git.versions):
            return ()
        earlier = [git.earlier.text] if git.earlier else []
        texts = (*earlier, *(each.text for each in git.versions))
        paths = {path for text in texts for path, _ in text.sources}.union(scanned.names)
        named = {page_url(path) for path in paths if path.endswith(".md")}
        return tuple(sorted(named & self.pages))

    @cached_property
    def published_files(self) -> frozenset[str]:
        """The paths of the files that anything names that readers are given."""
        named = (each.names for each in self.content.scanned if each.path not in self.held)
        files = self.content.files
        return frozenset(path for paths in named for path in paths if path in files)

    def _lost(self, links: Links, inside: frozenset[str]) -> tuple[str, ...]:
        """Of what a held draft on an agenda leads to, what readers are not given."""
        shown = {to.url for (tag, _), to in links if tag == "img" and isinstance(to, Internal)}

        def is_lost(url: str) -> bool:
            if url.endswith("index.html"):
                return url in self._held_urls and url not in inside
            return url not in shown and url not in self.published_files

        inner = (to.url for _, to in links if isinstance(to, Internal))
        return tuple(filter(is_lost, inner))

    def _forms(
        self, own: Collection[str] | None, around: Collection[str] | None
    ) -> tuple[str, ...]:
        """The forms of a statement's PDF: its own choice, the consultation's or the site's."""
        site = self.front.prints if self.front else []
        chosen = next(each for each in (own, around, site) if each is not None)
        return tuple(form for form in FORMS if form in {*chosen, *self.options.prints})


def _inside(agenda: frozenset[str], own: str, links: Links) -> tuple[str, ...]:
    """Of an agenda's addresses, a statement's own and those it links to, if its own is there."""
    if own not in agenda:
        return ()
    return tuple(sorted(agenda & {own, *(to.url for _, to in links if isinstance(to, Internal))}))


def questions_of(source: Source, front: ConsultationFront) -> tuple[Question, ...]:
    """The questions of a consultation, as far as they can be read."""
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


def titles_in(content: Content) -> tuple[tuple[str, str], ...]:
    """The titles of those sources that links lead to, by their paths."""
    return tuple((each.path, each.label) for each in content.scanned if each.path in content.named)


def _near(content: Content) -> tuple[tuple[str, str], ...]:
    """What texts name that isn't there, with what is there in other capitals, or much like it."""
    there = {*content.data, *(each.path for each in content.others)}
    folded = {each.casefold(): each for each in sorted(there)}
    found = (
        (each, folded.get(each.casefold()) or nearest_path(each, there))
        for each in sorted(content.named - there)
    )
    return tuple((each, near) for each, near in found if near)


def _size(file: NamedFile) -> tuple[int, int] | None:
    return shown_size(file.blob)
