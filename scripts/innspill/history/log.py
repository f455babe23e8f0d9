"""The log, read once: for each path the last commit that changed it, or all of them.

Where all are asked for, a text is followed through its renames: to what it was called before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from innspill.history.renames import pages, renamed

if TYPE_CHECKING:
    from innspill.history.repository import Commit, EntryChange, Repository


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that changed a path."""

    commit: Commit
    place: int
    """How many commits the log names before it."""
    path: str = ""
    """What the file was called then, where it had another name."""
    before: str = ""
    """What it was called before, where this commit renamed it."""


@dataclass(frozen=True, slots=True)
class Log:
    """What the log says of paths."""

    changes: Mapping[str, tuple[Change, ...]]
    """The changes of each path, the last first: one, unless all were asked for."""
    cut_short: frozenset[str]
    """The paths that a shallow clone lacks a part of the history of."""
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What files were called before, the last name first, by what they are called now."""


Names = dict[str, set[str]]
"""By what files were called, what they are called now; left out where that is the same."""


def read_log(
    repository: Repository,
    head: str,
    paths: Collection[str],
    cut_off: Collection[str],
    whole: Collection[str] = (),
) -> Log:
    """The last change of each path that `head` has, as `git log -1 -- PATH` gives it.

    Of the paths in `whole` it is all changes, as `git log --follow` gives them. At a merge, a
    path is followed to the first parent that has it alike. `cut_off` are the commits whose
    parents a shallow clone left out: paths that were not changed since have no changes.
    Raises HistoryFault.
    """
    return _Walk(repository, frozenset(whole), cut_off).read(head, set(paths))


class _Walk:
    """One pass through the log."""

    def __init__(
        self, repository: Repository, whole: frozenset[str], cut_off: Collection[str]
    ) -> None:
        self.repository, self.whole, self.cut_off = repository, whole, cut_off
        self.found: defaultdict[str, list[Change]] = defaultdict(list)
        self.former: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.cut_short: set[str] = set()
        self.waiting: dict[str, set[str]] = {}
        """The paths that a commit is to be asked of, as they were called then."""
        self.names: dict[str, Names] = {}
        """What those are called now, by the commit."""

    def read(self, head: str, paths: set[str]) -> Log:
        self.waiting[head] = paths
        for place, commit in enumerate(self.repository.walk(head)):
            wanted, names = self.waiting.pop(commit.id, None), self.names.pop(commit.id, {})
            if not wanted or commit.id in self.cut_off:
                for path in wanted or ():
                    self.cut_short |= names.get(path, {path})
            else:
                self._look_at(commit, place, wanted, names)
            if not self.waiting:
                break
        return Log(
            {path: tuple(each) for path, each in self.found.items()},
            frozenset(self.cut_short),
            {path: tuple(each) for path, each in self.former.items()},
        )

    def _look_at(self, commit: Commit, place: int, wanted: set[str], names: Names) -> None:
        differing: Mapping[str, EntryChange] = {}
        before: dict[str, Mapping[str, str]] = {}
        for parent in commit.parents:
            differing = self.repository.changed(commit.id, parent)
            others = differing.keys() & wanted
            alike = wanted - others if len(commit.parents) > 1 else wanted
            alike -= others
            self._wait(parent, alike, {path: names[path] for path in names.keys() & alike})
            before[parent] = self._renamed(differing, others)
            wanted = others
            if not wanted:
                return
        for path in wanted:
            self._note(path, names.get(path, {path}), commit, place, before)
        for parent, old in before.items():
            self._go_on(parent, wanted, names, old)

    def _note(
        self,
        path: str,
        now: Collection[str],
        commit: Commit,
        place: int,
        before: Mapping[str, Mapping[str, str]],
    ) -> None:
        old = next((each[path] for each in before.values() if path in each), "")
        for name in now:
            self.found[name].append(Change(commit, place, "" if path == name else path, old))
            if old:
                self.former[name][old] = None

    def _go_on(
        self, parent: str, wanted: set[str], names: Names, before: Mapping[str, str]
    ) -> None:
        """Asks a parent for what is followed, by what it was called there."""
        there: set[str] = set()
        called: defaultdict[str, set[str]] = defaultdict(set)
        taken = set(before.values())
        for path in wanted:
            now = {name for name in names.get(path, {path}) if name in self.whole}
            if not now or (path in taken and path not in before):
                continue  # what had this name is called something else now
            old = before.get(path, path)
            there.add(old)
            called[old] |= now
        self._wait(parent, there, {old: now for old, now in called.items() if now != {old}})

    def _renamed(
        self, differing: Mapping[str, EntryChange], wanted: Collection[str]
    ) -> Mapping[str, str]:
        """What the wanted texts that came with a commit were called before it."""
        if not self.whole:
            return {}
        texts = {path: differing[path] for path in pages(wanted)}
        came = {path: new.id for path, (old, new) in texts.items() if new and not old}
        if not came:
            return {}
        went = {
            path: differing[path][0].id  # type: ignore[union-attr]
            for path in pages(differing)
            if differing[path][0] and not differing[path][1]
        }
        if not went:
            return {}
        text = self.repository.text
        return renamed(came, went, lambda new: text(came[new]), lambda old: text(went[old]))

    def _wait(self, parent: str, paths: set[str], names: Names) -> None:
        """Puts paths down for a parent; a set is handed on and not copied, where it can be."""
        if not paths:
            return
        if parent not in self.waiting:
            self.waiting[parent], self.names[parent] = paths, names
            return
        known = self.names[parent]
        both = self.waiting[parent] & paths
        for path in names.keys() | (known.keys() & both):
            here = known.get(path, {path} if path in self.waiting[parent] else set())
            known[path] = here | names.get(path, {path} if path in paths else set())
        self.waiting[parent] |= paths
