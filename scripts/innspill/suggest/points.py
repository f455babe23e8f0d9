"""The sentence of each answer that would make the best point of a summary, by its marks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from innspill.check.force_words import UNKNOWN
from innspill.model import Section, Statement
from innspill.suggest import words as table
from innspill.suggest.clauses import LetterSentence, Span, own_words, sentences_of
from innspill.suggest.find import FoundProposal
from innspill.text import Unit, UnitList

FEWEST, MOST = 6, 40
"""How many words a sentence has that stands well by itself."""


@dataclass(frozen=True, slots=True)
class FoundPoint:
    """A sentence that may stand for an answer."""

    about: str
    """The question's id."""
    unit: Unit = field(repr=False)
    span: Span


def find_points(
    statement: Statement, proposals: Sequence[FoundProposal], answered: Collection[str]
) -> list[FoundPoint]:
    """The best sentence of the answer to each question but those in `answered`."""
    own = own_words(statement.committee)
    ranks = {(each.unit.id, each.sentence): each.rank for each in proposals}
    found: list[FoundPoint] = []
    for section in {each.number: each for each in statement.answers.values()}.values():
        asked = [each.id for each in section.questions if each.id not in answered]
        sentences = list(_sentences(section, own)) if asked else []
        marks = [_mark(each, at, ranks.get((each.unit.id, each.whole)))
                 for at, each in enumerate(sentences)]  # fmt: skip
        best = sorted(range(len(marks)), key=lambda at: -marks[at])
        chosen = (sentences[at] for at in best)
        for name, each in zip(asked, chosen, strict=False):  # a joint answer gives several
            found.append(FoundPoint(name, each.unit, each.stopless))
    order = [unit.id for unit in statement.units]
    found.sort(key=lambda each: order.index(each.unit.id))
    return found


def _sentences(section: Section, own: frozenset[str]) -> Iterator[LetterSentence]:
    for block in section.blocks:
        units = block.items if isinstance(block, UnitList) else (block,)
        for unit in units:
            if isinstance(unit, Unit) and not unit.text.endswith(":"):
                for each in sentences_of(unit, own, is_background=False):
                    is_asked = each.text.rstrip("»”\"') ").endswith("?")
                    if each.words and not is_asked and not table.MINORITY.search(each.text):
                        yield each


def _mark(sentence: LetterSentence, at: int, rank: int | None) -> float:
    """How well a sentence stands for its answer, the `at`-th of it; the highest is the best.

    What is proposed counts most, the more the stronger; then what weighs; then what comes first.
    """
    count = len(sentence.words)
    mark = 0.0 if rank is None else 2 + (UNKNOWN - rank) / 5
    mark += bool(table.JUDGES.search(sentence.text))
    mark += FEWEST <= count <= MOST
    mark -= 2.0 * bool(table.LEANS.match(sentence.text))
    return mark - 0.15 * at
