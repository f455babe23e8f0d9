"""Paths inside the output folder, as text, and the names in it that are never content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from innspill.project import STATE

MANIFEST = "manifest.json"

_NO_NAMES = frozenset(("", ".", ".."))
_TEMPORARY = re.compile(r"(?:.*/)?\.innspill-[0-9a-f]{16}\.part")


def is_inside(path: str) -> bool:
    """Whether the path is relative, in its plainest form, and can't leave the folder.

    Manifests and journals are read from the disk, so this holds for untrusted text.
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    if "\\" in path or "\0" in path:
        return False
    parts = path.split("/")
    return _NO_NAMES.isdisjoint(parts) and parts[0] != STATE


def is_reserved(path: str) -> bool:
    """Whether no output may have this path."""
    return path == MANIFEST or f"/{STATE}" in f"/{path}"


def ancestors(path: str) -> list[str]:
    """The folders that the path lies in, the outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that any of the paths lies in."""
    found: set[str] = set()
    for path in paths:
        folder, _, _ = path.rpartition("/")
        while folder and folder not in found:
            found.add(folder)
            folder, _, _ = folder.rpartition("/")
    return found


def temporary_name(path: str) -> str:
    """The hidden name that a file has until it is put in its place.

    Made from the path alone, so that it never exceeds what a file system allows.
    """
    return f".innspill-{hashlib.sha256(path.encode()).hexdigest()[:16]}.part"


def is_temporary(path: str) -> bool:
    """Whether the path has such a hidden name."""
    return STATE in path and _TEMPORARY.fullmatch(path) is not None and is_inside(path)
