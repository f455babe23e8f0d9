"""The front matter's keys: which there are, which must be there, and what they hold.

One Struct for each kind of file; `read/convert.py` turns values into them. Unknown keys are
errors. The docstring under a field is what the manual and the hints say of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args

from msgspec import Struct, field

from innspill.forms import FORMS
from innspill.messages import languages
from innspill.read.convert import Before, Unfit
from innspill.read.paths import alias_url
from innspill.read.written_values import (
    LANGUAGE,
    MINUTES,
    MOVE,
    PRINTS,
    RESULT,
    STATUS,
    YES_OR_NO,
    written_day,
)

FIRST_YEAR = 1838
"""When Norway's municipalities began: the year of an earlier day is a slip."""


def _calendar_day(value: object) -> date:
    """A date as ISO 8601 writes it (5.2.2.1, extended: YYYY-MM-DD)."""
    text = str(value)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise Unfit("date_form")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unfit("date_impossible") from None
    if day.year < FIRST_YEAR:
        raise Unfit("date_ancient")
    return day


def _words(value: str) -> str:
    """Text on one line: breaks and runs of spaces as one space, and not empty."""
    text = " ".join(value.split())
    if not text.replace("\u00ad", ""):
        raise Unfit("empty_text")
    return text


def _language(value: str) -> str:
    if value not in languages():
        raise Unfit("language", *languages())
    return value


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", value):
        raise Unfit("identifier")
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise Unfit("address")
    return value if value.endswith("/") else value + "/"


def _web_page(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/\S*)?", value):
        raise Unfit("address")
    return value


def _old_address(value: str) -> str:
    if (url := alias_url(value)) is None:
        raise Unfit("alias")
    return url


def _form_of_tags(value: str) -> str:
    parts = re.split(r"(<[^>]*>)", value)
    names, between = parts[1::2], parts[2:-1:2]
    asked = {"<statement>", "<date>", "<word>"}
    is_whole = sorted(names) in (sorted(asked), sorted({*asked, "<consultation>"}))
    is_clear = all(between) and not re.search(r"<consultation>(?!/)", value)
    if not (is_whole and is_clear and re.fullmatch(r"[\w./@+-]*", "".join(parts[::2]), re.ASCII)):
        raise Unfit("tag_form")
    return value


def _switch(value: object) -> bool:
    if value not in ("true", "false"):
        raise Unfit("switch")
    return value == "true"


def _few_words(value: str) -> str:
    if not 1 <= len(re.findall(r"\w+", value)) <= 6:
        raise Unfit("no_words")
    return value


def _figure(value: object) -> int:
    """The votes of a committee; Python itself takes `1_0`, `+1` and other scripts' digits."""
    if not isinstance(value, str) or not re.fullmatch(r"\s*-?[0-9]+\s*", value):
        raise Unfit("no_figure")
    if len(value.strip()) > len("9999"):
        raise Unfit("too_many")
    if int(value) < 0:
        raise Unfit("too_few")
    return int(value)


def _form(value: str) -> str:
    if value not in FORMS:
        raise Unfit("none_of_its_values", *FORMS)
    return value


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _filled(value: list[Any]) -> list[Any]:
    if not value:
        raise Unfit("empty_list")
    return value


ANY_TEXT = (_words, str.strip)
Text = Annotated[str, ANY_TEXT[0]]
Paragraphs = Annotated[str, ANY_TEXT[1]]
Day = Annotated[date, Before(written_day), Before(_calendar_day)]
Language = Annotated[str, Before(LANGUAGE), _language]
Identifier = Annotated[str, _identifier]
Address = Annotated[str, _address]
WebPage = Annotated[str, _web_page]
OldAddress = Annotated[str, _old_address]
TagForm = Annotated[str, _form_of_tags]
Switch = Annotated[bool, Before(YES_OR_NO), Before(_switch)]
Force = Annotated[Text, _few_words]
Figure = Annotated[int, Before(_figure)]
Form = Annotated[str, Before(PRINTS), _form]
Prints = Annotated[list[Form], Before(_one_or_more)]
Status = Annotated[Literal["draft", "adopted"], Before(STATUS)]
Result = Annotated[Literal["unanimous", "majority"], Before(RESULT)]
Minutes = Annotated[Literal["to_follow", "final"], Before(MINUTES)]
Move = Annotated[Literal["to_district", "to_city", "cooperate", "other"], Before(MOVE)]
Quotes = Annotated[list[Text], Before(_one_or_more), _filled]


def is_free_text(annotation: Any) -> bool:
    """Whether a type is text in the writer's own words, or a list of such."""
    parts = get_args(annotation)
    if _few_words in parts:
        return False
    return any(each in ANY_TEXT or is_free_text(each) for each in parts)


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
    questions: Annotated[list[QuestionFront], _filled, _distinct]
    """The questions, in the letter's order: they are numbered from 1."""


class VoteFront(Struct, frozen=True, kw_only=True):
    """How the committee voted."""

    result: Result
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
    vote: VoteFront | None = None
    """How the committee voted."""
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
    ProposalFront, PageFront, AttachmentFront, WithdrawnFront,
)  # fmt: skip
"""All of them, for the catalogue and the documentation."""
