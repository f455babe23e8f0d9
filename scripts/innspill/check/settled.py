"""Texts that are settled: what is wrong with them is said, but no more to be mended.

They are held to the rules of today's, and their faults are warnings: a text in git stays as
it is, so what can be done is to take it out of what is published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from innspill.check.check import check
from innspill.check.pictures import shown_in
from innspill.check.private_data import CODES_OF_LISTED
from innspill.diagnostics import Diagnostic, Severity
from innspill.memory import Memory
from innspill.messages import Message, joined, say
from innspill.model import Attachment, Site
from innspill.read.read import Content

LISTED = say("if it is for everyone, list it under `may_be_published` in content/index.md")
"""What else can be done where something private is found."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A statement of a commit that is published now."""

    content: Content = field(repr=False)
    """The files whose words are shown, and those beside them that are."""
    site: Site = field(repr=False)
    """The site of that time with this statement alone, at its address of that time."""
    hint: Message
    """What takes the text out of what is published."""


def settle(
    content: Content, site: Site, path: str, shown: Collection[str], hint: Message
) -> Settled:
    """The statement in `path` as a settled text; `shown` are the files whose words it shows."""
    sources = tuple(each for each in content.sources if each.path in shown)
    drawn = shown_in(site)
    files = tuple(
        Attachment(each.path, each.path, each.blob, is_shown=each.path in drawn)
        for each in content.files.values()
    )
    cases = tuple(
        replace(case, agenda=(), statements=(statement,))
        for case in site.consultations
        for statement in case.statements
        if statement.source == path
    )
    alone = replace(
        site, address=None, consultations=cases, pages=(), aliases=(), attachments=files
    )
    return Settled(Content(sources, content.files, ()), alone, hint)


def check_settled(
    texts: Iterable[Settled], coverage: frozenset[int], meant: tuple[str, ...], memory: Memory
) -> Iterator[Diagnostic]:
    """What is wrong with settled texts, as warnings.

    `coverage` holds the code points that the project's fonts can draw, and `meant` the numbers
    and addresses that may be published now.
    """
    for each in texts:
        yield from memory(_found, each, coverage, meant)


def _found(
    text: Settled, coverage: frozenset[int], meant: tuple[str, ...]
) -> tuple[Diagnostic, ...]:
    own = {each.shown for each in text.content.sources}
    site = replace(text.site, may_be_published=meant)
    found = (each for each in check(text.content, site, coverage) if each.at.path in own)
    # Who withdraws a version says so in today's text: in that of its time it could not stand.
    return tuple(_as_warning(each, text.hint) for each in found if each.code != "withdrawn")


def _as_warning(fault: Diagnostic, hint: Message) -> Diagnostic:
    if fault.code in {*CODES_OF_LISTED, "author"}:
        hint = joined("; ", (LISTED, hint))
    return replace(fault, severity=Severity.WARNING, hint=hint)
