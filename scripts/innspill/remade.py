"""What a commit made anew, as a value that all who compare it are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from innspill.messages import Message

FileBytes = Mapping[str, bytes]
"""Files by their paths."""


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What was made anew."""

    files: FileBytes = field(default_factory=dict, repr=False)
    why: Message | None = None
    """Why nothing was, where that is so."""
    whose: str = ""
    """Whose templates it was made with, their commit, and their digest."""
    notes: tuple[Message, ...] = ()
    """What it was made with that the commit's content and templates alone do not tell."""
    words: tuple[str, ...] = field(default=(), repr=False)
    """The statement's own: its title and its paragraphs."""
    unsure: tuple[Message, ...] = ()
    """Why another may honestly have been made then."""
