"""What an editor is answered, by the text that it holds and the last check of all around it.

Rows and columns count from 0, columns in characters of the editor's own text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from innspill.editor.checked import EditedProject
from innspill.editor.completion import (
    HEADING,
    Completion,
    Tell,
    is_of_mapping,
    keys,
    questions,
    quotes,
    values,
)
from innspill.editor.cursor import Cursor, cursor_at, front_rows
from innspill.editor.passages import TextRange, passage_of, quote_at
from innspill.model import Question
from innspill.read.edition import index_of
from innspill.read.keys import field_at, field_doc, model_at
from innspill.read.schema import SCHEMAS, AnyFront, ConsultationFront


@dataclass(frozen=True, slots=True)
class EditedText:
    """One file as an editor holds it."""

    path: str
    """Its path inside `content/`."""
    text: str
    lines: Sequence[str]

    @property
    def data(self) -> bytes:
        """Its bytes, as they will be when it is saved."""
        return self.text.encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be written at a cursor, and the columns that it takes the place of."""

    start: int
    end: int
    typed: str
    completions: tuple[Completion, ...]


class Answers:
    """The answers for one file, by what was known at the last check."""

    def __init__(self, project: EditedProject, text: EditedText, tell: Tell) -> None:
        self.project, self.text, self.tell = project, text, tell

    @property
    def schema(self) -> type[AnyFront]:
        """The schema of the file's front matter."""
        checked = self.project.checked
        scanned = checked.plan.scanned.get(self.text.path) if checked else None
        return SCHEMAS[scanned.kind if scanned else "page"]

    def offer(self, row: int, column: int) -> Offer | None:
        """What may be written at a cursor."""
        if cursor := cursor_at(self.text.lines, row, column):
            found = tuple(self._in_front(cursor))
            if self.text.lines[row][: cursor.start].endswith(":"):  # a space is missing
                found = tuple(replace(each, insert=f" {each.insert}") for each in found)
            return Offer(cursor.start, cursor.end, cursor.typed, found)
        line = self.text.lines[row] if row < len(self.text.lines) else ""
        if row in front_rows(self.text.lines) or not (heading := HEADING.match(line[:column])):
            return None
        typed = heading["id"]
        found = tuple(questions(typed, self._asked(), with_general=False))
        return Offer(column - len(typed), column, typed, found)

    def _in_front(self, cursor: Cursor) -> Iterator[Completion]:
        if is_of_mapping(cursor, self.schema):
            yield from keys(cursor, self.schema, self.tell)
        elif cursor.keys == ("summary", "about"):
            yield from questions(cursor.typed, self._asked(), with_general=True)
        elif cursor.keys in {("summary", "quote"), ("proposals", "quote")}:
            if known := self.project.statement(self.text.path, self.text.data):
                yield from quotes(cursor, known[2])
        elif cursor.keys == ("committee",):
            names = self._around.committees if self._around else []
            typed = cursor.typed.strip("\"' ").casefold()
            yield from (Completion(e, e, "value") for e in names if typed in e.casefold())
        else:
            yield from values(cursor, self.schema, self.tell)

    def _asked(self) -> tuple[Question, ...]:
        """The questions of the consultation that the file belongs to."""
        checked = self.project.checked
        cases = checked.site.consultations if checked else ()
        index = index_of(self.text.path)
        return next((each.questions for each in cases if each.source == index), ())

    @property
    def _around(self) -> ConsultationFront | None:
        checked = self.project.checked
        source = checked.plan.sources.get(index_of(self.text.path)) if checked else None
        front = source.front if source else None
        return front if isinstance(front, ConsultationFront) else None

    def explanation(self, row: int, column: int) -> tuple[str, str] | None:
        """A key that the cursor is on or behind, and what it holds; of an id, its question."""
        cursor = cursor_at(self.text.lines, row, column)
        if cursor is None:
            return None
        path = cursor.keys
        whole = self.text.lines[row][cursor.start : cursor.end].strip("\"' ")
        if is_of_mapping(cursor, self.schema):
            path = (*path, whole)
        elif path == ("summary", "about"):
            for each in self._asked():
                if each.id == whole:
                    return each.title, each.text
        model, field = model_at(self.schema, path[:-1]), field_at(self.schema, path)
        if model is None or field is None:
            return None
        return path[-1], self.tell(field_doc(model, field.name))

    def definition(self, row: int, column: int) -> TextRange | None:
        """Where the words of a quote stand in the text."""
        known = self.project.statement(self.text.path, self.text.data)
        if known is None or row not in front_rows(self.text.lines):
            return None
        _, source, statement = known
        line = self.text.lines[row]
        quote = quote_at(source, statement, row + 1, column_in_nfc(line, column))
        return passage_of(quote, source, statement) if quote else None


def column_in_nfc(line: str, column: int) -> int:
    """The column from 1, in the form of Unicode that is read (NFC), of one from 0 in a line."""
    return len(unicodedata.normalize("NFC", line[:column])) + 1


def column_in_line(line: str, column: int) -> int:
    """The column from 0 in a line of one from 1 in the form that is read."""
    if unicodedata.is_normalized("NFC", line):
        return column - 1
    ends = range(len(line) + 1)
    return next((at for at in ends if column_in_nfc(line, at) >= column), len(line))
