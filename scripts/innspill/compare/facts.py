"""What stands beside the text, compared: facts, questions, the summary and the proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from innspill.compare.pairing import heaviest_rising
from innspill.compare.similarity import common, likeness
from innspill.compare.tokens import Token, tokens_of
from innspill.compare.words import Op, Segment, compare_words
from innspill.facts import FACTS, FactValue
from innspill.model import Point, Proposal, Question, Quote, Statement
from innspill.text import Text

ALIKE = 0.4
"""How alike two points or two proposals are at least, to be one that was edited."""


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact, before and now; None where the letter did not say it."""

    name: str
    """As in front matter: `adopted`, `vote.for`."""
    old: FactValue
    new: FactValue

    @property
    def key(self) -> str:
        """The key of front matter that it is, or is part of."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """The wording of one question; its text and its guidance."""

    number: int
    op: Op
    """SAME where its words changed; IN or OUT where the statement took it up or left it."""
    title: tuple[Segment, ...]
    text: tuple[Segment, ...]
    guidance: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One point of the summary, or one proposal."""

    id: str
    """Of the new one; of the old one where it was taken out."""
    op: Op
    """SAME where it is there before and now."""
    text: tuple[Segment, ...]
    is_moved: bool
    facts: tuple[FactChange, ...]
    """What else it says: about, move, force."""
    has_new_evidence: bool
    """Whether it rests on other words than before."""
    old: Point | Proposal | None
    new: Point | Proposal | None

    @property
    def is_change(self) -> bool:
        """Whether anything differs."""
        words = any(each.op is not Op.SAME for each in self.text)
        other = self.is_moved or bool(self.facts) or self.has_new_evidence
        return words or other or self.op is not Op.SAME


def compare_facts(old: Statement, new: Statement) -> tuple[FactChange, ...]:
    """The facts that differ, in the order in which a page shows them."""
    before, now = dict(_facts(old)), dict(_facts(new))
    return tuple(
        FactChange(name, before.get(name), now.get(name))
        for name in dict.fromkeys((*before, *now))
        if before.get(name) != now.get(name)
    )


def _facts(statement: Statement) -> Iterator[tuple[str, FactValue]]:
    yield "title", statement.title
    yield "committee", statement.committee
    yield "status", statement.status
    yield from ((fact.key, fact.of(statement.facts)) for fact in FACTS)
    yield "lang", statement.lang
    yield "attachments", ", ".join(each.title for each in statement.enclosures) or None


def compare_questions(old: Statement, new: Statement) -> tuple[QuestionChange, ...]:
    """The questions that are worded otherwise, and those answered anew or no longer."""
    before, now = _questions(old), _questions(new)
    changes = []
    for name in dict.fromkeys((*now, *before)):
        was, is_ = before.get(name), now.get(name)
        if was == is_:
            continue
        some = is_ or was
        assert some is not None
        parts = [
            compare_words(_words(getattr(was, part, "")), _words(getattr(is_, part, "")))
            for part in ("title", "text")
        ]
        guidance = compare_words(
            _words("\n".join(was.guidance if was else ())),
            _words("\n".join(is_.guidance if is_ else ())),
        )
        op = Op.IN if was is None else Op.OUT if is_ is None else Op.SAME
        change = QuestionChange(some.number, op, parts[0], parts[1], guidance)
        differs = any(each.op is not Op.SAME for part in (*parts, guidance) for each in part)
        if differs:
            changes.append(change)
    return tuple(changes)


def _questions(statement: Statement) -> dict[str, Question]:
    return {each.id: each for section in statement.sections for each in section.questions}


def _words(text: str) -> tuple[Token, ...]:
    return tokens_of((Text(text),), {})


def compare_points(old: Statement, new: Statement) -> tuple[ItemChange, ...]:
    """What became of each point of the summary, those that stayed as they were too."""
    titles = {
        name: f"{question.number}. {question.title}"
        for statement in (old, new)
        for name, question in _questions(statement).items()
    }

    def facts(was: Point, is_: Point) -> tuple[FactChange, ...]:
        a, b = (titles.get(each.about, each.about) for each in (was, is_))
        return (FactChange("about", a, b),) if was.about != is_.about else ()

    return tuple(_items(old.summary, new.summary, lambda each: each.text, facts))


def compare_proposals(old: Statement, new: Statement) -> tuple[ItemChange, ...]:
    """What became of each proposal, those that stayed as they were too."""

    def facts(was: Proposal, is_: Proposal) -> tuple[FactChange, ...]:
        pairs = (("move", was.move, is_.move), ("force", was.force, is_.force))
        return tuple(FactChange(name, a, b) for name, a, b in pairs if a != b)

    return tuple(_items(old.proposals, new.proposals, lambda each: each.what, facts))


Item = TypeVar("Item", Point, Proposal)


def _items(
    old: Sequence[Item],
    new: Sequence[Item],
    text: Callable[[Item], str],
    facts: Callable[[Item, Item], tuple[FactChange, ...]],
) -> Iterator[ItemChange]:
    pairs = _paired(old, new, text)
    origins = {j: i for i, j in pairs.items()}
    came = sorted(origins)
    kept = heaviest_rising([origins[j] for j in came], [1] * len(came))
    moved = {j for place, j in enumerate(came) if place not in kept}
    gone = [i for i in range(len(old)) if i not in pairs]
    for j, is_ in enumerate(new):
        while gone and j in origins and gone[0] < origins[j]:
            yield _gone(old[gone.pop(0)], text)
        if j not in origins:
            words = compare_words((), _words(text(is_)))
            yield ItemChange(is_.id, Op.IN, words, False, (), False, None, is_)
            continue
        was = old[origins[j]]
        words = compare_words(_words(text(was)), _words(text(is_)))
        changed = facts(was, is_)
        other = _evidence(was.quotes) != _evidence(is_.quotes)
        yield ItemChange(is_.id, Op.SAME, words, j in moved, changed, other, was, is_)
    for i in gone:
        yield _gone(old[i], text)


def _gone(was: Item, text: Callable[[Item], str]) -> ItemChange:
    words = compare_words(_words(text(was)), ())
    return ItemChange(was.id, Op.OUT, words, False, (), False, was, None)


def _evidence(quotes: Sequence[Quote]) -> tuple[str, ...]:
    return tuple(quote.text for quote in quotes)


def _paired(
    old: Sequence[Item], new: Sequence[Item], text: Callable[[Item], str]
) -> dict[int, int]:
    """Which of the old is which of the new: the same first, then the likest."""
    before = [(text(each), _evidence(each.quotes)) for each in old]
    now = [(text(each), _evidence(each.quotes)) for each in new]
    pairs = dict(common(before, now))
    ranks = sorted(
        (-score, abs(i - j), i, j)
        for i in range(len(old))
        if i not in pairs
        for j in range(len(new))
        if j not in pairs.values()
        if (score := _likeness(before[i], now[j])) >= ALIKE
    )
    for _, _, i, j in ranks:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _likeness(old: tuple[str, tuple[str, ...]], new: tuple[str, tuple[str, ...]]) -> float:
    """How alike two are, by their words or by what they rest on."""
    words = likeness(old[0].split(), new[0].split())
    return max(words, 0.9 if old[1] == new[1] else 0.0)
