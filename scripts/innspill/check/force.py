"""How much a statement asks for: the letter's own words, ordered, and found in a quote.

A letter is careful about the difference between "bør", "bør vurderes" and "kan vurderes";
a summary must be as careful. A phrase is found where its words stand in order in one
sentence, with few words between ("bør det også vurderes") and no other verb of the kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

GAP = 5
"""How many words may stand between two of a phrase's."""
MODALS = {"må", "skal", "bør", "burde", "kan", "kunne", "must", "shall", "should", "may", "could"}
CONSIDERED = ("vurderes", "vurdere", "vurdert", "vurderast", "vurdera", "considered", "consider")
"""Ends of a phrase that asks for a thing to be thought about, not for the thing."""
NEGATIONS = {
    "ikke", "ikkje", "aldri", "neppe", "ingen", "inga", "intet", "inkje", "ingenting", "verken",
    "not", "never", "no", "neither",
}  # fmt: skip
AFTER_NEGATION = {"bare", "berre", "minst", "only", "least"}
"""Behind a negation they make none of it: "ikke bare"."""
STOPS = {"som", "mens", "men", "at", "fordi", "hvis", "dersom", "når", "der", "og", "eller"}
"""Words that begin another clause; no phrase goes on behind them."""

MUST, SHOULD, CONSIDER, MAY, MAY_CONSIDER, UNKNOWN = range(6)

PHRASES: dict[str, int] = {
    **dict.fromkeys(
        ("må", "skal", "kreves", "krever", "krev", "forutsetter", "forutsettes", "føreset",
         "forutsetning", "vurderes som en forutsetning", "er avgjørende", "er avgjerande",
         "er nødvendig", "must", "shall", "requires", "is required"), MUST),
    **dict.fromkeys(
        ("bør", "burde", "anbefaler", "anbefales", "tilrår", "ber om", "er viktig",
         "er behov for", "should", "recommends", "is important"), SHOULD),
    **dict.fromkeys(
        ("er ønskelig", "er ynskjeleg", "ønsker", "ønskjer", "kan", "kunne", "kunne med fordel",
         "may", "could", "is desirable"), MAY),
    **{f"{modal} {end}": rank
       for modals, rank in ((("må", "skal", "must", "shall"), MUST),
                            (("bør", "burde", "should"), CONSIDER),
                            (("kan", "kunne", "may", "could"), MAY_CONSIDER))
       for modal in modals for end in CONSIDERED},
}  # fmt: skip
"""The phrases that are known, each with its rank, `MUST` the strongest."""

EXAMPLES = ("må", "bør", "bør vurderes", "er ønskelig", "kan", "kan vurderes")


def rank(phrase: str) -> int:
    """A phrase's place from the strongest, 0; a negation in it changes nothing of that."""
    words = [word for word in _split(phrase) if word not in NEGATIONS]
    return PHRASES.get(" ".join(words), UNKNOWN)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a quote says of its force."""

    stands: bool
    """Whether the phrase stands in the quote."""
    instead: str = ""
    """What the letter says each time the phrase stands there, where that is something else."""
    doubt: str = ""
    """A negation that stands earlier in the clause, and may or may not concern the phrase."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    sentence: int
    commas: int
    """How many commas stand before it in the text."""


def find_force(phrase: str, text: str, start: int, end: int) -> Finding:
    """Whether `phrase` stands in `text[start:end]`, and is no part of what says otherwise.

    The words around the quote count too: a quote cut short before "vurderes", or behind
    "ikke", says no more than the sentence it was taken from.
    """
    words = _read(text)
    first, behind = (bisect_left(words, each, key=_begins) for each in (start, end))
    ways = _places(_split(phrase), words, first, behind)
    found = [places for places in ways if words[places[-1]].end <= end]
    if not found:
        return Finding(False)
    instead = ""
    for places in found:
        instead = _larger(places, words)
        if not instead:
            return Finding(True, doubt=_earlier_negation(places, words))
    return Finding(True, instead)


def _larger(places: tuple[int, ...], words: Sequence[_Word]) -> str:
    """What these words are only a part of, or what negates them; empty where nothing does."""
    asked = {place for place in places if words[place].text not in NEGATIONS}
    start = max(0, places[0] - GAP - 1)
    around = words[start : places[-1] + GAP + 2]
    near = {word.text for word in around}
    for other in SPLIT:
        if len(other) > len(asked) and near.issuperset(other):
            for way in _places(other, around, 0, len(around)):
                whole = {start + place for place in way}
                if asked <= whole:
                    return " ".join(words[place].text for place in sorted(whole | set(places)))
    if len(asked) < len(places):
        return ""  # the phrase has its negation
    for place in _negating(places, words):
        return " ".join(words[each].text for each in sorted({place, *places}))
    return ""


def _negating(places: tuple[int, ...], words: Sequence[_Word]) -> Iterator[int]:
    """Negations directly before a phrase, in it, or behind it in the same clause."""
    first, last = words[places[0]], words[places[-1]]
    for place in range(max(places[0] - 1, 0), min(places[-1] + GAP + 2, len(words))):
        word = words[place]
        if word.sentence != first.sentence or place in places:
            continue
        if place > places[-1]:
            if word.text in STOPS or word.text in MODALS:
                return
            if (word.commas - last.commas) % 2:
                continue  # behind one comma another clause begins; two enclose an insertion
        if _negates(place, words):
            yield place


def _earlier_negation(places: tuple[int, ...], words: Sequence[_Word]) -> str:
    first = words[places[0]]
    for place in range(places[0] - 1, max(places[0] - GAP - 2, -1), -1):
        word = words[place]
        if word.sentence != first.sentence or word.commas != first.commas:
            return ""
        if word.text in (STOPS - {"at"}) or word.text in MODALS:
            return ""
        if _negates(place, words):
            return word.text
    return ""


def _negates(place: int, words: Sequence[_Word]) -> bool:
    following = words[place + 1].text if place + 1 < len(words) else ""
    return words[place].text in NEGATIONS and following not in AFTER_NEGATION


def _begins(word: _Word) -> int:
    return word.start


@lru_cache(maxsize=64)
def _read(text: str) -> Sequence[_Word]:
    """The words of a text, each with the number of its sentence: once for all that rests on it.

    A sentence ends at a full stop before white space and a capital ("f.eks. vurderes" goes
    on), at a question or exclamation mark, a semicolon or a colon.
    """
    ends = [found.start() for found in re.finditer(r"[.](?=\s+[^\W\d_a-zæøå])|[!?;:]", text)]
    words, sentence, commas, behind = [], 0, 0, 0
    for found in re.finditer(r"\w+", text):
        while sentence < len(ends) and ends[sentence] < found.start():
            sentence += 1
        commas += text.count(",", behind, found.start())
        behind = found.end()
        words.append(_Word(found[0].casefold(), found.start(), found.end(), sentence, commas))
    return words


@lru_cache(maxsize=1024)
def _split(phrase: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", phrase.casefold()))


def _places(
    phrase: tuple[str, ...], words: Sequence[_Word], first: int, behind: int
) -> list[tuple[int, ...]]:
    """Each way to find the phrase's words in order, in one sentence and close enough.

    It begins from the word `first` on and before `behind`. Of the ways that begin with the
    same word only the closest is given.
    """
    ways: list[tuple[int, ...]] = [
        (place,) for place in range(first, behind) if words[place].text == phrase[0]
    ]
    for wanted in phrase[1:]:
        ways = [
            (*way, place) for way in ways if (place := _next(wanted, way[-1], words)) is not None
        ]
    return ways


def _next(wanted: str, place: int, words: Sequence[_Word]) -> int | None:
    """Where `wanted` stands behind a place, unless another clause or verb comes first."""
    for later in range(place + 1, min(place + GAP + 2, len(words))):
        word = words[later]
        if word.sentence != words[place].sentence:
            return None
        if word.text == wanted:
            return later
        if word.text in STOPS or word.text in MODALS:
            return None
    return None


SPLIT = tuple(map(_split, PHRASES))
"""The words of each phrase that is known."""
