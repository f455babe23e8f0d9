"""YAML by its nodes: text stays text, and every value knows its line and column.

`yaml.safe_load` would make `lang: no` False, `12:30` 750 and let the last of two equal
keys win. Here scalars stay the text that was written, and what YAML allows but a
person writing front matter never means (equal keys, aliases, tags) is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from innspill.diagnostics import Diagnostic, Location, error
from innspill.messages import Message, say
from innspill.read.yaml_reasons import reason

TYPE_NAMES = {
    yaml.ScalarNode: say("text"),
    yaml.SequenceNode: say("a list"),
    yaml.MappingNode: say("a mapping"),
}
BREAK = re.compile("[\n\x85\u2028\u2029]")
"""What ends a line for YAML; for an editor and for Markdown the first alone does."""
DEEPEST = 12
"""How deep front matter may nest; what people write needs four."""


class _Loader(yaml.CSafeLoader):
    """The C parser, seven times as fast as PyYAML's own."""


Plain = str | None | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The plain values of a front matter, and where each stands."""

    values: dict[str, Plain]
    """Scalars as text; a key without a value is None."""
    places: dict[Path, Location]
    """Where each value begins, by its path of keys and indices."""
    keys: dict[Path, Location]
    """Where each mapping's key begins."""
    comments: dict[Path, tuple[Location, str]] = field(default_factory=dict)
    """The comments that stand behind values, each with its place, by the values' paths."""

    def locate(self, path: Path) -> Location:
        """The place of a value, or of the nearest thing around it that has one."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]

    def locate_key(self, path: Path) -> Location:
        """The place of a key, or of the value where it is an item of a list."""
        return self.keys.get(path) or self.locate(path)


def parse_front_matter(
    text: str, path: str, first_line: int
) -> tuple[FrontMatter, list[Diagnostic]]:
    """The front matter's values, and all that YAML's own rules say of it.

    `first_line` is the line in the file on which `text` begins. After an error of
    syntax the values are empty, since what follows the error can't be told.
    """
    builder = _NodesBuilder(text, path, first_line)
    empty = FrontMatter({}, {(): Location(path, first_line)}, {})
    try:
        if fault := builder.refuse(yaml.parse(text, Loader=_Loader)):
            return empty, [fault]
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        return empty, [_syntax_error(fault, builder)]
    except yaml.YAMLError as fault:  # an unprintable character, which carries no mark
        message = say(
            "the front matter is not valid YAML: {why}",
            why=reason(str(getattr(fault, "reason", fault))),
        )
        return empty, [error("yaml-syntax", message, Location(path, first_line))]
    if root is None:
        return empty, []
    if not isinstance(root, yaml.MappingNode):
        message = say(
            "the front matter must be keys with values, not {kind}", kind=TYPE_NAMES[type(root)]
        )
        hint = say("write one `key: value` on each line")
        return empty, [error("yaml-syntax", message, builder.place(root.start_mark), hint)]
    values = builder.mapping(root, ())
    places = {(): Location(path, first_line)} | builder.places
    return FrontMatter(values, places, builder.keys, builder.comments), builder.faults


def _starts(lines: Sequence[str], text: str) -> Sequence[tuple[int, int]]:
    """Where each of YAML's lines begins, which are more than the file's where it has odd breaks."""
    found = [(0, 0)]
    end = 0
    for line in lines[:-1]:
        end += len(line) + 1
        number, column = found[-1]
        is_files = text[end - 1] == "\n"
        found.append((number + 1, 0) if is_files else (number, column + len(line) + 1))
    return found


class _NodesBuilder:
    """Visits the nodes once and keeps what it finds out about each."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.lines, self.path, self.first_line = BREAK.split(text), path, first_line
        self.starts = _starts(self.lines, text)
        """Where each line of YAML's begins: the file's line, from 0, and the column in it."""
        self.places: dict[Path, Location] = {}
        self.keys: dict[Path, Location] = {}
        self.comments: dict[Path, tuple[Location, str]] = {}
        self.faults: list[Diagnostic] = []

    def place(self, mark: Any) -> Location:
        line, column = self.starts[min(mark.line, len(self.starts) - 1)]
        return Location(self.path, self.first_line + line, column + mark.column + 1)

    def refuse(self, events: Iterator[yaml.Event]) -> Diagnostic | None:
        """Aliases, tags, NULs and deep nesting, found before nodes are made of them.

        The first and the last can make a file of a kilobyte expand beyond memory or stack; a
        tag is a word of a text that begins with `!`, and would be lost. A NUL, which an
        escape may stand for, would end a slot: see `innspill.slots`.
        """
        depth = 0
        for event in events:
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                message = say("anchors (&) and aliases (*) are not used in front matter")
                hint = say(
                    "write the text out, or put it in quotation marks if it begins with & or *"
                )
                return error("yaml-alias", message, self.place(event.start_mark), hint)
            if getattr(event, "tag", None):
                begin: Any = event.start_mark
                tag = self.lines[begin.line][begin.column :].split(maxsplit=1)[0]
                message = say('the tag "{tag}" is not used in front matter', tag=tag)
                hint = say("put the text in quotation marks if it begins with !")
                return error("yaml-tag", message, self.place(event.start_mark), hint)
            if "\0" in getattr(event, "value", ""):
                message = say("here stands a NUL, which no text has")
                hint = say("write a backslash as `\\\\`, or put the text in ' instead of \"")
                return error("yaml-syntax", message, self.place(event.start_mark), hint)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                message = say("the front matter is nested more than {n} deep", n=DEEPEST)
                return error("yaml-syntax", message, self.place(event.start_mark))
        return None

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key_place = self.place(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                message = say("a key must be text")
                self.faults.append(error("yaml-key", message, key_place))
                continue
            key = key_node.value
            if key in values:
                first = self.keys[(*path, key)]
                message = say('the key "{key}" stands twice', key=key)
                hint = say("the first stands on line {line}; keep one of them", line=first.line)
                self.faults.append(error("duplicate-key", message, key_place, hint))
                continue
            self.keys[(*path, key)] = key_place
            values[key] = self.value(value_node, (*path, key))
        return values

    def value(self, node: yaml.Node, path: Path) -> Plain:
        self.places[path] = self.place(node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        if not node.style and (comment := self.comment(node.end_mark)):
            self.comments[path] = (self.place(node.end_mark), comment)
        text: str = node.value
        return text if text or node.style else None

    def comment(self, end: yaml.Mark) -> str:
        """The comment that stands behind a plain value on its line, empty where there is none."""
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        return rest.strip() if re.match(r"\s+#", rest) else ""


def _syntax_error(fault: yaml.MarkedYAMLError, builder: _NodesBuilder) -> Diagnostic:
    mark = fault.problem_mark or fault.context_mark
    line = builder.lines[mark.line] if mark and mark.line < len(builder.lines) else ""
    place = builder.place(mark) if mark else Location(builder.path, builder.first_line)
    problem = fault.problem or str(fault)
    begin = fault.context_mark
    if "quoted scalar" in (fault.context or "") and begin:
        if "end of stream" in problem or "document indicator" in problem:
            message = say("the quotation mark that opens here is never closed")
            hint = say("close it at the end of the text")
            return error("yaml-syntax", message, builder.place(begin), hint)
        message = say("the front matter is not valid YAML: {why}", why=reason(problem))
        hint = say("write a backslash as `\\\\`, or put the text in ' instead of \"")
        return error("yaml-syntax", message, place, hint)
    if "mapping values" in problem and mark and (above := _no_colon(builder, mark.line)):
        return above
    if "flow" in (fault.context or "") and begin and mark and begin.line < mark.line:
        message = say("the bracket that opens here is never closed")
        hint = say("close it on the same line, or write one `key: value` on each line instead")
        return error("yaml-syntax", message, builder.place(begin), hint)
    if "simple key" in (fault.context or "") and begin:
        message = say("this line is neither a key with its value nor part of the value above")
        hint = _no_break_space(builder) or say("write `key: value`, with a colon and a space")
        return error("yaml-syntax", message, builder.place(begin), hint)
    message = say("the front matter is not valid YAML: {why}", why=reason(problem))
    return error("yaml-syntax", message, place, _syntax_hint(line, problem, builder))


def _no_colon(builder: _NodesBuilder, line: int) -> Diagnostic | None:
    """What is wrong with the line above one, where YAML does not see its colon as one."""
    written = [number for number in range(line) if builder.lines[number].strip()]
    above = builder.lines[written[-1]] if written else ""
    found = re.match(r"[\s-]*[\w-]+(：|:(?!//)(?=\S))", above)
    if not found:
        return None
    number, column = builder.starts[written[-1]]
    at = Location(builder.path, builder.first_line + number, column + found.start(1) + 1)
    message = say("a space is missing behind the colon")
    if found[1] != ":":
        message = say("this is a full-width colon (U+FF1A), not the usual one")
    return error("yaml-syntax", message, at, say("write `key: value`, with a colon and a space"))


def _no_break_space(builder: _NodesBuilder) -> Message | None:
    for (line_number, _), each in zip(builder.starts, builder.lines, strict=True):
        if re.match(r"[\w -]*\u00a0|\s*(?:-\s*)?\w+:\u00a0", each):
            return say(
                "line {n} has a no-break space (U+00A0): write a usual one",
                n=builder.first_line + line_number,
            )
    return None


def _syntax_hint(line: str, problem: str, builder: _NodesBuilder) -> Message | None:
    if hint := _no_break_space(builder):
        return hint
    if "\t" in line:
        return say("YAML indents with spaces, never with tabs")
    _, _, value = line.partition(": ")
    if value.lstrip()[:1] in {"“", "”", "„", "«", "»"}:
        return say('put straight quotation marks (") around the whole text')
    if ": " in value or value.rstrip().endswith(":"):
        return say("a value that holds a colon and a space must stand in quotation marks")
    if value.lstrip()[:1] in {"@", "`", "%", "{", "[", "&", "*", "!", "|", ">", "'", '"'}:
        return say("a value that begins with a sign must stand whole in quotation marks")
    if (
        line.startswith(" ")
        or "expected <block end>" in problem
        or "expected ':'" in problem
        or "<document start>" in problem
    ):
        return say("check that the lines of this group begin in the same column")
    return None
