"""What the program is made of: the files whose digests tell whether it is still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from innspill.project import PACKAGE, Project, shipped
from innspill.unchanged import files_below


def program_files(project: Project) -> Iterator[str]:
    """Every file of the program and of its templates, the user's own among them."""
    yield from files_below(str(PACKAGE))
    if not shipped().is_relative_to(PACKAGE):
        yield from files_below(str(shipped()))
    if own := project.templates:
        yield from (each for each in files_below(str(own), hidden=True) if " -> " not in each)


def program_digest(project: Project, digests: Mapping[str, str], packages: str) -> str:
    """The digest of the program, wherever it is installed.

    `digests` are those of its files, by their paths, and `packages` is that of what it depends on.
    """
    roots = (("own", project.templates), ("templates", shipped()), ("program", PACKAGE))
    found = []
    for path, digest in digests.items():
        for name, root in roots:
            if root is not None and path.startswith(inside := f"{root}/"):
                found.append(f"{name}/{path.removeprefix(inside)} {digest}")
                break
    return hashlib.sha256("\n".join((packages, *sorted(found))).encode()).hexdigest()
