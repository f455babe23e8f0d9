"""After the exchange: the old tree is searched for what is not ours, and taken away.

Foreign files were carried over before it. What is found here came too late for that, or
was changed by hand: the one is moved into the folder, the other saved.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from innspill.messages import say
from innspill.publish.durable import settle
from innspill.publish.errors import IN_PLACE, told
from innspill.publish.kept import keep_itself
from innspill.publish.manifest import Manifest, read_manifest
from innspill.publish.paths import MANIFEST, is_temporary
from innspill.publish.result import Saved
from innspill.publish.state import State
from innspill.publish.tree import Kind, discard, fingerprint, scan


def empty_old_tree(state: State) -> Saved:
    """Moves what is not ours out of the tree in `complete/`, and takes the tree away."""
    old = state.complete
    with told(say("The old site could not be searched"), old, IN_PLACE):
        ours = read_manifest(old) or {}
        moved: list[Path] = []
        saved: list[tuple[str, Path]] = []
        for path in _not_ours(old, ours, state.folder):
            target = state.folder / path
            if path not in ours and _is_free(target):
                (old / path).rename(target)
                moved.append(target)
            else:
                saved.append((path, keep_itself(old / path, path, state)))
        settle([*moved, *dict(saved).values()])
        # Renamed first: half of a complete tree would be taken for foreign files.
        old.rename(state.staging)
    with suppress(OSError):
        # The next run tries again, and says so where it can't.
        discard(state.staging)
    return tuple(saved)


def _not_ours(old: Path, ours: Manifest, new: Path) -> list[str]:
    """What would be lost with the old tree."""
    return [
        path
        for path, kind in scan(old).items()
        if kind is not Kind.FOLDER
        and path != MANIFEST
        and not is_temporary(path)
        and not _is_same(old / path, new / path)
        and not (path in ours and fingerprint(old / path) == ours[path])
    ]


def _is_same(source: Path, target: Path) -> bool:
    try:
        is_linked = os.path.samestat(source.lstat(), target.lstat())
    except (FileNotFoundError, NotADirectoryError):
        return False
    return is_linked or fingerprint(source) == fingerprint(target)


def _is_free(target: Path) -> bool:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return False
    return fingerprint(target) is None
