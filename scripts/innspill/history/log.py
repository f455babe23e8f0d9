"""The log, walked once: for each path the last commit that changed it."""

from __future__ import annotations

from collections.abc import Collection
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


def last_changes(
    repository: Repository, head: str, paths: Collection[str], cut_off: Collection[str]
) -> dict[str, Change]:
    """The last change of each path that `head` has, as `git log -1 -- PATH` gives it.

    At a merge, a path is followed to the first parent that has it alike. `cut_off`
    are the commits whose parents a shallow clone left out: paths that were not changed since
    are missing. Raises HistoryFault.
    """
    found: dict[str, Change] = {}
    waiting = {head: set(paths)}
    for place, commit in enumerate(repository.walk(head)):
        wanted = waiting.pop(commit.id, None)
        if not wanted or commit.id in cut_off:
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
        found |= dict.fromkeys(wanted, change)
        if not waiting:
            break
    return found


def _wait(waiting: dict[str, set[str]], parent: str, paths: set[str]) -> None:
    """Puts paths down for a parent; a set is handed on and not copied, where it can be."""
    if paths:
        if parent in waiting:
            waiting[parent] |= paths
        else:
            waiting[parent] = paths
