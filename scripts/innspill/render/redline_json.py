"""A redline as values for JSON, for a script: what changed, by kind and by paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from innspill.compare.blocks import ComparedBlock
from innspill.compare.facts import FactChange, ItemChange, QuestionChange
from innspill.compare.rows import Redline, Row, RowChange
from innspill.compare.tables import Grid
from innspill.compare.tokens import text_of
from innspill.compare.words import Op, Segment
from innspill.facts import FactValue
from innspill.model import Revision


def as_values(redline: Redline, old: Revision | None, new: Revision | None) -> dict[str, Any]:
    """The redline of one statement; a revision is None where it is the files as they are."""
    statement = redline.new
    return {
        "statement": statement.source,
        "committee": statement.committee,
        "title": statement.title,
        "from": _revision(old),
        "to": _revision(new),
        "facts": [_fact(each) for each in redline.facts],
        "questions": [_question(each) for each in redline.questions],
        "summary": [_item(each) for each in redline.points if each.is_change],
        "proposals": [_item(each) for each in redline.proposals if each.is_change],
        "paragraphs": [_row(each) for each in redline.rows if each.is_change or each.id],
        "unchanged": sum(row.fate is RowChange.SAME and not row.is_moved for row in redline.rows),
    }


def _revision(revision: Revision | None) -> dict[str, str] | None:
    if revision is None:
        return None
    return {"name": revision.name, "commit": revision.id, "date": revision.day.isoformat()}


def _plain(value: FactValue) -> FactValue:
    return value.isoformat() if isinstance(value, date) else value


def _fact(change: FactChange) -> dict[str, Any]:
    return {"name": change.name, "old": _plain(change.old), "new": _plain(change.new)}


def _question(change: QuestionChange) -> dict[str, Any]:
    return {
        "number": change.number,
        "change": _became(change.op),
        "title": _words(change.title),
        "text": _words(change.text),
        "guidance": _words(change.guidance),
    }


def _became(op: Op) -> str:
    return {Op.IN: "in", Op.OUT: "out"}.get(op, "edited")


def _item(change: ItemChange) -> dict[str, Any]:
    return {
        "id": change.id,
        "change": _became(change.op),
        "moved": change.is_moved,
        "text": _words(change.text),
        "facts": [_fact(each) for each in change.facts],
        "evidence_changed": change.has_new_evidence,
    }


def _row(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": row.id,
        "change": row.fate.value,
        "moved": row.is_moved,
        "other_end": row.other or None,
        "old": [_leaf(each) for each in row.old],
        "new": [_leaf(each) for each in row.new],
    }
    if row.grid:
        values["table"] = _table(row.grid)
    else:
        values["words"] = [_words(part) for part in row.parts]
    return values


def _leaf(block: ComparedBlock) -> dict[str, Any]:
    context = [f"{tag} {by}".rstrip() for tag, by in block.context]
    marks = {"number": block.number or None, "marker": block.marker or None}
    return {**marks, "kind": block.kind, "inside": context}


def _table(grid: Grid) -> dict[str, Any]:
    return {
        "columns": [each.value for each in grid.columns],
        "rows": [
            {"change": line.op.value, "cells": [_words(cell) for cell in line.cells]}
            for line in grid.lines
        ],
    }


def _words(segments: Sequence[Segment]) -> list[dict[str, str]]:
    return [
        {"op": each.op.value, "text": text_of(each.tokens)}
        | ({"moved": each.move} if each.move else {})
        for each in segments
    ]
