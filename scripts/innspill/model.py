"""The model: the whole site as immutable values, complete when made.

`Site` → `Consultation` → `Statement` → `Section` → `Unit`, and beside them `Question`,
`Point`, `Proposal`, `Page`. What could not be resolved is in the model as such (a
`Broken` link, a `Quote` without passages), for the rules in `check` to report.

Addresses (`url`) are paths inside the published folder, with forward slashes, and end
in a file's name: `oppgavefordeling-2024/alna/index.html`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from innspill.diagnostics import Location
from innspill.messages import Message

NOWHERE = Location("")


# Text, and what stands in it.


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters."""

    value: str


@dataclass(frozen=True, slots=True)
class Element:
    """An element named as in HTML."""

    tag: str
    children: tuple[Node, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    at: Location = field(default=NOWHERE, compare=False)

    def get(self, name: str) -> str:
        """An attribute's value, empty where it has none."""
        return dict(self.attributes).get(name, "")


@dataclass(frozen=True, slots=True)
class External:
    """A target outside the site."""

    address: str


@dataclass(frozen=True, slots=True)
class Internal:
    """A page or a file of the site, and perhaps a place on the page."""

    url: str
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A target that leads nowhere, or where no link may lead."""

    code: str
    why: Message
    hint: Message | None = None


Target = External | Internal | Broken


@dataclass(frozen=True, slots=True)
class Link:
    """A link and what is to be clicked."""

    target: Target
    children: tuple[Node, ...]
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Image:
    """An image; `alternative` is what is read aloud in its place."""

    target: Target
    alternative: str
    caption: str = ""
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark in the text that leads to a footnote."""

    note: int
    """The footnote's number, from 1."""
    nth: int
    """How many marks of the same note stand before this one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text that evidence rests on."""

    passages: tuple[str, ...]
    """The ids of all passages that cover it."""
    begins: tuple[str, ...]
    """The ids of those that begin here."""
    children: tuple[Node, ...]


Node = Text | Element | Link | Image | NoteMark | Mark


# Blocks.


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between blocks; it takes no number."""

    kind: ClassVar[str] = "heading"
    level: int
    id: str
    children: tuple[Node, ...]
    text: str
    answers: tuple[str, ...] = ()
    """The ids of the questions that what follows answers."""
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Unit:
    """What takes one number: a paragraph, a list's item, a table, a quotation, a figure."""

    kind: ClassVar[str] = "unit"
    id: str
    """`p5-2`."""
    number: str
    """`5.2`."""
    element: Element
    text: str
    """Its plain text, as quotes are compared with it."""
    at: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class UnitList:
    """A list whose items are units."""

    kind: ClassVar[str] = "list"
    ordered: bool
    start: int
    items: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Minority:
    """A minority's remark: set apart everywhere, never the committee's view."""

    kind: ClassVar[str] = "minority"
    by: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """A block that takes no number: a thematic break, or any block of a free page."""

    kind: ClassVar[str] = "plain"
    element: Element


Block = Heading | Unit | UnitList | Minority | Plain


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    number: int
    children: tuple[Node, ...]
    marks: int
    """How many marks in the text lead to it."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of a free page, or of the page of a site or a consultation."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()


# A consultation and its answers.


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a consultation."""

    id: str
    number: int
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

    @property
    def is_answer(self) -> bool:
        """Whether a heading with ids begins it."""
        return self.heading is not None


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
class Vote:
    """How the committee voted."""

    result: str
    votes_for: int | None
    against: int | None
    parties: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the letter says of itself."""

    adopted: date | None
    vote: Vote | None
    minutes: str | None
    dated: date | None
    our_reference: str | None
    your_reference: str | None
    case_officer: str | None
    recipient: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One committee's answer to a consultation."""

    url: str
    source: str
    """The path of its file inside `content/`."""
    digest: str
    """The SHA-256 of that file."""
    lang: str
    title: str
    committee: str
    status: str
    facts: Facts
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    summary: tuple[Point, ...]
    proposals: tuple[Proposal, ...]
    at: Location = field(default=NOWHERE, compare=False)

    @property
    def folder(self) -> str:
        """The address of the folder that its page and PDFs stand in, with a slash."""
        return self.url.removesuffix("index.html")

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All evidence, of the points first."""
        points = tuple(quote for each in self.summary for quote in each.quotes)
        return points + tuple(quote for each in self.proposals for quote in each.quotes)

    @property
    def units(self) -> tuple[Unit, ...]:
        """All that has a number, in document order."""
        return tuple(unit for section in self.sections for unit in units_in(section.blocks))

    def answer_to(self, question: Question) -> Section | None:
        """The section that answers a question."""
        return next((each for each in self.sections if question in each.questions), None)


@dataclass(frozen=True, slots=True)
class Consultation:
    """A case: who asks whom about what, and the answers."""

    url: str
    source: str
    lang: str
    title: str
    asked_by: str
    letter_dated: date | None
    deadline: date | None
    case_number: str | None
    questions: tuple[Question, ...]
    sure_questions: bool
    """False where the questions have faults of their own, so that no more is said of them."""
    prose: Prose
    statements: tuple[Statement, ...]
    at: Location = field(default=NOWHERE, compare=False)


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
    """A file that a page links to or shows, published as it is."""

    url: str
    source: str
    data: bytes = field(repr=False)
    digest: str
    """The SHA-256 of its bytes."""


@dataclass(frozen=True, slots=True)
class Site:
    """All that is published."""

    title: str
    publisher: str
    contact: str | None
    lang: str
    address: str | None
    """Where the site is published, with a slash at the end, if it has a settled place."""
    prose: Prose
    consultations: tuple[Consultation, ...]
    pages: tuple[Page, ...]
    attachments: tuple[Attachment, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements of all consultations."""
        return tuple(each for case in self.consultations for each in case.statements)

    @property
    def proses(self) -> tuple[Prose, ...]:
        """The text of every page that is no statement."""
        cases = tuple(case.prose for case in self.consultations)
        return (self.prose, *cases, *(page.prose for page in self.pages))


def units_in(blocks: tuple[Block, ...]) -> Iterator[Unit]:
    """Every numbered unit among blocks, in order, those of a minority's remark too."""
    for block in blocks:
        match block:
            case Unit():
                yield block
            case UnitList():
                yield from block.items
            case Minority():
                yield from units_in(block.blocks)


def nodes_in(blocks: tuple[Block, ...]) -> Iterator[Node]:
    """Every node of every block, in order, each before what is in it."""
    for block in blocks:
        match block:
            case Heading():
                yield from walk(block.children)
            case Unit() | Plain():
                yield from walk((block.element,))
            case UnitList():
                yield from walk(tuple(item.element for item in block.items))
            case Minority():
                yield from nodes_in(block.blocks)


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """The nodes and all below them, each before what is in it."""
    for node in nodes:
        yield node
        if isinstance(node, Element | Link | Mark):
            yield from walk(node.children)
