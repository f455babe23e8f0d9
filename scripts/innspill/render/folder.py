"""The meeting folder: a consultation's statements in the order of its agenda, in one PDF.

Each statement is rendered in its own language, its ids behind a prefix of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from innspill.forms import FOLDER
from innspill.model import Consultation, Statement
from innspill.output import Output
from innspill.render.html import IN_PRINT, PrintLinks
from innspill.render.press import Made, Press, heard
from innspill.render.views import View
from innspill.text import Internal, Target

SHEETS = ("paper", "uttalelse", "moetemappe")


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
class Entry:
    """A statement's place in the folder."""

    number: int
    statement: Statement
    view: View


def print_folder(press: Press, case: Consultation) -> Made:
    """The meeting folder of a consultation that has an agenda.

    Raises TemplateFault and PrintLibraryMissing.
    """
    statements = tuple(item.statement for item in case.agenda if item.statement)
    prefixes = {each.url: f"n{number}-" for number, each in enumerate(statements, 1)}

    def view_of(statement: Statement) -> View:
        links = FolderLinks(statement.url, press.site.address, prefixes)
        return View(press.site, statement.url, statement.lang, links)

    entries = [Entry(number, each, view_of(each)) for number, each in enumerate(statements, 1)]
    parts = [
        Markup(
            press.render(
                "moetemappe-del",
                number=each.number,
                case=case,
                statement=each.statement,
                view=each.view,
            )
        )
        for each in entries
    ]
    view = View(press.site, case.url, case.lang, PrintLinks(case.url, press.site.address))
    printed = press.lay_out(
        "moetemappe", SHEETS, view, case.at, case=case, entries=entries, parts=parts
    )
    sources = (case.source, *(each.source for each in statements))
    output = Output(case.folder + FOLDER.file, printed.pdf, sources)
    faults = tuple(heard((printed,), case.at, statements))
    return Made((output,), faults, int(printed.is_new))
