"""The letter that a statement was made from, as words: read by the same readers as an import.

What a file says depends on its bytes alone, so it can be remembered by them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from innspill.blob import Blob
from innspill.failure import MachineFault
from innspill.importing.blocks import Block, Letter, TableBlock, TextBlock, words_in
from innspill.importing.count import joined_words
from innspill.importing.fault import NotImportable
from innspill.messages import Message, say


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """A letter that is to be read."""

    ending: str
    """That of its name, as `.pdf`: text, Markdown and HTML are known by it."""
    blob: Blob


@dataclass(frozen=True, slots=True)
class LetterPassage:
    """A paragraph, a heading, an item, a cell or a note of the letter."""

    words: tuple[str, ...]
    page: int = 0
    """From 1; 0 where the letter has no pages."""
    number: int = 0
    """That of its line or paragraph, from 1; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class OriginalText:
    """All words of a letter, in its order."""

    passages: tuple[LetterPassage, ...] = field(default=(), repr=False)
    heads: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """What its reader leaves out: running heads, feet, numbers of pages."""
    counts_lines: bool = False
    """Whether the numbers of places are those of lines, not of paragraphs."""
    why_not: Message | None = None
    """Why nothing can be compared with it."""
    is_settled: bool = True
    """Whether that depends on nothing but the file; without the extra `import`, it does not."""


def read_original(given: OriginalFile) -> OriginalText:
    """Reads a letter, in a process of its own with limits. Raises OSError and MachineFault."""
    from innspill.importing.reading import read_letter

    data = given.blob.load()
    try:
        letter = read_letter(data, f"original{given.ending}")
    except NotImportable as fault:
        return OriginalText(why_not=fault.why)
    except MachineFault as fault:
        return OriginalText(why_not=fault.message, is_settled=False)
    return text_of_letter(letter)


def ending_of(path: str) -> str:
    """What readers know a file by besides its bytes."""
    return PurePosixPath(path).suffix.casefold()


def text_of_letter(letter: Letter) -> OriginalText:
    """The words of a letter that was read, unless any of them is in doubt."""
    if letter.changes:
        return OriginalText(why_not=say("it holds tracked changes or comments"))
    heads = tuple(words_of(each.words) for each in letter.left_out if words_of(each.words))
    passages = tuple(each for each in _passages(letter) if each.words)
    drawn = [word for each in letter.blocks for word in _drawn(each)]
    made = Counter(word for each in passages for word in each.words)
    made.update(word for each in heads for word in each)
    given = Counter(joined_words(letter.words, letter.guesses))
    given.update(drawn)
    if letter.doubts or made != given:
        return OriginalText(why_not=say("the order of its words is in doubt"))
    return OriginalText(passages, heads, letter.counts_lines)


def _passages(letter: Letter) -> Iterator[LetterPassage]:
    for block in letter.blocks:
        if isinstance(block, TextBlock):
            yield _passage(block, _drawn(block))
        elif isinstance(block, TableBlock):
            for cell in (cell for row in block.rows for cell in row):
                words = tuple(word for each in cell for word in words_of(each.text))
                yield LetterPassage(words, block.at.page, block.at.number)
    for _, texts in letter.notes:
        yield from map(_passage, texts)


def _passage(block: TextBlock, before: tuple[str, ...] = ()) -> LetterPassage:
    return LetterPassage((*before, *words_of(block.text)), block.at.page, block.at.number)


def _drawn(block: Block) -> tuple[str, ...]:
    """What the word processor drew before an item and the text has as a word, as `a)`."""
    if isinstance(block, TextBlock) and block.item and block.item.is_drawn:
        return words_of(block.item.letter)
    return ()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, as an import counts them."""
    return tuple(words_in(text))
