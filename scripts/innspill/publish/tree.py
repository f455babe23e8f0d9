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
    _scan_into(found, str(folder), "")
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


def discard(tree: Path | str) -> None:
    """Takes a folder away with all that is in it, if it is there; of a link, the link."""
    try:
        mode = os.lstat(tree).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(mode):
        os.unlink(tree)  # noqa: PTH108
        return
    if mode & stat.S_IRWXU != stat.S_IRWXU:
        # A folder's mode may forbid even its owner to empty it.
        os.chmod(tree, stat.S_IRWXU)  # noqa: PTH101
    with os.scandir(tree) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                discard(entry.path)
            else:
                os.unlink(entry.path)  # noqa: PTH108
    os.rmdir(tree)  # noqa: PTH106


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


def _scan_into(found: dict[str, Entry], folder: str, prefix: str) -> None:
    with os.scandir(folder) as listed:
        entries = list(listed)
    for entry in entries:
        path = prefix + entry.name
        if path == STATE:
            continue
        kind = _kind(entry)
        found[path] = Entry(kind, entry.inode())
        if kind is Kind.FOLDER:
            try:
                _scan_into(found, entry.path, f"{path}/")
            except PermissionError:
                found[path] = Entry(Kind.OTHER, entry.inode())


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    if entry.is_file(follow_symlinks=False):
        return Kind.FILE
    return Kind.LINK if entry.is_symlink() else Kind.OTHER
