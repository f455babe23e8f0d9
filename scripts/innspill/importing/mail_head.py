"""The head of a mail: who sent it, when, to whom, and what about. It is no part of the letter.

What of it is a fact becomes one; the rest is left out, and told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from innspill.importing.blocks import (
    Block,
    Guess,
    LeftOut,
    Letter,
    TextBlock,
    TextRun,
    block_text,
)
from innspill.messages import say

LABEL = re.compile(
    r"\s*(?:(?P<mail>Fra|Frå|From|Sendt|Sent|Emne|Subject)"
    r"|Til|To|Kopi(?: til)?|Cc|Blindkopi|Bcc|Dato|Date|Vedlegg|Attachments?|Svar til|Reply-To"
    r"|Prioritet|Viktighet|Importance)\s*:(?:\s|$)",
    re.IGNORECASE,
)
"""How a line of a head begins; letters have some of them too, but none of `mail`."""
SUBJECT = re.compile(
    r"^(?:Emne|Subject):\s*(?:(?:SV|VS|RE|FW|FWD):\s*)*(?P<what>\S.*)$", re.IGNORECASE
)
SENT = re.compile(r"(?:Sendt|Sent)\s*:", re.IGNORECASE)
DATED = re.compile(r"(?:Sendt|Sent|Dato|Date)\s*:", re.IGNORECASE)
SENTENCE = re.compile(r"(?:\S+\s+){3,}\S*[.:?!]$")
"""Four words or more; addresses and names above a letter end so, too, but are shorter."""


def is_mail_line(text: str) -> bool:
    """Whether a line is one of a mail's head, by what it begins with."""
    return LABEL.match(text) is not None


def with_mail_heads(letter: Letter) -> Letter:
    """The letter with each line of such a head as a paragraph, where one paragraph held them."""
    blocks: list[Block] = []
    for block in letter.blocks:
        lines = _lines(block) if isinstance(block, TextBlock) else []
        if len(lines) > 1 and all(map(is_mail_line, (line.text for line in lines))):
            blocks += lines
        else:
            blocks.append(block)
    return replace(letter, blocks=tuple(blocks))


def _lines(block: TextBlock) -> list[TextBlock]:
    """The lines of a paragraph, each as one."""
    lines: list[list[TextRun]] = [[]]
    for run in block.runs:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=each)] for each in others]
    made = [replace(block, runs=tuple(line)) for line in lines]
    return [line for line in made if line.text]


def mail_heads_in(blocks: Sequence[Block]) -> tuple[range, ...]:
    """Where the heads of mails stand: two such lines or more, one below the other.

    A letter that is a mail begins with its head. Only then are there heads of older mails below it,
    each with its day; all other such lines are text, as those of a mail that an answer quotes.
    """
    found: list[range] = []
    above = above_text(blocks)
    start = 0
    for at in range(len(blocks) + 1):
        if at < len(blocks) and _is_in_head(blocks, at):
            continue
        labels = [LABEL.match(block_text(each)) for each in blocks[start:at]]
        is_head = len(labels) > 1 and any(each and each["mail"] for each in labels)
        is_dated = any(DATED.match(block_text(each)) for each in blocks[start:at])
        if is_head and (is_dated if found else start < above):
            found.append(range(start, at))
        start = at + 1
    return tuple(found)


def above_text(blocks: Sequence[Block]) -> int:
    """How many blocks stand above a letter's first sentence."""
    for at, block in enumerate(blocks):
        text = block_text(block)
        if SENTENCE.search(text) and not is_mail_line(text):
            return at
    return len(blocks)


def _is_in_head(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is a line of a head, or the rest of one that names many."""
    text = block_text(blocks[at])
    if is_mail_line(text):
        return True
    is_between = 0 < at < len(blocks) - 1 and is_mail_line(block_text(blocks[at + 1]))
    return is_between and "@" in text and is_mail_line(block_text(blocks[at - 1]))


def sent_at(blocks: Sequence[Block], head: range) -> int | None:
    """The block of a head that says when its mail was sent; None without one."""
    return next((at for at in head if SENT.match(block_text(blocks[at]))), None)


def told_of_mail(
    blocks: Sequence[Block], heads: Sequence[range], title_at: int, facts: Collection[str]
) -> Iterator[LeftOut]:
    """What the report says of each line, but the title and `facts`; they are counted as blocks."""
    for at in (at for head in heads for at in head):
        text = block_text(blocks[at])
        if at != title_at and text not in facts:
            yield LeftOut(say("the head of a mail: “{words}”", words=text), "", blocks[at].at)


def older_mails(blocks: Sequence[Block], heads: Sequence[range]) -> Iterator[Guess]:
    """What its writer is to look at: text below another mail's head."""
    what = say("an older mail stands below: take it out where it is no part of the statement")
    for head in heads[1:]:
        yield Guess(what, blocks[head.start].at)
