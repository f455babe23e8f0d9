"""The two system calls that Python has no name for: renameat2 and syncfs."""

from __future__ import annotations

import ctypes
import errno
import os
from functools import cache
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def exchange(one: Path, other: Path) -> None:
    """Lets two paths of one file system change places in a single step."""
    _call("renameat2", _AT_FDCWD, bytes(one), _AT_FDCWD, bytes(other), _RENAME_EXCHANGE)


def sync_filesystem(folder: Path) -> None:
    """Returns when all that was written to the folder's file system is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _call("syncfs", descriptor)
    except OSError as error:
        if error.errno != errno.ENOSYS:
            raise
        os.sync()  # it waits too, but does not tell of a disk that fails
    finally:
        os.close(descriptor)


def _call(name: str, *arguments: bytes | int) -> None:
    """Calls the C library; where that lacks the function, it fails as if the kernel did."""
    try:
        function = getattr(_library(), name)
    except AttributeError:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from None
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
