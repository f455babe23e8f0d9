"""After the exchange: the old tree is searched for what is not ours.

Foreign files were carried over before it. What is found here came too late for that, or
was changed by hand: the one is moved into the folder, the other saved.
"""

from __future__ import annotations

from collections.abc import Mapping

from innspill.messages import say
from innspill.publish.errors import IN_PLACE, told
from innspill.publish.known import Known
from innspill.publish.manifest import Manifest
from innspill.publish.rescue import rescue
from innspill.publish.result import Saved
from innspill.publish.state import State
from innspill.publish.tree import Kind, scan


def search_old_tree(
    state: State,
    ours: Manifest,
    known: Known,
    shared: Mapping[str, int],
    *,
    only_saved: bool = False,
) -> tuple[Saved, list[str]]:
    """Moves what is not ours out of the tree in `complete/`, which is then `staging/`.

    `ours` is what its manifest says, `known` what is known of it already. Files that are
    `shared` with the new tree, by inode, need no look. With `only_saved` nothing comes into the
    folder. Returns what was saved, and the paths of all other files.
    """
    old = state.complete
    with told(say("The old site could not be searched"), old, IN_PLACE):
        others = [
            path
            for path, entry in scan(old).items()
            if entry.kind is not Kind.FOLDER and shared.get(path) != entry.inode
        ]
        saved = rescue(old, others, ours, known, state, only_saved=only_saved)
        # Renamed first: half of a complete tree would be taken for foreign files.
        old.rename(state.staging)
    return saved, others
