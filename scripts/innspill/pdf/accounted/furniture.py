"""What no screen reader reads: heads and feet of pages, heads of tables drawn again, bullets.

The lines that it is broken into are put together again: another layout breaks them elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from innspill.messages import say
from innspill.pdf.accounted.document import DrawnDocument
from innspill.pdf.accounted.drawn_page import DrawnRun
from innspill.pdf.accounted.looks import Look, LookedAt
from innspill.pdf.difference import Difference, Weight

SPACE = 0.35
"""How far from each other, in parts of the size, two pieces of one line may stand."""
LINE = (0.8, 2.0)
"""How far below each other, in parts of the size, two lines of one text may stand."""
Text = tuple[str, frozenset[Look]]
"""A text without its spaces, and how its letters look."""


def furniture_differs(was: DrawnDocument, is_: DrawnDocument) -> Iterator[Difference]:
    """The pages that have other texts of this kind than ours have, or more of one."""
    most: Counter[Text] = Counter()
    total: Counter[Text] = Counter()
    for page, counted in enumerate(_counted(was)):
        alike: Counter[Text] = Counter()
        for (text, looks), n in counted.items():
            alike[_without_page_number(text, page, len(was.drawn)), looks] += n
        most |= alike
        total += alike
    most |= Counter(_heads(is_))
    pages = _counted(is_)
    marks = sum(pages, Counter[Text]())
    for page, counted in enumerate(pages):
        for (text, looks), n in counted.items():
            plain = _without_page_number(text, page, len(is_.drawn))
            is_mark = not any(map(str.isalnum, text))
            if n <= most[plain, looks]:
                continue
            if is_mark and marks[text, looks] <= total[text, looks]:
                continue
            message = say(
                "page {n} has other words at its edge: “{text}”", n=page + 1, text=text[:80]
            )
            yield Difference(Weight.CHANGED, message)
            break


def _counted(document: DrawnDocument) -> list[Counter[Text]]:
    """How often each stands on each page."""
    return [Counter(_texts(page, lambda run: run.mcid is None)) for page in document.looked]


def _heads(document: DrawnDocument) -> Iterator[Text]:
    """The heads of tables, as they may be drawn again."""
    for number, page in enumerate(document.looked):
        own = {mcid for at, mcid in document.heard.heads if at == number}
        yield from _texts(page, lambda run, own=own: run.mcid in own)  # type: ignore[misc]


def _texts(page: LookedAt, is_wanted: Callable[[DrawnRun], bool]) -> Iterator[Text]:
    """The texts of some of a page's runs, each put together of its lines."""
    text: list[DrawnRun] = []
    for run in page.letters:
        is_own = is_wanted(run)
        if text and not (is_own and _goes_on(text[-1], run)):
            yield from _text(page, text)
            text = []
        if is_own:
            text.append(run)
    yield from _text(page, text)


def _text(page: LookedAt, runs: list[DrawnRun]) -> Iterator[Text]:
    letters = "".join("".join(run.text) for run in runs if not run.is_hyphen)
    looks = frozenset(look for run in runs for look in page.letters[run])
    if plain := "".join(letters.replace("\u00ad", "").split()):
        yield plain, looks


def _goes_on(before: DrawnRun, run: DrawnRun) -> bool:
    """Whether a run stands right behind another, or begins a line below it."""
    size = max(before.size, run.size)
    if abs(before.baseline - run.baseline) < size / 10:
        return abs(run.edges[0] - before.edges[-1]) <= SPACE * size
    least, most = LINE
    is_below = least * size <= before.baseline - run.baseline <= most * size
    return is_below and run.edges[0] < before.edges[-1] and before.edges[0] < run.edges[-1]


def _without_page_number(text: str, page: int, pages: int) -> str:
    """A text in which the page's own number, and that of all pages, are a sign, at its end.

    Any other number says something else, as the day does that the foot has.
    """
    return re.sub(rf"(?<!\d){page + 1}(\D+){pages}$", r"#\1#", text)
