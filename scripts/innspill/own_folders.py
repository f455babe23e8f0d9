"""The program's own folders: closed to others, entered by no link, believed where they were made.

`.innspill/` lies beside what others bring: a clone, a copy or an archive can hold one, with links
out of it, or with memos that say what nobody wrote. So a folder of the program is made and checked
part by part, a file in it is opened only where it is a plain file, and what it holds is believed
only where its mark says that it was made in this very place.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from io import FileIO
from pathlib import Path

from innspill.failure import MachineFault
from innspill.messages import say

STATE = ".innspill"
"""The folder where the program keeps its own, in a project and beside what it publishes."""
MARK = "made-here"
DATED = 946_684_800
"""The mark's date, 1 January 2000: git can't bring a file that is older than the clone."""

LARGEST = 500_000_000
"""How many bytes a file in such a folder has at most: twice a manifest of a million files."""


class ForeignFolder(MachineFault):
    """Something foreign stands in the place of one of the program's folders."""


def make_own_folder(folder: Path, within: Path) -> None:
    """Makes a folder of the program, and those around it, in a folder that the user has chosen.

    They are closed to all but this user and, where a group may write to the chosen one, that group.

    Raises OSError, and ForeignFolder where a part of the path is no folder or was made by a
    stranger.
    """
    within.mkdir(parents=True, exist_ok=True)
    for part in folder.relative_to(within).parts:
        around = within.stat()
        mode = 0o700 | (around.st_mode & 0o2070 if around.st_mode & stat.S_IWGRP else 0)
        within /= part
        with suppress(FileExistsError):
            within.mkdir()
            within.chmod(mode)
        check_own(within)
        status = within.lstat()
        if status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) & ~mode:
            with suppress(OSError):  # not every disk has modes
                within.chmod(status.st_mode & mode)


def check_own(folder: Path) -> None:
    """Raises ForeignFolder where this is no folder or was made by a stranger, and OSError."""
    status, around = folder.lstat(), folder.parent.stat()
    if not stat.S_ISDIR(status.st_mode):
        raise ForeignFolder(
            say(
                "{path} should be a folder of Innspill's own, and is a link or a file. "
                "Remove it and run it again.",
                path=folder,
            )
        )
    if status.st_uid not in {os.geteuid(), around.st_uid} and around.st_mode & stat.S_IWOTH:
        raise ForeignFolder(
            say(
                "{path} was put there by another user. Have it removed, or choose a place "
                "where not everybody may write.",
                path=folder,
            )
        )


def open_own(path: Path) -> FileIO:
    """A file of the program's, unbuffered. Raises OSError where no plain file stands there."""
    # Without O_NONBLOCK a pipe would be waited for.
    file = FileIO(path, opener=lambda name, flags: os.open(name, flags | _STRAIGHT))
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))


def read_own(path: Path) -> bytes:
    """The bytes of a file of the program's.

    Raises OSError where no plain file stands there, or one that is far too large for one.
    """
    with open_own(path) as file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return file.readall()


def sweep(folder: Path) -> None:
    """Takes away what stands in a folder of the program and is neither folder nor plain file."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
                os.unlink(entry.path)  # noqa: PTH108


def discard(tree: Path | str) -> None:
    """Takes a folder away with all that is in it, if it is there; of a link, the link."""
    try:
        mode = os.lstat(tree).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(mode):
        os.unlink(tree)  # noqa: PTH108
        return
    folders = [os.fspath(tree)]
    for folder in folders:  # it grows: what is nested deeply is no reason to fail
        if os.lstat(folder).st_mode & stat.S_IRWXU != stat.S_IRWXU:
            # A folder's mode may forbid even its owner to empty it.
            os.chmod(folder, stat.S_IRWXU)  # noqa: PTH101
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    os.unlink(entry.path)  # noqa: PTH108
    for folder in reversed(folders):
        os.rmdir(folder)  # noqa: PTH106


def is_made_here(folder: Path) -> bool:
    """Whether a folder of the program was made in this place, and came with nothing else."""
    try:
        with open_own(folder / MARK) as file:
            is_dated = os.fstat(file.fileno()).st_mtime == DATED
            return is_dated and file.read(32) == _place(folder)
    except OSError:
        return False


def mark_made_here(folder: Path) -> None:
    """Says that the folder was made in this place; where that can't be written, it costs time."""
    with suppress(OSError):
        mark = folder / MARK
        mark.unlink(missing_ok=True)
        with mark.open("xb") as file:
            file.write(_place(folder))
        os.utime(mark, (DATED, DATED))


def state_root(folder: Path) -> Path:
    """Where publishing keeps what it needs: beside the output folder, or else inside it."""
    beside, inside = folder.parent / STATE, folder / STATE
    is_closed = os.path.lexists(inside) and not os.access(inside, os.X_OK, effective_ids=True)
    if is_closed or os.path.isdir(inside / "publish" / folder.name):  # noqa: PTH112
        # Someone may not write beside it: all must then share the lock inside.
        return inside
    if os.path.lexists(beside) and not os.path.isdir(beside):  # noqa: PTH112
        return beside  # and there it is refused
    nearest = next(path for path in (beside, *beside.parents) if os.path.exists(path))  # noqa: PTH110
    return beside if os.access(nearest, os.W_OK | os.X_OK, effective_ids=True) else inside


def cache_path() -> Path:
    """Innspill's part of the user's cache folder (XDG Base Directory Specification), there or not.

    Raises RuntimeError where no home is known.
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".cache") / "innspill"


def cache_folder() -> Path | None:
    """The same, made where it is missing.

    None where it is a link, somebody else's, or open to others.
    """
    try:
        folder = cache_path()
        folder.parent.mkdir(0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(0o700)
        status = folder.lstat()
    except (OSError, RuntimeError):  # no home is known
        return None
    is_closed = stat.S_ISDIR(status.st_mode) and not stat.S_IMODE(status.st_mode) & 0o077
    return folder if is_closed and status.st_uid == os.geteuid() else None


_STRAIGHT = os.O_NOFOLLOW | os.O_NONBLOCK


def _place(folder: Path) -> bytes:
    """What tells the folder from any copy of it: the number that the disk gave it."""
    return b"%d\n" % folder.lstat().st_ino
