"""Locking a folder, publishing to it from beginning to end, and taking away what was published."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from innspill.manifest import MANIFEST, whole_site
from innspill.messages import Message, say
from innspill.output import Cleaned, Publishable, Published, Saved
from innspill.own_folders import (
    MARK,
    STATE,
    discard,
    is_made_here,
    make_own_folder,
    mark_made_here,
    sweep,
)
from innspill.publish import exchange, file_by_file
from innspill.publish.faults import NO_OTHER_WAY, as_publish_error
from innspill.publish.plan import PublishPlan, Recall, compare, remove_empty
from innspill.publish.saved_copies import save_copy
from innspill.publish.state import State, admit
from innspill.system_words import why

_LOCK = "lock"
_NOT_WRITTEN = say("The new site could not be written")


@contextmanager
def locked(state: State, on_wait: Callable[[], None]) -> Iterator[None]:
    """Lets only one process at a time work on the output folder.

    Calls `on_wait` once if another one does, and then waits for it. What a killed run had begun
    to put in place is finished then, and all else that it left is discarded. `publish` and
    `clean` are called inside. Within one process it must not be nested.

    Raises PublishError, also where the folder is another's, and ForeignFolder where something else
    stands where the state is kept.
    """
    if not state.work.exists():
        admit(state)
    failed = say("The output folder could not be locked")
    with as_publish_error(failed, state.work):
        make_own_folder(state.work, state.root.parent)
        sweep(state.work)
        descriptor = _open_lock(state.work / _LOCK)
    try:
        with as_publish_error(failed, state.work):
            is_ours = _take(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not is_ours:
            on_wait()
            with as_publish_error(failed, state.work):
                _take(descriptor, fcntl.LOCK_EX)
        _recover(state)
        admit(state)
        yield
    finally:
        # Said, not left to the closing: a forked worker may have the file open still.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def publish(
    outputs: Iterable[Publishable],
    state: State,
    *,
    generator: str,
    revision: str | None = None,
    recall: Recall | None = None,
) -> Published:
    """Puts the outputs in the folder in place of what an earlier run put there.

    The manifest names the `revision` of git that they were made in. Foreign files stay.
    `recall` saves to read again large files that stand as they stood.
    Called with the folder `locked`.

    Raises ValueError where the outputs make no sense together, and PublishError where
    they could not be published; unless its message says otherwise, the folder is then
    as it was.
    """
    site = whole_site(outputs, generator, revision)
    with as_publish_error(say("The output folder could not be read"), state.folder):
        plan = compare(state.folder, site, recall)
    if plan.is_done:
        return _result(plan, {})
    with as_publish_error(_NOT_WRITTEN, state.kept):
        saved = _keep_copies(plan, state)
    with as_publish_error(_NOT_WRITTEN, state.folder):
        reason = _why_not_whole(state)
        if reason is None:
            try:
                return _result(plan, {**saved, **exchange.replace_whole(plan, state)})
            except OSError as error:
                if error.errno in NO_OTHER_WAY:
                    raise
                place = error.filename or state.folder
                reason = say("{path} can't be exchanged: {why}.", path=place, why=why(error))
        return _result(plan, {**saved, **file_by_file.replace_files(plan, state)}, reason)


def clean(state: State) -> Cleaned:
    """Removes the files that the manifest lists, and the folders that it leaves empty.

    Files changed by hand are saved first. The manifest goes last, so that a killed run
    can be repeated. Called with the folder `locked`.

    Raises PublishError where something can't be removed.
    """
    folder, left = state.folder, say("The manifest still lists what is left.")
    with as_publish_error(say("The site could not be removed"), folder, left):
        plan = compare(folder, {})
        saved = _keep_copies(plan, state)
        for path in plan.removed:
            (folder / path).unlink(missing_ok=True)
            remove_empty((folder / path).parent, folder)
        foreign = plan.foreign
        if plan.manifest is not None:
            foreign = tuple(path for path in foreign if path != MANIFEST)
            (folder / MANIFEST).unlink()
            if not state.is_linked:
                remove_empty(folder, folder.parent)
    return Cleaned(plan.removed, foreign, saved)


def _recover(state: State) -> None:
    """Finishes what a killed run had begun to put in place, and discards all else it left.

    What was not left by a run in this place (it came with a clone, or a copy) is not believed.
    """
    is_believed = is_made_here(state.work)
    with as_publish_error(say("What an earlier run left could not be removed"), state.work):
        for path in state.work.iterdir():
            is_tree = path == state.complete and path.is_dir()
            if path.name not in {_LOCK, MARK} and not (is_tree and is_believed):
                discard(path)
    if state.complete.exists():
        exchange.take_old_tree_away(state)
    file_by_file.resume(state, is_believed=is_believed)
    if not is_believed:
        mark_made_here(state.work)


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


def _keep_copies(plan: PublishPlan, state: State) -> dict[str, Path]:
    return {path: save_copy(state.folder, path, state) for path in plan.saved}


def _why_not_whole(state: State) -> Message | None:
    """Why the folder can't be exchanged, as far as that shows before it is tried."""
    if (state.folder / STATE).exists():
        return say("The folder holds {path}.", path=state.folder / STATE)
    with suppress(FileNotFoundError):
        if Path.cwd().is_relative_to(state.folder):
            return say("The program was started inside the folder.")
    return None


def _result(plan: PublishPlan, saved: Saved, reason: Message | None = None) -> Published:
    return Published(
        written=tuple(path for path in plan.written if path != MANIFEST),
        removed=plan.removed,
        unchanged=len(plan.files.keys() - {*plan.written, MANIFEST}),
        foreign=plan.foreign,
        saved=saved,
        never_ours=frozenset(saved.keys() - (plan.manifest or {}).keys()),
        reason=reason,
        digests={path: file.sha256 for path, file in plan.files.items()},
    )
