"""Relative links as paths inside `content/`."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urlsplit


def resolve(target: str, source: str) -> str | None:
    """The path inside `content/` that a relative link from `source` means.

    None where the link is empty, absolute, has a scheme or leads outside.
    """
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or not path or path.startswith("/") or "\0" in path:
        return None
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    return None if whole == ".." or whole.startswith("../") else whole
