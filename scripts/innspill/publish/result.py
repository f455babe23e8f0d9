"""What a run of publishing or cleaning did, for whoever prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from innspill.messages import Message

Saved = tuple[tuple[str, Path], ...]
"""Paths in the folder, and where the copies of what stood there are now."""


class Way(StrEnum):
    """How the new set of files came into the folder."""

    NOTHING = "nothing"
    """It was there already."""
    FIRST = "first"
    """As a whole, into a folder that was missing or empty."""
    EXCHANGE = "exchange"
    """As a whole, in exchange for the folder that was there."""
    FILES = "files"
    """File by file."""


@dataclass(frozen=True, slots=True)
class Published:
    """What `publish` did. The manifest is counted nowhere."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    kept: tuple[str, ...]
    """Files that are not ours, left where they are."""
    saved: Saved
    """What stood in the place of ours without being ours, and where its copy is now."""
    never_ours: frozenset[str]
    """Those of the saved that no earlier run had put there."""
    way: Way
    reason: Message | None = None
    """Why it went file by file."""
    digests: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """The SHA-256 of each file of ours, the manifest among them, by its path."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What `clean` did."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]
    """Files that are not ours, left where they are."""
    saved: Saved
    """Files of ours that had been changed by hand, and where their copies are now."""
