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
CHANGES = Paper("endringer.pdf", say("What has changed (PDF)"))
"""A statement's, where it is compared with an earlier text."""
CHANGES_PAGE = "endringer.html"
"""The page beside it."""
FOLDER = Paper("moetemappe.pdf", say("Meeting folder: the statements in one PDF"))
"""A consultation's, where it has an agenda."""


@dataclass(frozen=True, slots=True)
class Form:
    """The whole statement laid out in another way, which `prints` asks for."""

    paper: Paper
    stylesheet: str
    """In `templates/print/`, without `.css`: it comes after the whole statement's own."""
    to_fold: Paper | None = None
    """The same as sheets to print on both sides and fold, its pages two by two."""

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The PDFs that it gives."""
        return (self.paper, self.to_fold) if self.to_fold else (self.paper,)


FORMS = {
    "large": Form(
        Paper("uttalelse-stor-skrift.pdf", say("Large print, 18 point")),
        "stor-skrift",
    ),
    "booklet": Form(
        Paper("uttalelse-hefte.pdf", say("A5 booklet")),
        "hefte",
        to_fold=Paper(
            "uttalelse-hefte-utskrift.pdf",
            say("A5 booklet to print and fold"),
            say(
                "For the printer only: A4, both sides, flipped on the short edge. Its pages don't "
                "stand in the order of reading, and a screen reader can't use it."
            ),
        ),
    ),
}
"""By the values of `prints`. A new form is a row here, its stylesheet, and its title in the
catalogues."""


def papers_of(prints: tuple[str, ...]) -> tuple[Paper, ...]:
    """The PDFs of a statement with these forms, the whole text first."""
    return (WHOLE, SUMMARY, *(paper for form in prints for paper in FORMS[form].papers))
