"""Front matter: text stays text, and whatever is written is answered with values or faults."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innspill.diagnostics import Diagnostic
from innspill.field_docs import field_docs
from innspill.messages import catalogue, languages
from innspill.read import schema, wording
from innspill.read.convert import schema_fields
from innspill.read.scan import scan
from innspill.read.schema import MODELS, AnyFront, PageFront, StatementFront
from innspill.read.source import parse_source, split
from innspill.read.validate import BLANKS, validate
from innspill.read.yaml_nodes import parse_front_matter


def parsed(text: str) -> tuple[object, list[Diagnostic]]:
    front, found = parse_front_matter(text, "a.md", 2)
    return front.values, found


def test_text_stays_text() -> None:
    written = "lang: no\ntime: 12:30\nnumber: 0123\nyes: yes\nday: 2024-03-21\nnone: ~\n"
    assert parsed(written) == (
        {
            "lang": "no",
            "time": "12:30",
            "number": "0123",
            "yes": "yes",
            "day": "2024-03-21",
            "none": "~",
        },
        [],
    )


def test_every_value_knows_its_place() -> None:
    front, _ = parse_front_matter("a:\n  - b: c\n    d: e\n", "a.md", 2)
    place = front.locate(("a", 0, "d"))
    assert (place.path, place.line, place.column) == ("a.md", 4, 8)
    assert front.locate_key(("a", 0, "d")).column == 5
    assert front.locate(("a", 0, "missing")) == front.locate(("a", 0))


def test_deep_and_aliased_yaml_is_refused_before_it_grows() -> None:
    for hostile in ("a: " + "[" * 50_000, "a: &x [1]\nb: [*x, *x]\n"):
        values, found = parsed(hostile)
        assert values == {}
        assert len(found) == 1


def said(front: str, schema: type[AnyFront] = PageFront) -> list[str]:
    """What is said of a file with a front matter: places and messages."""
    data = f"---\n{front}\n---\n\nTekst.\n".encode()
    found = parse_source("a.md", "a.md", data, schema).faults
    return [f"{each.at.line}:{each.at.column} {each.code}: {each.message}" for each in found]


@pytest.mark.parametrize(
    ("front", "tag", "at"),
    [
        ("title: ! Viktig", "!", "2:8"),
        ("title: !!! Hastesak", "!!!", "2:8"),
        ("title: !!viktig Møte om skole", "!!viktig", "2:8"),
        ("title: !!str Ja", "!!str", "2:8"),
        ("title: !Hastesak", "!Hastesak", "2:8"),
        ("title: !<x> Ja", "!<x>", "2:8"),
        ("! title: Ja", "!", "2:1"),
        ("title: Ja\naliases: [! a/]", "!", "3:11"),
        ("title: Ja\naliases:\n  - !!seq [a/]", "!!seq", "4:5"),
        ("! {title: Ja}", "!", "2:1"),
    ],
)
def test_no_word_is_taken_for_a_tag(front: str, tag: str, at: str) -> None:
    assert said(front) == [f'{at} yaml-tag: the tag "{tag}" is not used in front matter']


@pytest.mark.parametrize(
    ("front", "at"),
    [
        ('title: "a\\0menu \\0b"', "2:8"),
        ('title: "a\\x00b"', "2:8"),
        ('title: Ja\n"a\\u0000": b', "3:1"),
        ('title: Ja\naliases: ["a\\0"]', "3:11"),
    ],
)
def test_a_nul_that_is_written_as_an_escape_is_none(front: str, at: str) -> None:
    """It would begin a slot on the page: those of a version that is settled are read too."""
    assert said(front) == [f"{at} yaml-syntax: here stands a NUL, which no text has"]


@pytest.mark.parametrize("front", ['title: "! Viktig"', "title: Viktig!", "title: Hør ! her"])
def test_an_exclamation_mark_is_text(front: str) -> None:
    assert said(front) == []


CUT = "yaml-comment: YAML reads what follows ` #` as a comment, not as part of the text"


@pytest.mark.parametrize(
    ("front", "at"),
    [
        ("title: Sak # 12 om skole", "2:11"),
        ("title: Vår uttalelse # 3", "2:21"),
        ("title: Sak #4", "2:11"),
        ("title: Sak  # om skole", "2:11"),
        ("title: Sak ## om skole", "2:11"),
        ("kind: page #side\ntitle: Sak", "2:11"),
        ("title: En lang\n  tittel # 2", "3:9"),
    ],
)
def test_text_that_is_cut_off_is_told(front: str, at: str) -> None:
    assert said(front) == [f"{at} {CUT}"]


def test_only_free_text_is_taken_to_be_cut_off() -> None:
    statement = """\
title: Sak
committee: Alna
status: adopted  # adopted eller draft
adopted: 2024-03-21 # torsdag
vote:
  result: majority # flertall
  for: 9 # av 15
  against: 6
  parties: A og B # 9 av 15
proposals:
  - what: Åpningstid # 1
    move: other # annet
    force: bør  # sterkest
    quote:
      - Åpningstiden # 2
# title: Ikke brukt"""
    assert said(statement, StatementFront) == [f"{at} {CUT}" for at in ("10:18", "12:21", "16:21")]
    assert said('title: "Sak # 12" # saken\nkind: page # ikke en uttalelse') == []


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        (r'title: "C:\temp\Ørn"', "2:16 {not_valid}: found unknown escape character"),
        (r'title: "50\% av oss"', "2:11 {not_valid}: found unknown escape character"),
        (r'title: "\x4"', "2:11 {not_valid}: did not find expected hexdecimal number"),
        (r'title: "\ud800x"', "2:11 {not_valid}: found invalid Unicode character escape code"),
        ('title: "åpen', "2:8 yaml-syntax: the quotation mark that opens here is never closed"),
        ("title: 'åpen", "2:8 yaml-syntax: the quotation mark that opens here is never closed"),
        ("title: a\x1bb", "2:1 {not_valid}: control characters are not allowed"),
        ("title:Sak\nkind: page", "2:6 yaml-syntax: a space is missing behind the colon"),
        (
            "title: Sak\naliases:\n  - file:a\n    title: b",
            "4:9 yaml-syntax: a space is missing behind the colon",
        ),
        (
            "title： Sak\nkind: page",
            "2:6 yaml-syntax: this is a full-width colon (U+FF1A), not the usual one",
        ),
        (
            "title: a\n  http://x\n  kind: page",
            "4:7 {not_valid}: mapping values are not allowed in this context",
        ),
    ],
)
def test_a_fault_of_syntax_is_told_where_it_is(front: str, expected: str) -> None:
    not_valid = "yaml-syntax: the front matter is not valid YAML"
    assert said(front) == [expected.format(not_valid=not_valid)]


def test_each_required_key_has_a_blank() -> None:
    nested = {"QuestionFront", "VoteFront", "AttachmentFront", "PointFront", "ProposalFront"}
    nested |= {"WithdrawnFront", "ArchiveFront", "ClassFront"}
    for model in MODELS:
        for name, field in schema_fields(model).items():
            assert model.__name__ in nested or not field.required or name in BLANKS
            assert field_docs(schema)[model.__name__][field.name], (
                f"{model.__name__}.{name} says nothing"
            )


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    source = parse_source("a.md", "a.md", text.encode("utf-8", "replace"), StatementFront)
    lines = source.text.count("\n") + 2
    assert all(1 <= fault.at.line <= lines for fault in source.faults)


yaml_like = st.recursive(
    st.sampled_from(["x", "2024-03-21", "", "'a: b'", "[]", "{}", "draft", "general", "1"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(
            st.sampled_from(["for", "result", "about", "quote"]), inner, max_size=3
        ).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        )
    ),
    max_leaves=5,
)
keys = st.sampled_from([*schema_fields(StatementFront), "ukjent"])


@given(st.dictionaries(keys, yaml_like))
def test_any_front_matter_is_validated(pairs: dict[str, str]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in pairs.items())
    matter, found = parse_front_matter(text, "a.md", 2)
    if not found:
        front, faults, lost = validate(matter, StatementFront)
        assert isinstance(front, StatementFront)
        assert not lost or faults


@given(st.text(st.sampled_from("-ab\n.: "), max_size=30))
def test_split_loses_nothing(text: str) -> None:
    front, line = split(text)
    if front is not None and line is not None:
        rebuilt = text.partition("\n")[0] + "\n" + front + "\n".join(text.split("\n")[line - 1 :])
        assert rebuilt == text


@given(st.sampled_from("\x85\u2028\u2029"))
def test_lines_are_those_of_the_file_where_yaml_sees_more(odd: str) -> None:
    front, _ = parse_front_matter(f'a: "en{odd} to"\nb: {{c: d}}\n', "a.md", 2)
    place = front.locate(("b", "c"))
    assert (place.path, place.line, place.column) == ("a.md", 3, 8)
    front, _ = parse_front_matter(f'{{a: "en{odd} to", b: c}}\n', "a.md", 2)
    assert (front.locate(("b",)).line, front.locate(("b",)).column) == (2, 18)
    _, [fault] = parse_front_matter(f'a: "en{odd} to"\nb: c: d\n', "a.md", 2)
    assert (fault.code, fault.at.line, fault.at.column) == ("yaml-syntax", 3, 5)


KINDS = (
    wording.STATUS,
    wording.RESULT,
    wording.MINUTES,
    wording.MOVE,
    wording.SWITCH,
    wording.FORM,
)


@pytest.mark.parametrize("language", languages())
def test_each_word_that_is_offered_is_understood(language: str) -> None:
    """Else a hint would name a word that the next run calls wrong."""
    understood = {value: kind for kind in KINDS for value in kind.words}
    assert set(understood) == set(wording.OFFERED)
    for value, message in wording.OFFERED.items():
        word = message.within(catalogue(language))
        assert word == value or understood[value].settled(word) == value


def test_a_hint_names_the_words_of_its_readers_language() -> None:
    data = b"---\ntitle: Ja\ncommittee: Nei\nstatus: godkjent\n---\n"
    [fault] = parse_source("a.md", "a.md", data, StatementFront).faults
    assert fault.hint
    told = {each: fault.hint.within(catalogue(each)) for each in languages()}
    assert told == {
        "en": "the values are: draft, adopted",
        "nb": "gyldige verdier: utkast, vedtatt",
        "nn": "gyldige verdiar: utkast, vedteken",
    }


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-02-12", "2026-02-12"),
        ("12.02.2026", "2026-02-12"),
        ("1.2.2026", "2026-02-01"),
        ("1. 2. 2026", "2026-02-01"),
        ("1. februar 2026", "2026-02-01"),
        ("01 februar 2026", "2026-02-01"),
        ("29.02.2024", "2024-02-29"),
    ],
)
def test_a_day_is_read_as_norwegians_write_it(written: str, day: str) -> None:
    data = f"---\ntitle: Ja\ncommittee: Nei\nstatus: adopted\ndated: {written}\n---\n"
    source = parse_source("a.md", "a.md", data.encode(), StatementFront)
    assert source.faults == ()
    assert isinstance(source.front, StatementFront)
    assert str(source.front.dated) == day


def test_a_draft_is_one_in_any_words_also_beside_faults() -> None:
    """What is held back from readers may not hang on the rest of the file."""
    data = b"---\ntitle: Ja\ncommittee: Nei\nstatus: Utkast\nfeil: 1\n---\n"
    assert scan(parse_source("a.md", "a.md", data, StatementFront)).says_draft
