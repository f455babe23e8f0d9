"""Plain text into lines: what encoding it is in, and where its paragraphs end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from innspill.importing.blocks import Letter, Spot, TextBlock, TextRun, all_words, clean
from innspill.importing.fault import NotImportable
from innspill.importing.lines import SENTENCE_END, TextLine, blocks_of, without_running_heads
from innspill.messages import say
from innspill.read.markers import markers_of
from innspill.read.source import WIDE

LONG = 200
"""Characters: lines longer than this are whole paragraphs, as a word processor saves them."""
EMPTY_LINE = 1.0
FULL = 0.9
"""How much of the longest line another fills at least, with a word more, that has no room left."""
QUOTED = re.compile(r">[ >]*(?=\S|$)")
"""What mail programs write before the lines that they answer."""


def read_text(data: bytes) -> Letter:
    """A letter from plain text. Raises NotImportable where the bytes are no text."""
    text, encoding = decoded(data)
    lines = _lines(text)
    kept, left_out = without_running_heads(lines)
    blocks, guesses = blocks_of(kept) if _is_wrapped(lines) else (_by_line(kept), ())
    return Letter(
        say("plain text"),
        blocks,
        all_words(clean(text).split("\n")),
        left_out=left_out,
        guesses=guesses,
        encoding=encoding,
        counts_lines=True,
        is_in_order=True,
    )


def _is_wrapped(lines: Sequence[TextLine]) -> bool:
    """Whether lines end where no more words fitted, and not only where paragraphs do.

    Then some line that breaks off a sentence is as long as lines may be. Word processors save a
    paragraph as one line, however short, and what follows it begins another. An address can't be
    broken off, so it tells nothing.
    """
    longest = max((len(line.text) for line in lines if "://" not in line.text), default=0)
    return longest <= LONG and any(
        not line.gap and line.quoted == before.quoted and _is_full(before, line, longest)
        for before, line in pairwise(lines)
    )


def _is_full(before: TextLine, line: TextLine, longest: int) -> bool:
    """Whether a line breaks off a sentence since the next line's first word had no room on it."""
    goes_on = not line.text[:1].isupper() and not markers_of(line.text)
    is_open = not SENTENCE_END.search(before.text)
    first = line.text.split(" ")[0]
    return goes_on and is_open and len(before.text) + 1 + len(first) > FULL * longest


def _by_line(lines: Sequence[TextLine]) -> tuple[TextBlock, ...]:
    """Each line as a paragraph."""
    return tuple(TextBlock(line.runs, line.at, is_quotation=line.quoted > 0) for line in lines)


def decoded(data: bytes) -> tuple[str, str]:
    """A file's text, and the encoding that it is in: by its mark, else UTF-8, else Windows-1252."""
    name = next((name for mark, name in WIDE.items() if data.startswith(mark)), "utf-8-sig")
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        name = "windows-1252"
        text = data.decode(name, "replace")
    if "\0" in text or sum(c.isprintable() or c.isspace() for c in text) < 0.9 * len(text):
        raise NotImportable(say("it is no text"))
    shown = {"utf-8-sig": "UTF-8", "windows-1252": "Windows-1252"}.get(name, name.upper())
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")), shown


def _lines(text: str) -> list[TextLine]:
    """The lines that hold something; a form feed, or a space where others have none, is a page."""
    made: list[TextLine] = []
    page, gap = 1, 0.0
    begins = False
    rows = text.split("\n")
    is_quoting = sum(bool(QUOTED.match(row)) for row in rows) > 1
    indented = sum(row[:1] == " " for row in rows if row.strip())
    is_indented = 4 * indented > sum(bool(row.strip()) for row in rows)
    for number, row in enumerate(rows, 1):
        begins = begins or "\f" in row
        page += row.count("\f")
        bare = clean(row).replace("\t", " ")
        signs = QUOTED.match(bare) if is_quoting else None
        bare = bare[signs.end() :] if signs else bare
        depth = signs[0].count(">") if signs else 0
        shown = bare.strip()
        if not shown:
            gap = EMPTY_LINE
            continue
        lone_space = bool(re.match(r" \S", bare)) and not is_indented
        begins = begins or (lone_space and bool(made))
        left = len(bare) - len(bare.lstrip())
        line = TextLine(
            (TextRun(shown),), Spot(page if "\f" in text else 0, number), left,
            left + len(shown), gap, begins_page=begins, quoted=depth,
        )  # fmt: skip
        made.append(line)
        gap, begins = 0.0, False
    return made
