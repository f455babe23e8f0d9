"""Writing so that a power cut can't take it back."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from innspill.owned import discard
from innspill.publish import libc


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a file that was not there before. It is durable once `settle` has returned."""
    try:
        with path.open("xb") as file:
            file.writelines(pieces)
    except OSError as error:
        # A full disk shows at the writing, which does not know the file's name.
        error.filename = error.filename or str(path)
        raise


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A place for a file that is not whole yet, in a folder that is made and removed for it."""
    discard(folder)
    folder.mkdir()
    try:
        yield folder / "scratch"
    finally:
        discard(folder)


def write_whole(path: Path, data: bytes, staging: Path) -> None:
    """Writes a file so that its name stands for all of it or for nothing, durably."""
    with scratch(staging) as partial:
        write(partial, (data,))
        put_in_place(partial, path)


def put_in_place(partial: Path, path: Path) -> None:
    """Gives a file that is whole its name, durably."""
    sync(partial)
    partial.replace(path)
    sync(path.parent)


def settle(paths: Collection[Path]) -> None:
    """Returns when what was done at these paths would outlive a power cut.

    A path may be gone: then its being gone is what will last.
    """
    around = {path.parent for path in paths}
    folders = {next(each for each in (path, *path.parents) if each.is_dir()) for path in around}
    filesystems = {folder.stat().st_dev: folder for folder in sorted(folders)}
    try:
        for folder in filesystems.values():
            libc.sync_filesystem(folder)
    except OSError as error:
        if error.errno != errno.ENOSYS:
            raise
        for path in sorted({path for path in paths if path.is_file()} | folders):
            # What we may not read is not ours: its name is all that is new.
            with suppress(PermissionError):
                sync(path)


def sync(path: Path) -> None:
    """Returns when one file, or the names in one folder, would outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems have no such call for folders.
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)
