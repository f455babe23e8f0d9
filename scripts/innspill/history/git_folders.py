"""Where git keeps what it knows of a folder, found without opening what reading could wait for.

`.git` may be a folder, a file that names one (a worktree, a submodule), or anything at all. A
FIFO or a device that stands where git has a file is a fault: libgit2 would wait for it for ever.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from innspill.history.fault import HistoryFault
from innspill.messages import say
from innspill.unchanged import read_file

FILES = (
    "HEAD",
    "config",
    "config.worktree",
    "commondir",
    "gitdir",
    "packed-refs",
    "shallow",
    "index",
)
"""The files in a repository's own folder that libgit2 reads."""
FOLDERS = ("info", "refs", "objects")
"""The folders that it looks into."""
NAMED = re.compile(
    r"^[ \t]*(?:\[[^\]\n]*\])?[ \t]*(path|excludesfile|attributesfile)[ \t]*=[ \t]*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
"""The settings that name files which are read."""
LARGEST = 200_000_000
"""How many bytes a file of git's own may have; a clone with a million tags has less."""
SMALL = 1_000_000
"""How many bytes there may be in a file that is read here."""
INCLUDED = 20
"""How many files settings may include, one by way of another."""
BORROWED = 10
"""The same of repositories that lend their objects."""


@dataclass(frozen=True, slots=True)
class GitFolders:
    """A repository's folders."""

    root: Path
    """The folder that has `.git`."""
    near: Path
    """What belongs to this worktree."""
    common: Path
    """What all worktrees share: the same, in most repositories."""


def find_git(folder: Path) -> GitFolders | None:
    """The repository around a folder, None where there is none.

    Raises HistoryFault where there is something else in its place.
    """
    try:
        folder = folder.resolve()
    except (OSError, RuntimeError):  # a link in a circle
        return None
    for each in (folder, *folder.parents):
        if near := _near(each / ".git"):
            return GitFolders(each, near, _common(near))
        if is_bare(each):
            raise bare(each)
    return None


def bare(folder: Path) -> HistoryFault:
    """That a repository is bare."""
    message = say("the repository {path} is bare: it has no files of its own", path=str(folder))
    return HistoryFault("git-bare", message, say("build in a clone of it, or in a worktree"))


def is_bare(folder: Path) -> bool:
    """Whether a folder is itself what `.git` is elsewhere."""
    return all(os.path.lexists(folder / name) for name in ("HEAD", "objects", "refs"))


def _near(path: Path) -> Path | None:
    """The folder that `.git` is or names, None where there is no such thing, or it is empty."""
    if not os.path.lexists(path):
        return None
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        names = (*FILES, *FOLDERS)
        return path if any(os.path.lexists(path / name) for name in names) else None
    if not stat.S_ISREG(mode):
        raise _odd(path)
    return _named(path, "gitdir:")


def _common(near: Path) -> Path:
    file = near / "commondir"
    return _named(file, "") if os.path.lexists(file) else near


def _named(file: Path, label: str) -> Path:
    """The folder that a file names."""
    try:
        text = os.fsdecode(read_file(str(file), SMALL))
        folder = file.parent / text.removeprefix(label).strip()
        if text.startswith(label) and "\0" not in text and folder.is_dir():
            return folder
    except (OSError, RuntimeError):
        raise _odd(file) from None
    message = say("{path} names no folder where a repository is", path=str(file))
    hint = say("`git worktree repair` or `git submodule update --init` may mend it")
    raise HistoryFault("git-place", message, hint)


def hold_to_files(place: GitFolders) -> None:
    """Raises HistoryFault where something stands in a repository that is no file."""
    seen: set[tuple[int, int]] = set()
    for folder in dict.fromkeys((place.near, place.common)):
        for name in FILES:
            _hold_file(folder / name)
        for name in FOLDERS:
            _hold_folder(folder / name, seen)
        for name in ("config", "config.worktree"):
            _hold_settings(folder / name, INCLUDED)
    _hold_alternates(place.common / "objects", seen)


def hold_ignored(folder: Path, root: Path) -> None:
    """The same of the files that say what git leaves alone, from the root to a folder."""
    for each in (folder, *folder.parents):
        _hold_file(each / ".gitignore")
        if each == root:
            return


def _hold_file(path: Path) -> None:
    if os.path.lexists(path):
        mode = _mode(path)
        if stat.S_ISREG(mode) and path.stat().st_size > LARGEST:
            message = say("{path} is larger than {n} MB", path=str(path), n=LARGEST // 1_000_000)
            raise HistoryFault("git-large", message, say("`git fsck` says what is wrong with it"))
        if not stat.S_ISREG(mode):
            raise _odd(path)


def _hold_folder(path: Path, seen: set[tuple[int, int]]) -> bool:
    """All that is in a folder, and below it; whether it was there, and not yet looked into.

    The system's list tells what is a file: none of a hundred thousand objects is asked for.
    """
    waiting, is_new = [path], False
    while waiting:
        folder = waiting.pop()
        try:
            status = folder.stat()
            if (place := (status.st_dev, status.st_ino)) in seen:
                continue
            seen.add(place)
            with os.scandir(folder) as listed:
                entries = [each for each in listed if not each.is_file(follow_symlinks=False)]
        except NotADirectoryError:
            raise _odd(folder) from None
        except OSError:
            continue  # it is not there, or libgit2 can't read it either
        is_new = True
        for path in map(Path, entries):
            mode = _mode(path)
            if stat.S_ISDIR(mode):
                waiting.append(path)
            elif not stat.S_ISREG(mode):
                raise _odd(path)
    return is_new


def _hold_alternates(objects: Path, seen: set[tuple[int, int]], more: int = BORROWED) -> None:
    """The same of other repositories' objects that this one borrows."""
    for line in _lines(objects / "info/alternates"):
        if "\0" not in line and _hold_folder(objects / line, seen) and more:
            _hold_alternates(objects / line, seen, more - 1)


def _hold_settings(config: Path, more: int) -> None:
    """The same of all files that settings name."""
    text = "\n".join(_lines(config))
    for key, value in NAMED.findall(text):
        named = os.path.expanduser(value.strip().strip('"'))  # noqa: PTH111  it never fails
        path = config.parent / named
        if "\0" in named or not path.exists():
            continue
        _hold_file(path)
        if key.lower() == "path" and more:
            _hold_settings(path, more - 1)


def _lines(path: Path) -> Iterator[str]:
    try:
        yield from os.fsdecode(read_file(str(path), SMALL)).splitlines()
    except OSError:
        return


def _mode(path: Path) -> int:
    """What kind of thing a path leads to; nothing, where it leads nowhere."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _odd(path: Path) -> HistoryFault:
    message = say("{path} is no file that git can be read from", path=str(path))
    hint = say("`git status` says what git makes of it; take it away, or clone anew")
    return HistoryFault("git-place", message, hint)
