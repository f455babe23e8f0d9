"""Rules for the files beside the texts: images can be shown, nothing runs, no one is given away.

Each file is looked at once, whatever the rules ask of it; what is wrong with one is told where
it is first named in a consultation, or outside of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from innspill.check.texts import TextOf, leading_in, texts_in
from innspill.diagnostics import Diagnostic, Location, error, warning
from innspill.media.drawing_values import FONT
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
from innspill.media.look import Look, look
from innspill.media.shapes import Sort
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Attachment, Enclosure, Site
from innspill.text import Image, Internal

Looks = dict[str, Look]
"""What was seen of each file, by its address."""
IMAGES = {DRAWING, *PIXELS}
PACK = say("put it into a zip, or save it as PDF")


@dataclass(frozen=True, slots=True)
class Named:
    """A file, and where it is first named."""

    file: Attachment
    at: Location
    is_shown: bool
    """Whether it is shown there, and not linked to."""
    known: frozenset[str] = field(repr=False)
    """The names that stand on the site anyway, as they are compared."""


def files_are_fit(
    site: Site, coverage: frozenset[int], once: Memory, looks: Looks
) -> Iterator[Diagnostic]:
    """Each file that is named can be published: see the rules below."""
    files = {each.url: each for each in site.attachments}
    for text in texts_in(site):
        for node in once(leading_in, text):
            if isinstance(node, Image) and isinstance(node.target, Internal):
                seen = looks.get(node.target.url)
                if seen is None or seen.kind not in {*IMAGES, POINTER}:
                    file = files.get(node.target.url)
                    head = file.blob.head(HEAD) if file else None
                    message, hint = why_no_image(node.target.url, seen.kind if seen else None, head)
                    yield error("no-image", message, node.at, hint)
    for named in _named(site, once):
        seen = looks[named.file.url]
        if seen.kind in IMAGES or not (named.is_shown or seen.kind == POINTER):
            yield from _image_is_sound(named, seen, coverage)
            yield from _nothing_runs(named, seen)
            yield from _no_one_is_told_of(named, seen)


def shown_in(site: Site) -> frozenset[str]:
    """The addresses of the files that the site's texts show."""
    return frozenset(url for url, _, is_shown in _in_texts(texts_in(site), Memory()) if is_shown)


def look_at(site: Site, once: Memory) -> Looks:
    """Looks at all files beside the texts."""
    return {each.url: once(look, each.blob) for each in site.attachments}


def _image_is_sound(named: Named, seen: Look, coverage: frozenset[int]) -> Iterator[Diagnostic]:
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
        yield warning("drawing-font", message, at, Sort.TEXT.hint)
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


def _nothing_runs(named: Named, seen: Look) -> Iterator[Diagnostic]:
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


def _no_one_is_told_of(named: Named, seen: Look) -> Iterator[Diagnostic]:
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


def _named(site: Site, once: Memory) -> Iterator[Named]:
    """Each file at the first place that names it, in each consultation and outside of all."""
    files = {each.url: each for each in site.attachments}
    meant = (*site.may_be_published, site.publisher, site.title)
    groups: list[tuple[tuple[TextOf, ...], tuple[Enclosure, ...], tuple[str, ...]]] = [
        ((site.prose, *(page.prose for page in site.pages)), (), ())
    ]
    for case in site.consultations:
        enclosed = (case.enclosures, *(each.enclosures for each in case.statements))
        names = (case.asked_by, *case.committees, *(each.committee for each in case.statements))
        texts: tuple[TextOf, ...] = (case.prose, *case.statements)
        groups.append((texts, tuple(each for some in enclosed for each in some), names))
    for texts, enclosures, names in groups:
        first: dict[str, tuple[Location, bool]] = {}
        for each in enclosures:
            if each.url is not None:
                first.setdefault(each.url, (each.at, False))
        for url, at, is_shown in _in_texts(texts, once):
            first.setdefault(url, (at, is_shown))
        known = frozenset(map(_bare, (*meant, *names)))
        for url, (at, is_shown) in first.items():
            if url in files:
                yield Named(files[url], at, is_shown, known)


def _in_texts(texts: Iterable[TextOf], once: Memory) -> Iterator[tuple[str, Location, bool]]:
    for text in texts:
        for node in once(leading_in, text):
            if isinstance(node.target, Internal):
                yield node.target.url, node.at, isinstance(node, Image)
