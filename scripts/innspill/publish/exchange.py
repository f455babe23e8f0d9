"""The way in one step: the complete new tree and the folder change places.

A reader sees one complete site or the other, and so does who looks after a power cut.
`staging/` is worth nothing at any moment. `complete/` is a whole tree: the new one just
before the exchange, the old one after. A run that finds it need not know which, since
searching the new tree for foreign files finds them all in the folder too.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from innspill.messages import say
from innspill.publish import libc
from innspill.publish.durable import sync
from innspill.publish.errors import IN_PLACE, Refused, told
from innspill.publish.oldtree import empty_old_tree
from innspill.publish.plan import Plan
from innspill.publish.result import Saved
from innspill.publish.staging import stage
from innspill.publish.state import State
from innspill.publish.tree import discard

_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS}
"""What no other way would mend."""


def replace_whole(plan: Plan, state: State) -> Saved:
    """Puts the new site in place in one step; returns what was saved from the old tree.

    Raises Refused where the system doesn't let us, with the folder as it was.
    """
    is_first = not plan.survey.kinds
    with told(say("The new site could not be written"), state.folder), _leaving_nothing(state):
        stage(plan, state.staging)
        if is_first:
            with _or_refused():
                state.staging.rename(state.folder)
        else:
            _exchange(state)
    with told(say("The disk did not confirm the new site"), state.folder, IN_PLACE):
        sync(state.folder.parent)
        sync(state.work)
    return () if is_first else empty_old_tree(state)


def resume(state: State) -> None:
    """Finishes or discards what a killed run left."""
    with told(say("What an earlier run left could not be removed"), state.staging):
        discard(state.staging)
    if state.complete.exists():
        empty_old_tree(state)


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
        raise


@contextmanager
def _or_refused() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FAULTS:
            raise
        raise Refused(
            say("The system does not exchange the folders ({why}).", why=error.strerror)
        ) from error
