"""What was rendered of one statement: its texts are kept elsewhere, see `innspill.kept_texts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from innspill.kept_texts import KeptText, TextShelf, kept_in_one
from innspill.render.print_job import PrintJob
from innspill.render.statement import PageText


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page with slots."""

    url: str
    lang: str
    text: KeptText


@dataclass(frozen=True, slots=True)
class RenderedPrint:
    """A print job."""

    paths: tuple[str, ...]
    """Where its PDFs go."""
    text: KeptText

    def load(self, texts: TextShelf) -> PrintJob:
        """The job itself. Raises LostText."""
        return msgspec.msgpack.decode(texts.read(self.text), type=PrintJob)


@dataclass(frozen=True, slots=True)
class RenderedStatement:
    """What was rendered of one statement."""

    pages: tuple[RenderedPage, ...] = ()
    fragments: Mapping[str, KeptText] = field(default_factory=dict)
    """Its words on pages and in files that join several statements', by their names."""
    prints: tuple[RenderedPrint, ...] = ()
    body: str = ""
    """The digest of what all of it stands in; none where nothing was rendered."""


def kept(
    pages: Iterable[PageText], fragments: Iterable[tuple[str, bytes]], jobs: Iterable[PrintJob]
) -> tuple[RenderedStatement, bytes]:
    """What was rendered, and the body that has to be kept for it."""
    pages, fragments, jobs = tuple(pages), tuple(fragments), tuple(jobs)
    texts, body = kept_in_one(
        (*(each.text for each in pages), *(text for _, text in fragments)),
        map(msgspec.msgpack.encode, jobs),
    )
    left = iter(texts)
    rendered = RenderedStatement(
        tuple(RenderedPage(each.url, each.lang, next(left)) for each in pages),
        {name: next(left) for name, _ in fragments},
        tuple(RenderedPrint(each.paths, next(left)) for each in jobs),
        texts[0].body if texts else "",
    )
    return rendered, body
