"""A run in a process of its own, which may be killed on its way.

    publish_child.py FOLDER {old,new,recover} {exchange,refused} [MOMENT]

At the given moment, just before that change to the file system, it kills itself as the
system would. Otherwise it prints how many changes it made, and before that `waiting` if
another run had the lock. Nothing in the program knows of this: the interpreter reports
each change to an audit hook.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

from publish_sites import GENERATOR, NEW, OLD, state_in

from innspill.publish import libc, locked, publish

CHANGES = {
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.utime",
}


def main(folder: Path, what: str, way: str, moment: int = 0) -> None:
    """Runs, and is perhaps killed."""
    if way == "refused":
        libc.exchange = refuse
    state = state_in(folder)
    changes = count_changes(moment)
    with locked(state, on_wait=lambda: print("waiting", flush=True)):
        if what != "recover":
            publish(OLD if what == "old" else NEW, state, generator=GENERATOR)
    print(changes[0])


def refuse(one: Path, other: Path) -> None:
    """What many file systems answer."""
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


def count_changes(moment: int) -> list[int]:
    """Counts changes in a list of one, and kills the process before the one of that number."""
    count = [0]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            _, mode, flags = arguments
            # Without a mode it is os.open: a folder or file about to be synced.
            is_change = mode is None or bool(int(str(flags)) & (os.O_WRONLY | os.O_RDWR))
        else:
            is_change = event in CHANGES or event.startswith(("ctypes.", "shutil."))
        if is_change:
            count[0] += 1
            if count[0] == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return count


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], *map(int, sys.argv[4:]))
