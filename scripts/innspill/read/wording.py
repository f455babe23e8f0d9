"""The words that a value may be written with besides its own: those of its writer's language.

A value that is a key (`adopted`, `to_district`) has one settled form, which all else in the
program knows. Here stands how a Norwegian writes it, and what messages offer instead of it.
"""

from __future__ import annotations

import re
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
VOTES = r"(?:[Mm]ed )?([0-9]{1,4}) mot ([0-9]{1,4})(?: (?:stemmer|røyster))?"
"""9 mot 6: how many votes for it, how many against."""
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


def vote_in_words(text: str) -> Mapping[str, str] | None:
    """The keys of a vote that stands in words, None where it does not: enstemmig, 9 mot 6."""
    if result := RESULT.settled(text):
        return {"result": result}
    if text in RESULT.words:
        return {"result": text}
    if not (found := re.fullmatch(VOTES, text)):
        return None
    is_split = int(found[2]) > 0
    figures = {"for": found[1], **({"against": found[2]} if is_split else {})}
    return {"result": "majority" if is_split else "unanimous", **figures}


def vote_in_schema(schema: Schema) -> Schema:
    """The schema of a vote, and of a vote in words."""
    values: Schema = {"enum": list(RESULT.words), "type": "string"}
    words = RESULT.in_schema(values)["anyOf"]
    return {"anyOf": [schema, *words, {"pattern": f"^{VOTES}$", "type": "string"}]}


KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("tittel", "overskrift"),
    "publisher": ("utgiver", "utgjevar"),
    "lang": ("språk",),
    "contact": ("kontakt",),
    "asked_by": ("spør", "spurt av", "avsender", "avsendar"),
    "letter_dated": ("brevdato", "dato"),
    "deadline": ("frist", "svarfrist"),
    "case_number": ("saksnummer", "saksnr"),
    "committees": ("utvalg", "utval", "komiteer", "komitear"),
    "questions": ("spørsmål",),
    "text": ("tekst", "spørsmål", "ordlyd"),
    "guidance": ("veiledning", "rettleiing"),
    "committee": ("utvalg", "utval", "komite", "komité"),
    "adopted": ("vedtatt", "vedtaksdato", "vedteken", "vedteke"),
    "vote": ("avstemning", "avstemming", "votering", "røysting", "stemmer"),
    "result": ("resultat", "utfall"),
    "against": ("mot",),
    "parties": ("partier", "parti"),
    "minutes": ("protokoll",),
    "dated": ("dato", "datert", "brevdato"),
    "our_reference": ("vår ref", "vår referanse", "saksnummer", "saksnr"),
    "your_reference": ("deres ref", "deres referanse", "dykkar ref", "dykkar referanse"),
    "case_officer": ("saksbehandler", "sakshandsamar"),
    "recipient": ("mottaker", "mottakar", "til"),
    "attachments": ("vedlegg",),
    "file": ("fil",),
    "withdrawn": ("trukket", "trekt"),
    "tag": ("merke",),
    "date": ("dato",),
    "why": ("hvorfor", "kvifor", "grunn", "begrunnelse", "grunngjeving"),
    "prints": ("utskrifter",),
    "summary": ("sammendrag", "samandrag"),
    "about": ("om", "spørsmål"),
    "point": ("punkt",),
    "quote": ("sitat",),
    "proposals": ("forslag", "framlegg"),
    "what": ("hva", "kva"),
    "move": ("retning", "flyttes", "flyttast"),
    "force": ("styrke",),
}
"""What a Norwegian may write in the place of a key. It is no other name of it: a fault says which
key is meant."""


def key_meant_by(name: str, keys: Iterable[str]) -> str | None:
    """The one of some keys that a Norwegian word stands for; None where none is."""
    plain = re.sub(r"[\W_]+", " ", name).strip().casefold()
    return next((key for key in keys if plain in KEYS.get(key, ())), None)


def words_for(values: Iterable[str]) -> Iterator[str]:
    """Some values, and all words that they may be written with."""
    for value in values:
        yield value
        for each in ALL:
            yield from each.words.get(value, ())


def offered(value: str) -> Message | str:
    """The word for a value that is offered; the value itself where it has none."""
    return OFFERED.get(value, value)
