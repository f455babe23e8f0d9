"""The message catalogue: every sentence that the program, the site and the PDFs say.

Sentences are written in English in the code and the templates. The `.po` files in
`locale/` hold the other languages; one more file is one more language. A sentence
that a catalogue lacks is taken from bokmål where the language is Norwegian, else it
stays English.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from innspill.pycache import beside_modules, keep

if TYPE_CHECKING:
    from datetime import date

LOCALE_FOLDER = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"
DIGEST = 32
"""Bytes of a SHA-256."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with named places, not yet in any language."""

    text: str
    """The English sentence, its places written `{name}`."""
    values: tuple[tuple[str, object], ...] = ()

    def within(self, catalogue: gettext.NullTranslations) -> str:
        """The sentence in the catalogue's language, its places filled."""
        values = {
            name: value.within(catalogue) if isinstance(value, Message) else value
            for name, value in self.values
        }
        return catalogue.gettext(self.text).format(**values)

    def __str__(self) -> str:
        return self.within(gettext.NullTranslations())


def say(text: str, /, **values: object) -> Message:
    """A message; the extraction of the catalogue looks for calls of this name."""
    return Message(text, tuple(values.items()))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, the source language among them."""
    return tuple(sorted({SOURCE_LANGUAGE, *(path.stem for path in LOCALE_FOLDER.glob("*.po"))}))


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The sentences of one language.

    Raises KeyError where the language has no catalogue.
    """
    if language not in languages():
        raise KeyError(language)
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    source = (LOCALE_FOLDER / f"{language}.po").read_bytes()
    translations = gettext.GNUTranslations(io.BytesIO(_compiled(source, language)))
    if language == "nn":
        translations.add_fallback(catalogue("nb"))
    return translations


def _compiled(source: bytes, language: str) -> bytes:
    """A `.po` file as a `.mo` file, which is kept with the digests of both."""
    from hashlib import sha256  # `--version` and a run in English need none

    place = beside_modules(f"{language}.mo")
    with suppress(OSError):
        kept = place.read_bytes()
        head, data = kept[: 2 * DIGEST], kept[2 * DIGEST :]
        if head == sha256(source).digest() + sha256(data).digest():
            return data
    # Imported here: Babel is slow to start.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = io.BytesIO()
    write_mo(made, read_po(io.BytesIO(source), locale=language))
    data = made.getvalue()
    keep(place, sha256(source).digest() + sha256(data).digest() + data)
    return data


def environment_language(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, by POSIX's order of precedence.

    LANGUAGE, then LC_ALL, LC_MESSAGES, LANG (POSIX.1-2017, 8.2; LANGUAGE is GNU's).
    """
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wish in environment.get(name, "").split(":"):
            code = wish.split(".")[0].split("@")[0].split("_")[0].lower()
            if code == "no":
                code = "nb"
            if code in languages():
                return code
        if environment.get(name):
            return SOURCE_LANGUAGE
    return SOURCE_LANGUAGE


@lru_cache(1024)
def file_size(size: int, language: str) -> str:
    """How large a file is, as people say it: `340 kB`, `1,2 MB`."""
    from babel.numbers import format_decimal

    if size < 1_000_000:
        return f"{format_decimal(max(1, round(size / 1000)), locale=language)} kB"
    return f"{format_decimal(size / 1_000_000, '#,##0.0', locale=language)} MB"


@lru_cache(1024)
def long_date(day: date, language: str) -> str:
    """A date as the language writes it in running text: `21. mars 2024`, `21 March 2024`."""
    from babel.dates import format_date

    # Plain `en` is American to Babel: March 21, 2024.
    locale = "en_GB" if language == SOURCE_LANGUAGE else language
    return format_date(day, format="long", locale=locale)
