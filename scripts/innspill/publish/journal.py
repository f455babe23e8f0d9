"""What goes where, file by file, in a form that can be done again after a killed run.

Every step names what it expects to find, so a step that is done already, or that
someone else has overtaken, is told from one that is still to be done.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from innspill.owned import read_own
from innspill.publish.paths import MANIFEST, ancestors, is_inside, temporary_name
from innspill.publish.plan import Plan

_MARK = re.compile(r"[0-9a-f]{64}|folder|other")


@dataclass(frozen=True, slots=True)
class Put:
    """A file that is to get its place."""

    path: str
    sha256: str
    was: str | None
    """The fingerprint of what it replaces."""
    at: str
    """The folder where it waits under its hidden name: the innermost that is there."""

    @property
    def waiting(self) -> str:
        """Where it is until then."""
        name = temporary_name(self.path)
        return f"{self.at}/{name}" if self.at else name


@dataclass(frozen=True, slots=True)
class Drop:
    """A file that is to go."""

    path: str
    was: str


@dataclass(frozen=True, slots=True)
class Journal:
    """All steps, in the order in which they are taken: first the puts, then the drops."""

    puts: tuple[Put, ...]
    drops: tuple[Drop, ...]
    folders: tuple[str, ...]
    """Folders that were made for it, outer ones first."""

    @property
    def steps(self) -> tuple[Put | Drop, ...]:
        """All of them."""
        return (*self.puts, *self.drops)

    def in_the_way(self) -> dict[str, list[Drop]]:
        """What must go before a file can come, by the path of that file."""
        found: dict[str, list[Drop]] = {put.path: [] for put in self.puts}
        dropped = {drop.path: drop for drop in self.drops}
        for put in self.puts:
            found[put.path] += [dropped[f] for f in ancestors(put.path) if f in dropped]
        for drop in self.drops:
            for folder in ancestors(drop.path):
                if folder in found:
                    found[folder].append(drop)
        return found


def drawn_up(plan: Plan) -> Journal:
    """The steps, with the places where new files can wait."""
    there = plan.survey.kinds
    needed = {folder for path in plan.written for folder in ancestors(path)}
    blocked = {folder for folder in needed if _is_blocked(folder, plan)}
    puts = tuple(
        Put(
            path=path,
            sha256=plan.files[path].sha256,
            was=plan.before.get(path),
            at=next((f for f in reversed(ancestors(path)) if f not in blocked), ""),
        )
        for path in sorted(plan.written, key=_rank)
    )
    drops = tuple(Drop(path, plan.before[path]) for path in plan.gone if path in plan.before)
    return Journal(puts, drops, tuple(sorted(needed - blocked - there.keys())))


def encoded(journal: Journal) -> bytes:
    """The journal as it is written to the disk."""
    return json.dumps(asdict(journal), indent=1).encode()


def read_journal(path: Path) -> Journal | None:
    """A journal that can be acted on; None where it is missing or damaged."""
    try:
        raw = json.loads(read_own(path))
        journal = Journal(
            puts=tuple(Put(**put) for put in raw["puts"]),
            drops=tuple(Drop(**drop) for drop in raw["drops"]),
            folders=tuple(raw["folders"]),
        )
        return journal if _is_sound(journal) else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _is_blocked(folder: str, plan: Plan) -> bool:
    """Whether a file that must go stands in the place of the folder, or of one around it."""
    return not {folder, *ancestors(folder)}.isdisjoint(plan.gone)


def _rank(path: str) -> tuple[int, str]:
    """The order of puts: what pages use, then pages, then the manifest."""
    return 2 if path == MANIFEST else 1 if path.endswith(".html") else 0, path


def _is_sound(journal: Journal) -> bool:
    paths = [*journal.folders, *(step.path for step in journal.steps)]
    marks = [put.sha256 for put in journal.puts]
    marks += [step.was for step in journal.steps if step.was is not None]
    return (
        all(is_inside(path) for path in paths)
        and all(put.at in ("", *ancestors(put.path)) for put in journal.puts)
        and all(_MARK.fullmatch(mark) for mark in marks)
    )
