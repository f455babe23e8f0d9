"""What every reader makes of a file: blocks in the order of the text, each with its place."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from innspill.messages import Message, say

SOFT_HYPHEN = "\u00ad"
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in the original: its page, where it has such, and the line or paragraph, from 1."""

    page: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters that look alike; a line feed in them ends a line for the reader too."""

    text: str = ""
    is_bold: bool = False
    is_italic: bool = False
    href: str = ""
    note: str = ""
    """The label of the footnote that is marked here."""
    is_raised: bool = False
    """Whether these are digits that a PDF raises above the line, as before notes are known."""


def raised(run: TextRun) -> TextRun:
    """A run above the line: its digits as signs of their own, or 2¹⁰ would be 210 in Markdown."""
    if not run.text.strip().isdecimal():
        return run
    return replace(run, text=run.text.translate(SUPERSCRIPTS), is_raised=False)


@dataclass(frozen=True, slots=True)
class ListMark:
    """What makes an item of a paragraph."""

    level: int = 0
    """How many lists stand around its own."""
    number: int | None = None
    """Its number, None where it has a sign."""
    letter: str = ""
    """What stands before it as no number: `a)`, `iv.`."""
    is_drawn: bool = False
    """Whether that is drawn by the word processor, and no part of the text."""
    is_new: bool = False
    """Whether its list begins anew here, though it looks like the one before."""


GUESSED, UPPER = 9, 8
"""The levels of a heading that is only known by its looks, and of one with such below it."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, a heading or an item of a list."""

    runs: tuple[TextRun, ...]
    at: Spot = Spot()
    heading: int = 0
    """Its level as a heading, from 1; 0 of what is none."""
    item: ListMark | None = None
    goes_on: bool = False
    """Whether it is a further paragraph of the item above."""
    is_quotation: bool = False
    size: float = 0.0
    """The size of its letters in points, where that is known."""
    is_single: bool = True
    """Whether it stands on one line, as far as is known."""
    is_box: bool = False
    """Whether it stood in a box beside the text."""

    @property
    def text(self) -> str:
        """Its words, with one space between them."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        shown = [run for run in self.runs if run.text.strip()]
        return bool(shown) and all(run.is_bold for run in shown)


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table: cells by rows, each of paragraphs; the first row is its head."""

    rows: tuple[tuple[tuple[TextBlock, ...], ...], ...]
    at: Spot = Spot()
    merged: int = 0
    """How many of its cells go over several rows or columns."""


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture that is shown in the text."""

    data: bytes = field(repr=False)
    ending: str
    """That of its file's name, as `.png`."""
    alternative: str = ""
    at: Spot = Spot()


Block = TextBlock | TableBlock | PictureBlock

SHOWABLE = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}
"""The endings of pictures that a browser shows."""


def picture_block(
    name: str, data: bytes | None, alternative: str, at: Spot
) -> PictureBlock | Message:
    """A picture of a letter by its file's name, or why it does not come along."""
    ending = posixpath.splitext(name)[1].casefold()
    if data is None:
        return say("a picture that stands elsewhere, and was not fetched: {name}", name=name)
    if ending not in SHOWABLE:
        return say(
            "a picture in a form that no browser shows ({form}): save it as PNG", form=ending
        )
    return PictureBlock(data, ending, alternative.strip(), at)


def block_text(block: Block) -> str:
    """All words of a block, one after the other."""
    match block:
        case TextBlock():
            return block.text
        case TableBlock():
            return " ".join(each.text for row in block.rows for cell in row for each in cell)
        case PictureBlock():
            return ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What stands in the original and is no part of the text."""

    what: Message
    words: str = ""
    at: Spot = Spot()
    pages: tuple[int, ...] = ()


def without_figures(text: str) -> str:
    """A text as it is on each page, whatever number stands in it."""
    return re.sub(r"\d+", "0", text)


def running_heads_once(texts: Iterable[str]) -> Iterator[LeftOut]:
    """The heads and feet that a file keeps apart from its text, each once."""
    found: dict[str, str] = {}
    for text in texts:
        words = " ".join(text.split())
        found.setdefault(without_figures(words), words)
    for words in filter(None, found.values()):
        yield LeftOut(say("a running head or foot: “{text}”", text=words))


@dataclass(frozen=True, slots=True)
class Guess:
    """What was decided of the original, and may be wrong."""

    what: Message
    at: Spot = Spot()
    before: str = ""
    """Words of the original that were made into `after`."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A file, as read."""

    form: Message | str
    """What kind of file it is, as people say it: Word, PDF …"""
    blocks: tuple[Block, ...]
    words: tuple[str, ...]
    """Every word of the text, taken from the file by the plainest way there is."""
    notes: tuple[tuple[str, tuple[TextBlock, ...]], ...] = ()
    """Footnotes by their labels."""
    left_out: tuple[LeftOut, ...] = ()
    guesses: tuple[Guess, ...] = ()
    doubts: tuple[Guess, ...] = ()
    """What can't be taken along as it stands: nothing is written unless that is accepted."""
    changes: tuple[LeftOut, ...] = ()
    """Tracked changes and comments."""
    pages: int = 0
    encoding: str = ""
    counts_lines: bool = False
    """Whether the numbers of places are those of lines, not of paragraphs."""
    is_in_order: bool = False
    """Whether `words` stand in the order of `blocks`."""


def words_in(text: str) -> list[str]:
    """The words of a text: what stands between spaces and holds a letter or a digit."""
    plain = unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, ""))
    return [word for word in plain.split() if any(map(str.isalnum, word))]


def all_words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of texts, one after the other."""
    return tuple(word for text in texts for word in words_in(text))


def plain_block(text: str, at: Spot) -> TextBlock:
    """A paragraph of nothing but words."""
    return TextBlock((TextRun(text),), at)


def without_start(block: TextBlock, count: int) -> tuple[TextRun, ...]:
    """A block's runs without its first characters, and the spaces behind these."""
    left: list[TextRun] = []
    for run in block.runs:
        text = run.text[count:]
        count = max(0, count - len(run.text))
        if not left:
            text = text.lstrip()
        if text or run.note:
            left.append(TextRun(text, run.is_bold, run.is_italic, run.href, run.note))
    return tuple(left)


def clean(text: str) -> str:
    """A text without what is invisible and means nothing: control characters, soft hyphens."""
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\ufeff\ufffe\uffff]", "", text)
