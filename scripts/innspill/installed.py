"""What is installed beside the program, told from the names of folders.

`importlib.metadata` parses a file for each package that it is asked of, and is slow to start:
what is asked at every build is asked here.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import cache

KEPT = ".dist-info"
"""How the folder's name ends that an installer keeps for a package: `{name}-{version}.dist-info`
(PyPA, Recording installed projects)."""


def version(package: str) -> str:
    """A package's version. Raises PackageNotFoundError where it is not installed."""
    found = _versions().get(_plain(package))
    if found is None:  # installed by other means
        from importlib.metadata import version as ask

        return ask(package)
    return found


def kept_names() -> Iterator[str]:
    """The names of the folders that installers keep, of the first place on the path first."""
    for folder in sys.path:
        if os.path.isdir(folder):  # noqa: PTH112
            for name in os.listdir(folder):  # noqa: PTH208
                if name.endswith((KEPT, ".egg-info")):
                    yield name


@cache
def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in kept_names():
        package, _, version = name.removesuffix(KEPT).partition("-")
        if name.endswith(KEPT) and version:
            found.setdefault(_plain(package), version)
    return found


def _plain(package: str) -> str:
    """A package's name as all its spellings come out (PyPA, Names and normalization)."""
    return re.sub(r"[-_.]+", "-", package).lower()
