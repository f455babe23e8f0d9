"""One look at a file beside the texts: what it is, and all that the rules ask of it.

It depends on the file's bytes alone, so it can be remembered by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from innspill.blob import Blob
from innspill.media.document_metadata import MOST_BYTES, metadata_of_document
from innspill.media.image_metadata import metadata_of_image
from innspill.media.kinds import DRAWING, HEAD, PIXELS, is_published, kind_of
from innspill.media.raster import Flaw, flaw_of
from innspill.messages import joined, say

if TYPE_CHECKING:
    from innspill.media.drawing import DrawingReport

LOOKED_INTO = {DRAWING, *PIXELS, "PDF", "ZIP"}


@dataclass(frozen=True, slots=True)
class FileInspection:
    """What was seen of a file."""

    kind: str | None
    """`PNG`, `SVG`, `PDF` …; None where its first bytes don't tell."""
    flaws: tuple[Flaw, ...] = ()
    """Why it can't be shown."""
    letters: str = ""
    """The characters that stand in a drawing."""
    fonts: tuple[tuple[int, str], ...] = ()
    """The fonts that a drawing asks for and doesn't get, each behind its line."""
    names: tuple[str, ...] = ()
    """The names that it tells, where it is published as it is."""
    has_position: bool = False
    """Whether it tells where it was taken."""
    runs: bool = False
    """Whether anything in it runs by itself."""
    is_read: bool = True
    """False where it can't be looked into."""


def inspect_file(file: Blob) -> FileInspection:
    """Looks at a file, which is read whole only if it is an image or a document, and bounded."""
    head = file.head(HEAD)
    kind = kind_of(head)
    data = file.load() if file.size <= MOST_BYTES and kind in LOOKED_INTO else head
    if kind == DRAWING:
        from innspill.media.drawing import read_drawing

        drawing = read_drawing(data, file.size)
        letters = "".join(sorted(drawing.letters))
        return FileInspection(kind, _flaws(drawing), letters, fonts=drawing.fonts)
    if kind in PIXELS:
        flaw = flaw_of(data, file.size)
        names, has_position = metadata_of_image(data) if flaw is None else ((), False)
        return FileInspection(kind, (flaw,) if flaw else (), names=names, has_position=has_position)
    told = metadata_of_document(data, kind, file.size)
    return FileInspection(kind, names=told.names, runs=told.runs, is_read=told.is_read)


def _flaws(drawing: DrawingReport) -> tuple[Flaw, ...]:
    """All that is wrong with a drawing, as one: what to do about the gravest comes first."""
    if not drawing.flaws:
        return ()
    first, *others = drawing.flaws
    rest = [say("line {line}: {what}", line=each.line, what=each.message) for each in others]
    message = joined("; ", (first.message, *rest))
    return (Flaw("drawing", message, first.sort.hint, first.line),)


def can_be_published(path: str, seen: FileInspection, *, is_shown: bool) -> bool:
    """Whether a file of this name, shown or linked to, has nothing that stops a build."""
    if is_shown:
        return seen.kind in {DRAWING, *PIXELS} and not seen.flaws
    if seen.kind == DRAWING and seen.flaws:
        return False
    return not seen.runs and is_published(path, seen.kind)
