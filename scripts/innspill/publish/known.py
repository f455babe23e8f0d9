"""What the last run knew of our files: their digests, and what tells without reading they hold.

A stamp is kept only where any later change would have another: of a file that had been left
alone for a while when it was read, and of one that was written where nobody else writes, if
the disk's own clock had gone on before it was put in place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from innspill.owned import read_own
from innspill.publish.durable import scratch
from innspill.publish.tree import fingerprint
from innspill.unchanged import Stamp, stamp_of

if TYPE_CHECKING:
    from innspill.publish.state import State

Stamps = Mapping[str, Stamp]
"""Of files whose bytes can't have changed while they have them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of the files that were ours, by their paths."""

    digests: Mapping[str, str] = field(default_factory=dict)
    stamps: Stamps = field(default_factory=dict)

    def holds(self, path: str, stamp: Stamp) -> bool:
        """Whether what has this stamp has the digest that is remembered for the path."""
        return self.stamps.get(path) == stamp


def read_known(state: State) -> Known:
    """What is remembered; nothing where it is missing or damaged."""
    try:
        entries = json.loads(read_own(state.known)).items()
        return Known(
            {path: digest for path, (digest, _) in entries},
            {path: stamp for path, (_, stamp) in entries if stamp},
        )
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return Known()


def was_published_to(state: State) -> bool:
    """Whether a file that was ours stands in the folder as it was published. Raises OSError."""
    digests = read_known(state).digests
    return any(fingerprint(state.folder / path) == digest for path, digest in digests.items())


def keep_known(known: Known, state: State) -> None:
    """Remembers it; what can't be written only costs time."""
    entries = {path: (digest, known.stamps.get(path)) for path, digest in known.digests.items()}
    with suppress(OSError), scratch(state.staging) as partial:
        partial.write_text(json.dumps(entries), encoding="utf-8")
        partial.replace(state.known)


def forget(state: State) -> None:
    """Remembers nothing."""
    state.known.unlink(missing_ok=True)


def stamps_of_written(paths: list[str], tree: Path, work: Path) -> dict[str, Stamp]:
    """The stamps of files in a tree that nobody else knows yet.

    The clock is that of the disk: what is changed later has at least its time.
    """
    found = {path: os.lstat(f"{tree}/{path}") for path in paths}
    os.utime(work)
    now = os.lstat(work).st_ctime_ns
    return {path: stamp_of(s) for path, s in found.items() if s.st_ctime_ns < now}
