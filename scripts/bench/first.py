"""The first builds of projects that have built nothing before, each with an empty store."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from letters import CONTENT
from pages import BUILD, INNSPILL, Say
from results import OURS, Results
from running import run

PART = "first"
NEW = "a new project, without PDFs"
LETTER = "the letter, with 3 PDFs"
COMMITTEE = ("hoering-2026", "--committee", "Eksempel bydelsutvalg")


def measure_first(work: Path, rounds: int, results: Results, say: Say) -> None:
    """Builds what `innspill new` writes, and the project's own content."""
    for _ in range(rounds):
        for case, more in ((NEW, ("--no-pdf",)), (LETTER, ())):
            folder = work / "project"
            folder.mkdir()
            if case == NEW:
                command = (*INNSPILL, "new", *COMMITTEE)
                subprocess.run(command, cwd=folder, check=True, capture_output=True)
            else:
                shutil.copytree(CONTENT, folder / "content")
            taken = run((*BUILD, *more), folder)
            shutil.rmtree(folder)
            results.add(PART, case, OURS, taken)
            say(f"{case:24} {taken.wall:6.2f} s, CPU {taken.cpu:6.2f} s, {taken.memory:.0f} MB")
