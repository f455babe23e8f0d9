"""Finds in any text what is seldom meant for everyone.

It finds national ids, account numbers, phone numbers, private e-mail, and the words that a
document is exempt from public access. Each kind has a rule in one table; where two find the
same characters, the first alone speaks. The module knows nothing of files, so that
whatever is published can be asked about, the subjects of commits too. What was found is told
by its place and never repeated, since a message may end in a log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from innspill.messages import Message, say

GAP = r"[ \t\n\u00a0\u2009\u202f]"
GAP_IN_LINE = r"[ \t\u00a0\u2009\u202f]"
"""What a number goes on behind; what the next line begins with is another."""
SIX_DIGITS = re.compile(
    r"\d\d(?:[ \t\n\u00a0\u2009\u202f.]?\d\d[ \t\n\u00a0\u2009\u202f.]?\d\d"
    r"|\d\d-(?:\d{4}|\d\d-\d{5}))"
)
"""What each national id, account number and phone number holds, and few texts do."""
REACH = 64
"""How far from such six digits what tells a number stands: more than the longest, an IBAN."""
NATIONAL_ID = re.compile(rf"(?<![\w/.-])(\d{{6}}){GAP}?(\d{{5}})(?![\w/]|[.,-]\d)")
FIRST, SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
"""The weights of the national id's two control digits, which count too, by 1."""

ACCOUNT = re.compile(
    rf"(?<![\w/-])(?<!\d[.,])\d{{4}}(?:(?P<gap>[.-]|{GAP}|)\d\d(?P=gap)|{GAP}\d\d)\d{{5}}"
    rf"(?![\w/-]|[.,]\d|{GAP_IN_LINE}\d)"
)
NO_ACCOUNT = re.compile(
    r"(?:\bKID|ref|referanse|sak|saks-?|løpe|journal|dokument|ordre|faktura|serie|org|EAN|ISBN)"
    r"(?:nr|n?ummer|nummeret|nr\.)?\.?:?\s*\Z",
    re.IGNORECASE,
)
"""What stands before a number of another kind, which may have the right check digit too."""
IN_LINE_IBAN, IBAN = (
    re.compile(
        rf"(?<![\w/])(?:[A-Z]{{2}}\d\d(?:{gap}?[A-Z\d]{{4}}){{2,7}}(?:{gap}?[A-Z\d]{{1,3}})?"
        rf"|(?i:no)\d\d(?:{gap}?\d{{4}}){{2}}{gap}?\d{{3}})(?!\w)"
    )
    for gap in (r"[ \t\u00a0\u2009\u202f-]", r"[\s-]")
)
"""The number may be broken over two lines, but the next line may be about something else."""

PREFIX = rf"(?:\+|00)47{GAP}?"
GROUPED = rf"[2-9]\d{GAP}\d\d{GAP}\d\d{GAP}\d\d|[2-9]\d\d{GAP}\d\d{GAP}\d\d\d"
LABEL = rf"(?:\b(?:tlf|tel|telefon|telefonnummer|mobil|mobiltelefon|phone)\.?:?{GAP}*)"
PHONE = re.compile(
    rf"(?<![\w/=+-])(?<!\d[.,])"
    rf"(?:{PREFIX}(?:{GROUPED}|[2-9]\d{{7}})|{LABEL}(?:{GROUPED}|[2-9]\d{{7}})"
    rf"|{GROUPED}|[49]\d{{7}})"
    rf"(?![\w/-]|[.,]\d|{GAP_IN_LINE}\d|{GAP}?(?:kr\b|kroner|%|mill))",
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

EXEMPT_SIGNS = ("§", "ntatt", "NTATT", "nnatek", "nnteke")
LAW = r"\b(?:offl|off\.\s?l|offentl[ei]g(?:h?eit|het)?s?lov(?:a|en)|off\.?\s?lov(?:a|en))\.?"
EXEMPT_WORDS = (
    r"(?:\bunntatte?|\bunna?teke?n?e?|\bunnatekne|\bu\.)\s*(?:fra\s|frå\s)?\s*"
    r"(?:offentl[ei]g(?:heit|het)(?:en|a|s)?\b|off\.|innsyn)"
)
EXEMPTING = r"§+\s*(?:1[3-9]|2[0-6])(?!\d)"
"""The sections of the law that exempt; the Public Administration Act's § 13 is one of them."""
MARK = r"(?:^[^\w\n]*|[(:|][ \t]*)(?:(?:jf|jfr|jamfør)\b\.?[ \t]*)?"
"""What a mark stands behind: nothing on its line, a bracket, or a colon."""
OF_SECTION = (
    r"(?:[ \t]*+(?:[,§.]|\d++|(?:og|jfr?|nr|bokstav|ledd|første|fyrste|andre|annet|tredje|[a-zæøå])"
    r"\b|(?:fvl|forvaltningslov(?:en|a))\b))*+"
)
"""What may follow a section that is a mark, and tell it more closely."""
EXEMPT = re.compile(
    rf"{EXEMPT_WORDS}(?:[^§\n]|\n(?!\n)){{0,80}}{EXEMPTING}"
    rf"|^[^\w\n]*{EXEMPT_WORDS}[^\w\n]*$"
    rf"|{MARK}(?P<mark>{LAW}\s*(?:{EXEMPTING}(?={OF_SECTION}[ \t]*(?:$|[)|]))|§+\s*$))",
    re.IGNORECASE | re.MULTILINE,
)
"""The words with the section that they rest on, or alone on a line, or a section as a mark.

In a sentence that is not of what is exempt, a section alone says nothing: it may be of access.
"""

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


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind of private data looks like."""

    code: str
    message: Message
    hint: Message
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = lambda found: True
    """Whether what looks so is so, by its check digits or what stands before it."""


def private_data_in(text: str, meant: Iterable[str] = (), begin: int = 0) -> Iterator[PrivateData]:
    """Each stretch of a text, from `begin` on, that looks private.

    `meant` holds the numbers, addresses and words that may be there, however they are spaced.
    """
    known = {_bare(each) for each in meant}
    taken: set[int] = set()
    for rule, first, behind in _searches(text, begin):
        for found in rule.pattern.finditer(text, first, behind):
            start, end = found.span("mark" if found.lastgroup == "mark" else 0)
            if taken.isdisjoint(range(start, end)) and rule.holds(found):
                taken.update(range(start, end))
                if rule.hint is HINT or _bare(text[start:end]) not in known:
                    yield PrivateData(rule.code, start, end, rule.message, rule.hint)


def _searches(text: str, begin: int) -> Iterator[tuple[Rule, int, int]]:
    """The rules that may find something, and between which indices: a fraction of all."""
    parts = _near_digits(text, begin)
    for rule in OF_NUMBERS:
        yield from ((rule, first, behind) for first, behind in parts)
    if "@" in text:
        yield OF_EMAIL, begin, len(text)
    if any(sign in text for sign in EXEMPT_SIGNS):
        yield OF_EXEMPTION, begin, len(text)


def _near_digits(text: str, begin: int) -> list[tuple[int, int]]:
    """The parts of a text that may hold numbers; none ends within one."""
    parts: list[tuple[int, int]] = []
    for found in SIX_DIGITS.finditer(text, begin):
        first, behind = max(begin, found.start() - REACH), found.end() + REACH
        if parts and first <= parts[-1][1]:
            first, _ = parts.pop()
        parts.append((first, behind))
    return parts


def _bare(found: str) -> str:
    """Words and addresses in small letters; of a number its last eight digits, without +47."""
    digits = re.sub(r"\D", "", found)
    is_number = len(digits) >= 8 and "@" not in found
    return digits[-8:] if is_number else " ".join(found.casefold().split())


def _is_account(found: re.Match[str]) -> bool:
    """Whether the last digit is the check digit of an account number, modulo 11."""
    if NO_ACCOUNT.search(found.string, max(0, found.start() - 30), found.start()):
        return False
    digits = [int(digit) for digit in found[0] if digit.isdecimal()]
    return sum(weight * digit for weight, digit in zip(SECOND, digits, strict=True)) % 11 == 0


def _is_iban(found: re.Match[str]) -> bool:
    """Whether the check digits are right, modulo 97 (ISO 13616)."""
    bare = re.sub(r"[\s-]", "", found[0])
    turned = bare[4:] + bare[:4]
    return len(bare) >= 15 and int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


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


OF_NUMBERS = (
    Rule("account", say("this looks like an account number"), IF_MEANT, IN_LINE_IBAN, _is_iban),
    Rule("account", say("this looks like an account number"), IF_MEANT, IBAN, _is_iban),
    Rule("national-id", say("this looks like a national id"), HINT, NATIONAL_ID, _is_national_id),
    Rule("account", say("this looks like an account number"), IF_MEANT, ACCOUNT, _is_account),
    Rule("phone", say("this looks like a phone number"), IF_MEANT, PHONE),
)
OF_EMAIL = Rule("email", say("this looks like a private e-mail address"), IF_MEANT, EMAIL)
OF_EXEMPTION = Rule(
    "exempt", say("this says that a document is exempt from public access"), IF_MEANT, EXEMPT
)
CODES_OF_LISTED = frozenset(
    rule.code for rule in (*OF_NUMBERS, OF_EMAIL, OF_EXEMPTION) if rule.hint is IF_MEANT
)
"""The kinds that `may_be_published` can allow."""
