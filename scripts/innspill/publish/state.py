"""Where publishing keeps what it needs meanwhile, and who may publish to a folder.

    .innspill/                    beside the output folder; in it, where that can't be written to
      publish/<folder's name>/
        lock                      held while a run works on the folder; never removed
        made-here                 tells that what lies here was left by a run in this place
        new/                      a tree being made or being taken away: worth nothing
        complete/                 the whole new tree before the exchange, the old one after it
    <output folder>/              only where it can't be exchanged, and only meanwhile:
      .innspill-new/              new files being written: worth nothing
      .innspill-ready/            all new files, durable, on their way to their places
    .innspill/                    of the project that is published, wherever the folder is
      kept/<folder's name>/       copies of what was not ours to overwrite: never removed

A folder that is reached through a link has its state beside the real one, so that all
who write to it share one lock.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from innspill.manifest import MANIFEST, read_manifest
from innspill.messages import say
from innspill.own_folders import STATE, state_root
from innspill.publish.faults import PublishError, as_publish_error
from innspill.read.names import LEFTOVERS


@dataclass(frozen=True, slots=True)
class State:
    """The places that belong to one output folder."""

    folder: Path
    """The output folder itself, with no link on the way."""
    is_linked: bool
    """Whether the folder was named by a link to it."""
    root: Path
    """The `.innspill/` that all who publish to the folder share."""
    home: Path
    """The project's own."""
    adopts: bool = False
    """Whether the folder may be published to that holds foreign files and no site."""

    @property
    def work(self) -> Path:
        """Where the lock is, and the trees."""
        return self.root / "publish" / self.folder.name

    @property
    def new(self) -> Path:
        """A tree that is worth nothing."""
        return self.work / "new"

    @property
    def complete(self) -> Path:
        """A whole tree: the new one before the exchange, the old one after."""
        return self.work / "complete"

    @property
    def new_files(self) -> Path:
        """Files that are worth nothing, on the very disk where they are to be."""
        return self.folder / f"{STATE}-new"

    @property
    def ready_files(self) -> Path:
        """All files that are to get their places: what must be finished."""
        return self.folder / f"{STATE}-ready"

    @property
    def kept(self) -> Path:
        """Where the project keeps copies; those of a folder elsewhere have its mark."""
        name = self.folder.name
        if self.folder.parent != self.home.parent:
            name += f"-{hashlib.sha256(bytes(self.folder)).hexdigest()[:8]}"
        return self.home / "kept" / name

    @property
    def is_unfinished(self) -> bool:
        """Whether a killed run has left anything."""
        return any(
            map(os.path.lexists, (self.new, self.complete, self.new_files, self.ready_files))
        )


def state_of(folder: Path, home: Path, *, adopts: bool = False) -> State:
    """The state of an output folder, whose project's own is `home`; looks, but makes nothing.

    Raises PublishError where the path can't be an output folder.
    """
    real = Path(os.path.realpath(folder))
    if not real.name:
        raise PublishError(say("{folder} cannot be the output folder.", folder=folder))
    if folder.is_symlink() and not real.exists():
        raise PublishError(
            say("The output folder {folder} is a link to nothing. Remove it.", folder=folder)
        )
    if real.exists() and not real.is_dir():
        raise PublishError(
            say("{folder} is a file, so it cannot be the output folder.", folder=folder)
        )
    home = Path(os.path.abspath(home))  # noqa: PTH100  it may be a link itself, and is refused then
    return State(
        real, folder.is_symlink(), state_root(real), home.parent.resolve() / home.name, adopts
    )


def admit(state: State) -> None:
    """Raises PublishError where the folder is another's, unless it is to be adopted."""
    if state.adopts:
        return
    with as_publish_error(say("The output folder could not be read"), state.folder):
        stranger = _stranger_in(state.folder)
    if stranger is not None:
        raise PublishError(
            say(
                "{folder} is not empty, and holds no site of Innspill's: there is {name}. "
                "Nothing was written. Choose another folder with --output, or let the site "
                "stand among what is there with --adopt.",
                folder=state.folder,
                name=stranger,
            )
        )


def _stranger_in(folder: Path) -> str | None:
    """What stands in a folder that has no manifest and is not empty."""
    if not folder.exists() or read_manifest(folder) is not None:
        return None
    names = sorted((each.name for each in folder.iterdir()), key=lambda n: (n != MANIFEST, n))
    nobodys = {STATE, ".DS_Store"}
    return next((n for n in names if n not in nobodys and n.lower() not in LEFTOVERS), None)
