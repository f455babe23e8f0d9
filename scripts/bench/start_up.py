"""Measures what it costs to start: `innspill --version` beside Python with click alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from results import OURS, Results
from running import run

CASE = "start"
CLICK = 'python -c "import click"'
TIMES = 25
"""How often each is started; the first is not counted."""


def measure_start(work: Path, results: Results, say: Callable[[str], None]) -> None:
    """Starts both in turn."""
    commands = {
        CLICK: (sys.executable, "-c", "import click"),
        OURS: (str(Path(sys.executable).with_name("innspill")), "--version"),
    }
    for turn in range(TIMES):
        for name, command in commands.items():
            taken = run(command, work)
            if turn:
                results.add(CASE, 0, name, taken)
    for name in commands:
        if taken := results.get(CASE, 0, name):
            say(f"{name:26} {taken.wall * 1000:5.0f} ms, CPU {taken.cpu * 1000:5.0f} ms")
