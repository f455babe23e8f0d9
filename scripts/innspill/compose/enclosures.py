"""What front matter names beside the text: files that come along, old addresses, an agenda."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from innspill.compose.addresses import page_url
from innspill.media.kinds import HEAD, is_image
from innspill.model import AgendaItem, Alias, Card, Enclosure
from innspill.read.read import NamedFile
from innspill.read.scan import ScannedFile
from innspill.read.schema import ConsultationFront, StatementFront
from innspill.read.source import Source


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file that comes along."""

    path: str
    size: int
    """In bytes; 0 where that is not told."""


def find_enclosed(
    scanned: ScannedFile, files: Mapping[str, NamedFile]
) -> tuple[EnclosedFile | None, ...]:
    """The file of each attachment, None where it is missing."""
    return tuple(_enclosed(files.get(path or "")) for path in scanned.attachments)


def find_original(scanned: ScannedFile, files: Mapping[str, NamedFile]) -> EnclosedFile | None:
    """The file of the letter that a statement was made from, None where it is missing."""
    return _enclosed(files.get(scanned.original or ""))


def _enclosed(file: NamedFile | None) -> EnclosedFile | None:
    return EnclosedFile(file.path, _size(file)) if file else None


def compose_enclosures(
    source: Source, enclosed: Sequence[EnclosedFile | None]
) -> tuple[Enclosure, ...]:
    """The files that a consultation or a statement lists, those that are missing too."""
    if not isinstance(source.front, ConsultationFront | StatementFront):
        return ()
    kept = zip(source.kept("attachments"), source.front.attachments, enclosed, strict=True)
    return tuple(
        Enclosure(
            title=each.title,
            written=each.file,
            url=file.path if file else None,
            size=file.size if file else 0,
            at=source.matter.locate(("attachments", index, "file")),
        )
        for index, each, file in kept
    )


def _size(file: NamedFile) -> int:
    """None of an image, whose published form has another: see `innspill.media.published`."""
    return 0 if is_image(file.blob.head(HEAD)) else file.blob.size


def compose_agenda(
    source: Source,
    front: ConsultationFront,
    statements: tuple[Card, ...],
    unread: Collection[str],
) -> tuple[AgendaItem, ...]:
    """The statements of a consultation's meeting folder, those that are missing too.

    The paths in `unread` are of files whose own faults are told: they are passed over.
    """
    passed_over = {PurePosixPath(path).stem for path in unread}
    by_name = {PurePosixPath(each.source).stem: each for each in statements}
    return tuple(
        AgendaItem(name, by_name.get(name), source.matter.locate(("agenda", index)))
        for index, name in zip(source.kept("agenda"), front.agenda, strict=True)
        if name not in passed_over
    )


def compose_aliases(scanned: ScannedFile, lang: str) -> tuple[Alias, ...]:
    """The old addresses of one page; `lang` is the language of what it stands in."""
    title = f"{scanned.committee}: {scanned.title}" if scanned.committee else scanned.title
    return tuple(
        Alias(
            url=each.url,
            target=page_url(scanned.path),
            title=title,
            lang=scanned.lang or lang,
            source=scanned.path,
            at=each.at,
        )
        for each in scanned.aliases
    )
