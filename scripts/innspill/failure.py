"""What is told where the machine or the program itself fails: a sentence, never a traceback.

With `INNSPILL_TRACEBACK=1` in the environment, the traceback is there too, for a report.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from innspill.diagnostics import Diagnostic, Location, error
from innspill.errors import CommandError
from innspill.messages import Message, say
from innspill.system_words import why

PACKAGE = Path(__file__).parent
WITH_TRACEBACK = "INNSPILL_TRACEBACK"


class MachineFault(CommandError):
    """The machine, and not the content, stands in the way."""


EXTRAS = {
    "distributed": say("work on several machines"),
    "import": say("reading letters"),
    "lsp": say("help in an editor"),
    "seal": say("seals"),
}
"""What each of the package's extras is for."""


@contextmanager
def from_extra(extra: str) -> Iterator[None]:
    """Imports what is installed only where it was asked for. Raises MachineFault."""
    try:
        yield
    except ImportError as fault:
        raise MachineFault(
            say(
                "for {purpose}, {name} is missing here. Install it with "
                "`pip install 'innspill[{extra}]'`.",
                purpose=EXTRAS[extra],
                name=fault.name or fault,
                extra=extra,
            )
        ) from fault


@contextmanager
def at_work_on(path: str) -> Iterator[None]:
    """Notes what the program was at work on where it fails; the innermost counts."""
    try:
        yield
    except Exception as fault:
        fault.__dict__.setdefault("at_work_on", path)
        raise


def keep_place(fault: BaseException) -> None:
    """Notes where it failed, since no traceback comes along from another process."""
    fault.__dict__.setdefault("failed_in", _innermost(fault))
    fault.__dict__.setdefault("traced", "".join(traceback.format_exception(fault)))


def has_place(fault: BaseException) -> bool:
    """Whether that was noted."""
    return "failed_in" in fault.__dict__


def path_of(fault: BaseException) -> str | None:
    """What the program was at work on, as messages show it."""
    path = getattr(fault, "at_work_on", None)
    return path if isinstance(path, str) else None


def what_failed(fault: BaseException) -> Message:
    """That the program failed, and where."""
    if isinstance(fault, MemoryError):
        return say("there is too little memory")
    keep_place(fault)
    place = f"{fault.__dict__['failed_in']}, {type(fault).__name__}"
    if path := path_of(fault):
        return say("the program failed at {path} ({place})", path=path, place=place)
    return say("the program failed ({place})", place=place)


def what_to_do(fault: BaseException) -> Message:
    """What the user can do about it."""
    if isinstance(fault, MemoryError):
        return say("close other programs, or part large files in several")
    return say(
        "the fault is the program's, and your texts are as they were: report it, with what "
        "{name}=1 before the command prints",
        name=WITH_TRACEBACK,
    )


def as_diagnostic(fault: BaseException, path: str) -> Diagnostic:
    """The failure as a fault of what the program was at work on, or else of `path`.

    Where neither content nor machine is to blame, the traceback is printed if it was asked for.
    """
    at = Location(path_of(fault) or path)
    match fault:
        case MachineFault():
            return error("machine", fault.message, at)
        case OSError():
            message = say("the file can't be read: {why}", why=why(fault))
            return error("unreadable", message, Location(str(fault.filename or path)))
    print_traceback(fault)
    return error("program-failed", what_failed(fault), at, what_to_do(fault))


def print_traceback(fault: BaseException) -> None:
    """The traceback, where it was asked for."""
    if os.environ.get(WITH_TRACEBACK) and sys.stderr:
        keep_place(fault)
        with suppress(OSError):
            sys.stderr.write(fault.__dict__["traced"])


def _innermost(fault: BaseException) -> str:
    """The last line of the program's own that was run."""
    frames = traceback.extract_tb(fault.__traceback__)
    own = [each for each in frames if Path(each.filename).is_relative_to(PACKAGE)]
    if not own:
        return "?"
    name = Path(own[-1].filename).relative_to(PACKAGE).as_posix()
    return f"{name}:{own[-1].lineno}"
