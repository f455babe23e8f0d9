"""The report of an import: what became of everything, by the line of the new file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from innspill.compose.original import place_in_letter
from innspill.importing.blocks import (
    GUESSED,
    Guess,
    Letter,
    PictureBlock,
    Spot,
    TableBlock,
    TextBlock,
)
from innspill.importing.count import SHOWN
from innspill.importing.statement import ImportedStatement
from innspill.messages import Message, joined, say
from innspill.read.schema import QuestionFront

EMPTY = joined("", ())
WANTED = (
    "adopted", "vote.result", "dated", "our_reference", "your_reference", "case_officer",
    "recipient",
)  # fmt: skip
"""The facts that most letters state."""
FIRST_WORDS = 8
"""How many words of an answer are shown."""


def report_of(
    made: ImportedStatement,
    target: str,
    questions: Sequence[QuestionFront],
    begun: Sequence[Message] = (),
) -> tuple[Message, ...]:
    """All that the writer is to know, line by line; sections are parted by empty lines.

    `begun` tells what becomes of the consultation itself.
    """
    sections = (
        (*_form(made, target), *map(_row, begun)),
        _facts(made),
        _questions(made, questions),
        _left_out(made),
        _mended(made),
        _kinds(made),
        _guessed(made),
        _unsure(made),
        _doubts(made),
        _count(made),
        _original(made),
    )
    lines: list[Message] = []
    for section in sections:
        found = list(section)
        lines += [EMPTY, *found] if lines and found else found
    return tuple(lines)


def changes_of(letter: Letter) -> tuple[Message, ...]:
    """Tracked changes and comments, one on a line."""
    return tuple(
        _row(joined(": ", (each.what, f"«{each.words}»")), _place(letter, each.at))
        for each in letter.changes
    )


def _form(made: ImportedStatement, target: str) -> Iterator[Message]:
    letter = made.letter
    yield joined(" → ", (made.file, target))
    parts: list[Message | str] = [letter.form]
    if letter.encoding:
        parts.append(letter.encoding)
    if letter.pages:
        parts.append(say("pages: {n}", n=letter.pages))
    yield _row(joined(" · ", parts))


def _facts(made: ImportedStatement) -> Iterator[Message]:
    yield say("Facts, each to be confirmed:")
    lines = made.text.split("\n")
    title = joined("", ("title: ", made.title))
    yield _row(title, say("line {n}", n=_line_of(lines, "title")))
    told = [(_line_of(lines, each.key.split(".")[-1]), each) for each in made.facts.facts]
    for line, fact in sorted(told, key=lambda each: each[0]):
        message = say(
            "{key}: {value} – from “{words}”", key=fact.key, value=fact.value, words=fact.words
        )
        yield _row(message, say("line {n}", n=line), _place(made.letter, fact.at))
    if missing := [key for key in WANTED if not made.facts.get(key)]:
        keys = ", ".join(key.removesuffix(".result") for key in missing)
        yield _row(say("not found in the letter: {keys}", keys=keys))


def _line_of(lines: Sequence[str], key: str) -> int:
    """The line on which a key of the front matter stands."""
    return next(n for n, line in enumerate(lines, 1) if line.strip().startswith(f"{key}:"))


def _questions(made: ImportedStatement, questions: Sequence[QuestionFront]) -> Iterator[Message]:
    found = {each.question.id: each for each in made.questions}
    asked = questions or [each.question for each in made.questions]
    if not asked:
        return
    yield say("Questions: {n} of {m}", n=len(found), m=len(asked))
    for number, question in enumerate(asked, 1):
        each = found.get(question.id)
        if each is None:
            yield _row(say("{number} {id}: not found in the letter", number=number, id=question.id))
            continue
        how = say("word for word")
        if each.is_by_number:
            how = say("by its number")
        elif each.likeness < 100:
            how = say("alike by {n} %", n=round(each.likeness, 1))
        answer = _first_words(made, each.behind)
        told = joined(" ", (f"{number} {question.id}:", how, "·", answer))  # fmt: skip
        yield _row(told, _line(made, each.at), _place(made.letter, _spot(made, each.at)))
        for other in each.others:
            message = say(
                "{number} {id}: it stands here too, as text", number=number, id=question.id
            )
            yield _row(message, _line(made, other), _place(made.letter, _spot(made, other)))


def _first_words(made: ImportedStatement, at: int) -> Message:
    starts = {each.at for each in made.questions}
    block = made.blocks[at] if at < len(made.blocks) and at not in starts else None
    if isinstance(block, TextBlock):
        words = block.text.split()
        more = " …" if len(words) > FIRST_WORDS else ""
        return joined("", (f"«{' '.join(words[:FIRST_WORDS])}{more}»",))
    return say("a table or a picture") if block else say("no answer")


def _left_out(made: ImportedStatement) -> Iterator[Message]:
    signs = say("the number of an item")
    told = [each for each in made.left_out if each.what != signs]
    count = len(made.left_out) - len(told)
    if not made.left_out:
        return
    yield say("Left out of the text:")
    for each in told:
        pages = _ranges(each.pages)
        on = say("pages {pages}", pages=pages) if pages else _place(made.letter, each.at)
        yield _row(each.what, on)
    if count:
        yield _row(say("numbers before items, which the list itself has: {n}", n=count))


def _ranges(pages: Sequence[int]) -> str:
    """Numbers of pages as people write them: `1–6, 8`; empty where there are none."""
    runs: list[list[int]] = []
    for page in sorted(set(pages) - {0}):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _mended(made: ImportedStatement) -> Iterator[Message]:
    marks = say("the number of a footnote is a mark now")  # how many there are is told below
    told = [each for each in made.letter.guesses if each.what != marks]
    if told:
        yield say("Mended:")
    for each in told:
        yield _guess(made, each)


def _guess(made: ImportedStatement, guess: Guess) -> Message:
    told = guess.what
    if guess.after:
        told = joined(": ", (told, f"«{guess.after}»"))
    at = next(
        (n for n in range(len(made.blocks) - 1, -1, -1) if made.blocks[n].at <= guess.at), None
    )
    line = _line(made, at) if at is not None else None
    return _row(told, line, _place(made.letter, guess.at))


def _kinds(made: ImportedStatement) -> Iterator[Message]:
    rows: list[Message] = []
    for at, block in enumerate(made.blocks):
        place = (_line(made, at), _place(made.letter, block.at))
        if isinstance(block, PictureBlock):
            told = say("a picture") if block.alternative else say(
                "a picture without alternative text: describe it in the text’s language"
            )  # fmt: skip
            rows.append(_row(told, *place))
        elif isinstance(block, TableBlock) and at in made.lines:
            told = say("a table, rows: {n}", n=len(block.rows))
            if block.merged:
                told = say(
                    "a table, rows: {n}; merged cells: {m}, each written once, others left empty",
                    n=len(block.rows),
                    m=block.merged,
                )
            rows.append(_row(told, *place))
        elif isinstance(block, TextBlock) and block.is_box:
            rows.append(_row(say("from a box beside the text"), *place))
    letters = [block for block in made.blocks if isinstance(block, TextBlock) and block.item]
    drawn = sum(1 for block in letters if block.item and block.item.is_drawn)
    if drawn:
        rows.append(_row(say("letters before items, which stand as text now: {n}", n=drawn)))
    if made.letter.notes:
        rows.append(_row(say("footnotes: {n}", n=len(made.letter.notes))))
    if rows:
        yield say("Pictures, tables, boxes and notes:")
        yield from rows


def _guessed(made: ImportedStatement) -> Iterator[Message]:
    guessed = [
        (at, block)
        for at, block in enumerate(made.blocks)
        if isinstance(block, TextBlock) and block.heading >= GUESSED - 1 and at in made.lines
    ]
    if guessed:
        yield say("Guessed: that these are headings, and their levels:")
    for at, block in guessed:
        yield _row(joined("", (f"«{block.text}»",)), _line(made, at), _place(made.letter, block.at))


def _unsure(made: ImportedStatement) -> Iterator[Message]:
    unsure = (*made.facts.unsure, *made.body.unsure)
    if unsure:
        yield say("In doubt, to be looked at:")
    for each in unsure:
        yield _guess(made, each)


def _doubts(made: ImportedStatement) -> Iterator[Message]:
    if made.doubts:
        yield say("In doubt:")
    for each in made.doubts:
        yield _guess(made, each)


def _count(made: ImportedStatement) -> Iterator[Message]:
    count = made.count
    yield say(
        "Words: {n} in the letter · {m} in the text, {k} elsewhere (title, facts, questions, what "
        "was left out) · lost: {lost} · added: {added}",
        n=count.words,
        m=count.text,
        k=count.apart,
        lost=len(count.lost),
        added=len(count.added),
    )
    for message, words in ((say("lost"), count.lost), (say("added"), count.added)):
        if words:
            more = " …" if len(words) > SHOWN else ""
            yield _row(joined(": ", (message, " ".join(words[:SHOWN]) + more)))
    if any(count.astray):
        text, source = count.astray
        yield _row(
            say("in another order: “{text}”, in the letter “{source}”", text=text, source=source)
        )


def _original(made: ImportedStatement) -> Iterator[Message]:
    if made.original:
        yield say(
            "The letter lies beside the statement as {name}: `innspill check` holds every word of "
            "the text to it.",
            name=made.original,
        )
    else:
        yield say("The letter is not copied: its words can't be held to the text one by one.")


def _line(made: ImportedStatement, at: int) -> Message | None:
    line = made.lines.get(at)
    return say("line {n}", n=line) if line else None


def _spot(made: ImportedStatement, at: int) -> Spot:
    return made.blocks[at].at


def _place(letter: Letter, at: Spot) -> Message | None:
    return place_in_letter(at.page, at.number, counts_lines=letter.counts_lines)


def _row(message: Message, *places: Message | None) -> Message:
    """One line of the report: its places first, as far as they are known."""
    known = [each for each in places if each]
    if not known:
        return joined("", ("  ", message))
    return joined("", ("  ", joined(" · ", known), ": ", message))
