"""Redlines: what is marked between two versions of a statement, and what isn't."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redlining import after_of, before_of, composed, told_of

from innspill.compare.redline import compare
from innspill.compare.rows import RowChange
from innspill.model import Statement
from innspill.render.redline_words import Wording

# Few words, so that much is alike; of every kind of text something.
WORDS = ("bydelen", "skole", "ansvar", "og", "å", "bør", "kan", "sentralt", "5", "12,5", "ikke")
word = st.sampled_from(WORDS)
styled = st.one_of(
    word,
    word.map(lambda each: f"*{each}*"),
    word.map(lambda each: f"**{each}**"),
    word.map(lambda each: f"[{each}](https://example.org/{each})"),
    word.map(lambda each: f"[{each}](https://example.org/)"),
    st.just("ord[^en]"),
    st.just("![bilde](bilde.png)"),
)
sentence = (
    st.lists(styled, min_size=1, max_size=7)
    .map(lambda words: " ".join(words) + ".")
    .filter(lambda text: not re.match(r"\d+\.$", text))  # which begins a list
)
paragraph = st.lists(sentence, min_size=1, max_size=3).map(" ".join)
row = st.lists(word, min_size=3, max_size=3).map(lambda cells: f"| {' | '.join(cells)} |")
block = st.one_of(
    paragraph,
    paragraph,
    st.lists(paragraph, min_size=1, max_size=3).map(lambda items: "- " + "\n- ".join(items)),
    st.lists(paragraph, min_size=1, max_size=3).map(lambda items: "1. " + "\n1. ".join(items)),
    paragraph.map(lambda text: f"> {text}\n>\n> {text}"),
    sentence.map(lambda text: f"### {text}"),
    sentence.map(lambda text: f"- {text}\n\n  {text}\n  - {text}"),
    paragraph.map(lambda text: f"::: mindretall {{by=AB}}\n{text}\n:::"),
    st.lists(row, min_size=2, max_size=5).map(
        lambda rows: "\n".join([rows[0], "|---|---|---|", *rows[1:]])
    ),
    st.just("---"),
    st.just("```\nen  to\n  tre\n```"),
)
blocks = st.lists(block, max_size=6)
NOTES = "\n\n[^en]: En note om *skole*.\n"


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Blocks, and the same blocks in another order, some gone, some new, some reworded."""
    old = draw(blocks)
    new = [each for each in draw(st.permutations(old)) if draw(st.integers(0, 4))]
    for place in range(len(new)):
        if draw(st.booleans()):
            new[place] = new[place].replace(draw(word), draw(word), 1)
    return old, new + draw(st.lists(block, max_size=2))


def made(some: list[str]) -> Statement:
    return composed("\n\n" + "\n\n".join(some) + NOTES)


@given(blocks)
@settings(max_examples=30, deadline=None)
def test_the_same_gives_nothing(some: list[str]) -> None:
    redline = compare(made(some), made(some))
    assert redline.is_empty
    assert not any(row.id for row in redline.rows)


@given(edited())
@settings(max_examples=80, deadline=None)
def test_carried_out_on_the_old_it_gives_the_new(pair: tuple[list[str], list[str]]) -> None:
    old, new = made(pair[0]), made(pair[1])
    redline = compare(old, new)
    assert before_of(redline) == told_of(old)
    assert after_of(redline) == told_of(new)
    assert redline.is_empty == (told_of(old) == told_of(new))


@given(edited())
@settings(max_examples=30, deadline=None)
def test_the_two_ends_of_a_move_name_each_other(pair: tuple[list[str], list[str]]) -> None:
    rows = {row.id: row for row in compare(made(pair[0]), made(pair[1])).rows if row.id}
    moved = [row for row in rows.values() if row.is_moved]
    assert all(
        rows[rows[row.other].other] is row and row.old == rows[row.other].old for row in moved
    )
    assert sum(row.fate is RowChange.LEFT for row in moved) * 2 == len(moved)


@given(st.lists(paragraph, min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_reflowing_gives_nothing(some: list[str]) -> None:
    reflowed = [re.sub(" ", "\n", each, count=3).replace(" ", "  ") for each in some]
    assert compare(made(some), made(reflowed)).is_empty
    fixed = [re.sub(r"(?<=\w) (?=\w)", "\u00a0", each) for each in some]
    assert compare(made(some), made(fixed)).is_empty


@pytest.mark.parametrize("key", ["title", "committee", "status"])
def test_the_order_of_keys_gives_nothing(key: str) -> None:
    first = composed("\nEt svar.\n", "adopted: 2024-03-21\ndated: 2024-03-30\n")
    second = composed("\nEt svar.\n", "dated: 2024-03-30\nadopted: 2024-03-21\n")
    assert compare(first, second).is_empty
    assert getattr(first, key) == getattr(second, key)


FEW = "Bydelen har ansvar for skole, barnehage og helse."
MANY = (
    "Bydelen har i dag et stort og viktig ansvar for skole, fritidsklubb, barnehage og også helse."
)


@pytest.mark.parametrize(
    ("language", "old", "new", "line"),
    [
        ("nb", FEW, MANY, "8 ord satt inn"),
        ("nb", MANY, FEW, "8 ord tatt ut"),
        ("nn", FEW, MANY, "8 ord sette inn"),
        ("nn", MANY, FEW, "8 ord tekne ut"),
    ],
)
def test_no_count_of_nought_of_words(language: str, old: str, new: str, line: str) -> None:
    (row,) = compare(composed(f"\n{old}\n"), composed(f"\n{new}\n")).changes
    assert Wording(language).line(row) == line


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Ett ord her.", "Ett ord til.", "1 punkt endret."),
        ("Ett ord her.", "Ett ord her.", "1 punkt uendret."),
        (
            "Overalt.\n\nEtt ord her.",
            "Overalt.\n\nEtt ord til.",
            "1 punkt endret, 1 uendret.",
        ),
        ("", "", ""),
    ],
)
def test_no_count_of_nought_of_paragraphs(old: str, new: str, told: str) -> None:
    redline = compare(composed(f"\n{old}\n"), composed(f"\n{new}\n"))
    assert Wording("nb").counts(redline) == told
