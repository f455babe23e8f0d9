"""Paths inside the output folder, as text, and the names in it that are never content."""

from __future__ import annotations

import hashlib
import re

MANIFEST = "manifest.json"
STATE = ".innspill"

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
    return all(part not in {"", ".", ".."} for part in parts) and parts[0] != STATE


def is_reserved(path: str) -> bool:
    """Whether no output may have this path."""
    return path == MANIFEST or any(part.startswith(STATE) for part in path.split("/"))


def ancestors(path: str) -> list[str]:
    """The folders that the path lies in, the outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def temporary_name(path: str) -> str:
    """The hidden name that a file has until it is put in its place.

    Made from the path alone, so that it never exceeds what a file system allows.
    """
    return f".innspill-{hashlib.sha256(path.encode()).hexdigest()[:16]}.part"


def is_temporary(path: str) -> bool:
    """Whether the path has such a hidden name."""
    return _TEMPORARY.fullmatch(path) is not None and is_inside(path)
