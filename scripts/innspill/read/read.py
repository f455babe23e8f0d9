"""The one place that reads `content/`: which files there are, and what kind each is.

1. Find the Markdown files; leave out what begins with a dot or ends in a tilde.
2. Tell by `index.md` which folders are consultations, and so each file's schema.
3. Parse each file. 4. Read the files that they name (images, attachments).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from innspill.diagnostics import Diagnostic, Location, error
from innspill.messages import say
from innspill.read.paths import inside, resolve
from innspill.read.schema import (
    AnyFront,
    ConsultationFront,
    PageFront,
    SiteFront,
    StatementFront,
)
from innspill.read.source import Source, decode, has_key, parse_source

SITE = "index.md"

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


def read(folder: Path, shown: str, parse: Parse = parse_source) -> Content:
    """Everything below `folder`; `shown` is the folder as messages show it.

    Raises OSError where the machine refuses to read.
    """
    paths, faults = _find(folder, shown)
    data = {path: (folder / path).read_bytes() for path in paths}
    if SITE not in data:
        message = say("there is no {path}, which names the site", path=f"{shown}/{SITE}")
        hint = say("`innspill new` makes one")
        faults.append(error("no-site", message, Location(f"{shown}/{SITE}"), hint))
    texts = {path: decode(each, path)[0] for path, each in data.items()}
    sources = tuple(
        parse(path, f"{shown}/{path}", data[path], _schema(path, texts)) for path in paths
    )
    faults += _stray_statements(sources, texts, shown)
    files = {path: file for path in _named(sources) if (file := _file(folder, path, shown))}
    return Content(sources, files, tuple(faults))


def _find(folder: Path, shown: str) -> tuple[list[str], list[Diagnostic]]:
    found: list[str] = []
    faults: list[Diagnostic] = []
    root = folder.resolve()

    def refuse(fault: OSError) -> None:
        raise fault

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith(".") or path.suffix.lower() != ".md":
                continue
            relative = path.relative_to(folder).as_posix()
            if not relative.isprintable() or "\\" in relative:
                shown_name = relative.encode("utf-8", "replace").decode()
                message = say("the file's name has characters that no address can have")
                faults.append(error("file-name", message, Location(f"{shown}/{shown_name}")))
                continue
            if not path.resolve().is_relative_to(root) or not path.is_file():
                message = say("the file is a link that leads out of the content folder or nowhere")
                hint = say("put the file itself here")
                faults.append(error("outside", message, Location(f"{shown}/{relative}"), hint))
                continue
            found.append(relative)
    return found, faults


def _schema(path: str, texts: Mapping[str, str]) -> type[AnyFront]:
    if path == SITE:
        return SiteFront
    parent, _, name = path.rpartition("/")
    index = f"{parent}/{SITE}" if parent else ""
    is_consultation = has_key(texts.get(index, ""), "questions")
    if name == SITE:
        return ConsultationFront if is_consultation else PageFront
    is_page = has_key(texts[path], "kind", "page")
    if not is_page and (is_consultation or (parent and has_key(texts[path], "committee"))):
        return StatementFront
    return PageFront


def _stray_statements(
    sources: Iterable[Source], texts: Mapping[str, str], shown: str
) -> Iterator[Diagnostic]:
    for source in sources:
        index = f"{source.path.rpartition('/')[0]}/{SITE}"
        if isinstance(source.front, StatementFront) and not has_key(
            texts.get(index, ""), "questions"
        ):
            message = say("the statement stands in a folder that is no consultation")
            hint = say("give {path} the key questions, with the questions", path=f"{shown}/{index}")
            yield error("no-consultation", message, Location(source.shown), hint)


def _named(sources: Iterable[Source]) -> Iterator[str]:
    """The paths inside `content/` that links, images and attachments of the sources name."""
    for source in sources:
        if isinstance(source.front, ConsultationFront | StatementFront):
            for each in source.front.attachments:
                if path := inside(each.file, source.path):
                    yield path
        for block in (*source.body.blocks, *source.body.notes):
            for element in block.walk():
                target = element.get("href") or element.get("src")
                if target and (path := resolve(target, source.path)):
                    yield path


def _file(folder: Path, path: str, shown: str) -> File | None:
    if path.endswith(".md") or (whole := _existing(folder / path)) is None:
        return None
    if not whole.resolve().is_relative_to(folder.resolve()):
        return None
    return File(path, f"{shown}/{path}", whole.read_bytes())


def _existing(path: Path) -> Path | None:
    """The file of that name, or of the same name in another form of Unicode (macOS writes NFD)."""
    try:
        if path.is_file():
            return path
        alike = [
            each
            for each in (path.parent.iterdir() if path.parent.is_dir() else ())
            if normalize("NFC", each.name) == path.name and each.is_file()
        ]
    except OSError:  # a name that is longer than the disk allows
        return None
    return alike[0] if alike else None
