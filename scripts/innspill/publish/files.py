"""The way file by file, for folders that can't be exchanged as a whole.

Everything new is first written under hidden names in the very folders it belongs to,
so that a full disk or a missing right shows while nothing is changed yet. Then the plan
becomes the journal, by one renaming, and from there on the work is only ever finished:
what pages use, pages, the manifest, and what must go. A reader never sees half a file.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from innspill.messages import say
from innspill.publish.durable import settle, sync, write, write_whole
from innspill.publish.errors import UNFINISHED, told
from innspill.publish.journal import Drop, Journal, Put, drawn_up, encoded, read_journal
from innspill.publish.kept import keep_copy
from innspill.publish.plan import Plan
from innspill.publish.result import Saved
from innspill.publish.state import State
from innspill.publish.tree import Kind, fingerprint, leads_out, remove_empty, remove_hollow


def replace_files(plan: Plan, state: State) -> Saved:
    """Puts the new site in place file by file; returns what was saved before."""
    failed = say("The new site could not be written")
    try:
        with told(failed, state.folder):
            state.folder.mkdir(parents=True, exist_ok=True)
            saved = tuple((p, keep_copy(state.folder / p, p, state)) for p in plan.saved)
            journal = drawn_up(plan)
            write_whole(state.plan, encoded(journal), state.staging)
            _write_waiting(journal, plan, state.folder)
            settle([*(state.folder / put.waiting for put in journal.puts), *dict(saved).values()])
            state.plan.replace(state.journal)
    except BaseException:
        with suppress(OSError):
            _take_back(state)
        raise
    with told(failed, state.folder, UNFINISHED):
        sync(state.work)
        return saved + _finish(journal, state)


def resume(state: State) -> None:
    """Takes back what a killed run had only planned; finishes what it had begun."""
    with told(say("What an earlier run left could not be removed"), state.folder):
        _take_back(state)
    journal = read_journal(state.journal)
    with told(say("What an earlier run began could not be finished"), state.folder, UNFINISHED):
        if journal is not None and _can_be_finished(journal, state.folder):
            _finish(journal, state)
        elif journal is not None:
            _remove_waiting(journal, state.folder)
        state.journal.unlink(missing_ok=True)


def _write_waiting(journal: Journal, plan: Plan, folder: Path) -> None:
    for made in journal.folders:
        (folder / made).mkdir()
    for put in journal.puts:
        write(folder / put.waiting, plan.files[put.path].pieces())
    for drop in journal.drops:
        around = (folder / drop.path).parent
        if not os.access(around, os.W_OK | os.X_OK, effective_ids=True):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(around))


def _can_be_finished(journal: Journal, folder: Path) -> bool:
    """Whether each new file is in its place or waiting, and no link leads elsewhere."""
    return all(
        put.sha256 in {fingerprint(folder / put.path), fingerprint(folder / put.waiting)}
        for put in journal.puts
    ) and not any(leads_out(folder, step.path) for step in journal.steps)


def _finish(journal: Journal, state: State) -> Saved:
    """Takes every step that is not taken yet, and closes the journal."""
    saved: list[tuple[str, Path]] = []
    in_the_way = journal.in_the_way()
    for put in journal.puts:
        for drop in in_the_way[put.path]:
            _drop(drop, state.folder)
        saved += _put(put, state)
    for drop in journal.drops:
        _drop(drop, state.folder)
    settle([state.folder / step.path for step in journal.steps])
    state.journal.unlink(missing_ok=True)
    return tuple(saved)


def _put(put: Put, state: State) -> Saved:
    """Gives one file its place; returns what someone else has put there meanwhile."""
    target, waiting = state.folder / put.path, state.folder / put.waiting
    found = fingerprint(target)
    if found == put.sha256:
        waiting.unlink(missing_ok=True)
        return ()
    saved: Saved = ()
    if found == Kind.FOLDER:
        remove_hollow(target)
    elif found not in {None, put.was}:
        saved = ((put.path, keep_copy(target, put.path, state)),)
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting.replace(target)
    return saved


def _drop(drop: Drop, folder: Path) -> None:
    """Removes one file and the folders it leaves empty, unless it is another one by now."""
    target = folder / drop.path
    if fingerprint(target) == drop.was:
        target.unlink()
    if fingerprint(target) is None:
        remove_empty(target.parent, folder)


def _take_back(state: State) -> None:
    journal = read_journal(state.plan)
    if journal is not None:
        _remove_waiting(journal, state.folder)
    state.plan.unlink(missing_ok=True)


def _remove_waiting(journal: Journal, folder: Path) -> None:
    for put in journal.puts:
        with suppress(NotADirectoryError):
            if not leads_out(folder, put.waiting):
                (folder / put.waiting).unlink(missing_ok=True)
    for made in reversed(journal.folders):
        with suppress(OSError):
            if not leads_out(folder, made):
                (folder / made).rmdir()
