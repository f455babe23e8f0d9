"""Sentences of a letter, cut into words and clauses: what a word of force is judged by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from innspill.check.force import ForceWords, forces_in
from innspill.fmt.sentences import sentences_in
from innspill.suggest import words as table
from innspill.text import Unit

ENDS_TOO = re.compile(r"\d[.] (?=[A-ZÆØÅ])|[.!?] (?=É)")
"""Ends of sentences that `fmt` passes over, since it must break no date."""
LONGEST = 200
"""How many words a sentence has at most; what is longer is no prose, and is not judged."""
ALSO = {"og", "men", "samt"}
Span = tuple[int, int]


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without the marks and the "og" at its end, and with no space at its ends."""
    piece = re.sub(r"(?:[\s.,;:!]|(?<=[,\s])(?:og|men|samt|for))+$", "", text[start:end])
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


@dataclass(frozen=True, slots=True)
class ClauseWord:
    """A word of a sentence."""

    text: str
    """In small letters."""
    start: int
    end: int
    breaks: str
    """The comma, dash or the like that stands before it, empty where there is none."""


@dataclass(frozen=True, slots=True)
class LetterSentence:
    """One sentence of a unit, with its words of force."""

    unit: Unit = field(repr=False)
    start: int
    end: int
    words: Sequence[ClauseWord]
    forces: Sequence[ForceWords]
    own: frozenset[str]
    """The words by which the letter names those who sign."""
    is_background: bool
    """Whether it stands in a part that tells how things are."""

    @property
    def text(self) -> str:
        """Its text."""
        return self.unit.text[self.start : self.end]

    @property
    def whole(self) -> Span:
        """From where to where it stands in its unit."""
        return self.start, self.end

    @property
    def stopless(self) -> Span:
        """The same without the marks at its end."""
        return trimmed(self.unit.text, self.start, self.end)

    def index(self, place: int) -> int:
        """The index of the word that stands at a place of the unit's text."""
        return next((at for at, each in enumerate(self.words) if each.end > place), 0)

    def word(self, at: int) -> str:
        """The word with an index, empty where there is none."""
        return self.words[at].text if 0 <= at < len(self.words) else ""

    def behind(self, at: int) -> list[str]:
        """The words behind the one with an index."""
        return [each.text for each in self.words[at + 1 :]]


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause that a word stands in."""

    start: int
    """The index of its first word."""
    opener: str
    """The word that makes it a part of another clause; empty of a main clause."""


def sentences_of(
    unit: Unit, own: frozenset[str], *, is_background: bool
) -> Iterator[LetterSentence]:
    """The sentences of a unit, in turn."""
    is_item = unit.element.tag == "li"
    at = 0
    for piece in sentences_in(unit.text):
        start = unit.text.index(piece, at)
        at = start + len(piece)
        cuts = (start + each.end() for each in ENDS_TOO.finditer(piece))
        for first, behind in pairwise([start, *cuts, at]):
            words = list(_words(unit.text, first, behind))
            is_prose = len(words) <= LONGEST
            forces = forces_in(unit.text, first, behind, resolving=is_item) if is_prose else []
            yield LetterSentence(unit, first, behind, words, forces, own, is_background)


def _words(text: str, start: int, end: int) -> Iterator[ClauseWord]:
    behind = start
    for found in re.finditer(r"\w+", text[start:end]):
        begin, stop = start + found.start(), start + found.end()
        breaks = re.sub(r"[^,;:–(]", "", text[behind:begin])
        yield ClauseWord(found[0].casefold(), begin, stop, breaks)
        behind = stop


def clause_of(at: int, sentence: LetterSentence) -> Clause:
    """The clause of the word with an index: back to a comma, an "og" before a verb, an opener."""
    for place in range(at, -1, -1):
        before = sentence.word(place - 1)
        if place < at and _opens(place, at, sentence):
            return Clause(place, sentence.word(place))
        breaks = sentence.words[place].breaks
        if breaks or (before in ALSO and at - place <= 1):
            joins = sentence.word(place) in {*ALSO, "for"} and place < at
            return Clause(place + joins, "")
    return Clause(0, "")


def _opens(place: int, at: int, sentence: LetterSentence) -> bool:
    """Whether a word before another begins its clause and makes it a part of a larger one."""
    if (
        sentence.word(place) in table.RELATIVE
    ):  # "som bør", not "som samfunnsutviklere kan", nor "Som del av"
        is_inverted = sentence.word(at + 1) in {"vi", "me"}  # "som rådet ber vi om"
        return place > 0 and at - place <= 2 and not is_inverted
    return opens_clause(place, sentence)


def opens_clause(place: int, sentence: LetterSentence) -> bool:
    """Whether a word begins a part of a larger clause, and is no "som" nor "der"."""
    word, before = sentence.word(place), sentence.word(place - 1)
    if word == "om":  # a preposition, unless something is asked
        return place == 0 or before in table.ASKING
    if word in table.ALSO_ADVERBS and not (place == 0 or sentence.words[place].breaks):
        return sentence.word(place + 1) in table.ALSO_ADVERBS[word]
    if word in table.CONTRASTS and sentence.words[place].breaks:
        return False
    return word == "at" or word in table.UNSURE


def is_subordinate(at: int, sentence: LetterSentence) -> bool:
    """Whether a word before another, back to a comma, makes its clause part of a larger one."""
    for place in range(at - 1, -1, -1):
        if sentence.words[place + 1].breaks:
            return False
        word = sentence.word(place)
        is_told_of = place > 0 and word in table.RELATIVE
        is_so_long = word in table.STILL and (word != "lenge" or sentence.word(place - 1) == "så")
        if is_told_of or is_so_long or opens_clause(place, sentence):
            return True
    return False


def own_words(committee: str) -> frozenset[str]:
    """The words by which a committee's letter may name it: its name's, and what it calls itself."""
    found = set(table.OWN) | set(re.findall(r"\w{4,}", committee.casefold()))
    head = re.split(r" (?:for|i|ved|på|av) ", committee.casefold())[0]
    for name in re.findall(r"\w{3,}", head):
        found.add(name)
        for kind, called in table.BODIES.items():
            if kind in name:
                first = name[: name.rindex(kind)]
                found |= {kind, *called, *(f"{first}{each}" for each in called)}
    return frozenset(found)


def names_own(word: str, own: frozenset[str]) -> bool:
    """Whether a word names those who sign."""
    return word in own or word.removesuffix("s") in own or bool(table.OWN_ENDS.fullmatch(word))


def is_own(at: int, sentence: LetterSentence) -> bool:
    """Whether those who sign are the subject of the verb with an index.

    They stand before it in its clause, or right behind it. A verb that begins its clause goes
    on with the subject of what stands before; one that begins the sentence needs none.
    """
    start = clause_of(at, sentence).start
    if at == 0:
        return True
    between = {each.text for each in sentence.words[start:at]}
    is_joined = sentence.word(start - 1) in ALSO and between <= table.GOES_ON
    if is_joined and sentence.word(at + 1) in table.NO_SUBJECT:
        start = at  # "noe vi har bedt om før og nå ber om igjen"
    before = [each.text for each in sentence.words[0 if at == start else start : at]]
    behind = takewhile(lambda each: each not in {"at", "å", "som"}, sentence.behind(at)[:3])
    near = [each for each in behind if each != "oss"]
    if near[:1] not in (["vi"], ["me"]) and at > start and _are_others(before, sentence.own):
        return False
    return any(names_own(each, sentence.own) for each in (*before, *near))


def _are_others(before: Sequence[str], own: frozenset[str]) -> bool:
    """Whether the words before a verb are its subject, and name somebody else."""
    last = before[-1]
    names_others = table.OTHERS.fullmatch(last) and not names_own(last, own)
    return bool(names_others) and before[0] not in table.PREPOSITIONS
