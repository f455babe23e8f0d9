"""What Word's styles and numbers make of a paragraph (ECMA-376 part 1, 17.7 and 17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from innspill.importing.blocks import ListMark
from innspill.importing.list_levels import ListLevel, list_mark

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"(?:heading|overskrift)\s*(\d)", re.IGNORECASE)
QUOTATION = re.compile(r"quote|quotation|sitat|^block text$", re.IGNORECASE)
"""Block Text is what pandoc calls it."""
TITLE = re.compile(r"(?:title|tittel)", re.IGNORECASE)
BODY_LEVEL = 9
"""The outline level that is none (17.9.23)."""


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A paragraph style, with what it has of those that it is based on."""

    heading: int = 0
    is_title: bool = False
    is_quotation: bool = False
    is_bold: bool | None = None
    is_italic: bool | None = None
    size: float = 0.0
    list: str = ""
    """The list that it belongs to (`numId`)."""
    level: int = 0


def value(element: etree._Element | None, name: str) -> str | None:
    """The value of a child of an element, None where there is no such child."""
    child = None if element is None else element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def is_raised(properties: etree._Element | None) -> bool:
    """Whether letters stand above the line (ISO/IEC 29500-1, 17.3.2.42)."""
    found = None if properties is None else properties.find(f"{W}vertAlign")
    return found is not None and found.get(f"{W}val") == "superscript"


def is_on(element: etree._Element | None, name: str) -> bool | None:
    """A property that is on or off (17.17.4), None where nothing is said."""
    child = None if element is None else element.find(f"{W}{name}")
    if child is None:
        return None
    return child.get(f"{W}val", "true") not in ("0", "false", "off", "none")


def size_of(properties: etree._Element | None) -> float:
    """The size of letters in points, 0 where nothing is said; Word counts halves."""
    told = value(properties, "sz")
    return int(told) / 2 if told and told.isdecimal() else 0.0


def number_in(properties: etree._Element | None) -> tuple[str, int | None]:
    """The list of a paragraph and its level there; empty where nothing is said."""
    told = None if properties is None else properties.find(f"{W}numPr")
    if told is None:
        return "", None
    level = value(told, "ilvl")
    return value(told, "numId") or "", int(level) if level and level.isdecimal() else None


@dataclass(frozen=True, slots=True)
class WordStyles:
    """All styles of a document, by their ids."""

    styles: Mapping[str, WordStyle] = field(default_factory=dict)
    usual: WordStyle = WordStyle(size=10.0)

    def get(self, name: str | None) -> WordStyle:
        return self.styles.get(name or "", self.usual)


def styles_of(root: etree._Element | None) -> WordStyles:
    """The styles that `styles.xml` holds."""
    if root is None:
        return WordStyles()
    elements = {
        each.get(f"{W}styleId", ""): each
        for each in root.iter(f"{W}style")
        if each.get(f"{W}type") == "paragraph"
    }
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    base = WordStyle(size=size_of(defaults) or 10.0)
    made: dict[str, WordStyle] = {}
    for name in elements:
        chain = []
        at: str | None = name
        while at in elements and at not in chain:
            chain.append(at)
            at = value(elements[at], "basedOn")
        style = base
        for each in reversed(chain):
            style = _based(style, elements[each])
        made[name] = style
    usual = next((made[n] for n, e in elements.items() if e.get(f"{W}default") == "1"), base)
    return WordStyles(made, usual)


def _based(base: WordStyle, element: etree._Element) -> WordStyle:
    """A style on top of the one that it is based on."""
    paragraph, letters = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    name = value(element, "name") or ""
    outline = value(paragraph, "outlineLvl")
    heading = base.heading
    if found := HEADING.match(name):
        heading = int(found[1])
    elif outline and outline.isdecimal():
        heading = int(outline) + 1 if int(outline) < BODY_LEVEL else 0
    number, level = number_in(paragraph)
    bold, italic = is_on(letters, "b"), is_on(letters, "i")
    return WordStyle(
        heading,
        base.is_title or bool(TITLE.fullmatch(name)),
        base.is_quotation or bool(QUOTATION.search(name)),
        base.is_bold if bold is None else bold,
        base.is_italic if italic is None else italic,
        size_of(letters) or base.size,
        number or base.list,
        base.level if level is None else level,
    )


@dataclass(slots=True)
class WordLists:
    """The lists of a document, and how far each has counted."""

    levels: Mapping[str, tuple[str, Mapping[int, ListLevel], frozenset[int]]]
    """Of each list (`numId`): the one it is of, its levels, those that begin anew with it."""
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    last: str = ""

    def item(self, name: str, level: int) -> ListMark | None:
        """The next item of a list, None where there is no such list."""
        if name not in self.levels or name == "0":
            return None
        abstract, levels, restarts = self.levels[name]
        shape = levels.get(level, ListLevel())
        key = (abstract, level)
        is_new = False
        if name not in self.begun:
            self.begun.add(name)
            for each in restarts:
                self.counts.pop((abstract, each), None)
                is_new = True
        is_new = is_new or (key not in self.counts and level == 0)
        self.counts[key] = self.counts.get(key, shape.start - 1) + 1
        for deeper in [each for each in self.counts if each[0] == abstract and each[1] > level]:
            del self.counts[deeper]
        number = self.counts[key]
        return list_mark(shape, level, number, is_new=is_new)


def lists_of(root: etree._Element | None) -> WordLists:
    """The lists that `numbering.xml` holds."""
    if root is None:
        return WordLists({})
    abstract = {
        each.get(f"{W}abstractNumId", ""): {
            int(level.get(f"{W}ilvl", "0")): _level(level) for level in each.findall(f"{W}lvl")
        }
        for each in root.findall(f"{W}abstractNum")
    }
    made: dict[str, tuple[str, Mapping[int, ListLevel], frozenset[int]]] = {}
    for each in root.findall(f"{W}num"):
        name = value(each, "abstractNumId") or ""
        levels = dict(abstract.get(name, {}))
        restarts = set()
        for override in each.findall(f"{W}lvlOverride"):
            at = int(override.get(f"{W}ilvl", "0"))
            start = value(override, "startOverride")
            own = override.find(f"{W}lvl")
            shape = _level(own) if own is not None else levels.get(at, ListLevel())
            if start is not None:
                restarts.add(at)
                shape = ListLevel(shape.form, int(start), shape.text)
            levels[at] = shape
        made[each.get(f"{W}numId", "")] = (name, levels, frozenset(restarts))
    return WordLists(made)


def _level(element: etree._Element) -> ListLevel:
    start = value(element, "start")
    return ListLevel(
        value(element, "numFmt") or "decimal",
        int(start) if start and start.isdecimal() else 1,
        value(element, "lvlText") or "",
    )
