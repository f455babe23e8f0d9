"""How much a statement asks for: the letter's own words, ordered, and found in a quote.

A letter is careful about the difference between "bør", "bør vurderes" and "kan vurderes";
a summary must be as careful. A phrase is found where its words stand in order, with few
words between ("bør det også vurderes").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GAP = 5
"""How many words may stand between two of a phrase's."""
GAP_OF_NEGATION = 1

RANKED = (
    ("må", "skal", "må ikke", "skal ikke", "må vurderes", "skal vurderes", "kreves", "krever",
     "forutsetter", "forutsettes", "forutsetning", "vurderes som en forutsetning",
     "er avgjørende", "er nødvendig", "må vurderast", "krev", "føreset", "er avgjerande",
     "er nødvendig", "must", "shall", "must not", "requires", "is required"),
    ("bør", "bør ikke", "bør ikkje", "anbefaler", "ikke anbefaler", "tilrår", "tilrår ikkje",
     "ber om", "er viktig", "er behov for", "should", "should not", "recommends",
     "does not recommend", "is important"),
    ("bør vurderes", "bør vurderast", "should be considered"),
    ("er ønskelig", "ønsker", "er ynskjeleg", "ønskjer", "kunne med fordel", "kunne", "kan",
     "kan ikke", "kan ikkje", "may", "could", "can", "is desirable"),
    ("kan vurderes", "kunne vurderes", "kan vurderast", "kunne vurderast", "may be considered",
     "could be considered"),
)  # fmt: skip
"""The phrases that are known, the strongest first; those in one row are equally strong."""

UNKNOWN = len(RANKED)
NEGATIONS = {"ikke", "ikkje", "not"}


def rank(phrase: str) -> int:
    """A phrase's place from the strongest, 0; `UNKNOWN` where the table lacks it."""
    words = tuple(_words(phrase))
    return next((i for i, row in enumerate(RANKED) if words in map(_split, row)), UNKNOWN)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a quote says of its force."""

    stands: bool
    """Whether the phrase stands in the quote."""
    instead: str = ""
    """The longer phrase that the letter says each time the shorter one stands there."""


def find_force(phrase: str, quote: str, after: str) -> Finding:
    """Whether `phrase` stands in `quote`, and is no part of a phrase that says otherwise.

    `after` is the text behind the quote: a quote cut short before "vurderes" says no more
    than the sentence it was taken from.
    """
    inside = _words(quote)
    words = inside + _words(re.split(r"[.;:!?]", after)[0])[: GAP + 1]
    found = [places for places in _places(_split(phrase), words) if places[-1] < len(inside)]
    if not found:
        return Finding(False)
    longer = [each for row in RANKED for each in row if _holds(_split(each), _split(phrase))]
    for other in longer:
        around = [set(places) for places in _places(_split(other), words)]
        found = [places for places in found if not any(set(places) <= each for each in around)]
        if not found:
            return Finding(True, other)
    return Finding(True)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(_words(phrase))


def _holds(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether the shorter phrase's words stand in the longer one, in order."""
    rest = iter(longer)
    return len(longer) > len(shorter) and all(word in rest for word in shorter)


def _places(phrase: tuple[str, ...], words: list[str]) -> list[tuple[int, ...]]:
    """Each way to find the phrase's words in order, close enough to each other."""
    gap = GAP_OF_NEGATION if NEGATIONS & set(phrase) else GAP
    ways: list[tuple[int, ...]] = [(i,) for i, word in enumerate(words) if word == phrase[0]]
    for word in phrase[1:]:
        ways = [
            (*way, place)
            for way in ways
            for place in range(way[-1] + 1, min(way[-1] + gap + 2, len(words)))
            if words[place] == word and phrase[0] not in words[way[0] + 1 : place]
        ]
    return ways
