"""The way in one step: a complete new tree and the folder change places.

A reader sees one complete site or the other, and so does who looks after a power cut.
`new/` is worth nothing at any moment. `complete/` is a whole tree: the new one just before
the exchange, the old one after. A run that finds it need not know which: what the new tree
has of foreign files is in the folder too.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from innspill.durable import sync
from innspill.manifest import MANIFEST, fingerprint, read_manifest
from innspill.messages import say
from innspill.output import Saved
from innspill.own_folders import STATE, discard
from innspill.publish import libc
from innspill.publish.faults import IN_PLACE, NO_OTHER_WAY, as_publish_error
from innspill.publish.plan import Kind, PublishPlan, folders_of, leads_out, scan
from innspill.publish.saved_copies import save_copy
from innspill.publish.state import State


def replace_whole(plan: PublishPlan, state: State) -> Saved:
    """Puts the new site in place in one step; returns what was saved from the old tree.

    Raises OSError where that can't be done, with the folder as it was, and PublishError where
    the new site is in place and something else went wrong.
    """
    try:
        _make_tree(plan, state)
        libc.sync_filesystem(state.new)
        if plan.there:
            _exchange(state)
        else:
            state.new.rename(state.folder)
    except BaseException:
        with suppress(OSError):
            discard(state.new)
        raise
    with as_publish_error(say("The disk did not confirm the new site"), state.folder, IN_PLACE):
        sync(state.folder.parent)
        sync(state.work)
    return take_old_tree_away(state) if plan.there else {}


def take_old_tree_away(state: State) -> Saved:
    """Takes the tree in `complete/` away, and nothing that would be lost with it.

    Foreign files were carried over, and files changed by hand saved, before the exchange. What
    is found here came too late for that, or by a process that was at work in the old tree: it
    is moved into the folder, or saved. What comes later still is found by the next run. The
    manifest tells what was published, and goes last.
    """
    tree, saved = state.complete, dict[str, Path]()
    with as_publish_error(say("The old site could not be searched"), tree, IN_PLACE):
        published, found = read_manifest(tree) or {}, scan(tree)
        for path, kind in found.items():
            source, target = tree / path, state.folder / path
            if kind is Kind.FOLDER:
                if (mode := source.stat().st_mode) & stat.S_IRWXU != stat.S_IRWXU:
                    source.chmod(mode | stat.S_IRWXU)  # else even its owner can't empty it
            elif path != MANIFEST:
                if _would_be_lost(source, target, published.get(path)):
                    if path not in published and _is_free(state.folder, path):
                        source.rename(target)
                        sync(target.parent)
                    else:
                        saved[path] = save_copy(tree, path, state, moves=True)
                source.unlink(missing_ok=True)
        with suppress(OSError):  # where something has come meanwhile
            _remove_folders(
                [f"{tree}/{path}" for path, kind in found.items() if kind is Kind.FOLDER]
            )
            (tree / MANIFEST).unlink(missing_ok=True)
            tree.rmdir()
    return saved


def _remove_folders(folders: list[str]) -> None:
    """Removes empty folders, of which the outer stand first. Raises OSError.

    Several at once: a disk that is told of each freed block answers after 1 to 2 ms, and a
    thousand statements have 1,700.
    """
    # Imported here: a build with nothing to do needs none.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor() as pool:
        for _, level in groupby(reversed(folders), lambda path: path.count("/")):
            for _ in pool.map(os.rmdir, level):
                pass


def _exchange(state: State) -> None:
    state.new.rename(state.complete)
    sync(state.work)
    try:
        libc.exchange(state.complete, state.folder)
    except OSError:
        # Not for an interruption: the exchange may be done then, and the old tree in there.
        state.complete.rename(state.new)
        raise


def _make_tree(plan: PublishPlan, state: State) -> None:
    """Makes the complete new tree: what stays is linked, not copied."""
    old, new = state.folder, state.new
    new.mkdir()
    folders = sorted({*folders_of((*plan.files, *plan.foreign, *plan.empty)), *plan.empty})
    for folder in folders:
        (new / folder).mkdir()
    for path, file in plan.files.items():
        if path in plan.written or not _is_linked(old / path, new / path):
            write_new(new / path, file.pieces())
    for path in plan.foreign:
        _carry(old / path, new / path)
    for folder in reversed(["", *folders]):  # inner ones first: a mode may forbid to write
        if plan.there.get(folder) is Kind.FOLDER or (not folder and old.exists()):
            _make_alike(old / folder, new / folder)


def write_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a file that was not there before."""
    try:
        with path.open("xb") as file:
            file.writelines(pieces)
    except OSError as error:
        # A full disk shows at the writing, which does not know the file's name.
        error.filename = error.filename or str(path)
        raise


def _is_linked(source: Path, target: Path) -> bool:
    """Makes a second name for what stands at the source, where the system allows it."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno in {errno.EXDEV, *NO_OTHER_WAY}:
            raise
        return False
    return True


def _carry(source: Path, target: Path) -> None:
    """Gives something foreign its place in the new tree."""
    with suppress(FileNotFoundError):  # whoever put it there has taken it away since
        if not _is_linked(source, target):
            shutil.copy2(source, target, follow_symlinks=False)
            _give(target, source.lstat())


def _make_alike(old: Path, new: Path) -> None:
    """Gives a folder the old one's owner, group, mode, times and access list."""
    was = old.lstat()
    if os.geteuid() not in {0, was.st_uid}:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(old))
    # A folder mounted from the same disk has the same device number, so only trying tells.
    # The name doesn't exist: the system says so, unless it stops at the mount before.
    with suppress(FileNotFoundError):
        (old / f"{STATE}-nothing").rename(new / f"{STATE}-nothing")
    _give(new, was)
    shutil.copystat(old, new)


def _give(path: Path, status: os.stat_result) -> None:
    """The owner and group of what is copied, as far as that is allowed."""
    for owner in (status.st_uid, -1):
        with suppress(PermissionError):
            os.chown(path, owner, status.st_gid, follow_symlinks=False)
            return


def _would_be_lost(source: Path, target: Path, published: str | None) -> bool:
    """Whether it is neither as it was published, nor in the folder too."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if os.path.samestat(source.lstat(), target.lstat()):
            return False
    return fingerprint(source) not in {published, fingerprint(target)}


def _is_free(folder: Path, path: str) -> bool:
    """Whether the path can be had, whose folders are made."""
    target = folder / path
    if leads_out(folder, path):
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return False
    return fingerprint(target) is None
