"""The rule for what `new` and `import` wrote: it stands for the writer's words, and is replaced.

It looks at the files as written, front matter and text alike, so that each finding has its line.
Only the program's very words count: what a writer puts between brackets is the writer's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from innspill.diagnostics import Diagnostic, Location, Severity, warning
from innspill.messages import say
from innspill.read.example import PICTURE, missing_alternatives, placeholders
from innspill.read.source import Source, split

CODE = "placeholder"
MOST = 20
"""How many are told of one file."""
SHOWN = 60
"""How much of a placeholder is repeated."""


def placeholders_are_replaced(source: Source) -> tuple[Diagnostic, ...]:
    """Each line where the program's words still stand, as a warning."""
    by_line: dict[int, Diagnostic] = {}
    places = sorted(_places(source))
    starts = _line_starts(source.text) if places else []
    for at, text in places:
        line = bisect_right(starts, at)
        place = Location(source.shown, line, at - starts[line - 1] + 1)
        by_line.setdefault(line, _told(text, place))
    told = list(by_line.values())
    if len(told) > MOST:
        more = say("lines that are still the example's, from here on: {n}", n=len(told) - MOST)
        told[MOST:] = [warning(CODE, more, told[MOST].at)]
    return tuple(told)


def graver_where_seen(found: Iterable[Diagnostic], shown: str) -> Iterator[Diagnostic]:
    """What was found in a file that readers get to see, where a placeholder is an error.

    `shown` is its path as messages show it: what is found in its old texts is settled.
    """
    for each in found:
        is_grave = each.code == CODE and each.at.path == shown
        yield replace(each, severity=Severity.ERROR) if is_grave else each


def _told(text: str, at: Location) -> Diagnostic:
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} …"
    message = say("this still stands as the program wrote it: {text}", text=shown)
    return warning(CODE, message, at, say("write your own in its place, or take it out"))


def _places(source: Source) -> Iterator[tuple[int, str]]:
    """Where placeholders stand, but for the comments of the front matter."""
    text = source.text
    of_pictures = missing_alternatives() if PICTURE in text else ()
    for each in (*placeholders(), *of_pictures):
        if all(word in text for word in _longest_first(each)):
            for found in _pattern(each).finditer(text):
                line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
                if not line.lstrip().startswith("#") or found.start() >= _body_start(text):
                    yield found.start(), each


def _body_start(text: str) -> int:
    _, body_line = split(text)
    return sum(len(line) + 1 for line in text.split("\n")[:body_line])


@cache
def _pattern(placeholder: str) -> re.Pattern[str]:
    """Its words, however the lines are broken between them; a first letter is found soonest."""
    start, words = re.escape(placeholder[0]), r"\s+".join(map(re.escape, placeholder.split()))
    return re.compile(rf"{start}(?<!\w{start}){words.removeprefix(start)}(?!\w)")


@cache
def _longest_first(placeholder: str) -> list[str]:
    return sorted(placeholder.split(), key=len, reverse=True)


def _line_starts(text: str) -> list[int]:
    """Where each line of a text begins."""
    return [0, *(found.end() for found in re.finditer("\n", text))]
