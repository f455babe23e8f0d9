"""The model's nodes as HTML; what a link becomes depends on where it is shown."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote

from markupsafe import Markup, escape

from innspill.compose.plain_text import plain
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

VOID = {"br", "hr"}
IN_FRAGMENT = "/?:@!$&'()*+,;=-._~"
"""What stands in a fragment as it is (RFC 3986, 3.5), as in `#page=3&zoom=100` of a PDF."""
IN_PRINT = re.compile(r"[phs]\d")
"""How the ids begin that a print has too: of units, headings and answers."""
FIGURES = re.compile(r"[+−–-]?\d[\d\s.,:/%–-]*\D?")
"""What a table's cell holds that is not to be broken: `12 000`, `−4,5 %`, `2 400 k`."""
NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
"""A number whose digits stand in threes: `50 000`."""
CODE = {"code", "pre"}
PASSAGE = re.compile(r"q\d+")
"""The ids of passages."""


class Links(Protocol):
    """How targets are written on one page, or in one print."""

    def href(self, target: Target) -> str | None:
        """The address to write, None where the link can't be followed from here."""

    def where(self, target: Target) -> str:
        """In words, where a link leads that can't be followed from here."""

    def source(self, target: Target) -> str | None:
        """The address of an image."""

    def box(self, target: Target) -> str:
        """The attributes that keep an image's place until it is there."""

    def place(self, name: str) -> str | None:
        """The id of a place as written here, None where the place itself is elsewhere."""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Relative addresses, as seen from one page of the site."""

    url: str
    """The page's own address."""

    def href(self, target: Target) -> str | None:
        """A relative path that names its file: a folder is a dead link from `file://`.

        A place on the page itself is its fragment alone, whatever address the page is read under.
        """
        match target:
            case External():
                return target.address
            case Internal(url=self.url) if target.fragment:
                return _hash(target.fragment)
            case Internal():
                return relative(target.url, self.url) + _hash(target.fragment)
        return None

    def where(self, target: Target) -> str:
        """Nothing: what leads nowhere on a page is there no more."""
        return ""

    def source(self, target: Target) -> str | None:
        """The same address as for a link."""
        return self.href(target)

    def box(self, target: Target) -> str:
        """Its width and height, so that nothing moves when it comes; it comes when it is near."""
        if not isinstance(target, Internal) or target.size is None:
            return ""
        width, height = target.size
        return f' width="{width}" height="{height}" loading="lazy"'

    def place(self, name: str) -> str | None:
        """The id itself."""
        return name


@dataclass(frozen=True, slots=True)
class OldLinks(PageLinks):
    """Links of an old text: what its author linked to and is there no more leads nowhere."""

    pages: frozenset[str]
    """The addresses of today's pages."""

    def href(self, target: Target) -> str | None:
        """As on any page, None where the page is gone."""
        is_gone = (
            isinstance(target, Internal)
            and bool(target.written)
            and target.url.endswith("index.html")
            and target.url not in self.pages
        )
        return None if is_gone else PageLinks.href(self, target)


@dataclass(frozen=True, slots=True)
class ExcerptLinks(PageLinks):
    """One page's text as it stands on another, beside that of others.

    Its ids take a prefix. The marks have none: evidence is shown where it was given.
    """

    prefix: str

    def place(self, name: str) -> str | None:
        """The id behind its prefix."""
        # Most ids are those of units, which are told from a passage's by their first letter.
        is_passage = name.startswith("q") and PASSAGE.fullmatch(name)
        return None if is_passage else self.prefix + name


@dataclass(frozen=True, slots=True)
class PrintLinks:
    """Addresses inside a print: its own places, the site's address, or none."""

    url: str
    """The address of the page that the print is the paper form of."""
    address: str | None
    """Where the site is published, if it has a settled place."""

    def href(self, target: Target) -> str | None:
        """A place in this print, else an address on the web; never one on a disk."""
        match target:
            case External():
                return target.address
            case Internal() if target.url == self.url and IN_PRINT.match(target.fragment):
                return _hash(target.fragment)
            case Internal():
                return self.on_the_web(target)
        return None

    def on_the_web(self, target: Internal) -> str | None:
        """The whole address, where the site has one."""
        if self.address is None:
            return None
        return self.address + quote(target.url) + _hash(target.fragment)

    def where(self, target: Target) -> str:
        """The title of another page, the name of a file."""
        return target.name if isinstance(target, Internal) and target.url != self.url else ""

    def source(self, target: Target) -> str | None:
        """An address that only the print's own fetcher knows."""
        return f"innspill:{quote(target.url)}" if isinstance(target, Internal) else None

    def box(self, _target: Target) -> str:
        """None: what a print shows is there at once."""
        return ""

    def place(self, name: str) -> str | None:
        """The id itself."""
        return name


@lru_cache(maxsize=4096)
def relative(url: str, base: str) -> str:
    """The address `url` as written on the page `base`, percent-encoded (RFC 3986, 4.2)."""
    there, here = _steps(url), _steps(posixpath.dirname(base))
    common = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        common += 1
    return quote("/".join((*[".."] * (len(here) - common), *there[common:])) or ".")


@lru_cache(maxsize=1024)
def _steps(path: str) -> tuple[str, ...]:
    """The names that a path goes by (`posixpath.relpath` would ask for the working folder)."""
    return tuple(name for name in posixpath.normpath(path).split("/") if name != ".")


@lru_cache(maxsize=4096)
def _hash(fragment: str) -> str:
    return "#" + quote(fragment, safe=IN_FRAGMENT) if fragment else ""


def html(nodes: tuple[Node, ...], links: Links) -> Markup:
    """The nodes as HTML, every text escaped."""
    return Markup(written(nodes, links))


# Below, plain strings are put together, each text in them escaped where it is put in: a page
# has thousands of nodes, and `Markup` looks at every piece again wherever it is joined.


def written(nodes: tuple[Node, ...], links: Links) -> str:
    """The same, not marked as safe."""
    return "".join(
        [_text(node.value) if type(node) is Text else _node(node, links) for node in nodes]
    )


def with_whole_numbers(words: str) -> str:
    """Words, in which `50 000` stands on one line."""
    return NUMBER.sub(lambda found: found[0].replace(" ", "\xa0"), words)


def _text(value: str) -> str:
    return escape(with_whole_numbers(value))


def _node(node: Node, links: Links) -> str:
    match node:
        case Text():
            return _text(node.value)
        case Element():
            return _element(node, links)
        case Link():
            return _link(node, links)
        case Image():
            return _image(node, links)
        case NoteMark():
            back = f"fnref{node.note}" + (f"-{node.nth}" if node.nth else "")
            place, note = escape(links.place(back)), escape(links.place(f"fn{node.note}"))
            link = f'<a id="{place}" href="#{note}" role="doc-noteref">{node.note}</a>'
            return f'<sup class="note-mark">{link}</sup>'
        case Mark():
            return _mark(node, links)


def _link(node: Link, links: Links) -> str:
    inside = written(node.children, links)
    href = links.href(node.target)
    if not href:
        return inside + _where(node, links)
    title = f' title="{escape(node.title)}"' if node.title else ""
    return f'<a href="{escape(href)}"{title}>{inside}</a>'


def _where(node: Link, links: Links) -> str:
    """Where a link leads, for paper, unless its own words say so."""
    where = links.where(node.target)
    if not where or where.casefold() in plain(node.children).casefold():
        return ""
    return f' <span class="leads-to">({escape(where)})</span>'


def _image(node: Image, links: Links, *, in_figure: bool = False) -> str:
    source = links.source(node.target)
    if source is None:
        return escape(node.alternative)
    # A figure shows the caption itself; elsewhere it is the image's title.
    title = f' title="{escape(node.caption)}"' if node.caption and not in_figure else ""
    shown = f'<img src="{escape(source)}" alt="{escape(node.alternative)}"{title}'
    return f"{shown}{links.box(node.target)}>"


def _mark(node: Mark, links: Links) -> str:
    inside = written(node.children, links)
    places = [place for each in node.begins if (place := links.place(each))]
    of = ""
    if node.is_piece and all(links.place(each) == each for each in node.passages):
        # A piece of passages that begin elsewhere says which, so that they light up as one.
        of = f' data-of="{escape(" ".join(node.passages))}"'
    if not places:
        return f"<mark{of}>{inside}</mark>"
    first, *others = places
    anchors = "".join([f'<span id="{escape(each)}"></span>' for each in others])
    return f'<mark id="{escape(first)}"{of}>{anchors}{inside}</mark>'


def _element(node: Element, links: Links) -> str:
    if node.tag == "figure":
        return _figure(node, links)
    start = f"<{node.tag}{_attributes(node, links)}>"
    if node.tag in VOID:
        return start
    inside = written(node.children, links)
    if node.tag in CODE:
        inside = inside.replace("\xa0", " ")  # what is copied must run
    if node.tag == "pre":
        inside = f"<code>{inside}</code>"
    whole = f"{start}{inside}</{node.tag}>"
    if node.tag == "table":
        # A wide table scrolls by itself, with the keyboard too, and never pushes the page.
        return f'<div class="table" tabindex="0">{whole}</div>'
    return whole


def _figure(node: Element, links: Links) -> str:
    images = [each for each in node.children if isinstance(each, Image)]
    drawn = "".join([_image(each, links, in_figure=True) for each in images])
    captions = [
        f"<figcaption>{escape(each.caption)}</figcaption>" for each in images if each.caption
    ]
    return f"<figure>{drawn}{''.join(captions)}</figure>"


def _attributes(node: Element, links: Links) -> str:
    is_figures = node.tag == "td" and FIGURES.fullmatch(plain(node.children)) is not None
    if not node.attributes and not is_figures:
        return ' scope="col"' if node.tag == "th" else ""
    attributes = []
    # Classes and no style attribute, so that a strict Content-Security-Policy holds.
    classes = [f"align-{value}" for name, value in node.attributes if name == "align"]
    if is_figures:
        classes.append("figures")
    if classes:
        attributes.append(("class", " ".join(classes)))
    for name, value in node.attributes:
        match name:
            case "start" if value == "1":
                continue
            case "delimiter":
                attributes.append(("class", "paren"))
            case "id" if place := links.place(value):
                attributes.append((name, place))
            case "start" | "lang":
                attributes.append((name, value))
    if node.tag == "th":
        attributes.append(("scope", "col"))
    return "".join([f' {name}="{escape(value)}"' for name, value in attributes])
