"""Counts what redlines mark of forty edits and eight real revisions, ours beside four others'.

`python scripts/bench/redline_words.py --peers FOLDER`, with the project's own Python. The
others are `git diff --word-diff`, pandiff (with the pandoc of pypandoc-binary, where there is
no other), diff-match-patch, and the fewest words that any comparison word by word can mark;
what is missing of them in the folder is installed there. A word, or a sign, counts where it is
marked as taken out and where it is marked as put in. A reader has counted them in the edits; the
revisions, which are a public text's, have the fewest beside them. Counted too is what ours says
was moved, and what of it keeps less than 60 % of its words. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peers import Peer

from innspill.compare.blocks import ComparedBlock, compared_blocks
from innspill.compare.redline import compare
from innspill.compare.rows import Row, RowChange
from innspill.compare.similarity import common, likeness
from innspill.compare.tokens import text_of
from innspill.compose.single_statement import compose_single
from innspill.model import Statement
from innspill.read.read import read
from innspill.render.redline_json import as_values

CONTENT = Path(__file__).parents[2] / "content"
LETTER = "oppgavefordeling-2024/alna.md"
EDITS = Path(__file__).with_name("redline_edits.toml")
REVISIONS = Path(__file__).with_name("redline_public.toml")
PANDIFF = Peer("pandiff", "0.6.0", ("pandiff@0.6.0",), "node_modules/.bin/pandiff", from_npm=True)
PATCH = Peer(
    "diff-match-patch",
    "20241021",
    ("diff-match-patch==20241021", "pypandoc-binary==1.17"),
    "bin/python",
)
KEPT = 0.6
"""How much of its words a paragraph keeps at least that is said to have moved."""
HEAD = "---\ntitle: Eksempel\ncommittee: Eksempelutvalget\nstatus: draft\n---\n"
"""The front matter of an example."""
WORD = re.compile(r"[\w/-]+|[^\w\s]")
CRITIC = re.compile(r"\{\+\+(.*?)\+\+\}|\{--(.*?)--\}|\{~~(.*?)~>(.*?)~~\}", re.DOTALL)
SEMANTIC = """
import json, sys
from diff_match_patch import diff_match_patch
made = diff_match_patch()
found = made.diff_main(*json.load(sys.stdin))
made.diff_cleanupSemantic(found)
json.dump(found, sys.stdout)
"""
LONGEST = 160
"""How much of a miss is shown, in characters."""


@dataclass(frozen=True, slots=True)
class Sides:
    """A text before and after an edit."""

    markdown: tuple[str, str]
    statements: tuple[Statement, Statement]


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text that is marked."""

    op: str
    """`-` or `+`."""
    text: str

    @property
    def count(self) -> int:
        return len(WORD.findall(self.text))

    def __str__(self) -> str:
        return f"[-{self.text}-]" if self.op == "-" else f"{{+{self.text}+}}"


Marker = Callable[[Sides], list[Marked]]


def statement_of(folder: Path, text: str) -> Statement:
    """The letter with another text."""
    shutil.copytree(CONTENT, folder, dirs_exist_ok=True)
    (folder / LETTER).write_text(text, encoding="utf-8")
    found = compose_single(read(folder, "content"), LETTER)
    assert found
    return found.statement


def ours(sides: Sides) -> list[Marked]:
    """What our redline marks; what is called moved is not marked as taken out or put in."""
    values = as_values(compare(*sides.statements), None, None)
    found: list[Marked] = []
    for row in values["paragraphs"]:
        cells = [cell for line in row.get("table", {}).get("rows", ()) for cell in line["cells"]]
        for part in (*row.get("words", ()), *cells):
            found += [
                Marked("-" if each["op"] == "out" else "+", each["text"])
                for each in part
                if each["op"] in {"in", "out"} and "moved" not in each
            ]
    return found


def moves(sides: Sides) -> Iterator[float]:
    """How much each paragraph keeps of its words that ours says was moved."""
    for row in compare(*sides.statements).rows:
        if row.is_moved and row.fate is not RowChange.LEFT:
            yield kept(row)


def kept(row: Row) -> float:
    """How much of a row's words is in both."""
    return likeness(*(WORD.findall(" ".join(map(_text, some))) for some in (row.old, row.new)))


def by_least(sides: Sides) -> list[Marked]:
    """The fewest words that can be marked, wherever they stand."""
    a, b = (WORD.findall(plain(each)) for each in sides.statements)
    pairs = list(common(a, b))
    gone, come = set(range(len(a))), set(range(len(b)))
    gone -= {i for i, _ in pairs}
    come -= {j for _, j in pairs}
    return [Marked("-", a[i]) for i in sorted(gone)] + [Marked("+", b[j]) for j in sorted(come)]


def by_git(sides: Sides) -> list[Marked]:
    """What `git diff --word-diff` marks of the Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("old.md", "new.md")]
        for path, text in zip(paths, sides.markdown, strict=True):
            path.write_text(text, encoding="utf-8")
        command = ["git", "diff", "--no-index", "--word-diff=porcelain", *map(str, paths)]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    lines = said.partition("\n@@")[2].splitlines()
    return [Marked(line[0], line[1:]) for line in lines if line[:1] in {"-", "+"}]


def by_pandiff(program: str) -> Marker:
    """What pandiff marks of the Markdown."""

    def marked(sides: Sides) -> list[Marked]:
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder, name) for name in ("old.md", "new.md")]
            for path, text in zip(paths, sides.markdown, strict=True):
                path.write_text(text, encoding="utf-8")
            command = [program, *paths]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = []
        for put, taken, before, after in CRITIC.findall(said):
            found += [Marked("-", each) for each in (taken, before) if each]
            found += [Marked("+", each) for each in (put, after) if each]
        return found

    return marked


def by_patch(python: str) -> Marker:
    """What diff-match-patch marks of the text, with its semantic cleanup: whole words of it."""

    def marked(sides: Sides) -> list[Marked]:
        given = json.dumps([plain(each) for each in sides.statements])
        command = [python, "-c", SEMANTIC]
        said = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
        found: list[list[Any]] = json.loads(said.stdout)
        return [*whole_words(found, -1), *whole_words(found, 1)]

    return marked


def plain(statement: Statement) -> str:
    """A statement's text, a line for each paragraph."""
    return "\n".join(map(_text, compared_blocks(statement, {})))


def _text(block: ComparedBlock) -> str:
    """A block's text, a line for each row of a table."""
    rows = (" ".join(map(text_of, row)) for row in block.cells)
    return "\n".join(rows) or text_of(block.tokens)


def whole_words(found: list[list[Any]], side: int) -> Iterator[Marked]:
    """The words of one side that are marked in a part of them."""
    text = "".join(each for op, each in found if op in {0, side})
    marked, at = set[int](), 0
    for op, each in found:
        if op == side:
            marked |= set(range(at, at + len(each)))
        at += len(each) if op in {0, side} else 0
    for word in WORD.finditer(text):
        if marked.intersection(range(*word.span())):
            yield Marked("-" if side < 0 else "+", word[0])


def install(folder: Path) -> dict[str, Marker]:
    """The others that can be had, by their names."""
    markers: dict[str, Marker] = {"git --word-diff": by_git}
    python, pandiff = (peer.ready(folder, _say) for peer in (PATCH, PANDIFF))
    if python:
        command = [python, "-c", "import pypandoc; print(pypandoc.get_pandoc_path())"]
        pandoc = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        os.environ["PATH"] += os.pathsep + str(Path(pandoc).parent)
    if pandiff:
        markers[PANDIFF.name] = by_pandiff(pandiff)
    if python:
        markers[PATCH.name] = by_patch(python)
    return markers | {"least": by_least}


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def edited(text: str, changes: list[list[str]]) -> str:
    """A text after an edit."""
    for before, after in changes:
        if text.count(before) != 1:
            raise SystemExit(f"stands {text.count(before)} times: {before}")
        text = text.replace(before, after)
    return text


def body(text: str) -> str:
    """Markdown without its front matter."""
    return text.split("---\n", 2)[2]


@dataclass(frozen=True, slots=True)
class Result:
    """What each marks of one edit."""

    name: str
    reader: int | None
    """None where no reader has counted."""
    marked: dict[str, list[Marked]]
    moves: list[float]
    """How much of its words each paragraph keeps that ours says was moved."""

    def count(self, who: str) -> int:
        return sum(each.count for each in self.marked[who])


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in two revisions."""

    name: str
    head: str
    before: str
    after: str
    reader: int | None = None


def edits() -> Iterator[Pair]:
    """The edits of the letter, and of examples."""
    text = (CONTENT / LETTER).read_text(encoding="utf-8")
    front, letter = text[: -len(body(text))], body(text)
    for edit in tomllib.loads(EDITS.read_text(encoding="utf-8"))["edit"]:
        head, before = (HEAD, edit["text"]) if "text" in edit else (front, letter)
        yield Pair(edit["name"], head, before, edited(before, edit["change"]), edit["reader"])


def revisions() -> Iterator[Pair]:
    """The public text's."""
    for each in tomllib.loads(REVISIONS.read_text(encoding="utf-8"))["revision"]:
        yield Pair(each["name"], HEAD, each["before"], each["after"])


def results(pairs: Iterable[Pair], makers: dict[str, Marker]) -> Iterator[Result]:
    """Each pair by each of the makers."""
    with tempfile.TemporaryDirectory() as content:
        for pair in pairs:
            texts = (pair.before, pair.after)
            old, new = (statement_of(Path(content), pair.head + each) for each in texts)
            sides = Sides(texts, (old, new))
            marked = {name: marks(sides) for name, marks in makers.items()}
            yield Result(pair.name, pair.reader, marked, list(moves(sides)))


def table(found: list[Result], makers: dict[str, Marker]) -> Iterator[str]:
    """Words and signs by edit, and in all."""
    yield f"| edit | a reader | {' | '.join(makers)} |"
    yield "|---" + "|--:" * (1 + len(makers)) + "|"
    for each in found:
        counts = " | ".join(str(each.count(name)) for name in makers)
        yield f"| {each.name} | {_told(each.reader)} | {counts} |"
    sums = " | ".join(f"**{sum(each.count(name) for each in found)}**" for name in makers)
    counted = [each.reader for each in found if each.reader is not None]
    yield f"| **all** | **{_told(sum(counted) if counted else None)}** | {sums} |"


def _told(count: int | None) -> str:
    return "–" if count is None else str(count)


def miss(found: list[Result], name: str) -> str:
    """The edit where one is farthest from a reader, and what it marks of it."""
    worst = max(found, key=lambda each: abs(each.count(name) - (each.reader or 0)))
    count = worst.count(name)
    if count == worst.reader:
        return f"- {name}: as a reader would, everywhere"
    shown = " ".join(" ".join(map(str, worst.marked[name])).split())
    cut = shown[:LONGEST] + (" …" if len(shown) > LONGEST else "")
    return f"- {name}: {worst.name}, {count} words where a reader marks {worst.reader}: `{cut}`"


def moved(found: list[Result]) -> str:
    """How many are said to have moved, and how many of them keep too little."""
    all_moves = [each for result in found for each in result.moves]
    little = [each for each in all_moves if each < KEPT]
    return f"Moves: {len(all_moves)}, of which keep under {KEPT:.0%} of their words: {len(little)}"


def main() -> None:
    """Prints the table, and where each misses most."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--peers", type=Path, required=True)
    folder: Path = parser.parse_args().peers.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    makers = {"ours": ours} | install(folder)
    found, public = list(results(edits(), makers)), list(results(revisions(), makers))
    lines = [*table(found, makers), "", moved(found), "", *(miss(found, name) for name in makers)]
    lines += ["", *table(public, makers), "", moved(public)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
