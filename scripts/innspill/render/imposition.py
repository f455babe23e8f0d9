"""The sheets of a booklet: its A5 pages two by two on A4, in the order that folding wants.

1. Fill up with blank pages to a multiple of four. 2. Put the last page beside the first, the
second beside the last but one, and so on, front and back in turn. 3. Take the marks of the tag
tree out of the pages: sheets have no reading order, and their file claims none (it is neither
PDF/UA nor PDF/A), which its title says.
"""

from __future__ import annotations

import io
from typing import Any

from innspill.pdf.made_from import NAMESPACE, UNTOLD, MadeFrom

SHEET = (841.89, 595.28)
"""A4 across, in points (ISO 216)."""
MARKS = {"BMC", "BDC", "EMC", "MP", "DP"}
"""The operators of marked content (ISO 32000-1, 14.6)."""


def sheets_of(count: int) -> list[tuple[int, int]]:
    """The pages, from 0, to the left and the right of each side of each sheet.

    Those from `count` on are blank.
    """
    whole = count + -count % 4
    sides = []
    for side in range(whole // 2):
        outer, inner = whole - 1 - side, side
        sides.append((inner, outer) if side % 2 else (outer, inner))
    return sides


def impose(booklet: bytes, title: str, made_from: MadeFrom = UNTOLD) -> bytes:
    """A booklet's sheets as a PDF of this title, to be printed on both sides and folded."""
    import pikepdf

    with pikepdf.open(io.BytesIO(booklet)) as source, pikepdf.new() as target:
        pages = [target.copy_foreign(_unmarked(page)) for page in source.pages]
        for pair in sheets_of(len(pages)):
            _add_side(target, [pages[each] if each < len(pages) else None for each in pair])
        target.Root.Lang = source.Root.Lang
        target.Root.ViewerPreferences = pikepdf.Dictionary(
            DisplayDocTitle=True,
            Duplex=pikepdf.Name.DuplexFlipShortEdge,
            PrintScaling=pikepdf.Name("/None"),
        )
        with target.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = [str(source.Root.Lang)]
            for name, value in made_from.values().items():
                metadata[f"{{{NAMESPACE}}}{name}"] = (
                    list(value) if value.__class__ is tuple else value
                )
        data = io.BytesIO()
        target.save(data, deterministic_id=True, min_version="1.7")
        return data.getvalue()


def _unmarked(page: Any) -> Any:
    """A page as a drawing to place, without what ties it to a tag tree."""
    import pikepdf

    drawing = page.as_form_xobject()
    kept = [
        instruction
        for instruction in pikepdf.parse_content_stream(drawing)
        if str(instruction.operator) not in MARKS
    ]
    drawing.write(pikepdf.unparse_content_stream(kept))
    for key in ("/StructParent", "/StructParents"):
        if key in drawing:
            del drawing[key]
    return drawing


def _add_side(target: Any, pair: list[Any]) -> None:
    """One side of a sheet; the pages meet at the fold."""
    import pikepdf

    width, height = SHEET
    page = target.add_blank_page(page_size=SHEET)
    placed, drawings = [], {}
    for name, drawing, is_left in zip(("/Left", "/Right"), pair, (True, False), strict=True):
        if drawing is None:
            continue
        box = [float(each) for each in drawing.BBox]
        x = width / 2 - box[2] if is_left else width / 2 - box[0]
        drawings[name] = drawing
        placed.append(f"q 1 0 0 1 {x:.3f} {(height - box[3] - box[1]) / 2:.3f} cm {name} Do Q")
    page.Contents = target.make_stream("\n".join(placed).encode())
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(drawings))
