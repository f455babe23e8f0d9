"""What is published: files with their bytes, and which sets of them make sense."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from innspill.blob import Blob, hashed
from innspill.publish.paths import ancestors, is_inside, is_reserved


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

    @property
    def sha256(self) -> str:
        """Its digest."""
        return hashlib.sha256(self.data).hexdigest()

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
class Stored:
    """One file of the site, its bytes kept elsewhere."""

    path: str
    sha256: str
    size: int
    load: Callable[[], bytes] = field(repr=False, compare=False)
    """Gives bytes that have this digest."""
    sources: tuple[str, ...] = ()

    def pieces(self) -> Iterable[bytes]:
        """Its bytes, as one piece."""
        return (self.load(),)


@dataclass(frozen=True, slots=True)
class Pieced:
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


def pieced(path: str, pieces: Callable[[], Iterable[bytes]], sources: tuple[str, ...]) -> Pieced:
    """A file whose pieces are made now for their digest, and again where they are written."""
    return Pieced(path, *hashed(pieces()), pieces, sources)


def published_blob(path: str, blob: Blob, sources: tuple[str, ...]) -> Pieced:
    """A file that is published as it is."""
    return Pieced(path, blob.size, blob.sha256, blob.pieces, sources)


def by_path(outputs: Iterable[Publishable]) -> dict[str, Publishable]:
    """The outputs in the order of their paths.

    Raises ValueError where a path leaves the folder, is one of our own names, stands
    twice, or is both a file and a folder: no content may lead to that.
    """
    found: dict[str, Publishable] = {}
    for output in outputs:
        if not is_inside(output.path) or is_reserved(output.path):
            raise ValueError(f"not a path inside the output folder: {output.path!r}")
        if output.path in found:
            raise ValueError(f"two outputs have the path {output.path!r}")
        found[output.path] = output
    for path in found:
        for folder in ancestors(path):
            if folder in found:
                raise ValueError(f"{folder!r} is a file, and the folder of {path!r}")
    return dict(sorted(found.items()))
