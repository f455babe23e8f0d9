"""What may be written where a cursor stands: keys, values, ids of questions, words to quote."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from innspill.check.force_words import EXAMPLES
from innspill.editor.cursor import Cursor
from innspill.fmt.sentences import sentences_in
from innspill.json_schema import ObjectSchemas
from innspill.messages import Message
from innspill.model import Question, Statement
from innspill.read.convert import schema_fields
from innspill.read.keys import field_at, field_doc, model_at, model_in
from innspill.read.schema import AnyFront
from innspill.read.wording import offered
from innspill.read.yaml_nodes import parse_front_matter
from innspill.text import Minority, units_in

Tell = Callable[[Message], str]
"""Gives a message in the reader's language."""

MOST = 50
"""How many are offered at once."""
LIKE = 60
"""How much, of 100, a sentence must be like what is typed, where it does not hold that."""
HEADING = re.compile(r"#{1,6}\s.*\{(?:[^}]*\s)?#(?P<id>[\w-]*)$")
"""A heading up to the id of a question that is typed."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be written in the place of what is typed."""

    label: str
    """As it is listed."""
    insert: str
    """As it is written."""
    kind: str
    """`key`, `value`, `question` or `quote`."""
    detail: str = ""
    """A few words beside the label."""
    doc: str = ""


def keys(cursor: Cursor, schema: type[AnyFront], tell: Tell) -> Iterator[Completion]:
    """The keys that the mapping around a cursor may have and has not."""
    model = model_at(schema, cursor.keys)
    if model is None:
        return
    for key, field in schema_fields(model).items():
        if key not in cursor.siblings and key.startswith(cursor.typed.strip()):
            holds_more = model_in(field.type) is not None
            insert = f"{key}:" if holds_more else f"{key}: "
            yield Completion(key, insert, "key", doc=tell(field_doc(model, field.name)))


def values(cursor: Cursor, schema: type[AnyFront], tell: Tell) -> Iterator[Completion]:
    """The values that a key may have, where they can be told; also by their words."""
    typed = cursor.typed.strip("\"' ").casefold()
    if cursor.keys == ("proposals", "force"):
        yield from (Completion(e, e, "value") for e in EXAMPLES if typed in e)
    field = field_at(schema, cursor.keys)
    for value in dict.fromkeys(_enumerated(field.type)) if field else ():
        word = offered(value)
        told = word if isinstance(word, str) else tell(word)
        if typed in value or told.casefold().startswith(typed):
            yield Completion(value, value, "value", told if told != value else "")


def _enumerated(kind: Any) -> Iterator[str]:
    """The settled values of a type."""
    yield from _enums(ObjectSchemas(lambda *_: "", lambda _: None).value(kind))


def _enums(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (each for each in schema.get("enum", ()) if isinstance(each, str))
        for inner in (schema.get("items"), *schema.get("anyOf", ())):
            yield from _enums(inner)


def questions(typed: str, asked: Iterable[Question], *, with_general: bool) -> Iterator[Completion]:
    """The ids of a consultation's questions, by the id or the words of the question."""
    for each in asked:
        if typed.casefold() in f"{each.id} {each.title}".casefold():
            yield Completion(each.id, each.id, "question", each.title, each.text)
    if with_general and "general".startswith(typed):
        yield Completion("general", "general", "question")


def quotes(cursor: Cursor, statement: Statement) -> Iterator[Completion]:
    """The committee's own sentences that stand once in its text, those like what is typed first."""
    typed = " ".join(cursor.typed.strip("\"' ").split())
    found = list(_sentences(statement))
    once = Counter(sentence for _, sentence in found)
    numbers = {sentence: number for number, sentence in found if once[sentence] == 1}
    for sentence in _alike(typed, list(numbers))[:MOST]:
        yield Completion(sentence, as_yaml(sentence), "quote", numbers[sentence])


def _sentences(statement: Statement) -> Iterator[tuple[str, str]]:
    """Each sentence of the committee's own text, with the number of where it stands."""
    blocks = [block for section in statement.sections for block in section.blocks]
    own = tuple(block for block in blocks if not isinstance(block, Minority))
    for unit in units_in(own):
        yield from ((unit.number, each) for each in sentences_in(unit.text) if each)


def _alike(typed: str, sentences: Sequence[str]) -> list[str]:
    holding = [each for each in sentences if typed.casefold() in each.casefold()]
    if holding:
        return holding
    ranked = process.extract(
        typed, sentences, scorer=fuzz.partial_ratio, processor=str.casefold,
        limit=MOST, score_cutoff=LIKE,
    )  # fmt: skip
    return [sentence for sentence, _, _ in ranked]


def as_yaml(text: str) -> str:
    """A text as the value of a key: in quotation marks where YAML needs them."""
    read, faults = parse_front_matter(f"key: {text}\n", "", 1)
    is_plain = not faults and read.values == {"key": text} and not read.comments
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def is_of_mapping(cursor: Cursor, schema: type[AnyFront]) -> bool:
    """Whether a key, and no value, is written where a cursor stands."""
    return model_at(schema, cursor.keys) is not None
