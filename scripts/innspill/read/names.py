"""What a file's name says: whether it is a page, and whether an address can be made of it."""

from __future__ import annotations

import re
from posixpath import basename

from innspill.diagnostics import Diagnostic, Location, error
from innspill.messages import Message, printable, say

LONGEST = 240
"""How many characters an address may have: Windows refuses paths of more than 260."""
NOT_ON_WINDOWS = '<>:"|?*'
DEVICES = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE
)
"""The names that Windows keeps for devices, whatever stands behind a dot."""
LEFTOVERS = frozenset(
    {
        "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "@eadir", "#recycle",
        "$recycle.bin", "recycler", "system volume information", "lost+found",
    }
)  # fmt: skip
"""What systems leave in folders that they show or share."""
BACKUPS = ("~", ".bak", ".orig", ".rej", ".swp", ".swo", ".tmp", ".part", ".crdownload")
"""How names end that editors, git and browsers give to what is old or not whole yet."""


def is_page(path: str) -> bool:
    """Whether a file of that name is Markdown that is published."""
    name = basename(path)
    return name.lower().endswith(".md") and not name.startswith(".") and not is_leftover(name)


def is_leftover(name: str) -> bool:
    """Whether a name is one that a system or an editor gives, and no person."""
    folded = name.lower()
    return (
        folded in LEFTOVERS
        or folded.endswith(BACKUPS)
        or folded.startswith(("~$", ".~"))
        or (folded.startswith("#") and folded.endswith("#"))
    )


def bad_name(path: str, shown: str) -> Diagnostic | None:
    """The fault of a path that no address can be made of."""
    at = Location(f"{shown}/{printable(path)}")
    if not path.isprintable() or "\\" in path:
        message = say("the file's name has characters that no address can have")
        return error("file-name", message, at, say("rename it"))
    return None


def flaw_of(name: str) -> Message | None:
    """Why a file or a folder of that name can't be copied to every disk, None where it can."""
    if not name.isprintable() or "\\" in name:
        return say('"{name}" has characters that no address can have', name=printable(name))
    if odd := [each for each in NOT_ON_WINDOWS if each in name]:
        return say(
            '"{name}" can\'t be copied to a Windows share, because of: {signs}',
            name=name,
            signs=" ".join(odd),
        )
    if DEVICES.fullmatch(name):
        return say('"{name}" can\'t be copied to a Windows share: it is a device there', name=name)
    if name.endswith((" ", ".")):
        return say('"{name}" ends in a space or a dot, which a Windows share drops', name=name)
    return None
