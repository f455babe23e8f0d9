"""A redline's work grows with the texts: of two times as many paragraphs, twice."""

from __future__ import annotations

import cProfile
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from redlining import composed
from test_linear import calls, grown

from innspill.compare.blocks import ComparedBlock
from innspill.compare.pairing import Match, match_blocks
from innspill.compare.redline import compare

NAMES = ("Kari", "Ola", "Per", "Anne", "Nils")


def names(number: int) -> list[str]:
    return [f"{name}{number} Eksempel{number}" for name in NAMES]


def paragraph(number: int) -> str:
    return " ".join(f"Ord{number}v{each}" for each in range(9)) + "."


Text = Callable[[int], tuple[str, str]]
AXES: dict[str, Text] = {
    "paragraphs edited": lambda n: (f"{paragraph(n)} Før.", f"{paragraph(n)} Nå."),
    "paragraphs put in": lambda n: ("", paragraph(n)),
    "headings of a common word": lambda n: (
        f"### {n} Tiltak mot problem{n}\n\n{paragraph(n)}",
        f"### {n + 1} Tiltak mot problem{n} her\n\n{paragraph(n)}",
    ),
    "lines of names made lists": lambda n: (
        f"{', '.join(names(n))}\n\n{paragraph(n)}",
        "\n".join(f"- {each}" for each in names(n)) + f"\n\n{paragraph(n)}",
    ),
    "lists of names made lines": lambda n: (
        "\n".join(f"- {each}" for each in names(n)) + f"\n\n{paragraph(n)}",
        f"{', '.join(names(n))}\n\n{paragraph(n)}",
    ),
}
"""By what grows, the text of each number before and after."""


@pytest.mark.parametrize("axis", AXES)
def test_work_grows_with_the_texts(axis: str) -> None:
    def work(count: int) -> Counter[str]:
        texts = zip(*map(AXES[axis], range(count)), strict=True)
        old, new = (composed("\n\n" + "\n\n".join(some)) for some in texts)
        with cProfile.Profile() as profile:
            compare(old, new)
        return calls(profile)

    assert grown(work, 30) == {}


class Read(tuple[str, ...]):
    """The ids of an answer, whose readings are counted."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return super().__iter__()


def test_answers_are_looked_up_not_looked_through() -> None:
    def work(count: int) -> Counter[str]:
        blocks = [ComparedBlock("answer", answers=Read((f"q-{n}",))) for n in range(count)]
        with cProfile.Profile() as profile:
            match_blocks(blocks, list(reversed(blocks)))
        return calls(profile)

    assert grown(work, 30) == {}


def answer(*questions: str) -> ComparedBlock:
    return ComparedBlock("answer", answers=questions)


def test_an_answer_is_bound_to_the_first_that_shares_a_question() -> None:
    old = [answer("a", "b"), answer("c"), answer("d"), answer("e")]
    new = [answer("d"), answer("b"), answer("a"), answer("e", "c")]
    found = {(match.old, match.new) for match in match_blocks(old, new)}
    assert found == {((0,), (1,)), ((1,), (3,)), ((2,), (0,))}


def test_each_answer_is_bound_once() -> None:
    one = Match((0,), (0,))
    assert match_blocks([answer("a"), answer("a")], [answer("a", "b")]) == (one,)
