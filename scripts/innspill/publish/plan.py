"""Compares what the folder holds with what it should hold. Changes nothing.

Ours is what the folder's manifest lists, wherever it stands as a file or a link. All
else is foreign and stays, unless it stands in the way of ours: a file is then saved
first, a folder that holds anything foreign is an error.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from innspill.messages import say
from innspill.publish.errors import PublishError
from innspill.publish.known import Known, Stamps
from innspill.publish.manifest import File, Manifest, read_manifest
from innspill.publish.paths import MANIFEST, ancestors, folders_of, is_temporary
from innspill.publish.tree import Kind, fingerprint, scan
from innspill.unchanged import is_settled, stamp_of

_LEAVES = (Kind.FILE, Kind.LINK)


@dataclass(frozen=True, slots=True)
class Survey:
    """What is in the folder now."""

    folder: Path
    kinds: Mapping[str, Kind]
    """Everything in it; empty where the folder is missing."""
    status: Mapping[str, os.stat_result] = field(repr=False)
    """What the system says of each, and of the folder itself (``""``)."""
    manifest: Manifest | None
    since: int
    """When it was looked at, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to happen for the folder to hold the new site."""

    survey: Survey
    files: Mapping[str, File]
    """All that the folder should hold of ours, the manifest among it."""
    before: Mapping[str, str]
    """Fingerprints of what is there now and is to be replaced, removed or left as it is."""
    written: tuple[str, ...]
    gone: tuple[str, ...]
    """What stands in the folder and must not: ours of before, and what is in the way."""
    saved: tuple[str, ...]
    """Those of `written` and `gone` where something stands that is not ours."""
    foreign: tuple[str, ...]
    """What is not ours and stays: files, links, and all that is neither."""
    empty: tuple[str, ...]
    """Folders with nothing in them, which stay."""
    stamps: Stamps = field(repr=False)
    """Of what is in `before`."""

    @property
    def is_done(self) -> bool:
        """Whether the folder is as it should be already."""
        return not self.written and not self.gone

    @property
    def removed(self) -> tuple[str, ...]:
        """The files of the last site that this one doesn't have."""
        ours = self.survey.manifest or {}
        return tuple(path for path in self.gone if path in ours)


def survey(folder: Path) -> Survey:
    """Looks at the folder, which may be missing."""
    since = time.time_ns()
    if not folder.exists():
        return Survey(folder, {}, {}, None, since)
    kinds, status = {}, {"": os.lstat(folder)}
    for path, entry in scan(folder).items():
        with suppress(FileNotFoundError):  # taken away meanwhile
            status[path] = os.lstat(f"{folder}/{path}")
            kinds[path] = entry.kind
    return Survey(folder, kinds, status, read_manifest(folder), since)


def compare(found: Survey, files: Mapping[str, File], known: Known) -> Plan:
    """What must happen. Of a file that is `known`, nothing is read.

    Raises PublishError where something foreign leaves no place for ours.
    """
    ours = found.manifest or {}
    leaves = {path for path, kind in found.kinds.items() if kind in _LEAVES}
    in_the_way = _in_the_way(found, files)
    leftovers = {path for path in leaves if is_temporary(path)}
    gone = (leaves & ours.keys()) - files.keys() | in_the_way | leftovers
    before, stamps = _marks(found, (leaves & files.keys()) | gone, known)
    written = {path for path, file in files.items() if before.get(path) != file.sha256}
    overwritten = (written | gone) & before.keys() - leftovers
    if found.manifest is not None:
        overwritten -= {MANIFEST}
    return Plan(
        survey=found,
        files=files,
        before=before,
        written=tuple(sorted(written)),
        gone=tuple(sorted(gone)),
        saved=tuple(sorted(p for p in overwritten if before[p] != ours.get(p))),
        foreign=_foreign(found, files.keys() | gone),
        empty=_empty(found, files),
        stamps=stamps,
    )


def _marks(found: Survey, paths: Set[str], known: Known) -> tuple[dict[str, str], Stamps]:
    """The fingerprints of what stands at the paths, and what will tell that they still hold."""
    marks: dict[str, str] = {}
    stamps = {}
    for path in sorted(paths):
        status = found.status[path]
        stamp = stamp_of(status)
        if known.holds(path, stamp):
            marks[path], stamps[path] = known.digests[path], stamp
        elif (mark := fingerprint(f"{found.folder}/{path}")) is not None:
            marks[path] = mark
            if is_settled(status, found.since):
                stamps[path] = stamp
    return marks, stamps


def _foreign(found: Survey, ours: Set[str]) -> tuple[str, ...]:
    return tuple(
        path
        for path, kind in sorted(found.kinds.items())
        if kind is not Kind.FOLDER and path not in ours
    )


def _empty(found: Survey, files: Mapping[str, File]) -> tuple[str, ...]:
    """Folders that hold nothing, and that nothing of ours goes into or takes the place of."""
    filled = folders_of((*found.kinds, *files))
    return tuple(
        path
        for path, kind in sorted(found.kinds.items())
        if kind is Kind.FOLDER
        and path not in filled
        and files.keys().isdisjoint((path, *ancestors(path)))
    )


def _in_the_way(found: Survey, files: Mapping[str, File]) -> set[str]:
    """Files that stand where ours need a folder, or in a folder where ours need a file."""
    ours = found.manifest or {}
    in_the_way = set()
    for folder in sorted(folders_of(files)):
        kind = found.kinds.get(folder)
        if kind is Kind.FILE:
            in_the_way.add(folder)
        elif kind in (Kind.LINK, Kind.OTHER):
            raise _blocked(found, folder)
    for path in files:
        kind = found.kinds.get(path)
        if kind is Kind.OTHER:
            raise _blocked(found, path)
        if kind is Kind.FOLDER:
            inner = _within(found, path)
            if not all(each in ours and found.kinds[each] in _LEAVES for each in inner):
                raise _blocked(found, path)
            in_the_way |= inner
    return in_the_way


def _within(found: Survey, folder: str) -> set[str]:
    return {
        path
        for path, kind in found.kinds.items()
        if kind is not Kind.FOLDER and path.startswith(f"{folder}/")
    }


def _blocked(found: Survey, path: str) -> PublishError:
    return PublishError(
        say(
            "{path} is not ours and stands where the new site needs its place. "
            "Nothing was changed. Move it away and run it again.",
            path=found.folder / path,
        )
    )
