"""What is published, file by file, and what publishing answers: values that both sides know."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from innspill.blob import Blob
from innspill.messages import Message


class Publishable(Protocol):
    """One file of the site, whose bytes are asked for only where they are written."""

    @property
    def path(self) -> str:
        """Where it goes: relative to the output folder, with forward slashes."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The source files it was made from, for the manifest."""

    @property
    def sha256(self) -> str:
        """Its digest in hexadecimal."""

    @property
    def size(self) -> int:
        """In bytes."""

    def load(self) -> bytes:
        """Its bytes."""

    def pieces(self) -> Iterable[bytes]:
        """Its bytes, piece by piece where it is large."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site, its bytes in memory."""

    path: str
    """Where it goes: relative to the output folder, with forward slashes."""
    data: bytes = field(repr=False)
    sources: tuple[str, ...] = ()
    """The source files it was made from, for the manifest."""
    sha256: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)

    def load(self) -> bytes:
        """Its bytes."""
        return self.data

    def pieces(self) -> Iterable[bytes]:
        """Its bytes, as one piece."""
        return (self.data,)


@dataclass(frozen=True, slots=True)
class StreamedOutput:
    """One file of the site that is never held whole."""

    path: str
    size: int
    sha256: str
    pieces: Callable[[], Iterable[bytes]] = field(repr=False, compare=False)
    """Gives the same bytes each time."""
    sources: tuple[str, ...] = ()

    def load(self) -> bytes:
        """Its bytes."""
        return b"".join(self.pieces())


def published_blob(path: str, blob: Blob, sources: tuple[str, ...]) -> StreamedOutput:
    """A file that is published as it is."""
    return StreamedOutput(path, blob.size, blob.sha256, blob.pieces, sources)


Saved = Mapping[str, Path]
"""Where the copy is of what stood at a path of the output folder."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did. The manifest is counted nowhere."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    foreign: tuple[str, ...]
    """Foreign files, left where they are."""
    saved: Saved
    """Foreign files that stood in the place of published ones."""
    never_ours: frozenset[str]
    """Those of the saved that no earlier run had put there."""
    reason: Message | None = None
    """Why it went file by file, where it did."""
    digests: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """The SHA-256 of each published file, the manifest among them, by its path."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning did."""

    removed: tuple[str, ...]
    foreign: tuple[str, ...]
    """Foreign files, left where they are."""
    saved: Saved
    """Published files that had been changed by hand."""
