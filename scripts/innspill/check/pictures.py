"""Rules for the files beside the texts: images can be shown, nothing runs, no one is given away.

Each file is looked at once, whatever the rules ask of it; what is wrong with one is told where
it is first named in a consultation, or outside of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from innspill.check.links import references_of
from innspill.compose.references import references_in
from innspill.diagnostics import Diagnostic, Location, error, warning
from innspill.media.drawing_values import FONT
from innspill.media.inspect import FileInspection, inspect_file
from innspill.media.kinds import (
    DOCUMENTS,
    DRAWING,
    ENDINGS,
    HEAD,
    PIXELS,
    POINTER,
    ending_of,
    fitting_name,
    is_called,
    is_published,
    why_no_image,
)
from innspill.media.shapes import FlawKind
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Attachment, Enclosure, Reference, Site
from innspill.text import Prose

IMAGES = {DRAWING, *PIXELS}
PACK = say("put it into a zip, or save it as PDF")


@dataclass(frozen=True, slots=True)
class FirstMention:
    """A file, and where it is first named."""

    file: Attachment
    at: Location
    is_shown: bool
    """Whether it is shown there, and not linked to."""
    known: frozenset[str] = field(repr=False)
    """The names that stand on the site anyway, as they are compared."""


def files_are_fit(site: Site, coverage: frozenset[int], once: Memory) -> Iterator[Diagnostic]:
    """Each file that is named can be published: see the rules below."""
    looks = {each.url: once(inspect_file, each.blob) for each in site.attachments}
    files = {each.url: each for each in site.attachments}
    for _, references in references_of(site, once):
        for each in references:
            if each.is_image:
                seen = looks.get(each.url)
                if seen is None or seen.kind not in {*IMAGES, POINTER}:
                    file = files.get(each.url)
                    head = file.blob.head(HEAD) if file else None
                    message, hint = why_no_image(each.url, seen.kind if seen else None, head)
                    yield error("no-image", message, each.at, hint)
    for named in _named(site, once):
        seen = looks[named.file.url]
        if seen.kind in IMAGES or not (named.is_shown or seen.kind == POINTER):
            yield from _image_is_sound(named, seen, coverage)
            yield from _nothing_runs(named, seen)
            yield from _no_one_is_told_of(named, seen)


def _image_is_sound(
    named: FirstMention, seen: FileInspection, coverage: frozenset[int]
) -> Iterator[Diagnostic]:
    """An image that is shown, and a drawing anywhere, has no flaw and the name of its kind."""
    kind, path, at = seen.kind, named.file.source, named.at
    if kind not in IMAGES or not (named.file.is_shown or kind == DRAWING):
        return
    for flaw in seen.flaws:
        what = flaw.message
        if flaw.line:
            what = say('"{path}", line {line}: {what}', path=path, line=flaw.line, what=what)
        yield error(flaw.code, what, at, flaw.hint)
    for line, font in seen.fonts[:1]:
        message = say(
            '"{path}", line {line}: its text is set in {own}, not in "{font}", so it may not fit '
            "where it stands",
            path=path, line=line, own=FONT, font=font,
        )  # fmt: skip
        yield warning("drawing-font", message, at, FlawKind.TEXT.hint)
    for each in seen.letters:
        if ord(each) not in coverage:
            code = f"U+{ord(each):04X}"
            message = say("no font of the project has the drawing's character {code}", code=code)
            yield error("no-glyph", message, at, say("save its text as outlines"))
    if not is_called(kind, path):
        right = fitting_name(kind)
        message = say('"{path}" is called .{ending}, and is {kind}', path=path,
                      ending=ending_of(path), kind=kind)  # fmt: skip
        hint = say("call it .{ending}", ending=right)
        is_wrong = kind == DRAWING or ending_of(path) in ENDINGS[DRAWING]
        yield (error if is_wrong else warning)("misnamed", message, at, hint)


def _nothing_runs(named: FirstMention, seen: FileInspection) -> Iterator[Diagnostic]:
    """No file holds what a browser or a reader would run."""
    path, ending = named.file.source, ending_of(named.file.source)
    if seen.kind == DRAWING or (named.file.is_shown and seen.kind in PIXELS):
        return  # that has its own rule
    if seen.runs:
        message = say('"{path}" holds what runs by itself (a script, a macro, a film)', path=path)
        hint = say("save it without, as by printing it to PDF")
        yield error("active-file", message, named.at, hint)
    elif not is_published(path, seen.kind):
        if ending:
            message = say(
                "files that end in .{ending} are not published as they are", ending=ending
            )
        else:
            message = say('"{path}" has no ending that tells what it is', path=path)
        yield error("active-file", message, named.at, PACK)


def _no_one_is_told_of(named: FirstMention, seen: FileInspection) -> Iterator[Diagnostic]:
    """A file that is published as it is tells no name and no place that the site doesn't."""
    path = named.file.source
    if named.file.is_shown and seen.kind in PIXELS:
        return
    names = [each for each in seen.names if _bare(each) not in named.known]
    if names:
        told = ", ".join(each[:60] for each in names[:5]) + (" …" if len(names) > 5 else "")
        message = say('"{path}" tells who wrote it: {names}', path=path, names=told)
        hint = say(
            "take it out (in Word: File, Info, Inspect Document; in PDF: its properties), "
            "or, if it is for everyone, list it under `may_be_published` in content/index.md"
        )
        yield warning("author", message, named.at, hint)
    if seen.has_position:
        message = say('"{path}" tells where it was taken', path=path)
        hint = say("show it as an image, which is cleaned, or save it without its position")
        yield warning("position", message, named.at, hint)
    if not seen.is_read and ending_of(path) in DOCUMENTS:
        message = say('"{path}" can\'t be looked into for names and scripts', path=path)
        hint = say("is it whole, and without a password?")
        yield warning("file-unread", message, named.at, hint)


def _bare(name: str) -> str:
    return " ".join(name.split()).casefold()


def _named(site: Site, once: Memory) -> Iterator[FirstMention]:
    """Each file at the first place that names it, in each consultation and outside of all."""
    files = {each.url: each for each in site.attachments}
    meant = (*site.may_be_published, site.publisher, site.title)
    outside = (site.prose, *(page.prose for page in site.pages))
    groups: list[tuple[Iterable[Reference], Iterable[Enclosure], tuple[str, ...]]] = [
        (_in_proses(outside, once), (), ())
    ]
    for case in site.consultations:
        own = case.statements
        named = chain(_in_proses((case.prose,), once), *(each.references for each in own))
        enclosed = chain(case.enclosures, *(each.enclosures for each in own))
        names = (case.asked_by, *case.committees, *(each.committee for each in own))
        groups.append((named, enclosed, names))
    for references, enclosures, names in groups:
        first: dict[str, tuple[Location, bool]] = {}
        for enclosure in enclosures:
            if enclosure.url is not None:
                first.setdefault(enclosure.url, (enclosure.at, False))
        for each in references:
            first.setdefault(each.url, (each.at, each.is_image))
        known = frozenset(map(_bare, (*meant, *names)))
        for url, (at, is_shown) in first.items():
            if url in files:
                yield FirstMention(files[url], at, is_shown, known)


def _in_proses(proses: Iterable[Prose], once: Memory) -> Iterator[Reference]:
    for prose in proses:
        yield from once(references_in, prose)
