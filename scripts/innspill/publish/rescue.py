"""What is found in a tree of ours without being ours: it is given a place, never lost."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from innspill.publish.durable import settle
from innspill.publish.kept import keep_itself
from innspill.publish.known import Known
from innspill.publish.manifest import Manifest
from innspill.publish.paths import MANIFEST, is_temporary
from innspill.publish.result import Saved
from innspill.publish.state import State
from innspill.publish.tree import fingerprint, leads_out
from innspill.unchanged import stamp_of


def rescue(
    tree: Path,
    paths: Iterable[str],
    ours: Manifest,
    known: Known,
    state: State,
    *,
    only_saved: bool = False,
) -> Saved:
    """Moves what would be lost with the tree into the folder, durably; returns what was saved.

    Looked at are only those `paths`, none of them a folder. What is `ours` has that digest;
    what is `known` of the tree need not be read. With `only_saved` the folder stays as it is.
    """
    moved: list[Path] = []
    saved: list[tuple[str, Path]] = []
    for path in sorted(paths):
        if not _would_be_lost(path, tree, ours, known, state.folder):
            continue
        target = state.folder / path
        if not only_saved and path not in ours and _is_free(state.folder, path):
            (tree / path).rename(target)
            moved.append(target)
        else:
            saved.append((path, keep_itself(tree / path, path, state)))
    settle([*moved, *dict(saved).values()])
    return tuple(saved)


def _would_be_lost(path: str, tree: Path, ours: Manifest, known: Known, folder: Path) -> bool:
    source = f"{tree}/{path}"
    return (
        path != MANIFEST
        and not is_temporary(path)
        and not (path in ours and _mark(path, source, known) == ours[path])
        and not _is_same(source, f"{folder}/{path}")
    )


def _mark(path: str, source: str, known: Known) -> str | None:
    """Its fingerprint, read where its stamp doesn't tell."""
    is_known = known.holds(path, stamp_of(os.lstat(source)))
    return known.digests[path] if is_known else fingerprint(source)


def _is_same(source: str, target: str) -> bool:
    try:
        is_linked = os.path.samestat(os.lstat(source), os.lstat(target))
    except (FileNotFoundError, NotADirectoryError):
        return False
    return is_linked or fingerprint(source) == fingerprint(target)


def _is_free(folder: Path, path: str) -> bool:
    target = folder / path
    if leads_out(folder, path):
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return False
    return fingerprint(target) is None
