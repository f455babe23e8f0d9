"""Front matter: text stays text, and whatever is written is answered with values or faults."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from innspill.diagnostics import Diagnostic
from innspill.docstrings import under_fields
from innspill.read.schema import MODELS, StatementFront
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


def test_each_required_key_has_a_blank() -> None:
    nested = {"QuestionFront", "VoteFront", "AttachmentFront", "PointFront", "ProposalFront"}
    nested |= {"WithdrawnFront"}
    for model in MODELS:
        for name, field in model.model_fields.items():
            assert model.__name__ in nested or not field.is_required() or name in BLANKS
            assert under_fields(model)[name], f"{model.__name__}.{name} says nothing"


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
keys = st.sampled_from([*StatementFront.model_fields, "ukjent"])


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
