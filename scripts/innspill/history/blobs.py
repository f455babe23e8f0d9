"""The names that git gives to what files hold, told without opening a repository."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from innspill.line_ends import with_one_line_end

SHA256 = 64
"""How many hexadecimal digits a name has that is a SHA-256."""


def blob_name(size: int, pieces: Iterable[bytes], like: str) -> str:
    """The name of a blob of so many bytes, in the form of another's: SHA-1 or SHA-256."""
    method = "sha256" if len(like) == SHA256 else "sha1"
    found = hashlib.new(method, f"blob {size}\0".encode(), usedforsecurity=False)
    for each in pieces:
        found.update(each)
    return found.hexdigest()


def pieces_with_line_feeds(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a text as git keeps it, where it converts line ends on the way out."""
    held = b""
    for each in pieces:
        data = held + each
        held = b"\r" if data.endswith(b"\r") else b""
        yield with_one_line_end(data.removesuffix(held))
    yield held
