"""The one place that reads `content/`: which files there are, and what kind each is.

1. Find the Markdown files; leave out what begins with a dot or ends in a tilde.
2. Tell by `index.md` which folders are consultations, and so each file's schema.
3. Parse each file. 4. Read the files that they name (images, attachments).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from unicodedata import normalize

from innspill.diagnostics import Diagnostic, Location, error
from innspill.memory import Memory
from innspill.messages import say
from innspill.read.paths import inside, resolve
from innspill.read.schema import (
    AnyFront,
    ConsultationFront,
    PageFront,
    SiteFront,
    StatementFront,
)
from innspill.read.source import Hints, Source, hints_of, parse_source
from innspill.read.tree import targets_in

SITE = "index.md"
LEFT_ALONE = 3_000_000_000
"""Nanoseconds; longer than the ticks of any clock that stamps files (two seconds on FAT)."""

Parse = Callable[[str, str, bytes, type[AnyFront]], Source]
"""Makes a source of a path, the path as shown, the bytes and the schema: `parse_source`."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that is not Markdown and that a page names."""

    path: str
    """Its path inside `content/`."""
    shown: str
    """Its path as messages show it."""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Content:
    """All of `content/` that the site is made of."""

    sources: tuple[Source, ...]
    files: Mapping[str, File]
    faults: tuple[Diagnostic, ...]
    """Faults that belong to no source: the folder itself, its links."""

    @property
    def texts(self) -> dict[str, str]:
        """Each source's text by the path that messages show."""
        return {source.shown: source.text for source in self.sources}


def read(
    folder: Path, shown: str, parse: Parse = parse_source, memory: Memory | None = None
) -> Content:
    """Everything below `folder`; `shown` is the folder as messages show it.

    `memory` saves to read again what stands on the disk as it stood before, and to parse the
    same bytes again. Raises OSError where the machine refuses to read.
    """
    once = memory or Memory()
    found, faults = _find(folder, shown)
    data = {path: _bytes(entry, once) for path, entry in found.items()}
    if SITE not in data:
        message = say("there is no {path}, which names the site", path=f"{shown}/{SITE}")
        hint = say("`innspill new` makes one")
        faults.append(error("no-site", message, Location(f"{shown}/{SITE}"), hint))
    hints = {path: once(hints_of, each) for path, each in data.items()}
    parsed = [
        once(_parsed, parse, path, f"{shown}/{path}", data[path], _schema(path, hints))
        for path in found
    ]
    sources = tuple(source for source, _ in parsed)
    faults += _stray_statements(sources, hints, shown)
    named = dict.fromkeys(path for _, paths in parsed for path in paths)
    root = folder.resolve()
    files = {
        path: once(File, path, f"{shown}/{path}", _bytes(whole, once))
        for path in named
        if not path.endswith(".md") and (whole := _existing(folder / path, root))
    }
    return Content(sources, files, tuple(faults))


def _find(folder: Path, shown: str) -> tuple[dict[str, os.DirEntry[str]], list[Diagnostic]]:
    """The Markdown files by their paths inside `folder`."""
    found: dict[str, os.DirEntry[str]] = {}
    faults: list[Diagnostic] = []
    root = folder.resolve()
    for relative, entry in _entries(str(folder)):
        if not entry.name.lower().endswith(".md"):
            continue
        if not relative.isprintable() or "\\" in relative:
            shown_name = relative.encode("utf-8", "replace").decode()
            message = say("the file's name has characters that no address can have")
            faults.append(error("file-name", message, Location(f"{shown}/{shown_name}")))
        elif not _is_inside(entry, root):
            message = say("the file is a link that leads out of the content folder or nowhere")
            hint = say("put the file itself here")
            faults.append(error("outside", message, Location(f"{shown}/{relative}"), hint))
        else:
            found[relative] = entry
    return found, faults


def _entries(folder: str, within: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All files below a folder with their paths inside it: its own first, each by name.

    What is hidden is left out, and so are folders that are links.
    """
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    seen = [entry for entry in entries if not entry.name.startswith(".")]
    for entry in seen:
        is_folder = Path(entry.path).is_dir() if entry.is_symlink() else entry.is_dir()
        if not is_folder:
            yield within + entry.name, entry
    for entry in seen:
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, f"{within}{entry.name}/")


def _is_inside(entry: os.DirEntry[str], root: Path) -> bool:
    """Whether an entry is a file; only one that is a link can lead out of `root`."""
    if not entry.is_symlink():
        return entry.is_file()
    try:
        return Path(entry.path).resolve(strict=True).is_relative_to(root) and entry.is_file()
    except (OSError, RuntimeError):  # it leads nowhere, or in a circle
        return False


def _bytes(entry: os.DirEntry[str] | Path, once: Memory) -> bytes:
    """A file's bytes, read anew unless the file is the same and was left alone since.

    The system sets the time of a file's last change (`st_ctime_ns`) and no program can; but
    two changes within one of its ticks have the same, so a file that was changed just now is
    always read.
    """
    path, status = os.fspath(entry), entry.stat()
    if time.time_ns() - status.st_ctime_ns < LEFT_ALONE:
        return _read(path)
    stamp = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return once(_read, path, str(stamp))


def _read(path: str, _stamp: str = "") -> bytes:
    with FileIO(path) as file:
        return file.readall()


def _parsed(
    parse: Parse, path: str, shown: str, data: bytes, schema: type[AnyFront]
) -> tuple[Source, tuple[str, ...]]:
    """A source, and the files that it names."""
    source = parse(path, shown, data, schema)
    return source, _named(source)


def _schema(path: str, hints: Mapping[str, Hints]) -> type[AnyFront]:
    if path == SITE:
        return SiteFront
    parent, _, name = path.rpartition("/")
    is_consultation = bool(parent) and _has_questions(f"{parent}/{SITE}", hints)
    if name == SITE:
        return ConsultationFront if is_consultation else PageFront
    hint = hints[path]
    if not hint.is_page and (is_consultation or (parent and hint.has_committee)):
        return StatementFront
    return PageFront


def _has_questions(index: str, hints: Mapping[str, Hints]) -> bool:
    return index in hints and hints[index].has_questions


def _stray_statements(
    sources: Iterable[Source], hints: Mapping[str, Hints], shown: str
) -> Iterator[Diagnostic]:
    for source in sources:
        index = f"{source.path.rpartition('/')[0]}/{SITE}"
        if isinstance(source.front, StatementFront) and not _has_questions(index, hints):
            message = say("the statement stands in a folder that is no consultation")
            hint = say("give {path} the key questions, with the questions", path=f"{shown}/{index}")
            yield error("no-consultation", message, Location(source.shown), hint)


def _named(source: Source) -> tuple[str, ...]:
    """The paths inside `content/` that a source's links, images and attachments name."""
    named: dict[str | None, None] = {}
    if isinstance(source.front, ConsultationFront | StatementFront):
        named |= dict.fromkeys(inside(each.file, source.path) for each in source.front.attachments)
    named |= dict.fromkeys(resolve(target, source.path) for target in targets_in(source.body))
    return tuple(path for path in named if path)


def _existing(path: Path, root: Path) -> Path | None:
    """The file of that name, or of the same name in another form of Unicode (macOS writes NFD).

    None where there is none, or where it is a link that leads out of `root`.
    """
    try:
        if not path.is_file():
            path = next(
                each
                for each in (path.parent.iterdir() if path.parent.is_dir() else ())
                if normalize("NFC", each.name) == path.name and each.is_file()
            )
    except (OSError, StopIteration):  # OSError: a name that is longer than the disk allows
        return None
    return path if path.resolve().is_relative_to(root) else None
