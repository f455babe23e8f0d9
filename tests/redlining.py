"""Helps the tests of redlines: statements without a disk, and a redline carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sites import Composed, statement
from sites import composed as composed_of

from innspill.blob import Blob, blob_of
from innspill.compare.blocks import Cells, ComparedBlock, compared_blocks
from innspill.compare.rows import Redline, Row, RowChange
from innspill.compare.tables import Grid
from innspill.compare.tokens import PARAGRAPH_END, Token, TokenKind
from innspill.compare.words import Op, Segment
from innspill.diagnostics import Diagnostic
from innspill.model import Statement
from innspill.read.disk import DirectoryEntry
from innspill.read.paths import path_key
from innspill.read.read import read_files


@dataclass(frozen=True, slots=True)
class Memory:
    """The files of a content folder that is nowhere."""

    files: Mapping[str, str]

    def markdown(self, shown: str) -> tuple[list[str], list[Diagnostic]]:
        pages = (path for path in self.files if path.endswith(".md"))
        return sorted(pages, key=path_key), []

    def load(self, path: str) -> bytes:
        return self.files[path].encode()

    def others(self) -> tuple[DirectoryEntry, ...]:
        return ()

    def find(self, path: str) -> Blob | None:
        return blob_of(self.files[path].encode()) if path in self.files else None


def composed_site(files: Mapping[str, str]) -> Composed:
    """The site of these files."""
    return composed_of(read_files(Memory(files), "content"))


def composed(body: str, head: str = "") -> Statement:
    """The example statement with this body, and more front matter."""
    return composed_site(statement(body, head)).statements[0]


def told_of(statement: Statement) -> list[object]:
    """A statement's blocks, in order, by all that a reader sees of them."""
    return [block.key for block in compared_blocks(statement, {})]


def before_of(redline: Redline) -> list[object]:
    """The old text's blocks, in order, as the redline alone gives them."""
    return [
        key
        for row in redline.rows
        if row.old and (row.fate is RowChange.LEFT or not row.is_moved)
        for key in _told(row, row.old, is_new=False)
    ]


def after_of(redline: Redline) -> list[object]:
    """The new text's blocks, in order: the redline carried out."""
    return [key for row in redline.rows for key in _told(row, row.new, is_new=True)]


def _told(row: Row, blocks: Sequence[ComparedBlock], *, is_new: bool) -> list[object]:
    """What blocks are equal by, their words taken from the row's segments."""
    words = [token for part in row.parts for each in part for token in _side(each, is_new=is_new)]
    if row.fate is RowChange.LEFT:
        words = [token for block in blocks for token in (*block.tokens, PARAGRAPH_END)]
    cells = _cells(row.grid, is_new=is_new) if row.grid else blocks[0].cells if blocks else ()
    return [
        replace(
            block,
            tokens=tuple(_unnamed(tokens)),
            cells=tuple(tuple(map(_unnamed, c)) for c in cells),
        ).key
        for block, tokens in zip(blocks, _paragraphs(words), strict=False)
    ]


def _unnamed(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Tokens without the names by which a redline tells footnotes apart."""
    return tuple(replace(each, text="") if each.kind is TokenKind.NOTE else each for each in tokens)


def _side(segment: Segment, *, is_new: bool) -> tuple[Token, ...]:
    return segment.new if is_new else segment.old


def _paragraphs(words: Sequence[Token]) -> list[list[Token]]:
    paragraphs: list[list[Token]] = [[]]
    for token in words:
        if token.kind is TokenKind.BREAK:
            paragraphs.append([])
        else:
            paragraphs[-1].append(token)
    return paragraphs


def _cells(grid: Grid, *, is_new: bool) -> Cells:
    gone = Op.OUT if is_new else Op.IN
    return tuple(
        tuple(
            tuple(token for each in cell for token in _side(each, is_new=is_new))
            for cell, column in zip(line.cells, grid.columns, strict=True)
            if column is not gone
        )
        for line in grid.lines
        if line.op is not gone
    )
