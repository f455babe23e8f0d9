"""The manual: pages that Innspill makes of its own sources, kept in the user's cache.

The sources come with the program, in a wheel as in a checkout. The folder's name holds the
digest of all that the pages are made from, so that another program, or another text, makes
another manual.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from innspill.failure import MachineFault
from innspill.messages import say
from innspill.own_folders import STATE, cache_path, discard, make_own_folder
from innspill.project import PACKAGE, BuildOptions, Project, Step, shipped
from innspill.unchanged import digest_of, files_below

NAME = "manual-"
"""How the names of the cache's manuals begin."""


def open_manual(language: str, on_step: Step) -> Path:
    """The manual's first page in a language, or else in English; made where it is not there yet.

    Raises OSError, and MachineFault where the manual can't be made.
    """
    cache = cache_path()
    make_own_folder(cache, cache.parent)
    cache.chmod(0o700)  # whatever the group may do around it
    folder = cache / f"{NAME}{_digest()}"
    if not (folder / "index.html").is_file():
        discard(folder)
        _make(folder, cache / "store", on_step)
        _forget_others(folder)
    return folder / ("nb" if language in {"nb", "nn"} else "en") / "index.html"


def project_folder() -> Path:
    """The manual's own project, with its texts and templates: in the wheel, or in the checkout."""
    inside = PACKAGE / "manual_project"
    return inside if inside.is_dir() else PACKAGE.parent / "manual"


def _digest() -> str:
    """What tells the manual of this program from any other: its texts, code and templates."""
    whole = hashlib.sha256()
    manual = project_folder()
    for folder in (manual / "content", manual / "templates", PACKAGE, shipped()):
        for path in files_below(str(folder)):
            whole.update(f"{os.path.relpath(path, folder)}\0{digest_of(path)}\n".encode())
    return whole.hexdigest()[:16]


def _make(folder: Path, store: Path, on_step: Step) -> None:
    from innspill.build import build

    manual = project_folder()
    place = Project(manual / "content", manual / "templates", folder, store, store_is_named=True)
    if not build(place, BuildOptions(with_pdf=False), on_step).is_done:
        raise MachineFault(
            say(
                "the manual has faults; `innspill check --project {path}` tells them",
                path=manual,
            )
        )


def _forget_others(folder: Path) -> None:
    """Takes away the manuals that other programs and texts have made, and their state."""
    cache = folder.parent
    for within in (cache, cache / STATE / "publish"):
        for path in within.glob(f"{NAME}*"):
            if path.name != folder.name:
                discard(path)
