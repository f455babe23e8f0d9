"""Work in other processes, behind one seam: `submit`, as in `concurrent.futures`.

Processes are made by a server that has imported the program once and runs no threads, so
that nothing is forked in the middle of something. With one worker there are none. Where there is
too little to do for the server to be worth its start, a `fork` of this one helps instead.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from multiprocessing.connection import wait
from tempfile import TemporaryDirectory
from threading import Thread
from types import TracebackType
from typing import Any

from innspill.cases.fork import Fork, ForkDied, can_fork
from innspill.cases.pressing import ForkedPress
from innspill.cases.workshop import Workshop
from innspill.cases.world import World

Task = tuple[Any, ...]
"""The arguments of one call."""


COLLECT_AFTER = 100_000
"""New objects after which garbage is looked for: a layout makes many, and holds most."""


PRELOAD = ("innspill.cases.preload", "innspill.cases.preload_prints")
"""What the server imports; the latter only for PDFs."""


class WorkerDied(Exception):
    """A process ended in the middle of its work."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.task = task


class Crew:
    """Runs a workshop's methods, as many at once as there are jobs."""

    def __init__(self, world: World, jobs: int) -> None:
        self.here, self.jobs = Workshop(world), jobs
        self._pool: ProcessPoolExecutor | None = None
        self._fork: Fork | None = None
        self._is_warm = False
        """Whether the fork lays out what is printed here."""
        self._temporary = TemporaryDirectory(prefix="innspill-", ignore_cleanup_errors=True)

    def __enter__(self) -> Crew:
        _collect_seldom(self.here.world)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        gc.enable()
        if self._fork is not None:
            self._fork.end()
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            if kind is not None:
                for each in multiprocessing.active_children():
                    each.terminate()
        self._temporary.cleanup()

    def each(
        self,
        method: str,
        tasks: Iterator[Task],
        few: int,
        meanwhile: Callable[[], None] | None = None,
    ) -> Iterator[tuple[Task, Any, float]]:
        """Calls a method with each task's arguments; gives each with the result and the seconds.

        Where there are but `few` tasks, other processes would start too late. If there is
        something to be done `meanwhile`, a fork does the first. Not many are under way at a
        time, so that what they carry is not all held. Raises what the method raises, and
        WorkerDied.
        """
        if meanwhile is None or self._pool or not self._may_fork():
            yield from self._each(method, tasks, few)
            return
        for task in islice(tasks, 1):
            self._begin(method, task)
            others = tuple(islice(tasks, few))
            if len(others) < few:
                meanwhile()
            yield from self._each(method, chain(others, tasks), few - 1)
            yield self._finish(method, task)

    def ask(self, method: str, *task: Any) -> Any:
        """Calls a method once, where consultations were checked last."""
        if self._fork is None:
            return getattr(self.here, method)(*task)
        self._begin(method, task)
        return self._finish(method, task)[1]

    def warm_up(self) -> None:
        """Lets a fork import what PDFs are made with, and lay out those that are made here."""
        if self._pool is None and self._may_fork():
            self._begin("load", ())
            assert self._fork is not None
            limit = self.here.world.project.limits.layout
            press, self._is_warm = ForkedPress(self._fork, limit), True
            self.here.known_pdf, self.here.make_pdf = press.known, press.print

    def _each(
        self, method: str, tasks: Iterator[Task], few: int
    ) -> Iterator[tuple[Task, Any, float]]:
        first = tuple(islice(tasks, few + 1))
        if self.jobs == 1 or (len(first) <= few and self._pool is None):
            for task in chain(first, tasks):
                yield task, *_timed(getattr(self.here, method), task)
            return
        # What a warm fork has begun by now is done while the server starts.
        own = 1 if self._is_warm else 0
        others = chain(first[own:], tasks)
        waiting = [(task, self._submit(method, task)) for task in islice(others, self.jobs)]
        for task in first[:own]:
            yield task, *_timed(getattr(self.here, method), task)
        for task in others:
            waiting.append((task, self._submit(method, task)))
            if len(waiting) > 2 * self.jobs:
                yield self._finished(method, *waiting.pop(0))
        for task, future in waiting:
            yield self._finished(method, task, future)

    def _may_fork(self) -> bool:
        return self.jobs > 1 and can_fork()

    def _begin(self, method: str, task: Task) -> None:
        """Begins to do a task in the fork; that it has died shows when it is finished."""
        if self._fork is None:
            self._fork = Fork(partial(_begin, self.here.world, self._temporary.name), _call)
        with suppress(ForkDied):
            self._fork.begin(method, task)

    def _finish(self, method: str, task: Task) -> tuple[Task, Any, float]:
        assert self._fork is not None
        try:
            return task, *self._fork.finish()
        except ForkDied:
            return self._alone(method, task)

    def _submit(self, method: str, task: Task) -> Future[Any]:
        if self._pool is None:
            self._pool = self._make_pool(self.jobs)
        try:
            return self._pool.submit(_call, method, task)
        except BrokenProcessPool as fault:
            broken: Future[Any] = Future()
            broken.set_exception(fault)
            return broken

    def _finished(self, method: str, task: Task, future: Future[Any]) -> tuple[Task, Any, float]:
        try:
            return task, *future.result()
        except BrokenProcessPool:
            return self._alone(method, task)  # which task it was is not told

    def _alone(self, method: str, task: Task) -> tuple[Task, Any, float]:
        """Tries a task once more, with no other process at work."""
        with self._make_pool(1) as alone:
            try:
                return task, *alone.submit(_call, method, task).result()
            except BrokenProcessPool as fault:
                raise WorkerDied(task) from fault

    def _make_pool(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(
            list(PRELOAD if self.here.world.wanted.with_pdf else PRELOAD[:1])
        )
        given = (self.here.world, self._temporary.name)
        return ProcessPoolExecutor(jobs, context, _begin, given)


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0))


_workshops: list[Workshop] = []
"""The one of this process, where it is a worker."""


def _begin(world: World, temporary: str) -> None:
    # A worker ends without cleaning up: what WeasyPrint leaves goes with the crew's folder.
    tempfile.tempdir = temporary
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    parent = multiprocessing.parent_process()
    if parent is not None:
        # A parent that is killed takes its workers along.
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _collect_seldom(world)
    _workshops[:] = [Workshop(world)]


def _collect_seldom(world: World) -> None:
    """Looks for garbage less often, and never among what was imported.

    Where there are pages alone, a workshop does between two consultations.
    """
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    if not world.wanted.with_pdf:
        gc.disable()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _call(method: str, task: Task) -> tuple[Any, float]:
    return _timed(getattr(_workshops[0], method), task)


def _timed(call: Callable[..., Any], task: Task) -> tuple[Any, float]:
    began = time.perf_counter()
    made = call(*task)
    return made, time.perf_counter() - began
