"""What is wrong with the content, as values, and the forms they are printed in.

A `Diagnostic` is made anywhere and printed in one place. Its sentence stays a
`Message` until then, so that it comes out in the language of whoever runs the program.
"""

from __future__ import annotations

import gettext
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from unicodedata import east_asian_width

from innspill.messages import Message, printable, say

FUTURE = "future"
"""The code of what is wrong today, and will be right one day."""
GONE = "version-gone"
"""The code of what is said of published versions that go with this build."""
MOST = 50
"""How many faults of one file are shown; what is left is counted."""


class Severity(StrEnum):
    """How grave a diagnostic is: an error means that nothing is written."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def word(self) -> Message:
        """What people are told that it is."""
        return say("error") if self is Severity.ERROR else say("warning")


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file. Lines and columns count from 1, columns in characters."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong, where, and what to do about it."""

    severity: Severity
    code: str
    """A stable name in kebab-case, for scripts and for the documentation."""
    message: Message
    at: Location
    hint: Message | None = None


def error(code: str, message: Message, at: Location, hint: Message | None = None) -> Diagnostic:
    """A diagnostic that stops the build."""
    return Diagnostic(Severity.ERROR, code, message, at, hint)


def warning(code: str, message: Message, at: Location, hint: Message | None = None) -> Diagnostic:
    """A diagnostic that stops the build only where the user asks for strictness."""
    return Diagnostic(Severity.WARNING, code, message, at, hint)


def in_order(
    diagnostics: Iterable[Diagnostic], *, strict: bool, spared: Collection[str] = ()
) -> tuple[Diagnostic, ...]:
    """Sorted by place, each once; with `strict`, warnings become errors, but in files `spared`."""
    if strict:
        diagnostics = (
            each if each.at.path in spared else replace(each, severity=Severity.ERROR)
            for each in diagnostics
        )
    return tuple(sorted(dict.fromkeys(diagnostics), key=_place))


def _place(each: Diagnostic) -> tuple[Location, str, str]:
    return each.at, each.code, str(each.message)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether anything among them stops the build."""
    return any(each.severity is Severity.ERROR for each in diagnostics)


def bounded(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """At most `MOST` of each file, errors before warnings, then how many more there are."""
    by_file: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        by_file.setdefault(each.at.path, []).append(each)
    return [each for found in by_file.values() for each in _bounded(found)]


def _bounded(found: list[Diagnostic]) -> list[Diagnostic]:
    if len(found) <= MOST:
        return found
    by_gravity = sorted(found, key=lambda each: each.severity)
    first = by_gravity[MOST]
    message = say("and {n} more in this file", n=len(found) - MOST)
    hint = say("mend those that are shown, and run it again")
    more = Diagnostic(first.severity, "more", message, first.at, hint)
    return [*sorted(by_gravity[:MOST], key=_place), more]


def lines_shown(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> dict[str, str]:
    """Of the texts, by their paths, the lines that diagnostics show, each where it stands."""
    shown: dict[str, set[int]] = {}
    for each in diagnostics:
        shown.setdefault(each.at.path, set()).add(each.at.line)
    return {path: _only(texts.get(path, ""), lines) for path, lines in shown.items()}


def _only(text: str, wanted: set[int]) -> str:
    """A text with nothing but the lines that are wanted, each on its line."""
    lines = text.split("\n")[: max(wanted)]
    return "\n".join(line if at in wanted else "" for at, line in enumerate(lines, 1))


def as_text(
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str],
    catalogue: gettext.NullTranslations,
) -> str:
    """`path:line:column: error[code]: …`, the line itself with a caret, and the hint.

    `texts` maps a location's path to the text of that file. Of a file with very many faults,
    not all are shown.
    """
    shown = bounded(diagnostics)
    lines = {path: texts.get(path, "").split("\n") for path in {each.at.path for each in shown}}
    return "\n".join(_paragraph(each, lines[each.at.path], catalogue) for each in shown)


def as_rows(
    diagnostics: Sequence[Diagnostic], catalogue: gettext.NullTranslations
) -> list[dict[str, object]]:
    """For JSON: of each severity, code, message, hint, path, line and column.

    All of them, since a script counts, and can choose for itself.
    """
    return [
        {
            "severity": each.severity.value,
            "code": each.code,
            "message": each.message.shown(catalogue),
            "hint": each.hint.shown(catalogue) if each.hint else None,
            "path": each.at.path,
            "line": each.at.line,
            "column": each.at.column,
        }
        for each in diagnostics
    ]


def as_github(diagnostics: Sequence[Diagnostic], catalogue: gettext.NullTranslations) -> str:
    """Workflow commands that GitHub Actions shows as annotations beside the line.

    Of a file with very many faults, not all are shown.
    """
    rows = []
    for each in bounded(diagnostics):
        text = each.message.shown(catalogue)
        if each.hint:
            text += "\n" + each.hint.shown(catalogue)
        place = (
            f"file={_property(each.at.path)},line={each.at.line},col={each.at.column},"
            f"title={_property(each.code)}"
        )
        rows.append(f"::{each.severity.value} {place}::{_data(text)}")
    return "\n".join(rows)


def _paragraph(each: Diagnostic, lines: Sequence[str], catalogue: gettext.NullTranslations) -> str:
    severity = each.severity.word.shown(catalogue)
    place = f"{printable(each.at.path)}:{each.at.line}:{each.at.column}"
    rows = [f"{place}: {severity}[{each.code}]: {each.message.shown(catalogue)}"]
    if each.at.line <= len(lines):
        rows += _excerpt(lines[each.at.line - 1], each.at)
    if each.hint:
        hint = say("hint: {hint}", hint=each.hint).shown(catalogue)
        rows += [f"      {line}" for line in hint.splitlines()]
    return "\n".join(rows) + "\n"


def _excerpt(line: str, at: Location, width: int = 88) -> list[str]:
    """The source line, cut to `width` around the column, and a caret below it."""
    start = max(0, min(at.column - 1 - width // 2, len(line) - width))
    shown = printable(line[start : start + width])
    before = shown[: at.column - 1 - start]
    caret = " " * sum(2 if east_asian_width(c) in "WF" else 1 for c in before) + "^"
    lead, tail = "…" if start else "", "…" if start + width < len(line) else ""
    return [
        f"{at.line:>5} | {lead}{shown}{tail}",
        f"      | {' ' * len(lead)}{caret}",
    ]


def _data(text: str) -> str:
    text = "\n".join(printable(line) for line in text.split("\n"))
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
