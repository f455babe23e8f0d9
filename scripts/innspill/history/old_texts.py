"""A statement as it was in a commit: found there, taken as bytes, and read like today's.

Only what it depends on is taken: itself, its consultation, the site, and the pages that it
links to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from innspill.blob import Blob
from innspill.diagnostics import Diagnostic
from innspill.git_facts import OldText
from innspill.history.files import CommittedFiles
from innspill.read.disk import DirectoryEntry
from innspill.read.paths import path_key
from innspill.read.read import SITE, Content, kind_of, read_files
from innspill.read.scan import Scan, ScanInput
from innspill.read.source import front_of, has_key, hints_of


@dataclass(frozen=True, slots=True)
class OldTextQuery:
    """Whose old text is looked for."""

    path: str
    """The statement's path today."""
    committee: str
    former: tuple[str, ...] = ()
    """What it was called before, the last name first."""
    around: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    """The site's and the consultation's `index.md` of today, taken where the commit has none."""


def path_then(lookup: OldTextQuery, then: CommittedFiles) -> str | None:
    """The path that the statement had: today's, else a former one, the committee's first.

    Else that of the committee's only file in the folder. Raises HistoryFault.
    """
    names = [path for path in (lookup.path, *lookup.former) if path in then.blobs]
    if names:
        return next((path for path in names if _is_of(lookup, then, path)), names[0])
    folder = PurePosixPath(lookup.path).parent
    found = [
        path
        for path in then.markdown("")[0]
        if PurePosixPath(path).parent == folder and _is_of(lookup, then, path)
    ]
    return found[0] if len(found) == 1 else None


def _is_of(lookup: OldTextQuery, then: CommittedFiles, path: str) -> bool:
    """Whether a text of a commit is of the committee that is asked for."""
    front = front_of(then.load(path)) if then.is_small(path) else ""
    return has_key(front, "committee", lookup.committee)


def take_text(
    path: str, lookup: OldTextQuery, then: CommittedFiles, shown: str, scan: Scan
) -> OldText:
    """What the statement in `path` is read from in a commit, whose folder is `shown`.

    Raises HistoryFault where the repository lacks its objects.
    """
    data = {**_borrowed(path, lookup, then), path: then.load(path)}
    (statement,) = scan([ScanInput(path, f"{shown}/{path}", data[path], "statement")])
    linked = (each for each in statement.names if each.endswith(".md"))
    for each in (SITE, index_beside(path), *linked):
        if each not in data and each in then.blobs:
            data[each] = then.load(each)
    hints = {each: hints_of(text) for each, text in data.items()}
    scanned = scan(
        [
            ScanInput(each, f"{shown}/{each}", text, kind_of(each, hints))
            for each, text in data.items()
        ]
    )
    named = sorted({name for each in scanned for name in each.names})
    blobs = ((name, then.find(name)) for name in named if not name.endswith(".md"))
    return OldText(
        path,
        tuple((each, data[each]) for each in sorted(data, key=path_key)),
        tuple((name, blob) for name, blob in blobs if blob),
    )


def _borrowed(path: str, lookup: OldTextQuery, then: CommittedFiles) -> dict[str, bytes]:
    """Today's indexes, by their paths of that time, where the commit has none that will do."""
    found: dict[str, bytes] = {}
    for name, text in lookup.around:
        each = index_beside(path) if name == index_beside(lookup.path) else name
        is_there = each in then.blobs
        if not is_there or (each != SITE and not hints_of(then.load(each)).has_questions):
            found[each] = text
    return found


def index_beside(path: str) -> str:
    """The path of the `index.md` in the folder of a file."""
    return str(PurePosixPath(path).parent / SITE)


@dataclass(frozen=True, slots=True)
class _OldFiles:
    """The files of an old text, to be read like today's."""

    sources: Mapping[str, bytes]
    files: Mapping[str, Blob]

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        return list(self.sources), []

    def load(self, path: str) -> bytes:
        return self.sources[path]

    def others(self) -> tuple[DirectoryEntry, ...]:
        return ()

    def find(self, path: str) -> Blob | None:
        return self.files.get(path)


def read_text(text: OldText, shown: str) -> Content:
    """An old text as content; `shown` is the folder that it stood in, as messages show it."""
    return read_files(_OldFiles(dict(text.sources), dict(text.files)), shown)
