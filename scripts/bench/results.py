"""What was measured: the runs of each part, case and program, kept in a file."""

from __future__ import annotations

import json
import os
import platform
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from running import Run, median

OURS = "innspill"
LOOP = "bare loop"
HUGO = "Hugo"


@dataclass(slots=True)
class Results:
    """All runs, by part, case and program. A part that is measured anew replaces what it had."""

    path: Path
    parts: dict[str, dict[str, dict[str, list[Run]]]] = field(default_factory=dict)
    taken_on: dict[str, str] = field(default_factory=dict)
    """The day and the machine of each part."""

    @classmethod
    def load(cls, path: Path) -> Results:
        """What a file holds; nothing where there is none."""
        results = cls(path)
        if path.exists():
            kept = json.loads(path.read_text(encoding="utf-8"))
            results.taken_on = kept["taken_on"]
            results.parts = {
                part: {
                    case: {name: [Run(**run) for run in runs] for name, runs in names.items()}
                    for case, names in cases.items()
                }
                for part, cases in kept["parts"].items()
            }
        return results

    def begin(self, part: str) -> None:
        """Forgets what a part had."""
        self.parts[part] = {}
        cores = len(os.sched_getaffinity(0))
        day = time.strftime("%Y-%m-%d")
        self.taken_on[part] = f"{cores} cores, Python {platform.python_version()}, {day}"

    def add(self, part: str, case: str, name: str, run: Run) -> None:
        """Keeps a run."""
        self.parts[part].setdefault(case, {}).setdefault(name, []).append(run)

    def save(self) -> None:
        """Writes the file."""
        parts = {
            part: {
                case: {name: [asdict(run) for run in runs] for name, runs in names.items()}
                for case, names in cases.items()
            }
            for part, cases in self.parts.items()
        }
        kept = json.dumps({"taken_on": self.taken_on, "parts": parts}, indent=1)
        self.path.write_text(kept, encoding="utf-8")

    def get(self, part: str, case: str, name: str = OURS) -> Run | None:
        """The median of what was measured, if anything was."""
        runs = self.parts.get(part, {}).get(case, {}).get(name)
        return median(runs) if runs else None
