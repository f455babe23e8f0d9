"""A consultation as data: `data.json` for programs, `forslag.csv` for a spreadsheet."""

from __future__ import annotations

import csv
import io
import mimetypes
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

from innspill.forms import FOLDER, WHOLE, Paper
from innspill.messages import Message, catalogue, say
from innspill.model import Consultation, Enclosure, Point, Proposal, Quote, Site, Statement, Vote
from innspill.output import Output
from innspill.render.attachments import for_page
from innspill.render.data_schema import (
    SCHEMA_PATH,
    Brev,
    Dokumentbeskrivelse,
    Dokumentobjekt,
    Forslag,
    Grunnlag,
    Hoering,
    Kilde,
    Moetesak,
    Punkt,
    Sammendragspunkt,
    Spoersmaal,
    Svar,
    Vedtak,
    Votering,
    schema_text,
)
from innspill.render.fonts import Memo
from innspill.render.html import relative
from innspill.text import Block, Minority, Unit, UnitList, units_in

MOVES = {
    "to_district": "til_bydelene",
    "to_city": "til_kommunen_sentralt",
    "cooperate": "samarbeid",
    "other": "annet",
}
COLUMNS = (
    say("Committee"),
    say("Proposal"),
    say("Direction"),
    say("The letter's words"),
    say("Paragraph"),
    say("Quote"),
    say("Status"),
    say("Considered"),
    say("Address"),
)
DIRECTIONS = {
    "to_district": say("To the districts"),
    "to_city": say("To the city centrally"),
    "cooperate": say("Cooperation"),
    "other": say("Other proposals"),
}
STATUSES = {"draft": say("Draft"), "adopted": say("Adopted")}
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "−")
LOOKS_LIKE_A_NUMBER = re.compile(r"[\d\s.,:/-]+%?")


def render_data(site: Site, digests: Mapping[str, str]) -> Iterator[Output]:
    """The data of every consultation, and the schema it follows.

    `digests` holds the SHA-256 of each file that the site has, by its address.
    """
    yield from render_schema(site)
    for case in site.consultations:
        yield from case_data(site, case, digests)


def render_schema(site: Site, text: Callable[[], bytes] = schema_text) -> Iterator[Output]:
    """The schema that the data of consultations follows, where there are any."""
    if site.consultations:
        yield Output(SCHEMA_PATH, text())


def case_data(site: Site, case: Consultation, digests: Mapping[str, str]) -> Iterator[Output]:
    """The data of one consultation."""
    sources = (case.source, *(each.source for each in case.given_out))
    hearing = _Data(site, case, digests).hearing(case.given_out)
    yield Output(f"{case.folder}data.json", _json(hearing), sources)
    yield Output(f"{case.folder}forslag.csv", proposals_csv(site, case), sources)


def statement_data(site: Site, case: Consultation, statement: Statement, memo: Memo) -> bytes:
    """A statement's own part of `data.json`, to stand in its PDF, of which it says nothing."""
    wanted = {each.url for each in (*case.enclosures, *statement.enclosures)}
    digests = {
        file.url: for_page(file, memo).sha256 for file in site.attachments if file.url in wanted
    }
    return _json(_Data(site, case, digests).hearing((statement,)))


def _json(hearing: Hoering) -> bytes:
    return (hearing.model_dump_json(by_alias=True, exclude_none=True, indent=2) + "\n").encode()


def address(site: Site, url: str, base: str, fragment: str = "") -> str:
    """A file's whole address where the site has one, else its path as seen from `base`."""
    tail = f"#{fragment}" if fragment else ""
    return (site.address + quote(url) if site.address else relative(url, base)) + tail


def media_type(url: str) -> str:
    """A file's media type, told by its name."""
    return _TYPES.guess_type(url)[0] or "application/octet-stream"


_TYPES = mimetypes.MimeTypes()
"""Python's own table: `mimetypes.guess_type` would ask the machine's as well."""


class _Data:
    """The model of one consultation into the form of `data.json`."""

    def __init__(self, site: Site, case: Consultation, digests: Mapping[str, str]) -> None:
        self.site, self.case, self.digests = site, case, digests
        self.base = f"{case.folder}data.json"

    def hearing(self, statements: tuple[Statement, ...]) -> Hoering:
        case = self.case
        return Hoering(
            skjema=address(self.site, SCHEMA_PATH, self.base),
            offentligTittel=case.title,
            avsender=case.asked_by,
            brevdato=case.letter_dated,
            frist=case.deadline,
            saksnummer=case.case_number,
            spraak=case.lang,
            adresse=address(self.site, case.url, self.base),
            utgiver=self.site.publisher,
            dokumentbeskrivelse=self.made(case.folder, (FOLDER,), case.lang)
            + self.enclosed(case.enclosures),
            spoersmaal=[
                Spoersmaal(
                    id=each.id,
                    nummer=each.number,
                    tittel=each.title,
                    tekst=each.text,
                    veiledning=list(each.guidance),
                )
                for each in case.questions
            ],
            moetesak=[self.statement(each) for each in statements],
        )

    def statement(self, statement: Statement) -> Moetesak:
        facts = statement.facts
        is_draft = statement.status == "draft"
        return Moetesak(
            offentligTittel=statement.title,
            utvalg=statement.committee,
            status="utkast" if is_draft else "vedtatt",
            spraak=statement.lang,
            adresse=address(self.site, statement.url, self.base),
            vedtak=None if is_draft else _decision(statement),
            brev=Brev(
                dato=facts.dated,
                vaarReferanse=facts.our_reference,
                deresReferanse=facts.your_reference,
                saksbehandler=facts.case_officer,
                mottaker=facts.recipient,
            ),
            kilde=_source(statement),
            dokumentbeskrivelse=self.documents(statement),
            svar=[
                Svar(
                    spoersmaal=[each.id for each in section.questions],
                    punkt=[unit.number for unit in units_in(section.blocks)],
                )
                for section in statement.sections
                if section.questions
            ],
            punkt=[
                punkt for section in statement.sections for punkt in _paragraphs(section.blocks)
            ],
            sammendrag=[
                Sammendragspunkt(
                    id=each.id, gjelder=each.about, tekst=each.text, grunnlag=_evidence(each.quotes)
                )
                for each in statement.summary
            ],
            forslag=[
                Forslag.model_validate(
                    {
                        "id": each.id,
                        "hva": each.what,
                        "retning": MOVES[each.move],
                        "styrke": each.force,
                        "grunnlag": _evidence(each.quotes),
                    }
                )
                for each in statement.proposals
            ],
        )

    def documents(self, statement: Statement) -> list[Dokumentbeskrivelse]:
        """The PDFs that were made, then the attachments."""
        made = self.made(statement.folder, statement.papers, statement.lang)
        return made + self.enclosed(statement.enclosures)

    def made(self, folder: str, papers: tuple[Paper, ...], lang: str) -> list[Dokumentbeskrivelse]:
        return [
            Dokumentbeskrivelse(
                tittel=paper.title.within(catalogue(lang)),
                tilknyttetRegistreringSom="hoveddokument" if paper == WHOLE else "vedlegg",
                dokumentobjekt=[self.file(folder + paper.file)],
            )
            for paper in papers
            if folder + paper.file in self.digests
        ]

    def enclosed(self, enclosures: tuple[Enclosure, ...]) -> list[Dokumentbeskrivelse]:
        return [
            Dokumentbeskrivelse(
                tittel=each.title,
                tilknyttetRegistreringSom="vedlegg",
                dokumentobjekt=[self.file(each.url)],
            )
            for each in enclosures
            if each.url
        ]

    def file(self, url: str) -> Dokumentobjekt:
        return Dokumentobjekt(
            referanseDokumentfil=address(self.site, url, self.base),
            format=media_type(url),
            sjekksum=self.digests[posixpath.normpath(url)],
        )


def _source(statement: Statement) -> Kilde:
    stamp = statement.stamp
    revision = stamp.revision if stamp else None
    return Kilde(
        fil=statement.source,
        sjekksum=statement.digest,
        commit=revision.id if revision else None,
        commitDato=revision.day if revision else None,
        arbeidsutkast=True if stamp and not stamp.is_committed else None,
    )


def _decision(statement: Statement) -> Vedtak:
    facts = statement.facts
    vote = facts.vote
    return Vedtak(
        dato=facts.adopted,
        votering=_vote(vote) if vote else None,
        protokoll={"to_follow": "kommer", "final": "endelig"}.get(facts.minutes or ""),  # type: ignore[arg-type]
    )


def _vote(vote: Vote) -> Votering:
    return Votering(
        resultat="enstemmig" if vote.result == "unanimous" else "flertall",
        ja=vote.votes_for,
        nei=vote.against,
        fordeling=vote.parties,
    )


def _paragraphs(blocks: tuple[Block, ...], by: str | None = None) -> Iterator[Punkt]:
    for block in blocks:
        match block:
            case Minority():
                yield from _paragraphs(block.blocks, block.by)
            case UnitList():
                for unit, marker in zip(block.items, block.markers, strict=True):
                    yield _paragraph(unit, by, marker)
            case Unit():
                yield _paragraph(block, by)


def _paragraph(unit: Unit, by: str | None, marker: str = "") -> Punkt:
    number, text = unit.number, unit.text
    return Punkt(nummer=number, id=unit.id, merke=marker or None, tekst=text, mindretall=by)


def _evidence(quotes: tuple[Quote, ...]) -> list[Grunnlag]:
    return [
        Grunnlag(
            punkt=passage.unit.number,
            sitat=passage.unit.text[passage.start : passage.end],
            fra=passage.start,
            til=passage.end,
        )
        for quote in quotes
        for passage in quote.passages
    ]


def proposals_csv(site: Site, case: Consultation) -> bytes:
    """All proposals as a Norwegian Excel opens them by a double click.

    That wants a byte order mark to see UTF-8, and semicolons. It takes 5.2 for the fifth of
    February, so a paragraph is "punkt 5.2"; and whatever begins as a formula does is run, so
    such text has an apostrophe before it (OWASP, CSV injection).
    """
    words = catalogue(case.lang)

    def told(message: Message) -> str:
        return message.within(words)

    rows = [[told(each) for each in COLUMNS]]
    for statement in case.given_out:
        adopted = statement.facts.adopted
        for each in statement.proposals:
            place = address(site, statement.url, f"{case.folder}forslag.csv", each.id)
            rows.append(
                [
                    _as_text(statement.committee),
                    _as_text(each.what),
                    told(DIRECTIONS[each.move]),
                    _as_text(each.force),
                    told(say("paragraph {number}", number=", ".join(_numbers(each)))),
                    _as_text(" […] ".join(quote.text for quote in each.quotes)),
                    told(STATUSES[statement.status]),
                    adopted.isoformat() if adopted else "",
                    _as_text(place),
                ]
            )
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _as_text(value: str) -> str:
    """A cell that a spreadsheet takes for the words that it holds, and nothing else."""
    head = value.lstrip()
    if head.startswith(BEGINS_A_FORMULA) or LOOKS_LIKE_A_NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def _numbers(each: Point | Proposal) -> list[str]:
    return list(
        dict.fromkeys(passage.unit.number for quote in each.quotes for passage in quote.passages)
    )
