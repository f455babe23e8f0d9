"""Texts as they are whatever their line ends: a checkout may have converted those."""

from __future__ import annotations

import hashlib


def with_one_line_end(data: bytes) -> bytes:
    """A text's bytes, each of its lines ended by a line feed."""
    return data.replace(b"\r\n", b"\n")


def text_digest(data: bytes) -> str:
    """The digest of a text, in hexadecimal."""
    return hashlib.sha256(with_one_line_end(data)).hexdigest()
