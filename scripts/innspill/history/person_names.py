"""A person's name wherever git may have it: in a subject, an address, a tag or an e-mail address.

It is compared as it is pronounced, rather than as it is spelt: without marks, in any case, with
initials, turned, or joined by whatever joins the words of an address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

LEFT_OUT = "…"
"""What stands where a name is left out."""
SHORTEST = 3
"""How many letters a part of a name has at least to be told from another word."""
WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
JOINT = re.compile(r"[\s.,_+'\u2019\d-]{1,3}")
"""What may stand between two parts of a name."""
EMAIL = re.compile(r"[^\s<>()\[\]@,;:\"]+@[^\s<>()\[\]@,;:\"]*\w")
PLAIN = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ð": "d", "ŋ": "n", "ł": "l"})
DOUBLED = re.compile(r"oe|aa|ae")
"""How ø, å and æ are written where there are none."""
PARTICLES = frozenset(
    {"de", "da", "du", "di", "la", "le", "af", "av", "al", "el", "van", "von", "der", "den", "zu"}
)
"""Parts of names that are words of their own, and name nobody."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, and what part of a name it may be."""

    start: int
    end: int
    parts: frozenset[str]
    """The parts of the name that it is; two where it is written in one."""
    is_initial: bool
    is_name: bool
    """Whether it is written as a name is: with a capital letter."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that must not be published."""

    parts: tuple[str, ...]
    initials: frozenset[str]
    """What its bearer may sign with, in small letters here."""

    @classmethod
    def of(cls, name: str) -> Name:
        """The name that is written so."""
        words = [[_plain(each) for each in WORD.findall(word)] for word in name.split()]
        parts = tuple(dict.fromkeys(each for word in words for each in word))
        of_words = "".join(word[0][0] for word in words if word)
        of_parts = "".join(each[0] for word in words for each in word)
        return cls(parts, frozenset(map(_plain, (of_words, of_parts))))

    def left_out_of(self, text: str) -> str:
        """The text without the name, its parts, its initials, and e-mail addresses with it."""
        kept, end = "", 0
        for start, stop in self._spans(text):
            if start >= end:
                kept += text[end:start] + LEFT_OUT
            end = max(end, stop)
        return kept + text[end:]

    def is_in_text(self, text: str) -> bool:
        """Whether it stands in an author's name, or a part of it."""
        return self.left_out_of(text) != text or any(
            len(part) >= SHORTEST and part not in PARTICLES
            for each in self._words(text)
            for part in each.parts
        )

    def is_in_address(self, text: str) -> bool:
        """Whether two parts of it stand together, or an initial before a part."""
        return any(self._is_whole(run) for run in self._runs(text))

    def _spans(self, text: str) -> list[Span]:
        """Where it stands, by where that begins."""
        addresses = [each.span() for each in EMAIL.finditer(text) if self._is_in_email(each[0])]
        runs = [
            (run[0].start, run[-1].end)
            for run in self._runs(text)
            if self._is_whole(run) or any(each.is_name and each.parts for each in run)
        ]
        signed = [
            each.span()
            for each in WORD.finditer(text)
            if _plain(each[0]) in self.initials
            and each[0].isupper()
            and (len(each[0]) >= SHORTEST or (not each.start() and text[each.end() :][:1] == ":"))
        ]
        return sorted(addresses + runs + signed, key=lambda span: (span[0], -span[1]))

    def _is_in_email(self, address: str) -> bool:
        """Whether an address is of who has the name: it has a part, or an initial with one."""
        local = address.partition("@")[0]
        shortened = {f"{one[0]}{other}" for one, other in permutations(self.parts, 2)}
        return any(
            len(part) >= SHORTEST for each in self._words(local) for part in each.parts
        ) or any(_plain(each) in shortened for each in WORD.findall(local))

    def _is_whole(self, run: list[Word]) -> bool:
        """Whether words that stand together name somebody, and not only a part of the name."""
        telling = {each for each in self.parts if each not in PARTICLES and len(each) > 1}
        found = {part for each in run for part in each.parts} & telling
        begins = any(each.is_initial for each in run[:-1])
        return len(found) >= min(2, len(telling)) > 0 or (begins and bool(found))

    def _runs(self, text: str) -> Iterator[list[Word]]:
        """Words of the name that stand together, initials between and before them too."""
        run: list[Word] = []
        for each in self._words(text):
            if run and not JOINT.fullmatch(text, run[-1].end, each.start):
                yield run
                run = []
            run.append(each)
        if run:
            yield run

    def _words(self, text: str) -> Iterator[Word]:
        initials = {each[0] for each in self.parts}
        joined = {a + b: frozenset({a, b}) for a, b in permutations(self.parts, 2)}
        joined |= {each: frozenset({each}) for each in self.parts}
        for found in WORD.finditer(text):
            word = _plain(found[0])
            parts = joined.get(word) or joined.get(word.removesuffix("s"), frozenset())
            is_initial = len(word) == 1 and word in initials
            if parts or is_initial:
                is_name = found[0][0].isupper() and len(found[0]) >= SHORTEST
                is_name &= not parts <= PARTICLES
                yield Word(found.start(), found.end(), parts, is_initial, is_name)


def _plain(word: str) -> str:
    """A word without what is written in several ways."""
    bare = unicodedata.normalize("NFD", word.casefold().translate(PLAIN))
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    return DOUBLED.sub(lambda found: found[0][0], bare)
