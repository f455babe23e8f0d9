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

from innspill.check.force_words import (
    AFTER_NEGATION,
    DECLARES,
    MODALS,
    NEGATIONS,
    NEITHER,
    PHRASES,
    RESOLVED,
    RESOLVES,
    SHOULD,
    STOPS,
    UNKNOWN,
)

GAP = 5
"""How many words may stand between two of a phrase's."""
INSERTS = re.compile(r",| [–—-] |[()]")
"""What stands around an insertion, or before another clause."""
JOINS = {"og", "men", "samt", "som", "at"}
"""Words behind which a passive that asks itself is no modal's infinitive."""
LONGEST_SUBJECT = 12
"""How many words before a verb "verken" begins its subject at most."""
LONGEST = 6
"""How many words a force has at most."""


def rank(phrase: str) -> int:
    """A phrase's place from the strongest, 0; a negation in it changes nothing of that."""
    words = _split(phrase)
    without = [word for word in words if word not in NEGATIONS]
    resolves = SHOULD if len(without) == 1 and RESOLVES.fullmatch(without[0]) else UNKNOWN
    return PHRASES.get(" ".join(words), PHRASES.get(" ".join(without), resolves))


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
    """How many commas, dashes and parentheses stand before it in the text."""


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
        if modal := _modal_before(places, words):
            instead = _joined((modal[0], *places), words)
            continue
        larger = _larger(places, words)
        if not larger:
            doubt = _earlier_negation(places, words)
            return Finding(True, doubt="" if doubt is None else words[doubt].text)
        instead = _joined(larger, words)
    return Finding(True, instead)


@dataclass(frozen=True, slots=True)
class ForceWords:
    """Words of force where they stand in a text."""

    phrase: str
    """As `find_force` takes it, in small letters."""
    rank: int
    start: int
    end: int
    """Where the last of its words ends."""


def forces_in(text: str, start: int, end: int, *, resolving: bool = False) -> list[ForceWords]:
    """All phrases of the table in `text[start:end]`, each with all that belongs to it.

    What is found is never less than the letter says: with "vurderes", with "ikke". With
    `resolving`, any verb in the passive that hangs on no other is one, as in a list of
    resolutions.
    """
    words = _read(text)
    first, behind = (bisect_left(words, each, key=_begins) for each in (start, end))
    found: set[tuple[int, ...]] = set()
    for place in range(first, behind):
        ways = [
            places
            for phrase in BY_FIRST.get(words[place].text, ())
            for places in _places(phrase, words, place, place + 1)
        ]
        if resolving and RESOLVES.fullmatch(words[place].text):
            ways.append((place,))
        found |= {_whole(places, words) for places in ways if not _modal_before(places, words)}
    most = [each for each in found if not any(set(each) < set(other) for other in found)]
    return [
        ForceWords(phrase, rank(phrase), words[places[0]].start, words[places[-1]].end)
        for places in sorted(most)
        if len(places) <= LONGEST and first <= places[0] and places[-1] < behind
        for phrase in (_joined(places, words),)
    ]


def _modal_before(places: tuple[int, ...], words: Sequence[_Word]) -> tuple[int, ...]:
    """The last modal verb before what may be its infinitive: "bør … overføres" resolves nothing."""
    first, commas = words[places[0]].text, words[places[0]].commas
    declares = first in DECLARES  # "kan ikke vente og forutsettes gjort", "…, og det kreves"
    if first not in INFINITIVE_TOO and not (len(places) == 1 and RESOLVES.fullmatch(first)):
        return ()
    sentence = words[places[0]].sentence
    for place in range(places[0] - 1, -1, -1):
        if words[place].sentence != sentence:
            break
        if declares and words[place].text in JOINS:
            break
        if words[place].text in MODALS:
            return () if declares and (commas - words[place].commas) % 2 else (place,)
    return ()


def _whole(places: tuple[int, ...], words: Sequence[_Word]) -> tuple[int, ...]:
    """These words with all that they are only a part of, and what may negate them."""
    while larger := _larger(places, words):
        places = larger
    doubt = _earlier_negation(places, words)
    return places if doubt is None else (doubt, *places)


def _joined(places: tuple[int, ...], words: Sequence[_Word]) -> str:
    return " ".join(words[place].text for place in places)


def _larger(places: tuple[int, ...], words: Sequence[_Word]) -> tuple[int, ...]:
    """What these words are only a part of, or what negates them; empty where nothing does."""
    asked = {place for place in places if words[place].text not in NEGATIONS}
    start = max(0, places[0] - GAP - 1)
    around = words[start : places[-1] + GAP + 2]
    near = {word.text for word in around}
    for other in WITH_WORD.get(words[min(asked)].text, ()) if asked else SPLIT:
        if len(other) > len(asked) and near.issuperset(other):
            for way in _places(other, around, 0, len(around)):
                whole = {start + place for place in way}
                if asked <= whole and not whole <= set(places):
                    return tuple(sorted(whole | set(places)))
    if len(asked) < len(places):
        return ()  # the phrase has its negation
    for place in _negating(places, words):
        return tuple(sorted({place, *places}))
    return ()


def _negating(places: tuple[int, ...], words: Sequence[_Word]) -> Iterator[int]:
    """Negations directly before a phrase, in it, or behind it in the same clause."""
    first, last = words[places[0]], words[places[-1]]
    for place in range(max(places[0] - 1, 0), min(places[-1] + GAP + 2, len(words))):
        word = words[place]
        if word.sentence != first.sentence or place in places:
            continue
        if place > places[-1]:
            if {word.text, last.text} & STOPS or word.text in MODALS:
                return
            if (word.commas - last.commas) % 2:
                continue  # behind one comma another clause begins; two enclose an insertion
        if _negates(place, words):
            yield place


def _earlier_negation(places: tuple[int, ...], words: Sequence[_Word]) -> int | None:
    first = words[places[0]]
    for place in range(places[0] - 1, max(places[0] - LONGEST_SUBJECT, -1), -1):
        if words[place].sentence != first.sentence or words[place].commas != first.commas:
            break
        if words[place].text in NEITHER:
            return place  # "verken … eller … bør"
    for place in range(places[0] - 1, max(places[0] - GAP - 2, -1), -1):
        word = words[place]
        if word.sentence != first.sentence or word.commas != first.commas:
            return None
        if word.text in (STOPS - {"at"}) or word.text in MODALS:
            return None
        if _negates(place, words):
            return place
    return None


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
        commas += len(INSERTS.findall(text, behind, found.start()))
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
    denies = words[place].text in NEITHER  # "verken … eller … bør"
    reach, joins = (LONGEST_SUBJECT, {"eller", "or"}) if denies else (GAP + 1, set())
    for later in range(place + 1, min(place + reach + 1, len(words))):
        word = words[later]
        if word.sentence != words[place].sentence:
            return None
        if word.text == wanted:
            return later
        if word.text in STOPS - joins or word.text in MODALS:
            return None
    return None


SPLIT = tuple(tuple(phrase.split()) for phrase in PHRASES)
"""The words of each phrase that is known."""
INFINITIVE_TOO = frozenset(phrase.split()[0] for phrase in RESOLVED)
BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
"""The phrases that begin with a word."""
WITH_WORD: dict[str, list[tuple[str, ...]]] = {}
"""The phrases that hold a word: what it may be a part of."""
for _phrase in SPLIT:
    BY_FIRST.setdefault(_phrase[0], []).append(_phrase)
    for _word in dict.fromkeys(_phrase):
        WITH_WORD.setdefault(_word, []).append(_phrase)
