"""What lies in `content/` and is not used: told with what to do, so that nothing is lost unseen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from innspill.diagnostics import Diagnostic, Location, warning
from innspill.messages import Message, printable, say
from innspill.read.disk import DirectoryEntry, PathKind
from innspill.read.read import Content

MOST = 10
"""So many unused files of one folder are told of one by one: texts, and what is none."""
MOST_FOLDERS = 20
"""Of so many folders something is told."""
NAMED = 3
"""So many names stand in a message for all."""
ALMOST_PAGE = re.compile(
    r"(.+?)\s*[.,](md\.(txt|html?|docx?|md)|markdown|mdown|mkdn?|mdwn|mdtext|rmd|qmd|mdx|md[\s.]+)",
    re.IGNORECASE,
)
"""Names that were meant for a Markdown file's; Windows hides the last ending."""
TEXTS = frozenset({".txt", ".text", ".docx", ".doc", ".docm", ".dotx", ".odt", ".rtf", ".pages"})
"""The endings of what people write texts in."""


def files_are_used(content: Content, used: Collection[str]) -> tuple[Diagnostic, ...]:
    """What is said of all that no page shows, links to or lists; `used` are the paths that are."""
    by_folder: defaultdict[str, list[DirectoryEntry]] = defaultdict(list)
    shown = content.shown
    pages = {each.path for each in content.scanned}
    for each in content.others:
        if each.path not in used:
            by_folder[each.path.rpartition("/")[0]].append(each)
    folders = list(by_folder.items())
    found = [
        fault
        for folder, listed in folders[:MOST_FOLDERS]
        for is_meant in (True, False)
        for fault in _alike(folder, [e for e in listed if _is_meant(e) == is_meant], shown, pages)
    ]
    if rest := folders[MOST_FOLDERS:]:
        count = sum(len(each) for _, each in rest)
        message = say("in {n} more folders, {count} files are not used", n=len(rest), count=count)
        found.append(warning("unused", message, Location(shown), _advice()))
    return tuple(found)


def _is_meant(each: DirectoryEntry) -> bool:
    """Whether something was probably meant to be read."""
    name = each.path.rpartition("/")[2]
    return (
        each.kind is not PathKind.FILE
        or ALMOST_PAGE.fullmatch(name) is not None
        or PurePosixPath(name.lower()).suffix in TEXTS
    )


def _alike(
    folder: str, listed: list[DirectoryEntry], shown: str, pages: Collection[str]
) -> Iterator[Diagnostic]:
    if len(listed) <= MOST:
        for each in listed:
            message, hint = _told(each, pages)
            yield warning("unused", message, Location(f"{shown}/{printable(each.path)}"), hint)
        return
    names = ", ".join(printable(each.path.rpartition("/")[2]) for each in listed[:NAMED])
    message = say("{n} files here are not used, such as {names}", n=len(listed), names=names)
    at = Location(f"{shown}/{printable(folder)}".rstrip("/"))
    yield warning("unused", message, at, _advice())


def _told(each: DirectoryEntry, pages: Collection[str]) -> tuple[Message, Message]:
    name = each.path.rpartition("/")[2]
    match each.kind:
        case PathKind.FOLDER:
            message = say("this is a folder, but has a Markdown file's name")
            return message, say("a text is a file: put it beside the folder, or rename the folder")
        case PathKind.FOLDER_LINK:
            message = say("the folder is a link, so nothing in it is read")
            return message, say("put the folder itself here")
        case PathKind.LOST_LINK:
            message = say(
                "the file is a link that leads out of the content folder, "
                "to what is hidden, or nowhere"
            )
            return message, say("put the file itself here")
        case PathKind.ANNEXED:
            message = say("nothing links to this file, and git-annex keeps it elsewhere")
            return message, _advice()
        case PathKind.SPECIAL:
            message = say("this is no file, but a pipe, a socket or a device")
            return message, say("put a file here, or take it away")
    if found := ALMOST_PAGE.fullmatch(name):
        message = say("this is not read: a text's file name ends in .md")
        right = f"{each.path.removesuffix(name)}{found[1]}.md"
        if right in pages:
            hint = say('"{name}" stands beside it: move this one away', name=f"{found[1]}.md")
            return message, hint
        return message, say('rename it "{name}"', name=f"{printable(found[1])}.md")
    if PurePosixPath(name.lower()).suffix in TEXTS:
        message = say("this is not read: the texts of the site are Markdown files (.md)")
        hint = say(
            "if it is a page, write its text in a .md file; if it is to come along as it is, "
            "link to it or list it under attachments"
        )
        return message, hint
    return say("nothing links to this file, so it is not published"), _advice()


def _advice() -> Message:
    return say("link to it or list it under attachments; or move it out of the content folder")
