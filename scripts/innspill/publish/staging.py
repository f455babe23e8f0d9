"""Makes the complete new tree beside the folder, so that one can be exchanged for the other.

Whatever stays is linked, not copied: our unchanged files and all that is foreign. A
folder that was there keeps its mode, its group and its access list.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from innspill.messages import say
from innspill.publish.durable import settle, write
from innspill.publish.errors import Refused
from innspill.publish.paths import ancestors
from innspill.publish.plan import Plan
from innspill.publish.tree import Kind, discard


def stage(plan: Plan, tree: Path) -> None:
    """Makes the new tree, durably.

    Raises Refused where something in the folder can be neither linked nor copied.
    """
    old = plan.survey.folder
    discard(tree)
    tree.mkdir()
    folders = _folders(plan)
    for folder in folders:
        (tree / folder).mkdir()
    for path, file in plan.files.items():
        if path in plan.written or not _is_linked(old / path, tree / path):
            write(tree / path, file.load())
    for path in plan.foreign:
        _carry(old / path, tree / path)
    # Last, and from within: a mode may forbid to write into the folder.
    kinds = {"": Kind.FOLDER, **plan.survey.kinds} if old.is_dir() else {}
    for folder in (*reversed(folders), ""):
        if kinds.get(folder) is Kind.FOLDER:
            _make_alike(old / folder, tree / folder)
    settle([tree / path for path in (*folders, *plan.files, *plan.foreign)])


def _folders(plan: Plan) -> list[str]:
    """Every folder of the new tree, outer ones first."""
    paths = (*plan.files, *plan.foreign, *(f"{folder}/." for folder in plan.empty))
    return sorted({folder for path in paths for folder in ancestors(path)})


def _is_linked(source: Path, target: Path) -> bool:
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


def _carry(source: Path, target: Path) -> None:
    """Gives something foreign its place in the new tree."""
    try:
        if not _is_linked(source, target):
            shutil.copy2(source, target, follow_symlinks=False)
            _give(target, source.lstat())
    except (PermissionError, shutil.SpecialFileError) as error:
        raise Refused(say("{path} can be neither linked nor copied.", path=source)) from error
    except FileNotFoundError:
        # Whoever put it there has taken it away since.
        return


def _make_alike(old: Path, new: Path) -> None:
    status = old.stat()
    _give(new, status)
    shutil.copystat(old, new)


def _give(path: Path, status: os.stat_result) -> None:
    """The owner and group of what is copied, as far as we may."""
    for owner in (status.st_uid, -1):
        with suppress(PermissionError):
            os.chown(path, owner, status.st_gid, follow_symlinks=False)
            return
