"""Finds in any text what is seldom meant for everyone: national ids, phone numbers, e-mail.

It knows nothing of files, so that whatever is published can be asked about, the subjects of
commits too. What was found is told by its place and never repeated, since a message may end
in a log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from innspill.messages import Message, say

GAP = r"[ \t\n\u00a0\u2009\u202f]"
SIX_DIGITS = re.compile(rf"\d\d{GAP}?\d\d{GAP}?\d\d")
"""What each national id and each phone number holds, and few texts do."""
NATIONAL_ID = re.compile(rf"(?<![\w/.-])(\d{{6}}){GAP}?(\d{{5}})(?![\w/]|[.,-]\d)")
FIRST, SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
"""The weights of the national id's two control digits, which count too, by 1."""

PREFIX = rf"(?:\+|00)47{GAP}?"
GROUPED = rf"[2-9]\d{GAP}\d\d{GAP}\d\d{GAP}\d\d|[2-9]\d\d{GAP}\d\d{GAP}\d\d\d"
LABEL = rf"(?:\b(?:tlf|tel|telefon|telefonnummer|mobil|mobiltelefon|phone)\.?:?{GAP}*)"
PHONE = re.compile(
    rf"(?<![\w/=+-])(?<!\d[.,])"
    rf"(?:{PREFIX}(?:{GROUPED}|[2-9]\d{{7}})|{LABEL}(?:{GROUPED}|[2-9]\d{{7}})"
    rf"|{GROUPED}|[49]\d{{7}})"
    rf"(?![\w/-]|[.,]\d|{GAP}\d|{GAP}?(?:kr\b|kroner|%|mill))",
    re.IGNORECASE,
)
"""Eight digits as Norwegian numbers are grouped; in one run only where it must be a phone."""

PRIVATE = (
    r"gmail\.com|googlemail\.com|(?:hotmail|outlook|live|yahoo)\.[a-z.]{2,6}|msn\.com|ymail\.com"
    r"|online\.no|broadpark\.no|getmail\.no|start\.no|frisurf\.no|lyse\.net|tele2\.no|c2i\.net"
    r"|icloud\.com|me\.com|mac\.com|aol\.com|gmx\.[a-z]{2,3}|proton\.me|protonmail\.com|pm\.me"
)
EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]+@(?:{PRIVATE})(?![\w-]|\.\w)", re.IGNORECASE)
"""Addresses at the providers where people, and not offices, have theirs."""

HINT = say("is it meant for everyone who reads the site? Else take it out")
IF_MEANT = say(
    "take it out, or, if it is for everyone, list it under `may_be_published` in content/index.md"
)


@dataclass(frozen=True, slots=True)
class PrivateData:
    """A stretch of a text that looks private, and what to do about it."""

    code: str
    start: int
    """The index of its first character."""
    end: int
    """The index behind its last."""
    message: Message
    hint: Message


def private_data_in(text: str, meant: Iterable[str] = (), begin: int = 0) -> Iterator[PrivateData]:
    """Each national id, phone number and private e-mail address in a text, from `begin` on.

    `meant` holds the numbers and addresses that may be there, however they are spaced.
    """
    known = {_bare(each) for each in meant}
    if SIX_DIGITS.search(text, begin):
        ids = [found for found in NATIONAL_ID.finditer(text, begin) if _is_national_id(found)]
        inside = [found.span() for found in ids]
        phones = [
            found
            for found in PHONE.finditer(text, begin)
            if not any(start < found.end() and found.start() < end for start, end in inside)
            and _bare(found[0]) not in known
        ]
        yield from _as_data("national-id", say("this looks like a national id"), ids, HINT)
        yield from _as_data("phone", say("this looks like a phone number"), phones, IF_MEANT)
    if "@" in text:
        emails = (found for found in EMAIL.finditer(text, begin) if _bare(found[0]) not in known)
        message = say("this looks like a private e-mail address")
        yield from _as_data("email", message, emails, IF_MEANT)


def _as_data(
    code: str, message: Message, found: Iterable[re.Match[str]], hint: Message
) -> Iterator[PrivateData]:
    for each in found:
        yield PrivateData(code, each.start(), each.end(), message, hint)


def _bare(found: str) -> str:
    """An address in small letters; of a number its last eight digits, without label and +47."""
    if "@" in found:
        return found.strip().casefold()
    return re.sub(r"\D", "", found)[-8:]


def _is_national_id(found: re.Match[str]) -> bool:
    """Whether eleven digits name a day and both control digits are right, modulo 11.

    A D number has 40 added to its day; a help number has 40 added to its month, and one
    made for tests 65 or 80.
    """
    digits = [int(digit) for digit in found[1] + found[2]]
    if any(
        sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11
        for weights in (FIRST, SECOND)
    ):
        return False
    day, month, year = (int(found[1][start : start + 2]) for start in (0, 2, 4))
    day -= 40 if day > 40 else 0
    months = {month, month - 40, month - 65, month - 80}
    return any(_is_day(year, each, day) for each in months)


def _is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day in either century."""
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False
