"""Why a folder can't be exchanged as a whole, as far as one can see beforehand.

The rest shows only in the doing: `staging` and `exchange` raise Refused then.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from innspill.messages import Message, say
from innspill.project import STATE
from innspill.publish.plan import Survey
from innspill.publish.state import State
from innspill.publish.tree import Kind


def refusal(found: Survey, state: State) -> Message | None:
    """The reason, as a sentence; None where there is none."""
    if found.kinds and found.manifest is None:
        return say("The folder holds files, but no manifest of ours.")
    if state.is_linked:
        return say("The folder is reached by a link.")
    if (state.folder / STATE).exists():
        return say("The folder holds {path}.", path=state.folder / STATE)
    if _is_working_folder(state.folder):
        return say("The program was started inside the folder.")
    if not state.folder.exists():
        return None
    user, work = os.geteuid(), str(state.work)
    for path, kind in {"": Kind.FOLDER, **found.kinds}.items():
        if kind is Kind.OTHER:
            return say("{path} can be neither linked nor copied.", path=state.folder / path)
        if kind is not Kind.FOLDER:
            continue
        if user not in {0, found.status[path].st_uid}:
            return say("{path} belongs to another user.", path=state.folder / path)
        if _is_elsewhere(f"{state.folder}/{path}", work):
            return say(
                "{path} is on another disk than the folder around it.", path=state.folder / path
            )
    return None


def _is_working_folder(folder: Path) -> bool:
    try:
        return Path.cwd().is_relative_to(folder)
    except FileNotFoundError:
        return False


def _is_elsewhere(folder: str, work: str) -> bool:
    """Whether nothing can be renamed from the one to the other.

    A folder mounted from the same disk has the same device number, so only trying
    tells. The name doesn't exist: the system says so, unless it stops at the mount first.
    """
    nothing = f"{STATE}-nothing"
    try:
        os.rename(f"{folder}/{nothing}", f"{work}/{nothing}")  # noqa: PTH104  of every folder
    except OSError as error:
        return error.errno == errno.EXDEV
    return False
