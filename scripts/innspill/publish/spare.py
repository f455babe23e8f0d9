"""The spare tree: what the next one is made from, so that only what differs costs anything.

It holds folders, and second names of files of ours. Its names share their bytes with the
folder's, so that it takes no space; a file that is replaced or removed goes from both. Nothing
in it is believed: a name counts only where it leads to the very file that the folder has, and
what somebody else has put into it (a process may have been working in the tree while it was
exchanged) is saved before the tree is used or taken away.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Set
from contextlib import suppress
from pathlib import Path

from innspill.owned import discard
from innspill.publish.known import forget, read_known
from innspill.publish.plan import Survey
from innspill.publish.rescue import rescue
from innspill.publish.result import Saved
from innspill.publish.state import State
from innspill.publish.tree import Entry, Kind, scan


def take_up(found: Survey, state: State) -> tuple[dict[str, Entry] | None, Saved]:
    """Makes the spare tree, if there is one, that in `staging/`.

    Returns what is in it, None where there is none, and what was saved from it.
    """
    there = _entries(state.spare)
    if there is None:
        return None, ()
    strange = [
        path
        for path, entry in there.items()
        if entry.kind is not Kind.FOLDER
        and not (path in found.kinds and found.status[path].st_ino == entry.inode)
    ]
    saved: Saved = ()
    if strange:
        known = read_known(state)
        saved = rescue(state.spare, strange, known.digests, known, state, only_saved=True)
        there = scan(state.spare)
    state.spare.rename(state.staging)
    return there, saved


def put_aside(state: State, others: Iterable[str]) -> None:
    """Makes the old tree in `staging/` the spare one; `others` are not in the new tree."""
    with suppress(OSError):
        for path in others:
            with suppress(FileNotFoundError):
                os.unlink(f"{state.staging}/{path}")  # noqa: PTH108
        state.staging.rename(state.spare)


def make_twin(state: State, folders: Set[str], files: Iterable[str]) -> None:
    """Makes a first spare tree, of a new tree that nobody knows yet; it may fail."""
    new, twin = state.staging, state.twin
    try:
        for folder in ("", *sorted(folders)):
            os.mkdir(f"{twin}/{folder}")  # noqa: PTH102
        for path in files:
            os.link(f"{new}/{path}", f"{twin}/{path}")
        for folder in ("", *folders):
            status = os.lstat(f"{new}/{folder}")
            os.utime(f"{twin}/{folder}", ns=(status.st_atime_ns, status.st_mtime_ns))
    except OSError:
        discard(twin)


def give_up(state: State) -> None:
    """Takes the spare tree away that was taken up, and forgets what is known of it."""
    discard(state.staging)
    forget(state)


def _entries(tree: Path) -> dict[str, Entry] | None:
    if tree.is_dir() and not tree.is_symlink():
        return scan(tree)
    tree.unlink(missing_ok=True)
    return None
