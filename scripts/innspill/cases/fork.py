"""A fork of this process, which does one thing at a time while this one goes on.

It has at once all that was imported and read here, so that it pays where there is too little to
do for other processes. But it may only be made while this process has no other thread, which
might be in the middle of something.
"""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import active_count
from typing import Any

Do = Callable[..., Any]


class ForkDied(Exception):
    """The fork ended in the middle of its work."""


class Fork:
    """What is begun in it is finished before the next is begun."""

    def __init__(self, ready: Callable[[], None], do: Do) -> None:
        context = multiprocessing.get_context("fork")
        self._way, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(self._way, there, ready, do))
        self._process.start()
        there.close()
        self.is_busy = False

    @property
    def is_free(self) -> bool:
        """Whether something can be begun without waiting."""
        return not self.is_busy or self._way.poll()

    def begin(self, *task: Any) -> None:
        """Begins to do a task. Raises ForkDied."""
        self.is_busy = True
        try:
            self._way.send(task)
        except OSError as fault:
            raise ForkDied from fault

    def finish(self) -> Any:
        """What came of it, once it is there. Raises what doing it raised, and ForkDied."""
        self.is_busy = False
        try:
            made, fault = pickle.loads(self._way.recv_bytes())
        except (EOFError, OSError) as died:
            raise ForkDied from died
        if fault is not None:
            raise fault
        return made

    def end(self) -> None:
        """Ends it, whatever it is at."""
        self._process.kill()
        self._process.join()
        self._way.close()


def can_fork() -> bool:
    """Whether nothing else is under way in this process."""
    return active_count() == 1


def _serve(theirs: Connection, way: Connection, ready: Callable[[], None], do: Do) -> None:
    theirs.close()
    ready()
    with suppress(EOFError, OSError):  # this process is not needed any more
        while True:
            way.send_bytes(_done(do, way.recv()))


def _done(do: Do, task: tuple[Any, ...]) -> bytes:
    """What came of a task, or what was raised."""
    try:
        return pickle.dumps((do(*task), None))
    except Exception as fault:
        try:
            return pickle.dumps((None, fault))
        except Exception:
            return pickle.dumps((None, RuntimeError(f"{type(fault).__name__}: {fault}")))
