"""What git tells of a site's statements, as plain values: nothing of it is parsed or composed.

What a statement was, in a commit, is told by the bytes that it is read from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from innspill.blob import Blob
from innspill.diagnostics import Diagnostic, Location
from innspill.model import LogEntry, Revision, Stamp


@dataclass(frozen=True, slots=True)
class OldText:
    """A statement as it was in a commit, and all that reading it takes."""

    path: str
    """What its file was called then."""
    sources: tuple[tuple[str, bytes], ...] = field(repr=False)
    """By their paths: its file, its consultation's and the site's `index.md`, and the pages
    that it links to; of what the commit lacks, today's."""
    files: tuple[tuple[str, Blob], ...] = field(default=(), repr=False)
    """The other files that those name and the commit has, by their paths."""


@dataclass(frozen=True, slots=True)
class VersionInput:
    """What a published version is made from."""

    tag: str
    day: date
    word: str
    folder: str
    """The address of its folder, with a slash."""
    revision: Revision
    text: OldText
    path: str
    """What the statement's file is called today."""
    at: Location
    """Where today's front matter begins."""
    hides_case_officer: bool

    @property
    def name(self) -> str:
        """Its name, as in its address."""
        return f"{self.day}-{self.word}"


@dataclass(frozen=True, slots=True)
class EarlierInput:
    """What the text is made from that today's is compared with."""

    revision: Revision
    text: OldText
    path: str
    """What the statement's file is called today."""
    at: Location
    """Where it is asked for."""
    hides_case_officer: bool


@dataclass(frozen=True, slots=True)
class GitFacts:
    """What git knows of one statement."""

    stamp: Stamp | None = None
    entries: tuple[LogEntry, ...] = ()
    """The commits that changed its file, the newest first."""
    former: tuple[str, ...] = ()
    """What its file was called before, the last name first."""
    versions: tuple[VersionInput, ...] = ()
    """Its published versions, the newest first."""
    earlier: EarlierInput | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of the statements of a site."""

    facts: Mapping[str, GitFacts] = field(default_factory=dict)
    """By each statement's path."""
    faults: tuple[Diagnostic, ...] = ()
    """What git can't tell, and the tags that publish nothing."""
    head: str | None = None
    """The commit that is checked out, where there is one."""
    unmade: frozenset[str] = frozenset()
    """The tags of which it is said why they make no version."""
    is_read: bool = True
    """Whether git could be asked at all."""
