"""What `innspill new` wrote of a consultation, where nobody has written in it yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from innspill.messages import Message, say
from innspill.read.example import placeholders
from innspill.read.schema import ConsultationFront
from innspill.scaffold import consultation_example, is_as_begun, statement_example

EXAMPLE_QUESTIONS = ("tilbud", "endringer")
"""The ids of the example's questions, by which its statements answer."""


def is_example_consultation(path: Path) -> bool:
    """Whether a consultation's `index.md` is untouched, so that a letter may replace it."""
    return is_as_begun(_text(path), consultation_example("-"))


def is_example_statement(path: Path) -> bool:
    """Whether a statement is untouched: the one begun with its consultation, or one after it."""
    text = _text(path)
    return any(is_as_begun(text, statement_example("-", ids)) for ids in ((), EXAMPLE_QUESTIONS))


def asks_as_example(front: ConsultationFront) -> bool:
    """Whether one of a consultation's questions still is the example's."""
    asked = [f"{each.title} {each.text}" for each in front.questions]
    return any(each in text for text in asked for each in placeholders())


def told_of_folder(
    folder: Path, shown: str, target: Path, *, is_replaced: bool
) -> Iterator[Message]:
    """What becomes of the consultation that a letter is imported into, and what is left to do."""
    if not is_replaced:
        if not (folder / "index.md").exists():
            yield say("a new consultation is begun: {path}", path=shown)
        return
    yield say("{path} was the example: it is made of the letter now", path=f"{shown}/index.md")
    for path in sorted(folder.glob("*.md")):
        if path == target and is_example_statement(path):
            yield say("{path} was the example: it is the letter now", path=f"{shown}/{path.name}")
        elif path.name != "index.md" and is_example_statement(path):
            yield say(
                "{path} still is the example, and answers other questions: take it away",
                path=f"{shown}/{path.name}",
            )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
