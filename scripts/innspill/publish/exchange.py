"""The way in one step: the complete new tree and the folder change places.

A reader sees one complete site or the other, and so does who looks after a power cut.
`staging/` is worth nothing at any moment. `complete/` is a whole tree: the new one just
before the exchange, the old one after. A run that finds it need not know which, since
searching the new tree for foreign files finds them all in the folder too. In the end the
old tree is the spare one of the next run.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from innspill.messages import say
from innspill.owned import discard
from innspill.publish import libc
from innspill.publish.durable import sync
from innspill.publish.errors import IN_PLACE, Refused, told
from innspill.publish.known import Known, keep_known, stamps_of_written
from innspill.publish.manifest import read_manifest
from innspill.publish.oldtree import search_old_tree
from innspill.publish.plan import Plan
from innspill.publish.result import Saved
from innspill.publish.spare import put_aside
from innspill.publish.staging import Staged, stage
from innspill.publish.state import State
from innspill.publish.tree import Entry
from innspill.system_words import why

_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS}
"""What no other way would mend."""


def replace_whole(plan: Plan, spare: Mapping[str, Entry] | None, state: State) -> Saved:
    """Puts the new site in place in one step; returns what was saved from the old tree.

    `spare` is what is in the spare tree that was taken up.

    Raises Refused where the system doesn't let us, with the folder as it was.
    """
    is_first = not plan.survey.kinds
    with told(say("The new site could not be written"), state.folder), _leaving_nothing(state):
        staged = stage(plan, spare, state)
        known = _known(plan, staged, state)
        if is_first:
            with _or_refused():
                state.staging.rename(state.folder)
        else:
            _exchange(state)
    with told(say("The disk did not confirm the new site"), state.folder, IN_PLACE):
        sync(state.folder.parent)
        sync(state.work)
    saved: Saved = ()
    if is_first:
        with suppress(OSError):
            state.twin.rename(state.spare)
    else:
        ours, was_known = plan.survey.manifest or {}, Known(plan.before, plan.stamps)
        saved, others = search_old_tree(state, ours, was_known, staged.shared)
        put_aside(state, others)
    keep_known(known, state)
    return saved


def resume(state: State) -> None:
    """Finishes or discards what a killed run left."""
    with told(say("What an earlier run left could not be removed"), state.staging):
        discard(state.staging)
        discard(state.twin)
    if state.complete.exists():
        ours, came = read_manifest(state.complete) or {}, not state.is_believed
        search_old_tree(state, ours, Known(), {}, only_saved=came)
        with suppress(OSError):
            # The next run tries again, and says so where it can't.
            discard(state.staging)


def _known(plan: Plan, staged: Staged, state: State) -> Known:
    """What is known of the new tree's files, while nobody else knows of them.

    A new name changes a file's stamp: whether it still holds is not known then.
    """
    stamps = {
        path: stamp
        for path, stamp in plan.stamps.items()
        if path in staged.shared and path not in staged.linked
    }
    written = [path for path in plan.files if path not in staged.shared]
    stamps |= stamps_of_written(written, state.staging, state.work)
    return Known({path: file.sha256 for path, file in plan.files.items()}, stamps)


def _exchange(state: State) -> None:
    state.staging.rename(state.complete)
    sync(state.work)
    try:
        with _or_refused():
            libc.exchange(state.complete, state.folder)
    except (OSError, Refused):
        # Not for an interruption: the exchange may be done then, and the old tree in there.
        state.complete.rename(state.staging)
        raise


@contextmanager
def _leaving_nothing(state: State) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            discard(state.staging)
            discard(state.twin)
        raise


@contextmanager
def _or_refused() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FAULTS:
            raise
        raise Refused(
            say("The system does not exchange the folders ({why}).", why=why(error))
        ) from error
