"""HTML into a letter. Nothing is fetched, and what a browser would not show is left out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from innspill.importing.blocks import Guess, LeftOut, Letter, Spot, TextBlock, all_words, clean
from innspill.importing.elements import INLINE, blocks_in, texts_of
from innspill.importing.fault import NotImportable
from innspill.importing.html_notes import NOTE, notes_taken_out
from innspill.importing.plain import decoded
from innspill.messages import say
from innspill.text import Element, Node, Text

NOT_SHOWN = {"script", "style", "head", "template", "noscript", "svg", "math", "object", "iframe"}
KEPT = ("href", "start", "type", "colspan", "rowspan", NOTE)
DEEPEST = 200


def read_html(data: bytes) -> Letter:
    """A letter from HTML. Raises NotImportable."""
    text, encoding = decoded(data)
    parser = html.HTMLParser(
        encoding="utf-8",  # whatever the file says of itself
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise NotImportable(say("it is damaged: it can't be read as HTML")) from fault
    body = root.find("body")
    top = body if body is not None else root
    changes = tuple(_changes(top))
    notes = notes_taken_out(top)
    nodes = tuple(_nodes(top, 0))
    pictures = len(list(top.iter("img")))
    doubts = []
    if pictures:
        message = say("pictures, which do not come along from HTML: {n}", n=pictures)
        doubts.append(Guess(message, Spot()))
    if any(True for _ in top.iter("math", "svg", "object", "iframe")):
        doubts.append(Guess(say("formulas, drawings or frames, which do not come along")))
    return Letter(
        "HTML",
        blocks_in(nodes),
        all_words(
            clean(line)
            for part in (top, *(note for _, note in notes))
            for line in "".join(_texts(part)).split("\n")
        ),
        tuple((label, tuple(_note(note))) for label, note in notes),
        doubts=tuple(doubts),
        changes=changes,
        encoding=encoding,
        is_in_order=True,
    )


def _changes(top: etree._Element) -> Iterator[LeftOut]:
    """What was inserted and deleted; the latter is taken out of the tree."""
    for each in list(top.iter("ins", "del")):
        what = say("inserted") if each.tag == "ins" else say("deleted")
        yield LeftOut(what, " ".join("".join(each.itertext()).split()))
        if each.tag == "del":
            each.drop_tree()


def _note(note: etree._Element) -> Iterator[TextBlock]:
    """The paragraphs of a footnote."""
    for block in blocks_in(tuple(_nodes(note, 0))):
        yield from texts_of(block)


def _nodes(element: etree._Element, depth: int) -> Iterator[Node]:
    """The tree below an element, in values of our own."""
    if depth > DEEPEST:
        raise NotImportable(say("it is nested too deep"))
    if element.text:
        yield Text(clean(element.text))
    for child in element:
        if isinstance(child.tag, str) and child.tag not in NOT_SHOWN:
            attributes = tuple((name, child.get(name, "")) for name in KEPT if child.get(name))
            yield Element(child.tag, tuple(_nodes(child, depth + 1)), attributes)
        if child.tail:
            yield Text(clean(child.tail))


def _texts(element: etree._Element) -> Iterator[str]:
    """All text that is shown, with a line feed around whatever is no part of a line."""
    is_block = element.tag not in INLINE or element.tag == "br"
    if is_block:
        yield "\n"
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in NOT_SHOWN:
            yield from _texts(child)
        yield child.tail or ""
    if is_block:
        yield "\n"
