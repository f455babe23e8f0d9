"""Writing so that a name stands for a whole file or for none, also after a power cut."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a disk says that takes no more; it names no file."""


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A path to make a file at; it then takes the place of `target`, durably.

    Raises OSError, where something other than a file stands there too: a device would be gone.
    """
    if target.exists() and not target.is_file():
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    # A name of a length of its own: the target's may be as long as the disk allows.
    mark = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    partial = target.with_name(f".innspill-{mark}.part")
    try:
        partial.unlink(missing_ok=True)
        yield partial
        if partial.is_file() and not partial.is_symlink():
            sync(partial)
        partial.replace(target)
        sync(target.parent)
    except OSError as fault:  # nobody knows of the partial one
        if str(fault.filename) == str(partial) or (not fault.filename and fault.errno in FULL):
            fault.filename = str(target)
        raise
    finally:
        partial.unlink(missing_ok=True)


def overwrite(path: Path, data: bytes) -> None:
    """Writes a user's file over, which keeps its mode; behind a link, the file that it names."""
    target = path.resolve()
    mode = target.stat().st_mode
    with written_whole(target) as partial:
        partial.write_bytes(data)
        partial.chmod(mode)


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
