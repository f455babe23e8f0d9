"""Runs a function in a process of its own, which is ended when its time is up.

What it is given may be made to harm: to go on for ever, or to take all memory. Nothing but values
travels. A new process has none of this one's threads and locks, on any system.
"""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from innspill.errors import InnspillError
from innspill.limits import MEGABYTE, Limit, OverLimit

ENDING = 10
"""How many seconds a process has to end that has told all."""
Result = TypeVar("Result")


class BrokenOff(InnspillError):
    """The process ended without an answer."""


def run_apart(function: Callable[..., Result], arguments: tuple[Any, ...], limit: Limit) -> Result:
    """What the function gives. It and its arguments are such as can be sent.

    Raises OverLimit, BrokenOff, and whatever the function raises.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    with here:
        child = context.Process(target=_answer, args=(function, arguments, limit, there))
        child.start()
        there.close()
        try:
            if not here.poll(limit.seconds):
                raise OverLimit(limit)
            found: Result | BaseException = here.recv()
            child.join(ENDING)  # it takes away what it has put in the system's temporary folder
        except EOFError as fault:
            raise BrokenOff from fault
        finally:
            child.kill()
            child.join()
    if isinstance(found, BaseException):
        raise found
    return found


def _answer(
    function: Callable[..., Any], arguments: tuple[Any, ...], limit: Limit, to: Connection
) -> None:
    """In the new process."""
    found: Any
    try:
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (limit.megabytes * MEGABYTE, hard))
        found = function(*arguments)
    except MemoryError:
        found = OverLimit(limit, is_memory=True)
    except Exception as fault:
        found = fault
    to.send(found)
