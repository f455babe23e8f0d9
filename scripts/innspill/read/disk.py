"""The one place that reads `content/` from the disk.

What begins with a dot is left out, and no link leads out of the folder.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from unicodedata import normalize

from innspill.diagnostics import Diagnostic, Location, error
from innspill.memory import Memory
from innspill.messages import say
from innspill.read.paths import name_key

LEFT_ALONE = 3_000_000_000
"""Nanoseconds; longer than the ticks of any clock that stamps files (two seconds on FAT)."""


class Disk:
    """The files of a folder; what stands there as it stood before is taken from memory, if any."""

    def __init__(self, folder: Path, once: Memory | None = None) -> None:
        self.folder, self.once = folder, once
        self.root = folder.resolve()

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        """The paths of the Markdown files, in order, and those that can't be taken, as faults.

        Raises OSError where the machine refuses to read.
        """
        found: list[str] = []
        faults: list[Diagnostic] = []
        for path, entry in _entries(str(self.folder)):
            if not is_page(entry.name):
                continue
            if fault := bad_name(path, shown):
                faults.append(fault)
            elif not _is_inside(entry, self.root):
                message = say("the file is a link that leads out of the content folder or nowhere")
                hint = say("put the file itself here")
                faults.append(error("outside", message, Location(f"{shown}/{path}"), hint))
            else:
                found.append(path)
        return found, faults

    def load(self, path: str) -> bytes:
        """A file's bytes. Raises OSError."""
        return _bytes(self.folder / path, self.once)

    def find(self, path: str) -> bytes | None:
        """The bytes of a file that stands inside the folder, None where there is none."""
        whole = _existing(self.folder / path, self.root)
        return None if whole is None else _bytes(whole, self.once)


def is_page(name: str) -> bool:
    """Whether a file of that name is Markdown that is published."""
    return not name.startswith(".") and name.lower().endswith(".md")


def bad_name(path: str, shown: str) -> Diagnostic | None:
    """The fault of a path that no address can be made of."""
    if path.isprintable() and "\\" not in path:
        return None
    shown_name = path.encode("utf-8", "replace").decode()
    message = say("the file's name has characters that no address can have")
    return error("file-name", message, Location(f"{shown}/{shown_name}"))


def _entries(folder: str, within: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All files below a folder with their paths inside it: its own first, each by name.

    What is hidden is left out, and so are folders that are links.
    """
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: name_key(entry.name))
    seen = [entry for entry in entries if not entry.name.startswith(".")]
    for entry in seen:
        is_folder = Path(entry.path).is_dir() if entry.is_symlink() else entry.is_dir()
        if not is_folder:
            yield within + entry.name, entry
    for entry in seen:
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, f"{within}{entry.name}/")


def _is_inside(entry: os.DirEntry[str], root: Path) -> bool:
    """Whether an entry is a file; only one that is a link can lead out of `root`."""
    if not entry.is_symlink():
        return entry.is_file()
    try:
        return Path(entry.path).resolve(strict=True).is_relative_to(root) and entry.is_file()
    except (OSError, RuntimeError):  # it leads nowhere, or in a circle
        return False


def _existing(path: Path, root: Path) -> Path | None:
    """The file of that name, or of the same name in another form of Unicode (macOS writes NFD).

    None where there is none, or where it is a link that leads out of `root`.
    """
    try:
        if not path.is_file():
            path = next(
                each
                for each in (path.parent.iterdir() if path.parent.is_dir() else ())
                if normalize("NFC", each.name) == path.name and each.is_file()
            )
    except (OSError, StopIteration):  # OSError: a name that is longer than the disk allows
        return None
    return path if path.resolve().is_relative_to(root) else None


def _bytes(path: Path, once: Memory | None) -> bytes:
    """A file's bytes, read anew unless the file is the same and was left alone since.

    The system sets the time of a file's last change (`st_ctime_ns`) and no program can; but
    two changes within one of its ticks have the same, so a file that was changed just now is
    always read.
    """
    if once is None:
        return _read(str(path))
    status = path.stat()
    if time.time_ns() - status.st_ctime_ns < LEFT_ALONE:
        return _read(str(path))
    stamp = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return once(_read, str(path), str(stamp))


def _read(path: str, _stamp: str = "") -> bytes:
    with FileIO(path) as file:
        return file.readall()
