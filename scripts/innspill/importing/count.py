"""Every word of the original beside every word that was written: none may be lost or added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from innspill.importing.blocks import Guess, words_in
from innspill.read.tree import Body
from innspill.text import Element, Node, Text

HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
LONGEST_MARK = 3
"""How many digits the mark of a note has at most."""
SHOWN = 20
"""How many words that differ are named."""


@dataclass(frozen=True, slots=True)
class WordCount:
    """How many words there are, and which differ."""

    words: int
    """Those of the original."""
    text: int
    """Those of the statement's text."""
    apart: int
    """Those that stand elsewhere now: in front matter, as questions, or left out and told."""
    lost: tuple[str, ...]
    added: tuple[str, ...]
    astray: tuple[str, str] = ("", "")
    """The first words that stand in another order: those of the text, those of the original."""

    @property
    def is_whole(self) -> bool:
        """Whether every word is accounted for, in its order."""
        return not self.lost and not self.added and not any(self.astray)


def counted(
    source: Sequence[str],
    body: Body,
    apart: Sequence[str],
    joins: Sequence[Guess],
    own_heading: str,
    *,
    is_in_order: bool,
) -> WordCount:
    """The words of the original against those of the text and those that stand `apart`.

    `own_heading` is the one that the letter does not have, empty where there is none. A word that
    was parted at the end of a line counts as it was joined.
    """
    expected = joined_words(source, joins)
    blocks = [words_in(text) for text in _texts(body.blocks, own_heading)]
    notes = [words_in(text) for text in _texts(body.notes)]
    text = [word for each in blocks for word in each]
    all_text = [*text, *(word for each in notes for word in each)]
    elsewhere = [word for each in apart for word in words_in(each)]
    given, made = Counter(expected), Counter([*all_text, *elsewhere])
    lost, added = tuple((given - made).elements()), tuple((made - given).elements())
    astray = ("", "")
    if is_in_order and not lost and not added:
        at_line_ends = [join for join in joins if len(words_in(join.before)) > 1]
        astray = _astray(text, joined_words(source, at_line_ends))
    return WordCount(len(expected), len(all_text), len(elsewhere), lost, added, astray)


def joined_words(source: Sequence[str], joins: Sequence[Guess]) -> list[str]:
    """The words of the original with those joined that a line's end parted, and the reverse."""
    pending: dict[tuple[str, ...], list[list[str]]] = {}
    for join in joins:
        before, after = tuple(words_in(join.before)), words_in(join.after)
        if len(before) == 1 or (len(before) == 2 and len(after) == 1):
            pending.setdefault(before, []).append(after)
    made: list[str] = []
    for word in source:
        if made and (waiting := pending.get((made[-1], word))):
            made[-1:] = waiting.pop()
        elif waiting := pending.get((word,)):
            made += waiting.pop()
        else:
            made.append(word)
    return made


def _astray(text: Sequence[str], source: Sequence[str]) -> tuple[str, str]:
    """The first word of the text that is not behind the one before it in the original."""
    at = 0
    for number, word in enumerate(text):
        start = at
        while at < len(source) and not _is_of(word, source[at]):
            at += 1
        if at == len(source):
            return (
                " ".join(text[max(0, number - 3) : number + 3]),
                " ".join(source[start : start + 6]),
            )
        at += 1
    return ("", "")


def _is_of(word: str, original: str) -> bool:
    """Whether a word is one of the original, or that without a sign before it or a note's mark."""
    if original.endswith(word):
        return not any(map(str.isalpha, original[: len(original) - len(word)]))
    length = len(original) - len(word)
    return 0 < length <= LONGEST_MARK and any(
        original[:at] + original[at + length :] == word and original[at : at + length].isdecimal()
        for at in range(len(word) + 1)
    )


def _texts(blocks: Sequence[Element], own_heading: str = "") -> Iterator[str]:
    """The text of each block, without the headings that the letter does not have."""
    for block in blocks:
        text = "".join(_pieces(block))
        is_own = block.tag in HEADINGS and own_heading and text.strip() == own_heading
        if not block.get("answers") and not is_own:
            yield text


def _pieces(node: Node) -> Iterator[str]:
    match node:
        case Text():
            yield node.value
        case Element() if node.tag in {"em", "strong", "code", "span", "a"}:
            for child in node.children:
                yield from _pieces(child)
        case Element() if node.tag == "sup":
            return
        case Element() if node.tag in {"p", *HEADINGS}:
            for child in node.children:
                yield from _pieces(child)
            yield " "
        case Element():
            yield " "
            for child in node.children:
                yield from _pieces(child)
            yield " "
