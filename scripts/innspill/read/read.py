"""Everything of `content/` that the site is made of: which files, and what kind each is.

1. Find the Markdown files. 2. Tell by `index.md` which folders are consultations, and so what
kind each file is of. 3. Parse and scan each file. 4. Read the files that they name (images,
attachments).

Where the files are, on the disk or in a commit, is another's affair: `ContentFiles`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from innspill.blob import Blob
from innspill.diagnostics import Diagnostic, Location, error
from innspill.memory import Memory
from innspill.messages import say
from innspill.read.disk import DirectoryEntry, Disk, Remember
from innspill.read.pointers import LONGEST, pointer_fault
from innspill.read.scan import Scan, ScanInput, ScannedFile, parse, scan_all
from innspill.read.schema import SiteFront
from innspill.read.source import Hints, Source, hints_of, text_of
from innspill.read.unsaved import WithUnsaved

SITE = "index.md"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that is not Markdown and that a page names."""

    path: str
    """Its path inside `content/`."""
    shown: str
    """Its path as messages show it."""
    blob: Blob


@dataclass(frozen=True, slots=True)
class Content:
    """All of `content/` that the site is made of."""

    sources: tuple[Source, ...]
    """Of all Markdown files but the statements, which are parsed where their parts are made."""
    files: Mapping[str, NamedFile]
    faults: tuple[Diagnostic, ...]
    """Faults that belong to no source: the folder itself, its links."""
    named: frozenset[str] = frozenset()
    """The paths that its sources name, whether or not anything stands there."""
    others: tuple[DirectoryEntry, ...] = ()
    """What stands beside the Markdown files, used or not."""
    shown: str = ""
    """The folder as messages show it."""
    scanned: tuple[ScannedFile, ...] = ()
    """What planning needs to know of each Markdown file."""
    data: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The bytes of each Markdown file, by its path."""

    @property
    def site(self) -> SiteFront | None:
        """The front matter of the site's `index.md`."""
        root = next((each.front for each in self.sources if each.path == SITE), None)
        return root if isinstance(root, SiteFront) else None

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file that was read, by its path inside `content/`."""
        files = {file.path: file.blob.sha256 for file in self.files.values()}
        return files | {each.path: each.digest for each in self.scanned}

    def parsed(self) -> Iterator[Source]:
        """All Markdown files as sources, the statements too."""
        known = {each.path: each for each in self.sources}
        for each in self.scanned:
            data = self.data[each.path]
            yield known.get(each.path) or parse(each.path, each.shown, data, each.kind)

    def texts_of(self, shown: Collection[str]) -> dict[str, str]:
        """The texts of some of the Markdown files, by the paths that messages show."""
        return {e.shown: text_of(self.data[e.path]) for e in self.scanned if e.shown in shown}


class ContentFiles(Protocol):
    """The files below `content/`, wherever they are."""

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        """The paths of the Markdown files, and those that can't be taken, as faults.

        `shown` is the folder as messages show it.
        """

    def load(self, path: str) -> bytes:
        """The bytes of one of them."""

    def others(self) -> tuple[DirectoryEntry, ...]:
        """What stands beside the Markdown files, where that is known."""

    def find(self, path: str) -> Blob | None:
        """Any file that stands inside, None where there is none."""


def read(
    folder: Path,
    shown: str,
    memory: Memory | None = None,
    store: Remember | None = None,
    scan: Scan = scan_all,
    unsaved: Mapping[str, bytes] = MappingProxyType({}),
) -> Content:
    """Everything below `folder`; `shown` is the folder as messages show it.

    `memory` saves to read again what stands on the disk as it stood before, and to parse the
    same bytes again; `store` keeps the digests of large files, and `scan` may remember what
    it told of the same bytes. `unsaved` are Markdown files as an editor has them, by their paths.
    Raises OSError where the machine refuses to read.
    """
    once = memory or Memory()
    return read_files(WithUnsaved(Disk(folder, once, store), unsaved), shown, once, scan)


def read_files(
    given: ContentFiles, shown: str, memory: Memory | None = None, scan: Scan = scan_all
) -> Content:
    """Everything that is given; `memory` saves to parse the same bytes again.

    Raises what the files raise where they can't be read.
    """
    once = memory or Memory()
    paths, faults = given.markdown(shown)
    if odd := tuple(_other_indexes(paths, shown)):
        return Content((), {}, odd, frozenset(), (), shown)  # all else depends on what they hold
    data = {path: given.load(path) for path in paths}
    if SITE not in data:
        message = say("there is no {path}, which names the site", path=f"{shown}/{SITE}")
        hint = say("`innspill new` makes one")
        faults.append(error("no-site", message, Location(f"{shown}/{SITE}"), hint))
    hints = {path: once(hints_of, each) for path, each in data.items()}
    kinds = {path: kind_of(path, hints) for path in paths}
    sources = tuple(
        once(parse, path, f"{shown}/{path}", data[path], kind)
        for path, kind in kinds.items()
        if kind != "statement"
    )
    scanned = tuple(
        scan([ScanInput(path, f"{shown}/{path}", data[path], kinds[path]) for path in paths])
    )
    faults += _stray_statements(scanned, shown)
    named = dict.fromkeys(path for each in scanned for path in each.names)
    files = {
        path: once.only(NamedFile(path, f"{shown}/{path}", found))
        for path in named
        if not path.endswith(".md") and (found := given.find(path)) is not None
    }
    faults += (
        fault
        for file in files.values()
        if file.blob.size <= LONGEST
        if (fault := pointer_fault(file.blob.load(), file.path, Location(file.shown)))
    )
    return Content(
        sources, files, tuple(faults), frozenset(named), given.others(), shown, scanned, data
    )


def _other_indexes(paths: Iterable[str], shown: str) -> Iterator[Diagnostic]:
    """Each `Index.md`: Windows and Macs find it by that name, and no other system does."""
    for path in paths:
        name = path.rpartition("/")[2]
        if name != SITE and name.lower() == SITE:
            message = say('"{name}" is not read: small letters and capitals differ', name=name)
            hint = say('rename it "{name}"', name=SITE)
            yield error("file-name", message, Location(f"{shown}/{path}"), hint)


def kind_of(path: str, hints: Mapping[str, Hints]) -> str:
    """What kind of file stands in `path`; `hints` are those of all Markdown files."""
    if path == SITE:
        return "site"
    parent, _, name = path.rpartition("/")
    is_consultation = bool(parent) and _has_questions(f"{parent}/{SITE}", hints)
    if name == SITE:
        return "consultation" if is_consultation else "page"
    hint = hints[path]
    if not hint.is_page and (is_consultation or (parent and hint.has_committee)):
        return "statement"
    return "page"


def _has_questions(index: str, hints: Mapping[str, Hints]) -> bool:
    return index in hints and hints[index].has_questions


def _stray_statements(scanned: Sequence[ScannedFile], shown: str) -> Iterator[Diagnostic]:
    unread = {each.path for each in scanned if each.is_front_unread}
    cases = {each.path for each in scanned if each.kind == "consultation"}
    for each in scanned:
        index = f"{each.path.rpartition('/')[0]}/{SITE}"
        if index in unread:
            continue  # what it is to be is told when that is mended
        if each.kind == "statement" and index not in cases:
            message = say("the statement stands in a folder that is no consultation")
            hint = say("give {path} the key questions, with the questions", path=f"{shown}/{index}")
            yield error("no-consultation", message, Location(each.shown), hint)
