"""OpenDocument text into a letter (OpenDocument 1.3, part 3)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from innspill.importing.archive import DocumentArchive, archive_of
from innspill.importing.blocks import (
    Block,
    Guess,
    LeftOut,
    Letter,
    PictureBlock,
    Spot,
    TableBlock,
    TextBlock,
    TextRun,
    all_words,
    clean,
    picture_block,
    raised,
)
from innspill.importing.fault import NotImportable
from innspill.importing.lines import merged
from innspill.importing.list_levels import ListLevel, list_mark
from innspill.importing.odt_styles import (
    DRAW,
    OFFICE,
    SVG,
    TABLE,
    TEXT,
    OdtStyle,
    list_levels_of,
    running_heads,
    styles_of,
)
from innspill.messages import Message, say

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XLINK = "{http://www.w3.org/1999/xlink}"
AROUND = {f"{TEXT}section", f"{OFFICE}text", f"{TEXT}index-body", f"{TEXT}table-of-content"}
CHANGES = {f"{TEXT}insertion": say("inserted"), f"{TEXT}deletion": say("deleted")}


@dataclass(slots=True)
class _OdtReader:
    """Goes through the text once."""

    archive: DocumentArchive
    styles: Mapping[str, OdtStyle]
    levels: Mapping[str, Mapping[int, ListLevel]]
    """Of each style of lists, the levels that count, from 1."""
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    """The last number of each list, by its id and by its style, and its depth."""
    number: int = 0
    notes: list[tuple[str, tuple[TextBlock, ...]]] = field(default_factory=list)
    changes: list[LeftOut] = field(default_factory=list)
    doubts: list[Guess] = field(default_factory=list)
    waiting: list[Block] = field(default_factory=list)

    @property
    def at(self) -> Spot:
        return Spot(0, self.number)

    def doubt(self, what: Message) -> None:
        self.doubts.append(Guess(what, self.at))

    def blocks(self, parent: etree._Element, style: str = "", depth: int = 0) -> list[Block]:
        made: list[Block] = []
        for each in parent:
            if each.tag in (f"{TEXT}p", f"{TEXT}h"):
                made += self.paragraph(each)
            elif each.tag == f"{TEXT}list":
                made += self.items(each, style, depth)
            elif each.tag == f"{TABLE}table":
                made += self.table(each)
            elif each.tag in AROUND:
                made += self.blocks(each)
            elif each.tag == f"{DRAW}frame":
                self.frame(each)
                made, self.waiting = [*made, *self.waiting], []
        return made

    def paragraph(self, element: etree._Element) -> list[Block]:
        self.number += 1
        style = self.style(element)
        look = TextRun("", style.is_bold, style.is_italic and not style.is_quotation)
        runs = merged(self.runs(element, look))
        waiting, self.waiting = self.waiting, []
        if not any(run.text.strip() or run.note for run in runs):
            return waiting
        heading = 0
        if element.tag == f"{TEXT}h":
            heading = int(element.get(f"{TEXT}outline-level") or 1)
        elif style.is_title:
            heading = 1
        if heading:
            runs = tuple(replace(run, is_bold=False) for run in runs)
        block = TextBlock(runs, self.at, heading, size=style.size, is_quotation=style.is_quotation)
        return [block, *waiting]

    def style(self, element: etree._Element) -> OdtStyle:
        return self.styles.get(element.get(f"{TEXT}style-name", ""), OdtStyle())

    def runs(self, parent: etree._Element, look: TextRun) -> Iterator[TextRun]:
        if parent.text:
            yield replace(look, text=_spaced(parent.text))
        for each in parent:
            yield from self.inline(each, look)
            if each.tail:
                yield replace(look, text=_spaced(each.tail))

    def inline(self, each: etree._Element, look: TextRun) -> Iterator[TextRun]:
        tag = each.tag
        if tag == f"{TEXT}span":
            style = self.style(each)
            bold, italic = look.is_bold or style.is_bold, look.is_italic or style.is_italic
            made = self.runs(each, replace(look, is_bold=bold, is_italic=italic))
            yield from map(raised, made) if style.is_raised else made
        elif tag == f"{TEXT}a":
            yield from self.runs(each, replace(look, href=each.get(f"{XLINK}href", "")))
        elif tag in (f"{TEXT}s", f"{TEXT}tab"):
            yield replace(look, text=" ")
        elif tag == f"{TEXT}line-break":
            yield replace(look, text="\n")
        elif tag == f"{TEXT}note":
            yield self.note(each)
        elif tag == f"{OFFICE}annotation":
            words = " ".join("".join(p.itertext()) for p in each.iter(f"{TEXT}p"))
            self.changes.append(LeftOut(say("a comment"), words, self.at))
        elif tag == f"{DRAW}frame":
            self.frame(each)
        elif isinstance(tag, str) and tag.startswith(TEXT) and not tag.endswith("-citation"):
            yield from self.runs(each, look)

    def note(self, element: etree._Element) -> TextRun:
        label = str(len(self.notes) + 1)
        self.notes.append((label, ()))
        body = element.find(f"{TEXT}note-body")
        waiting, self.waiting = self.waiting, []
        inside = self.blocks(body) if body is not None else []
        self.waiting = waiting
        texts = tuple(each for each in inside if isinstance(each, TextBlock))
        self.notes[int(label) - 1] = (label, texts)
        return TextRun(note=label)

    def items(self, element: etree._Element, style: str, depth: int) -> list[Block]:
        style = element.get(f"{TEXT}style-name", "") or style
        shape = self.levels.get(style, {}).get(depth + 1, ListLevel())
        before = self.before(element, style, depth)
        number = shape.start - 1 if before is None else before
        made: list[Block] = []
        is_new = before is None
        for item in element:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            told = item.get(f"{TEXT}start-value")
            number = int(told) - 1 if told and told.isdecimal() else number
            mark = None
            for block in self.blocks(item, style, depth + 1):
                if not isinstance(block, TextBlock) or block.item or block.goes_on:
                    made.append(block)
                elif mark is not None:
                    made.append(replace(block, goes_on=True))
                else:
                    number += item.tag == f"{TEXT}list-item"
                    mark = list_mark(shape, depth, number, is_new=is_new)
                    made.append(replace(block, item=mark))
                    is_new = False
        self.counts[style, depth] = number
        self.counts[element.get(XML_ID, ""), depth] = number
        return made

    def before(self, element: etree._Element, style: str, depth: int) -> int | None:
        """The last number of the list that another goes on with (5.3.3); None of a new one."""
        if told := element.get(f"{TEXT}continue-list"):
            return self.counts.get((told, depth))
        if element.get(f"{TEXT}continue-numbering") == "true":
            return self.counts.get((style, depth))
        return None

    def table(self, element: etree._Element) -> list[Block]:
        self.number += 1
        at = self.at
        rows: list[tuple[tuple[TextBlock, ...], ...]] = []
        merged_cells = 0
        for row in element.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table")) is not element:
                continue
            cells: list[tuple[TextBlock, ...]] = []
            for cell in row:
                if cell.tag == f"{TABLE}covered-table-cell":
                    cells.append(())
                elif cell.tag == f"{TABLE}table-cell":
                    spans = (
                        cell.get(f"{TABLE}number-{n}-spanned", "1") for n in ("columns", "rows")
                    )
                    merged_cells += any(each != "1" for each in spans)
                    inside = self.blocks(cell)
                    cells.append(tuple(each for each in inside if isinstance(each, TextBlock)))
                    if any(isinstance(each, TableBlock) for each in inside):
                        self.doubt(say("a table in a cell of a table, which does not come along"))
            if cells:
                rows.append(tuple(cells))
        if not rows:
            return []
        if max(map(len, rows)) == 1:
            return [block for row in rows for cell in row for block in cell]
        return [TableBlock(tuple(rows), at, merged_cells)]

    def frame(self, element: etree._Element) -> None:
        """What a frame holds: a box of text, a picture, an object."""
        box = element.find(f"{DRAW}text-box")
        if box is not None:
            waiting, self.waiting = self.waiting, []
            inside = self.blocks(box)
            self.waiting = waiting + [
                replace(each, is_box=True) if isinstance(each, TextBlock) else each
                for each in inside
            ]
            return
        if element.find(f"{DRAW}object") is not None:
            self.doubt(say("a chart or a formula, which does not come along: save it as a picture"))
            return
        image = element.find(f"{DRAW}image")
        if image is not None:
            said = [element.findtext(f"{SVG}{name}", "") for name in ("desc", "title")]
            self.picture(image.get(f"{XLINK}href", ""), next(filter(None, said), ""))

    def picture(self, name: str, alternative: str) -> None:
        data = self.archive.data(posixpath.normpath(name))
        found = picture_block(name, data, alternative, self.at)
        if isinstance(found, PictureBlock):
            self.waiting.append(found)
        else:
            self.doubt(found)


def read_odt(data: bytes) -> Letter:
    """A letter from OpenDocument. Raises NotImportable."""
    archive = archive_of(data)
    manifest = archive.data("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise NotImportable(
            say("it is protected by a password: take that away, and import it again")
        )
    root = archive.xml("content.xml")
    text = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if root is None or text is None:
        raise NotImportable(say("it holds no text: it may be a spreadsheet or a presentation"))
    sheets = [each for each in (archive.xml("styles.xml"), root) if each is not None]
    reader = _OdtReader(archive, styles_of(sheets), list_levels_of(sheets))
    reader.changes += _changes(text)
    blocks = tuple(reader.blocks(text))
    return Letter(
        "OpenDocument",
        blocks,
        _all_words(text),
        tuple(reader.notes),
        tuple(running_heads(sheets[0])),
        doubts=tuple(reader.doubts),
        changes=tuple(reader.changes),
    )


def _spaced(text: str) -> str:
    """White space as OpenDocument has it: any run is one space (6.1.2)."""
    return clean(" ".join(f"|{text}|".split())[1:-1])


def _changes(text: etree._Element) -> Iterator[LeftOut]:
    for region in text.iter(f"{TEXT}changed-region"):
        for tag, what in CHANGES.items():
            for each in region.iter(tag):
                words = " ".join("".join(p.itertext()) for p in each.iter(f"{TEXT}p"))
                yield LeftOut(what, words)


def _all_words(text: etree._Element) -> tuple[str, ...]:
    """Every word of the text, from the XML alone."""
    texts = []
    for each in text.iter(f"{TEXT}p", f"{TEXT}h"):
        around = {up.tag for up in each.iterancestors()}
        if not around & {f"{TEXT}tracked-changes", f"{OFFICE}annotation"}:
            texts.append("".join(_texts_in(each)))
    return all_words(map(clean, texts))


def _texts_in(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if each.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"):
            yield " "
        elif each.tag not in (f"{TEXT}note", f"{OFFICE}annotation", f"{DRAW}frame"):
            yield from _texts_in(each)
        yield each.tail or ""
