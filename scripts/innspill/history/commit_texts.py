"""What git tells in words: commits' subjects, authors' names, tags. They are published too.

They are held to the same rules as the texts, but can't be mended: what can be done is to leave
them out. A name that a statement hides is left out by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from innspill.check.privacy import private_data_is_meant
from innspill.check.private_data import CODES_OF_LISTED
from innspill.check.settled import LISTED
from innspill.diagnostics import Diagnostic, Location, error
from innspill.history.person_names import Name
from innspill.messages import Message, joined, say
from innspill.model import LogEntry
from innspill.read.schema import PageFront
from innspill.read.source import Source, front_of
from innspill.read.tree import Body
from innspill.read.validate import blank
from innspill.read.yaml_nodes import FrontMatter

OFFICER = re.compile(r"""^case_officer\s*:\s*["']?(.*?)["']?\s*$""", re.MULTILINE)
BY_HISTORY = say("git keeps it: `history: false` in content/index.md leaves the history out")
BY_TAG = say("git keeps it: tag the version anew by another name, and take this tag away")


def officers_in(text: bytes) -> set[str]:
    """The case officer that a source names, if any."""
    return {name for each in OFFICER.findall(front_of(text)) if (name := " ".join(each.split()))}


def without_names(entry: LogEntry, hidden: Sequence[Name]) -> LogEntry:
    """A commit's words without names that must not be published."""
    is_told = any(each.is_in_text(entry.author) for each in hidden)
    subject = entry.subject
    for each in hidden:
        subject = each.left_out_of(subject)
    return replace(
        entry,
        subject=subject,
        author="" if is_told else entry.author,
        renamed_from="" if _is_named(entry.renamed_from, hidden) else entry.renamed_from,
    )


def _is_named(text: str, names: Iterable[Name]) -> bool:
    """Whether a name stands in an address or a tag, written as they are."""
    return any(each.is_in_address(text) for each in names)


def entries_are_meant(entries: Iterable[LogEntry], meant: tuple[str, ...]) -> Iterator[Diagnostic]:
    """What in the commits of a statement is seldom meant for everyone."""
    for each in entries:
        yield from _private(called(each), words_of(each), meant, BY_HISTORY)


def called(entry: LogEntry) -> str:
    """What messages call a commit: the command that shows it."""
    return f"git log {entry.revision.id[:12]}"


def words_of(entry: LogEntry) -> str:
    """All that a page shows of a commit's words."""
    return " ".join(filter(None, (entry.subject, entry.author, entry.renamed_from)))


def tag_is_meant(
    tag: str, url: str, word: str, names: Iterable[str], meant: tuple[str, ...], at: Location
) -> Iterator[Diagnostic]:
    """What a version's name tells that is seldom meant for everyone.

    `url` is the address that it has by its tag; `names` must not be published.
    """
    yield from _private(f"git tag {tag}", word.replace("-", " "), meant, BY_TAG)
    if _is_named(url, map(Name.of, names)):
        message = say('the tag "{tag}" has the name of the case officer, who is hidden', tag=tag)
        yield error("hidden-name", message, at, BY_TAG)


def _private(
    name: str, text: str, meant: tuple[str, ...], instead: Message
) -> Iterator[Diagnostic]:
    """What the rules of the texts find in some words of git's."""
    matter = FrontMatter({}, {(): Location(name)}, {})
    source = Source(name, name, text, "", blank(PageFront), matter, Body())
    for each in private_data_is_meant(source, meant):
        listed = each.code in CODES_OF_LISTED
        both = joined("; ", (LISTED, instead))
        yield replace(each, hint=both if listed else instead)
