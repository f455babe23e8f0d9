"""The log, walked once: for each path the last commit that changed it, or all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from innspill.history.repository import Commit, Repository


@dataclass(frozen=True, slots=True)
class Change:
    """The last commit that changed a path."""

    commit: Commit
    place: int
    """How many commits the log names before it."""


@dataclass(frozen=True, slots=True)
class Log:
    """What the log says of paths."""

    changes: Mapping[str, tuple[Change, ...]]
    """The changes of each path, the last first: one, unless all were asked for."""
    cut_short: frozenset[str]
    """The paths that a shallow clone lacks a part of the history of."""


def read_log(
    repository: Repository,
    head: str,
    paths: Collection[str],
    cut_off: Collection[str],
    whole: Collection[str] = (),
) -> Log:
    """The last change of each path that `head` has, as `git log -1 -- PATH` gives it.

    Of the paths in `whole` it is all changes. At a merge, a path is followed to the first
    parent that has it alike. `cut_off` are the commits whose parents a shallow clone left out:
    paths that were not changed since have no changes. Raises HistoryFault.
    """
    found: defaultdict[str, list[Change]] = defaultdict(list)
    cut_short: set[str] = set()
    waiting = {head: set(paths)}
    for place, commit in enumerate(repository.walk(head)):
        wanted = waiting.pop(commit.id, None)
        if not wanted or commit.id in cut_off:
            cut_short |= wanted or set()
            if not waiting:
                break
            continue
        for parent in commit.parents:
            differing = repository.changed(commit.id, parent) & wanted
            alike = wanted - differing if len(commit.parents) > 1 else wanted
            alike -= differing
            _wait(waiting, parent, alike)
            wanted = set(differing)
            if not wanted:
                break
        change = Change(commit, place)
        for path in wanted:
            found[path].append(change)
        for parent in commit.parents:
            _wait(waiting, parent, wanted.intersection(whole))
        if not waiting:
            break
    changes = {path: tuple(each) for path, each in found.items()}
    return Log(changes, frozenset(cut_short))


def _wait(waiting: dict[str, set[str]], parent: str, paths: set[str]) -> None:
    """Puts paths down for a parent; a set is handed on and not copied, where it can be."""
    if paths:
        if parent in waiting:
            waiting[parent] |= paths
        else:
            waiting[parent] = paths
