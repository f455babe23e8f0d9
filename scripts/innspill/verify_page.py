"""A published page beside the one that its commit makes, as a tree with every attribute."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser

from innspill.messages import say
from innspill.pdf.difference import Difference, Weight
from innspill.pdf.words_otherwise import cut

Words = tuple[str, ...]
"""What a statement says itself, paragraph by paragraph."""


def words_of_pages(made: Mapping[str, bytes]) -> dict[str, Words]:
    """The words of the statements, by the paths of their pages, as the data that are made tell."""
    found = {}
    for path, data in made.items():
        folder, _, name = path.rpartition("/")
        if folder and name == "data.json":
            for each in json.loads(data)["moetesak"]:
                found[f"{folder}/{each['adresse']}"] = tuple(one["tekst"] for one in each["punkt"])
    return found


def page_differs(path: str, was: bytes, now: bytes, words: Words) -> Difference:
    """How a page differs, told by the first piece of it that does; by its own words first.

    No other program or template makes a statement say other words. To be run apart: reading a page
    may take as long as whoever made it likes.
    """
    if _with_single_spaces(was) == _with_single_spaces(now):
        return Difference(Weight.HARMLESS, say("{path}: the same in other bytes", path=path))
    before, after = _read(was), _read(now)
    text_before, text_after = _text(before), _text(after)
    weight = Weight.CHANGED
    if any(each in text_before and each not in text_after for each in map(_plain, words)):
        weight = Weight.ACTIVE
    pairs = (before.tokens, after.tokens) if weight is Weight.CHANGED else (before.said, after.said)
    if pairs[0] == pairs[1]:
        return Difference(weight, say("{path}: not as that commit makes it", path=path))
    at = next(
        (at for at, (a, b) in enumerate(zip(*pairs, strict=False)) if a != b), min(map(len, pairs))
    )
    a, b = (each[at] if at < len(each) else "–" for each in pairs)
    message = say("{path}: it says “{now}”, not “{was}”", path=path, now=cut(b, a), was=cut(a, b))
    return Difference(weight, message)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _text(page: _Page) -> str:
    """All texts, one behind the other."""
    return _plain("".join(page.said))


def _with_single_spaces(data: bytes) -> bytes:
    return re.sub(rb"\s+", b" ", data)


def _read(data: bytes) -> _Page:
    page = _Page()
    page.feed(_with_single_spaces(data).decode("utf-8", "replace"))
    page.close()
    return page


class _Page(HTMLParser):
    """A page's tags, attributes, texts, and whatever else stands in it, as a list."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: list[str] = []
        self.said: list[str] = []
        """The texts alone, without what nobody reads: scripts and styles."""
        self.is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_code = tag in self.CDATA_CONTENT_ELEMENTS
        self.tokens += (f"<{tag}>", *(f"{name}={value}" for name, value in attrs))

    def handle_endtag(self, tag: str) -> None:
        self.is_code = False
        self.tokens.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.tokens.append(data)
        if not self.is_code:
            self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.tokens.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.tokens.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.tokens.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.tokens.append(f"<?{data}>")
