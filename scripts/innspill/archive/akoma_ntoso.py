"""A statement as Akoma Ntoso 3.0 (OASIS LegalDocML): `<statement>`, each paragraph with its id.

Parts, and the headings in them, are containers; what takes a number is a `paragraph`, or a `point`
of a `list`. Their ids are those of the page: `p5-2`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from xml.etree import ElementTree as Xml

from innspill import __version__
from innspill.archive.akoma_text import AkomaText
from innspill.archive.xml import child, root, written
from innspill.model import Statement
from innspill.text import Block, Heading, Minority, Unit, UnitList

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LANGUAGES = {"nb": "nob", "nn": "nno", "no": "nor", "en": "eng", "se": "sme"}
"""By their codes in ISO 639-1, those that Akoma Ntoso's addresses have (ISO 639-2)."""


def akoma_ntoso(statement: Statement, made: date | None, address: str | None) -> bytes:
    """The statement, which has a day; `made` is that of the commit whose text it is.

    `address` is the site's on the web, where it has one.
    """
    whole = root("akomaNtoso", NAMESPACE)
    document = child(whole, "statement", name="uttalelse")
    days = _days(statement)
    _meta(child(document, "meta"), statement, days, made or days[-1][1])
    preface = child(document, "preface")
    child(child(preface, "p"), "docProponent", statement.committee)
    child(child(preface, "p"), "docTitle", statement.title)
    written_on = days[-1][1].isoformat()
    child(child(preface, "p"), "docDate", written_on, date=written_on)
    body = child(document, "mainBody")
    text = AkomaText(statement.url, address)
    for at, section in enumerate(statement.sections, 1):
        name = "svar" if section.number else "del"
        part = child(body, "hcontainer", name=name, eId=f"del-{at}")
        if section.number:
            child(part, "num", str(section.number))
        if section.heading:
            text.inlines(child(part, "heading"), section.heading.children)
        _Parts(text, part).blocks(section.blocks)
    if not statement.sections:
        child(body, "p")
    if statement.notes:
        notes = Xml.Element("notes", {"source": "#innspill"})
        document[0].append(notes)
        for each in statement.notes:
            note = child(notes, "note", eId=f"note-{each.number}", marker=str(each.number))
            text.flow(note, each.children)
    return written(whole, is_indented=False)


def _days(statement: Statement) -> list[tuple[str, date]]:
    """The days that it tells of itself, the first of them that of the work."""
    facts = statement.facts
    told = (("vedtatt", facts.adopted), ("datert", facts.dated))
    return [(name, day) for name, day in told if day]


def _meta(
    meta: Xml.Element, statement: Statement, days: list[tuple[str, date]], made: date
) -> None:
    """What the statement is: the work, its expression and this file (IFLA FRBR)."""
    day = days[0][1]
    language = LANGUAGES.get(statement.lang, statement.lang)
    name = statement.folder.rstrip("/").replace("/", "-")
    work = f"/akn/no/statement/{day.isoformat()}/{name}"
    expression = f"{work}/{language}@{day.isoformat()}"
    identification = child(meta, "identification", source="#innspill")
    levels = (
        ("FRBRWork", work, days, "#utvalg"),
        ("FRBRExpression", expression, days, "#utvalg"),
        ("FRBRManifestation", f"{expression}.akn", [("laget", made)], "#innspill"),
    )
    for level, uri, dates, author in levels:
        frbr = child(identification, level)
        this = f"{uri}/!main" if level != "FRBRManifestation" else f"{expression}/!main.akn"
        child(frbr, "FRBRthis", value=this)
        child(frbr, "FRBRuri", value=uri)
        for what, when in dates:
            child(frbr, "FRBRdate", date=when.isoformat(), name=what)
        child(frbr, "FRBRauthor", href=author)
        if level == "FRBRWork":
            child(frbr, "FRBRcountry", value="no")
        elif level == "FRBRExpression":
            child(frbr, "FRBRlanguage", language=language)
        else:
            child(frbr, "FRBRformat", value="application/akn+xml")
    references = child(meta, "references", source="#innspill")
    for eid, kind, shown in (
        ("utvalg", "TLCOrganization", statement.committee),
        ("innspill", "TLCObject", f"Innspill {__version__}"),
    ):
        ontology = kind.removeprefix("TLC").lower()
        href = f"/akn/ontology/{ontology}/no/{eid}"
        child(references, kind, eId=eid, href=href, showAs=shown)


@dataclass(slots=True)
class _Parts:
    """Writes blocks into a part, those below a heading into a container of its own."""

    text: AkomaText
    part: Xml.Element
    open: list[tuple[int, Xml.Element]] = field(default_factory=list)
    """The headings that are open, with their levels."""

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            inner = self.open[-1][1] if self.open else self.part
            match block:
                case Heading():
                    self.heading(block)
                case Unit():
                    self.unit(child(inner, "paragraph", eId=block.id), block)
                case UnitList():
                    whole = child(inner, "list", eId=f"liste-{block.items[0].id}")
                    for marker, item in zip(block.markers, block.items, strict=True):
                        self.unit(child(whole, "point", eId=item.id), item, marker)
                case Minority():
                    first = next((each.id for each in block.blocks if isinstance(each, Unit)), "0")
                    eid = f"mindretall-{first}"
                    remark = child(inner, "hcontainer", name="mindretall", eId=eid)
                    child(remark, "heading", block.by)
                    _Parts(self.text, remark).blocks(block.blocks)

    def heading(self, heading: Heading) -> None:
        while self.open and self.open[-1][0] >= heading.level:
            self.open.pop()
        inner = self.open[-1][1] if self.open else self.part
        made = child(inner, "hcontainer", name="avsnitt", eId=heading.id)
        self.text.inlines(child(made, "heading"), heading.children)
        self.open.append((heading.level, made))

    def unit(self, into: Xml.Element, unit: Unit, marker: str = "") -> None:
        child(into, "num", unit.number)
        if marker:  # as the author has numbered it
            child(into, "subheading", marker)
        content = child(into, "content")
        if unit.element.tag in {"p", "li"}:
            self.text.flow(content, unit.element.children)
        else:
            self.text.block(content, unit.element)
