"""The parts of a Word file beside its text: what they name, and every word that they hold."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from innspill.importing.archive import DocumentArchive
from innspill.importing.blocks import LeftOut, all_words, clean, running_heads_once
from innspill.importing.docx_styles import W, is_on

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SIGNS = {f"{W}tab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
"""The elements that stand for a character."""


def all_words_of(archive: DocumentArchive) -> tuple[str, ...]:
    """Every word of the text, from the XML alone: paragraph by paragraph."""
    texts: list[str] = []
    for part in ("document", "footnotes", "endnotes"):
        root = archive.xml(f"word/{part}.xml")
        paragraphs = root.iter(f"{W}p") if root is not None else ()
        texts += [
            "".join(_texts_in(each))
            for each in paragraphs
            if not any(up.tag == f"{MC}Fallback" for up in each.iterancestors())
        ]
    for name in sorted(archive.names):
        if name.startswith("word/diagrams/data") and (root := archive.xml(name)) is not None:
            texts += [each.text or "" for each in root.iter(f"{A}t")]
    return all_words(map(clean, texts))


def _texts_in(element: etree._Element) -> Iterator[str]:
    """The texts of a paragraph, but those that are not shown and those of boxes in it."""
    for each in element:
        tag = each.tag
        if tag in (f"{W}t", f"{M}t"):
            yield (each.text or "") if tag == f"{W}t" else f" {each.text or ''} "
        elif tag in SIGNS or tag == f"{W}br":
            yield SIGNS.get(tag, " ")
        elif tag in (f"{MC}Fallback", f"{W}moveFrom", f"{W}p", f"{W}del"):
            continue
        elif tag != f"{W}r" or not is_on(each.find(f"{W}rPr"), "vanish"):
            yield from _texts_in(each)


def targets_of(archive: DocumentArchive, part: str) -> dict[str, tuple[str, bool]]:
    """What a part names by ids: another part of the file, or an address elsewhere."""
    root = archive.xml(f"word/_rels/{part}.xml.rels")
    found = {}
    for each in root if root is not None else ():
        is_outside = each.get("TargetMode") == "External"
        target = each.get("Target", "")
        if not is_outside:
            target = posixpath.normpath(posixpath.join("word", target)).lstrip("/")
            target = target.removeprefix("word//") if target.startswith("word//") else target
        found[each.get("Id", "")] = (target, is_outside)
    return found


def comments_of(archive: DocumentArchive) -> dict[str, str]:
    root = archive.xml("word/comments.xml")
    return {
        each.get(f"{W}id", ""): " ".join(text.text or "" for text in each.iter(f"{W}t"))
        for each in (root if root is not None else ())
    }


def running_heads(archive: DocumentArchive) -> Iterator[LeftOut]:
    """The heads and feet of pages, which Word keeps apart from the text."""
    return running_heads_once(_texts_of_heads(archive))


def _texts_of_heads(archive: DocumentArchive) -> Iterator[str]:
    for name in sorted(archive.names):
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            root = archive.xml(name)
            assert root is not None
            paragraphs = ("".join(_texts_in(each)) for each in root.iter(f"{W}p"))
            yield " ".join(paragraphs)
