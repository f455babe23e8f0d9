"""Suggestions as lines of front matter, and their way into a file whose other bytes stay.

A text is written plainly where YAML reads it so, else in quotation marks, folded where it is long:
what is read back is asked of the reader itself.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence

from innspill.errors import CommandError
from innspill.messages import Message, say
from innspill.read.schema import StatementFront
from innspill.read.source import Source, parse_source, split
from innspill.read.yaml_nodes import parse_front_matter
from innspill.suggest.suggestions import SuggestedPoint, SuggestedProposal, Suggestions

WIDTH = 96
"""How long a line may be before it is folded."""
OUT_OF_THE_LETTER = say(
    "Suggested out of the letter's own sentences: read each against it, mend it, then take out "
    "`suggested: true`"
)
Items = Sequence[SuggestedPoint | SuggestedProposal]


class CannotInsert(CommandError):
    """A file's front matter is written in a way that nothing can be put into."""


def as_lines(items: Items, indent: str = "  ", notes: Sequence[str] = ()) -> list[str]:
    """The items of `summary` or `proposals`, each with what `notes` say above it."""
    lines: list[str] = []
    for at, item in enumerate(items):
        if notes:
            lines.append(f"{indent}# {notes[at]}")
        first, *more = _lines_of(item)
        lines += [f"{indent}- {first}", *(f"{indent}  {each}" for each in more)]
    return lines


def _lines_of(item: SuggestedPoint | SuggestedProposal) -> Iterator[str]:
    if isinstance(item, SuggestedPoint):
        yield from _pair("about", item.about)
        yield from _pair("point", item.point)
        yield from _pair("quote", item.quote)
    else:
        yield from _pair("what", item.what)
        yield from _pair("move", item.move)
        yield from _pair("force", item.force)
        if len(item.quotes) == 1:
            yield from _pair("quote", item.quotes[0])
        else:
            yield "quote:"
            for quote in item.quotes:
                yield f"  - {_scalar(quote)}"
    yield "suggested: true"


def _pair(key: str, text: str) -> Iterator[str]:
    plain = f"{key}: {_scalar(text)}"
    folded = textwrap.wrap(text, WIDTH - 6, break_long_words=False, break_on_hyphens=False)
    block = [f"{key}: >-", *(f"  {each}" for each in folded)]
    if len(plain) > WIDTH and _reads_as("\n".join(block), key, text):
        yield from block
    else:
        yield plain


def _scalar(text: str) -> str:
    """A text on one line, as plainly as YAML takes it."""
    quoted = "'" + text.replace("'", "''") + "'"
    for form in (text, quoted):
        if _reads_as(f"k: {form}", "k", text) and _reads_as(f"k:\n  - {form}", "k", [text]):
            return form
    escaped = (
        each if each.isprintable() and each not in '"\\' else f"\\U{ord(each):08X}" for each in text
    )
    return f'"{"".join(escaped)}"'


def _reads_as(lines: str, key: str, value: object) -> bool:
    matter, faults = parse_front_matter(f"{lines}\n", "", 1)
    return not faults and matter.values == {key: value}


def with_suggestions(source: Source, suggestions: Suggestions) -> bytes:
    """The file's bytes with the suggestions at the ends of its lists; all else as it was.

    Raises CannotInsert.
    """
    lines = source.data.splitlines(keepends=True)
    end = re.search(rb"\r?\n|\r", source.data)
    assert end is not None
    _, fence = split(source.text)
    assert fence is not None
    edits = [
        *_edit("proposals", suggestions.proposals, source, fence - 1),
        *_edit("summary", suggestions.points, source, fence - 1),
    ]
    for at, gone, new in edits:  # the later first; at one place, `summary` gets before
        lines[at : at + gone] = [each.encode() + end[0] for each in new]
    made = b"".join(lines)
    if not _says_the_same(source, made, suggestions):
        raise _cannot(source)
    return made


Edit = tuple[int, int, list[str]]
"""From which line on how many lines are taken away, and what comes in their place."""


def _edit(key: str, items: Items, source: Source, fence: int) -> Iterator[Edit]:
    if not items:
        return
    lines = source.text.split("\n")
    tops = {str(path[0]): at.line - 1 for path, at in source.matter.keys.items() if len(path) == 1}
    if key not in tops:
        before = tops.get("proposals", fence) if key == "summary" else fence
        yield _above(before, lines), 0, [f"{key}:", *as_lines(items)]
        return
    line = tops[key]
    behind = min((each for each in (*tops.values(), fence) if each > line), default=fence)
    if source.matter.values[key] in ([], None):
        yield line, 1, [f"{key}:", *as_lines(items)]
        return
    while behind > line + 1 and re.match(r"\s*$|#", lines[behind - 1]):
        behind -= 1
    first = next((each for each in lines[line + 1 : behind] if re.match(r"\s*- ", each)), None)
    if first is None:
        raise _cannot(source)
    yield behind, 0, as_lines(items, first[: len(first) - len(first.lstrip())])


def _above(line: int, lines: Sequence[str]) -> int:
    """A key's line, or that of the first comment right above it."""
    while lines[line].strip() != "---" and line > 1 and lines[line - 1].startswith("#"):
        line -= 1
    return line


def _cannot(source: Source) -> CannotInsert:
    return CannotInsert(
        say(
            "{path}: the suggestions can't be put in as `summary` and `proposals` are written "
            "there; without --apply they are printed, to be pasted",
            path=source.shown,
        )
    )


def _says_the_same(source: Source, data: bytes, suggestions: Suggestions) -> bool:
    """Whether the file says what it said, and what is suggested."""
    made = parse_source(source.path, source.shown, data, StatementFront)
    old, new = source.front, made.front
    assert isinstance(old, StatementFront)
    assert isinstance(new, StatementFront)
    said = [each.code for each in made.faults] == [each.code for each in source.faults]
    points = [(each.about, each.point, [each.quote]) for each in suggestions.points]
    proposals = [
        (each.what, each.move, each.force, list(each.quotes)) for each in suggestions.proposals
    ]
    return (
        said
        and made.body == source.body
        and new.summary[: len(old.summary)] == old.summary
        and new.proposals[: len(old.proposals)] == old.proposals
        and [(p.about, p.point, p.quote) for p in new.summary[len(old.summary) :]] == points
        and [(p.what, p.move, p.force, p.quote) for p in new.proposals[len(old.proposals) :]]
        == proposals
    )


def as_front_matter(suggestions: Suggestions, tell: Callable[[Message], str]) -> str:
    """The suggestions as front matter to paste, with comments in the words of `tell`."""
    summed_up = tell(say("a point of the summary rests on it"))
    lines = [f"# {tell(OUT_OF_THE_LETTER)}"]
    if points := suggestions.points:
        lines += ["summary:", *as_lines(points, notes=[each.number for each in points])]
    if proposals := suggestions.proposals:
        notes = [f"{p.number} · {summed_up}" if p.in_summary else p.number for p in proposals]
        lines += ["proposals:", *as_lines(proposals, notes=notes)]
    return "".join(f"{each}\n" for each in lines)
