"""What git's answers depend on, read from its files without opening the repository."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from innspill.history.fault import HistoryFault
from innspill.history.git_folders import find_git
from innspill.unchanged import digest_of, files_below

FILES = ("HEAD", "packed-refs", "shallow", "config", "config.worktree", "info/exclude")
"""The files in a repository's own folder that its answers depend on, beside the references."""


def git_state(content: Path) -> str:
    """A digest of what any answer of git depends on besides the content folder's files.

    Where HEAD, every branch and every tag point to; what is ignored; whose the repository is.
    """
    try:
        place = find_git(content)
    except HistoryFault as fault:
        return str(fault.message)
    if place is None:
        return "none"
    folder = content.resolve()
    above = (each for each in (folder, *folder.parents) if each.is_relative_to(place.root))
    paths = [
        *(path for each in dict.fromkeys((place.near, place.common)) for path in _inside(each)),
        *(f"{each}/.gitignore" for each in above),
        *_settings(),
    ]
    owners = [os.geteuid(), *(_owner(each) for each in (place.root, place.near, place.common))]
    found = hashlib.sha256(os.fsencode(f"{place.root} {owners}\n"))
    for path in paths:
        with contextlib.suppress(OSError):
            found.update(os.fsencode(f"{path} {digest_of(path)}\n"))
    return found.hexdigest()


def _inside(folder: Path) -> Iterator[str]:
    yield from (f"{folder}/{name}" for name in FILES)
    yield from files_below(f"{folder}/refs", hidden=True)


def _settings() -> Iterator[str]:
    """Where git is told what holds for all of a user's repositories."""
    home = os.path.expanduser("~")  # noqa: PTH111  it never fails
    settings = os.environ.get("XDG_CONFIG_HOME") or f"{home}/.config"
    yield from ("/etc/gitconfig", f"{home}/.gitconfig")
    yield from (f"{settings}/git/{name}" for name in ("config", "ignore"))


def _owner(folder: Path) -> int | None:
    with contextlib.suppress(OSError):
        return folder.stat().st_uid
    return None
