"""Everything of `content/` that the site is made of: which files, and what kind each is.

1. Find the Markdown files. 2. Tell by `index.md` which folders are consultations, and so
each file's schema. 3. Parse each file. 4. Read the files that they name (images, attachments).

Where the files are, on the disk or in a commit, is another's affair: `Files`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from innspill.diagnostics import Diagnostic, Location, error
from innspill.messages import say
from innspill.read.disk import Disk
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
    def site(self) -> SiteFront | None:
        """The front matter of the site's `index.md`."""
        root = next((each.front for each in self.sources if each.path == SITE), None)
        return root if isinstance(root, SiteFront) else None

    @property
    def texts(self) -> dict[str, str]:
        """Each source's text by the path that messages show."""
        return {source.shown: source.text for source in self.sources}


class Files(Protocol):
    """The files below `content/`, wherever they are."""

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        """The paths of the Markdown files, and those that can't be taken, as faults.

        `shown` is the folder as messages show it.
        """

    def load(self, path: str) -> bytes:
        """The bytes of one of them."""

    def find(self, path: str) -> bytes | None:
        """The bytes of any file that stands inside, None where there is none."""


def read(folder: Path, shown: str, parse: Parse = parse_source) -> Content:
    """Everything below `folder`; `shown` is the folder as messages show it.

    Raises OSError where the machine refuses to read.
    """
    return read_files(Disk(folder), shown, parse)


def read_files(given: Files, shown: str, parse: Parse = parse_source) -> Content:
    """Everything that is given.

    Raises what the files raise where they can't be read.
    """
    paths, faults = given.markdown(shown)
    data = {path: given.load(path) for path in paths}
    if SITE not in data:
        message = say("there is no {path}, which names the site", path=f"{shown}/{SITE}")
        hint = say("`innspill new` makes one")
        faults.append(error("no-site", message, Location(f"{shown}/{SITE}"), hint))
    texts = {path: decode(each, path)[0] for path, each in data.items()}
    sources = tuple(
        parse(path, f"{shown}/{path}", data[path], _schema(path, texts)) for path in paths
    )
    faults += _stray_statements(sources, texts, shown)
    files = {
        path: File(path, f"{shown}/{path}", found)
        for path in named_by(sources)
        if not path.endswith(".md") and (found := given.find(path)) is not None
    }
    return Content(sources, files, tuple(faults))


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


def named_by(sources: Iterable[Source]) -> Iterator[str]:
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
