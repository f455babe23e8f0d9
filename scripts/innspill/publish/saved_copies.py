"""Copies of foreign and changed files, saved before they are overwritten.

A copy's name holds the beginning of its digest, so a copy never overwrites another one,
and the same thing is kept once however often a run is repeated.
"""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path, PurePosixPath

from innspill.durable import written_whole
from innspill.manifest import fingerprint
from innspill.own_folders import make_own_folder
from innspill.publish.state import State


def save_copy(tree: Path, path: str, state: State, *, moves: bool = False) -> Path:
    """Copies, or moves, what stands at a path of a tree; it is durable then."""
    mark, name = fingerprint(tree / path), PurePosixPath(path)
    folder = state.kept / name.parent
    make_own_folder(folder, state.home.parent)
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        target = folder / f"{name.stem}.{str(mark)[:12]}{again}{name.suffix}"
        found = fingerprint(target)
        if found is None:
            # Never a link: the original may be written to while it is still in its place.
            with written_whole(target) as partial:
                if moves:
                    shutil.move(tree / path, partial)
                else:
                    shutil.copy2(tree / path, partial, follow_symlinks=False)
        if found in {None, mark}:
            return target
    raise AssertionError("counting does not end")
