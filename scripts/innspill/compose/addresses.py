"""Addresses: the URL of each page, and what a link in a source leads to."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from posixpath import basename, dirname, relpath
from urllib.parse import unquote, urlsplit

from innspill.messages import say
from innspill.read.paths import out_of_reach, resolve
from innspill.text import Broken, External, Internal, Target

CONTENTS = "innhold/index.html"
"""The page that lists all statements, headings and pages."""
ALIKE = 0.75
"""How alike a file's path is at least to one that is named and not there, of 1."""
SCHEMES = ("http", "https", "mailto", "tel")


def page_url(source: str) -> str:
    """`a/b.md` → `a/b/index.html`, `a/index.md` → `a/index.html`."""
    stem = source.removesuffix(".md")
    return f"{stem}.html" if stem == "index" or stem.endswith("/index") else f"{stem}/index.html"


def question_url(case: str, question: str) -> str:
    """The page of a question, by the path of its consultation's source and its id."""
    return f"{page_url(case).removesuffix('index.html')}sporsmal/{question}/index.html"


@dataclass(frozen=True)  # without slots: titles are looked for again and again
class Addresses:
    """All that a link can lead to. Whether a page has the place it names is seen in `check`."""

    sources: frozenset[str]
    """The paths of all sources."""
    files: frozenset[str]
    """The paths of the other files inside `content/`."""
    titles: tuple[tuple[str, str], ...] = ()
    """The paths of those sources that may be named in words, with their titles."""

    near: tuple[tuple[str, str], ...] = ()
    """The paths that are named and not there, with those that differ in capitals alone."""

    @cached_property
    def _titles(self) -> dict[str, str]:
        return dict(self.titles)

    @cached_property
    def _near(self) -> dict[str, str]:
        return dict(self.near)

    def target(self, href: str, source: str) -> Target:
        """What `href` in the file `source` leads to."""
        try:
            parts = urlsplit(href)
        except ValueError:
            return Broken("bad-link", say('"{href}" is not an address', href=href))
        if parts.scheme:
            return _external(href, parts.scheme)
        shown = unquote(href)  # as it is written: reading has put other letters in percent
        if parts.netloc or parts.path.startswith("/"):
            why = say('"{href}" does not say from where it counts', href=shown)
            hint = say("write the path from this file, or an address with https://")
            return Broken("bad-link", why, hint)
        if not href:
            return Broken("bad-link", say("the link leads nowhere"), say("write its target"))
        fragment = unquote(parts.fragment)
        if parts.query:
            why = say('"{href}": a file of the site takes no "?"', href=shown)
            return Broken("bad-link", why, say("a question mark in a file's name is written %3F"))
        if not parts.path:
            return Internal(page_url(source), fragment, written=shown)
        path = resolve(href, source)
        if path is None:
            return Broken("outside", *out_of_reach(shown, unquote(parts.path), source))
        if path in self.sources:
            return Internal(page_url(path), fragment, self._titles.get(path, ""), shown)
        if path in self.files:
            return Internal(path, fragment, basename(path), shown)
        return self._missing(shown, path, source)

    def picture(self, source: str, page: str) -> Target:
        """The image that `source` in the file `page` names: a file of the site, or none."""
        try:
            parts = urlsplit(source)
        except ValueError:
            return self.target(source, page)
        if not (parts.scheme or parts.netloc):
            return self.target(source, page)
        why = say('the image "{source}" is not a file of the site', source=_short(source))
        return Broken("image-elsewhere", why, say("save it beside the text, and write its path"))

    def _missing(self, href: str, path: str, source: str) -> Broken:
        folder = path.rstrip("/")
        for page in (f"{folder}/index.md", f"{folder}.md", f"{folder.removesuffix('.html')}.md"):
            if page in self.sources:
                hint = say("a link to a page is the path of its .md file")
                return Broken("dead-link", say('"{href}" is not a file', href=href), hint)
        message = say('there is no file "{href}"', href=href)
        if near := self._near.get(path):
            there = relpath(near, dirname(source) or ".")
            hint = say('it is called "{name}": write it so', name=there)
            return Broken("dead-link", message, hint)
        if alike := get_close_matches(path, sorted(self.sources | self.files), n=1, cutoff=ALIKE):
            there = relpath(alike[0], dirname(source) or ".")
            return Broken("dead-link", message, say('nearest is "{name}"', name=there))
        return Broken("dead-link", message)


def _short(source: str) -> str:
    return source if len(source) <= 80 else f"{source[:79]}…"


def _external(href: str, scheme: str) -> Target:
    if scheme.lower() in SCHEMES:
        return External(href)
    why = say('links of the kind "{scheme}:" are not published', scheme=scheme.lower())
    return Broken("unsafe-link", why, say("the kinds are: {names}", names=", ".join(SCHEMES)))
