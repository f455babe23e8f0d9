"""Values as a Norwegian writes them: `vedtatt`, `enstemmig`, `12.02.2026`.

They are understood where front matter is read; `innspill fmt` writes the settled form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "desember",
)  # fmt: skip
DAY = re.compile(
    rf"(?P<d>\d{{1,2}})\.\s*(?:(?P<m>\d{{1,2}})\.\s*|(?P<word>{'|'.join(MONTHS)})\s+)(?P<y>\d{{4}})",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class WrittenWords:
    """Words that stand for the settled values of a key."""

    words: tuple[tuple[str, str], ...]

    def __call__(self, value: object) -> object:
        """The settled value, or the value as it is where it is none of the words."""
        if not isinstance(value, str):
            return value
        return dict(self.words).get(" ".join(value.split()).casefold(), value)


STATUS = WrittenWords(
    (("utkast", "draft"), ("vedtatt", "adopted"), ("vedteken", "adopted"), ("vedteke", "adopted"))
)
RESULT = WrittenWords(
    (
        *(("enstemmig", "unanimous"), ("einstemmig", "unanimous"), ("samrøystes", "unanimous")),
        *(("flertall", "majority"), ("fleirtal", "majority")),
    )
)
MINUTES = WrittenWords(
    (("kommer", "to_follow"), ("kjem", "to_follow"), ("endelig", "final"), ("endeleg", "final"))
)
MOVE = WrittenWords(
    (
        *(("til bydelene", "to_district"), ("til bydelane", "to_district")),
        *(("til kommunen sentralt", "to_city"), ("samarbeid", "cooperate")),
        *(("annet", "other"), ("anna", "other")),
    )
)
LANGUAGE = WrittenWords((("bokmål", "nb"), ("nynorsk", "nn"), ("engelsk", "en")))
PRINTS = WrittenWords((("stor skrift", "large"), ("hefte", "booklet")))
YES_OR_NO = WrittenWords((("ja", "true"), ("nei", "false")))


def written_day(value: object) -> object:
    """A day as ISO 8601 writes it, where it is written as `12.02.2026` or `12. februar 2026`."""
    found = DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        return value
    word = found["word"]
    month = MONTHS.index(word.casefold()) + 1 if word else int(found["m"])
    return f"{found['y']}-{month:02}-{int(found['d']):02}"
