"""A letter's blocks as the body of a statement, one sentence on a line, each with its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from innspill.fmt.sentences import one_a_line
from innspill.importing.answered import QuestionFound
from innspill.importing.blocks import (
    GUESSED,
    UPPER,
    Block,
    Guess,
    LeftOut,
    ListMark,
    TableBlock,
    TextBlock,
    TextRun,
    without_start,
)
from innspill.importing.escape import inline
from innspill.messages import say

REMARK = (
    r"(?:Merknad(?:er|ar)?|Særmerknad(?:er|ar)?|Mindretall?smerknad(?:er|ar)?|Dissens(?:er|ar)?|"
    r"Protokolltilførs(?:el|ler|lar))"
)
MINORITY = re.compile(
    rf"^{REMARK}\s+(?:fra|frå|av)\s+(?P<by>[A-ZÆØÅ][^:.\"{{}}]{{0,80}}?)\s*(?P<colon>:|$)\s*"
)
"""A remark of those who are named."""
UNNAMED = re.compile(
    rf"^(?:{REMARK}\s+(?:fra|frå|av)\s+(?:(?:et|eit)\s+)?mindretal(?:l|let|et)?"
    r"|Mindretal(?:l|let|et)?(?:s|\s+sin|\s+sine|\s+sitt)?"
    r"(?:\s+(?:sær)?(?:merknad(?:er|ar|en)?|syn|forslag|framlegg|votum|uttalelse|fråsegn))?"
    r"|(?:Særmerknad|Mindretall?smerknad|Dissens)(?:er|ar|en)?|Særuttalelser?|Særfråsegn(?:er)?)"
    r"\s*(?:\((?P<by>[^():\"{}]*\w[^():\"{}]*)\))?\s*(?P<colon>:|$)\s*",
    re.IGNORECASE,
)
"""A remark of a minority: who they are stands between brackets, if anywhere."""
ANSWER = "Svar"
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of the body: its Markdown, and the number of the block that it was made of."""

    text: str
    block: int
    kind: str
    """heading, answer, paragraph, item, table, picture, remark or note."""


@dataclass(frozen=True, slots=True)
class MadeBody:
    """The body of a statement."""

    pieces: tuple[Written, ...]
    left_out: tuple[LeftOut, ...]
    """Words that stand in the markup now, as who made a remark."""
    unsure: tuple[Guess, ...] = ()
    """What its writer is to look at, though no word is lost."""
    own_heading: str = ""
    """The heading that the letter does not have; empty where each is its own."""

    def text(self) -> str:
        """The whole of it."""
        return "\n\n".join(piece.text for piece in self.pieces) + "\n"

    def lines(self, first: int) -> dict[int, int]:
        """The line of each block, where the body begins on the line `first`."""
        lines: dict[int, int] = {}
        line = first
        for piece in self.pieces:
            lines.setdefault(piece.block, line)
            line += piece.text.count("\n") + 2
        return lines


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What is written where the letter has no words, in the statement's language."""

    missing_alternative: str
    minority_unnamed: str
    after_answers: str
    """The heading of what answers no question."""


@dataclass(slots=True)
class _BodyWriter:
    """Goes through the blocks once."""

    pictures: Mapping[int, str]
    own: OwnWords
    pieces: list[Written] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unsure: list[Guess] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    """The levels of the headings that stand above, the outermost first."""
    indents: list[int] = field(default_factory=list)
    """How far the text of the items around is set in, the outermost first."""
    last: list[ListMark] = field(default_factory=list)
    """The last item of each list that is open."""
    closers: list[str] = field(default_factory=list)
    """What ends the numbers of each list that is open, or its sign."""
    answers_at: int = 0
    """The level of the heading of the answer that is being written, 0 outside of all."""
    remark: bool = False
    own_heading: str = ""
    remark_level: int = 0
    """The level of the heading that began the remark, 0 where a styled one did not."""

    def add(self, text: str, block: int, kind: str) -> None:
        self.pieces.append(Written(text, block, kind))

    def end_list(self) -> None:
        self.indents, self.last = [], []

    def end_remark(self, at: int) -> None:
        if self.remark:
            self.add(":::", at, "remark")
            self.remark, self.remark_level = False, 0

    def hashes(self, level: int) -> str:
        while self.depths and self.depths[-1] >= level:
            self.depths.pop()
        self.depths.append(level)
        return "#" * min(DEEPEST, len(self.depths) + 1)

    def answer(self, ids: Sequence[str], at: int, level: int) -> None:
        self.end_list()
        self.end_remark(at)
        named = " ".join(f"#{each}" for each in ids)
        self.add(f"{self.hashes(level)} {ANSWER} {{{named}}}", at, "answer")

    def after_answers(self, block: Block, at: int, level: int) -> Block:
        """Ends the answers: by the heading that a block is, else by one of our own above it."""
        if isinstance(block, TextBlock) and block.heading:
            return replace(block, heading=min(block.heading, level))
        self.end_list()
        self.end_remark(at)
        self.add(f"{self.hashes(level)} {self.own.after_answers}", at, "heading")
        self.own_heading = self.own.after_answers
        told = say("what stands below a table answers no question, so a heading was put above it")
        self.unsure.append(Guess(told, block.at, "", self.own.after_answers))
        return block

    def block(self, block: Block, at: int) -> None:
        if isinstance(block, TextBlock):
            self.text_block(block, at)
            return
        self.end_list()
        if isinstance(block, TableBlock):
            self.add(table(block), at, "table")
        else:
            alternative = inline((TextRun(block.alternative or self.own.missing_alternative),))
            self.add(f"![{alternative}]({self.pictures[at]})", at, "picture")

    def text_block(self, block: TextBlock, at: int) -> None:
        if not inline(block.runs):
            return
        if found := remark_of(block):
            self.minority(block, found, at)
        elif block.heading:
            self.end_list()
            if not 0 < self.remark_level < block.heading:
                self.end_remark(at)
            text = inline(block.runs, is_heading=True).replace("\\\n", " ")
            self.add(f"{self.hashes(block.heading)} {text}", at, "heading")
        elif block.item:
            self.item(block, block.item, at)
        elif block.goes_on and self.indents:
            text = one_a_line(inline(block.runs))
            self.add(_indented(text, self.indents[-1]), at, "paragraph")
        else:
            self.end_list()
            text = one_a_line(inline(block.runs))
            if block.is_quotation:
                text = "\n".join(f"> {line}" for line in inline(block.runs).split("\n"))
            self.add(text, at, "paragraph")

    def minority(self, block: TextBlock, found: re.Match[str], at: int) -> None:
        """A remark: what follows its name, else the blocks below up to a heading or another."""
        self.end_list()
        self.end_remark(at)
        by = (found["by"] or "").strip()
        if not by:
            by = self.own.minority_unnamed
            told = say("a minority's remark that names nobody: write in by=“…” whose it is")
            self.unsure.append(Guess(told, block.at, "", found[0].strip()))
        self.add(f'::: mindretall {{by="{by}"}}', at, "remark")
        self.left_out.append(LeftOut(say("whose remark it is"), found[0], block.at))
        self.remark = True
        self.remark_level = block.heading if block.heading < UPPER else 0
        if rest := without_start(block, found.end()):
            self.add(one_a_line(inline(rest)), at, "paragraph")
            self.end_remark(at)

    def item(self, block: TextBlock, item: ListMark, at: int) -> None:
        level = min(item.level, len(self.indents))
        before = self.last[level] if level < len(self.last) else None
        is_alike = before is not None and (before.number is None) == (item.number is None)
        follows = is_alike and not item.is_new
        if follows and before is not None and item.number is not None and before.number is not None:
            follows = item.number == before.number + 1
        closer = self.closer(level, is_alike=is_alike, follows=follows)
        sign = closer
        if item.number is not None:
            sign = f"{item.number}{'.' if closer == '-' else ')'}"
        start = self.indents[level - 1] if level else 0
        self.indents = [*self.indents[:level], start + len(sign) + 1]
        self.last = [*self.last[:level], item]
        runs = block.runs
        if item.is_drawn:
            runs = (TextRun(f"{item.letter} "), *runs)
        text = one_a_line(inline(runs))
        indented = _indented(text, start + len(sign) + 1)
        self.add(f"{' ' * start}{sign} {indented.lstrip(' ')}", at, "item")

    def closer(self, level: int, *, is_alike: bool, follows: bool) -> str:
        """`-` for the usual form of a list, `*` for the other, which parts it from one above."""
        closers = self.closers[:level]
        here = self.closers[level] if level < len(self.closers) else "-"
        if level >= len(self.last):
            here = "-"
        elif is_alike and not follows:
            here = "*" if here == "-" else "-"
        self.closers = [*closers, here]
        return here


def remark_of(block: TextBlock) -> re.Match[str] | None:
    """The line above a minority's remark, or before it; None of all other text."""
    text = "".join(run.text for run in block.runs)
    found = MINORITY.match(text)
    if found and (block.heading or found["colon"] or block.is_bold):
        return found
    return None if block.item else UNNAMED.match(text)


def made_body(
    blocks: Sequence[Block],
    questions: Sequence[QuestionFound],
    skipped: frozenset[int],
    notes: Sequence[tuple[str, Sequence[TextBlock]]],
    pictures: Mapping[int, str],
    own: OwnWords,
    below: Collection[int] = (),
) -> MadeBody:
    """The body that blocks make, without those `skipped`, what asks among them.

    The heading of an answer stands where its question did. From those `below` answers on, up to
    the next question, none is answered.
    """
    writer = _BodyWriter(pictures, own)
    answers: dict[int, list[str]] = {}
    for each in questions:
        answers.setdefault(each.at, []).append(each.question.id)
    level = _answer_level(blocks, questions)
    is_below = False
    for at, block in enumerate(blocks):
        is_below = (is_below or at in below) and at not in answers
        if ids := answers.get(at):
            writer.answer(ids, at, level)
        elif at not in skipped:
            writer.block(writer.after_answers(block, at, level) if is_below else block, at)
            is_below = False
    writer.end_remark(len(blocks))
    for label, texts in notes:
        written = [inline(each.runs) for each in texts]
        whole = "\n\n    ".join(each for each in written if each)
        writer.add(f"[^{label}]: {whole}", len(blocks), "note")
    return MadeBody(
        tuple(writer.pieces), tuple(writer.left_out), tuple(writer.unsure), writer.own_heading
    )


def _answer_level(blocks: Sequence[Block], questions: Sequence[QuestionFound]) -> int:
    """The level of the headings of all answers: that of the questions, where they have one."""
    levels = [
        block.heading
        for each in questions
        if isinstance(block := blocks[each.at], TextBlock) and block.heading
    ]
    return min(levels, default=GUESSED)


def table(block: TableBlock) -> str:
    """A table, its first row the head."""
    width = max(map(len, block.rows))
    rows = [[_cell(cell) for cell in row] + [""] * (width - len(row)) for row in block.rows]
    lines = [f"| {' | '.join(row)} |".replace("|  |", "| |") for row in rows]
    lines = [re.sub(r"\|\s+(?=\|)", "| ", line) for line in lines]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _cell(cell: Sequence[TextBlock]) -> str:
    return " ".join(filter(None, (inline(block.runs, in_table=True) for block in cell)))


def _indented(text: str, indent: int) -> str:
    return "\n".join(f"{' ' * indent}{line}" if line else line for line in text.split("\n"))
