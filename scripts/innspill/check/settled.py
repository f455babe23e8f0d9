"""Texts that are settled: what is wrong with them is said, but no more to be mended.

They are held to the rules of today's, and their faults are warnings: a text in git stays as
it is, so what can be done is to take it out of what is published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from innspill.check.check import check_across, check_source, check_statement
from innspill.check.private_data import CODES_OF_LISTED
from innspill.compose.card import card_of
from innspill.compose.single_statement import SingleStatement
from innspill.diagnostics import Diagnostic, Severity
from innspill.memory import Memory
from innspill.messages import Message, joined, say
from innspill.model import Attachment, Site
from innspill.read.read import Content
from innspill.read.source import Source
from innspill.text import Prose

NOT_FETCHED = "not-fetched"
"""The code of what is said of a file that is kept elsewhere: see `innspill.read.pointers`."""
LISTED = say("if it is for everyone, list it under `may_be_published` in content/index.md")
"""What else can be done where something private is found."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A statement of a commit that is published now."""

    sources: tuple[Source, ...] = field(repr=False)
    """The files whose words are shown."""
    site: Site = field(repr=False)
    """The site of that time with this statement alone, at its address of that time."""
    alone: SingleStatement = field(repr=False)
    hint: Message
    """What takes the text out of what is published."""
    lacks: tuple[Diagnostic, ...] = ()
    """What is said of files that it shows and that are not here."""

    @property
    def texts(self) -> dict[str, str]:
        """The texts of its sources, by the paths that messages show."""
        return {each.shown: each.text for each in self.sources}


def settle(
    content: Content, alone: SingleStatement, shown: Collection[str], hint: Message
) -> Settled:
    """A statement as a settled text; `shown` are the files whose words it shows besides its own."""
    others = tuple(each for each in content.sources if each.path in shown)
    card = card_of(alone.statement, alone.case.questions)
    drawn = {each.url for each in card.references if each.is_image}
    files = tuple(
        Attachment(each.path, each.path, each.blob, is_shown=each.path in drawn)
        for each in content.files.values()
    )
    case = replace(alone.whole_case, statements=(card,))
    site = Site(
        title=alone.site.title,
        publisher=alone.site.publisher,
        contact=alone.site.contact,
        lang=alone.site.lang,
        address=None,
        prose=Prose(),
        consultations=(case,),
        pages=(),
        attachments=files,
    )
    lacks = tuple(each for each in content.faults if each.code == NOT_FETCHED)
    return Settled((*others, alone.source), site, alone, hint, lacks)


def check_settled(
    texts: Iterable[Settled], coverage: frozenset[int], meant: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """What is wrong with settled texts, as warnings.

    `coverage` holds the code points that the project's fonts can draw, and `meant` the numbers
    and addresses that may be published now.
    """
    for each in texts:
        yield from _found(each, coverage, meant)
        yield from (replace(fault, severity=Severity.WARNING) for fault in each.lacks)


def _found(
    text: Settled, coverage: frozenset[int], meant: tuple[str, ...]
) -> tuple[Diagnostic, ...]:
    own, alone = {each.shown for each in text.sources}, text.alone
    site = replace(text.site, may_be_published=meant)
    everything = [
        *(fault for each in text.sources for fault in check_source(each, coverage, meant)),
        *check_statement(alone.statement, alone.case),
        *check_across(Content((), {}, ()), site, coverage, Memory()),
    ]
    found = (each for each in everything if each.at.path in own)
    # Who withdraws a version says so in today's text: in that of its time it could not stand.
    return tuple(_as_warning(each, text.hint) for each in found if each.code != "withdrawn")


def _as_warning(fault: Diagnostic, hint: Message) -> Diagnostic:
    if fault.code in {*CODES_OF_LISTED, "author"}:
        hint = joined("; ", (LISTED, hint))
    return replace(fault, severity=Severity.WARNING, hint=hint)
