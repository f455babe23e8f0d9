"""The PDFs: those that every statement has, and the forms that `prints` asks for."""

from __future__ import annotations

from dataclasses import dataclass

from innspill.messages import Message, say


@dataclass(frozen=True, slots=True)
class Paper:
    """One PDF, as it is named where it lies and where it is listed."""

    file: str
    title: Message
    note: Message | None = None
    """What who takes it must know."""


WHOLE = Paper("uttalelse.pdf", say("The whole statement (PDF)"))
SUMMARY = Paper("sammendrag.pdf", say("Summary for the meeting (PDF)"))
LARGE = Paper("uttalelse-stor-skrift.pdf", say("Large print, 18 point"))
BOOKLET = Paper("uttalelse-hefte.pdf", say("A5 booklet"))
BOOKLET_SHEETS = Paper(
    "uttalelse-hefte-utskrift.pdf",
    say("A5 booklet to print and fold"),
    say(
        "For the printer only: A4, both sides, flipped on the short edge. Its pages don't stand "
        "in the order of reading, and a screen reader can't use it."
    ),
)
CHANGES = Paper("endringer.pdf", say("What has changed (PDF)"))
"""A statement's, where it is compared with an earlier text."""
CHANGES_PAGE = "endringer.html"
"""The page beside it."""
FOLDER = Paper("moetemappe.pdf", say("Meeting folder: the statements in one PDF"))
"""A consultation's, where it has an agenda."""

FORMS = {"large": (LARGE,), "booklet": (BOOKLET, BOOKLET_SHEETS)}
"""What each value of `prints` gives."""


def papers_of(prints: tuple[str, ...]) -> tuple[Paper, ...]:
    """The PDFs of a statement with these forms, the whole text first."""
    return (WHOLE, SUMMARY, *(paper for form in prints for paper in FORMS[form]))
