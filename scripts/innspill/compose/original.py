"""A statement's words held to those of the letter that it was made from.

The letter's passages are gone through in order. Each stands in the text word for word, or is one
of those that stand elsewhere: the title, the questions, and what front matter lists as left out.
So no word inside a passage can go or change, and no passage but one of these. A question may begin
a passage, whose answer then stands in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from innspill.compose.enclosures import EnclosedFile
from innspill.diagnostics import Location
from innspill.messages import Message, catalogue, say
from innspill.model import Enclosure, Original, Question, TextDifference
from innspill.original import LetterPassage, OriginalText, words_of
from innspill.read.schema import StatementFront
from innspill.read.source import Source
from innspill.read.tree import Body
from innspill.text import Element, Node, Text

CONTEXT = 8
"""How many words of both are shown where they differ."""
BEFORE = 2
"""How many of them stand before that place."""
INLINE = {"em", "strong", "code", "span", "a"}
ANSWER = ("Svar",)
"""The words of an answer's heading that are the format's, and not the letter's."""
AFTER_ANSWERS = ("Til", "slutt")
"""The same of a heading above what answers no question, where the letter has none."""
REMARK_OF = (
    re.compile("Merknad(?:er|ar)?|Særmerknad|Mindretallsmerknad|Protokolltilførsel"),
    re.compile("fra|frå"),
)
"""What a letter has before the names of those whose remark it is."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What of a letter need not stand in the text."""

    passages: frozenset[Words]
    """Whole passages."""
    questions: frozenset[Words]
    """Of these, what may begin a passage: questions, with whatever number they have, guidance."""


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word of the statement's text, and what the letter may have before it."""

    word: str
    at: Location
    item: int | None = None
    """Of the first word of an item, its number, 0 where it has none."""
    is_remark: bool = False
    """Whether it stands in a remark's braces: of whom it is."""
    is_own: bool = False
    """Whether it is one of `AFTER_ANSWERS`."""


def compose_original(
    source: Source,
    front: StatementFront,
    file: EnclosedFile | None,
    text: OriginalText | None,
    questions: Sequence[Question],
    hidden_name: str | None,
) -> Original | None:
    """What came of comparing a statement with its letter, None where that was not to be read."""
    if file is None or text is None:
        return None
    at = source.matter.locate(("original",))
    if text.why_not is not None:
        return Original(file.path, text.why_not, at=at)
    asked = [(each.number, each.text, each.guidance) for each in questions]
    elsewhere = stands_elsewhere(front.title, asked, front.left_out)
    lines = source.text.rstrip("\n").count("\n") + 1
    difference = first_difference(source.body, text, elsewhere, Location(source.shown, lines))
    return Original(file.path, None, difference, _tells(text, hidden_name), at)


def _tells(text: OriginalText, name: str | None) -> bool:
    if not name:
        return False
    words = " ".join(word for each in text.passages for word in each.words)
    return " ".join(words_of(name)) in words


def enclosed_original(
    source: Source, front: StatementFront, file: EnclosedFile | None, lang: str
) -> Enclosure | None:
    """The letter as one of the files that are listed, missing or not; None without one."""
    if front.original is None:
        return None
    return Enclosure(
        title=say("The letter as it was sent").within(catalogue(lang)),
        written=front.original,
        url=file.path if file else None,
        size=file.size if file else 0,
        at=source.matter.locate(("original",)),
    )


def first_difference(
    body: Body, given: OriginalText, elsewhere: Elsewhere, end: Location
) -> TextDifference | None:
    """Where a text first differs from the letter, None where it does not.

    `end` is where the text ends.
    """
    text = list(_text_words(body))
    at = 0
    for passage in given.passages:
        matched, of_passage = _match(passage.words, text, at)
        if of_passage == len(passage.words):
            at = matched
        elif passage.words in elsewhere.passages:
            continue
        elif (behind := _behind_question(passage.words, text, at, elsewhere)) is not None:
            at = behind
        else:
            return _difference(text, at, matched, passage, of_passage, given, end)
    if at < len(text):
        return TextDifference(_shown(text, at), "", None, text[at].at)
    known = {_masked(each) for each in elsewhere.passages}
    head = next((each for each in given.heads if _masked(each) not in known), None)
    return TextDifference("", " ".join(head), None, end) if head else None


def stands_elsewhere(
    title: str, questions: Iterable[tuple[int, str, Sequence[str]]], left_out: Iterable[str]
) -> Elsewhere:
    """What of a letter need not stand in the text.

    Of each question: its number, its text, and the paragraphs of its guidance.
    """
    found = {words_of(each) for each in (title, *left_out)}
    ends = []
    for number, text, guidance in questions:
        words = words_of(text)
        found |= {words, (f"{number}.", *words), (f"{number})", *words)}
        guides = [words_of(each) for each in guidance]
        found |= set(guides)
        whole = sum(guides, words)
        ends += [words, whole, *filter(None, guides)]
        found.add(whole)
    asked = {each for each in found if any(end and each[-len(end) :] == end for end in ends)}
    return Elsewhere(frozenset(found), frozenset(asked))


def _behind_question(
    passage: Words, text: Sequence[TextWord], start: int, elsewhere: Elsewhere
) -> int | None:
    """Where the text goes on behind a passage that begins with a question; None of all others."""
    for asked in sorted(elsewhere.questions, key=len, reverse=True):
        rest = passage[len(asked) :]
        if rest and passage[: len(asked)] == asked:
            at, done = _match(rest, text, start)
            if done == len(rest):
                return at
    return None


def place_in_letter(page: int, number: int, *, counts_lines: bool) -> Message | None:
    """Where something stands in a letter, each counted from 1; 0 where it is not known."""
    if page and number:
        return say("page {page}, line {n} of the letter", page=page, n=number)
    if page:
        return say("page {page} of the letter", page=page)
    if not number:
        return None
    if counts_lines:
        return say("line {n} of the letter", n=number)
    return say("paragraph {n} of the letter", n=number)


def head_once(words: Sequence[str]) -> Words:
    """A running head that stands on each page, once: `Side 1 av 6`, whatever its numbers are."""
    masked = [re.sub(r"\d+", "0", word) for word in words]
    for count in range(1, len(words)):
        if len(words) % count == 0 and masked == masked[:count] * (len(words) // count):
            return tuple(words[:count])
    return tuple(words)


def _masked(words: Words) -> Words:
    return tuple(re.sub(r"\d+", "0", word) for word in head_once(words))


def _match(passage: Words, text: Sequence[TextWord], start: int) -> tuple[int, int]:
    """How far a passage stands in the text: the place behind in the text, and in the passage."""
    at, done = _match_at(passage, text, start)
    if done < len(passage) and start < len(text) and text[start].is_own:
        return _match_at(passage, text, start + len(AFTER_ANSWERS))
    return at, done


def _match_at(passage: Words, text: Sequence[TextWord], start: int) -> tuple[int, int]:
    at, done = start, 0
    while done < len(passage) and at < len(text):
        word, given = text[at], passage[done]
        if given == word.word:
            at, done = at + 1, done + 1
        elif word.item is not None and _is_sign(given, word.item):
            done += 1
        elif word.item is not None and _without_sign(given, word.item) == word.word:
            at, done = at + 1, done + 1
        elif word.is_remark and done < len(REMARK_OF) and REMARK_OF[done].fullmatch(given):
            done += 1
        elif word.is_remark and given == f"{word.word}:":
            at, done = at + 1, done + 1
        else:
            break
    return at, done


def _is_sign(word: str, number: int) -> bool:
    """Whether a word is what stands before an item: `3.`, `(3)`."""
    return bool(number) and re.fullmatch(rf"\W*{number}\W*", word) is not None


def _without_sign(word: str, number: int) -> str:
    """A word without the sign that stands close before it: `•Ord`, `1.Ord`."""
    return re.sub(rf"^\W*(?:{number}\W+)?" if number else r"^\W+", "", word)


def _difference(
    text: Sequence[TextWord],
    start: int,
    at: int,
    passage: LetterPassage,
    done: int,
    given: OriginalText,
    end: Location,
) -> TextDifference:
    """What stands at both places, behind the last words of the passage that are the same."""
    same = min(BEFORE, at - start)
    words = passage.words[done - same :][:CONTEXT]
    where = text[at].at if at < len(text) else end
    place = place_in_letter(passage.page, passage.number, counts_lines=given.counts_lines)
    return TextDifference(_shown(text, at - same), " ".join(words), place, where)


def _shown(text: Sequence[TextWord], at: int) -> str:
    return " ".join(each.word for each in text[at : at + CONTEXT])


def _text_words(body: Body) -> Iterator[TextWord]:
    """The words of a text in its order, footnotes behind."""
    for block in (*body.blocks, *body.notes):
        yield from _of_block(block, block.at)


def _of_block(block: Element, around: Location) -> Iterator[TextWord]:
    at = block.at if block.at.path else around
    match block.tag:
        case "ol" | "ul":
            start = int(block.get("start") or 0)
            items = (each for each in block.children if isinstance(each, Element))
            for number, item in enumerate(items, start):
                place = item.at if item.at.path else at
                inside = _of_children(item, place)
                yield from _first_of_item(inside, number if start else 0)
        case "aside":
            whose = _of_text(block.get("by"), at)
            yield from (replace(each, is_remark=True) for each in whose)
            yield from _of_children(block, at)
        case "h2" | "h3" | "h4" | "h5" | "h6" if not block.get("answers"):
            words = list(_of_children(block, at))
            is_own = tuple(each.word for each in words) == AFTER_ANSWERS
            yield from (replace(each, is_own=is_own) for each in words)
        case _ if block.get("answers"):
            words = list(_of_children(block, at))
            if tuple(each.word for each in words) != ANSWER:
                yield from words
        case "img":
            yield from _of_text(block.get("title"), at)
        case "sup":
            return
        case _:
            yield from _of_children(block, at)


def _of_children(block: Element, at: Location) -> Iterator[TextWord]:
    """Inline nodes go together, whatever stands between them; a block ends a word."""
    pieces: list[str] = []
    for node in block.children:
        if _is_inline(node):
            pieces += _pieces(node)
            continue
        yield from _of_text("".join(pieces), at)
        pieces = []
        assert isinstance(node, Element)
        yield from _of_block(node, at)
    yield from _of_text("".join(pieces), at)


def _is_inline(node: Node) -> bool:
    return not isinstance(node, Element) or node.tag in {*INLINE, "br", "sup"}


def _pieces(node: Node) -> Iterator[str]:
    match node:
        case Text():
            yield node.value
        case Element(tag="br"):
            yield "\n"
        case Element() if node.tag in INLINE:
            for child in node.children:
                yield from _pieces(child)


def _of_text(text: str, at: Location) -> Iterator[TextWord]:
    """The words of a text that begins at a place, each with its own line."""
    for number, line in enumerate(text.split("\n")):
        place = replace(at, line=at.line + number, column=1) if number else at
        yield from (TextWord(word, place) for word in words_of(line))


def _first_of_item(words: Iterator[TextWord], number: int) -> Iterator[TextWord]:
    first = next(words, None)
    if first is not None:
        yield first if first.item is not None else replace(first, item=number)
    yield from words
