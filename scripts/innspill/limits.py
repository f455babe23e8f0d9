"""How long one document may take to be made, and how much memory.

A user's template or stylesheet may go on for ever. A thread watches the clock and raises
`TimeUp` in one that works too long, again and again until it ends; that holds in every thread, and
needs no other process. It can't end a single long call into a system library, which is waited
for. Memory is bounded by the system (RLIMIT_DATA), which also refuses such a call.
"""

from __future__ import annotations

import ctypes
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path
from threading import Event, Lock, Thread, get_ident
from time import monotonic

from innspill.errors import InnspillError

AGAIN = 1.0
"""After how many seconds one is told once more that its time is up."""
MEGABYTE = 1_000_000
STATM = Path("/proc/self/statm")
DATA = 5
"""Which of its numbers counts the pages of data and stack (proc_pid_statm(5))."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What the making of one document may take."""

    seconds: int
    megabytes: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be taken by a template, and by the layout of a PDF."""

    rendering: Limit = Limit(60, 1000)
    layout: Limit = Limit(600, 4000)

    def of(self, rendering: int, layout: int) -> Limits:
        """The same with other times, in seconds."""
        return Limits(
            Limit(rendering, self.rendering.megabytes), Limit(layout, self.layout.megabytes)
        )


USUAL = Limits()


class OverLimit(InnspillError):
    """The making of a document took more than its limit."""

    def __init__(self, limit: Limit, *, is_memory: bool = False) -> None:
        super().__init__(limit)
        self.limit = limit
        self.is_memory = is_memory


class TimeUp(BaseException):
    """Raised wherever a document is at when its time is up; no `except Exception` keeps it."""


@contextmanager
def limited(limit: Limit) -> Iterator[None]:
    """Holds what is done within to a limit; within another limit, that counts alone.

    Raises OverLimit.
    """
    if get_ident() in _WATCHER.watches:
        yield
        return
    watch = _Watch(limit.seconds)
    try:
        with _ROOM.for_more(limit.megabytes):
            try:
                _WATCHER.begin(watch)
                yield
            finally:
                watch.is_over = True  # at once, before anything can be raised here
                while watch.is_alive:
                    try:
                        _WATCHER.end(watch)
                    except TimeUp:  # what is raised at the last moment
                        continue
    except TimeUp as fault:
        raise OverLimit(limit) from fault
    except MemoryError as fault:
        raise OverLimit(limit, is_memory=True) from fault


class _Watch:
    """From when TimeUp is raised in a thread, until it is over."""

    def __init__(self, seconds: float) -> None:
        self.due = monotonic() + seconds
        self.worker = get_ident()
        self.is_over = False
        self.is_alive = True


class _Watcher:
    """The one thread that watches the clock, begun when it is first needed.

    Most documents take milliseconds, so it is not told of each: it looks when the first that it
    knew of would be due, and is woken only for one that is due sooner.
    """

    def __init__(self) -> None:
        self.watches: dict[int, _Watch] = {}
        """By the threads that they watch."""
        self._looks_at = inf
        self._wake, self._raising, self._begun = Event(), Lock(), Lock()

    def begin(self, watch: _Watch) -> None:
        self.watches[watch.worker] = watch
        if watch.due < self._looks_at:
            if self._begun.acquire(blocking=False):  # and never released
                Thread(target=self._look, daemon=True).start()
            self._wake.set()

    def end(self, watch: _Watch) -> None:
        with self._raising:  # what is raised now is raised here
            self.watches.pop(watch.worker, None)
        watch.is_alive = False

    def _look(self) -> None:
        while True:
            self._wake.clear()
            self._looks_at = inf  # who begins while the next line looks wakes it
            self._looks_at = min((each.due for each in [*self.watches.values()]), default=inf)
            if self._looks_at == inf:
                self._wake.wait()
            elif not self._wake.wait(self._looks_at - monotonic()):
                for each in [*self.watches.values()]:
                    if each.due <= monotonic():
                        self._tell(each)

    def _tell(self, watch: _Watch) -> None:
        with self._raising:
            if not watch.is_over:
                _raise_in(watch.worker, TimeUp)
        watch.due = monotonic() + AGAIN


_WATCHER = _Watcher()


def _raise_in(thread: int, fault: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(fault))


class _Room:
    """The bound of this process's memory while documents are made, in one thread or several."""

    def __init__(self) -> None:
        self._lock, self._users, self._before = Lock(), 0, resource.RLIM_INFINITY

    @contextmanager
    def for_more(self, megabytes: int) -> Iterator[None]:
        with self._lock:
            self._users += 1
            soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
            if self._users == 1:
                self._before = soft
                wanted = _data_held() + megabytes * MEGABYTE
                _set_soft(min((wanted, *(each for each in (soft, hard) if each >= 0))), hard)
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if not self._users:
                    _set_soft(self._before, hard)


_ROOM = _Room()


def _data_held() -> int:
    return int(STATM.read_bytes().split()[DATA]) * resource.getpagesize()


def _set_soft(soft: int, hard: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
