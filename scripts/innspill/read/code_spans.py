"""Where a paragraph's code and escaped characters stand, as CommonMark finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

ESCAPED_OR_TICKS = re.compile(r"\\[!-/:-@\[-`{-~]|`+")
TICKS = re.compile(r"`+")


def hidden_in(text: str) -> Iterator[tuple[int, int]]:
    """Each span of code, with its backticks, and each escaped character, with its backslash.

    Code ends at the next run of as many backticks. The time grows with the text alone, however
    many runs of them end nowhere.
    """
    closers: dict[int, list[re.Match[str]]] = {}
    for run in reversed(list(TICKS.finditer(text))):
        closers.setdefault(len(run[0]), []).append(run)
    place = 0
    while found := ESCAPED_OR_TICKS.search(text, place):
        start, place = found.span()
        if found[0][0] == "`":
            alike = closers.get(place - start, [])
            while alike and alike[-1].start() < place:
                alike.pop()
            if not alike:
                continue
            place = alike[-1].end()
        yield start, place
