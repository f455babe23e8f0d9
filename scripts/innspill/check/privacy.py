"""Warns of what is seldom meant for everyone, where it stands in a file as written.

The site's own front matter is left out: its `contact` is there to be published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from innspill.check.private_data import private_data_in
from innspill.diagnostics import Diagnostic, Location, warning
from innspill.read.read import SITE
from innspill.read.source import Source, split


def private_data_is_meant(source: Source, meant: Iterable[str]) -> Iterator[Diagnostic]:
    """Each national id, phone number and private e-mail address in a file, as a warning.

    `meant` holds the numbers and addresses that may be there, however they are spaced.
    """
    text = source.text
    begin = _contact_end(source) if source.path == SITE else 0
    for found in private_data_in(text, meant, begin):
        line = text.count("\n", 0, found.start) + 1
        column = found.start - text.rfind("\n", 0, found.start)
        at = Location(source.shown, line, column)
        yield warning(found.code, found.message, at, found.hint)


def _contact_end(source: Source) -> int:
    """Where the site's text begins, behind its front matter."""
    _, lines = split(source.text)
    return len("\n".join(source.text.split("\n")[: lines or 0]))
