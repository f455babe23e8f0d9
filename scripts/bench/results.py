"""What was measured: the runs of each case, size and program."""

from __future__ import annotations

from dataclasses import dataclass, field

from running import Run, median

CASES = ("cold", "nothing changed", "one changed")
OURS = "innspill"
LOOP = "bare loop"


@dataclass(frozen=True, slots=True)
class Results:
    """All runs. It grows, and can be told of at any time."""

    runs: dict[tuple[str, int, str], list[Run]] = field(default_factory=dict)
    """By case, number of statements, and program."""

    def add(self, case: str, count: int, name: str, run: Run) -> None:
        """Keeps a run."""
        self.runs.setdefault((case, count, name), []).append(run)

    def get(self, case: str, count: int, name: str) -> Run | None:
        """The median of what was measured, if anything was."""
        runs = self.runs.get((case, count, name))
        return median(runs) if runs else None

    def counts(self) -> list[int]:
        """The sizes whose pages were built."""
        return sorted({count for case, count, _ in self.runs if case in CASES})

    def names(self) -> list[str]:
        """The programs that built pages, as they were first measured."""
        return list(dict.fromkeys(name for case, _, name in self.runs if case in CASES))
