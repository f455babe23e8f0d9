"""Whether files still hold what they held: by what the system says of them, else by digest.

The system sets the time of a file's last change (`st_ctime_ns`) and no program can; but two
changes within one of its ticks have the same. So a stamp is only trusted where the file had
been left alone for a while when it was read; else the file is read again, and its digest
decides. A touched file is read, and found the same.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from io import FileIO
from typing import Any

LEFT_ALONE = 3_000_000_000
"""Nanoseconds; longer than the ticks of any clock that stamps files (two seconds on FAT)."""

Stamp = list[int]
"""Device, inode, size, and the times of the last writing and the last change."""
Record = dict[str, list[Any]]
"""The digest of each file, and its stamp where that can be trusted, by its path."""


def stamp_of(status: os.stat_result) -> Stamp:
    """What the system says of a file."""
    return [
        status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns,
    ]  # fmt: skip


def is_settled(status: os.stat_result, since: int) -> bool:
    """Whether a file that is read after `since` (ns) had been left alone for a while then."""
    return status.st_ctime_ns < since - LEFT_ALONE


def record(digests: Mapping[str, str], since: int) -> Record:
    """What to hold files to later; `since` is the time (ns) before the first was read.

    Raises OSError where one is gone.
    """
    found: Record = {}
    for path, digest in digests.items():
        status = os.stat(path)  # noqa: PTH116  asked of thousands of files, many times a day
        found[path] = [digest, stamp_of(status) if is_settled(status, since) else None]
    return found


def changed(files: Record, since: int) -> bool | None:
    """Whether any of the files holds something else; None where all hold the same, but were read.

    A file that was read gets its new stamp in `files`, so that it need not be read again.
    """
    were_read = False
    for path, entry in files.items():
        digest, stamp = entry
        try:
            status = os.stat(path)  # noqa: PTH116
            now = stamp_of(status)
            if now == stamp:
                continue
            if digest_of(path) != digest:
                return True
        except OSError:
            return True
        if is_settled(status, since):
            entry[1], were_read = now, True
    return None if were_read else False


def digest_of(path: str) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError, so too for what is no plain file."""
    # Without O_NONBLOCK a pipe would be waited for.
    with FileIO(path, opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_below(folder: str, *, hidden: bool = False) -> Iterator[str]:
    """The path of every file below a folder, in order; of a folder that is a link, its own.

    Without `hidden`, what begins with a dot is left out.
    """
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") and not hidden:
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from files_below(entry.path, hidden=hidden)
        elif entry.is_symlink():
            yield f"{entry.path} -> {os.readlink(entry.path)}"  # noqa: PTH115
        else:
            yield entry.path


def glance(folders: Iterable[str]) -> str:
    """The digest of what the system says of all files below some folders."""
    files = [path for folder in folders for path in files_below(folder, hidden=True)]
    stamps = []
    for path in files:
        with contextlib.suppress(OSError):  # a link, whose target is in its name; or gone by now
            stamps.append(stamp_of(os.stat(path)))  # noqa: PTH116
    return hashlib.sha256(repr((files, stamps)).encode()).hexdigest()


def listing(folder: str, *, hidden: bool = False) -> str:
    """The digest of the names of all files below a folder."""
    names = "\0".join(files_below(folder, hidden=hidden))
    return hashlib.sha256(os.fsencode(names)).hexdigest()
