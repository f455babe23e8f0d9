"""The message catalogue: every sentence that the program, the site and the PDFs say.

Sentences are written in English in the code and the templates. The `.po` files in
`locale/` hold the other languages; one more file is one more language. A sentence
that a catalogue lacks is taken from bokmål where the language is Norwegian, else it
stays English.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

LOCALE_FOLDER = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"

PLACE = re.compile(r"\{\{|\}\}|\{(\w+)\}")
"""What is no plain text in a sentence: a place, or a brace that is written twice."""
LONGEST = 500
"""How many characters of a value are shown; the rest is cut off."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with named places, not yet in any language."""

    text: str
    """The English sentence, its places written `{name}`."""
    values: tuple[tuple[str, Value], ...] = ()

    def within(self, catalogue: gettext.NullTranslations) -> str:
        """The sentence in the catalogue's language, its values whole, for what is published."""
        return _put_together(self, catalogue, str)

    def shown(self, catalogue: gettext.NullTranslations) -> str:
        """The sentence in the catalogue's language, its values as a terminal can show them."""
        return _put_together(self, catalogue, _shown)

    def __str__(self) -> str:
        return self.within(gettext.NullTranslations())


Value = str | int | float | Message


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence whose places are filled later."""

    text: str

    def filled(self, **values: object) -> Message:
        """The sentence as a message."""
        return Message(self.text, tuple((name, _value(each)) for name, each in values.items()))


def say(text: str, /, **values: object) -> Message:
    """A message; the extraction of the catalogue looks for calls of this name."""
    return Sentence(text).filled(**values)


def sentence(text: str, /) -> Sentence:
    """A sentence to be filled later; the extraction looks for calls of this name too."""
    return Sentence(text)


def joined(sign: str, parts: Iterable[Message | str]) -> Message:
    """Several messages or texts as one, with a sign between them."""
    values = {str(number): each for number, each in enumerate(parts)}
    places = (f"{{{name}}}" for name in values)
    return say(sign.replace("{", "{{").replace("}", "}}").join(places), **values)


def printable(text: str) -> str:
    """A text as a terminal can show it: one line, and nothing that acts on the terminal.

    Control characters, and those that turn the direction of writing, become U+FFFD.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def _put_together(
    message: Message, catalogue: gettext.NullTranslations, as_text: Callable[[object], str]
) -> str:
    """The sentence in the catalogue's language; `as_text` makes text of a value."""
    values = {
        name: _put_together(value, catalogue, as_text)
        if isinstance(value, Message)
        else as_text(value)
        for name, value in message.values
    }
    # To gettext, the empty text is the name of the catalogue's own head.
    return _fill(catalogue.gettext(message.text), values) if message.text else ""


def _shown(value: object) -> str:
    text = str(value)
    return printable(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _value(value: object) -> Value:
    """A value as a message can keep it: text, a number or a message."""
    if type(value) in (str, int, float) or isinstance(value, Message):
        return cast("Value", value)
    return str(value)


def _fill(text: str, values: Mapping[str, str]) -> str:
    """A text with its places filled; it never fails, and what is filled in is not looked into."""
    return PLACE.sub(lambda at: values.get(at[1], at[0]) if at[1] else at[0][0], text)


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
    # Imported here: Babel is slow to start, and a run in English needs none.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with (LOCALE_FOLDER / f"{language}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    translations = gettext.GNUTranslations(compiled)
    if language == "nn":
        translations.add_fallback(catalogue("nb"))
    return translations


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


def page_count(count: int, language: str) -> str:
    """How many pages there are, in words: `10 sider`."""
    words = catalogue(language).ngettext("%(num)s page", "%(num)s pages", count)
    return words % {"num": count}


@lru_cache(1024)
def long_date(day: date, language: str) -> str:
    """A date as the language writes it in running text: `21. mars 2024`, `21 March 2024`."""
    from babel.dates import format_date

    # Plain `en` is American to Babel: March 21, 2024.
    locale = "en_GB" if language == SOURCE_LANGUAGE else language
    return format_date(day, format="long", locale=locale)
