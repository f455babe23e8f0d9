"""Compares what the folder holds with what it should hold. Changes nothing.

Ours is what the folder's manifest lists, wherever it stands as a file or a link. All
else is foreign and stays, unless it stands in the way of ours: a file is then saved
first, a folder that holds anything foreign is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from innspill.messages import say
from innspill.publish.errors import PublishError
from innspill.publish.manifest import File, Manifest, read_manifest
from innspill.publish.paths import MANIFEST, ancestors, is_temporary
from innspill.publish.tree import Kind, fingerprint, scan

_LEAVES = (Kind.FILE, Kind.LINK)


@dataclass(frozen=True, slots=True)
class Survey:
    """What is in the folder now."""

    folder: Path
    kinds: Mapping[str, Kind]
    """Everything in it; empty where the folder is missing."""
    manifest: Manifest | None


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
    if not folder.exists():
        return Survey(folder, {}, None)
    return Survey(folder, scan(folder), read_manifest(folder))


def compare(found: Survey, files: Mapping[str, File]) -> Plan:
    """What must happen.

    Raises PublishError where something foreign leaves no place for ours.
    """
    ours = found.manifest or {}
    leaves = {path for path, kind in found.kinds.items() if kind in _LEAVES}
    in_the_way = _in_the_way(found, files)
    leftovers = {path for path in leaves if is_temporary(path)}
    gone = (leaves & ours.keys()) - files.keys() | in_the_way | leftovers
    before = {
        path: mark
        for path in sorted((leaves & files.keys()) | gone)
        if (mark := fingerprint(found.folder / path)) is not None
    }
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
    )


def _foreign(found: Survey, ours: Set[str]) -> tuple[str, ...]:
    return tuple(
        path
        for path, kind in sorted(found.kinds.items())
        if kind is not Kind.FOLDER and path not in ours
    )


def _empty(found: Survey, files: Mapping[str, File]) -> tuple[str, ...]:
    """Folders that hold nothing, and that nothing of ours goes into or takes the place of."""
    filled = {folder for path in (*found.kinds, *files) for folder in ancestors(path)}
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
    for folder in sorted({folder for path in files for folder in ancestors(path)}):
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
