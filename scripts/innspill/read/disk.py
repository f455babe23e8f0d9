"""The one place that reads `content/` from the disk.

What begins with a dot is left out, and no link leads out of the folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from innspill.diagnostics import Diagnostic, Location, error
from innspill.messages import say


@dataclass(frozen=True, slots=True)
class Disk:
    """The files of a folder."""

    folder: Path

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        """The paths of the Markdown files, in order, and those that can't be taken, as faults.

        Raises OSError where the machine refuses to read.
        """
        found: list[str] = []
        faults: list[Diagnostic] = []
        root = self.folder.resolve()
        for path in self._walk():
            relative = path.relative_to(self.folder).as_posix()
            if fault := bad_name(relative, shown):
                faults.append(fault)
            elif not path.resolve().is_relative_to(root) or not path.is_file():
                message = say("the file is a link that leads out of the content folder or nowhere")
                hint = say("put the file itself here")
                faults.append(error("outside", message, Location(f"{shown}/{relative}"), hint))
            else:
                found.append(relative)
        return found, faults

    def _walk(self) -> list[Path]:
        def refuse(fault: OSError) -> None:
            raise fault

        found: list[Path] = []
        for parent, folders, names in os.walk(self.folder, onerror=refuse):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found += [Path(parent, name) for name in sorted(names) if is_page(name)]
        return found

    def load(self, path: str) -> bytes:
        """A file's bytes. Raises OSError."""
        return (self.folder / path).read_bytes()

    def find(self, path: str) -> bytes | None:
        """The bytes of a file that stands inside the folder, None where there is none."""
        whole = _existing(self.folder / path)
        if whole is None or not whole.resolve().is_relative_to(self.folder.resolve()):
            return None
        return whole.read_bytes()


def is_page(name: str) -> bool:
    """Whether a file of that name is Markdown that is published."""
    return not name.startswith(".") and Path(name).suffix.lower() == ".md"


def bad_name(path: str, shown: str) -> Diagnostic | None:
    """The fault of a path that no address can be made of."""
    if path.isprintable() and "\\" not in path:
        return None
    shown_name = path.encode("utf-8", "replace").decode()
    message = say("the file's name has characters that no address can have")
    return error("file-name", message, Location(f"{shown}/{shown_name}"))


def _existing(path: Path) -> Path | None:
    """The file of that name, or of the same name in another form of Unicode (macOS writes NFD)."""
    try:
        if path.is_file():
            return path
        alike = [
            each
            for each in (path.parent.iterdir() if path.parent.is_dir() else ())
            if normalize("NFC", each.name) == path.name and each.is_file()
        ]
    except OSError:  # a name that is longer than the disk allows
        return None
    return alike[0] if alike else None
