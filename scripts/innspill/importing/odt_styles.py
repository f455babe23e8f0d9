"""What OpenDocument's styles make of text and lists (OpenDocument 1.3, part 3, 16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from innspill.importing.blocks import LeftOut, running_heads_once
from innspill.importing.docx_styles import QUOTATION, TITLE
from innspill.importing.list_levels import FORMS, ListLevel

NS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, DRAW, STYLE, OFFICE = (
    f"{{{NS}{name}:1.0}}" for name in ("text", "table", "drawing", "style", "office")
)
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
RAISED = re.compile(r"super|[1-9]\d*%")
"""Where `style:text-position` puts letters above the line."""
FO, SVG = f"{{{NS}xsl-fo-compatible:1.0}}", f"{{{NS}svg-compatible:1.0}}"


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """What a style says of letters and of paragraphs."""

    is_bold: bool = False
    is_italic: bool = False
    size: float = 0.0
    is_title: bool = False
    is_quotation: bool = False
    is_raised: bool = False
    """Whether letters stand above the line (OpenDocument 1.3, part 3, 20.400)."""


def styles_of(sheets: list[etree._Element]) -> dict[str, OdtStyle]:
    elements = {
        each.get(f"{STYLE}name", ""): each for s in sheets for each in s.iter(f"{STYLE}style")
    }
    return {name: _style(name, elements, 0) for name in elements}


def _style(name: str, elements: Mapping[str, etree._Element], depth: int) -> OdtStyle:
    element = elements[name]
    parent = element.get(f"{STYLE}parent-style-name", "")
    base = _style(parent, elements, depth + 1) if parent in elements and depth < 20 else OdtStyle()
    letters = element.find(f"{STYLE}text-properties")
    told = {} if letters is None else dict(letters.attrib)
    weight, slant = told.get(f"{FO}font-weight"), told.get(f"{FO}font-style")
    position = told.get(f"{STYLE}text-position")
    size = told.get(f"{FO}font-size", "").removesuffix("pt")
    return OdtStyle(
        weight == "bold" if weight else base.is_bold,
        slant in ("italic", "oblique") if slant else base.is_italic,
        float(size) if size.replace(".", "", 1).isdecimal() else base.size,
        base.is_title or bool(TITLE.fullmatch(name)),
        base.is_quotation or bool(QUOTATION.search(name)),
        bool(RAISED.match(position)) if position else base.is_raised,
    )


def list_levels_of(sheets: list[etree._Element]) -> dict[str, dict[int, ListLevel]]:
    """Of each style of lists, its levels that count, from 1."""
    found: dict[str, dict[int, ListLevel]] = {}
    for sheet in sheets:
        for style in sheet.iter(f"{TEXT}list-style"):
            levels = found.setdefault(style.get(f"{STYLE}name", ""), {})
            for level in style.iter(f"{TEXT}list-level-style-number"):
                if form := FORMS.get(level.get(f"{STYLE}num-format", "")):
                    start = int(level.get(f"{TEXT}start-value", "1"))
                    before, behind = (
                        level.get(f"{STYLE}num-{n}", "") for n in ("prefix", "suffix")
                    )
                    text = f"{before}%1{behind}"
                    levels[int(level.get(f"{TEXT}level", "1"))] = ListLevel(form, start, text)
    return found


def running_heads(styles: etree._Element) -> Iterator[LeftOut]:
    """The heads and feet of pages: first pages may have their own."""
    names = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
    tags = [f"{prefix}{name}" for name in names for prefix in (STYLE, LOEXT)]
    return running_heads_once(
        " ".join(each.itertext()) for tag in tags for each in styles.iter(tag)
    )
