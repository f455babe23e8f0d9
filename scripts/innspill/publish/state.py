"""Where publishing keeps what it needs meanwhile, and the lock on an output folder.

    .innspill/                    beside the folder; in it, where that can't be written to
      publish/<folder's name>/
        lock                      held while a run works on the folder; never removed
        made-here                 tells that what lies here was left by a run in this place
        staging/                  a tree being made or being taken away: worth nothing
        complete/                 a whole tree about to be exchanged, or the old one after
        twin/                     the first spare tree being made: worth nothing
        spare/                    folders, and second names of our files, for the next run
        known.json                digests of our files, and what tells they still have them
        plan.json                 what goes where, file by file: still to be taken back
        journal.json              the same, from the moment it must be finished
    .innspill/                    of the project that is published, wherever the folder is
      kept/<folder's name>/       copies of what was not ours to overwrite: never removed

A folder that is reached through a link has its state beside the real one, so that all
who write to it share one lock. Whatever is in the state is looked at once, when it is locked:
what is neither a folder nor a plain file is taken away, and what was not left by a run in this
place (it came with a clone, or a copy) is not believed: see `innspill.owned`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from innspill.messages import say
from innspill.owned import discard, is_made_here, make_own, mark_made_here, state_root, sweep
from innspill.publish.errors import PublishError, told
from innspill.publish.known import was_published_to
from innspill.publish.manifest import stranger_in
from innspill.publish.paths import MANIFEST


@dataclass(frozen=True, slots=True)
class State:
    """The places that belong to one output folder."""

    folder: Path
    """The output folder itself, with no link on the way."""
    is_linked: bool
    """Whether the folder was named by a link to it."""
    root: Path
    """The `.innspill/` that all who publish to the folder share."""
    home: Path
    """The project's own."""
    adopts: bool = False
    """Whether the folder may be published to that holds another's files, and no site of ours."""
    is_believed: bool = True
    """Whether what lies in `work` was left by a run in this place."""

    @property
    def work(self) -> Path:
        """Where all that follows is."""
        return self.root / "publish" / self.folder.name

    @property
    def kept(self) -> Path:
        """Where the project keeps copies; those of a folder elsewhere have its mark."""
        name = self.folder.name
        if self.folder.parent != self.home.parent:
            name += f"-{hashlib.sha256(bytes(self.folder)).hexdigest()[:8]}"
        return self.home / "kept" / name

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


def state_of(folder: Path, home: Path, *, adopts: bool = False) -> State:
    """The state of an output folder, whose project's own is `home`; looks, but makes nothing.

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
    home = Path(os.path.abspath(home))  # noqa: PTH100  it may be a link itself, and is refused then
    return State(
        real, folder.is_symlink(), state_root(real), home.parent.resolve() / home.name, adopts
    )


@contextmanager
def locked(state: State, on_wait: Callable[[], None]) -> Iterator[State]:
    """Lets only one process at a time work on the output folder; gives its state as it is then.

    Calls `on_wait` once if another one does, and then waits for it. `recover`, `publish`
    and `clean` are called inside. Within one process it must not be nested.

    Raises PublishError, and NotOurs where something else stands where the state is kept.
    """
    if not state.work.exists():
        admit(state)
    failed = say("The output folder could not be locked")
    with told(failed, state.work):
        make_own(state.work, state.root.parent)
        sweep(state.work)
        descriptor = _open_lock(state.work / "lock")
    try:
        with told(failed, state.work):
            is_ours = _take(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not is_ours:
            on_wait()
            with told(failed, state.work):
                _take(descriptor, fcntl.LOCK_EX)
        yield _believed(state)
    finally:
        # Said, not left to the closing: a forked worker may have the file open still.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def admit(state: State) -> None:
    """Raises PublishError where the folder is another's, unless it is to be adopted."""
    with told(say("The output folder could not be read"), state.folder):
        stranger = None if state.adopts else stranger_in(state.folder)
        if stranger not in {None, MANIFEST} and was_published_to(state):
            stranger = None  # its manifest was taken away, and no other put there
    if stranger is not None:
        raise PublishError(
            say(
                "{folder} is not empty, and Innspill has not published to it: there is {name}. "
                "Nothing was written. Choose another folder with --output, or let the site "
                "stand among what is there with --adopt.",
                folder=state.folder,
                name=stranger,
            )
        )


def believe(state: State) -> None:
    """Says that what is in the state from now on was left by a run in this place."""
    if not state.is_believed:
        mark_made_here(state.work)


def _believed(state: State) -> State:
    """The state without what can't be believed; a tree is none of that, but what it holds is."""
    if is_made_here(state.work):
        return state
    with told(say("What came with the folder could not be removed"), state.work):
        for path in (state.known, state.plan, state.journal):
            discard(path)
    return replace(state, is_believed=False)


def _open_lock(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except PermissionError:
        # Another user's: for the lock, reading is enough, except on network disks.
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW)


def _take(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        return False
    return True
