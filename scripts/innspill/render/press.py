"""What every print is made with, and what comes out: files, faults, and what was new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from unicodedata import category
from urllib.parse import quote

from innspill.blob import Blob, blob_of
from innspill.diagnostics import Diagnostic, Location, error, warning
from innspill.failure import MachineFault
from innspill.limits import OverLimit
from innspill.messages import Message, say
from innspill.model import Site, Statement
from innspill.output import Output
from innspill.pdf.attached import Attached
from innspill.pdf.faults import OffPage, Unexpected, Unmatched, WrongMarker
from innspill.render.attachments import for_prints
from innspill.render.fonts import FACES, Memo, coverage, font_rule, for_print
from innspill.render.pdf import Printed, WorkerDied
from innspill.render.qr import Web, way_to
from innspill.render.templates import TemplateFault, Templates
from innspill.render.views import HELPERS, View
from innspill.text import Image, Internal, roots_in, select

SHEETS = ("paper", "uttalelse", "sammendrag", "stor-skrift", "hefte", "moetemappe", "endringer")
"""The stylesheets in `templates/print/`."""
SHOWN = 40
"""How many characters of a text a fault shows."""
LISTS = say(
    "a print's stylesheet may not number a list otherwise than its HTML does; "
    "a list without numbers is a ul"
)
INVISIBLE = {"Cf", "Cc"}
"""Unicode's categories of what controls the text around it."""


@dataclass(frozen=True, slots=True)
class Made:
    """PDFs, and what was wrong with them."""

    outputs: tuple[Output, ...]
    faults: tuple[Diagnostic, ...]
    laid_out: int
    """How many were laid out in this run, and not remembered."""


@dataclass(frozen=True, slots=True)
class Job:
    """PDFs that are made together, not made yet."""

    paths: tuple[str, ...]
    make: Callable[[], Made]
    """Raises TemplateFault, and PrintLibraryMissing where the machine can't make PDFs."""


class Print(Protocol):
    """Makes a PDF of a print's HTML, the files that it reads, and those to put into it."""

    def __call__(
        self, html: str, resources: Mapping[str, Blob], *, attached: tuple[Attached, ...] = ()
    ) -> Printed: ...


@dataclass(frozen=True, slots=True)
class Press:
    """The site, its templates, what a print may read, and the way from HTML to PDF."""

    site: Site
    templates: Templates
    resources: Callable[[], Mapping[str, Blob]]
    """All that a print may read, by its path behind `innspill:`."""
    to_pdf: Print
    memo: Memo
    """Keeps what takes time to make."""

    def render(self, name: str, *, view: View, **values: Any) -> str:
        """The text of a template, in the language of the view. Raises TemplateFault."""
        given = HELPERS | {"site": self.site, "view": view, **values}
        return self.templates.render(f"print/{name}.html", view.lang, given)

    def lay_out(
        self,
        name: str,
        sheets: tuple[str, ...],
        view: View,
        at: Location,
        attached: tuple[Attached, ...] = (),
        **values: Any,
    ) -> Printed:
        """The PDF of a template, styled by `sheets` in their order, with files `attached`.

        `at` is what a fault is blamed on. Raises TemplateFault and PrintLibraryMissing.
        """
        web = way_to(self.site, view.url)
        resources = {**self.resources(), **_code(web)}

        def attempt(*, has_even_columns: bool) -> Printed:
            given = values | {"sheets": sheets, "web": web, "has_even_columns": has_even_columns}
            html = drawable(self.render(name, view=view, **given))
            return self.to_pdf(html, resources, attached=attached)

        try:
            try:
                return attempt(has_even_columns=False)
            except OffPage:  # WeasyPrint's widths for a table may add up to more than the page
                return attempt(has_even_columns=True)
        except (MachineFault, TemplateFault, WorkerDied):
            raise
        except (Unmatched, WrongMarker, OffPage, Unexpected) as fault:
            raise TemplateFault(_unfinished(fault, at)) from fault
        except OverLimit as fault:
            raise TemplateFault(_over_limit(fault, at)) from fault
        except RecursionError as fault:
            message = say("it is nested too deep to be laid out")
            raise TemplateFault(error("print", message, at)) from fault
        except Exception as fault:  # whatever a stylesheet or an image makes of WeasyPrint
            why = f"{type(fault).__name__}: {fault}"
            message = say("WeasyPrint can't print it: {why}", why=why)
            raise TemplateFault(error("print", message, at)) from fault


def drawable(html: str) -> str:
    """HTML with the code in place of each character that the project's fonts lack: `[U+4E2D]`.

    Only old texts have such, since today's are refused: a font of the machine would draw it or
    not, and make other bytes on another. What is invisible is left out.
    """
    for each in set(html):
        if ord(each) not in coverage() and not each.isspace():
            told = "" if category(each) in INVISIBLE else f"[U+{ord(each):04X}]"
            html = html.replace(each, told)
    return html


def _code(web: Web | None) -> dict[str, Blob]:
    return {web.path: blob_of(web.svg)} if web else {}


def _over_limit(fault: OverLimit, at: Location) -> Diagnostic:
    if fault.is_memory:
        told = say("laying out the PDF takes more memory than {n} MB", n=fault.limit.megabytes)
        return error("print-limit", told, at)
    told = say("laying out the PDF takes longer than {n} seconds", n=fault.limit.seconds)
    hint = say("if it needs them, allow more with {option}", option="--layout-limit")
    return error("print-limit", told, at, hint)


def _unfinished(fault: Unmatched | WrongMarker | OffPage | Unexpected, at: Location) -> Diagnostic:
    """Why a PDF can't be made fit for the archive and for every reader."""
    notes = getattr(fault, "__notes__", ())
    said = say("WeasyPrint says: {line}", line=notes[0]) if notes else None
    if isinstance(fault, Unexpected):
        message = say("the PDF can't be finished: {what}", what=str(fault))
        return error("print", message, at, said)
    if isinstance(fault, OffPage):
        if fault.text:
            message = say("“{text}” runs off page {page}", text=fault.text[:SHOWN], page=fault.page)
        else:
            message = say("an image runs off page {page}", page=fault.page)
        return error("print-overflow", message, at)
    if isinstance(fault, WrongMarker):
        return error("print-lists", _wrong_marker(fault), at, LISTS)
    message = say(
        "page {page} of the PDF has “{found}” where the text has “{expected}”",
        page=fault.page,
        found=fault.found,
        expected=fault.expected,
    )
    hint = said or say(
        "a print's stylesheet may not hide, add or reorder text; "
        'what is no part of the text is marked with aria-hidden="true"'
    )
    return error("print-tags", message, at, hint)


def _wrong_marker(fault: WrongMarker) -> Message:
    text = fault.text[:SHOWN]
    if not fault.found:
        return say("“{expected}” is not drawn before “{text}”", expected=fault.expected, text=text)
    if not fault.expected:
        return say(
            "page {page} of the PDF has “{found}” before “{text}”, which has no number",
            page=fault.page,
            found=fault.found,
            text=text,
        )
    return say(
        "page {page} of the PDF has “{found}” before “{text}”, which is number {expected}",
        page=fault.page,
        found=fault.found,
        text=text,
        expected=fault.expected,
    )


def heard(
    printed: tuple[Printed, ...], at: Location, statements: tuple[Statement, ...]
) -> Iterator[Diagnostic]:
    """What WeasyPrint warned of, each once: at the image that it names, if any, else `at`."""
    images = {
        f"innspill:{quote(image.target.url)}": image.at
        for statement in statements
        for section in statement.sections
        for image in select(roots_in(section.blocks), Image)
        if isinstance(image.target, Internal)
    }
    for line in dict.fromkeys(line for each in printed for line in each.warnings):
        place = next((at for address, at in images.items() if address in line), at)
        yield warning("print", say("WeasyPrint says: {line}", line=line), place)
    for name in dict.fromkeys(name for each in printed for name in each.strange_fonts):
        message = say(
            "the PDF has text in a font of this machine, {font}, which others may not have",
            font=name.replace("-", " "),
        )
        hint = say(
            'in a drawing or a stylesheet, name font-family "Hanken Grotesk"; '
            "or save the drawing's text as outlines"
        )
        yield warning("print-font", message, at, hint)


def print_resources(site: Site, templates: Templates, memo: Memo) -> dict[str, Blob]:
    """All that any print may read, by its path behind `innspill:`.

    Raises TemplateFault.
    """
    rules = "".join(
        font_rule(face, f"innspill:fonts/{face.file}.ttf", "truetype") for face in FACES
    )
    resources = for_prints((*site.attachments, *site.print_only), memo)
    resources["print/fonts.css"] = blob_of(rules.encode())
    for name in SHEETS:
        resources[f"print/{name}.css"] = blob_of(templates.file(f"print/{name}.css").encode())
    for face in FACES:
        resources[f"fonts/{face.file}.ttf"] = blob_of(for_print(face, memo))
    return resources
