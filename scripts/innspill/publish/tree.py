"""A folder on the disk: what lies in it, what a file holds, and how it is taken away.

No link is ever followed out of the folder.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from innspill.publish.paths import STATE


class Kind(StrEnum):
    """What stands at a path."""

    FILE = "file"
    LINK = "link"
    FOLDER = "folder"
    OTHER = "other"
    """A device, a socket, a pipe, or a folder that we may not look into."""


def scan(folder: Path) -> dict[str, Kind]:
    """Everything in the folder, by its relative path; our own state in it is no content."""
    kinds: dict[str, Kind] = {}
    _scan_into(kinds, folder, "")
    return kinds


def fingerprint(path: Path) -> str | None:
    """What stands at the path: a file's SHA-256, or None where there is nothing.

    A link is told by where it points, so it never equals the file it points to.
    """
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISREG(mode):
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    if stat.S_ISLNK(mode):
        return hashlib.sha256(b"link to " + os.fsencode(path.readlink())).hexdigest()
    return Kind.FOLDER if stat.S_ISDIR(mode) else Kind.OTHER


def discard(tree: Path) -> None:
    """Takes a folder away with all that is in it, if it is there."""
    try:
        mode = tree.lstat().st_mode
    except FileNotFoundError:
        return
    if mode & stat.S_IRWXU != stat.S_IRWXU:
        # A folder's mode may forbid even its owner to empty it.
        tree.chmod(stat.S_IRWXU)
    with os.scandir(tree) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                discard(Path(entry.path))
            else:
                Path(entry.path).unlink()
    tree.rmdir()


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


def _scan_into(kinds: dict[str, Kind], folder: Path, prefix: str) -> None:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = prefix + entry.name
        if path == STATE:
            continue
        kinds[path] = _kind(entry)
        if kinds[path] is Kind.FOLDER:
            try:
                _scan_into(kinds, Path(entry.path), f"{path}/")
            except PermissionError:
                kinds[path] = Kind.OTHER


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_symlink():
        return Kind.LINK
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.FILE if entry.is_file(follow_symlinks=False) else Kind.OTHER
