"""Copies of the real letter, with all its points and proposals: what all is measured with.

Each has another committee's name, plainly an example, and its number behind every paragraph, so
that no two texts, and no two paragraphs of one place, are equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

CONTENT = Path(__file__).parents[2] / "content"
CONSULTATION = CONTENT / "oppgavefordeling-2024"
SITE = (CONTENT / "index.md").read_text(encoding="utf-8")
ASKED = (CONSULTATION / "index.md").read_text(encoding="utf-8")
LETTER = (CONSULTATION / "alna.md").read_text(encoding="utf-8")
REAL = "Alna bydelsutvalg"
TOGETHER = 15
"""Statements that most consultations have: one of each district."""
FIRST = "sak-000/eksempel-0000.md"
"""The first copy's path: the one that is changed."""
END = re.compile(r"^(?!#)(.+)$(?=\n\n|\n?\Z)", re.MULTILINE)
"""The last line of a paragraph, or of a list."""


@dataclass(frozen=True, slots=True)
class Size:
    """So many statements, in consultations of so many."""

    statements: int
    together: int = TOGETHER

    def __str__(self) -> str:
        if self.statements <= self.together:
            return f"{self.statements:,} in one consultation"
        return f"{self.statements:,} in consultations of {self.together:,}"


def copies(size: Size) -> Iterator[tuple[str, str]]:
    """Each file's path inside `content/`, and its text."""
    yield "index.md", SITE.replace(REAL, "Eksempel kommune")
    for number in range(size.statements):
        case, place = divmod(number, size.together)
        if not place:
            title = f"title: Eksempel {case:03} på en sak - "
            yield f"sak-{case:03}/index.md", ASKED.replace("title: ", title, 1)
        yield f"sak-{case:03}/eksempel-{number:04}.md", copy(number)


def copy(number: int, words: str = "") -> str:
    """One copy of the letter; `words` are a paragraph of their own at its end."""
    front, body = split(LETTER.replace(REAL, f"Eksempel {number:04} bydelsutvalg"))
    body = END.sub(rf"\1 Eksempel {number:04}.", body)
    return f"---\n{front}---\n{body}\n{words}\n"


def split(text: str) -> tuple[str, str]:
    """A file's front matter and its body."""
    _, front, body = text.split("---\n", 2)
    return front, body


def bare(text: str) -> str:
    """A file as others get it: its title, and all of its body."""
    front, body = split(text)
    return f"---\ntitle: {title_of(front)!r}\n---\n{body}"


def title_of(front: str) -> str:
    """The title that stands in front matter."""
    return next(line.removeprefix("title: ") for line in front.splitlines() if "title: " in line)


def write(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Writes files, each by its path in the folder."""
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
