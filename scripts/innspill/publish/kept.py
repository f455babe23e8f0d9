"""Copies of what was not ours to overwrite.

A copy's name holds the beginning of its digest, so a copy never overwrites another one,
and the same thing is kept once however often a run is repeated.
"""

from __future__ import annotations

import errno
import shutil
from itertools import count
from pathlib import Path, PurePosixPath

from innspill.owned import make_own
from innspill.publish.durable import scratch
from innspill.publish.state import State
from innspill.publish.tree import fingerprint

SCRATCH = ".innspill-copy"
"""Where a copy is that is not whole yet: no output and no copy has such a name."""


def keep_copy(source: Path, path: str, state: State) -> Path:
    """Copies what stands at `source`, which has `path` in the output folder."""
    mark, target = _place(source, path, state)
    if fingerprint(target) != mark:
        # Never a link: the original may be written to while it is still in its place.
        with scratch(state.kept / SCRATCH) as partial:
            shutil.copy2(source, partial, follow_symlinks=False)
            partial.rename(target)
    return target


def keep_itself(source: Path, path: str, state: State) -> Path:
    """Moves what stands at `source`, which needs no space; copies it where that is elsewhere."""
    _, target = _place(source, path, state)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return keep_copy(source, path, state)
    return target


def _place(source: Path, path: str, state: State) -> tuple[str, Path]:
    """What stands at the source, and a free name for it, or one that holds the same."""
    mark = fingerprint(source) or ""
    name = PurePosixPath(path)
    folder = state.kept / name.parent
    make_own(folder, state.home.parent)
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        target = folder / f"{name.stem}.{mark[:12]}{again}{name.suffix}"
        if fingerprint(target) in {None, mark}:
            return mark, target
    raise AssertionError("counting does not end")
