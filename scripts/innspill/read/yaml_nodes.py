"""YAML as it is written: text stays text, and every value knows its line and column.

`yaml.safe_load` would make `lang: no` False, `12:30` 750 and let the last of two equal
keys win. Here scalars stay the text that was written, and what YAML allows but a
person writing front matter never means (equal keys, aliases, tags) is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from innspill.diagnostics import Diagnostic, Location, error
from innspill.errors import InnspillError
from innspill.messages import Message, say
from innspill.read.yaml_reasons import reason

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
    builder = _ValuesBuilder(text, path, first_line)
    empty = FrontMatter({}, {(): Location(path, first_line)}, {})
    try:
        values = builder.document()
        if builder.goes_on:
            yaml.compose(text, Loader=_Loader)  # whose words say so
    except _NotUsed as refused:
        return empty, [refused.fault]
    except yaml.MarkedYAMLError as fault:
        return empty, [_syntax_error(fault, builder)]
    except yaml.YAMLError as fault:  # an unprintable character, which carries no mark
        message = say(
            "the front matter is not valid YAML: {why}",
            why=reason(str(getattr(fault, "reason", fault))),
        )
        return empty, [error("yaml-syntax", message, Location(path, first_line))]
    if () not in builder.places:
        return empty, []
    if not isinstance(values, dict):
        kind = say("a list") if isinstance(values, list) else say("text")
        message = say("the front matter must be keys with values, not {kind}", kind=kind)
        hint = say("write one `key: value` on each line")
        return empty, [error("yaml-syntax", message, builder.places[()], hint)]
    places = {**builder.places, (): Location(path, first_line)}
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


class _NotUsed(InnspillError):
    """What YAML allows and front matter doesn't."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault)
        self.fault = fault


class _ValuesBuilder:
    """Takes what the parser tells, one event after the other, and makes values of it."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.events = _Loader(text)
        self.lines, self.path, self.first_line = BREAK.split(text), path, first_line
        self.starts = _starts(self.lines, text)
        """Where each line of YAML's begins: the file's line, from 0, and the column in it."""
        self.places: dict[Path, Location] = {}
        self.keys: dict[Path, Location] = {}
        self.comments: dict[Path, tuple[Location, str]] = {}
        self.faults: list[Diagnostic] = []
        self.depth = 0
        self.goes_on = False
        """Whether another document follows the first."""

    def place(self, mark: Any) -> Location:
        line, column = self.starts[min(mark.line, len(self.starts) - 1)]
        return Location(self.path, self.first_line + line, column + mark.column + 1)

    def document(self) -> Plain:
        """The first document's value; all that follows is gone through too."""
        value: Plain = None
        while not isinstance(event := self.next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                self.goes_on = () in self.places
                value = value if self.goes_on else self.value(self.next(), ())
        return value

    def next(self) -> Any:
        """The next event. Raises _NotUsed."""
        event: Any = self.events.get_event()
        kind = type(event)
        if kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            self.depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            self.depth += kind is not yaml.ScalarEvent
            if fault := self.refuse(event):
                raise _NotUsed(fault)
        return event

    def refuse(self, event: Any) -> Diagnostic | None:
        """Aliases, tags, NULs and deep nesting, found before values are made of them.

        The first and the last can make a file of a kilobyte expand beyond memory or stack; a
        tag is a word of a text that begins with `!`, and would be lost. A NUL, which an
        escape may stand for, would end a slot: see `innspill.slots`.
        """
        begin = event.start_mark
        if event.anchor:
            message = say("anchors (&) and aliases (*) are not used in front matter")
            hint = say("write the text out, or put it in quotation marks if it begins with & or *")
            return error("yaml-alias", message, self.place(begin), hint)
        if event.tag:
            tag = self.lines[begin.line][begin.column :].split(maxsplit=1)[0]
            message = say('the tag "{tag}" is not used in front matter', tag=tag)
            hint = say("put the text in quotation marks if it begins with !")
            return error("yaml-tag", message, self.place(begin), hint)
        if "\0" in getattr(event, "value", ""):
            message = say("here stands a NUL, which no text has")
            hint = say("write a backslash as `\\\\`, or put the text in ' instead of \"")
            return error("yaml-syntax", message, self.place(begin), hint)
        if self.depth > DEEPEST:
            message = say("the front matter is nested more than {n} deep", n=DEEPEST)
            return error("yaml-syntax", message, self.place(begin))
        return None

    def mapping(self, path: Path) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            at = self.place(event.start_mark)
            if not isinstance(event, yaml.ScalarEvent):
                self.faults.append(error("yaml-key", say("a key must be text"), at))
                self.skip(event)
                self.skip(self.next())
                continue
            key = event.value
            if key in values:
                first = self.keys[(*path, key)]
                message = say('the key "{key}" stands twice', key=key)
                hint = say("the first stands on line {line}; keep one of them", line=first.line)
                self.faults.append(error("duplicate-key", message, at, hint))
                self.skip(self.next())
                continue
            self.keys[(*path, key)] = at
            values[key] = self.value(self.next(), (*path, key))
        return values

    def sequence(self, path: Path) -> list[Plain]:
        values: list[Plain] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            values.append(self.value(event, (*path, len(values))))
        return values

    def value(self, event: Any, path: Path) -> Plain:
        self.places[path] = self.place(event.start_mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        if not event.style and (comment := self.comment(event.end_mark)):
            self.comments[path] = (self.place(event.end_mark), comment)
        text: str = event.value
        return text if text or event.style else None

    def skip(self, event: Any) -> None:
        """Goes behind what begins with an event."""
        depth = self.depth - isinstance(event, yaml.CollectionStartEvent)
        while self.depth > depth:
            self.next()

    def comment(self, end: yaml.Mark) -> str:
        """The comment that stands behind a plain value on its line, empty where there is none."""
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        return rest.strip() if re.match(r"\s+#", rest) else ""


def _syntax_error(fault: yaml.MarkedYAMLError, builder: _ValuesBuilder) -> Diagnostic:
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


def _no_colon(builder: _ValuesBuilder, line: int) -> Diagnostic | None:
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


def _no_break_space(builder: _ValuesBuilder) -> Message | None:
    for (line_number, _), each in zip(builder.starts, builder.lines, strict=True):
        if re.match(r"[\w -]*\u00a0|\s*(?:-\s*)?\w+:\u00a0", each):
            return say(
                "line {n} has a no-break space (U+00A0): write a usual one",
                n=builder.first_line + line_number,
            )
    return None


def _syntax_hint(line: str, problem: str, builder: _ValuesBuilder) -> Message | None:
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
