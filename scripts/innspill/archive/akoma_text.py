"""What stands in a paragraph, as Akoma Ntoso has it: its inlines, lists, tables and quotations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree as Xml

from innspill.archive.xml import LANG, add_text, child
from innspill.compose.plain_text import INLINE
from innspill.text import (
    Element,
    External,
    Image,
    Internal,
    Link,
    Mark,
    Node,
    NoteMark,
    Target,
    Text,
)

SAME = {"em": "i", "strong": "b"}
"""The inlines that have another name there."""


@dataclass(slots=True)
class AkomaText:
    """Writes the nodes of a text."""

    url: str
    """The statement's page, whose places are the document's."""
    address: str | None
    """The site's on the web, where it has one."""
    count: dict[str, int] = field(default_factory=dict)
    """How many blocks of a kind have been given an id."""

    def inlines(self, into: Xml.Element, nodes: Iterable[Node]) -> None:
        """The nodes of a line."""
        for node in nodes:
            match node:
                case Text():
                    add_text(into, node.value)
                case Mark():
                    self.inlines(into, node.children)
                case NoteMark():
                    number = str(node.note)
                    child(into, "noteRef", href=f"#note-{number}", marker=number)
                case Link():
                    href = self.href(node.target)
                    self.inlines(child(into, "a", href=href) if href else into, node.children)
                case Image():
                    source = self.href(node.target) or node.alternative
                    child(into, "img", src=source, alt=node.alternative)
                case Element():
                    self.inline(into, node)

    def inline(self, into: Xml.Element, element: Element) -> None:
        """An inline element; a block that stands in a line is put into it whole."""
        match element.tag:
            case "br":
                child(into, "br")
            case "code":
                self.inlines(child(into, "inline", name="kode"), element.children)
            case "span":
                span = child(into, "span")
                if language := element.get("lang"):
                    span.set(LANG, language)
                self.inlines(span, element.children)
            case tag if tag in SAME:
                self.inlines(child(into, SAME[tag]), element.children)
            case tag if tag in INLINE:
                self.inlines(child(into, tag), element.children)
            case _:
                flow = child(into, "subFlow", name="blokk", eId=self.eid("blokk"))
                self.block(flow, element)

    def href(self, target: Target) -> str | None:
        """The address of a target, None where there is none to follow."""
        match target:
            case External():
                return target.address
            case Internal(url, fragment) if url == self.url:
                return f"#{fragment}" if fragment else None
            case Internal(url, fragment) if self.address:
                return self.address + url + (f"#{fragment}" if fragment else "")
        return None

    def flow(self, into: Xml.Element, nodes: Iterable[Node]) -> None:
        """Nodes of which some are blocks: what stands between these becomes paragraphs."""
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and node.tag not in INLINE:
                self.paragraph(into, run)
                run = []
                self.block(into, node)
            else:
                run.append(node)
        self.paragraph(into, run)
        if not len(into):
            child(into, "p")

    def paragraph(self, into: Xml.Element, nodes: list[Node]) -> None:
        """A paragraph, unless there is nothing but space."""
        if any(not isinstance(each, Text) or each.value.strip() for each in nodes):
            self.inlines(child(into, "p"), nodes)

    def block(self, into: Xml.Element, element: Element) -> None:
        """One block."""
        match element.tag:
            case "ul" | "ol":
                self.list(into, element)
            case "table":
                self.table(into, element)
            case "blockquote":
                quoted = child(child(into, "p"), "embeddedStructure", eId=self.eid("sitat"))
                self.flow(quoted, element.children)
            case "pre":
                self.code(child(into, "p"), element)
            case "hr":
                pass
            case "figure":
                self.flow(into, element.children)
                for each in element.children:
                    if isinstance(each, Image) and each.caption:
                        child(into, "p", each.caption)
            case _:
                self.flow(into, element.children)

    def list(self, into: Xml.Element, element: Element) -> None:
        """A list inside a numbered paragraph; its items have the ids of the page."""
        made = child(into, element.tag, eId=self.eid("liste"))
        items = [each for each in element.children if isinstance(each, Element)]
        start = int(element.get("start") or 1)
        for at, item in enumerate(items, start):
            row = child(made, "li")
            if identifier := item.get("id"):
                row.set("eId", identifier)
            if element.tag == "ol":
                row.set("value", str(at))
            for node in item.children:
                if isinstance(node, Element) and node.tag in {"ul", "ol"}:
                    self.list(row, node)
                elif isinstance(node, Element) and node.tag == "p":
                    self.inlines(child(row, "p"), node.children)
                else:
                    self.inlines(row, (node,))

    def table(self, into: Xml.Element, element: Element) -> None:
        """A table; head and body are told apart by their cells."""
        made = child(into, "table", eId=self.eid("tabell"))
        groups = [each for each in element.children if isinstance(each, Element)]
        rows = [
            row for group in groups for row in group.children if isinstance(row, Element)
        ]  # fmt: skip
        for row in rows:
            line = child(made, "tr")
            for cell in row.children:
                if isinstance(cell, Element):
                    self.inlines(child(child(line, cell.tag), "p"), cell.children)

    def code(self, into: Xml.Element, element: Element) -> None:
        """Lines that stand as they are written."""
        made = child(into, "inline", name="kode")
        for node in element.children:
            lines = node.value.split("\n") if isinstance(node, Text) else []
            for at, line in enumerate(lines):
                if at:
                    child(made, "br")
                add_text(made, line)

    def eid(self, kind: str) -> str:
        """The next id of a kind."""
        self.count[kind] = self.count.get(kind, 0) + 1
        return f"{kind}-{self.count[kind]}"
