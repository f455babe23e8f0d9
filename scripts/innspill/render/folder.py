"""The meeting folder: a consultation's statements in the order of its agenda, in one PDF.

Each statement is rendered in its own language, its ids behind a prefix of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from innspill.forms import FOLDER
from innspill.model import Consultation, Site, Statement
from innspill.render.html import IN_PRINT, PrintLinks
from innspill.render.print_html import images_of, print_file, render_print
from innspill.render.print_job import PrintJob
from innspill.render.templates import Templates
from innspill.render.views import View
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
    statement: Statement
    view: View


def folder_job(site: Site, case: Consultation, templates: Templates) -> PrintJob:
    """The meeting folder of a consultation that has an agenda. Raises TemplateFault."""
    statements = tuple(item.statement for item in case.agenda if item.statement)
    prefixes = {each.url: f"n{number}-" for number, each in enumerate(statements, 1)}

    def view_of(statement: Statement) -> View:
        links = FolderLinks(statement.url, site.address, prefixes)
        return View(site, statement.url, statement.lang, links)

    entries = [FolderEntry(place, each, view_of(each)) for place, each in enumerate(statements, 1)]
    parts = [
        Markup(
            render_print(
                templates,
                "moetemappe-del",
                each.view,
                number=each.number,
                case=case,
                statement=each.statement,
            )
        )
        for each in entries
    ]
    file = print_file(
        case.folder + FOLDER.file,
        templates,
        "moetemappe",
        STYLESHEETS,
        View(site, case.url, case.lang, PrintLinks(case.url, site.address)),
        case=case,
        entries=entries,
        parts=parts,
    )
    sources = (case.source, *(each.source for each in statements))
    return PrintJob((file,), sources, case.at, images_of(statements))
