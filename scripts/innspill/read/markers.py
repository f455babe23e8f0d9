"""What a line begins with when it was typed as an item: a bullet, a dash, a number, a letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BULLETS = "•▪▫·‣⁃◦●○■□◆◇\uf0a7\uf0b7"
"""What stands before an item and nowhere else; the last two are those of a word processor."""
WINGDINGS = "§Øüvq"
"""What a word processor's signs become as letters, before a tab or two spaces."""
ARROWS = "►▶➢➤→✓✔\uf0d8\uf0fc"
MARKER = re.compile(
    rf"""
    [*_]{{0,3}}
    (?: (?P<sign> [{BULLETS}{ARROWS}] ) \s* (?=\S)
      | (?P<wing> [{WINGDINGS}] ) (?: \t | [ \u00a0]{{2}} ) \s* (?=[^\W\d_])
      | (?P<dash> [–—―‒−-]+ ) (?: \s+ (?=\S) | (?=[^\W\d_]) )
      | (?P<star> [*+] ) (?: \s+ (?=\S) | (?=[^\W\d_]) )
      | (?P<o> o ) \s+ (?=\S)
      | (?P<open> [(\[]? )
        (?P<number> \d{{1,2}} (?: \.\d{{1,2}} )* | [ivx]{{2,5}} | [IVX]{{2,5}} | [a-zæøåA-ZÆØÅ] )
        (?P<close> \.?\) | \] | \. | (?=\s) )
        [*_]{{0,3}}
        (?P<gap> \s* ) (?=\S)
    )""",
    re.VERBOSE,
)
MONTH = re.compile(
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|des)\b\.?",
    re.IGNORECASE,
)
CAPITAL = re.compile(r"[«“”\"'(\[*_]*[A-ZÆØÅÄÖÁČĐŊŠŦŽÉ]")
ENDS = (")", "]")
LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line begins with."""

    kind: str
    """Alike for the items of one list: `–`, `a)`, `(1)`, `1.1`."""
    value: tuple[int, ...]
    """Its number, part by part; empty for a sign."""
    is_capital: bool
    """Whether the text behind it begins with a capital letter."""
    is_sure: bool = False
    """Whether it stands in front of nothing but an item, or but what is numbered."""

    def leads_to(self, other: Marker) -> bool:
        """Whether `other` is the next in a list of this kind, or of one below or above it."""
        if not (self.value and other.value):
            return self.kind == other.kind
        *upper, last = other.value
        depth = len(upper)
        if depth == len(self.value):
            return other.value == (*self.value, 1)
        return self.value[:depth] == tuple(upper) and last == self.value[depth] + 1


def begins_with_word(row: str) -> bool:
    """Whether a line has no marker, as is seen of most by their first two letters."""
    return row[:2].isalpha() and row[1:2] != "" and row[0] not in "ivxIVX"


def markers_of(row: str) -> Sequence[Marker]:
    """What a line may begin with; `i)` is a letter and a number."""
    if begins_with_word(row):
        return ()
    found = MARKER.match(row)
    if not found:
        return ()
    is_capital = CAPITAL.match(row, found.end()) is not None
    if sign := found["sign"] or found["wing"]:
        return (Marker(sign, (), is_capital, is_sure=sign in BULLETS),)
    if found["dash"]:
        return (Marker("–", (), is_capital),)
    if found["star"]:
        is_emphasis = row[found.end("star")].isalpha() and row.count("*") > 1
        return () if is_emphasis else (Marker(found["star"], (), is_capital),)
    if found["o"]:
        return (Marker("o", (), is_capital),)
    if (found["open"] == "[") != (found["close"] == "]"):
        return ()
    if found["number"][0].isdigit():
        return _number(found, row[found.end() :], is_capital)
    return _letter(found, is_capital)


def without_marker(row: str) -> str:
    """A line without what it begins with as an item."""
    found = MARKER.match(row) if markers_of(row) else None
    return row[found.end() :] if found else row


def _number(found: re.Match[str], rest: str, is_capital: bool) -> Sequence[Marker]:
    """The marker of a number that is no date, no time, no amount and no ordinal."""
    parts = found["number"].split(".")
    value = tuple(int(part) for part in parts)
    close, has_gap = found["close"], bool(found["gap"])
    if len(parts) > 1:
        if not has_gap or rest[0].isdigit():
            return ()
        is_sure = is_capital and all(len(part) == 1 for part in parts[1:])
        is_date = len(parts) == 2 and close == "."
        return (Marker("1.1", value, is_capital, is_sure and not is_date),)
    if not close or (found["open"] and close not in ENDS):
        return (Marker("1", value, is_capital),) if not found["open"] and is_capital else ()
    if close == "." and (MONTH.match(rest) or not (is_capital if has_gap else rest[0].isalpha())):
        return ()
    return (Marker(found["open"] + "1" + close, value, is_capital, is_sure=True),)


def _letter(found: re.Match[str], is_capital: bool) -> Sequence[Marker]:
    word, close = found["number"], found["close"]
    if not close or (close == "." and not found["gap"]) or (found["open"] and close not in ENDS):
        return ()
    small = word.lower()
    case = "a" if word == small else "A"
    markers = []
    if len(small) == 1:
        kind = found["open"] + case + close
        value = (LETTERS.index(small) + 1,)
        markers.append(Marker(kind, value, is_capital, is_sure=close != "."))
    if small in ROMANS:
        kind = found["open"] + ("i" if case == "a" else "I") + close
        value = (ROMANS.index(small),)
        markers.append(Marker(kind, value, is_capital, is_sure=len(small) > 1))
    return markers


def runs_in(marked: Iterable[tuple[int, Marker]]) -> list[list[tuple[int, Marker]]]:
    """The lists that markers make: two or more in which each leads to the next, or a bullet."""
    by_kind: dict[str, list[list[tuple[int, Marker]]]] = {}
    for place, marker in marked:
        runs = by_kind.setdefault(marker.kind, [])
        if runs and runs[-1][-1][1].leads_to(marker):
            runs[-1].append((place, marker))
        else:
            runs.append([(place, marker)])
    found = [run for runs in by_kind.values() for run in runs if len(run) > 1 or _is_bullet(run)]
    return sorted(found, key=lambda run: run[0][0])


def _is_bullet(run: Sequence[tuple[int, Marker]]) -> bool:
    marker = run[0][1]
    return marker.is_sure and not marker.value
