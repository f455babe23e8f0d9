"""The meeting folder: a consultation's statements in the order of its agenda, in one PDF.

Each statement is rendered in its own language, its ids behind a prefix of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from innspill.compose.answers import id_of
from innspill.forms import FOLDER
from innspill.model import Card, CaseFacts, Consultation, Site, SiteFacts, Statement, StatementHead
from innspill.render.html import IN_PRINT, PrintLinks
from innspill.render.print_html import images_of, print_file, render_print
from innspill.render.print_job import PrintJob
from innspill.render.provenance import provenance
from innspill.render.templates import Templates
from innspill.render.views import View
from innspill.slots import fill, slot
from innspill.text import Internal, Target

STYLESHEETS = ("paper", "uttalelse", "moetemappe")


@dataclass(frozen=True, slots=True)
class FolderLinks(PrintLinks):
    """Links of one statement: those to any statement of the folder lead to it there."""

    prefixes: Mapping[str, str]
    """What the ids of each statement begin with, by its address."""

    def href(self, target: Target) -> str | None:
        """A place in the folder, else as in any print."""
        if (
            isinstance(target, Internal)
            and target.url in self.prefixes
            and (not target.fragment or IN_PRINT.match(target.fragment))
        ):
            return f"#{self.prefixes[target.url]}{target.fragment or 'top'}"
        return PrintLinks.href(self, target)

    def place(self, name: str) -> str | None:
        """The id behind the statement's prefix."""
        return self.prefixes[self.url] + name


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """A statement's place in the folder."""

    number: int
    statement: Card
    view: View
    summary: Markup
    """What it says in short."""


def folder_fragments(
    site: SiteFacts,
    case: CaseFacts,
    statement: Statement,
    agenda: tuple[str, ...],
    templates: Templates,
) -> Iterator[tuple[str, bytes]]:
    """A statement's words in the meeting folder, by the fragments' names; its number is a slot.

    `agenda` are its own address and those of what it links to in it. Raises TemplateFault.
    """
    view = _view_of(site, statement, _prefixes(agenda))
    values = {"case": case, "statement": statement, "number": slot("number")}
    yield "folder", render_print(templates, "moetemappe-del", view, **values).encode()
    summary = render_print(templates, "moetemappe-sammendrag", view, **values)
    yield "folder-summary", summary.encode()


def folder_job(
    site: Site, case: Consultation, templates: Templates, fragment: Callable[[str, Card], str]
) -> PrintJob:
    """The meeting folder of a consultation that has an agenda. Raises TemplateFault.

    `fragment` gives what was rendered of a statement: see `folder_fragments`.
    """
    statements = tuple(item.statement for item in case.agenda if item.statement)
    prefixes = _prefixes(each.url for each in statements)
    entries = [
        FolderEntry(
            number,
            each,
            _view_of(site, each, prefixes),
            _numbered(number, fragment("folder-summary", each)),
        )
        for number, each in enumerate(statements, 1)
    ]
    parts = [_numbered(each.number, fragment("folder", each.statement)) for each in entries]
    file = print_file(
        case.folder + FOLDER.file,
        templates,
        "moetemappe",
        STYLESHEETS,
        View(site, case.url, case.lang, PrintLinks(case.url, site.address)),
        provenance(FOLDER.file, case.url, statements, templates),
        case=case,
        entries=entries,
        parts=parts,
    )
    sources = (case.source, *(each.source for each in statements))
    references = (each for statement in statements for each in statement.references)
    return PrintJob((file,), sources, case.at, images_of(references))


def _numbered(number: int, text: str) -> Markup:
    return Markup(fill(text, lambda _kind, _name: str(number)))


def _prefixes(agenda: Iterable[str]) -> dict[str, str]:
    return {url: f"item-{id_of(url)}-" for url in agenda}


def _view_of(site: SiteFacts, statement: StatementHead, prefixes: Mapping[str, str]) -> View:
    links = FolderLinks(statement.url, site.address, prefixes)
    return View(site, statement.url, statement.lang, links)
