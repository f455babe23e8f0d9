"""What is published: files with their bytes, and which sets of them make sense."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from innspill.publish.paths import ancestors, is_inside, is_reserved


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site."""

    path: str
    """Where it goes: relative to the output folder, with forward slashes."""
    data: bytes = field(repr=False)
    sources: tuple[str, ...] = ()
    """The source files it was made from, for the manifest."""


def by_path(outputs: Iterable[Output]) -> dict[str, Output]:
    """The outputs in the order of their paths.

    Raises ValueError where a path leaves the folder, is one of our own names, stands
    twice, or is both a file and a folder: no content may lead to that.
    """
    found: dict[str, Output] = {}
    for output in outputs:
        if not is_inside(output.path) or is_reserved(output.path):
            raise ValueError(f"not a path inside the output folder: {output.path!r}")
        if output.path in found:
            raise ValueError(f"two outputs have the path {output.path!r}")
        found[output.path] = output
    for path in found:
        for folder in ancestors(path):
            if folder in found:
                raise ValueError(f"{folder!r} is a file, and the folder of {path!r}")
    return dict(sorted(found.items()))
