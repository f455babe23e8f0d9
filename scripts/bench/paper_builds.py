"""Measures builds of PDFs: two of each statement, beside plain WeasyPrint, and Pandoc and Typst."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus import write_corpus
from page_builds import BUILD, SETTLED, Builder
from results import OURS, Results
from running import Failed, Run, run

BESIDE = Path(__file__).parent
EACH = 2
"""PDFs of a statement."""
PAGES_ALONE = "PDF: pages alone, cold"
ONE_CORE = "PDF: cold, one core"
ALL_CORES = "PDF: cold, all cores"
NOTHING = "PDF: nothing changed"
ONE_WORD = "PDF: one word changed"
PLAIN = "PDF: warm loop"
PLAIN_TWO = "PDF: warm loop, the changed one's"
TYPST = "PDF: one of each"
WEASYPRINT = "WeasyPrint"


def laid_out(taken: Run) -> int | None:
    """How many PDFs a build says that it has laid out."""
    found = re.search(r"PDFs: \d+ \((\d+) laid out\)", taken.said)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Paper:
    """The measurement of so many statements' PDFs."""

    work: Path
    fonts: Path
    count: int
    results: Results
    say: Callable[[str], None]

    def measure(self, typst: str | None) -> None:
        """All cases once; each build is a fresh process. `typst` is the Python that has it."""
        folder = self.work / OURS
        write_corpus(folder / "content", self.count)
        ours = Builder(OURS, folder, BUILD)
        ours.change("Ordet er rødt.")
        for case, command in (
            (PAGES_ALONE, (*BUILD, "--no-pdf")),
            (ONE_CORE, (*BUILD, "--jobs", "1")),
            (ALL_CORES, BUILD),
        ):
            ours.clear(self.fonts)
            self._keep(case, OURS, run(command, folder))
        time.sleep(SETTLED)
        ours.run()
        self._keep(NOTHING, OURS, ours.run())
        self._plain(folder)
        ours.change("Ordet er blått.")
        self._keep(ONE_WORD, OURS, ours.run())
        if typst:
            target = self.work / "typst"
            target.mkdir()
            loop = (typst, str(BESIDE / "typst_loop.py"), str(folder / "content"), str(target))
            try:
                self._keep(TYPST, "Pandoc and Typst", run(loop, target))
            except Failed as fault:
                self.say(f"Pandoc and Typst are left out: {fault}")

    def _plain(self, folder: Path) -> None:
        """The same HTML, by WeasyPrint alone; the changed statement's is the first."""
        target = self.work / "plain"
        command = [sys.executable, str(BESIDE / "print_html.py"), str(target)]
        subprocess.run(command, cwd=folder, check=True)
        command = [sys.executable, str(BESIDE / "plain_loop.py"), str(target)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        taken = json.loads(done.stdout)
        for case, some in ((PLAIN, taken), (PLAIN_TWO, taken[:EACH])):
            wall, cpu = (sum(each) for each in zip(*some, strict=True))
            self._keep(case, WEASYPRINT, Run(wall, cpu, 0, 0))

    def _keep(self, case: str, name: str, taken: Run) -> None:
        self.results.add(case, self.count, name, taken)
        self.say(f"{case:34}  {name:16} {taken.wall:7.2f} s, CPU {taken.cpu:7.2f} s")
