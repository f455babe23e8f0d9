"""Makes the complete new tree beside the folder, so that one can be exchanged for the other.

Whatever stays is linked, not copied: our unchanged files and all that is foreign. What the
spare tree has right already is left as it is. A folder that was there keeps its mode, its
group and its access list.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Collection, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from innspill.messages import say
from innspill.owned import discard
from innspill.publish.durable import settle, write
from innspill.publish.errors import Refused
from innspill.publish.paths import folders_of
from innspill.publish.plan import Plan, Survey
from innspill.publish.spare import make_twin
from innspill.publish.state import State
from innspill.publish.tree import Entry, Kind

AT_ONCE = 4
"""So many files are written at a time."""
FEW = 8
"""So many files are not worth a second thread."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What the new tree has of the old one."""

    shared: Mapping[str, int]
    """The inodes of those files of ours that are in both."""
    linked: Set[str]
    """Those of them that the spare tree did not have."""


def stage(plan: Plan, spare: Mapping[str, Entry] | None, state: State) -> Staged:
    """Makes the new tree, durably, of the spare one that was taken up, if there was one.

    Raises Refused where something in the folder can be neither linked nor copied.
    """
    if spare is not None and plan.survey.kinds:
        # Whatever somebody has done to the spare tree, a new one does as well.
        with suppress(OSError):
            return _make(plan, spare, state)
    discard(state.staging)
    state.staging.mkdir()
    return _make(plan, None, state)


def _make(plan: Plan, spare: Mapping[str, Entry] | None, state: State) -> Staged:
    """Makes the tree of what is there."""
    tree, found, there = state.staging, plan.survey, spare or {}
    folders, staying = _folders(plan), {*plan.files, *plan.foreign} - {*plan.written}
    right = {
        path
        for path, entry in there.items()
        if (path in staying and entry.inode == found.status[path].st_ino)
        or (entry.kind is Kind.FOLDER and path in folders and found.kinds.get(path) is Kind.FOLDER)
    }
    for path in reversed([path for path in there if path not in right]):
        (os.rmdir if there[path].kind is Kind.FOLDER else os.unlink)(f"{tree}/{path}")
    for folder in sorted(folders - right):
        os.mkdir(f"{tree}/{folder}")  # noqa: PTH102
    linked = _fill(plan, tree, right)
    _make_alike(found, tree, folders, right if spare is None else {"", *right})
    if not found.kinds:
        make_twin(state, folders, plan.files)
    settle([tree / path for path in {*there, *folders, *plan.files, *plan.foreign} - right])
    shared = (staying & plan.files.keys() & right) | linked
    return Staged({path: found.status[path].st_ino for path in shared}, linked)


def _folders(plan: Plan) -> set[str]:
    """Every folder of the new tree."""
    return {*folders_of((*plan.files, *plan.foreign, *plan.empty)), *plan.empty}


def _fill(plan: Plan, tree: Path, right: Collection[str]) -> set[str]:
    """Puts in what is missing; returns what of ours was linked."""
    old, linked, new = plan.survey.folder, set[str](), list[str]()
    for path in plan.files.keys() - right:
        if path not in plan.written and _is_linked(f"{old}/{path}", f"{tree}/{path}"):
            linked.add(path)
        else:
            new.append(path)
    # Reading, hashing and writing wait for the system, or let others work meanwhile.
    with ThreadPoolExecutor(min(AT_ONCE, 1 + len(new) // FEW)) as threads:
        for _ in threads.map(lambda path: write(tree / path, plan.files[path].pieces()), new):
            pass
    for path in plan.foreign:
        if path not in right:
            _carry(f"{old}/{path}", f"{tree}/{path}")
    return linked


def _is_linked(source: str, target: str) -> bool:
    """Makes a second name for what stands at the source, where the system lets us."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno == errno.EXDEV:
            raise Refused(
                say("{path} is on another disk than the folder around it.", path=source)
            ) from error
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ENOENT}:
            raise
        return False
    return True


def _carry(source: str, target: str) -> None:
    """Gives something foreign its place in the new tree."""
    try:
        if not _is_linked(source, target):
            shutil.copy2(source, target, follow_symlinks=False)
            _give(target, os.lstat(source))
    except (PermissionError, shutil.SpecialFileError) as error:
        raise Refused(say("{path} can be neither linked nor copied.", path=source)) from error
    except FileNotFoundError:
        # Whoever put it there has taken it away since.
        return


def _make_alike(found: Survey, tree: Path, folders: Set[str], right: Set[str]) -> None:
    """Gives each folder what the old one has.

    Inner ones first: a mode may forbid to write into the folder.
    """
    for folder in (*sorted(folders, reverse=True), ""):
        was = found.status.get(folder)
        if was is None or not stat.S_ISDIR(was.st_mode):
            continue
        old, new = f"{found.folder}/{folder}", f"{tree}/{folder}"
        if folder in right and _is_alike(was, new) and _labels(old) == _labels(new):
            continue
        for name in _labels(new).keys() - _labels(old).keys():
            os.removexattr(new, name)
        _give(new, was)
        shutil.copystat(old, new)


def _is_alike(was: os.stat_result, new: str) -> bool:
    """Whether a folder of the spare tree has the old one's mode, owner and group, then its times.

    Raises OSError where it is on another disk, whose inodes say nothing.
    """
    now = os.lstat(new)
    if now.st_dev != was.st_dev:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), new)
    if now.st_mtime_ns != was.st_mtime_ns:
        os.utime(new, ns=(was.st_atime_ns, was.st_mtime_ns))
    return (now.st_mode, now.st_uid, now.st_gid) == (was.st_mode, was.st_uid, was.st_gid)


def _labels(folder: str) -> dict[str, bytes]:
    """What else the system keeps of a folder: access lists, and the like."""
    try:
        return {name: os.getxattr(folder, name) for name in os.listxattr(folder)}
    except (OSError, AttributeError):  # neither every disk nor every system has them
        return {}


def _give(path: str, status: os.stat_result) -> None:
    """The owner and group of what is copied, as far as we may."""
    for owner in (status.st_uid, -1):
        with suppress(PermissionError):
            os.chown(path, owner, status.st_gid, follow_symlinks=False)
            return
