"""What Markdown drops or alters without a word, found in its tokens and reported by line.

Each rule here is one way in which an author's words would not reach the page: a statement
is published word for word or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from innspill.messages import Message, say
from innspill.read.markdown import DEEPEST, MINORITY

Finding = tuple[str, int, Message, Message | None]
"""A code, a line from 0, what is wrong, and what to do."""
DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")


def too_deep(tokens: Sequence[Token]) -> int | None:
    """The line from which on the text is nested so deep that markdown-it drops it."""
    for token in tokens:
        levels = [token.level, *(child.level for child in token.children or ())]
        if max(levels) >= DEEPEST - 1:
            return token.map[0] if token.map else 0
    return None


def find_silent(
    tokens: Sequence[Token], environment: Mapping[str, Any], lines: Sequence[str]
) -> Iterator[Finding]:
    """All that would be lost, in no order."""
    yield from _notes(environment, lines, _code_lines(tokens))
    yield from _definitions(tokens, environment)
    yield from _cells(tokens, lines)
    yield from _list_numbers(tokens)
    yield from _open_containers(tokens)


def _code_lines(tokens: Sequence[Token]) -> set[int]:
    blocks = [token.map for token in tokens if token.type in {"fence", "code_block"} and token.map]
    return {line for start, end in blocks for line in range(start, end)}


def _notes(
    environment: Mapping[str, Any], lines: Sequence[str], code: set[int]
) -> Iterator[Finding]:
    """Footnotes that no mark leads to, and second ones of the same name."""
    where: dict[str, int] = {}
    for number, line in enumerate(lines):
        if number in code or not (found := DEFINITION.match(line)):
            continue
        name = found[1]
        if name in where:
            message = say("the footnote [^{name}] stands twice", name=name)
            hint = say("the first stands on line {line}", line=where[name] + 1)
            yield "footnote", number, message, hint
        where.setdefault(name, number)
    for label, times in environment.get("footnotes", {}).get("refs", {}).items():
        if times < 0:
            name = label.removeprefix(":")
            message = say("no mark in the text leads to the footnote [^{name}]", name=name)
            yield "footnote", where.get(name, 0), message, None


def _definitions(tokens: Sequence[Token], environment: Mapping[str, Any]) -> Iterator[Finding]:
    """Lines such as `[Merknad]: tekst`, which define a link and are not shown."""
    used = {
        child.attrs.get("href", child.attrs.get("src"))
        for token in tokens
        for child in _below(token)
        if child.type in {"link_open", "image"}
    }
    definitions = environment.get("references", {})
    unused = [each for each in definitions.values() if each["href"] not in used]
    for each in (*unused, *environment.get("duplicate_refs", ())):
        message = say("this line defines a link that is not used, and would not be shown")
        hint = say("put a backslash in front of the first bracket if it is text")
        yield "lost-text", each["map"][0], message, hint


def _below(token: Token) -> Iterator[Token]:
    for child in token.children or ():
        yield child
        yield from _below(child)


def _cells(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Finding]:
    """Cells of a table beyond its last column."""
    columns = 0
    for token in tokens:
        if token.type != "tr_open" or not token.map:
            continue
        cells = _count_cells(lines[token.map[0]])
        if tokens[tokens.index(token) - 1].type == "thead_open":
            columns = cells
        elif cells > columns:
            message = say("the row has {n} cells, the table {m} columns", n=cells, m=columns)
            hint = say("write `\\|` where a bar is meant as text")
            yield "lost-text", token.map[0], message, hint


def _count_cells(line: str) -> int:
    row = line.strip().lstrip("> ").removeprefix("|")
    row = re.sub(r"(?<!\\)\|$", "", row)
    return len(re.findall(r"(?<!\\)\|", row)) + 1


def _list_numbers(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Lists whose numbers would come out as others, as 3, 5, 9 would.

    The same number throughout is a way to write 1, 2, 3.
    """
    open_lists: list[list[Token]] = []
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            open_lists.append([])
        elif token.type == "list_item_open":
            open_lists[-1].append(token)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            items = [item for item in open_lists.pop() if item.info]
            numbers = [int(item.info) for item in items]
            if len(set(numbers)) == 1:
                continue
            for (before, after), item in zip(pairwise(numbers), items[1:], strict=True):
                if after != before + 1:
                    message = say("the list goes from {n} to {m}", n=before, m=after)
                    hint = say("it would come out as {n}", n=before + 1)
                    yield "list-number", item.map[0] if item.map else 0, message, hint
                    break


def _open_containers(tokens: Sequence[Token]) -> Iterator[Finding]:
    started: list[Token] = []
    for token in tokens:
        if token.type == f"container_{MINORITY}_open":
            started.append(token)
        elif token.type == f"container_{MINORITY}_close":
            begun = started.pop()
            if not token.markup:
                message = say("the minority's remark has no end")
                hint = say("put a line `:::` below it")
                yield "minority", begun.map[0] if begun.map else 0, message, hint


def find_unlikely(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Text that was meant as Markdown, most likely, and is not."""
    for before, token in pairwise(tokens):
        if token.type != "inline" or before.type != "paragraph_open" or not token.map:
            continue
        rows = token.content.split("\n")
        for number, row in enumerate(rows):
            if finding := _unlikely(row.strip(), len(rows)):
                message, hint = finding
                yield "unlikely", token.map[0] + number, message, hint


def _unlikely(row: str, rows: int) -> tuple[Message, Message] | None:
    if re.match(r"#{1,6}[^\s#\d]", row):
        return say("this is no heading"), say("write a space behind the #")
    if row.startswith(("•", "▪", "·")):
        return say("this is no list"), say("begin each item with `- `, on a line of its own")
    if re.search(r"\]\([^()<>\"]* [^()<>\"]*\)", row):
        return say("this is no link"), say("write %20 for a space in a file's name")
    if rows > 1 and re.match(r"\|.*\|$", row):
        return say("this is no table"), say("write a line `|---|---|` below the table's head")
    return None
