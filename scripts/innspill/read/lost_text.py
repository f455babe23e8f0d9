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
from innspill.read.markdown import DEEPEST, MINORITY, NOTED

TextFault = tuple[str, int, Message, Message | None]
"""A code, a line from 0, what is wrong, and what to do."""
MONTH = re.compile(
    r"(januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b",
    re.IGNORECASE,
)


def too_deep(tokens: Sequence[Token]) -> int | None:
    """The line from which on the text is nested so deep that markdown-it drops it."""
    for token in tokens:
        children = token.children or ()
        # Each level is opened by a token of its own: few children are never deep.
        is_deep = len(children) >= DEEPEST and any(each.level >= DEEPEST - 1 for each in children)
        if is_deep or token.level >= DEEPEST - 1:
            return token.map[0] if token.map else 0
    return None


def find_lost_text(
    tokens: Sequence[Token], environment: Mapping[str, Any], lines: Sequence[str]
) -> Iterator[TextFault]:
    """All that would be lost, in no order."""
    kinds = {token.type for token in tokens}
    yield from _notes(environment)
    yield from _definitions(tokens, environment)
    if "table_open" in kinds:
        yield from _cells(tokens, lines)
    if "fence" in kinds:
        yield from _fences(tokens, lines)
    if "ordered_list_open" in kinds:
        yield from _list_numbers(tokens)


def _notes(environment: Mapping[str, Any]) -> Iterator[TextFault]:
    """Footnotes that no mark leads to, and second ones of the same name."""
    where: dict[str, int] = {}
    for name, line in environment.get(NOTED, ()):
        if name in where:
            message = say("the footnote [^{name}] stands twice", name=name)
            hint = say("the first stands on line {line}", line=where[name] + 1)
            yield "footnote", line, message, hint
        where.setdefault(name, line)
    for label, times in environment.get("footnotes", {}).get("refs", {}).items():
        if times < 0:
            name = label.removeprefix(":")
            message = say("no mark in the text leads to the footnote [^{name}]", name=name)
            yield "footnote", where.get(name, 0), message, None


def _definitions(tokens: Sequence[Token], environment: Mapping[str, Any]) -> Iterator[TextFault]:
    """Lines such as `[Merknad]: tekst`, which define a link and are not shown."""
    definitions = environment.get("references", {})
    if not definitions:
        return  # nor are there second ones
    used = {child.meta.get("label") for token in tokens for child in _below(token)}
    unused = [each for label, each in definitions.items() if label not in used]
    for each in (*unused, *environment.get("duplicate_refs", ())):
        message = say("this line defines a link that is not used, and would not be shown")
        hint = say("put a backslash in front of the first bracket if it is text")
        yield "lost-text", each["map"][0], message, hint


def _below(token: Token) -> Iterator[Token]:
    for child in token.children or ():
        yield child
        yield from _below(child)


def _cells(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[TextFault]:
    """Cells of a table beyond its last column."""
    columns = 0
    in_head = False
    for token in tokens:
        if token.type == "thead_open":
            columns, in_head = 0, True
        elif token.type == "thead_close":
            in_head = False
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and not in_head:
            cells = _count_cells(lines[token.map[0]])
            if cells > columns:
                message = say("the row has {n} cells, the table {m} columns", n=cells, m=columns)
                hint = say("write `\\|` where a bar is meant as text")
                yield "lost-text", token.map[0], message, hint


def _count_cells(line: str) -> int:
    row = line.strip().lstrip("> \t").removeprefix("|")
    row = re.sub(r"(?<!\\)\|$", "", row)
    return len(re.findall(r"(?<!\\)\|", row)) + 1


def _fences(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[TextFault]:
    """Code blocks that say more than their code, or never end."""
    for token in tokens:
        if token.type != "fence" or not token.map:
            continue
        start, end = token.map
        if token.info.strip():
            message = say("what stands behind {marks} would be lost", marks=token.markup)
            yield "lost-text", start, message, say("write it below, or leave it out")
        last = lines[end - 1].strip().lstrip("> \t") if end - 1 > start else ""
        if not last.startswith(token.markup):
            message = say("the code block that begins here has no end")
            hint = say("put a line {marks} below it", marks=token.markup)
            yield "lost-text", start, message, hint


def _list_numbers(tokens: Sequence[Token]) -> Iterator[TextFault]:
    """Lists whose numbers would come out as others, as 3, 5, 9 would, and dates taken for lists.

    The same number throughout is a way to write 1, 2, 3.
    """
    for items in _ordered_lists(tokens):
        numbers = [int(item.info) for item, _ in items]
        for item, text in items:
            if MONTH.match(text):
                message = say("a date is taken for an item of a list")
                yield "list-number", line_of(item), message, _no_list(item)
        if len(items) == 1 and numbers[0] > 100:
            message = say("a year is taken for an item of a list")
            yield "list-number", line_of(items[0][0]), message, _no_list(items[0][0])
        if len(set(numbers)) == 1:
            continue
        for (before, after), (item, _) in zip(pairwise(numbers), items[1:], strict=True):
            if after != before + 1:
                message = say("the list goes from {n} to {m}", n=before, m=after)
                hint = say("it would come out as {n}", n=before + 1)
                yield "list-number", line_of(item), message, hint
                break


def _no_list(item: Token) -> Message:
    return say("write {n}\\. if it is no list", n=item.info)


def line_of(token: Token) -> int:
    """The line, from 0, on which a token begins."""
    return token.map[0] if token.map else 0


def _ordered_lists(tokens: Sequence[Token]) -> Iterator[list[tuple[Token, str]]]:
    """The items of each ordered list, each with the text that it begins with."""
    for items in lists_in(tokens):
        if items and items[0][0].info:
            yield items


def lists_in(tokens: Sequence[Token]) -> Iterator[list[tuple[Token, str]]]:
    """The items of each list, each with the text that it begins with."""
    open_lists: list[list[tuple[Token, str]]] = []
    for number, token in enumerate(tokens):
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            open_lists.append([])
        elif token.type == "list_item_open":
            inline = tokens[number + 2] if number + 2 < len(tokens) else token
            open_lists[-1].append((token, inline.content if inline.type == "inline" else ""))
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            yield open_lists.pop()


def open_containers(tokens: Sequence[Token]) -> Iterator[TextFault]:
    """The minorities' remarks that never end."""
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
