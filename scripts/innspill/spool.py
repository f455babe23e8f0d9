"""Files that were made and are not published yet: kept on the disk, not in memory."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from tempfile import mkstemp

from innspill.blob import PIECE, hashed
from innspill.output import StreamedOutput


class Spool:
    """Files that were made, kept in one temporary file until they are published."""

    def __init__(self, folder: Path) -> None:
        """`folder` is one that can be written to. Raises OSError."""
        self._handle, name = mkstemp(dir=folder)
        os.unlink(name)  # noqa: PTH108  the file goes once it is closed, however this process ends
        weakref.finalize(self, os.close, self._handle)
        self._file = open(self._handle, "wb", closefd=False)  # noqa: SIM115

    def keep(self, path: str, pieces: Iterable[bytes], sources: tuple[str, ...]) -> StreamedOutput:
        """A file of the site, from its pieces. Raises OSError."""
        start = self._file.tell()
        size, sha256 = hashed(self._written(pieces))
        self._file.flush()
        return StreamedOutput(path, size, sha256, partial(self._read, start, size), sources)

    def _written(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for each in pieces:
            self._file.write(each)
            yield each

    def _read(self, start: int, size: int) -> Iterator[bytes]:
        for at in range(start, start + size, PIECE):
            yield os.pread(self._handle, min(PIECE, start + size - at), at)
