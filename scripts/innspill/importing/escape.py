"""Words into Markdown that says these words and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from innspill.compose.plain_text import plain
from innspill.importing.blocks import TextRun
from innspill.read.body import parse_body

ANYWHERE = re.compile(
    r"[\\`*\[\]<]|(?<![\w])_|_(?![\w])|&(?=#?\w+;)"
    r"|\{(?=[^{}\n]*\}\s*$|\s*#[^{}\n]*$)"  # what a heading may end in
)
"""What may mean something wherever it stands."""
AT_START = re.compile(
    r"(?P<sign>[#>+~=-]|:::)|(?P<number>\d{1,9})(?P<close>[.)])(?=\s|$)", re.MULTILINE
)
"""What may mean something where a line begins."""
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
LINKS = re.compile(r"(?:https?://|mailto:)[^\s<>()\\]+")


def inline(runs: Sequence[TextRun], *, is_heading: bool = False, in_table: bool = False) -> str:
    """Runs as Markdown; what is emphasised stays so where Markdown can say it.

    What it says is read back: where that is not the same words, all signs are escaped.
    """
    rich = _start_escaped(_joined(runs, is_plain=is_heading))
    if _says(rich, runs):
        return _for_table(rich, in_table=in_table)
    bare = _start_escaped(_joined(runs, is_plain=True))
    if _says(bare, runs):
        return _for_table(bare, in_table=in_table)
    lines = ["".join(_all_escaped(run) for run in runs)]
    return _for_table(" ".join("".join(lines).split(" ")).strip(), in_table=in_table)


def _all_escaped(run: TextRun) -> str:
    if run.note:
        return f"[^{run.note}]"
    return PUNCTUATION.sub(r"\\\1", run.text).replace("\n", "\\\n")


def _joined(runs: Sequence[TextRun], *, is_plain: bool) -> str:
    parts = []
    for run in runs:
        if run.note:
            parts.append(f"[^{run.note}]")
            continue
        text = ANYWHERE.sub(r"\\\g<0>", re.sub(r"[ \t\u2028]+", " ", run.text))
        parts.append(text if is_plain else _emphasised(text, run))
    text = re.sub(r" *\n+ *", "\n", "".join(parts)).strip()
    text = re.sub(r" {2,}", " ", text)
    return text.replace("\n", "\\\n")


def _emphasised(text: str, run: TextRun) -> str:
    """A text with what it looks like: emphasis and links stand close to their words."""
    found = re.fullmatch(r"(\s*)(.*?)(\s*)", text, re.DOTALL)
    assert found is not None
    before, core, behind = found.groups()
    if not any(map(str.isalnum, core)) or "\n" in core:
        return text
    signs = "***" if run.is_bold and run.is_italic else "**" if run.is_bold else "*"
    if run.is_bold or run.is_italic:
        core = f"{signs}{core}{signs}"
    if LINKS.fullmatch(run.href):
        core = f"[{core}]({run.href})"
    return f"{before}{core}{behind}"


def _start_escaped(text: str) -> str:
    return "\n".join(_line_escaped(line) for line in text.split("\n"))


def _line_escaped(line: str) -> str:
    found = AT_START.match(line)
    if not found:
        return line
    if found["sign"]:
        return f"\\{line}" if _may_begin_block(line) else line
    at = found.start("close")
    return f"{line[:at]}\\{line[at:]}"


def _may_begin_block(line: str) -> bool:
    """Whether a line that begins with a sign may begin a block, or underline one."""
    if line[0] in "+-#":
        return bool(re.match(r"(?:[+-]|#{1,6})(?:\s|$)|-{2,}\s*$|#", line))
    return line[0] in ">:" or bool(re.match(r"~~~|=+\s*$", line))


def _says(markdown: str, runs: Sequence[TextRun]) -> bool:
    """Whether a paragraph of Markdown says the words of the runs, and nothing is wrong with it."""
    said = _without_notes("".join("" if run.note else run.text for run in runs))
    body, faults = parse_body(re.sub(r"\[\^\d+\]", "", markdown), "", 1)
    if len(body.blocks) != 1 or body.blocks[0].tag != "p":
        return not said and not body.blocks
    return plain(body.blocks[0].children) == said and not any(
        each.severity.value == "error" for each in faults
    )


def _without_notes(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def _for_table(text: str, *, in_table: bool) -> str:
    if not in_table:
        return text
    return text.replace("\\\n", " ").replace("\n", " ").replace("|", "\\|")
