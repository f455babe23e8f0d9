"""Bytes that are read only where they are wanted, a piece at a time: a file's, or some at hand.

Content may hold a recording of many gigabytes. What a build knows of such a file is its size
and its digest; its bytes pass through, and are held to that digest as they do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from innspill.failure import MachineFault
from innspill.messages import say

PIECE = 1 << 20
"""How many bytes are read at a time."""


@dataclass(frozen=True, slots=True)
class Blob:
    """Some bytes, wherever they are; it can be sent to another process."""

    size: int
    sha256: str
    """Their digest, in hexadecimal."""
    pieces: Callable[[], Iterable[bytes]] = field(repr=False, compare=False)
    """Gives them in order, the same each time.

    Raises OSError, and MachineFault where a file holds others by now.
    """

    def load(self) -> bytes:
        """All of them. Raises what `pieces` raises."""
        return b"".join(self.pieces())

    def head(self, count: int) -> bytes:
        """The first of them. Raises what `pieces` raises."""
        found = b""
        for each in self.pieces():
            found += each
            if len(found) >= count:
                break
        return found[:count]


def blob_of(data: bytes) -> Blob:
    """Bytes that are at hand."""
    return Blob(len(data), hashlib.sha256(data).hexdigest(), partial(_one, data))


def hashed(pieces: Iterable[bytes]) -> tuple[int, str]:
    """How many bytes the pieces have together, and their SHA-256."""
    digest, size = hashlib.sha256(), 0
    for each in pieces:
        digest.update(each)
        size += len(each)
    return size, digest.hexdigest()


def with_line_feeds(data: bytes) -> bytes:
    """A text's bytes, the same in a checkout whose line ends were converted."""
    return data.replace(b"\r\n", b"\n")


def text_digest(data: bytes) -> str:
    """The SHA-256 of a text, whatever its line ends are, in hexadecimal."""
    return hashlib.sha256(with_line_feeds(data)).hexdigest()


def held_to(pieces: Iterable[bytes], size: int, sha256: str, name: str) -> Iterator[bytes]:
    """The pieces, which must have this size and this digest.

    Raises MachineFault, which calls the file `name`, once they are others: at the latest
    behind the last.
    """
    digest, left = hashlib.sha256(), size
    for each in pieces:
        left -= len(each)
        if left < 0:
            break
        digest.update(each)
        yield each
    if left or digest.hexdigest() != sha256:
        raise changed(name)


def changed(name: str) -> MachineFault:
    """Why a build can't go on where one of its sources was changed."""
    return MachineFault(say("{path} was changed while the site was built: run it again", path=name))


def _one(data: bytes) -> tuple[bytes, ...]:
    return (data,)
