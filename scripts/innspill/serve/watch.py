"""Sees what is saved: changes below `content/` and `templates/`, also where these come later.

The folders themselves are watched deep; the project's folder only at its top, for the two to
come, go or be put in another's place. Editors that write a new file and give it the old
one's name change the folder, and are seen as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from time import monotonic

from watchfiles import Change, awatch

STILL = 25
"""Milliseconds without a change after which a save is taken as done."""
LONGEST = 400
"""Milliseconds after which a stream of changes is told of all the same."""

SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
"""How many seconds after a failure the watch is begun again: twice as many each time."""

Changes = set[tuple[Change, str]]
OnChange = Callable[[frozenset[Path]], Awaitable[None]]


async def watch(roots: Sequence[Path], told: OnChange) -> None:
    """Tells once all is watched, and then of every change, until cancelled.

    So no save is lost between the first reading and the first look. The roots share a parent.
    """
    parent = roots[0].parent.resolve()
    while True:
        here = _identities(roots)
        async with asyncio.TaskGroup() as group:
            tree = group.create_task(_watch_trees(roots, told))
            others = group.create_task(_until_others(parent, roots, here))
            await asyncio.sleep(0)  # both begin, and a watch stands when its first step is done
            await told(frozenset(roots))
            await others
            tree.cancel()


async def _watch_trees(roots: Sequence[Path], told: OnChange) -> None:
    trees = {root.resolve(): root for root in roots if root.is_dir()}
    if not trees:
        return

    def is_meant(_change: Change, path: str) -> bool:
        return any(_is_meant(Path(path), tree) for tree in trees)

    changed = partial(awatch, *trees, watch_filter=is_meant, debounce=LONGEST, step=STILL)
    async for changes in _again(changed):
        paths = (Path(path) for _, path in changes)
        await told(frozenset(_as_named(each, trees) for each in paths) or frozenset(roots))


async def _until_others(
    parent: Path, roots: Sequence[Path], here: Sequence[tuple[int, int] | None]
) -> None:
    """Returns when one of the roots has come, gone or been exchanged."""
    names = {root.name for root in roots}

    def is_root(_change: Change, path: str) -> bool:
        return Path(path).name in names

    changed = partial(
        awatch, parent, watch_filter=is_root, debounce=LONGEST, step=STILL, recursive=False
    )
    async for _ in _again(changed):
        if _identities(roots) != here:
            return


async def _again(changed: Callable[[], AsyncIterator[Changes]]) -> AsyncIterator[Changes]:
    """Every change, also of a watch that fails and is begun again; no changes where it did.

    It fails on a name that is not UTF-8, and where the system has no more watches to give.
    """
    pause = SHORTEST_PAUSE
    while True:
        began = monotonic()
        try:
            async for changes in changed():
                yield changes
            return
        except Exception:  # whatever it is, the preview goes on
            if monotonic() - began > LONGEST_PAUSE:
                pause = SHORTEST_PAUSE
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
        yield set()


def _identities(roots: Sequence[Path]) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for root in roots:
        try:
            status = root.stat()
            found.append((status.st_dev, status.st_ino))
        except OSError:
            found.append(None)
    return found


def _is_meant(path: Path, tree: Path) -> bool:
    """Whether a path is in a tree, and not one that editors and systems keep beside a text."""
    if not path.is_relative_to(tree):
        return False
    names = path.relative_to(tree).parts
    return not any(name.startswith(".") or name.endswith(("~", ".tmp")) for name in names)


def _as_named(path: Path, trees: dict[Path, Path]) -> Path:
    for tree, root in trees.items():
        if path.is_relative_to(tree):
            return root / path.relative_to(tree)
    return path
