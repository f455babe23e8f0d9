"""A folder on the disk: what lies in it, what a file holds, and how it is taken away.

No link is ever followed out of the folder. Thousands of files are looked at here in every
run, so it is done by plain calls of the system on text.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from innspill.project import STATE
from innspill.publish.paths import ancestors
from innspill.unchanged import digest_of


class Kind(StrEnum):
    """What stands at a path."""

    FILE = "file"
    LINK = "link"
    FOLDER = "folder"
    OTHER = "other"
    """A device, a socket, a pipe, or a folder that we may not look into."""


class Entry(NamedTuple):
    """What a folder's listing says of one name in it."""

    kind: Kind
    inode: int


def scan(folder: Path) -> dict[str, Entry]:
    """Everything in the folder, by its relative path, what holds another thing before that.

    Our own state in it is no content.
    """
    found: dict[str, Entry] = {}
    waiting = [""]
    while waiting:
        around = waiting.pop()
        try:
            with os.scandir(f"{folder}/{around}") as listed:
                entries = list(listed)
        except PermissionError:
            if not around:
                raise
            found[around] = found[around]._replace(kind=Kind.OTHER)
            continue
        for entry in entries:
            path = f"{around}/{entry.name}" if around else entry.name
            if path != STATE:
                found[path] = Entry(_kind(entry), entry.inode())
                if found[path].kind is Kind.FOLDER:
                    waiting.append(path)
    return found


def fingerprint(path: Path | str) -> str | None:
    """What stands at the path: a file's SHA-256, or None where there is nothing.

    A link is told by where it points, so it never equals the file it points to.
    """
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISREG(mode):
        return digest_of(str(path))
    if stat.S_ISLNK(mode):
        target = os.readlink(path)  # noqa: PTH115
        return hashlib.sha256(b"link to " + os.fsencode(target)).hexdigest()
    return Kind.FOLDER if stat.S_ISDIR(mode) else Kind.OTHER


def leads_out(folder: Path, path: str) -> bool:
    """Whether a link stands on the way from the folder to the path in it."""
    return any((folder / around).is_symlink() for around in ancestors(path))


def remove_empty(folder: Path, within: Path) -> None:
    """Takes away the folder where it is empty, and then those above it up to `within`."""
    with suppress(OSError):
        while folder != within:
            with suppress(FileNotFoundError):
                folder.rmdir()
            folder = folder.parent


def remove_hollow(folder: Path) -> None:
    """Takes away a folder that holds nothing but folders; fails where it holds more."""
    for path in reversed(scan(folder)):
        (folder / path).rmdir()
    folder.rmdir()


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    if entry.is_file(follow_symlinks=False):
        return Kind.FILE
    return Kind.LINK if entry.is_symlink() else Kind.OTHER
