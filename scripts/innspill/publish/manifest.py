"""`manifest.json`: what in the folder is ours, with digests.

It holds nothing that differs between machines or moments, and does not list itself.
What is read from the disk is not trusted: entries that leave the folder are ignored,
and a file that is no manifest of ours counts as none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from innspill.owned import read_own
from innspill.project import STATE
from innspill.publish.output import Output, Publishable, by_path
from innspill.publish.paths import MANIFEST, is_inside, is_reserved, is_temporary
from innspill.publish.tree import fingerprint
from innspill.read.names import LEFTOVERS

_text = json.JSONEncoder(ensure_ascii=False).encode
_GENERATOR = re.compile(r"innspill \S+", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")

Manifest = Mapping[str, str]
"""The SHA-256 of each file of ours, by its path."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it should be in the folder."""

    pieces: Callable[[], Iterable[bytes]] = field(repr=False)
    """Gives its bytes."""
    sha256: str
    size: int

    def load(self) -> bytes:
        """Its bytes as one."""
        return b"".join(self.pieces())


def whole_site(
    outputs: Iterable[Publishable], generator: str, revision: str | None = None
) -> dict[str, File]:
    """Every file that the folder should hold, the manifest among them.

    `revision` is the commit that was checked out, where there was one.

    Raises ValueError where the outputs make no sense together.
    """
    wanted = by_path(outputs)
    files = {
        path: File(output.pieces, output.sha256, output.size) for path, output in wanted.items()
    }
    entries = [_entry(output, files[path].sha256) for path, output in wanted.items()]
    listed = ",\n".join(entries).join(("{\n", "\n  }")) if entries else "{}"
    last = f',\n  "revision": {_text(revision)}' if revision else ""
    text = f'{{\n  "files": {listed},\n  "generator": {_text(generator)}{last}\n}}\n'
    manifest = Output(MANIFEST, text.encode())
    return {**files, MANIFEST: File(manifest.pieces, manifest.sha256, manifest.size)}


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest; None where there is none that can be read as ours."""
    try:
        manifest = json.loads(read_own(folder / MANIFEST))
        if not _GENERATOR.fullmatch(manifest["generator"]):
            return None
        entries = {path: entry["sha256"] for path, entry in manifest["files"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return {path: sha256 for path, sha256 in entries.items() if _is_ours(path, sha256)}


def stranger_in(folder: Path) -> str | None:
    """What stands in a folder that is not empty and has no manifest of ours. Raises OSError."""
    if not folder.exists() or read_manifest(folder) is not None:
        return None
    names = sorted((each.name for each in folder.iterdir()), key=lambda n: (n != MANIFEST, n))
    return next((name for name in names if not _is_nobodys(name)), None)


def _is_nobodys(name: str) -> bool:
    """Whether a name is one of ours, or one that a system gives to what it leaves."""
    return name in {STATE, ".DS_Store"} or is_temporary(name) or name.lower() in LEFTOVERS


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


def _entry(output: Publishable, sha256: str) -> str:
    """One file's part of the manifest, as `json` lays it out, but in a tenth of its time."""
    sources = ",".join([f"\n        {_text(source)}" for source in output.sources])
    end = "\n      " if sources else ""
    return (
        f"    {_text(output.path)}: {{\n"
        f'      "sha256": "{sha256}",\n'
        f'      "size": {output.size},\n'
        f'      "sources": [{sources}{end}]\n'
        "    }"
    )


def _is_ours(path: str, sha256: object) -> bool:
    return (
        is_inside(path)
        and not is_reserved(path)
        and isinstance(sha256, str)
        and _DIGEST.fullmatch(sha256) is not None
    )
