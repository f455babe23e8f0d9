"""Front matter against its schema: every fault with its place, and what is left typed.

A file with faults still gives a front matter, its faulty values left out or blank, so
that what depends on the rest (links, quotes, answers) is checked in the same run. A site
with such a file is never rendered.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from msgspec import Struct

from innspill.diagnostics import Diagnostic, error, warning
from innspill.messages import Message, Sentence, joined, say, sentence
from innspill.nearest import nearest, with_nearest
from innspill.read.convert import Misfit, converter, schema_fields
from innspill.read.keys import field_at, field_doc, keys_of, model_at
from innspill.read.schema import VERSION_TAGS, AnyFront
from innspill.read.values import is_free_text
from innspill.read.wording import key_meant_by, offered, words_for
from innspill.read.yaml_nodes import FrontMatter, Path

BLANKS: dict[str, Any] = {
    "title": "?",
    "publisher": "?",
    "asked_by": "?",
    "committee": "?",
    "status": "adopted",
    "questions": [{"id": "blank", "title": "?", "text": "?"}],
}
"""What stands in for a required value that is missing or faulty."""


BAD_VALUES: dict[str, tuple[Sentence, Sentence | None]] = {
    "date_form": (
        sentence('{key}: "{value}" is not a date'),
        sentence("write year-month-day, as in 2024-03-21, or day.month.year, as in 21.03.2024"),
    ),
    "date_impossible": (sentence('{key}: there is no day "{value}"'), None),
    "date_doubtful": (
        sentence('{key}: "{value}" can be read as more than one day'),
        sentence("write year-month-day, as in 2024-03-21, or day.month.year, as in 21.03.2024"),
    ),
    "date_ancient": (
        sentence('{key}: "{value}" is before there were committees'),
        sentence("write year-month-day, as in 2024-03-21, or day.month.year, as in 21.03.2024"),
    ),
    "language": (
        sentence('{key}: there is no language "{value}"'),
        sentence("the languages are: {names}"),
    ),
    "none_of_its_values": (
        sentence('{key}: "{value}" is not one of its values'),
        sentence("the values are: {names}"),
    ),
    "identifier": (
        sentence('{key}: "{value}" can\'t be an id'),
        sentence("use small letters a–z, digits and single hyphens, a letter first"),
    ),
    "no_number": (
        sentence('{key}: "{value}" is not a number'),
        sentence("write its digits alone, as in 7516"),
    ),
    "no_uuid": (
        sentence('{key}: "{value}" is no UUID'),
        sentence("write it as the archive shows it, as in 12345678-90ab-cdef-1234-567890abcdef"),
    ),
    "address": (
        sentence('{key}: "{value}" is not a web address'),
        sentence("write it whole, as in https://www.example.org/innspill/"),
    ),
    "alias": (
        sentence('{key}: "{value}" can\'t be an old address of this site'),
        sentence(
            "write the path behind the site's own address, as in gammel/sti/ or gammel/side.html"
        ),
    ),
    "tag_form": (
        sentence('{key}: "{value}" is no form of a tag'),
        sentence(
            "write <statement>, <date> and <word> once each, with a sign between them, and "
            "<consultation>/ before them if you like, as in {form}"
        ),
    ),
    "switch": (
        sentence('{key}: "{value}" is neither true nor false'),
        sentence("write true or false"),
    ),
    "same_id": (sentence('{key}: two questions have the id "{id}"'), None),
    "reserved_id": (
        sentence('{key}: the id "general" stands for the general part'),
        sentence("choose another id for the question"),
    ),
    "no_words": (
        sentence('{key}: "{value}" is no words of a letter'),
        sentence("write the letter's own words, six at most: bør, kan vurderes …"),
    ),
    "empty_text": (sentence("{key} is empty"), None),
    "empty_list": (sentence("{key} is empty"), None),
    "no_figure": (sentence('{key}: "{value}" is not a whole number'), None),
    "no_vote": (
        sentence('{key}: "{value}" is no vote'),
        sentence("write enstemmig, or 9 mot 6, or `result: …` and the figures on lines below"),
    ),
    "too_many": (sentence('{key}: "{value}" is more votes than a committee has'), None),
    "too_few": (sentence('{key}: "{value}" is less than nothing'), None),
    "no_text": (
        sentence("{key} must be text"),
        sentence("text that holds `: ` or begins with a sign must stand in quotation marks"),
    ),
    "no_list": (
        sentence("{key} must be a list"),
        sentence("write one item on each line, with `- ` in front"),
    ),
    "no_mapping": (
        sentence("{key} must be a mapping"),
        sentence("write one `key: value` on each line, indented below it"),
    ),
}
"""What is said of each kind of misfit, and what to do about it."""


def blank(schema: type[AnyFront]) -> AnyFront:
    """A front matter that says nothing, for a file whose own can't be read at all."""
    needed = {key for key, field in schema_fields(schema).items() if field.required}
    return _front({key: BLANKS[key] for key in needed}, schema)


def validate(
    front: FrontMatter, schema: type[AnyFront]
) -> tuple[AnyFront, list[Diagnostic], frozenset[Path]]:
    """The typed front matter, its faults, and the faulty parts that were left out.

    Their paths count the items of lists as the file has them.
    """
    lost = {path for path in front.places if path and _at(front.values, path) is None}
    empty = frozenset(lost)
    faults = [_without_value(front, path, schema) for path in sorted(empty, key=str)]
    faults += _comments(front, schema)
    for round_ in range(2):  # without the faulty items, a list may be too short or hold two alike
        values = _without(front.values, lost)
        if round_:
            _fill_in(values, schema)
        found: list[Misfit] = []
        made: AnyFront | None = converter(schema)(values, (), found)
        if made is not None:
            return made, faults, frozenset(lost)
        details = [_as_in_file(each, front.values, lost) for each in found]
        faults += _news(details, front, schema, lost)
        lost |= {_faulty_part(each) for each in details}
    lost = {path[:1] for path in lost}
    values = _without(front.values, lost)
    _fill_in(values, schema)
    return _front(values, schema), faults, frozenset(lost)


def _front(values: dict[str, Any], schema: type[AnyFront]) -> AnyFront:
    """The front matter of values in which there is no fault."""
    faults: list[Misfit] = []
    made: AnyFront | None = converter(schema)(values, (), faults)
    assert made is not None, faults
    return made


def _comments(front: FrontMatter, schema: type[AnyFront]) -> Iterator[Diagnostic]:
    """Warns where what was meant as text is taken for a comment, and cut off."""
    for path, (at, comment) in front.comments.items():
        is_text = _at(front.values, path) is not None and _is_free_text(schema, path)
        if is_text or re.match("#[^\\s#]", comment):
            message = say("YAML reads what follows ` #` as a comment, not as part of the text")
            hint = say("put the whole text in quotation marks; a comment has a line of its own")
            yield warning("yaml-comment", message, at, hint)


def _is_free_text(schema: type[AnyFront], path: Path) -> bool:
    """Whether the value at `path` is text in the writer's own words."""
    keys = [index for index, part in enumerate(path) if isinstance(part, str)]
    field = field_at(schema, path[: keys[-1] + 1]) if keys else None
    return field is not None and is_free_text(field.type)


def _as_in_file(fault: Misfit, values: Any, lost: set[Path]) -> Misfit:
    """A fault with its path as the file has it: the items that were left out count too."""
    path: Path = ()
    for part in fault.path:
        around = _at(values, path) if _is_there(values, path) else None
        if isinstance(part, int) and isinstance(around, list):
            kept = [index for index in range(len(around)) if (*path, index) not in lost]
            path = (*path, kept[part])
        else:
            path = (*path, part)
    return replace(fault, path=path)


def _news(
    details: list[Misfit], front: FrontMatter, schema: type[AnyFront], lost: set[Path]
) -> Iterator[Diagnostic]:
    """The faults that are the author's, and don't come of others.

    A key that is written wrong is told once, not as one too many and one too few, and keys
    that were to stand below another are told with that.
    """
    news = [each for each in details if _is_news(each, lost)]
    missing = {each.path for each in news if each.kind == "missing"}
    meant = {
        (*each.path[:-1], near)
        for each in news
        if each.kind == "unknown"
        and (near := _key_meant(str(each.path[-1]), keys_of(schema, each.path[:-1])))
    }
    for each in news:
        is_consequence = each.path in missing & meant
        if each.kind == "unknown":
            is_consequence = _is_out_of_place(each.path, schema, lost)
        if not is_consequence:
            yield _diagnose(each, front, schema)


def _is_news(fault: Misfit, lost: set[Path]) -> bool:
    """Whether a fault is the author's, and does not come of what was left out."""
    path = fault.path
    if fault.kind in {"empty_list", "missing"}:
        return not any(each[: len(path)] == path for each in lost)
    return path not in lost


def _is_out_of_place(path: Path, schema: type[Struct], lost: set[Path]) -> bool:
    """Whether an unknown key is one of those that an empty key beside it is to hold."""
    return any(each[:-1] == path[:-1] and path[-1] in keys_of(schema, each) for each in lost)


def _fill_in(values: dict[str, Any], schema: type[AnyFront]) -> None:
    for key, field in schema_fields(schema).items():
        if field.required and not values.get(key):
            values[key] = copy.deepcopy(BLANKS[key])


def _without(values: dict[str, Any], paths: set[Path]) -> dict[str, Any]:
    """The values without those at some paths."""
    left = copy.deepcopy(values) if paths else values
    for path in sorted(paths, key=_last_first, reverse=True):
        _remove(left, path)
    return left


def _faulty_part(fault: Misfit) -> Path:
    """What must go for the rest to be valid: the unknown key, the list's item or the key."""
    path = fault.path
    if fault.kind == "unknown":
        return path
    return path[:2] if len(path) > 1 and isinstance(path[1], int) else path[:1]


def _last_first(path: Path) -> tuple[str, ...]:
    """A sort key that puts later items of a list behind earlier ones."""
    return tuple(f"{part:06}" if isinstance(part, int) else part for part in path)


def _at(values: Any, path: Path) -> Any:
    for part in path:
        if isinstance(values, str):
            raise TypeError(part)  # a letter of a text is no part of it
        values = values[part]
    return values


def _is_there(values: Any, path: Path) -> bool:
    try:
        _at(values, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _remove(values: Any, path: Path) -> None:
    if _is_there(values, path):  # else a part around it went first
        del _at(values, path[:-1])[path[-1]]


def _without_value(front: FrontMatter, path: Path, schema: type[Struct]) -> Diagnostic:
    message = say("{key} has no value", key=_name(path))
    hint = say("write the value behind the colon, or leave the line out")
    if isinstance(path[-1], int):
        hint = say("write the value behind the hyphen, or leave the line out")
    elif keys_of(schema, path):
        hint = say("write its values below it, each line indented, or leave the line out")
    return error("empty-value", message, front.locate_key(path), hint)


def _name(path: Path) -> str:
    """`proposals[3].force`, counted from 1 as people count."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _diagnose(fault: Misfit, front: FrontMatter, schema: type[AnyFront]) -> Diagnostic:
    path = fault.path
    match fault.kind:
        case "unknown":
            message = say('unknown key "{key}"', key=path[-1])
            if "\u00a0" in str(path[-1]):
                message = say("the key holds a no-break space (U+00A0): write a usual one")
            hint = _key_hint(str(path[-1]), keys_of(schema, path[:-1]))
            return error("unknown-key", message, front.locate_key(path), hint)
        case "missing":
            message = say('the key "{key}" is missing', key=path[-1])
            hint = say(
                "add `{key}: …`. It holds: {what}", key=path[-1], what=_description(schema, path)
            )
            return error("missing-key", message, front.locate(path), hint)
    message, advice = _bad_value(fault)
    return error("bad-value", message, front.locate(path), advice)


def _bad_value(fault: Misfit) -> tuple[Message, Message | None]:
    kind, value = fault.kind, fault.value
    told, advice = BAD_VALUES[kind]
    if kind == "language" and value == "no":
        advice = sentence("write nb for bokmål, nn for nynorsk")
    if kind == "no_text" and not isinstance(value, list | dict):
        advice = None
    values = {
        "key": _name(fault.path),
        "value": value if isinstance(value, str) else "",
        "id": "".join(fault.names[:1]),
        "names": joined(", ", map(offered, fault.names)),
        "form": VERSION_TAGS,
    }
    hint = advice.filled(**values) if advice else None
    if hint and kind == "none_of_its_values":
        hint = with_nearest(str(value), words_for(fault.names), hint)
    return told.filled(**values), hint


def _key_hint(key: str, keys: list[str]) -> Message:
    if meant := key_meant_by(key, keys):
        return say("write `{key}`: keys have English names", key=meant)
    return with_nearest(key, keys, say("the keys here are: {names}", names=", ".join(keys)))


def _key_meant(key: str, keys: list[str]) -> str | None:
    return key_meant_by(key, keys) or nearest(key, keys)


def _description(schema: type[Struct], path: Path) -> Message:
    model, field = model_at(schema, path[:-1]), field_at(schema, path)
    if model is None or field is None:
        return joined("", (str(path[-1]),))
    return field_doc(model, field.name)
