"""Warns of what is seldom meant for everyone, where it stands in a file as written.

The site's own front matter is left out: its `contact` is there to be published.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from innspill.check.private_data import private_data_in
from innspill.diagnostics import Diagnostic, Location, warning
from innspill.read.read import SITE
from innspill.read.source import Source, split


def private_data_is_meant(source: Source, meant: Iterable[str]) -> Iterator[Diagnostic]:
    """Each stretch of a file that looks private, as a warning.

    `meant` holds the numbers, addresses and words that may be there, however they are spaced.
    """
    text = source.text
    begin = _contact_end(source) if source.path == SITE else 0
    starts: list[int] = []
    for found in private_data_in(text, meant, begin):
        starts = starts or [0, *(each.end() for each in re.finditer("\n", text))]
        line = bisect_right(starts, found.start)
        at = Location(source.shown, line, found.start - starts[line - 1] + 1)
        yield warning(found.code, found.message, at, found.hint)


def _contact_end(source: Source) -> int:
    """Where the site's text begins, behind its front matter."""
    _, lines = split(source.text)
    return len("\n".join(source.text.split("\n")[: lines or 0]))
