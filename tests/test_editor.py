"""`innspill lsp` in a real client, over its own input and output: what an editor is told."""

from __future__ import annotations

import asyncio
import os
import sys
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from sites import ANSWERS, EXAMPLE, HEAD, ROOT, innspill, write

from innspill.editor.completion import as_yaml
from innspill.editor.cursor import cursor_at
from innspill.read.yaml_nodes import parse_front_matter

PATH = "content/sak/eksempel.md"
FRONT = HEAD.removesuffix("---\n")
PATIENCE = 60
"""Seconds after which a test is given up."""


class Editor:
    """An editor with one file open."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.faults: dict[str, list[lsp.Diagnostic]] = {}
        self.news = asyncio.Event()
        self.version = 0
        self.watches: list[str] = []

        @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def told(params: lsp.PublishDiagnosticsParams) -> None:
            self.faults[params.uri] = list(params.diagnostics)
            self.news.set()

        @client.feature(lsp.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
        def asked(params: lsp.RegistrationParams) -> None:
            self.watches += [each.method for each in params.registrations]
            self.news.set()

    def uri(self, path: str = PATH) -> str:
        return (self.folder / path).as_uri()

    def open(self, text: str, path: str = PATH) -> None:
        item = lsp.TextDocumentItem(self.uri(path), "markdown", 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def type(self, text: str, path: str = PATH) -> None:
        """The whole text as it is after typing."""
        self.version += 1
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri(path)),
                [lsp.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def save(self) -> None:
        params = lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(self.uri()))
        self.client.text_document_did_save(params)

    async def told(self, *codes: str, path: str = PATH) -> list[lsp.Diagnostic]:
        """Waits until these are the faults of a file."""
        while [each.code for each in self.faults.get(self.uri(path), [])] != list(codes):
            self.news.clear()
            await self.news.wait()
        return self.faults.get(self.uri(path), [])

    def _at(self, row: int, column: int) -> tuple[lsp.TextDocumentIdentifier, lsp.Position]:
        return lsp.TextDocumentIdentifier(self.uri()), lsp.Position(row, column)

    async def completed(self, row: int, column: int) -> list[lsp.CompletionItem]:
        params = lsp.CompletionParams(*self._at(row, column))
        found = await self.client.text_document_completion_async(params)
        assert isinstance(found, lsp.CompletionList)
        return list(found.items)

    async def labels(self, row: int, column: int) -> list[str]:
        return [each.label for each in await self.completed(row, column)]

    async def hovered(self, row: int, column: int) -> str:
        params = lsp.HoverParams(*self._at(row, column))
        found = await self.client.text_document_hover_async(params)
        assert found
        assert isinstance(found.contents, lsp.MarkupContent)
        return found.contents.value

    async def definition(self, row: int, column: int) -> lsp.Range | None:
        params = lsp.DefinitionParams(*self._at(row, column))
        found = await self.client.text_document_definition_async(params)
        assert found is None or isinstance(found, lsp.Location)
        assert found is None or found.uri == self.uri()
        return found.range if found else None


@asynccontextmanager
async def editor(folder: Path, language: str, unit: str) -> AsyncIterator[Editor]:
    client = LanguageClient("test", "0")
    found = Editor(client, folder)
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "scripts"), "LC_ALL": language,
    }  # fmt: skip
    await client.start_io(
        sys.executable, "-m", "innspill", "lsp", "--stdio", env=environment, cwd=folder.parent
    )
    general = lsp.GeneralClientCapabilities(position_encodings=[unit])
    watching = lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    capabilities = lsp.ClientCapabilities(
        lsp.WorkspaceClientCapabilities(did_change_watched_files=watching), general=general
    )
    params = lsp.InitializeParams(capabilities=capabilities, root_uri=folder.as_uri())
    answered = await client.initialize_async(params)
    assert answered.capabilities.position_encoding == unit
    client.initialized(lsp.InitializedParams())
    try:
        yield found
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()  # type: ignore[no-untyped-call]


def run(
    folder: Path,
    tried: Callable[[Editor], Awaitable[None]],
    language: str = "C.UTF-8",
    unit: str = "utf-16",
) -> None:
    """Tries something in an editor on the example site."""

    async def whole() -> None:
        async with asyncio.timeout(PATIENCE), editor(folder, language, unit) as one:
            await tried(one)

    # In a thread of its own: a browser that other tests drive has a loop in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(whole())).result()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "prosjekt", EXAMPLE)


def test_faults_come_while_typing_and_go_again(folder: Path) -> None:
    async def tried(one: Editor) -> None:
        one.open(EXAMPLE["sak/eksempel.md"].replace("status: adopted", "status: vedtat"))
        [fault] = await one.told("bad-value")
        assert fault.message == (
            'status: "vedtat" is not one of its values\n'
            'did you mean "vedtatt"? the values are: draft, adopted'
        )
        assert fault.range == lsp.Range(lsp.Position(3, 8), lsp.Position(3, 14))
        assert fault.severity == lsp.DiagnosticSeverity.Error
        one.type(EXAMPLE["sak/eksempel.md"].replace("status: adopted", "status: vedtatt"))
        await one.told()

    run(folder, tried)
    assert (folder / PATH).read_text(encoding="utf-8") == EXAMPLE["sak/eksempel.md"]
    assert {each.name for each in folder.iterdir()} == {"content"}, "nothing is written"


def test_the_messages_are_in_the_language_of_the_environment(folder: Path) -> None:
    async def tried(one: Editor) -> None:
        one.open(EXAMPLE["sak/eksempel.md"].replace("status: adopted", "status: vedtat"))
        [fault] = await one.told("bad-value")
        assert fault.message.endswith("gyldige verdier: utkast, vedtatt")
        assert await one.hovered(3, 2) == "**status** – draft (utkast) eller adopted (vedtatt)."
        [offered] = await one.completed(3, 12)
        assert (offered.label, offered.detail) == ("adopted", "vedtatt")

    run(folder, tried, "nb_NO.UTF-8")


def test_a_file_that_is_not_open_is_told_of_too(folder: Path) -> None:
    """A question that goes from the consultation leaves an answer without one."""

    async def tried(one: Editor) -> None:
        index = "content/sak/index.md"
        one.open(EXAMPLE["sak/index.md"].replace("id: to", "id: tre"), index)
        [fault] = await one.told("unknown-question")
        assert fault.range.start == lsp.Position(10, 0)
        one.type(EXAMPLE["sak/index.md"], index)
        await one.told()

    run(folder, tried)


def test_what_others_change_on_the_disk_is_seen_where_the_editor_tells(folder: Path) -> None:
    async def tried(one: Editor) -> None:
        while not one.watches:
            one.news.clear()
            await one.news.wait()
        assert one.watches == [lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES]
        index = folder / "content/sak/index.md"
        one.open(EXAMPLE["sak/eksempel.md"].replace("title", "titel"))
        await one.told("unknown-key")
        one.type(EXAMPLE["sak/eksempel.md"])
        await one.told()
        index.write_text(EXAMPLE["sak/index.md"].replace("id: to", "id: tre"), encoding="utf-8")
        change = lsp.FileEvent(index.as_uri(), lsp.FileChangeType.Changed)
        one.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([change]))
        await one.told("unknown-question")

    run(folder, tried)


def test_a_project_may_be_reached_by_a_link(folder: Path) -> None:
    link = folder.parent / "lenke"
    link.symlink_to(folder)

    async def tried(one: Editor) -> None:
        one.open(EXAMPLE["sak/eksempel.md"].replace("title", "titel"))
        await one.told("unknown-key")
        assert await one.labels(3, 8) == ["draft", "adopted"]

    run(link, tried)


def test_a_file_that_can_not_be_read_as_text_is_told_of(folder: Path) -> None:
    async def tried(one: Editor) -> None:
        (folder / "content/latin.md").write_bytes("---\ntitle: Åpent\n---\n".encode("latin-1"))
        one.open(EXAMPLE["sak/eksempel.md"])
        [fault] = await one.told("encoding", path="content/latin.md")
        assert fault.range.start == lsp.Position(1, 7)

    run(folder, tried)


def test_a_template_that_is_damaged_is_told_of_until_it_is_mended(folder: Path) -> None:
    template = folder / "templates" / "statement.html"
    template.parent.mkdir()
    template.write_text("{% if %}", encoding="utf-8")

    async def tried(one: Editor) -> None:
        one.open(EXAMPLE["sak/eksempel.md"])
        await one.told("template", path="templates/statement.html")
        assert await one.labels(3, 8) == ["draft", "adopted"], "help goes on"
        template.write_text('{% extends "base.html" %}', encoding="utf-8")
        one.save()
        await one.told(path="templates/statement.html")

    run(folder, tried)


def test_many_statements_are_checked_in_other_processes(folder: Path) -> None:
    """Which share the server's input and output, and may not disturb them."""
    for number in range(25):
        text = (HEAD + ANSWERS).replace("Eksempel bydels", f"Eksempel {number} bydels")
        (folder / f"content/sak/nr-{number}.md").write_text(text, encoding="utf-8")

    async def tried(one: Editor) -> None:
        one.open(EXAMPLE["sak/eksempel.md"].replace("{#to}", "{#tre}"))
        await one.told("unknown-question")
        one.type(EXAMPLE["sak/eksempel.md"])
        await one.told()

    run(folder, tried)


@pytest.mark.parametrize("unit", ["utf-16", "utf-8", "utf-32"])
def test_places_are_counted_in_the_units_that_were_agreed(folder: Path, unit: str) -> None:
    """In UTF-16 `𝒳` and `🙂` are two each, and `æ` is one; what is decomposed is two letters."""
    decomposed = unicodedata.normalize("NFD", "å")
    line = f"summary: [{{about: en, point: '𝒳🙂 æøå {decomposed}', quote: Sto aldri her}}]"

    async def tried(one: Editor) -> None:
        one.open(f"{FRONT}{line}\n---\n{ANSWERS}")
        *unfit, fault = await one.told("no-glyph", "no-glyph", "quote-missing")
        at = [fault.range.end, *(each.range.start for each in (*unfit, fault))]
        signs = (line, *(line.partition(each)[0] for each in ("𝒳", "🙂", "Sto")))
        assert [each.character for each in at] == [size(each) for each in signs]
        assert unit != "utf-16" or [each.character for each in at[1:]] == [30, 32, 51]

    def size(text: str) -> int:
        width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[unit]
        return len(text.encode(unit if width == 1 else f"{unit}-le")) // width

    run(folder, tried, unit=unit)


def test_keys_that_are_not_there_yet_are_offered(folder: Path) -> None:
    text = f"{FRONT}vote:\n  result: majority\n  \nsummary:\n  - about: en\n    \n---\n{ANSWERS}"

    async def tried(one: Editor) -> None:
        one.open(text)
        offered = await one.completed(6, 2)
        assert [each.label for each in offered] == ["for", "against", "parties"]
        assert offered[0].documentation == "Votes for the statement."
        assert isinstance(offered[0].text_edit, lsp.TextEdit)
        assert offered[0].text_edit.new_text == "for: "
        assert await one.labels(9, 4) == ["point", "quote", "suggested"]
        one.type(text.replace("  \nsum", "  \nst\nsum"))
        assert await one.labels(7, 2) == [], "status is there"
        one.type(text.replace("  \nsum", "  \npro\nsum"))
        [proposals] = await one.completed(7, 3)
        assert isinstance(proposals.text_edit, lsp.TextEdit)
        assert proposals.text_edit.new_text == "proposals:"
        assert proposals.text_edit.range == lsp.Range(lsp.Position(7, 0), lsp.Position(7, 3))

    run(folder, tried)


def test_values_and_ids_are_offered(folder: Path) -> None:
    text = f"{FRONT}vote: {{result: \nprints: [large, b\nsummary:\n  - about: \n---\n{ANSWERS}"

    async def tried(one: Editor) -> None:
        one.open(text)
        assert await one.labels(3, 8) == ["draft", "adopted"]
        assert await one.labels(4, 15) == ["unanimous", "majority"]
        assert await one.labels(5, 17) == ["booklet"]
        ids = await one.completed(7, 11)
        assert [(each.label, each.detail) for each in ids] == [
            ("en", "Det ene"), ("to", "Det andre"), ("general", None),
        ]  # fmt: skip
        one.type(EXAMPLE["sak/eksempel.md"].replace("{#to}", "{#en #"))
        assert await one.labels(10, 14) == ["en", "to"]

    run(folder, tried)


QUOTED = """
## Svar {#en}

Dette er svaret på det ene. Bydelene bør få *flere* oppgaver, ikke [færre](../index.md): det
er viktig. Alle er enige.

## Svar {#to}

Alle er enige. Dette er svaret på det andre.

::: mindretall {by="Eksempelpartiet"}
Disse medlemmene mener noe annet.
:::
"""


def test_a_quote_is_completed_and_leads_to_its_passage(folder: Path) -> None:
    head = f"{FRONT}summary:\n  - about: en\n    point: Ja.\n    quote: "
    typed = f"{head}få fler\n---\n{QUOTED}"

    async def tried(one: Editor) -> None:
        one.open(typed)
        await one.told("quote-missing")
        [offered] = await one.completed(7, 18)
        assert offered.label == "Bydelene bør få flere oppgaver, ikke færre: det er viktig."
        assert offered.detail == "1.1"
        assert isinstance(offered.text_edit, lsp.TextEdit)
        assert offered.text_edit.new_text == f'"{offered.label}"', "it holds a colon"
        assert offered.text_edit.range == lsp.Range(lsp.Position(7, 11), lsp.Position(7, 18))
        one.type(f"{head}{offered.text_edit.new_text}\n---\n{QUOTED}")
        await one.told()
        assert await one.definition(7, 30) == lsp.Range(lsp.Position(12, 28), lsp.Position(13, 10))
        one.type(f"{head}er svaret på det andre\n---\n{QUOTED}")
        assert await one.definition(7, 6) == lsp.Range(lsp.Position(17, 21), lsp.Position(17, 43))
        assert await one.definition(2, 6) is None
        one.type(f"{head}\n---\n{QUOTED}")
        labels = await one.labels(7, 11)
        assert labels == [
            "Dette er svaret på det ene.",
            "Bydelene bør få flere oppgaver, ikke færre: det er viktig.",
            "Dette er svaret på det andre.",
        ], "what stands twice, and a minority's words, are no evidence"
        one.type(f"{head}bydelane bør få fleire oppgåver\n---\n{QUOTED}")
        assert (await one.labels(7, 20))[:1] == [labels[1]]

    run(folder, tried)


def test_a_passage_behind_an_astral_character_is_found_in_utf_16(folder: Path) -> None:
    head = f"{FRONT}summary:\n  - about: en\n    point: Ja.\n    quote: siste ord\n---\n"

    async def tried(one: Editor) -> None:
        one.open(f"{head}\n## Svar {{#en}}\n\n𝒳🙂 æøå *siste*\nord.\n\n## Svar {{#to}}\n\nNei.\n")
        assert await one.definition(7, 15) == lsp.Range(lsp.Position(12, 10), lsp.Position(13, 3))

    run(folder, tried)


def test_hover_says_what_a_key_holds_and_what_a_question_asks(folder: Path) -> None:
    async def tried(one: Editor) -> None:
        one.open(f"{FRONT}summary:\n  - about: to\n---\n{ANSWERS}")
        assert await one.hovered(2, 3) == "**committee** – Whose statement it is."
        assert await one.hovered(5, 6) == "**about** – A question's id, or `general`."
        assert await one.hovered(5, 12) == "**Det andre** – Hva er det andre?"

    run(folder, tried)


def test_a_file_of_no_project_gets_no_answer(folder: Path) -> None:
    async def tried(one: Editor) -> None:
        stray = lsp.TextDocumentIdentifier(one.uri("LES.md"))
        one.open("---\ntitle: x\n---\n", "LES.md")
        params = lsp.CompletionParams(stray, lsp.Position(1, 0))
        assert await one.client.text_document_completion_async(params) is None
        one.open("---\ntitel: x\n---\n", "content/ny.md")
        [fault] = await one.told("unknown-key", path="content/ny.md")
        assert fault.range == lsp.Range(lsp.Position(1, 0), lsp.Position(1, 8))

    run(folder, tried)


def test_without_the_extra_one_sentence_says_how(folder: Path) -> None:
    (folder / "pygls").mkdir()
    (folder / "pygls" / "__init__.py").write_text("raise ModuleNotFoundError(name='pygls')")
    paths = os.pathsep.join([str(folder), str(ROOT / "scripts")])
    ran = innspill("lsp", cwd=folder, code=3, PYTHONPATH=paths)
    assert ran.stderr == (
        "innspill: for help in an editor, pygls is missing here. "
        "Install it with `pip install 'innspill[lsp]'`.\n"
    )


@pytest.mark.parametrize(
    ("line", "keys", "typed"),
    [
        ("tit|", (), "tit"),
        ("title: En t|", ("title",), "En t"),
        ("title:|", ("title",), ""),
        ("vote: {result: unani|mous}", ("vote", "result"), "unani"),
        ("vote: {result: majority, f|}", ("vote",), "f"),
        ("prints: [large, |]", ("prints",), ""),
        ("prints: [|]", ("prints",), ""),
        ("proposals:\n  - what: x\n    move: to|", ("proposals", "move"), "to"),
        ("proposals:\n  - wh|", ("proposals",), "wh"),
        ("proposals:\n- what: x\n  quote:\n    - Det |ene", ("proposals", "quote"), "Det "),
        ("summary:\n  - about: en\n\n  # merk\n  - poi|", ("summary",), "poi"),
        ("# vote:\n  res|", (), "res"),
    ],
)
def test_where_a_cursor_stands(line: str, keys: tuple[str, ...], typed: str) -> None:
    before, after = f"---\n{line}\n---\n".split("|")
    rows = before.split("\n")
    found = cursor_at((before + after).split("\n"), len(rows) - 1, len(rows[-1]))
    assert found
    assert (found.keys, found.typed) == (keys, typed)


@pytest.mark.parametrize(
    "text",
    [
        "Det ene.",
        "Det ene: det andre",
        "«Ja», sa hun",
        "Nei # to",
        '"Ja"',
        "- nei",
        "& x",
        "\\ ",
        "'",
    ],
)
def test_a_quote_is_written_so_that_it_is_read_as_it_is(text: str) -> None:
    read, faults = parse_front_matter(f"key: {as_yaml(text)}\n", "", 1)
    assert (faults, read.values) == ([], {"key": text})
