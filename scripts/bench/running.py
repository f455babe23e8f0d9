"""Runs a program to its end, and tells what it took, with all the processes that it started.

- Wall: from before it is started until it has ended.
- CPU: of it and all that descends from it. The kernel tells it of each process that is waited
  for, with those that this one has waited for; what outlives its parent is waited for here.
- Memory: the most that all had at once (PSS, so that what they share counts once), as seen by
  looks that take at most a tenth of the time; and the most that the largest one had (RSS), which
  the kernel tells too.
- Written: the sizes of the files below its folder that are new or were written anew.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

PAUSE = 0.02
"""Seconds between two looks at the processes, at least."""
LOOKS = 10
"""The pause is at least so many times what the last look took."""
TAIL = 2000
"""Characters kept of what a program said last."""
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took."""

    wall: float
    """In seconds, as `cpu`."""
    cpu: float = 0
    memory: float = 0
    """Of all processes at once, in megabytes, as those below."""
    largest: float = 0
    written: float = 0


class Failed(Exception):
    """A program ended with a fault."""


def median(runs: list[Run]) -> Run:
    """Each figure's median."""
    return Run(*map(statistics.median, zip(*map(astuple, runs), strict=True)))


def run(command: tuple[str, ...], folder: Path, *, expected: int = 0) -> Run:
    """Runs a program in a folder. Raises Failed where it ends with another code."""
    _adopt_orphans()
    list(_orphans(os.WNOHANG))  # those that are left by what was not run here
    before = _files(folder)
    os.sync()  # so that nobody waits for what the one before has written
    with tempfile.TemporaryFile() as log:
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            memory = _watch(process.pid)
        except BaseException:  # an interruption ends it too
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            wall = time.perf_counter() - began
            _, status, spent = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            usages = [spent, *_orphans()]
        log.seek(max(0, log.seek(0, os.SEEK_END) - TAIL))
        said = log.read().decode(errors="replace")
    if process.returncode != expected:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}: {said}")
    after = _files(folder)
    written = sum(state[-1] for path, state in after.items() if before.get(path) != state)
    cpu = sum(each.ru_utime + each.ru_stime for each in usages)
    largest = max(each.ru_maxrss for each in usages)
    return Run(wall, cpu, memory, largest / 1024, written / 1e6)


def memory_of(session: int) -> float:
    """What all processes of a session have now, in megabytes."""
    return sum(_pss(each) for each in _processes(session)) / 1024


def _watch(process: int) -> float:
    """Waits for the end of a session's first process; the most memory meanwhile."""
    ended = os.pidfd_open(process)
    try:
        memory, pause = 0.0, PAUSE
        while not select.select([ended], [], [], pause)[0]:
            began = time.perf_counter()
            memory = max(memory, memory_of(process))
            pause = max(PAUSE, LOOKS * (time.perf_counter() - began))
        return memory
    finally:
        os.close(ended)


def _processes(session: int) -> Iterator[Path]:
    """The folders in /proc of a session's processes."""
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with contextlib.suppress(OSError):  # it has ended
                fields = (place / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == session:
                    yield place


def _pss(place: Path) -> int:
    """A process's share of memory, in kilobytes."""
    try:
        text = (place / "smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:"), 0)


def _adopt_orphans() -> None:
    """What outlives its parent becomes this process's child, and what it took is known."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _orphans(options: int = 0) -> Iterator[resource.struct_rusage]:
    """What those took that have outlived their parents, each waited for."""
    with contextlib.suppress(ChildProcessError):
        while True:
            process, _, spent = os.wait3(options)
            if not process:  # none that has ended
                return
            yield spent


def _files(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Each file's inode, time stamp and size; links are not followed."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)  # noqa: PTH118  quick, for many files
            stat = os.lstat(path)
            found[path] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return found
