"""The footnotes of a PDF: the last lines of a page, each behind a number that is raised above them.

The numbers count on from page to page, or anew on each. The last notes of a page may stand on the
next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from innspill.importing.blocks import Guess, TextBlock, TextRun, raised
from innspill.importing.lines import TextLine, blocks_of, merged
from innspill.messages import say

FOOT = 0.6
"""Below which part of its page a note stands whose letters are as large as the text's."""
SQUARE = re.compile(r"(?:^|[\s\d])[kcd]?m$")
"""What stands before a raised number that is a power: metres."""
SMALLER = 0.5
"""Points: how much smaller than the text the letters of a footnote are at least."""
NUMBER = re.compile(r"(?P<label>\d{1,3})(?![\d.)])\s*")


@dataclass(frozen=True, slots=True)
class RaisedNumber:
    """A number that is raised in the text."""

    page: int
    """From 0."""
    number: str
    size: float
    """That of the letters of its line, in points."""


@dataclass(slots=True)
class PdfNotes:
    """Lines without footnotes, and these."""

    lines: list[TextLine] = field(default_factory=list)
    notes: list[tuple[str, tuple[TextBlock, ...]]] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    """The words that marks stood in, and the numbers of the notes."""


def without_notes(lines: Sequence[TextLine]) -> PdfNotes:
    """The lines of a letter without its footnotes, their marks in their places."""
    pages = [list(on_page) for _, on_page in groupby(lines, lambda line: line.at.page)]
    labels: list[dict[str, str]] = [{} for _ in pages]
    made = PdfNotes()
    texts: list[list[TextLine]] = []
    waiting: list[RaisedNumber] = []
    last = 0
    for number, page in enumerate(pages):
        waiting = _in_turn([*waiting, *_marks(page, number)], last)
        starts = _foot(page, waiting)
        for at, end in pairwise([*starts, len(page)]):
            mark = waiting.pop(0)
            last, label = int(mark.number), str(len(made.notes) + 1)
            labels[mark.page][mark.number] = label
            made.notes.append((label, _paragraphs(page[at:end])))
            made.guesses.append(_guess(page[at], *_without_number(page[at])))
        texts.append(page[: min(starts, default=len(page))])
    for page, own_labels in zip(texts, labels, strict=True):
        for line in page:
            made.guesses += _words_with_marks(line, own_labels)
            made.lines.append(replace(line, runs=merged(_marked(line.runs, own_labels))))
    return made


def _marks(page: Sequence[TextLine], at: int) -> Iterator[RaisedNumber]:
    """The numbers that are raised on a page, but those that begin a line, and powers."""
    for line in page:
        for before, run in pairwise(line.runs):
            if _may_be_mark(before, run):
                yield RaisedNumber(at, run.text, line.size)


def _may_be_mark(before: TextRun, run: TextRun) -> bool:
    """Whether a run is a raised number, and no power."""
    return run.is_raised and not SQUARE.search(before.text)


def _in_turn(marks: Iterable[RaisedNumber], last: int) -> list[RaisedNumber]:
    """Those that count on from the last note, or from 1."""
    kept: list[RaisedNumber] = []
    for mark in marks:
        due = int(kept[-1].number) + 1 if kept else last + 1
        if int(mark.number) == due or (not kept and mark.number == "1"):
            kept.append(mark)
    return kept


def _foot(page: Sequence[TextLine], marks: Sequence[RaisedNumber]) -> list[int]:
    """Where the notes of a page begin, the first of them that of the first mark."""
    for at in range(len(page) - 1, -1, -1):
        if marks and _begins_note(page[at], marks[0]):
            starts = [at]
            for mark in marks[1:]:
                behind = range(starts[-1] + 1, len(page))
                starts += [n for n in behind if _begins_note(page[n], mark)][:1]
            return starts
    return []


def _begins_note(line: TextLine, mark: RaisedNumber) -> bool:
    """Whether a line begins with the number of a note, and not with that of an item."""
    is_small = line.size <= mark.size - SMALLER or line.runs[0].is_raised
    is_at_foot = line.height > FOOT and NUMBER.sub("", line.text)[:1].isupper()
    return _number(line) == mark.number and (is_small or is_at_foot)


def _number(line: TextLine) -> str:
    found = NUMBER.match(line.text)
    return found["label"] if found else ""


def _without_number(line: TextLine) -> tuple[str, str]:
    """The first word of a note with its number, and without."""
    word = line.text.split()[0]
    return word, NUMBER.sub("", word, count=1)


def _paragraphs(lines: Sequence[TextLine]) -> tuple[TextBlock, ...]:
    """A note's paragraphs, without its number."""
    first, *others = lines
    count = len(first.text) - len(NUMBER.sub("", first.text, count=1))
    runs: list[TextRun] = []
    for run in first.runs:
        runs.append(replace(run, text=run.text[count:], is_raised=False))
        count = max(0, count - len(run.text))
    plain = [replace(each, runs=merged(_marked(each.runs, {}))) for each in others]
    rest = [replace(first, runs=merged(runs)), *plain]
    return blocks_of([each for each in rest if each.text])[0]


def _marked(runs: Iterable[TextRun], labels: Mapping[str, str]) -> Iterator[TextRun]:
    """Runs with the marks of notes for the numbers that are raised; all others as they are."""
    before = TextRun("")
    for run in runs:
        if _may_be_mark(before, run) and run.text in labels:
            yield TextRun(note=labels[run.text])
        else:
            yield raised(run) if run.is_raised else run
        before = run


def _words_with_marks(line: TextLine, labels: Mapping[str, str]) -> Iterator[Guess]:
    """Each word that a mark stands in or behind, with the word without it."""
    start = 0
    for run, marked in zip(line.runs, _marked(line.runs, labels), strict=True):
        if marked.note:
            before, behind = _around(line, start, len(run.text))
            yield _guess(line, f"{before}{run.text}{behind}", f"{before}{behind}")
        start += len(run.text)


def _around(line: TextLine, start: int, length: int) -> tuple[str, str]:
    """What of a word stands before and behind some of its letters."""
    text = "".join(run.text for run in line.runs)
    before, behind = re.search(r"\S*$", text[:start]), re.match(r"\S*", text[start + length :])
    return before[0] if before else "", behind[0] if behind else ""


def _guess(line: TextLine, before: str, after: str) -> Guess:
    return Guess(say("the number of a footnote is a mark now"), line.at, before, after)
