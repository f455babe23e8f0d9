"""Word's own XML into a letter (ECMA-376, part 1).

Read from the XML itself: what converts Word to HTML drops text boxes, and takes tracked changes
as accepted without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from innspill.importing.archive import DocumentArchive, archive_of
from innspill.importing.blocks import (
    Block,
    Guess,
    LeftOut,
    Letter,
    ListMark,
    PictureBlock,
    Spot,
    TableBlock,
    TextBlock,
    TextRun,
    clean,
    picture_block,
    raised,
)
from innspill.importing.docx_parts import (
    MC,
    SIGNS,
    A,
    M,
    all_words_of,
    comments_of,
    running_heads,
    targets_of,
)
from innspill.importing.docx_styles import (
    W,
    WordLists,
    WordStyle,
    WordStyles,
    is_on,
    is_raised,
    lists_of,
    number_in,
    size_of,
    styles_of,
    value,
)
from innspill.importing.fault import NotImportable
from innspill.importing.lines import merged
from innspill.messages import Message, say

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
SMART_ART = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
INSERTED, DELETED = {f"{W}ins", f"{W}moveTo"}, {f"{W}del", f"{W}moveFrom"}
SAME_TEXT = {
    f"{W}{name}" for name in ("smartTag", "sdtContent", "customXml", "fldSimple", "dir", "bdo")
}
"""What stands around text and changes nothing of it."""


@dataclass(slots=True)
class _WordReader:
    """Goes through the document once."""

    archive: DocumentArchive
    styles: WordStyles
    lists: WordLists
    targets: Mapping[str, tuple[str, bool]]
    """What the document names: the part or address, and whether it stands elsewhere."""
    comments: Mapping[str, str]
    number: int = 0
    """The paragraph that is being read, from 1."""
    changes: list[LeftOut] = field(default_factory=list)
    doubts: list[Guess] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)
    """The footnotes and endnotes that are marked, in order: the kind and the id."""
    waiting: list[Block] = field(default_factory=list)
    """What is to stand behind the paragraph that is being read: boxes, pictures."""

    @property
    def at(self) -> Spot:
        return Spot(0, self.number)

    def doubt(self, what: Message, words: str = "") -> None:
        self.doubts.append(Guess(what, self.at, "", words))

    def blocks(self, parent: etree._Element) -> list[Block]:
        """The blocks in a body, a cell, a box or a note."""
        made: list[Block] = []
        for each in parent:
            if each.tag == f"{W}p":
                made += self.paragraph(each)
            elif each.tag == f"{W}tbl":
                made += self.table(each)
            elif each.tag == f"{W}sdt":
                content = each.find(f"{W}sdtContent")
                made += self.blocks(content) if content is not None else []
            elif each.tag in INSERTED or each.tag == f"{W}customXml":
                made += self.blocks(each)
        return made

    def paragraph(self, element: etree._Element) -> list[Block]:
        self.number += 1
        properties = element.find(f"{W}pPr")
        style = self.styles.get(value(properties, "pStyle"))
        self.mark_change(properties)
        runs = merged(self.runs(element, style, ""))
        waiting, self.waiting = self.waiting, []
        text = "".join(run.text for run in runs)
        if not text.strip() and not any(run.note for run in runs):
            return waiting
        block = TextBlock(
            runs,
            self.at,
            heading=self.heading(properties, style),
            item=self.item(properties, style),
            is_quotation=style.is_quotation,
            size=self.size(element, style),
        )
        if block.heading and block.item:
            block = replace(block, item=None)
        return [block, *waiting]

    def mark_change(self, properties: etree._Element | None) -> None:
        """A tracked change of a paragraph's end, by which it would be joined to the next."""
        letters = None if properties is None else properties.find(f"{W}rPr")
        if letters is not None and letters.find(f"{W}del") is not None:
            self.changes.append(LeftOut(say("the end of a paragraph was deleted"), "¶", self.at))

    def heading(self, properties: etree._Element | None, style: WordStyle) -> int:
        outline = value(properties, "outlineLvl")
        if style.is_title:
            return 1
        if outline and outline.isdecimal() and int(outline) < 9:
            return int(outline) + 1
        return style.heading

    def item(self, properties: etree._Element | None, style: WordStyle) -> ListMark | None:
        name, level = number_in(properties)
        if name == "0" or (not name and not style.list):
            return None
        return self.lists.item(name or style.list, style.level if level is None else level)

    def size(self, element: etree._Element, style: WordStyle) -> float:
        """The size of most of a paragraph's letters."""
        sizes = [size_of(run.find(f"{W}rPr")) or style.size for run in element.iter(f"{W}r")]
        return max(sizes, key=sizes.count) if sizes else style.size

    def runs(self, parent: etree._Element, style: WordStyle, href: str) -> Iterator[TextRun]:
        for each in parent:
            tag = each.tag
            if tag == f"{W}r":
                yield from self.run(each, style, href)
            elif tag == f"{W}hyperlink":
                target, is_outside = self.targets.get(each.get(f"{R}id", ""), ("", False))
                yield from self.runs(each, style, target if is_outside else "")
            elif tag in INSERTED:
                self.change(say("inserted"), each, f"{W}t")
                yield from self.runs(each, style, href)
            elif tag in DELETED:
                self.change(say("deleted"), each, f"{W}delText")
                if tag == f"{W}moveFrom":
                    continue
            elif tag == f"{W}sdt":
                content = each.find(f"{W}sdtContent")
                if content is not None:
                    yield from self.runs(content, style, href)
            elif tag in SAME_TEXT:
                yield from self.runs(each, style, href)
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                yield TextRun(self.equation(each), href=href)

    def change(self, what: Message, element: etree._Element, tag: str) -> None:
        words = "".join(text.text or "" for text in element.iter(tag))
        self.changes.append(LeftOut(what, words, self.at))

    def equation(self, element: etree._Element) -> str:
        text = " ".join(each.text or "" for each in element.iter(f"{M}t"))
        self.doubt(say("an equation: its signs came along, not its form"), text)
        return f" {text} "

    def run(self, element: etree._Element, style: WordStyle, href: str) -> Iterator[TextRun]:
        properties = element.find(f"{W}rPr")
        if is_on(properties, "vanish"):
            words = "".join(each.text or "" for each in element.iter(f"{W}t"))
            if words.strip():
                self.left_out.append(
                    LeftOut(say("hidden text: “{words}”", words=words), "", self.at)
                )
            return
        bold, italic = is_on(properties, "b"), is_on(properties, "i")
        look = TextRun(
            "",
            bool(style.is_bold if bold is None else bold) and not style.heading,
            bool(style.is_italic if italic is None else italic) and not style.is_quotation,
            href,
        )
        for each in element:
            made = self.in_run(each, look)
            yield from map(raised, made) if is_raised(properties) else made

    def in_run(self, each: etree._Element, look: TextRun) -> Iterator[TextRun]:
        tag = each.tag
        if tag == f"{W}t":
            yield replace(look, text=clean(each.text or ""))
        elif tag in SIGNS:
            yield replace(look, text=SIGNS[tag])
        elif tag == f"{W}br":
            is_line = each.get(f"{W}type") in (None, "textWrapping")
            yield replace(look, text="\n" if is_line else " ")
        elif tag == f"{W}sym":
            self.doubt(say("a sign of a font of its own ({font})", font=each.get(f"{W}font", "?")))
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = "footnote" if tag.endswith("footnoteReference") else "endnote"
            self.marks.append((kind, each.get(f"{W}id", "")))
            yield TextRun(note=str(len(self.marks)))
        elif tag == f"{W}commentReference":
            words = self.comments.get(each.get(f"{W}id", ""), "")
            self.changes.append(LeftOut(say("a comment"), words, self.at))
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self.drawing(each)
        elif tag == f"{MC}AlternateContent":
            choice = each.find(f"{MC}Choice")
            for inner in choice if choice is not None else ():
                yield from self.in_run(inner, look)

    def drawing(self, element: etree._Element) -> None:
        """What a drawing holds: a box of text, a picture, a chart, SmartArt."""
        for box in element.iter(f"{W}txbxContent"):
            if not any(
                up.tag == f"{W}txbxContent" for up in box.iterancestors() if up is not element
            ):
                waiting, self.waiting = self.waiting, []
                inside = self.blocks(box)
                self.waiting = waiting + [
                    replace(block, is_box=True) if isinstance(block, TextBlock) else block
                    for block in inside
                ]
        named = element.find(f".//{WP}docPr")
        alternative = "" if named is None else (named.get("descr") or "")
        pictures = [
            each.get(f"{R}embed") or each.get(f"{R}link") for each in element.iter(f"{A}blip")
        ]
        pictures += [each.get(f"{R}id") for each in element.iter(f"{V}imagedata")]
        for name in pictures:
            self.picture(name or "", alternative)
        if element.find(f".//{CHART}") is not None:
            self.doubt(say("a chart, which does not come along: save it as a picture"))
        for art in element.iter(SMART_ART):
            part, _ = self.targets.get(art.get(f"{R}dm", ""), ("", False))
            root = self.archive.xml(part)
            texts = [] if root is None else [each.text or "" for each in root.iter(f"{A}t")]
            self.doubt(
                say("SmartArt, whose words do not come along: write them as a list"),
                " ".join(texts),
            )

    def picture(self, name: str, alternative: str) -> None:
        part, is_outside = self.targets.get(name, ("", False))
        data = None if is_outside else self.archive.data(part)
        found = picture_block(part, data, alternative, self.at)
        if isinstance(found, PictureBlock):
            self.waiting.append(found)
        else:
            self.doubt(found)

    def table(self, element: etree._Element) -> list[Block]:
        at = Spot(0, self.number + 1)
        rows: list[list[tuple[TextBlock, ...]]] = []
        behind: list[Block] = []
        cells_merged = 0
        for row in self.rows(element):
            cells: list[tuple[TextBlock, ...]] = []
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is not row:
                    continue
                properties = cell.find(f"{W}tcPr")
                span = int(value(properties, "gridSpan") or 1)
                down = None if properties is None else properties.find(f"{W}vMerge")
                cells_merged += (span > 1) + (down is not None and down.get(f"{W}val") == "restart")
                inside = self.blocks(cell)
                cells.append(tuple(each for each in inside if isinstance(each, TextBlock)))
                others = [each for each in inside if not isinstance(each, TextBlock)]
                if any(isinstance(each, TableBlock) for each in others):
                    self.doubt(say("a table in a cell of a table: it stands below it now"))
                behind += others
                cells += [()] * (span - 1)
            rows.append(cells)
        rows = [row for row in rows if row]
        if not rows:
            return behind
        if max(map(len, rows)) == 1:  # a frame around text, and no table
            return [block for row in rows for cell in row for block in cell] + behind
        return [TableBlock(tuple(map(tuple, rows)), at, cells_merged), *behind]

    def rows(self, table: etree._Element) -> Iterator[etree._Element]:
        for each in table.iter(f"{W}tr"):
            if next(each.iterancestors(f"{W}tbl")) is table:
                yield each


def read_docx(data: bytes) -> Letter:
    """A letter from Word. Raises NotImportable."""
    archive = archive_of(data)
    if any(name.casefold().endswith("vbaproject.bin") for name in archive.names):
        raise NotImportable(say("it holds macros: save it as .docx, without them"))
    document = archive.xml("word/document.xml")
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise NotImportable(say("it is damaged: {part} can't be read", part="word/document.xml"))
    reader = _WordReader(
        archive,
        styles_of(archive.xml("word/styles.xml")),
        lists_of(archive.xml("word/numbering.xml")),
        targets_of(archive, "document"),
        comments_of(archive),
    )
    blocks = tuple(reader.blocks(body))
    notes = tuple(_notes(reader))
    left_out = [*reader.left_out, *running_heads(archive)]
    return Letter(
        "Word",
        blocks,
        all_words_of(archive),
        notes,
        tuple(left_out),
        doubts=tuple(reader.doubts),
        changes=tuple(reader.changes),
    )


def _notes(reader: _WordReader) -> Iterator[tuple[str, tuple[TextBlock, ...]]]:
    """The footnotes and endnotes, by the labels that their marks have."""
    roots = {kind: reader.archive.xml(f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
    for number, (kind, name) in enumerate(list(reader.marks), 1):
        root = roots[kind]
        reader.targets = targets_of(reader.archive, f"{kind}s")
        for note in root if root is not None else ():
            if note.get(f"{W}id") == name:
                blocks = reader.blocks(note)
                yield str(number), tuple(each for each in blocks if isinstance(each, TextBlock))
