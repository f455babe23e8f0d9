"""A table's cells and what heads them (ISO 32000-1, 14.8.5.7)."""

from __future__ import annotations

from typing import Any

from innspill.pdf.tag_element import TagElement

SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


def cell_attributes(tag: TagElement) -> dict[str, Any]:
    """The attributes of a `TH` or `TD` that its own element tells."""
    found: dict[str, Any] = {}
    for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        span = tag.source.get(name, "1")
        if span.isdecimal() and int(span) > 1:
            found[key] = int(span)
    if tag.kind == "TH":
        found["Scope"] = SCOPES.get(tag.source.get("scope", ""), "Column")
    return found


def grouped_headers(table: TagElement, name: str) -> dict[TagElement, list[str]]:
    """The ids of the headers of each cell, in a table with headers of groups of rows.

    Elsewhere scopes say it all. Gives those headers ids that begin with `name`.
    """
    cells = [list(row.tags) for row in table.all_tags if row.kind == "TR"]
    if not any(_is_group(cell) for row in cells for cell in row):
        return {}
    columns: dict[int, str] = {}
    group: str | None = None
    found: dict[TagElement, list[str]] = {}
    for number, row in enumerate(cells, 1):
        own: list[str] = []
        for column, cell in enumerate(row):
            if cell.kind != "TH":
                heads = (columns.get(column), group, *own)
                found[cell] = [each for each in heads if each is not None]
                continue
            cell.id = f"{name}-{number}-{column + 1}"
            if _is_group(cell):
                group = cell.id
            elif cell.source.get("scope") == "row":
                own.append(cell.id)
            else:
                columns[column] = cell.id
    return found


def _is_group(cell: TagElement) -> bool:
    return cell.source.get("scope") == "rowgroup"
