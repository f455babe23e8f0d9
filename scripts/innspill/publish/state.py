"""Where publishing keeps what it needs meanwhile, and the lock on an output folder.

    .innspill/                    beside the folder; in it, where that can't be written to
      publish/<folder's name>/
        lock                      held while a run works on the folder; never removed
        staging/                  a tree being made or being taken away: worth nothing
        complete/                 a whole tree about to be exchanged, or the old one after
        twin/                     the first spare tree being made: worth nothing
        spare/                    folders, and second names of our files, for the next run
        known.json                digests of our files, and what tells they still have them
        plan.json                 what goes where, file by file: still to be taken back
        journal.json              the same, from the moment it must be finished
      kept/<folder's name>/       copies of what was not ours to overwrite: never removed

A folder that is reached through a link has its state beside the real one, so that all
who write to it share one lock.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from innspill.messages import say
from innspill.publish.errors import PublishError, told
from innspill.publish.paths import STATE


@dataclass(frozen=True, slots=True)
class State:
    """The places that belong to one output folder."""

    folder: Path
    """The output folder itself, with no link on the way."""
    is_linked: bool
    """Whether the folder was named by a link to it."""
    work: Path
    kept: Path

    @property
    def staging(self) -> Path:
        """A tree that is worth nothing."""
        return self.work / "staging"

    @property
    def complete(self) -> Path:
        """A whole tree: the new one before the exchange, the old one after."""
        return self.work / "complete"

    @property
    def twin(self) -> Path:
        """A spare tree being made."""
        return self.work / "twin"

    @property
    def spare(self) -> Path:
        """What the next tree is made from; worth nothing, and no sign of a killed run."""
        return self.work / "spare"

    @property
    def known(self) -> Path:
        """What is remembered of our files."""
        return self.work / "known.json"

    @property
    def plan(self) -> Path:
        """What a run intends to do file by file."""
        return self.work / "plan.json"

    @property
    def journal(self) -> Path:
        """What must be finished."""
        return self.work / "journal.json"


def state_of(folder: Path) -> State:
    """The state of an output folder; looks, but makes nothing.

    Raises PublishError where the path can't be an output folder.
    """
    real = Path(os.path.realpath(folder))
    if not real.name:
        raise PublishError(say("{folder} cannot be the output folder.", folder=folder))
    if folder.is_symlink() and not real.exists():
        raise PublishError(
            say("The output folder {folder} is a link to nothing. Remove it.", folder=folder)
        )
    if real.exists() and not real.is_dir():
        raise PublishError(
            say("{folder} is a file, so it cannot be the output folder.", folder=folder)
        )
    root = _root(real)
    return State(real, folder.is_symlink(), root / "publish" / real.name, root / "kept" / real.name)


@contextmanager
def locked(folder: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Lets only one process at a time work on the output folder.

    Calls `on_wait` once if another one does, and then waits for it. `recover`, `publish`
    and `clean` are called inside. Within one process it must not be nested.
    """
    state = state_of(folder)
    failed = say("The output folder could not be locked")
    with told(failed, state.work):
        state.work.mkdir(parents=True, exist_ok=True)
        descriptor = _open_lock(state.work / "lock")
    try:
        with told(failed, state.work):
            is_ours = _take(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not is_ours:
            on_wait()
            with told(failed, state.work):
                _take(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        # Said, not left to the closing: a forked worker may have the file open still.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _root(folder: Path) -> Path:
    beside, inside = folder.parent / STATE, folder / STATE
    if (inside / "publish" / folder.name).is_dir():
        # Someone may not write beside it: all must then share the lock inside.
        return inside
    nearest = next(path for path in (beside, *beside.parents) if path.exists())
    return beside if os.access(nearest, os.W_OK | os.X_OK, effective_ids=True) else inside


def _open_lock(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        # Another user's: for the lock, reading is enough, except on network disks.
        return os.open(path, os.O_RDONLY)


def _take(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        return False
    return True
