"""`manifest.json`: which files in an output folder are the program's own, with their digests.

It holds nothing that differs between machines or moments, and does not list itself. What is
read from the disk is not trusted: entries that lead out of the folder are ignored, and a file
that is no manifest of Innspill's counts as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from innspill.output import Output, Publishable
from innspill.own_folders import STATE, read_own
from innspill.unchanged import digest_of

MANIFEST = "manifest.json"
FOLDER, OTHER = "folder", "other"
"""What `fingerprint` says of a folder, and of a device, a socket or a pipe."""

_GENERATOR = re.compile(r"innspill \S+", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")

Manifest = Mapping[str, str]
"""The SHA-256 of each published file, by its path."""


def whole_site(
    outputs: Iterable[Publishable], generator: str, revision: str | None = None
) -> dict[str, Publishable]:
    """Every file that the folder should hold, by its path, the manifest among them.

    `revision` is the commit that was checked out, where there was one.

    Raises ValueError where a path leaves the folder, is a name that the program uses itself,
    stands twice, or is both a file and a folder: no content may lead to that.
    """
    files: dict[str, Publishable] = {}
    for output in outputs:
        if not _may_be_output(output.path):
            raise ValueError(f"not a path inside the output folder: {output.path!r}")
        if output.path in files:
            raise ValueError(f"two outputs have the path {output.path!r}")
        files[output.path] = output
    for path in files:
        for folder in ancestors(path):
            if folder in files:
                raise ValueError(f"{folder!r} is a file, and the folder of {path!r}")
    entries = {
        path: {"sha256": file.sha256, "size": file.size, "sources": file.sources}
        for path, file in files.items()
    }
    told = {"files": entries, "generator": generator}
    if revision:
        told["revision"] = revision
    text = msgspec.json.format(msgspec.json.encode(told, order="sorted"), indent=2)
    files[MANIFEST] = Output(MANIFEST, text + b"\n")
    return dict(sorted(files.items()))


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest; None where there is none that can be read."""
    try:
        manifest = json.loads(read_own(folder / MANIFEST))
        if not _GENERATOR.fullmatch(manifest["generator"]):
            return None
        entries = {path: entry["sha256"] for path, entry in manifest["files"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return {
        path: sha256
        for path, sha256 in entries.items()
        if _may_be_output(path) and isinstance(sha256, str) and _DIGEST.fullmatch(sha256)
    }


def read_revision(folder: Path) -> str | None:
    """The commit that a folder's manifest names, None where it names none."""
    try:
        found = json.loads(read_own(folder / MANIFEST))["revision"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return found if isinstance(found, str) and _COMMIT.fullmatch(found) else None


def verify(folder: Path) -> tuple[str, ...]:
    """What differs between the folder and its manifest, as `missing …` and `changed …`."""
    manifest = read_manifest(folder)
    if manifest is None:
        state = "missing" if fingerprint(folder / MANIFEST) is None else "changed"
        return (f"{state} {MANIFEST}",)
    differences = []
    for path, sha256 in sorted(manifest.items()):
        found = fingerprint(folder / path)
        if found != sha256:
            differences.append(f"{'missing' if found is None else 'changed'} {path}")
    return tuple(differences)


def fingerprint(path: Path) -> str | None:
    """What stands at the path: a file's SHA-256, or None where there is nothing.

    A link is told by where it points, so it never equals the file it points to.
    """
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISREG(mode):
        return digest_of(str(path))
    if stat.S_ISLNK(mode):
        return hashlib.sha256(b"link to " + os.fsencode(path.readlink())).hexdigest()
    return FOLDER if stat.S_ISDIR(mode) else OTHER


def ancestors(path: str) -> list[str]:
    """The folders that the path lies in, the outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _may_be_output(path: str) -> bool:
    """Whether it is a relative path in its plainest form, in the folder, and not a name in use."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    is_plain = "\\" not in path and "\0" not in path
    is_inside = {"", ".", ".."}.isdisjoint(path.split("/"))
    return is_plain and is_inside and path != MANIFEST and f"/{STATE}" not in f"/{path}"
