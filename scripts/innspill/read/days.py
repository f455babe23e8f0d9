"""Days as people write them: `2024-03-21`, `21.03.2024`, `21. mars 2024`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

FIRST_YEAR = 1838
"""When Norway's municipalities began: the year of an earlier day is a slip."""
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
"""The months in bokmål and nynorsk alike."""
SETTLED = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
"""ISO 8601, 5.2.2.1, extended."""
NORWEGIAN = re.compile(
    rf"([0-9]{{1,2}})(?:\. ?([0-9]{{1,2}})\. ?|\.? ({'|'.join(MONTHS)}) )([0-9]{{4}})"
)
EITHER_WAY = re.compile(r"[0-9]{1,4}([-./ ])[0-9]{1,2}\1[0-9]{1,4}")
"""Numbers of which nobody can tell for sure what is the day, the month and the year."""


def settled_day(text: str) -> str | None:
    """A day as it is settled, for one that is written as Norwegians do; None for all else."""
    found = NORWEGIAN.fullmatch(text)
    if not found:
        return None
    day, number, name, year = found.groups()
    month = int(number) if number else MONTHS.index(name) + 1
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None


def is_a_day_that_never_was(text: str) -> bool:
    """Whether it has the form of a day."""
    return bool(SETTLED.fullmatch(text) or NORWEGIAN.fullmatch(text))


DaysPattern = Callable[[str, str, str], str]
"""A pattern for the days of some months of some years, by a pattern for each of the three."""

YEAR = "(?:183[89]|18[4-9][0-9]|19[0-9]{2}|[2-9][0-9]{3})"
LEAP_YEAR = (
    "(?:18(?:[468][048]|[579][26])|(?:19|[2-9][0-9])(?:0[48]|[2468][048]|[13579][26])"
    "|(?:[2468][048]|[3579][26])00)"
)


def day_pattern() -> str:
    """A regular expression (ECMA-262) for the days that there are, in all forms that are read."""
    digits = [f"{month:02}" for month in range(1, 13)]
    loose = [month.replace("0", "0?", 1) if month[0] == "0" else month for month in digits]
    ways = (
        *_days(lambda day, month, year: f"{year}-{month}-{day}", "0", digits),
        *_days(lambda day, month, year: rf"{day}\. ?{month}\. ?{year}", "0?", loose),
        *_days(lambda day, month, year: rf"{day}\.? {month} {year}", "0?", MONTHS),
    )
    return f"^(?:{'|'.join(ways)})$"


def _days(form: DaysPattern, zero: str, months: Sequence[str]) -> list[str]:
    """The days of a form: those that each month has, the 29th and 30th, the 31st, leap days."""
    to_28 = f"(?:{zero}[1-9]|1[0-9]|2[0-8])"
    but_february = [each for at, each in enumerate(months, 1) if at != 2]
    long = [each for at, each in enumerate(months, 1) if at in {1, 3, 5, 7, 8, 10, 12}]
    return [
        form(to_28, _any(months), YEAR),
        form("(?:29|30)", _any(but_february), YEAR),
        form("31", _any(long), YEAR),
        form("29", months[1], LEAP_YEAR),
    ]


def _any(patterns: Sequence[str]) -> str:
    return f"(?:{'|'.join(patterns)})"
