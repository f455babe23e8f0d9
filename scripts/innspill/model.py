"""The model: the site as immutable values, complete when made.

`Statement` → `Section` → `Unit`, with `Point`s and `Proposal`s, is one committee's text, composed
where it is made into pages and PDFs, and let go. `Site` → `Consultation` → `Card` is what all
that shows several statements knows of them. A `Quote` that was not found has no passages, for
the rules in `check` to report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from innspill.blob import Blob
from innspill.diagnostics import Location
from innspill.facts import Facts
from innspill.forms import CHANGES, Paper, papers_of
from innspill.messages import Message
from innspill.text import NOWHERE, Block, Heading, Note, Prose, Unit, units_in


def fields_of(kind: type, value: Any) -> dict[str, Any]:
    """A value's own for each field of `kind`, by name: to make another value of them."""
    return {each.name: getattr(value, each.name) for each in fields(kind)}


# A consultation and its answers.

ANSWERS = "answers"
"""Stands among unsure keys where a heading may name a question and does not."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a consultation."""

    id: str
    url: str
    """The page with all answers to it."""
    number: int
    """Its place in the consultation, from 1."""
    title: str
    text: str
    guidance: tuple[str, ...]
    """Its paragraphs."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a statement: the answer to a question or several, or general text."""

    number: int
    """The question's number; 0 for general text."""
    heading: Heading | None
    """The heading that binds the answer to its question, as the author wrote it."""
    questions: tuple[Question, ...]
    unknown: tuple[str, ...]
    """Ids of questions that the consultation doesn't have."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one unit's plain text."""

    id: str
    unit: Unit = field(repr=False)
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that must stand in the statement exactly once."""

    text: str
    passages: tuple[Passage, ...]
    """Where they stand; one, if all is well."""
    in_minority: bool
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the summary, with its evidence."""

    id: str
    about: str
    """A question's id, or `general`."""
    text: str
    quotes: tuple[Quote, ...]
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that the committee proposes, with its evidence."""

    id: str
    what: str
    move: str
    force: str
    quotes: tuple[Quote, ...]
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that a consultation or a statement comes with, listed on its page."""

    title: str
    written: str
    """Its path as the author wrote it."""
    url: str | None
    """Where it is published, None where there is no such file."""
    size: int
    """In bytes; 0 where that is not told."""
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class TextDifference:
    """The first place where a text and the letter that it was made from differ."""

    text: str
    """The words of the text from there on; empty at its end."""
    original: str
    """Those of the letter; empty at its end."""
    place: Message | None
    """Where in the letter these stand."""
    at: Location


@dataclass(frozen=True, slots=True)
class Original:
    """The letter that a statement was made from, and what came of comparing the two."""

    url: str
    why_not: Message | None = None
    """Why they were not compared."""
    difference: TextDifference | None = None
    """Where they first differ."""
    tells_name: bool = False
    """Whether it has a name that must not be published."""
    at: Location = field(default=NOWHERE, compare=False)

    @property
    def is_the_same(self) -> bool:
        """Whether the statement has every word of it, in its order."""
        return self.why_not is None and self.difference is None


@dataclass(frozen=True, slots=True)
class VersionLabel:
    """What a published version is called."""

    day: date
    word: str

    @property
    def name(self) -> str:
        """As its address has it: `2024-03-21-vedtatt`."""
        return f"{self.day}-{self.word}"


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of the content in git."""

    id: str
    """The commit's name in hexadecimal."""
    day: date
    """The day of the commit, where it was made."""
    name: str = ""
    """How it was asked for: a tag, a branch, a commit."""
    version: VersionLabel | None = None
    """The version that it is, where a tag names it so."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A statement as it was, which today's is compared with."""

    statement: Statement
    revision: Revision
    unread: frozenset[str] = frozenset()
    """The keys of its front matter that could not be read, or whose old names are not known."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which state of the content a statement shows."""

    revision: Revision | None
    """The last commit that changed anything that it shows; None where there is none yet."""
    is_committed: bool
    """False where what it shows has changes that are not committed."""

    @property
    def name(self) -> str:
        """The commit's name, with `-dirty` where there are changes, as `git describe` has it."""
        commit = self.revision.id if self.revision else ""
        return commit if self.is_committed else f"{commit}-dirty"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A commit that changed a statement's file."""

    revision: Revision
    subject: str
    """The first line of what was written with it."""
    author: str
    """Who made it; empty unless names are to be shown."""
    paragraphs: int | None
    """How many paragraphs it changed; None where it began the file."""
    renamed_from: str = ""
    """What the file was called before, where the commit renamed it."""


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of a statement, as the commit of its tag has it."""

    name: str
    """Its day and its word, as its address has them: `2024-03-21-vedtatt`."""
    day: date
    word: str
    site: SiteFacts = field(repr=False)
    """The site as it was."""
    case: CaseFacts = field(repr=False)
    """The consultation as it was."""
    whole_case: Consultation = field(repr=False)
    """The same with all its own facts."""
    statement: Statement = field(repr=False)
    """At the version's own address."""
    files: tuple[Attachment, ...] = field(default=(), repr=False)
    """What it shows and what comes along with it, beside it."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A version that is published no more."""

    tag: str
    version: VersionLabel | None
    """None where the tag names no version of the statement."""
    url: str | None
    """Where it stood; None as above."""
    day: date
    """The day that it was withdrawn."""
    why: str
    at: Location = field(default=NOWHERE, compare=False)
    day_at: Location = field(default=NOWHERE, compare=False)
    form: str = field(default="", repr=False)
    """The form of the site's tags."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What git knows of a statement."""

    earlier: Earlier | None = None
    stamp: Stamp | None = None
    versions: tuple[Version, ...] = ()
    history: tuple[LogEntry, ...] = ()
    former: tuple[str, ...] = ()
    """What its file was called before, the last name first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementHead:
    """What is known of a statement without its text."""

    url: str
    source: str
    """The path of its file inside `content/`."""
    digest: str
    """The SHA-256 of that file, whatever its line ends are."""
    lang: str
    title: str
    committee: str
    status: str
    facts: Facts
    enclosures: tuple[Enclosure, ...] = ()
    hidden: Location | None = field(default=None, compare=False)
    """Where its file has a name that must not be published."""
    prints: tuple[str, ...] = ()
    """The forms that it is printed in besides the usual ones."""
    stamp: Stamp | None = None
    """Which state of the content it shows, where git knows."""
    withdrawn: tuple[Withdrawn, ...] = ()
    unsure: frozenset[str] = frozenset()
    """The keys of its front matter that are faulty; `ANSWERS`, `TEXT`, `REMARKS` of its body."""
    places: Mapping[str, Location] = field(default_factory=dict, repr=False, compare=False)
    """Where the values of its front matter stand, by their keys, as in `vote.against`."""
    text_at: Location = field(default=NOWHERE, compare=False)
    """Where its text begins."""
    at: Location = field(default=NOWHERE, compare=False)

    def is_sure(self, *keys: str) -> bool:
        """Whether these values are as the author wrote them, so that a rule may rest on them."""
        return self.unsure.isdisjoint(keys)

    def place(self, key: str) -> Location:
        """Where a value of its front matter stands, or what it would stand in."""
        while key not in self.places and "." in key:
            key = key.rpartition(".")[0]
        return self.places.get(key, self.at)

    @property
    def folder(self) -> str:
        """The address of the folder that its page and PDFs stand in, with a slash."""
        return self.url.removesuffix("index.html")

    @property
    def is_draft(self) -> bool:
        """Whether it is not adopted yet: a draft is no answer."""
        return self.status == "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(StatementHead):
    """One committee's answer to a consultation, with its text."""

    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    summary: tuple[Point, ...]
    proposals: tuple[Proposal, ...]
    suggested: tuple[Location, ...] = field(default=(), compare=False)
    """Where its file has points and proposals that no person has settled; they are nowhere else."""
    attached_source: bytes | None = field(default=None, repr=False)
    """Its file, where it is to stand in its PDF."""
    original: Original | None = None
    """The letter that it was made from, where that is known and was read."""
    earlier: Earlier | None = field(default=None, repr=False)
    """What it is compared with, where that was asked for."""
    versions: tuple[Version, ...] = field(default=(), repr=False)
    """Its published versions, the newest first."""
    history: tuple[LogEntry, ...] = field(default=(), repr=False)
    """The commits that changed its file, the newest first."""

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Its PDFs, the whole text first."""
        return papers_of(self.prints) + ((CHANGES,) if self.earlier else ())

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All evidence, of the points first."""
        points = tuple(quote for each in self.summary for quote in each.quotes)
        return points + tuple(quote for each in self.proposals for quote in each.quotes)

    @property
    def units(self) -> tuple[Unit, ...]:
        """All that has a number, in document order."""
        return tuple(unit for section in self.sections for unit in units_in(section.blocks))

    @property
    def answers(self) -> dict[str, Section]:
        """The sections that answer questions, by the questions' ids: of several, the first."""
        return {each.id: section for section in self.sections[::-1] for each in section.questions}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a link or an image of a text leads to inside the site."""

    url: str
    fragment: str
    written: str
    """As the author wrote it."""
    is_image: bool
    at: Location


@dataclass(frozen=True, slots=True)
class Reply:
    """What a statement says to one question, without the words."""

    heading: str | None
    """The id of the answer's heading; None where only the summary speaks of the question."""
    together: tuple[str, ...]
    """The ids of the other questions that the same words answer."""
    points: tuple[str, ...]
    """The texts of the summary's points about it."""
    proposals: int
    """How many proposals rest on the answer."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many proposals of a statement go one way in the same words."""

    move: str
    force: str
    count: int


@dataclass(frozen=True, slots=True)
class VersionHead:
    """What is known of a published version without its text."""

    name: str
    url: str
    lang: str
    title: str
    is_draft: bool
    prints: tuple[str, ...]
    files: tuple[tuple[str, str, bool], ...]
    """Of each file beside it: its address, its path in the content, whether a text shows it."""

    @property
    def folder(self) -> str:
        """The address of the folder that it stands in, with a slash."""
        return self.url.removesuffix("index.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(StatementHead):
    """What lists, rules and pages that show several statements know of one."""

    is_compared: bool
    """Whether it is compared with an earlier text."""
    summary: tuple[str, ...] = field(repr=False)
    """The texts of all its points."""
    proposed: tuple[Proposed, ...]
    """Its proposals, counted."""
    replies: Mapping[str, Reply] = field(repr=False)
    """What it says to the consultation's questions, by their ids."""
    anchors: frozenset[str] = field(repr=False)
    """The names of all places on its page that a text may link to."""
    references: tuple[Reference, ...] = field(repr=False)
    split: tuple[str, ...] = field(repr=False)
    """The ids of the passages whose marks were split."""
    versions: tuple[VersionHead, ...] = field(default=(), repr=False)

    @property
    def proposals(self) -> int:
        """How many it has."""
        return sum(each.count for each in self.proposed)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Its PDFs, the whole text first."""
        return papers_of(self.prints) + ((CHANGES,) if self.is_compared else ())

    def reply_to(self, question: Question) -> Reply | None:
        """What it says to a question."""
        return self.replies.get(question.id)

    def answers(self, question: Question) -> bool:
        """Whether it has an answer of its own to a question."""
        reply = self.reply_to(question)
        return reply is not None and reply.heading is not None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A statement's place in the meeting folder."""

    name: str
    """The name of its file without the ending, as the author wrote it."""
    statement: Card | None = field(repr=False)
    """None where there is no such statement."""
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What a statement's own page and PDFs show of its consultation."""

    url: str
    source: str
    """The path of its `index.md` inside `content/`."""
    lang: str
    title: str
    questions: tuple[Question, ...]
    has_sure_questions: bool = True
    """Whether the questions are as the author wrote them, so that a rule may rest on them."""
    publishes_drafts: bool = False
    """Whether drafts are given to readers too."""
    has_siblings: bool = False
    """Whether there are other statements beside it."""

    @property
    def folder(self) -> str:
        """The address of the folder that its page and data stand in, with a slash."""
        return self.url.removesuffix("index.html")

    def gives_out(self, statement: StatementHead) -> bool:
        """Whether readers are given a statement: a draft only where so asked."""
        return self.publishes_drafts or not statement.is_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation(CaseFacts):
    """A case: who asks whom about what, and the answers."""

    asked_by: str
    letter_dated: date | None
    deadline: date | None
    case_number: str | None
    committees: tuple[str, ...]
    """Those who were asked, where the consultation lists them."""
    prose: Prose
    statements: tuple[Card, ...]
    enclosures: tuple[Enclosure, ...] = ()
    held: tuple[Card, ...] = field(default=(), repr=False)
    """The drafts that are held back, without their words: their adopted versions stay."""
    agenda: tuple[AgendaItem, ...] = ()
    """The statements of the meeting folder, in their order, drafts that are held back too."""
    unsure: frozenset[str] = frozenset()
    """The keys of its front matter that are faulty."""
    places: Mapping[str, Location] = field(default_factory=dict, repr=False, compare=False)
    """Where its facts stand, by their keys."""
    at: Location = field(default=NOWHERE, compare=False)

    def is_sure(self, *keys: str) -> bool:
        """Whether these values are as the author wrote them, so that a rule may rest on them."""
        return self.unsure.isdisjoint(keys)

    def place(self, key: str) -> Location:
        """Where a value of its front matter stands."""
        return self.places.get(key, self.at)

    def sure(self, *keys: str) -> Iterator[Card]:
        """The statements whose values are as their authors wrote them."""
        return (each for each in self.statements if each.is_sure(*keys))

    @property
    def answers(self) -> tuple[Card, ...]:
        """The statements that were adopted: whatever counts answers counts these."""
        return tuple(each for each in self.statements if not each.is_draft)

    @property
    def drafting(self) -> frozenset[str]:
        """The committees that have a draft, and no statement yet."""
        heard = {each.committee for each in self.answers}
        return frozenset(each.committee for each in self.statements) - heard

    @property
    def silent(self) -> tuple[str, ...]:
        """The committees that were asked and have sent no statement; a draft is none."""
        heard = {each.committee for each in self.answers}
        return tuple(each for each in self.committees if each not in heard)

    @property
    def expected(self) -> tuple[str, ...]:
        """The committees that have answered, or should."""
        known = (*self.committees, *(each.committee for each in self.statements))
        return tuple(dict.fromkeys(known))

    def heard_on(self, question: Question) -> tuple[str, ...]:
        """The committees that have answered a question."""
        found = (each.committee for each in self.answers if each.answers(question))
        return tuple(dict.fromkeys(found))

    @property
    def proposals(self) -> int:
        """How many proposals all its statements have."""
        return sum(each.proposals for each in self.statements)

    @property
    def given_out(self) -> tuple[Card, ...]:
        """The statements that readers are given: the feed and the data never hold others."""
        return tuple(each for each in self.statements if self.gives_out(each))


@dataclass(frozen=True, slots=True)
class Page:
    """A free page."""

    url: str
    source: str
    lang: str
    title: str
    prose: Prose
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a page links to or shows: see `innspill.media.published`."""

    url: str
    source: str
    blob: Blob
    """As its author has it."""
    at: Location = field(default=NOWHERE, compare=False)
    is_shown: bool = False
    """Whether a text shows it, and doesn't only link to it."""


@dataclass(frozen=True, slots=True)
class Alias:
    """An old address, where a small page leads on to the new one."""

    url: str
    target: str
    """The address it leads on to."""
    title: str
    lang: str
    source: str
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What every page and PDF may show of the site, and what holds for every text."""

    title: str
    publisher: str
    contact: str | None
    lang: str
    address: str | None
    """Where the site is published, with a slash at the end, if it has a settled place."""
    declaration: str | None = None
    """The web address of its accessibility declaration."""
    noindex: bool = False
    """Whether search engines are asked to leave it out."""
    may_be_published: tuple[str, ...] = ()
    """Numbers, addresses and words that the texts may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(SiteFacts):
    """All that is published."""

    prose: Prose
    consultations: tuple[Consultation, ...]
    pages: tuple[Page, ...]
    attachments: tuple[Attachment, ...]
    menu: tuple[Page, ...] = field(default=(), repr=False)
    """The free pages that every page leads to."""
    print_only: tuple[Attachment, ...] = field(default=(), repr=False)
    """Files that only a meeting folder shows, since its drafts are held back elsewhere."""
    old_files: tuple[Attachment, ...] = field(default=(), repr=False)
    """What published versions of statements show, beside their pages."""
    aliases: tuple[Alias, ...] = ()
    at: Location = field(default=NOWHERE, compare=False)
    """Where its address stands, if it has one."""

    @property
    def statements(self) -> tuple[Card, ...]:
        """All statements of all consultations."""
        return tuple(each for case in self.consultations for each in case.statements)

    @property
    def proses(self) -> tuple[Prose, ...]:
        """The text of every page that is no statement."""
        cases = tuple(case.prose for case in self.consultations)
        return (self.prose, *cases, *(page.prose for page in self.pages))
