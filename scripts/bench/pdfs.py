"""Builds of PDFs, three of each letter, beside plain WeasyPrint of the same HTML."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from letters import Size, copies, write
from pages import BUILD, COLD, NOTHING, ONE, SETTLED, Builder, Say
from results import OURS, Results
from running import Run

PART = "pdfs"
PAGES_ALONE = "pages alone, cold"
MADE = "PDFs made"
"""The case whose seconds are how many PDFs a cold build makes."""
PLAIN = "warm loop"
WEASYPRINT = "WeasyPrint"
RECORDER = (sys.executable, str(Path(__file__).with_name("weasyprint_loop.py")))


@dataclass(frozen=True, slots=True)
class Pdfs:
    """The measurement of so many statements' PDFs."""

    work: Path
    statements: int
    results: Results
    say: Say

    def measure(self) -> None:
        """All cases once; each build is a fresh process."""
        folder = self.work / OURS
        write(folder / "content", copies(Size(self.statements)))
        ours = Builder(OURS, folder, BUILD)
        for case, more in ((PAGES_ALONE, ("--no-pdf",)), (COLD, ())):
            ours.clear()
            self._keep(case, OURS, ours.run(*more))
        made = len(list((folder / "build").rglob("*.pdf")))
        self.results.add(PART, MADE, OURS, Run(made))
        time.sleep(SETTLED)
        ours.run()
        self._keep(NOTHING, OURS, ours.run())
        ours.change("Et annet ord.")
        self._keep(ONE, OURS, ours.run())
        done = subprocess.run(RECORDER, cwd=folder, check=True, stdout=subprocess.PIPE)
        wall, cpu, count = json.loads(done.stdout)
        if count != made:
            self.say(f"{count} prints were recorded, and {made} PDFs made")
        self._keep(PLAIN, WEASYPRINT, Run(wall * made / count, cpu * made / count))

    def _keep(self, case: str, name: str, taken: Run) -> None:
        self.results.add(PART, case, name, taken)
        self.say(f"{case:18}  {name:10} {taken.wall:7.2f} s, CPU {taken.cpu:7.2f} s")
