"""The value that one statement's part is made of, and the statement composed of it.

A value is narrow: of the consultation and of the site it has what the statement's own page and
PDFs show, of other files what the statement names. So what changes elsewhere changes no value,
and nothing is made anew for it. It holds no sets: their order differs from run to run.
"""

from __future__ import annotations

from dataclasses import dataclass

from innspill.compose.enclosures import EnclosedFile
from innspill.compose.resolve import Links
from innspill.compose.statement import compose_statement
from innspill.git_facts import GitFacts
from innspill.model import CaseFacts, Consultation, SiteFacts, Statement, Trace
from innspill.original import OriginalText
from innspill.read.schema import StatementFront
from innspill.read.source import Source

NO_TRACE = Trace()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementInput:
    """All that making one statement's part may look at."""

    path: str
    """Its file's, inside `content/`."""
    shown: str
    """The same as messages show it."""
    data: bytes
    """The file's bytes."""
    site: SiteFacts
    case: CaseFacts
    hides_case_officer: bool
    version_tags: str
    """The form of the tags that name versions."""
    prints: tuple[str, ...]
    """The forms that it is printed in besides the usual ones."""
    links: Links
    enclosed: tuple[EnclosedFile | None, ...]
    """The file of each of its attachments, None where there is none."""
    original: EnclosedFile | None
    """The file of the letter that it was made from, None where there is none."""
    original_text: OriginalText | None
    """Its words, None where they are not asked for."""
    git: GitFacts
    """What git knows of it."""
    hidden_name: str | None
    """The case officer, where that name must not be published."""
    today: tuple[str, ...]
    """Of the pages that its redlines' texts link to, the addresses of those that are there."""
    with_pdf: bool
    has_feed: bool
    is_held: bool
    """Whether readers are not given it, but for its adopted versions."""
    with_draft_versions: bool
    """Whether readers are given versions that are drafts."""
    whole_case: Consultation | None
    """The consultation's own data, where that stands in the PDF."""
    agenda: tuple[str, ...]
    """Where it stands in the meeting folder: its address, and those there that it links to."""
    lost: tuple[str, ...]
    """Of what a draft on an agenda leads to, the addresses of what readers are not given."""


def composed(given: StatementInput, source: Source, trace: Trace = NO_TRACE) -> Statement:
    """The statement with its text; `trace` is what it shows of what git knows."""
    front = source.front
    assert isinstance(front, StatementFront)
    return compose_statement(
        source,
        front,
        given.hides_case_officer,
        given.case.questions,
        given.links,
        front.lang or given.case.lang,
        given.enclosed,
        given.original,
        given.original_text,
        given.prints,
        trace,
        given.version_tags,
    )
