"""Compares what the folder holds with what it should hold. Changes nothing.

Published is what the folder's manifest lists, where it stands as a file or a link. All else is
foreign and stays, unless it stands in the place of a published file: a file is then saved first,
a folder that holds anything foreign is an error. No link is followed.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from innspill.manifest import MANIFEST, Manifest, ancestors, fingerprint, read_manifest
from innspill.messages import say
from innspill.output import Publishable
from innspill.own_folders import STATE
from innspill.publish.faults import PublishError
from innspill.unchanged import LEFT_ALONE, digest_of


class Kind(StrEnum):
    """What stands at a path."""

    FILE = "file"
    LINK = "link"
    FOLDER = "folder"
    OTHER = "other"
    """A device, a socket, a pipe, or a folder that may not be looked into."""


Recall = Callable[[tuple[str, ...], Callable[[], bytes]], bytes]
"""What is kept under a key, made and kept where there is nothing yet."""
LARGE = 8_000_000
"""Bytes; what has more is not read again for each publication."""

_LEAVES = (Kind.FILE, Kind.LINK)


@dataclass(frozen=True, slots=True)
class PublishPlan:
    """What has to happen for the folder to hold the new site."""

    files: Mapping[str, Publishable]
    """All that is to be published, the manifest among it."""
    there: Mapping[str, Kind]
    """Everything that it holds now."""
    manifest: Manifest | None
    """The one that it has now."""
    written: tuple[str, ...]
    """Those of `files` that it does not hold yet."""
    removed: tuple[str, ...]
    """Published files that the new site does not have."""
    saved: tuple[str, ...]
    """What stands where it must go or is overwritten, and is not as it was published."""
    foreign: tuple[str, ...]
    """What is foreign and stays: files, links, and all that is neither."""
    empty: tuple[str, ...]
    """Folders with nothing in them, which stay."""

    @property
    def is_done(self) -> bool:
        """Whether the folder is as it should be already."""
        return not self.written and not self.removed


def compare(
    folder: Path, files: Mapping[str, Publishable], recall: Recall | None = None
) -> PublishPlan:
    """What must happen to the folder, which may be missing.

    `recall` saves to read again large files that stand as they stood.
    Raises OSError, and PublishError where something foreign stands in the way.
    """
    there, manifest = scan(folder), read_manifest(folder)
    published = manifest or {}
    leaves = {path for path, kind in there.items() if kind in _LEAVES}
    removed = (leaves & published.keys()) - files.keys()
    in_the_way = _in_the_way(folder, there, published, files) - removed
    marks = {
        path: _mark(folder / path, recall)
        for path in sorted(leaves & files.keys() | removed | in_the_way)
    }
    written = {path for path, file in files.items() if marks.get(path) != file.sha256}
    overwritten = (written | removed | in_the_way) & marks.keys()
    if manifest is not None:
        overwritten.discard(MANIFEST)
    foreign = {path for path, kind in there.items() if kind is not Kind.FOLDER}
    return PublishPlan(
        files,
        there,
        manifest,
        written=tuple(sorted(written)),
        removed=tuple(sorted(removed)),
        saved=tuple(sorted(p for p in overwritten if marks[p] not in {None, published.get(p)})),
        foreign=tuple(sorted(foreign - files.keys() - removed - in_the_way)),
        empty=tuple(sorted(_empty(there, files))),
    )


def _mark(path: Path, recall: Recall | None) -> str | None:
    """What stands at the path: see `fingerprint`.

    A large file is told by its size and the time of its last writing. The time of its last
    change would be safer, but a second name, which it gets in each new tree, changes that too.
    """
    with suppress(FileNotFoundError, NotADirectoryError):
        status = path.lstat()
        is_old = status.st_mtime_ns < time.time_ns() - LEFT_ALONE
        if recall and is_old and stat.S_ISREG(status.st_mode) and status.st_size > LARGE:
            told = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
            key = ("published", str(path), " ".join(map(str, told)))
            return recall(key, lambda: digest_of(str(path)).encode()).decode()
    return fingerprint(path)


def scan(folder: Path) -> dict[str, Kind]:
    """Everything in the folder, by its relative path, what holds another thing before that.

    What publishing itself keeps in it is left out.
    """
    found: dict[str, Kind] = {}
    waiting = [""]
    for around in waiting:  # it grows
        try:
            with os.scandir(folder / around) as listed:
                entries = {os.path.join(around, each.name): _kind(each) for each in listed}  # noqa: PTH118
        except FileNotFoundError:
            continue
        except PermissionError:
            if not around:
                raise
            found[around] = Kind.OTHER
            continue
        entries.pop(STATE, None)
        found |= entries
        waiting += (path for path, kind in entries.items() if kind is Kind.FOLDER)
    return found


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that any of the paths lies in."""
    return {folder for path in paths for folder in ancestors(path)}


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


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    if entry.is_file(follow_symlinks=False):
        return Kind.FILE
    return Kind.LINK if entry.is_symlink() else Kind.OTHER


def _empty(there: Mapping[str, Kind], files: Mapping[str, Publishable]) -> set[str]:
    """Folders that hold nothing, and that no published file goes into or takes the place of."""
    filled = folders_of((*there, *files))
    return {
        path
        for path, kind in there.items()
        if kind is Kind.FOLDER
        and path not in filled
        and files.keys().isdisjoint((path, *ancestors(path)))
    }


def _in_the_way(
    folder: Path, there: Mapping[str, Kind], published: Manifest, files: Mapping[str, Publishable]
) -> set[str]:
    """Files that stand where a folder is needed. Raises PublishError where more is in the way."""
    for path in files:
        if there.get(path) is Kind.OTHER:
            raise _blocked(folder / path)
        if there.get(path) is Kind.FOLDER:
            inside = ((e, kind) for e, kind in there.items() if e.startswith(f"{path}/"))
            others = (e for e, kind in inside if not (kind in _LEAVES and e in published))
            if any(there[each] is not Kind.FOLDER for each in others):
                raise _blocked(folder / path)
    found = {path for path in folders_of(files) if there.get(path, Kind.FOLDER) is not Kind.FOLDER}
    for path in sorted(found):
        if there[path] is not Kind.FILE:
            raise _blocked(folder / path)
    return found


def _blocked(path: Path) -> PublishError:
    return PublishError(
        say(
            "{path} is not ours and stands where the new site needs its place. "
            "Nothing was changed. Move it away and run it again.",
            path=path,
        )
    )
