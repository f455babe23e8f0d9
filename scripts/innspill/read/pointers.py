"""Files that stand elsewhere, by what is here in their place (Git LFS, git-annex)."""

from __future__ import annotations

import re

from innspill.diagnostics import Diagnostic, Location, error
from innspill.messages import say

LONGEST = 1024
"""How many bytes a pointer has at most (Git LFS, specification v1)."""
LFS = re.compile(
    rb"version https?://(git-lfs\.github\.com/spec/|hawser\.github\.com/|git-media\.io/)"
)
ANNEX = re.compile(rb"(\.\./|\.git/)*/?annex/objects/")
"""An unlocked file's pointer, or a link where the disk has none."""


def is_pointer(data: bytes) -> bool:
    """Whether a file's bytes are but a pointer to it."""
    return len(data) <= LONGEST and bool(LFS.match(data) or ANNEX.match(data))


def pointer_fault(data: bytes, path: str, at: Location) -> Diagnostic | None:
    """What is said of a pointer, None of any other file; `path` is its path in the content."""
    if not is_pointer(data):
        return None
    if ANNEX.match(data):
        return annexed(path, at)
    message = say("the file is not here, only the pointer to it that Git LFS keeps")
    return error("not-fetched", message, at, say("fetch it with `git lfs pull`"))


def annexed(path: str, at: Location) -> Diagnostic:
    """What is said of a file that git-annex keeps."""
    message = say("the file is not here, only the pointer to it that git-annex keeps")
    hint = say(
        "in its folder: `git annex get {name}`, then `git annex unlock {name}`",
        name=path.rpartition("/")[2],
    )
    return error("not-fetched", message, at, hint)
