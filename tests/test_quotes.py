"""Quotes: how they are compared, and how their marks stand in the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import (
    ANSWERS,
    EXAMPLE,
    check_quietly,
    codes,
    faults,
    files_of,
    load,
    project,
    statement,
    write,
)

from innspill.compose.plain_text import normalized, plain, stretches
from innspill.compose.quotes import mark_passages
from innspill.diagnostics import Location
from innspill.model import Passage
from innspill.text import Element, Mark, Node, Text, Unit, walk


def head(quote: str) -> str:
    return f"summary:\n  - about: general\n    point: Et punkt.\n    quote: '{quote}'\n"


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("Et *viktig* ord.", "Et viktig ord", True),
        ("Et [viktig](../index.md) ord.", "Et viktig ord", True),
        ("Over\nto linjer.", "Over to linjer", True),
        ("Over\\\nto linjer.", "Over to linjer", True),
        ("Fast\u00a0mellomrom.", "Fast mellomrom", True),
        ("Myk\u00adt bindetegn.", "Mykt bindetegn", True),
        ("Note[^1] her.\n\n[^1]: Noten.", "Note her", True),
        ("Stor bokstav.", "stor bokstav", False),
        ("«Sitat» – strek.", '"Sitat" - strek', False),
        ("Et avsnitt.\n\nEt til.", "Et avsnitt. Et til", False),
        ("| a | b |\n|---|---|\n| en | to |", "en to", True),
        ("a\u030apne", "åpne", True),
    ],
)
def test_comparing(tmp_path: Path, text: str, quote: str, found: bool) -> None:
    body = f"\n{text}\n\n## Svar {{#en}}\n\nJa.\n\n## Svar {{#to}}\n\nNei.\n"
    said = [each.partition(":")[0] for each in codes(tmp_path, statement(body, head(quote)))]
    assert said == ([] if found else ["quote-missing"])


def test_quotes_of_the_same_words_share_a_passage(tmp_path: Path) -> None:
    twice = head("svaret på det ene") + head("svaret på det ene").partition("\n")[2]
    body = "\n## Svar {#en}\n\nDette er svaret på det ene.\n"
    _, site = load(write(tmp_path, statement(body, twice)))
    assert [quote.passages[0].id for quote in site.statements[0].quotes] == ["q1", "q1"]


words = st.text(st.sampled_from("ab \u00a0\n\u00adæ"), max_size=12)
leaves: st.SearchStrategy[Node] = st.builds(Text, words)
trees = st.recursive(
    leaves,
    lambda inner: st.builds(
        Element,
        st.sampled_from(["em", "strong", "p", "li"]),
        st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=6,
)


def text_nodes(nodes: tuple[Node, ...]) -> str:
    return "".join(node.value for node in walk(nodes) if isinstance(node, Text))


@given(st.lists(trees, max_size=4).map(tuple), st.data())
def test_marks_change_no_text_and_cover_just_their_passages(
    nodes: tuple[Node, ...], data: st.DataObject
) -> None:
    text = plain(nodes)
    unit = Unit("p0-1", "0.1", Element("p", nodes), text, Location(""))
    passages = []
    for number in range(data.draw(st.integers(0, 3)) if text else 0):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        if not text[start:end].strip() or text[start].isspace() or text[end - 1].isspace():
            continue
        passages.append(Passage(f"q{number}", unit, start, end))
    marked = mark_passages(nodes, passages)
    assert text_nodes(marked) == text_nodes(nodes)
    assert plain(marked) == text
    marks = [node for node in walk(marked) if isinstance(node, Mark)]
    assert not any(isinstance(inner, Mark) for mark in marks for inner in walk(mark.children))
    for passage in passages:
        covered = "".join(
            text_nodes(mark.children) for mark in marks if passage.id in mark.passages
        )
        wanted = text[passage.start : passage.end]
        assert "".join(normalized(covered).split()) == "".join(wanted.split())
        assert sum(passage.id in mark.begins for mark in marks) == 1


def test_a_soft_hyphen_between_spaces_parts_no_mark() -> None:
    nodes = (Text("Først \u00ad ett, så to"),)
    unit = Unit("p0-1", "0.1", Element("p", nodes), plain(nodes), Location(""))
    marked = mark_passages(nodes, [Passage("q1", unit, 0, len("Først ett"))])
    whole = Mark(("q1",), ("q1",), (Text("Først \u00ad ett"),))
    assert marked == (whole, Text(", så to"))


def test_every_piece_of_a_passage_lights_up(tmp_path: Path) -> None:
    """Only its first piece can be led to: the stylesheet has a rule for the others."""
    answers = ANSWERS.replace("på det ene", "*på* det ene")
    files = statement(answers, head("Dette er svaret på det ene"))
    made = files_of(check_quietly(project(write(tmp_path, files)), with_pdf=False), tmp_path)
    texts = {each.path: each.make() for each in (*made.pages(), *made.assets())}
    assert re.findall(rb'data-of="(.*?)"', texts["sak/eksempel/index.html"]) == [b"q1", b"q1"]
    assert b':root:has(#q1:target) mark[data-of~="q1"] {' in texts["assets/site.css"]


@given(st.lists(trees, max_size=4).map(tuple))
def test_plain_text_is_normalized_and_knows_its_origins(nodes: tuple[Node, ...]) -> None:
    text, found = plain(nodes), stretches(nodes)
    assert text == normalized(text)
    values = [node.value for node in walk(nodes) if isinstance(node, Text)]
    read = [
        values[each.leaf][each.index : each.index + each.length] if each.index >= 0 else " "
        for each in found
    ]
    assert re.sub(r"\s", " ", "".join(read)) == text
    assert [each.start for each in found] == [len("".join(read[:at])) for at in range(len(read))]


ONE = "summary:\n  - about: en\n    point: Et punkt\n    quote: Dette er svaret på det ene\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('\n::: mindretall {by="D"}\nMener noe.\n' + ANSWERS, ["minority:11"]),
        (
            ANSWERS.replace("Dette", '::: mindretall {by="D"}\nDette', 1),
            ["minority:13"],
        ),
        (ANSWERS + "\n" + "> " * 150 + "dypt\n", ["nesting:19"]),
        ("\n<!--\n" + ANSWERS, ["raw-html:11"]),
        ("\n## Svar {#en}\n\n<!-- utkast\n" + ANSWERS, ["raw-html:13"]),
        (ANSWERS.replace("{#en}", "{#en"), ["bad-id:11"]),
    ],
)
def test_what_a_fault_took_away_is_not_told_as_missing(
    body: str, expected: list[str], tmp_path: Path
) -> None:
    assert codes(tmp_path, statement(body, ONE)) == expected


def test_a_case_that_cannot_be_read_is_told_alone(tmp_path: Path) -> None:
    for index in ("Tekst\n", '---\ntitle: "Sak\n---\n', "---\ntitle: ! Sak\n---\n"):
        [code] = codes(tmp_path, {**EXAMPLE, "sak/index.md": index})
        assert code.partition(":")[0] in {"no-front-matter", "yaml-syntax", "yaml-tag"}


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ("1_0", "is not a whole number"),
        ("+1", "is not a whole number"),
        ("99999999999999999999999999", "is more votes than a committee has"),
        ("-1", "is less than nothing"),
    ],
)
def test_votes_are_figures(votes: str, said: str, tmp_path: Path) -> None:
    vote = f"adopted: 2024-03-21\nvote:\n  result: majority\n  for: {votes}\n  against: 0\n"
    [fault] = faults(tmp_path, statement(ANSWERS, vote))
    assert str(fault.message) == f'vote.for: "{votes}" {said}'


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\u200b", "\x85"])
def test_what_is_invisible_is_to_be_deleted(sign: str, tmp_path: Path) -> None:
    [fault] = faults(tmp_path, statement(ANSWERS + f"\na{sign}b\n"))
    assert str(fault.hint) == "it is invisible: delete it"
