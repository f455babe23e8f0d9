"""The words that a value may be written with besides its own: those of its writer's language.

A value that is a key (`adopted`, `to_district`) has one settled form, which all else in the
program knows. Here stands how a Norwegian writes it, and what messages offer instead of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from innspill.json_schema import Schema
from innspill.messages import Message, say


@dataclass(frozen=True, slots=True, eq=False)  # a type's annotation holds it by its identity
class ValueWords:
    """The words for some values, by the values; the first letter of a word may be a capital."""

    words: Mapping[str, tuple[str, ...]]

    def settled(self, text: str) -> str | None:
        """The value that a word stands for, None where it stands for none."""
        small = text[:1].lower() + text[1:]
        return next((value for value, words in self.words.items() if small in words), None)

    def in_schema(self, schema: Schema) -> Schema:
        """The schema of the values, and of the words for them."""
        words = [word for each in self.words.values() for word in each]
        cased = (f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words)
        return {"anyOf": [schema, {"pattern": f"^(?:{'|'.join(cased)})$", "type": "string"}]}


STATUS = ValueWords({"draft": ("utkast",), "adopted": ("vedtatt", "vedteken", "vedteke")})
RESULT = ValueWords(
    {
        "unanimous": ("enstemmig", "samrøystes", "einstemmig"),
        "majority": ("flertall", "fleirtal", "med flertall", "med fleirtal"),
    }
)
MINUTES = ValueWords({"to_follow": ("kommer", "kjem"), "final": ("endelig", "endeleg")})
MOVE = ValueWords(
    {
        "to_district": ("til bydelene", "til bydelen", "til bydelane"),
        "to_city": ("til kommunen sentralt", "til kommunen", "sentralt"),
        "cooperate": ("samarbeid",),
        "other": ("annet", "anna"),
    }
)
SWITCH = ValueWords({"true": ("ja",), "false": ("nei",)})
LANGUAGE = ValueWords({"nb": ("bokmål",), "nn": ("nynorsk",), "en": ("engelsk",)})
FORM = ValueWords({"large": ("stor skrift", "storskrift"), "booklet": ("hefte",)})

OFFERED: Mapping[str, Message] = {
    "draft": say("draft"),
    "adopted": say("adopted"),
    "unanimous": say("unanimous"),
    "majority": say("majority"),
    "to_follow": say("to_follow"),
    "final": say("final"),
    "to_district": say("to_district"),
    "to_city": say("to_city"),
    "cooperate": say("cooperate"),
    "other": say("other"),
    "true": say("true"),
    "false": say("false"),
    "large": say("large"),
    "booklet": say("booklet"),
}
"""What readers are offered for a value: in a language that has a word for it, that word."""


ALL = (STATUS, RESULT, MINUTES, MOVE, FORM)
"""Of the values of which a message names all."""


def words_for(values: Iterable[str]) -> Iterator[str]:
    """Some values, and all words that they may be written with."""
    for value in values:
        yield value
        for each in ALL:
            yield from each.words.get(value, ())


def offered(value: str) -> Message | str:
    """The word for a value that is offered; the value itself where it has none."""
    return OFFERED.get(value, value)
