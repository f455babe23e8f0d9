"""What git tells in words: commits' subjects, authors' names, tags. They are published too.

They are held to the same rules as the texts, but can't be mended: what can be done is to leave
them out. A name that a statement hides is left out by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from innspill.check.privacy import private_data_is_meant
from innspill.check.settled import LISTED
from innspill.diagnostics import Diagnostic, Location, error
from innspill.messages import Message, joined, say
from innspill.model import Entry
from innspill.read.schema import PageFront
from innspill.read.source import Source, front_of
from innspill.read.tree import Body
from innspill.read.validate import blank
from innspill.read.yaml_nodes import FrontMatter

OFFICER = re.compile(r"""^case_officer\s*:\s*["']?(.*?)["']?\s*$""", re.MULTILINE)
LEFT_OUT = "…"
"""What stands where a name is left out."""
SHORTEST = 3
"""How many letters a part of a name has at least to be told from another word."""
PLAIN = str.maketrans({"ø": "o", "æ": "ae"})
BY_HISTORY = say("git keeps it: `history: false` in content/index.md leaves the history out")
BY_TAG = say("git keeps it: tag the version anew by another name, and take this tag away")

Words = Mapping[str, str]
"""Texts by what messages call them."""


def officers_in(text: bytes) -> set[str]:
    """The case officer that a source names, if any."""
    return {name for each in OFFICER.findall(front_of(text)) if (name := " ".join(each.split()))}


def without_names(entry: Entry, names: Iterable[str]) -> Entry:
    """A commit's words without names that must not be published."""
    parts = [_parts(name) for name in names]
    if not parts:
        return entry
    found = re.compile("|".join(parts))
    author = "" if found.search(entry.author) else entry.author
    named = _is_named(entry.renamed_from, names)
    return replace(
        entry,
        subject=found.sub(LEFT_OUT, entry.subject),
        author=author,
        renamed_from="" if named else entry.renamed_from,
    )


def _parts(name: str) -> str:
    """What finds a name, in any case, and each of its parts as names are written."""
    words = name.split()
    whole = r"[\s.,]+".join(map(re.escape, words))
    turned = r"[\s.,]+".join(map(re.escape, (*words[-1:], *words[:-1])))
    alone = "|".join(re.escape(each) for each in words if len(each) >= SHORTEST)
    found = rf"(?i:\b(?:{whole}|{turned})s?\b)"
    return rf"{found}|\b(?:{alone})s?\b" if alone else found


def _is_named(text: str, names: Iterable[str]) -> bool:
    """Whether a name stands in an address or a tag, written as they are."""
    words = f"-{_plain(text)}-"
    return any(f"-{_plain(name)}-" in words for name in names)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold().translate(PLAIN))
    return "-".join(re.findall(r"[a-z0-9]+", bare.encode("ascii", "ignore").decode()))


def entries_are_meant(entries: Iterable[Entry], meant: tuple[str, ...]) -> Iterator[Diagnostic]:
    """What in the commits of a statement is seldom meant for everyone."""
    for each in entries:
        yield from _private(called(each), words_of(each), meant, BY_HISTORY)


def called(entry: Entry) -> str:
    """What messages call a commit: the command that shows it."""
    return f"git log {entry.revision.id[:12]}"


def words_of(entry: Entry) -> str:
    """All that a page shows of a commit's words."""
    return " ".join(filter(None, (entry.subject, entry.author, entry.renamed_from)))


def tag_is_meant(
    tag: str, word: str, names: Iterable[str], meant: tuple[str, ...], at: Location
) -> Iterator[Diagnostic]:
    """What in a version's name is seldom meant for everyone; `names` must not be published."""
    yield from _private(f"git tag {tag}", word.replace("-", " "), meant, BY_TAG)
    if _is_named(word, names):
        message = say('the tag "{tag}" has the name of the case officer, who is hidden', tag=tag)
        yield error("hidden-name", message, at, BY_TAG)


def _private(
    name: str, text: str, meant: tuple[str, ...], instead: Message
) -> Iterator[Diagnostic]:
    """What the rules of the texts find in some words of git's."""
    matter = FrontMatter({}, {(): Location(name)}, {})
    source = Source(name, name, text, "", blank(PageFront), matter, Body())
    for each in private_data_is_meant(source, meant):
        listed = each.code in {"phone", "email"}
        both = joined("; ", (LISTED, instead))
        yield replace(each, hint=both if listed else instead)
