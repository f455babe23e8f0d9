"""`innspill verify`: does a PDF, or a published folder, say what git says?

The commit that it names is read from git's objects, and its files made anew in memory: see
`innspill.rebuild`. What a file says of itself is believed of nothing: it only tells what to make.
"""

from __future__ import annotations

from pathlib import Path

from innspill.project import Project
from innspill.verification import Verification
from innspill.verify_seal import Roots, verify_file, verify_site


def verify_paths(
    project: Project, paths: tuple[Path, ...], seconds: int, roots: Roots = ()
) -> tuple[Verification, ...]:
    """What is found of each path; each may take so many `seconds` to be made anew.

    Raises OSError, PrintLibraryMissing and MachineFault.
    """
    return tuple(
        (verify_site if path.is_dir() else verify_file)(project, path, seconds, roots)
        for path in paths
    )
