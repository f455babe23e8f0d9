"""Sources into the site: number every text, then resolve every link and quote.

Addresses depend on paths and front matter alone and numbers on the text alone, so both
are known before the first link or quote is looked up, and nothing is filled in later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from innspill.compose.addresses import Addresses, page_url, question_url
from innspill.compose.enclosures import compose_agenda, compose_aliases, compose_enclosures
from innspill.compose.prose import anchors_of, compose_prose
from innspill.compose.statement import answer_numbers, compose_statement
from innspill.diagnostics import Location
from innspill.forms import FORMS
from innspill.model import Attachment, Consultation, Page, Question, Site, Statement, Trace
from innspill.read.read import SITE, Content, File
from innspill.read.schema import ConsultationFront, PageFront, SiteFront, StatementFront
from innspill.read.source import Source
from innspill.text import Prose


def compose(
    content: Content,
    prints: Collection[str] = (),
    traces: Mapping[str, Trace] | None = None,
) -> Site:
    """The whole site as one value.

    Each statement gets the forms `prints` besides its own; `traces` is what git knows of each,
    by its path.
    """
    by_path = {source.path: source for source in content.sources}
    questions = {source.path: _questions(source) for source in content.sources}
    anchors = {source.path: _anchors(source, by_path, questions) for source in content.sources}
    addresses = Addresses(anchors, content.files)
    composer = _Composer(by_path, questions, addresses, content.files, prints, traces or {})
    return composer.site(content)


def _index_of(path: str) -> str:
    folder, _, _ = path.rpartition("/")
    return f"{folder}/{SITE}"


def _anchors(
    source: Source, sources: Mapping[str, Source], questions: Mapping[str, tuple[Question, ...]]
) -> Collection[str] | None:
    """The ids on a page, None where a faulty question has shifted the numbers."""
    index = sources.get(_index_of(source.path))
    if source.is_unread or (index and index.has_lost("questions")):
        return None
    return anchors_of(source, answer_numbers(questions.get(_index_of(source.path), ())))


def _questions(source: Source) -> tuple[Question, ...]:
    if not isinstance(source.front, ConsultationFront):
        return ()
    return tuple(
        Question(
            id=each.id,
            url=question_url(source.path, each.id),
            number=number,
            title=each.title,
            text=each.text,
            guidance=_paragraphs(each.guidance or ""),
        )
        for number, each in enumerate(source.front.questions, 1)
        if not source.has_lost("questions") or each.id != "blank"
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    """A YAML text's paragraphs: folded (`>-`), one line break parts them; literal (`|`), two."""
    parts = text.split("\n\n" if "\n\n" in text else "\n")
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def hides_case_officer(front: StatementFront, site: SiteFront | None) -> bool:
    """Whether the name of a statement's case officer is left out of all that is published."""
    if front.hide_case_officer is None:
        return site.hide_case_officer if site else False
    return front.hide_case_officer


class _Composer:
    def __init__(
        self,
        sources: Mapping[str, Source],
        questions: Mapping[str, tuple[Question, ...]],
        addresses: Addresses,
        files: Mapping[str, File],
        prints: Collection[str],
        traces: Mapping[str, Trace],
    ) -> None:
        self.sources, self.questions, self.addresses = sources, questions, addresses
        self.files, self.prints, self.traces = files, prints, traces
        root = sources.get(SITE)
        self.front = root.front if root and isinstance(root.front, SiteFront) else None
        self.lang = self.front.lang if self.front else "nb"

    def site(self, content: Content) -> Site:
        root, front = self.sources.get(SITE), self.front
        return Site(
            title=front.title if front else "?",
            publisher=front.publisher if front else "?",
            contact=front.contact if front else None,
            lang=self.lang,
            address=front.url if front else None,
            prose=compose_prose(root, self.addresses) if root else Prose(),
            consultations=tuple(
                self.consultation(each, each.front)
                for each in self.sources.values()
                if isinstance(each.front, ConsultationFront)
            ),
            pages=tuple(
                self.page(each, each.front)
                for each in self.sources.values()
                if isinstance(each.front, PageFront)
            ),
            attachments=tuple(
                Attachment(file.path, file.path, file.data, Location(file.shown))
                for _, file in sorted(content.files.items())
            ),
            aliases=tuple(
                alias
                for each in self.sources.values()
                for alias in compose_aliases(each, self.lang_around(each))
            ),
            declaration=self.declaration(),
            noindex=front.noindex if front else False,
            may_be_published=tuple(front.may_be_published) if front else (),
            at=root.matter.locate(("url",)) if root else Location(""),
        )

    def consultation(self, source: Source, front: ConsultationFront) -> Consultation:
        lang = front.lang or self.lang
        statements = self.statements(source, front, lang)
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
            questions=self.questions[source.path],
            sure_questions=not source.has_lost("questions"),
            prose=compose_prose(source, self.addresses),
            statements=statements,
            enclosures=compose_enclosures(source, self.files),
            publishes_drafts=front.publish_drafts,
            agenda=compose_agenda(source, front, statements, self.unread(source)),
            at=source.matter.locate(()),
        )

    def statements(
        self, index: Source, case: ConsultationFront, lang: str
    ) -> tuple[Statement, ...]:
        return tuple(
            compose_statement(
                each,
                each.front,
                hides_case_officer(each.front, self.front),
                self.questions[index.path],
                self.addresses,
                each.front.lang or lang,
                compose_enclosures(each, self.files),
                self.forms(each.front, case),
                self.traces.get(each.path, Trace()),
            )
            for each in self.sources.values()
            if isinstance(each.front, StatementFront)
            and _index_of(each.path) == index.path
            and not each.is_unread
        )

    def unread(self, index: Source) -> list[str]:
        """The paths of a consultation's files that can't be read."""
        return [
            each.path
            for each in self.sources.values()
            if each.is_unread and _index_of(each.path) == index.path
        ]

    def forms(self, front: StatementFront, case: ConsultationFront) -> tuple[str, ...]:
        """The forms of a statement's PDF: its own choice, the consultation's or the site's."""
        site = self.front.prints if self.front else []
        wishes = (front.prints, case.prints, site)
        chosen = next(each for each in wishes if each is not None)
        return tuple(form for form in FORMS if form in {*chosen, *self.prints})

    def declaration(self) -> str | None:
        """The address of the accessibility declaration; "?" where it is there but faulty."""
        root = self.sources.get(SITE)
        if root and root.has_lost("accessibility_declaration"):
            return "?"
        return self.front.accessibility_declaration if self.front else None

    def lang_around(self, source: Source) -> str:
        """The language of what a page stands in."""
        index = self.sources.get(_index_of(source.path))
        if index and isinstance(source.front, StatementFront):
            return index.front.lang or self.lang
        return self.lang

    def page(self, source: Source, front: PageFront) -> Page:
        return Page(
            url=page_url(source.path),
            source=source.path,
            lang=front.lang or self.lang,
            title=front.title,
            prose=compose_prose(source, self.addresses),
            at=source.matter.locate(()),
        )
