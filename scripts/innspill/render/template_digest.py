"""The digest of the templates that prints are made with, so that a PDF can name them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from innspill.blob import text_digest
from innspill.project import shipped
from innspill.unchanged import files_below

FOR_PRINTS = ("print/", "components/")


def templates_digest(files: Mapping[str, bytes]) -> str:
    """The digest of those templates that prints are made with; empty where there are none."""
    return lines_digest({path: data for path, data in files.items() if path.startswith(FOR_PRINTS)})


@cache
def shipped_digest() -> str:
    """That of the program's own."""
    return templates_digest(files_of(shipped()))


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a folder, by their paths in it; no link is followed."""
    paths = (each for each in files_below(str(folder)) if " -> " not in each)
    return {Path(each).relative_to(folder).as_posix(): Path(each).read_bytes() for each in paths}


def lines_digest(files: Mapping[str, bytes]) -> str:
    """The digest of text files, whatever their line ends are; empty where there are none."""
    if not files:
        return ""
    found = hashlib.sha256()
    for path, data in sorted(files.items()):
        found.update(f"{path} {text_digest(data)}\n".encode())
    return found.hexdigest()
