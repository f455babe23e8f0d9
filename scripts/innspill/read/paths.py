"""Paths inside `content/`: as relative links and front matter write them, and their order."""

from __future__ import annotations

import posixpath
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from innspill.collation import Key, sort_key
from innspill.messages import Message, printable, say
from innspill.read.names import flaw_of


def name_key(name: str) -> Key:
    """What a file or a folder sorts by among others of its folder: as in Norwegian, anywhere."""
    return sort_key(name, "nb")


def path_key(path: str) -> tuple[object, ...]:
    """What a file sorts by among all: those of a folder before those of the folders in it."""
    *folders, name = path.split("/")
    return (*((1, name_key(each)) for each in folders), (0, name_key(name)))


def resolve(target: str, source: str) -> str | None:
    """The path inside `content/` that a relative link from `source` means.

    None where the link is empty, absolute, has a scheme or leads out of reach.
    """
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else inside(unquote(parts.path), source)


def inside(path: str, source: str) -> str | None:
    """The path inside `content/` that a plain path from `source` means.

    None where it is empty, absolute or leads out of reach.
    """
    if not path or path.startswith("/") or not path.isprintable() or "\\" in path:
        return None
    whole = _joined(path, source)
    return None if is_outside(whole) or is_hidden(whole) else whole


def _joined(path: str, source: str) -> str:
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    return normalize("NFC", whole)


def is_outside(path: str) -> bool:
    """Whether a path inside `content/` leads out of it."""
    return path == ".." or path.startswith("../")


def is_hidden(path: str) -> bool:
    """Whether anything on the way of a path inside `content/` begins with a dot."""
    return path != "." and any(name.startswith(".") for name in path.split("/"))


def out_of_reach(written: str, path: str, source: str) -> tuple[Message, Message]:
    """Why a path from `source` leads to nothing that is ever read, and what to do instead."""
    whole = _joined(path, source)
    if "\\" in path:
        message = say('"{href}" has a backslash', href=printable(written))
        return message, say("write / between the names of folders and files")
    if not path.isprintable():
        message = say('"{href}" has characters that no address can have', href=printable(written))
        return message, say("rename the file")
    if is_hidden(whole) and not is_outside(whole):
        message = say('"{href}": what begins with a dot is hidden', href=written)
        return message, say("it is never read or published: give the file or folder another name")
    message = say('"{href}" leads out of the content folder', href=written)
    return message, say("put the file beside this one and link to it there")


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
    if any(flaw_of(part) for part in parts):
        return None
    if whole.endswith("/") or "." not in parts[-1]:
        return "/".join((*parts, "index.html"))
    return whole if whole.endswith((".html", ".htm")) else None
