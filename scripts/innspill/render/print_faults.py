"""What is told of a PDF that can't be laid out, or not as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from innspill.diagnostics import Diagnostic, Location, error, warning
from innspill.limits import OverLimit
from innspill.messages import Message, say
from innspill.pdf.faults import OffPage, Unexpected, Unmatched, WrongMarker
from innspill.render.pdf import NotThere, Printed
from innspill.render.print_job import NoSuchPage, PageLimit

SHOWN = 40
"""How many characters of a text a fault shows."""
LISTS = say(
    "a print's stylesheet may not number a list otherwise than its HTML does; "
    "a list without numbers is a ul"
)


def why_not_laid_out(fault: Exception, at: Location) -> Diagnostic:
    """Why a PDF can't be laid out, blamed on `at`."""
    match fault:
        case Unmatched() | WrongMarker() | OffPage() | Unexpected():
            return _unfinished(fault, at)
        case NotThere():
            return _not_there(fault, at)
        case OverLimit():
            return _over_limit(fault, at)
        case NoSuchPage():
            message = say(
                "a print's template names the page of “{id}”, which the whole statement lacks",
                id=fault.name,
            )
            return error("print", message, at)
        case RecursionError():
            return error("print", say("it is nested too deep to be laid out"), at)
    why = f"{type(fault).__name__}: {fault}"
    return error("print", say("WeasyPrint can't print it: {why}", why=why), at)


def _not_there(fault: NotThere, at: Location) -> Diagnostic:
    """What a print asks for and doesn't get, without which it would look otherwise."""
    hint = say("a print can read the site's own files alone: its images, fonts and stylesheets")
    message = say("the print asks for {address}, which is not there", address=fault.address)
    return error("print", message, at, hint)


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


def warned(
    printed: Sequence[Printed], at: Location, images: Mapping[str, Location]
) -> Iterator[Diagnostic]:
    """What WeasyPrint warned of, each once: at the image that it names, if any, else `at`."""
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


def too_long(limit: PageLimit, printed: Printed, at: Location) -> Iterator[Diagnostic]:
    """That a summary is longer than it may be, and what of it stands beyond."""
    if printed.page_count <= limit.pages:
        return
    over = [text for id_, text in limit.lines if printed.pages.get(id_, 0) > limit.pages]
    message = say(
        "the summary is too long for {most} pages. Lines over: {n}",
        n=sum(printed.lines[limit.pages :]),
        most=limit.pages,
    )
    hint = say(
        "shorten it; beyond page {most} stand: {what}", most=limit.pages, what=" · ".join(over)
    )
    yield error("summary-too-long", message, at, hint)
