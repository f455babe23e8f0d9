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

from innspill.publish.output import Output, Publishable, by_path
from innspill.publish.paths import MANIFEST, is_inside, is_reserved
from innspill.publish.tree import fingerprint

_DIGEST = re.compile(r"[0-9a-f]{64}")

Manifest = Mapping[str, str]
"""The SHA-256 of each file of ours, by its path."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it should be in the folder."""

    load: Callable[[], bytes] = field(repr=False)
    """Gives its bytes."""
    sha256: str


def whole_site(
    outputs: Iterable[Publishable], generator: str, revision: str | None = None
) -> dict[str, File]:
    """Every file that the folder should hold, the manifest among them.

    `revision` is the commit that was checked out, where there was one.

    Raises ValueError where the outputs make no sense together.
    """
    wanted = by_path(outputs)
    files = {path: File(output.load, output.sha256) for path, output in wanted.items()}
    manifest: dict[str, object] = {
        "generator": generator,
        "files": {
            path: {
                "sha256": files[path].sha256,
                "size": output.size,
                "sources": list(output.sources),
            }
            for path, output in wanted.items()
        },
    }
    if revision:
        manifest["revision"] = revision
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    listed = Output(MANIFEST, f"{text}\n".encode())
    return {**files, MANIFEST: File(listed.load, listed.sha256)}


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest; None where there is none that can be read as ours."""
    path = folder / MANIFEST
    try:
        if path.is_symlink():
            return None
        manifest = json.loads(path.read_bytes())
        if not isinstance(manifest["generator"], str):
            return None
        entries = {path: entry["sha256"] for path, entry in manifest["files"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return {path: sha256 for path, sha256 in entries.items() if _is_ours(path, sha256)}


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


def _is_ours(path: str, sha256: object) -> bool:
    return (
        is_inside(path)
        and not is_reserved(path)
        and isinstance(sha256, str)
        and _DIGEST.fullmatch(sha256) is not None
    )
