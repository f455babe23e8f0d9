"""The front matter's keys: which there are, which must be there, and what they hold.

One Struct for each kind of file; `read/convert.py` turns values into them. Unknown keys are
errors. The docstring under a field is what the manual and the hints say of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Struct, field

from innspill.read.convert import Unfit
from innspill.read.values import (
    FILLED,
    IN_WORDS,
    Address,
    Day,
    Figure,
    Force,
    Identifier,
    Language,
    Minutes,
    Move,
    Number,
    OldAddress,
    Paragraphs,
    Prints,
    Quotes,
    Status,
    Switch,
    TagForm,
    Text,
    Uuid,
    VoteResult,
    WebPage,
    filled,
)


class AttachmentFront(Struct, frozen=True, kw_only=True):
    """One file that a consultation or a statement comes with."""

    file: Text
    """The path from this file to the one that comes along."""
    title: Text
    """What the file is, in a few words."""


VERSION_TAGS = "<consultation>/<statement>/<date>-<word>"
"""The form of a version's tag, unless the site has another."""


class SiteFront(Struct, frozen=True, kw_only=True):
    """`content/index.md`."""

    title: Text
    """The site's name, on every page."""
    publisher: Text
    """Who answers for the site."""
    lang: Language = "nb"
    """The site's language: nb, nn or en."""
    contact: Text | None = None
    """How the publisher is reached: an e-mail address or a sentence."""
    url: Address | None = None
    """Where the site is published, if it has a settled address."""
    accessibility_declaration: WebPage | None = None
    """The address of the site's accessibility declaration at uustatus.no."""
    noindex: Switch = False
    """true asks search engines to leave the site out."""
    hide_case_officer: Switch = False
    """true leaves the case officers' names out of everything that is published."""
    may_be_published: list[Text] = []
    """Numbers, e-mail addresses and words that are for everyone: no warning is given of them."""
    prints: Prints = []
    """More forms of each statement's PDF."""
    version_tags: TagForm = VERSION_TAGS
    """The form of the tags of git that name published versions."""
    history: Switch = True
    """false leaves git's log out: the subjects of the commits that changed each statement."""
    history_authors: Switch = False
    """true names those who made the commits."""


class QuestionFront(Struct, frozen=True, kw_only=True):
    """One question of a consultation."""

    id: Identifier
    """The name by which an answer is bound to the question."""
    title: Text
    """A few words for menus and tables."""
    text: Text
    """The question's wording, without a number."""
    guidance: Paragraphs | None = None
    """What the letter says to help those who answer."""


def _distinct(questions: list[QuestionFront]) -> list[QuestionFront]:
    names = [question.id for question in questions]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Unfit("same_id", twice)
    if "general" in names:
        raise Unfit("reserved_id")
    return questions


class ClassFront(Struct, frozen=True, kw_only=True):
    """A class that a case is filed under."""

    system: Text | None = field(name="klassifikasjonssystemID", default=None)
    """Which system of classes."""
    number: Text = field(name="klasseID")
    """The class in it."""
    title: Text | None = field(name="tittel", default=None)
    """What the class is called."""


class ArchiveFront(Struct, frozen=True, kw_only=True):
    """Where a statement goes in an archive, in Noark 5's names; see `innspill pack --arkiv`."""

    entry_type: Literal["I", "U", "N", "X"] | None = field(name="journalposttype", default=None)
    """I (in), U (out), N or X (within the office), as seen from the archive that takes it."""
    year: Number | None = field(name="saksaar", default=None)
    """The year of the case that it is put into."""
    sequence: Number | None = field(name="sakssekvensnummer", default=None)
    """That case's number in the year."""
    system_id: Uuid | None = field(name="systemID", default=None)
    """The same case's identifier in the archive, a UUID."""
    series: Text | None = field(name="arkivdel", default=None)
    """For a new case: the part of the archive."""
    unit: Text | None = field(name="administrativEnhet", default=None)
    """For a new case: the unit that handles it."""
    responsible: Text | None = field(name="saksansvarlig", default=None)
    """For a new case: who is responsible for it."""
    classification: list[ClassFront] = field(name="klassifikasjon", default=[])
    """For a new case: the classes that it is filed under."""
    journal_unit: Text | None = field(name="journalenhet", default=None)
    """The unit that keeps the journal."""

    @property
    def names_case(self) -> bool:
        """Whether it says which case it is put into."""
        is_numbered = self.year is not None and self.sequence is not None
        return is_numbered or self.system_id is not None


class ConsultationFront(Struct, frozen=True, kw_only=True):
    """The `index.md` of a folder with statements: who asks whom about what."""

    title: Text
    """The name of the case."""
    asked_by: Text
    """Who asks."""
    letter_dated: Day | None = None
    """The date of the letter that asks."""
    deadline: Day | None = None
    """The last day to answer."""
    case_number: Text | None = None
    """The asking office's reference, as written."""
    committees: list[Text] = []
    """Those who are asked, to show who has not answered; named as in their statements."""
    lang: Language | None = None
    """The page's language, where it is not the site's."""
    attachments: list[AttachmentFront] = []
    """Files that come along, listed on the page: the asking office's letter first."""
    aliases: list[OldAddress] = []
    """Addresses that the page had before, each of which leads on to it."""
    publish_drafts: Switch = False
    """true gives readers the drafts too, marked, where the site is published with --output."""
    prints: Prints | None = None
    """More forms of the statements' PDFs, where they are not the site's."""
    agenda: list[Text] = []
    """The statements of the meeting folder in their order: their files' names without .md."""
    arkiv: ArchiveFront | None = None
    """Where its statements go in an archive, unless they say otherwise themselves."""
    questions: Annotated[list[QuestionFront], filled, _distinct, FILLED]
    """The questions, in the letter's order: they are numbered from 1."""


class VoteFront(Struct, frozen=True, kw_only=True):
    """How the committee voted."""

    result: VoteResult
    """unanimous, or majority with its figures."""
    votes_for: Figure | None = field(name="for", default=None)
    """Votes for the statement."""
    against: Figure | None = None
    """Votes against it."""
    parties: Text | None = None
    """Who voted how, in the minutes' words."""


class PointFront(Struct, frozen=True, kw_only=True):
    """One point of the summary, with its evidence."""

    about: Identifier
    """A question's id, or `general`."""
    point: Text
    """The point, in plain words."""
    quote: Quotes
    """The passage it rests on, or several; each stands exactly once in the body."""
    suggested: Switch = False
    """true while it is a suggestion of the program's, which no reader is given."""


class ProposalFront(Struct, frozen=True, kw_only=True):
    """One thing that the committee proposes."""

    what: Text
    """What is proposed, in a few words."""
    move: Move
    """Where it should go: to_district, to_city, cooperate or other."""
    force: Force
    """The letter's own words for how much it asks: bør, bør vurderes, kan …"""
    quote: Quotes
    """The passage it rests on, or several; each stands exactly once in the body."""
    suggested: Switch = False
    """true while it is a suggestion of the program's, which no reader is given."""


class WithdrawnFront(Struct, frozen=True, kw_only=True):
    """A version that is published no more."""

    tag: Text
    """The tag that named it: consultation/statement/date-word."""
    date: Day
    """The day that it was withdrawn."""
    why: Text
    """Why, in words for all to read."""


class StatementFront(Struct, frozen=True, kw_only=True):
    """A committee's statement. Facts hold only what the letter says."""

    kind: Literal["statement"] = "statement"
    """Only needed to say that a file is not a statement: `kind: page`."""
    title: Text
    """The letter's heading, as written."""
    committee: Text
    """Whose statement it is."""
    status: Status
    """draft or adopted."""
    adopted: Day | None = None
    """The day of the meeting that adopted it."""
    vote: Annotated[VoteFront, *IN_WORDS] | None = None
    """How the committee voted, or the same in words: `enstemmig`, `9 mot 6`."""
    minutes: Minutes | None = None
    """to_follow while the final minutes are awaited, final once they are there."""
    dated: Day | None = None
    """The letter's date."""
    our_reference: Text | None = None
    """The committee's reference, as written."""
    your_reference: Text | None = None
    """The asking office's reference, as written."""
    case_officer: Text | None = None
    """Who handles the case."""
    recipient: Text | None = None
    """To whom the letter is sent."""
    lang: Language | None = None
    """The statement's language, where it is not the site's."""
    attachments: list[AttachmentFront] = []
    """Files that come along, listed on the page."""
    original: Text | None = None
    """The file of the letter as it was sent: every word of the text is held to it."""
    left_out: list[Text] = []
    """Paragraphs of the original that stand nowhere in the text, such as running heads."""
    aliases: list[OldAddress] = []
    """Addresses that the page had before, each of which leads on to it."""
    compare_with: Text | None = None
    """A tag, branch or commit of git: what changed since then is shown beside the statement."""
    withdrawn: list[WithdrawnFront] = []
    """Versions that are published no more, each with the day and the reason."""
    hide_case_officer: Switch | None = None
    """true or false for this statement, where it differs from the site."""
    attach_source: Switch = False
    """true puts this file and its data into the PDF of the whole statement."""
    prints: Prints | None = None
    """More forms of the PDF, where they are not the consultation's."""
    arkiv: ArchiveFront | None = None
    """Where it goes in an archive, key by key where that is not the consultation's."""
    summary: list[PointFront] = []
    """The points of the summary, each with its evidence."""
    proposals: list[ProposalFront] = []
    """What the committee proposes, each with its evidence."""


class PageFront(Struct, frozen=True, kw_only=True):
    """A free page."""

    kind: Literal["page"] = "page"
    """`page` makes a page of a file that stands among statements."""
    title: Text
    """The page's heading."""
    lang: Language | None = None
    """The page's language, where it is not the site's."""
    aliases: list[OldAddress] = []
    """Addresses that the page had before, each of which leads on to it."""


AnyFront = SiteFront | ConsultationFront | StatementFront | PageFront

SCHEMAS: Mapping[str, type[AnyFront]] = {
    "site": SiteFront,
    "consultation": ConsultationFront,
    "statement": StatementFront,
    "page": PageFront,
}
"""The keys of each kind of file, by the name of the kind."""

MODELS: tuple[type[Struct], ...] = (
    SiteFront, ConsultationFront, QuestionFront, StatementFront, VoteFront, PointFront,
    ProposalFront, PageFront, AttachmentFront, WithdrawnFront, ArchiveFront, ClassFront,
)  # fmt: skip
"""All of them, for the catalogue and the documentation."""
