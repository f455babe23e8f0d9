"""One way to run a function on many values: here, or in as many processes as there are cores.

`innspill.distributed.dask_executor` has the same for other machines.

Each process is a fresh Python with this one's path, so that it runs the same program. It holds
what it has loaded until the executor ends, and ends with this process, however that ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp
from threading import Thread
from types import TracebackType
from typing import Any, TypeVar

from innspill.failure import MachineFault, keep_place
from innspill.messages import say

AHEAD = 4
"""How many values for each process are under way at most, so that none waits for work."""
YOUNG = 5_000
"""How many new objects Python waits for before it looks for garbage: a statement and a layout
make many that stay until they are done. Python's own 700 cost 6 % of the pages, 13 % of PDFs."""
HELD = 4
"""How many functions a process holds: those that were used last."""

T = TypeVar("T")
R = TypeVar("R")


class Executor:
    """The processes of one run; none is started before there are two values for them."""

    def __init__(self, jobs: int = 0) -> None:
        """`jobs` is how many work at once, 0 for as many as there are cores."""
        self.jobs = jobs or len(os.sched_getaffinity(0))
        self._pool: ProcessPoolExecutor | None = None
        self._folder: TemporaryDirectory[str] | None = None

    def __enter__(self) -> Executor:
        gc.set_threshold(YOUNG)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            if kind is not None:
                for each in multiprocessing.active_children():
                    each.terminate()
        if self._folder is not None:
            self._folder.cleanup()

    def map(
        self,
        function: Callable[[T], R],
        values: Iterable[T],
        describe: Callable[[T], str],
        few: int = 1,
    ) -> Iterator[R]:
        """What the function makes of each value, in their order; values are taken as needed.

        Where there are no more than `few` values, no process is started for them. Function,
        values and results must be such as can be sent to another process. Raises what the
        function raises, and MachineFault where a process ends over a value, which `describe`
        gives the name of.
        """
        values = iter(values)
        first = tuple(islice(values, few + 1))
        if self.jobs == 1 or len(first) <= few:
            yield from map(function, chain(first, values))
            return
        kept = self._keep(function)
        under_way: deque[tuple[T, Any]] = deque()
        for value in chain(first, values):
            under_way.append((value, self._submit(kept, value)))
            if len(under_way) == self.jobs * AHEAD:
                yield self._result(kept, *under_way.popleft(), describe)
        while under_way:
            yield self._result(kept, *under_way.popleft(), describe)

    def _keep(self, function: Callable[[T], R]) -> Any:
        """Where the function is kept for the processes: it may hold much, and is sent once."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="innspill-", ignore_cleanup_errors=True)
        handle, name = mkstemp(dir=self._folder.name)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(function, file)
        return Path(name)

    def _submit(self, file: Any, value: Any) -> Any:
        """What will have the result."""
        if self._pool is None:
            self._pool = self._start(self.jobs)
        try:
            return self._pool.submit(_call, file, value)
        except BrokenProcessPool:
            self._pool = self._start(self.jobs)
            return self._pool.submit(_call, file, value)

    def _result(self, file: Any, value: T, future: Any, describe: Callable[[T], str]) -> Any:
        try:
            return future.result()
        except BrokenProcessPool:  # which of those under way it was is not told
            with self._start(1) as alone:
                try:
                    return alone.submit(_call, file, value).result()
                except BrokenProcessPool as fault:
                    message = say(
                        "a process ended while it made {what}; perhaps the memory ran out. "
                        "Try fewer at once with --jobs.",
                        what=describe(value),
                    )
                    raise MachineFault(message) from fault

    def _start(self, processes: int) -> ProcessPoolExecutor:
        assert self._folder is not None
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(processes, context, _begin, (self._folder.name,))


def _call(file: Path, value: Any) -> Any:
    """In the other process: what the function makes of the value."""
    try:
        return _function(file)(value)
    except Exception as fault:
        keep_place(fault)
        raise


@lru_cache(HELD)
def _function(file: Path) -> Callable[[Any], Any]:
    found: Callable[[Any], Any] = pickle.loads(file.read_bytes())
    return found


def _begin(temporary: str) -> None:
    gc.set_threshold(YOUNG)
    # A process ends without cleaning up: what it leaves goes with the executor's folder.
    tempfile.tempdir = temporary
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    parent = multiprocessing.parent_process()
    if parent is not None:
        # A parent that is killed takes its processes along.
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
