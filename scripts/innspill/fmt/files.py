"""The files of a project put in their settled form, each written whole or left as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from innspill.diagnostics import Diagnostic, Severity
from innspill.durable import overwrite
from innspill.errors import WrongArguments
from innspill.fmt.source import formatted
from innspill.messages import say
from innspill.project import Project
from innspill.read.disk import Disk
from innspill.read.read import Content, read
from innspill.read.source import Source


class NotContent(WrongArguments):
    """A file was named that is none of the project's."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """What became of the files."""

    changed: tuple[str, ...]
    """Those that were not in their settled form, as messages show them."""
    unchanged: int
    faults: tuple[Diagnostic, ...]
    """Of the files that were left alone, since they can't be read without a doubt."""
    texts: dict[str, str] = field(repr=False)


def format_files(project: Project, names: Sequence[Path], *, is_written: bool) -> Formatted:
    """Formats the named files, or all; without `is_written` only tells which it would.

    Raises NotContent, and OSError.
    """
    content = read(project.content, project.shown_content)
    changed: list[str] = []
    faults: list[Diagnostic] = []
    unchanged = 0
    for source in _wanted(project, content, names):
        wrong = [each for each in source.faults if each.severity is Severity.ERROR]
        faults += wrong
        text = source.text if wrong else formatted(source)
        if text == source.text:
            unchanged += not wrong
            continue
        changed.append(source.shown)
        if is_written:
            overwrite(Disk(project.content).place(source.path), text.encode())
    texts = content.texts_of({each.at.path for each in faults})
    return Formatted(tuple(changed), unchanged, tuple(faults), texts)


def _wanted(project: Project, content: Content, names: Sequence[Path]) -> Iterator[Source]:
    disk = Disk(project.content)
    sources = {disk.place(each.path).resolve(): each for each in content.parsed()}
    if not names:
        yield from sources.values()
    for path in dict.fromkeys(name.resolve() for name in names):
        if path not in sources:
            shown = project.shown_content
            raise NotContent(say("{path} is no Markdown file of {folder}", path=path, folder=shown))
        yield sources[path]
