"""The language server: what an editor sends and gets, in the protocol's own types.

Here alone are pygls and lsprotocol. Columns of the protocol are units of UTF-16, or of what the
editor and pygls agree upon; everywhere else they are characters.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from innspill import __version__
from innspill.diagnostics import Diagnostic, Location, Severity
from innspill.editor.answers import Answers, EditedText, column_in_line
from innspill.editor.checked import EditedProject
from innspill.editor.completion import Completion, Tell
from innspill.project import Project

PAUSE = 0.15
"""Seconds without a change after which the text is checked."""
KINDS = {
    "key": lsp.CompletionItemKind.Property,
    "value": lsp.CompletionItemKind.EnumMember,
    "question": lsp.CompletionItemKind.Reference,
    "quote": lsp.CompletionItemKind.Text,
}
SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
}
Locate = Callable[[Path], Project]
"""The project of a folder."""


def lines_of(text: str) -> list[str]:
    """The lines of a text as the protocol counts them."""
    return re.split(r"\r\n|\n|\r", text)


class _EditorServer(LanguageServer):
    """The projects of the files that are open, and what was told of them."""

    def __init__(self, locate: Locate, tell: Tell) -> None:
        super().__init__(
            "innspill", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full
        )
        self.locate, self.tell = locate, tell
        self.projects: dict[Path, EditedProject] = {}
        self.waiting: dict[EditedProject, asyncio.Task[None]] = {}
        self.told: dict[EditedProject, set[Path]] = {}

    async def watch(self) -> None:
        """Asks the editor to tell what others change on the disk, where it can."""
        able = self.client_capabilities.workspace
        watching = able.did_change_watched_files if able else None
        if not (watching and watching.dynamic_registration):
            return
        globs = [lsp.FileSystemWatcher(f"**/{each}/**") for each in ("content", "templates")]
        wish = lsp.Registration(
            "files",
            lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
            lsp.DidChangeWatchedFilesRegistrationOptions(globs),
        )
        await self.client_register_capability_async(lsp.RegistrationParams([wish]))

    def project_of(self, uri: str) -> EditedProject | None:
        """The project that a file belongs to: the nearest folder above it with a `content/`."""
        file = _file_of(uri)
        if file is None or file.suffix != ".md":
            return None
        for folder in file.parents:
            if folder.name == "content":
                home = folder.parent
                if home not in self.projects:
                    self.projects[home] = EditedProject(self.locate(home))
                return self.projects[home]
        return None

    def text_of(self, uri: str, project: EditedProject) -> EditedText:
        """A file as the editor holds it."""
        text = self.workspace.get_text_document(uri).source
        file = _file_of(uri)
        assert file
        return EditedText(project.path_of(file) or "", text, lines_of(text))

    def unsaved(self, project: EditedProject) -> dict[str, bytes]:
        """All texts of a project that the editor holds, by their paths in `content/`."""
        texts = [
            self.text_of(uri, project)
            for uri in self.workspace.text_documents
            if self.project_of(uri) is project
        ]
        return {each.path: each.data for each in texts}

    def changed(self, project: EditedProject) -> None:
        """Has a project checked when nothing more has changed for a while."""
        if task := self.waiting.get(project):
            task.cancel()
        self.waiting[project] = asyncio.create_task(self._check_soon(project))

    async def _check_soon(self, project: EditedProject) -> None:
        await asyncio.sleep(PAUSE)
        await self.check(project)

    async def check(self, project: EditedProject) -> None:
        """Checks a project, and tells of all files in which something is or was wrong."""
        texts = self.unsaved(project)
        await asyncio.to_thread(project.check, texts)
        if texts != self.unsaved(project):
            return  # it was changed meanwhile, and is checked again
        found = project.faults()
        for file in {*found, *self.told.get(project, ())}:
            self.tell_of(project, file, found.get(file, ()))
        self.told[project] = set(found)

    def tell_of(self, project: EditedProject, file: Path, faults: Sequence[Diagnostic]) -> None:
        """Sends what is wrong with a file."""
        opened = (each for each in self.workspace.text_documents if _file_of(each) == file)
        uri = next(opened, None)  # which may lead there by a link
        text = self.workspace.get_text_document(uri).source if uri else project.text_of(faults)
        uri, lines = uri or from_fs_path(str(file)), lines_of(text)
        assert uri
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri, [self._diagnostic(each, lines) for each in faults])
        )

    def _diagnostic(self, each: Diagnostic, lines: Sequence[str]) -> lsp.Diagnostic:
        words = [self.tell(each.message), *([self.tell(each.hint)] if each.hint else [])]
        line = lines[each.at.line - 1].rstrip() if each.at.line <= len(lines) else ""
        end = Location(each.at.path, each.at.line, max(len(line), each.at.column) + 1)
        return lsp.Diagnostic(
            range=lsp.Range(self.position(each.at, lines), self.position(end, lines)),
            message="\n".join(words),
            severity=SEVERITIES[each.severity],
            code=each.code,
            source="innspill",
        )

    def position(self, at: Location, lines: Sequence[str]) -> lsp.Position:
        """A place in a file in the protocol's units."""
        line = lines[at.line - 1] if at.line <= len(lines) else ""
        before = line[: column_in_line(line, at.column)]
        return lsp.Position(at.line - 1, self.workspace.position_codec.client_num_units(before))

    def column(self, at: lsp.Position, lines: Sequence[str]) -> int:
        """The column of a place of the protocol, in characters."""
        line = lines[at.line] if at.line < len(lines) else ""
        count = self.workspace.position_codec.client_num_units
        ends = range(len(line) + 1)
        return next((each for each in ends if count(line[:each]) >= at.character), len(line))

    async def answers(self, uri: str) -> Answers | None:
        """What answers for a file, checked once at least; None for files of no project."""
        project = self.project_of(uri)
        if project is None:
            return None
        if project.checked is None:
            await self.check(project)
        return Answers(project, self.text_of(uri, project), self.tell)

    def item(self, each: Completion, rank: int, typed: str, at: lsp.Range) -> lsp.CompletionItem:
        """A suggestion as editors list it, in our order and whatever they compare it with."""
        return lsp.CompletionItem(
            label=each.label,
            kind=KINDS[each.kind],
            detail=each.detail or None,
            documentation=each.doc or None,
            filter_text=typed or each.label,
            sort_text=f"{rank:04}",
            text_edit=lsp.TextEdit(at, each.insert),
        )

    async def completion(self, params: lsp.CompletionParams) -> lsp.CompletionList | None:
        """What may be written at a cursor."""
        answers = await self.answers(params.text_document.uri)
        if answers is None:
            return None
        lines, row = answers.text.lines, params.position.line
        offer = answers.offer(row, self.column(params.position, lines))
        if offer is None:
            return None
        before = lines[row][: offer.start], lines[row][: offer.end]
        start, end = map(self.workspace.position_codec.client_num_units, before)
        at = lsp.Range(lsp.Position(row, start), lsp.Position(row, end))
        items = [self.item(e, n, offer.typed, at) for n, e in enumerate(offer.completions)]
        return lsp.CompletionList(is_incomplete=True, items=items)

    async def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        """What a key holds."""
        answers = await self.answers(params.text_document.uri)
        if answers is None:
            return None
        column = self.column(params.position, answers.text.lines)
        if not (told := answers.explanation(params.position.line, column)):
            return None
        name, words = told
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, f"**{name}** – {words}"))

    async def definition(self, params: lsp.DefinitionParams) -> lsp.Location | None:
        """The passage that a quote names."""
        answers = await self.answers(params.text_document.uri)
        if answers is None:
            return None
        lines = answers.text.lines
        found = answers.definition(params.position.line, self.column(params.position, lines))
        if found is None:
            return None
        places = (self.position(each, lines) for each in (found.begin, found.end))
        return lsp.Location(params.text_document.uri, lsp.Range(*places))


def _file_of(uri: str) -> Path | None:
    path = to_fs_path(uri)
    return Path(path).resolve() if path else None


def make_server(locate: Locate, tell: Tell) -> LanguageServer:
    """The server with all that it answers."""
    server = _EditorServer(locate, tell)

    @server.feature(lsp.INITIALIZED)
    async def initialized(_: lsp.InitializedParams) -> None:
        await server.watch()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def changed(
        params: lsp.DidOpenTextDocumentParams
        | lsp.DidChangeTextDocumentParams
        | lsp.DidCloseTextDocumentParams,
    ) -> None:
        if project := server.project_of(params.text_document.uri):
            server.changed(project)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def saved(_: lsp.DidSaveTextDocumentParams | lsp.DidChangeWatchedFilesParams) -> None:
        for project in server.projects.values():
            project.saved()
            server.changed(project)

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[" ", '"', "#"])
    )
    async def completion(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        return await server.completion(params)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        return await server.hover(params)

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        return await server.definition(params)

    return server
