"""Paths inside `content/`: as relative links and front matter write them, and their order."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urlsplit

from innspill.collation import Key, sort_key


def name_key(name: str) -> Key:
    """What a file or a folder sorts by among others of its folder: as in Norwegian, anywhere."""
    return sort_key(name, "nb")


def path_key(path: str) -> tuple[object, ...]:
    """What a file sorts by among all: those of a folder before those of the folders in it."""
    *folders, name = path.split("/")
    return (*((1, name_key(each)) for each in folders), (0, name_key(name)))


def resolve(target: str, source: str) -> str | None:
    """The path inside `content/` that a relative link from `source` means.

    None where the link is empty, absolute, has a scheme or leads outside.
    """
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else inside(unquote(parts.path), source)


def inside(path: str, source: str) -> str | None:
    """The path inside `content/` that a plain path from `source` means.

    None where it is empty, absolute or leads outside.
    """
    if not path or path.startswith("/") or "\0" in path:
        return None
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    return None if whole == ".." or whole.startswith("../") else whole


def alias_url(path: str) -> str | None:
    """The file's address for an old address of the site, which may name a folder.

    None where it can't be one: it leads out, has a scheme, a query or a fragment, or ends
    in a file that is no page.
    """
    whole = path.removeprefix("/")
    parts = whole.removesuffix("/").split("/")
    if not whole.isprintable() or any(part in {"", ".", ".."} for part in parts):
        return None
    if any(part.startswith(".") for part in parts) or any(sign in whole for sign in '\\:?#%*"<>|'):
        return None
    if whole.endswith("/") or "." not in parts[-1]:
        return "/".join((*parts, "index.html"))
    return whole if whole.endswith((".html", ".htm")) else None
