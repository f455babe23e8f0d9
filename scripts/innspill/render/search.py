"""The search index: every text of the site with its place, as a script that assigns data.

A page opened from the disk may not fetch, but may load a classic script: the index is one,
and the page loads it when search is first used. It holds the pages, in each its parts (what
stands under one heading), and in each its rows: a place on the page, a number, and the words
as they are written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from urllib.parse import quote

from innspill.compose.addresses import PROPOSALS
from innspill.compose.plain_text import plain
from innspill.facts import FACTS
from innspill.messages import catalogue, say
from innspill.model import Card, Consultation, Enclosure, Question, Section, Site, Statement
from innspill.render.diacritics import folds
from innspill.text import (
    Block,
    Element,
    Heading,
    Image,
    Minority,
    Node,
    Note,
    Plain,
    Prose,
    Unit,
    UnitList,
    select,
)

ESCAPES = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What JSON leaves as it is and a script may trip over."""
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Line(NamedTuple):
    """What can be found: a paragraph, a heading, a question, a point, a note.

    A tuple, since there is one for every paragraph of the site, and it is soon let go.
    """

    words: str
    place: str = ""
    """The id on the page that leads there, or nearest before it."""
    number: str = ""
    title: str = ""
    """What it stands under."""
    kind: str = ""
    """`summary`, `proposals`, `question`, `notes`, `facts`, `attachments`, or the text itself."""
    by: str = ""
    """Whose minority remark it is."""


def search_index(site: Site, rows_of: Callable[[Card], str]) -> Iterator[bytes]:
    """The index as a script; `rows_of` gives what it holds of a statement: see `statement_rows`.

    Of a large site this is the largest of all files: it is given piece by piece.
    """
    home = _page("index.html", site.lang, site.title, _prose(site.prose))
    yield from (b'window.innspillIndex = {"folds":', _written(folds()), b',"pages":[')
    yield _written(home)
    for case in site.consultations:
        for page in _case_pages(case):
            yield from (b",", _written(page))
        for card in case.statements:
            yield from (b",", rows_of(card).encode())
    for each in site.pages:
        yield from (b",", _written(_page(each.url, each.lang, each.title, _prose(each.prose))))
    yield b"]};\n"


def statement_rows(statement: Statement) -> str:
    """What the index holds of a statement: its page, as an object of the script."""
    page = _page(statement.url, statement.lang, statement.title, _statement(statement))
    return _text(page | _said({"committee": statement.committee, "draft": statement.is_draft}))


def _written(value: object) -> bytes:
    return _text(value).encode()


def _text(value: object) -> str:
    text = _json(value)
    for character, escape in ESCAPES.items():
        if character in text:  # a look costs a tenth of a replacement that finds nothing
            text = text.replace(character, escape)
    return text


def _case_pages(case: Consultation) -> Iterator[dict[str, Any]]:
    yield _page(case.url, case.lang, case.title, _case(case))
    for question in case.questions:
        lines = _question(question, case.title)
        page = _page(question.url, case.lang, question.title, lines)
        yield page | {"question": str(question.number)}
    if case.proposals:
        name = say("All proposals").within(catalogue(case.lang))
        yield _page(case.folder + PROPOSALS, case.lang, name, [Line(case.title)])


def _page(url: str, lang: str, title: str, lines: Iterable[Line]) -> dict[str, Any]:
    groups = groupby((line for line in lines if line.words), attrgetter("title", "kind", "by"))
    parts = [
        {
            **_said({"title": under, "kind": kind, "by": by}),
            "rows": [(place, number, words) for words, place, number, _, _, _ in group],
        }
        for (under, kind, by), group in groups
    ]
    return {"url": quote(url), "lang": lang, "title": title, "parts": parts}


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _statement(statement: Statement) -> Iterator[Line]:
    for point in statement.summary:
        yield Line(point.text, point.id, kind="summary")
    for proposal in statement.proposals:
        yield Line(proposal.what, proposal.id, kind="proposals")
    for section in statement.sections:
        yield from _section(section)
    yield from _notes(statement.notes)
    yield from _files(statement.enclosures)
    references = (fact.of(statement.facts) for fact in FACTS if fact.is_reference)
    yield Line(" · ".join(str(each) for each in references if each), kind="facts")


def _case(case: Consultation) -> Iterator[Line]:
    yield from _prose(case.prose)
    yield from _files(case.enclosures)
    yield Line(case.case_number or "", kind="facts")


def _files(files: tuple[Enclosure, ...]) -> Iterator[Line]:
    for file in files:
        yield Line(file.title, "attachments", kind="attachments")


def _section(section: Section) -> Iterator[Line]:
    """An answer is found by its questions' titles; their words stand in the consultation."""
    title = ", ".join(question.title for question in section.questions)
    if section.heading:
        yield Line(title, section.heading.id, title=title)
    yield from _blocks(section.blocks, title)


def _question(question: Question, within: str) -> Iterator[Line]:
    for words in (question.text, *question.guidance):
        yield Line(words, "", str(question.number), within, "question")


def _prose(prose: Prose) -> Iterator[Line]:
    yield from _blocks(prose.blocks)
    yield from _notes(prose.notes)


def _notes(notes: tuple[Note, ...]) -> Iterator[Line]:
    for note in notes:
        yield Line(_words(note.children), f"fn{note.number}", kind="notes")


def _blocks(blocks: tuple[Block, ...], within: str = "", by: str = "") -> Iterator[Line]:
    """The lines of blocks; `within` is the title of what they all stand under."""
    title, place = within, ""
    for block in blocks:
        match block:
            case Heading():
                title = f"{within} – {block.text}" if within else block.text
                place = block.id
                yield Line(block.text, place, title=title, by=by)
            case Unit():
                yield _unit(block, title, by)
            case UnitList():
                for item in block.items:
                    yield _unit(item, title, by)
            case Minority():
                yield from _blocks(block.blocks, title, block.by)
            case Plain():
                for each in _pieces(block.element):
                    yield Line(_words(each.children), place, title=title, by=by)


def _unit(unit: Unit, title: str, by: str) -> Line:
    words = _with_images(unit.text, unit.element.children)
    return Line(words, unit.id, unit.number, title, "", by)


def _pieces(element: Element) -> Iterator[Element]:
    """A list of a free page by its items, any other block whole."""
    items = [each for each in element.children if isinstance(each, Element) and each.tag == "li"]
    yield from items or [element]


def _words(nodes: tuple[Node, ...]) -> str:
    return _with_images(plain(nodes), nodes)


def _with_images(text: str, nodes: tuple[Node, ...]) -> str:
    """A text, and what its images say."""
    images = select(nodes, Image)
    if not images:
        return text
    said = (text for each in images for text in (each.alternative, each.caption))
    return " ".join(filter(None, (text, *said)))
