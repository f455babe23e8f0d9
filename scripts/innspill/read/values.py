"""The types of front matter's values: what each holds, how it is read, and what a schema says.

Behind a type stand, in `Annotated`, how else it may be written (`WrittenAs`), the functions that
look at it (see `read/convert.py`), and what JSON Schema can say of all that (`InSchema`).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from innspill.forms import FORMS
from innspill.json_schema import InSchema, Schema
from innspill.messages import languages
from innspill.read import wording
from innspill.read.convert import Before, Unfit, WrittenAs
from innspill.read.days import (
    EITHER_WAY,
    FIRST_YEAR,
    SETTLED,
    day_pattern,
    is_a_day_that_never_was,
    settled_day,
)
from innspill.read.paths import alias_url

IDENTIFIER = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
ADDRESS = r"https?://[^\s/?#]+(/[^\s?#]*)?"
NUMBER = "[0-9]{1,9}"
UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
WEB_PAGE = r"https?://[^\s/?#]+(/\S*)?"
SCALARS = ["string", "number", "boolean"]
"""What other programs take unquoted text for."""


def _pattern(pattern: str) -> InSchema:
    return InSchema(lambda inner: {**inner, "pattern": f"^{pattern}$"})


def _calendar_day(value: object) -> date:
    """A date as ISO 8601 writes it (5.2.2.1, extended: YYYY-MM-DD), and no other way."""
    text = str(value)
    try:
        day = date.fromisoformat(text) if SETTLED.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        is_impossible = is_a_day_that_never_was(text)
        kind = "date_doubtful" if EITHER_WAY.fullmatch(text) else "date_form"
        raise Unfit("date_impossible" if is_impossible else kind)
    if day.year < FIRST_YEAR:
        raise Unfit("date_ancient")
    return day


def _words(value: str) -> str:
    """Text on one line: breaks and runs of spaces as one space, and not empty."""
    text = " ".join(value.split())
    if not text.replace("\u00ad", "").strip():
        raise Unfit("empty_text")
    return text


def _language(value: str) -> str:
    if value not in languages():
        raise Unfit("language", *languages())
    return value


def _identifier(value: str) -> str:
    if not re.fullmatch(IDENTIFIER, value):
        raise Unfit("identifier")
    return value


def _address(value: str) -> str:
    if not re.fullmatch(ADDRESS, value):
        raise Unfit("address")
    return value if value.endswith("/") else value + "/"


def _web_page(value: str) -> str:
    if not re.fullmatch(WEB_PAGE, value):
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


def _figure_in_schema(_: Schema) -> Schema:
    digits = {"pattern": r"^\s*(?:[0-9]{1,4}|-0{1,3})\s*$", "type": "string"}
    return {"anyOf": [{"maximum": 9999, "minimum": 0, "type": "integer"}, digits]}


def _number(value: object) -> int:
    """A number of a case, which may be longer than that of any committee's votes."""
    if not isinstance(value, str) or not re.fullmatch(NUMBER, value):
        raise Unfit("no_number")
    return int(value)


def _number_in_schema(_: Schema) -> Schema:
    digits = {"pattern": f"^{NUMBER}$", "type": "string"}
    return {"anyOf": [{"maximum": 999_999_999, "minimum": 0, "type": "integer"}, digits]}


def _uuid(value: str) -> str:
    if not re.fullmatch(UUID, value):
        raise Unfit("no_uuid")
    return value


def _form(value: str) -> str:
    if value not in FORMS:
        raise Unfit("none_of_its_values", *FORMS)
    return value


def _no_other_words(value: object) -> object:
    if isinstance(value, str):
        raise Unfit("no_vote")
    return value


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


def filled(value: list[Any]) -> list[Any]:
    """A list that holds something. Raises Unfit."""
    if not value:
        raise Unfit("empty_list")
    return value


ANY_TEXT = (_words, str.strip)
ONE_OR_MORE = InSchema(lambda inner: {"anyOf": [inner["items"], inner]})
FILLED = InSchema(lambda inner: {**inner, "minItems": 1})

Text = Annotated[str, ANY_TEXT[0], InSchema(lambda _: {"pattern": r"[^\s\u00ad]", "type": SCALARS})]
Paragraphs = Annotated[str, ANY_TEXT[1], InSchema(lambda _: {"type": SCALARS})]
Day = Annotated[
    date,
    WrittenAs(settled_day),
    Before(_calendar_day),
    InSchema(lambda _: {"pattern": day_pattern(), "type": "string"}),
]
Language = Annotated[
    str,
    WrittenAs(wording.LANGUAGE.settled),
    _language,
    InSchema(lambda _: wording.LANGUAGE.in_schema({"enum": list(languages()), "type": "string"})),
]
Identifier = Annotated[
    str,
    _identifier,
    InSchema(lambda _: {"pattern": f"^{IDENTIFIER}$", "type": ["string", "boolean"]}),
]
Address = Annotated[str, _address, _pattern(ADDRESS)]
WebPage = Annotated[str, _web_page, _pattern(WEB_PAGE)]
OldAddress = Annotated[str, _old_address, InSchema(lambda _: {"type": SCALARS})]
TagForm = Annotated[str, _form_of_tags]
Switch = Annotated[
    bool,
    WrittenAs(wording.SWITCH.settled),
    Before(_switch),
    InSchema(lambda _: wording.SWITCH.in_schema({"enum": [True, False, "true", "false"]})),
]
Force = Annotated[Text, _few_words]
Figure = Annotated[int, Before(_figure), InSchema(_figure_in_schema)]
Number = Annotated[int, Before(_number), InSchema(_number_in_schema)]
Uuid = Annotated[str, _uuid, _pattern(UUID)]
Form = Annotated[
    str,
    WrittenAs(wording.FORM.settled),
    _form,
    InSchema(lambda _: wording.FORM.in_schema({"enum": list(FORMS), "type": "string"})),
]
Prints = Annotated[list[Form], Before(_one_or_more), ONE_OR_MORE]
Quotes = Annotated[list[Text], Before(_one_or_more), filled, FILLED, ONE_OR_MORE]
Status = Annotated[
    Literal["draft", "adopted"],
    WrittenAs(wording.STATUS.settled),
    InSchema(wording.STATUS.in_schema),
]
VoteResult = Annotated[
    Literal["unanimous", "majority"],
    WrittenAs(wording.RESULT.settled),
    InSchema(wording.RESULT.in_schema),
]
IN_WORDS = (
    WrittenAs(wording.vote_in_words),
    Before(_no_other_words),
    InSchema(wording.vote_in_schema),
)
"""Of a vote: it may stand in words on one line."""
Minutes = Annotated[
    Literal["to_follow", "final"],
    WrittenAs(wording.MINUTES.settled),
    InSchema(wording.MINUTES.in_schema),
]
Move = Annotated[
    Literal["to_district", "to_city", "cooperate", "other"],
    WrittenAs(wording.MOVE.settled),
    InSchema(wording.MOVE.in_schema),
]


def is_free_text(annotation: Any) -> bool:
    """Whether a type is text in the writer's own words, or a list of such."""
    parts = get_args(annotation)
    if _few_words in parts:
        return False
    return any(each in ANY_TEXT or is_free_text(each) for each in parts)
