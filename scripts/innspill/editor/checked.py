"""A project as an editor has it: its files with what is not saved yet, checked as `check` does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from innspill.build import CheckedSite, check_content
from innspill.compose.inputs import StatementInput, composed
from innspill.diagnostics import Diagnostic, bounded
from innspill.executor import Executor
from innspill.failure import as_diagnostic
from innspill.kept_texts import TextsLetGo
from innspill.memory import Memory
from innspill.model import Statement
from innspill.project import BuildOptions, Project
from innspill.read.scan import parse
from innspill.read.source import Source
from innspill.remembered import InProcess, InStore, Remembered
from innspill.render.templates import TemplateFault, Templates
from innspill.runtime import Runtime
from innspill.shortcut import digest_of_program
from innspill.store import ReadOnly, believed


class EditedProject:
    """A project whose Markdown files an editor holds; what is alike is not made again."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.checked: CheckedSite | None = None
        self._memory, self._made, self._one_at_a_time = Memory(), InProcess(), Lock()
        self._templates: Templates | None = None
        self._failed: Diagnostic | None = None

    def saved(self) -> None:
        """Takes note that files were saved, templates perhaps."""
        self._templates = None

    def check(self, unsaved: Mapping[str, bytes]) -> None:
        """Checks the project with the texts of an editor, by their paths in `content/`.

        Writes nothing. What keeps it from being checked is a fault as any other.
        """
        with self._one_at_a_time:
            try:
                self.checked = self._check(replace(self.project, unsaved=unsaved))
            except Exception as fault:  # whatever it is, the next change is a new attempt
                self._failed = as_diagnostic(fault, self.project.shown_content)
                if isinstance(fault, TemplateFault):
                    self._failed = fault.diagnostic
            else:
                self._failed = None

    def _check(self, project: Project) -> CheckedSite:
        if self._templates is None:
            self._templates = Templates(project.templates, project.limits).by_value()
        kept = InStore(ReadOnly(believed(project)))
        remembered = Remembered(digest_of_program(project), self._made, kept)
        with Executor() as executor:
            runtime = Runtime(remembered, executor, self._memory, texts=TextsLetGo())
            checked = check_content(project, BuildOptions(), runtime, self._templates)
        self._templates = checked.templates
        self._memory.forget_unused()
        self._made.forget_unused()
        return checked

    def faults(self) -> dict[Path, list[Diagnostic]]:
        """What was found, by file; what is in no file of the disk is told of the site's index."""
        found: defaultdict[Path, list[Diagnostic]] = defaultdict(list)
        known = self.checked.diagnostics if self.checked else ()
        for each in bounded((self._failed,) if self._failed else known):
            path = Path(each.at.path).resolve()
            is_file = path.is_file() or path.suffix == ".md"
            found[path if is_file else self.file_of("index.md")].append(each)
        return dict(found)

    def text_of(self, faults: Sequence[Diagnostic]) -> str:
        """The text that faults of one file stand in, as it was read."""
        texts = self.checked.texts if self.checked else {}
        return next((texts[each.at.path] for each in faults if each.at.path in texts), "")

    def path_of(self, file: Path) -> str | None:
        """The path inside `content/` of a file, None where it stands elsewhere."""
        folder = self.project.content.resolve()
        return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else None

    def file_of(self, path: str) -> Path:
        """The file with a path inside `content/`."""
        return self.project.content.resolve() / path

    def statement(self, path: str, data: bytes) -> tuple[StatementInput, Source, Statement] | None:
        """A statement as it is typed now, by what was known of all else at the last check."""
        known = self.checked.plan.input(path) if self.checked else None
        if known is None:
            return None
        given = replace(known, data=data)
        source = parse(path, given.shown, data, "statement")
        return None if source.is_unread else (given, source, composed(given, source))
