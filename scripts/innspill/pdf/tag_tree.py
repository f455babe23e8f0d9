"""The tag tree of a print, made from its HTML: what a screen reader reads, in its order.

| HTML | PDF (ISO 32000-1, 14.8.4) |
|---|---|
| headings, paragraphs, quotations, tables | their own, without white space or layout |
| `section`, `article`, `aside` | `Sect`, `Art`, `Sect` |
| `ul`, `ol`, and `dl` with its names as labels | `L` of `LI` of `Lbl` and `LBody` |
| a list in a `nav` | `TOC` of `TOCI` |
| an item of `role="doc-endnotes"` | `Note` |
| `class="number"`, a paragraph's number | `Lbl` |
| a link; within the document | `Link`; `Reference` of `Link` |
| an image | `Figure` |
| `ins`, `del` | `Span`, underlined or struck through |
| `data-said`, a sign that stands for a word | `Span` with `ActualText` |
| what is in another language | `Lang`, on a `Span` where it has no tag of its own |

`div`, `strong` and the like say nothing to a listener and have no tag.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from xml.etree.ElementTree import Element

from innspill.pdf.drawn import Piece
from innspill.pdf.faults import Unexpected
from innspill.pdf.lists import check_markers
from innspill.pdf.match import MatchResult
from innspill.pdf.tag_element import TagElement
from innspill.pdf.words import Words, is_hidden, is_skipped

BLOCKS = {
    "p": "P", "pre": "P", "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "blockquote": "BlockQuote", "caption": "Caption", "figcaption": "Caption",
    "section": "Sect", "aside": "Sect", "article": "Art", "dl": "L",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR",
    "td": "TD", "th": "TH",
}  # fmt: skip
MARKS = {"code": "Code", "ins": "Span", "del": "Span"}
"""What has a tag within a line."""
GROUPS = {"Document", "Sect", "Art", "Div", "BlockQuote"}
"""The tags that hold blocks, no text of their own."""
NUMBERED = {"P", "Caption"}
"""The tags that a number is put in."""
KEPT_EMPTY = {"TD", "TH"}
Links = Mapping[Element, Sequence[int]]
"""The link annotations of each `a`, by their numbers among the file's objects."""
LEADING = frozenset({"before", "marker"})
"""The pseudo-elements that stand before an element's text."""
NOTE_LENGTH = 120
"""How many characters of a footnote its mark says."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The tags of a print."""

    root: TagElement
    spaced: frozenset[Piece] = field(repr=False)
    """The pieces that a space has to follow."""
    hyphenated: frozenset[Piece] = field(repr=False)


def build_tree(html: Element, words: Words, matched: MatchResult, links: Links) -> Tree:
    """The tree of a whole print.

    Raises Unexpected where it would lack some of the text, and WrongMarker.
    """
    check_markers(html, matched.generated)
    builder = _Builder(words, matched, links)
    root = TagElement("Document", html)
    for body in html.iter("body"):
        builder.fill(root, body, html.get("lang"))
    _prune(root)
    if lost := {each.piece for each in matched.placed} - set(root.pieces):
        texts = ", ".join(sorted(each.text for each in lost))
        raise Unexpected(f"text that no tag holds: {texts}")
    return Tree(
        root,
        frozenset(builder.spaced),
        frozenset(each.piece for each in matched.placed if each.ends_in_hyphen),
    )


def _prune(tag: TagElement) -> None:
    for kid in list(tag.kids):
        if isinstance(kid, TagElement):
            _prune(kid)
            if not kid.kids and kid.kind not in KEPT_EMPTY:
                tag.kids.remove(kid)


def _is_number(element: Element) -> bool:
    return "number" in element.get("class", "").split()


class _Builder:
    """Walks the HTML once, and hangs each piece where its words stand."""

    def __init__(self, words: Words, matched: MatchResult, links: Links) -> None:
        self.words = words
        self.places = {element.get("id", ""): element for element in words.parents}
        self.generated: dict[Element, Sequence[Piece]] = defaultdict(tuple, matched.generated)
        self.links = links
        self.spaced = set(matched.unspaced)
        self.pieces: dict[tuple[Element, int], list[Piece]] = defaultdict(list)
        for each in matched.placed:
            self.pieces[each.leaf.owner, each.leaf.slot].append(each.piece)
        self.loose: set[TagElement] = set()
        """Paragraphs that hold text that the HTML has in none."""
        self.empty_labels: dict[TagElement, TagElement] = {}
        """By the body of a list's item, the label that is still without a number."""
        self.behind_numbers: dict[TagElement, list[Piece]] = {}
        """By the label of a list's item, what is drawn behind the number that it waits for."""
        self.waiting: list[TagElement] = []
        """The number of a table, a quotation …, until what it numbers has a place for it."""

    def fill(self, tag: TagElement, element: Element, lang: str | None) -> None:
        """Hangs below a tag all that stands in an element."""
        # What is generated at an item is its label.
        made = () if element.tag == "li" else self.generated[element]
        behind = [each for each in made if each.mark.pseudo not in LEADING]
        self._hang(tag, [each for each in made if each.mark.pseudo in LEADING])
        self._hang(tag, self.pieces[element, 0])
        for slot, child in enumerate(element, 1):
            self._element(tag, child, lang)
            self._hang(tag, self.pieces[element, slot])
        if behind:
            self.spaced.update(list(tag.pieces)[-1:])
        self._hang(tag, behind)

    def _hang(self, tag: TagElement, pieces: list[Piece]) -> None:
        if pieces:
            self._line(tag).kids += pieces

    def _line(self, tag: TagElement) -> TagElement:
        """The tag itself, or a paragraph in it where it holds no text of its own."""
        if tag.kind not in GROUPS:
            return tag
        if not tag.kids or tag.kids[-1] not in self.loose:
            self.loose.add(tag.add("P", tag.source))
        last = tag.kids[-1]
        assert isinstance(last, TagElement)
        return last

    def _element(self, tag: TagElement, element: Element, lang: str | None) -> None:
        if is_skipped(element) or is_hidden(element):
            return
        own = element.get("lang") or lang
        kid = self._tag_of(tag, element)
        if kid is tag and own != lang:
            kid = self._line(tag).add("Span", element)
        if own != lang:
            kid.lang = own
        if element.tag == "img":
            kid.kids += self.pieces[element, 0]
            return
        self.fill(kid, element, own)
        if behind := self.behind_numbers.pop(kid, None):
            self.spaced.update(list(kid.pieces)[-1:])
            kid.kids += behind
        if element.tag == "figure" and self.waiting:
            self._take_number(kid.add("Caption", element))

    def _tag_of(self, tag: TagElement, element: Element) -> TagElement:
        """A new tag for an element, or the one that it is in."""
        match element.tag:
            case "a" | "img" | "code" | "ins" | "del":
                return self._inline(tag, element)
            case "dt" | "dd" | "li" | "ul" | "ol":
                return self._listed(tag, element)
            case "figure":
                return tag.add("Div", element)
            case str() as name if name in BLOCKS:
                return self._block(tag, element, BLOCKS[name])
        if "data-said" in element.attrib:
            return self._sign(tag, element)
        return self._number(tag, element) if _is_number(element) else tag

    def _sign(self, tag: TagElement, element: Element) -> TagElement:
        """A sign that is spoken as a word."""
        sign = self._line(tag).add("Span", element)
        sign.said = element.get("data-said")
        return sign

    def _inline(self, tag: TagElement, element: Element) -> TagElement:
        if element.tag == "a" and element in self.links:
            return self._link(tag, element)
        if element.tag == "img" and (alternative := element.get("alt")):
            figure = tag.add("Figure", element)
            figure.label = alternative
            return figure
        if element.tag in MARKS:
            return self._line(tag).add(MARKS[element.tag], element)
        return tag

    def _listed(self, tag: TagElement, element: Element) -> TagElement:
        match element.tag:
            case "dt":
                return tag.add("LI", element).add("Lbl", element)
            case "dd":
                return self._last_item(tag, element).add("LBody", element)
            case "li":
                return self._item(tag, element)
        if self._is_notes(element):
            return tag
        is_contents = tag.kind == "TOCI" or self.words.above(element, {"nav"}) is not None
        return tag.add("TOC" if is_contents else "L", element)

    def _block(self, tag: TagElement, element: Element, kind: str) -> TagElement:
        kid = tag.add(kind, element)
        if kind in NUMBERED:
            self._take_number(kid)
        elif kind == "Table" and self.waiting and element.find("caption") is None:
            self._take_number(kid.add("Caption", element))
        return kid

    def _take_number(self, tag: TagElement) -> None:
        """Puts a waiting number first, and a space behind it."""
        if self.waiting:
            label = self.waiting.pop()
            self.spaced.update(list(label.pieces)[-1:])
            tag.kids.append(label)

    def _number(self, tag: TagElement, element: Element) -> TagElement:
        """The label of a number: at its paragraph, its item, or what the number stands before."""
        if tag in self.empty_labels:
            return self.empty_labels.pop(tag)
        if tag.kind not in GROUPS:
            return tag.add("Lbl", element)
        self.waiting.append(TagElement("Lbl", element))
        return self.waiting[-1]

    def _link(self, tag: TagElement, element: Element) -> TagElement:
        line = self._line(tag)
        if element.get("href", "").startswith("#"):
            line = line.add("Reference", element)
        link = line.add("Link", element)
        link.links = self.links[element]
        link.label = self._said(element)
        return link

    def _said(self, element: Element) -> str:
        """What a link is: its name, and for a footnote's mark how the note begins."""
        text = " ".join("".join(element.itertext()).split())
        if element.get("role") == "doc-noteref":
            note = self.places.get(element.get("href", "")[1:])
            words = "".join(note.itertext()).split() if note is not None else []
            return shorten(" ".join([text, *words]), NOTE_LENGTH, placeholder=" …")
        name = element.get("aria-label") or element.get("title") or text
        drawn = () if text else (each.text for each in self.generated[element])
        return " ".join((name, *drawn))

    def _last_item(self, tag: TagElement, element: Element) -> TagElement:
        last = tag.kids[-1] if tag.kids else None
        return (
            last if isinstance(last, TagElement) and last.kind == "LI" else tag.add("LI", element)
        )

    def _is_notes(self, element: Element) -> bool:
        around = self.words.parents.get(element)
        return around is not None and around.get("role") == "doc-endnotes"

    def _item(self, tag: TagElement, element: Element) -> TagElement:
        """An item's body; beside it its label: a number of its own, a letter, a marker.

        What an item of an `ol` is numbered is said as well; a bullet only where it is alone.
        """
        letters = [piece for piece in self.generated[element] if not piece.is_marker]
        markers = [piece for piece in self.generated[element] if piece.is_marker]
        around = self.words.parents[element]
        is_numbered = any(_is_number(child) for child in element)
        if around.tag != "ol" and (letters or is_numbered):
            markers = []
        if self._is_notes(around):
            note = tag.add("Note", element)
            note.id = element.get("id")
            note.add("Lbl", element).kids += letters + markers
            return note
        if tag.kind == "TOC":
            item = tag.add("TOCI", element)
            item.add("Lbl", element).kids += letters + markers
            return item
        item = tag.add("LI", element)
        label = item.add("Lbl", element)
        body = item.add("LBody", element)
        if is_numbered:
            self.empty_labels[body] = label
            self.behind_numbers[label] = letters + markers
        else:
            label.kids += letters + markers
            self.spaced.update(letters if markers else ())
        return body
