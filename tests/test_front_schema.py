"""The JSON Schema of front matter: it says of a front matter what the program says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
import yaml
from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validators
from msgspec import Struct
from sites import CASE, CONTENT, EXAMPLE, HEAD, innspill

from innspill.cli import KINDS
from innspill.front_schema import front_schema
from innspill.messages import catalogue
from innspill.read.convert import Misfit, converter, schema_fields
from innspill.read.days import MONTHS, YEAR, day_pattern, settled_day
from innspill.read.schema import SCHEMAS, AnyFront, StatementFront
from innspill.read.settle import settled
from innspill.read.source import split
from innspill.read.yaml_nodes import parse_front_matter

BEYOND_A_SCHEMA = {"same_id", "reserved_id", "alias", "tag_form", "no_words"}
"""What the program finds and JSON Schema has no words for: see `innspill.front_schema`."""


def _pattern(_: Any, pattern: str, value: object, __: Any) -> Iterator[ValidationError]:
    """`pattern` as ECMA-262 has it, where `$` stands for the end alone."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} is not as {pattern} has it")


Validator = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": _pattern}
)


@cache
def validator(kind: str | None) -> Any:
    schema = front_schema(kind, str)
    Draft202012Validator.check_schema(schema)
    return Validator(schema)


def misfits(values: Mapping[str, Any], schema: type[AnyFront]) -> set[str]:
    """What the program says of values that are written as YAML."""
    lines = (f"{json.dumps(key)}: {_written(each)}\n" for key, each in values.items())
    text = "".join(lines)
    matter, faults = parse_front_matter(text, "a.md", 2)
    assert faults == []
    found: list[Misfit] = []
    converter(schema)(settled(matter, schema).values, (), found)
    return {each.kind for each in found}


def _written(value: Any) -> str:
    """JSON is YAML, but for nothing, which there has no word."""
    return "" if value is None else json.dumps(value)


WORDS = (
    "draft", "adopted", "utkast", "Vedtatt", "vedteken", "vEdtatt", "unanimous", "samrøystes",
    "flertall", "to_follow", "Endelig", "til bydelene", "Til bydelane", "other", "anna", "true",
    "false", "ja", "Nei", "nb", "nn", "en", "no", "nynorsk", "large", "hefte", "page", "statement",
    "general", "a-b", "A", "a--b", "2024-03-21", "2024-02-30", "2023-02-29", "2024-02-29",
    "1837-12-31", "1838-01-01", "12.02.2026", "1.2.2026", "31.04.2026", "12. februar 2026",
    "29. februar 2100", "12.02.26", "12/02/2026", "0", "12", " 7 ", "-0", "-1", "10000",
    "https://example.org", "https://example.org/a b", "http://", "gammel/side.html", "", " ",
    "\u00ad \u00ad", "bør", "2024-03-21\n", "draft\n",
    "9 mot 6", "Med 9 mot 0 stemmer", "9 mot 6\n", "9 mot", "10000 mot 1",
)  # fmt: skip
LETTERS = st.characters(categories=("L", "N", "P", "Zs"), max_codepoint=0x2FFF)
SCALARS = (
    st.sampled_from(WORDS)
    | st.text(LETTERS, max_size=6)
    | st.integers(-2, 10_001)
    | st.booleans()
    | st.sampled_from([1.5, -0.25])
)
ANYTHING = SCALARS | st.lists(SCALARS, max_size=2) | st.just({"key": "value"})


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type, and others."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated or origin in (Union, UnionType):
        return values_of(inner[0])
    if origin is list:
        return st.lists(values_of(inner[0]), max_size=2) | values_of(inner[0])
    if origin is Literal:
        return st.sampled_from(inner) | SCALARS
    if isinstance(kind, type) and issubclass(kind, Struct):
        return st.deferred(lambda: fronts(kind)) | ANYTHING
    return SCALARS


@cache
def fronts(schema: type[Struct]) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings with a schema's keys: what must be there nearly always, and seldom one more."""
    known = schema_fields(schema)
    needed = {key: values_of(each.type) for key, each in known.items() if each.required}
    others = {key: values_of(each.type) for key, each in known.items() if not each.required}
    extra: st.SearchStrategy[dict[str, Any]] = st.just({}) | st.just({}) | st.just({"titel": "x"})
    most = st.fixed_dictionaries(needed, optional=others)
    return st.builds(lambda front, more: front | more, most, extra)


def holds_to_the_same(kind: str, values: dict[str, Any]) -> bool:
    """Whether a front matter is sound, for the program and for the schema."""
    found, is_valid = misfits(values, SCHEMAS[kind]), validator(kind).is_valid(values)
    assert is_valid or found, "the schema refuses what the program accepts"
    assert not is_valid or found <= BEYOND_A_SCHEMA
    return not found


@pytest.mark.parametrize("kind", SCHEMAS)
def test_it_accepts_what_the_program_accepts(kind: str) -> None:
    @given(fronts(SCHEMAS[kind]))
    def holds(values: dict[str, Any]) -> None:
        event("sound" if holds_to_the_same(kind, values) else "faulty")

    holds()


SOUND = {
    "title": "Eksempel", "committee": "Eksempel bydelsutvalg", "status": "adopted",
}  # fmt: skip


@pytest.mark.parametrize("key", schema_fields(StatementFront))
def test_each_key_by_itself_is_held_to_the_same(key: str) -> None:
    """In a front matter that is sound but for it, so that no other fault hides what is said."""

    @given(values_of(schema_fields(StatementFront)[key].type) | ANYTHING | st.none())
    def holds(value: Any) -> None:
        holds_to_the_same("statement", {**SOUND, key: value})

    holds()


@given(st.dates().map(str) | st.from_regex(r"\A[0-9]{4}-[01][0-9]-[0-3][0-9]\Z"))
def test_days_are_those_of_the_calendar(text: str) -> None:
    year, month, day = text.split("-")
    is_day = bool(re.search(day_pattern(), text))
    assert is_day == (misfits({**SOUND, "dated": text}, StatementFront) == set())
    for written in (f"{day}.{month}.{year}", f"{int(day)}. {MONTHS[int(month) % 12 - 1]} {year}"):
        assert bool(re.search(day_pattern(), written)) == bool(
            settled_day(written) and re.fullmatch(YEAR, year)
        )


def test_one_for_all_tells_kinds_apart_by_what_they_must_have() -> None:
    for text in (EXAMPLE["index.md"], CASE, HEAD):
        front, _ = split(text)
        assert front
        assert validator(None).is_valid(yaml.safe_load(front))
    assert not validator(None).is_valid({"titel": "x"})


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.md")), ids=str)
def test_the_projects_own_content_is_as_it_says(path: Any) -> None:
    """As another program reads it, which takes numbers and truth values for what they are."""
    front, _ = split(path.read_text(encoding="utf-8"))
    assert front
    assert validator(None).is_valid(yaml.load(front, NoDates))


class NoDates(yaml.SafeLoader):
    """YAML 1.2 has no dates, and 1.1, which PyYAML reads, has."""


NoDates.yaml_implicit_resolvers = {
    sign: [each for each in found if each[0] != "tag:yaml.org,2002:timestamp"]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_command_prints_it_in_the_readers_language(tmp_path: Any) -> None:
    assert set(KINDS) == set(SCHEMAS)
    for kind in KINDS:
        printed = json.loads(innspill("schema", kind, cwd=tmp_path).stdout)
        assert printed == front_schema(kind, str)
    printed = json.loads(innspill("schema", cwd=tmp_path, LC_ALL="nb_NO.UTF-8").stdout)
    words = catalogue("nb")
    assert printed == front_schema(None, lambda message: message.within(words))
    assert innspill("schema", "brev", cwd=tmp_path, code=2).stdout == ""
