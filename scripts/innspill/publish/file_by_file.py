"""The way file by file, for folders that can't be exchanged as a whole.

Everything new is first written to `.innspill-new/` in the folder itself, so that a full disk
or a missing right shows while nothing is changed yet. Renamed to `.innspill-ready/`, it is
only ever finished, by this run or the next: what pages use, pages, what must go, and last the
manifest, which until then tells what was published. A reader never sees half a file.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from innspill.durable import sync, written_whole
from innspill.manifest import (
    FOLDER,
    MANIFEST,
    OTHER,
    Manifest,
    ancestors,
    fingerprint,
    read_manifest,
)
from innspill.messages import say
from innspill.output import Saved
from innspill.own_folders import discard
from innspill.publish import libc
from innspill.publish.exchange import write_new
from innspill.publish.faults import UNFINISHED, as_publish_error
from innspill.publish.plan import Kind, PublishPlan, folders_of, leads_out, remove_empty, scan
from innspill.publish.saved_copies import save_copy
from innspill.publish.state import State


def replace_files(plan: PublishPlan, state: State) -> Saved:
    """Puts the new site in place file by file; returns what others have put there meanwhile.

    Raises OSError, with the folder as it was, and PublishError where the next run must finish it.
    """
    new = {*plan.written, MANIFEST}
    try:
        state.folder.mkdir(parents=True, exist_ok=True)
        state.new_files.mkdir(0o700)
        for folder in sorted(folders_of(new)):
            (state.new_files / folder).mkdir()
        for path in sorted(new):
            write_new(state.new_files / path, plan.files[path].pieces())
        _check_rights(state.folder, (*new, *plan.removed))
        libc.sync_filesystem(state.folder)
        state.new_files.rename(state.ready_files)
    except BaseException:
        with suppress(OSError):
            discard(state.new_files)
        raise
    with as_publish_error(say("The new site could not be written"), state.folder, UNFINISHED):
        return _finish(state)


def resume(state: State, *, is_believed: bool) -> None:
    """Finishes what a killed run had begun, where that was a run in this place."""
    with as_publish_error(say("What an earlier run left could not be removed"), state.folder):
        discard(state.new_files)
        if not is_believed or state.ready_files.is_symlink():
            discard(state.ready_files)
    with as_publish_error(
        say("What an earlier run began could not be finished"), state.folder, UNFINISHED
    ):
        if state.ready_files.exists():
            _finish(state)


def _check_rights(folder: Path, paths: Iterable[str]) -> None:
    """Raises PermissionError where the folder of one of the paths may not be written to."""
    for around in {"", *folders_of(paths)}:
        place = folder / around
        if place.is_dir() and not os.access(place, os.W_OK | os.X_OK, effective_ids=True):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


def _finish(state: State) -> Saved:
    """Takes every step that is not taken yet. The manifest is the last."""
    folder, ready = state.folder, state.ready_files
    sync(folder)
    new, old = read_manifest(ready), read_manifest(folder) or {}
    waiting = [path for path, kind in scan(ready).items() if kind is Kind.FILE]
    steps = _Steps(state, old, new or {})
    if new is not None and not any(leads_out(folder, path) for path in waiting):
        for path in sorted(new.keys() & waiting, key=_rank):
            steps.put(path)
        for path in sorted(old.keys() - new.keys()):
            if not leads_out(folder, path):
                steps.remove(path)
                remove_empty((folder / path).parent, folder)
        libc.sync_filesystem(folder)
        steps.put(MANIFEST)
        libc.sync_filesystem(folder)
    discard(ready)
    return steps.saved


def _rank(path: str) -> tuple[bool, str]:
    """The order in which files come: what pages use, then pages."""
    return path.endswith(".html"), path


@dataclass(frozen=True, slots=True)
class _Steps:
    """What is done to single files; each may have been done already."""

    state: State
    old: Manifest
    new: Manifest
    saved: dict[str, Path] = field(default_factory=dict)
    """What others have put there since it was looked at, and where its copy is."""

    def put(self, path: str) -> None:
        """Gives a file its place."""
        source, target = self.state.ready_files / path, self.state.folder / path
        for around in ancestors(path):
            self.remove(around)
        mark = fingerprint(target)
        if mark == FOLDER:
            for inner, kind in reversed(scan(target).items()):
                if kind is Kind.FOLDER:
                    (target / inner).rmdir()
                self.remove(f"{path}/{inner}")
            target.rmdir()
            mark = None
        self._save(path, mark)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            source.replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            with written_whole(target) as partial:  # another disk within the folder
                shutil.copyfile(source, partial)

    def remove(self, path: str) -> None:
        """Removes what stands at the path, unless that is a folder."""
        mark = fingerprint(self.state.folder / path)
        if mark not in {None, FOLDER, OTHER}:
            self._save(path, mark)
            (self.state.folder / path).unlink()

    def _save(self, path: str, mark: str | None) -> None:
        """Keeps a copy of what stands there, unless its `mark` is what a manifest says."""
        if path != MANIFEST and mark not in {None, self.old.get(path), self.new.get(path)}:
            self.saved[path] = save_copy(self.state.folder, path, self.state)
