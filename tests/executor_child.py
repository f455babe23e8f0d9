"""What the tests of the executor run in its processes, which import nothing else."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from pathlib import Path


def double(value: int) -> int:
    return value * 2


def process(_: int) -> int:
    return os.getpid()


def fail(value: int) -> int:
    if value == 3:
        raise ValueError(value)
    return value


def surroundings(_: int) -> tuple[str, bool]:
    time.sleep(0.2)
    return tempfile.gettempdir(), signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def die(folder: Path, deaths: int, value: int) -> int:
    """The value; the process ends over 3, so often."""
    time.sleep(0.05)
    if value == 3 and (died := len(list(folder.iterdir()))) < deaths:
        (folder / str(died)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return value


def end(value: int) -> int:
    """The value; whatever process it is in ends over 3."""
    if value == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return value
