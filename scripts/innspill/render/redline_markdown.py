"""A redline as Markdown, for a mail or a merge request.

What was taken out stands in `[-…-]`, what was put in in `{+…+}`: as `git diff
--word-diff` has it, shown in colour by GitLab, and readable where nothing shows Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from innspill.compare.blocks import ComparedBlock
from innspill.compare.facts import ItemChange
from innspill.compare.rows import Redline, Row, RowChange
from innspill.compare.tables import Grid
from innspill.compare.tokens import address_of, nodes_of
from innspill.compare.words import Op, Segment
from innspill.messages import say
from innspill.render.redline_folds import shown, stretches
from innspill.render.redline_words import Wording
from innspill.text import Element, Image, Link, Mark, Node, NoteMark, Text

MARKS = {Op.IN: ("{+", "+}"), Op.OUT: ("[-", "-]")}
STYLES = {"em": "*", "strong": "**", "code": "`"}
SPECIAL = re.compile(r"[\\`*_\[\]<>{}|~]|^[#+-](?=\s)|(?<=^\d)[.)](?=\s)")


def as_markdown(redline: Redline, wording: Wording, title: str) -> str:
    """The whole redline, under the title that says what is compared with what."""
    parts = [f"# {_escaped(title)}"]
    if redline.is_empty:
        nothing = wording.tell(say("A reader sees no difference."))
        return f"{parts[0]}\n\n{nothing}\n"
    if counts := wording.counts(redline):
        parts.append(_escaped(counts))
    parts += _list_of_changes(redline, wording)
    parts += _tables(redline, wording)
    parts += ["## " + wording.tell(say("The text")), *_text(redline, wording)]
    return "\n\n".join(parts) + "\n"


def _list_of_changes(redline: Redline, wording: Wording) -> Iterator[str]:
    if redline.changes:
        yield "## " + wording.tell(say("What changed"))
        yield "\n".join(
            f"- {_escaped(wording.place_first(row))}: {_escaped(wording.line(row))}"
            for row in redline.changes
        )


def _tables(redline: Redline, wording: Wording) -> Iterator[str]:
    if redline.facts:
        yield "## " + wording.tell(say("Facts"))
        rows = [
            (wording.fact(each.name), *(wording.value(each.name, v) for v in (each.old, each.new)))
            for each in redline.facts
        ]
        head = ("", wording.tell(say("Before")), wording.tell(say("Now")))
        yield "\n".join(_row(cells) for cells in (head, ("---",) * 3, *rows))
    if redline.questions:
        yield "## " + wording.tell(say("The questions"))
        for change in redline.questions:
            texts = [
                _words(each, wording)
                for each in (change.title, change.text, change.guidance)
                if each
            ]
            yield f"{change.number}. " + "\n\n   ".join(texts)
    for name, items in (("Summary", redline.points), ("Proposals", redline.proposals)):
        if lines := [_item(each, wording) for each in items if each.is_change]:
            yield "## " + wording.tell(say("Summary") if name == "Summary" else say("Proposals"))
            yield "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    kept = [each if each == "---" else _escaped(each) for each in cells]
    return f"| {' | '.join(kept)} |"


def _item(change: ItemChange, wording: Wording) -> str:
    told = wording.item(change)
    return f"- {_words(change.text, wording)}" + (f" ({_escaped(told)})" if told else "")


def _text(redline: Redline, wording: Wording) -> Iterator[str]:
    """The text, what did not change told by its length between what did."""
    for stretch in stretches(redline.rows):
        if not stretch.is_folded:
            for row in stretch.rows:
                yield from _paragraphs(row, wording)
        elif stretch.count:
            yield _folded(stretch.count, wording)


def _folded(count: int, wording: Wording) -> str:
    told = wording.tell(say("unchanged: {n}", n=count))
    return f"… ({told})"


def _paragraphs(row: Row, wording: Wording) -> Iterator[str]:
    if row.fate is RowChange.LEFT:
        told = wording.tell(say("moved from here"))
        yield f"({_escaped(wording.place_first(row))}: {_escaped(told)})"
        return
    if row.grid:
        yield _table(row.grid, wording)
        return
    for block, part in zip(row.blocks, row.parts, strict=True):
        lead = (
            f"**{block.number}** " if block.number and block.kind in {"p", "li", "figure"} else ""
        )
        told = ""
        if row.is_moved and block is row.blocks[0]:
            told = wording.tell(say("moved here from {was}", was=wording.old_place(row)))
            told = f" ({_escaped(told)})"
        yield _lead(block) + lead + _words(part, wording) + told + _end(block)


def _lead(block: ComparedBlock) -> str:
    match block.kind:
        case "heading":
            return "#" * (block.level + 1) + " "
        case "answer":
            return "#" * (block.level + 1) + f" {block.title}" + (" – " if block.tokens else "")
        case "li":
            return f"{block.marker or '-'} "
        case "note":
            return f"[{block.id.removeprefix('fn')}] "
        case "hr":
            return "---"
        case "pre":
            return "```\n"
    return "> " if any(tag in {"blockquote", "aside"} for tag, _ in block.context) else ""


def _end(block: ComparedBlock) -> str:
    return "\n```" if block.kind == "pre" else ""


def _table(grid: Grid, wording: Wording) -> str:
    rows = []
    for line in grid.lines:
        cells = [_words(cell, wording) for cell in line.cells]
        rows.append("| " + " | ".join(cells) + " |")
        if len(rows) == 1:
            rows.append("|" + "---|" * len(grid.columns))
    return "\n".join(rows)


def _words(segments: Sequence[Segment], wording: Wording) -> str:
    return "".join(_segment(each, wording) for each in shown(segments))


def _segment(segment: Segment, wording: Wording) -> str:
    before, behind = MARKS.get(segment.op, ("", ""))
    if segment.move:
        here, away = say("moved here"), say("moved away")
        behind += f"({wording.tell(here if segment.op is Op.IN else away)})"
    return before + _nodes(nodes_of(segment.tokens)) + behind


def _nodes(nodes: Sequence[Node]) -> str:
    return "".join(_node(each) for each in nodes)


def _node(node: Node) -> str:
    match node:
        case Text():
            return _escaped(node.value)
        case Element() if node.tag == "sup":
            return f"[{_nodes(node.children)}]"
        case Image():
            return f"![{_escaped(node.alternative)}]"
        case Link():
            return f"[{_nodes(node.children)}]({address_of(node)})"
        case Element():
            style = STYLES.get(node.tag, "")
            return " " if node.tag == "br" else style + _nodes(node.children) + style
        case Mark() | NoteMark():  # tokens have none
            return ""


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", text)
