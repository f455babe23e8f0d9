"""Stamps: the last commit that changed what a statement shows, or that it is not committed.

A statement shows itself, its consultation's index, the site's, and its images and attachments.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from innspill.diagnostics import Diagnostic, Location, warning
from innspill.history.fault import UNSHALLOW
from innspill.history.tracked_files import TrackedFiles
from innspill.messages import Message, say
from innspill.model import Revision, Stamp
from innspill.read.edition import index_of
from innspill.read.read import SITE
from innspill.read.scan import ScannedFile

IsKept = Callable[[str], bool]
"""Whether the file of a path, which git has, stands on the disk as it stands in git."""


def shown_by(statement: ScannedFile, there: Collection[str]) -> tuple[str, ...]:
    """The paths of all that a statement shows, of those that are `there`."""
    index = index_of(statement.path)
    files = (path for path in statement.names if not path.endswith(".md"))
    return tuple(sorted({SITE, index, statement.path, *files}.intersection(there)))


def stamp_of(paths: Iterable[str], chronicle: TrackedFiles, is_kept: IsKept) -> Stamp | None:
    """The stamp of what shows these files, None where a shallow clone lacks what tells it.

    Raises HistoryFault.
    """
    known = {path for path in paths if path in chronicle.blobs and is_kept(path)}
    if not chronicle.changes.keys() >= known:
        return None
    changes = (chronicle.changes[path][0] for path in known)
    last = min(changes, key=lambda each: each.place, default=None)
    revision = Revision(last.commit.id, last.commit.day) if last else None
    return Stamp(revision, is_committed=known.issuperset(paths))


def cut_short(lost: Iterable[str], at: Location) -> Iterator[Diagnostic]:
    """What is said of statements that have no stamp."""
    if names := ", ".join(sorted(lost)):
        message = say(
            "the clone is shallow, so git can't tell when these were last changed: {names}",
            names=names,
        )
        yield _shallow(message, at)


def partly_told(paths: Iterable[str], at: Location) -> Iterator[Diagnostic]:
    """What is said of statements whose history is left out."""
    if names := ", ".join(sorted(paths)):
        message = say(
            "the clone is shallow, so the history of these is left out: {names}", names=names
        )
        yield _shallow(message, at)


def _shallow(message: Message, at: Location) -> Diagnostic:
    return warning("git-shallow", message, at, UNSHALLOW)
