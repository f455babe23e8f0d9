"""A consultation as data for programs: `data.json`, and the schema that it follows."""

from __future__ import annotations

import mimetypes
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Literal
from urllib.parse import quote

import msgspec

from innspill import __version__
from innspill.facts import FACTS, Vote
from innspill.forms import FOLDER, WHOLE, Paper
from innspill.messages import catalogue
from innspill.model import (
    CaseFacts,
    Consultation,
    Enclosure,
    Quote,
    Site,
    SiteFacts,
    Statement,
)
from innspill.output import Output
from innspill.render.data_schema import (
    SCHEMA_PATH,
    VERSION,
    Brev,
    Dokumentbeskrivelse,
    Dokumentobjekt,
    Forslag,
    Grunnlag,
    Hoering,
    Kilde,
    LagetMed,
    Moetesak,
    Punkt,
    Sammendragspunkt,
    Spoersmaal,
    Svar,
    Vedtak,
    Votering,
    schema_text,
)
from innspill.render.html import relative
from innspill.slots import slot
from innspill.text import Block, Minority, Unit, UnitList, units_in

MOVES: dict[str, Literal["til_bydelene", "til_kommunen_sentralt", "samarbeid", "annet"]] = {
    "to_district": "til_bydelene",
    "to_city": "til_kommunen_sentralt",
    "cooperate": "samarbeid",
    "other": "annet",
}


def render_schema(site: Site) -> Iterator[Output]:
    """The schema that the data of consultations follows, where there are any."""
    if site.consultations:
        yield Output(SCHEMA_PATH, schema_text())


def case_json(
    site: SiteFacts, case: Consultation, statements: Iterable[str], whose: str, *, with_pdf: bool
) -> str:
    """The data of one consultation; `statements` are those of its statements, as text.

    `whose` says whose templates PDFs are made with, their commit, and their digest.

    The digests of files are slots: they are known when the files are made.
    """
    own = _as_json(_Data(site, case, with_pdf).hearing(case, whose))
    before, _, behind = own.rpartition('"moetesak":[]')
    inside = ",\n".join(statements)
    return f'{before}"moetesak":[\n{inside}\n]{behind}\n'


def statement_json(
    site: SiteFacts, case: CaseFacts, statement: Statement, *, with_pdf: bool
) -> str:
    """A statement's part of its consultation's data: a line of it."""
    return _as_json(_Data(site, case, with_pdf).statement(statement))


def attached_json(site: SiteFacts, case: Consultation, statement: Statement, whose: str) -> str:
    """A statement's own data, to stand in its PDF, of which it says nothing."""
    own = statement_json(site, case, statement, with_pdf=False)
    return case_json(site, case, (own,), whose, with_pdf=False)


def _as_json(part: Hoering | Moetesak) -> str:
    text = msgspec.json.encode(part).decode()
    return _SLOT.sub("\0\\1\0", text)


_SLOT = re.compile(r"(?<=\")\\u0000(sha256 [^\"\\]*)\\u0000(?=\")")
"""A slot as JSON writes it; no other text begins with this character."""


def address(site: SiteFacts, url: str, base: str, fragment: str = "") -> str:
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

    def __init__(self, site: SiteFacts, case: CaseFacts, with_pdf: bool) -> None:
        self.site, self.with_pdf = site, with_pdf
        self.base = f"{case.folder}data.json"

    def hearing(self, case: Consultation, whose: str) -> Hoering:
        """The consultation, without its statements."""
        folder = (FOLDER,) if case.agenda else ()
        return Hoering(
            skjema=address(self.site, SCHEMA_PATH, self.base),
            versjon=VERSION,
            offentligTittel=case.title,
            avsender=case.asked_by,
            brevdato=case.letter_dated,
            frist=case.deadline,
            saksnummer=case.case_number,
            spraak=case.lang,
            adresse=address(self.site, case.url, self.base),
            utgiver=self.site.publisher,
            lagetMed=LagetMed(program=f"Innspill {__version__}", maler=whose),
            dokumentbeskrivelse=self.made(case.folder, folder, case.lang)
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
            moetesak=[],
        )

    def statement(self, statement: Statement) -> Moetesak:
        is_draft = statement.status == "draft"
        return Moetesak(
            entity="Moetesak",
            offentligTittel=statement.title,
            utvalg=statement.committee,
            status="utkast" if is_draft else "vedtatt",
            spraak=statement.lang,
            adresse=address(self.site, statement.url, self.base),
            vedtak=None if is_draft else _decision(statement),
            brev=Brev(**{fact.data.name: fact.of(statement.facts) for fact in FACTS if fact.data}),
            kilde=self.source(statement),
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
                Forslag(
                    id=each.id,
                    hva=each.what,
                    retning=MOVES[each.move],
                    styrke=each.force,
                    grunnlag=_evidence(each.quotes),
                )
                for each in statement.proposals
            ],
        )

    def source(self, statement: Statement) -> Kilde:
        stamp, original = statement.stamp, statement.original
        revision = stamp.revision if stamp else None
        letter = original.url if original and original.is_the_same else None
        return Kilde(
            fil=statement.source,
            sjekksum=statement.digest,
            sjekksumAlgoritme="SHA-256",
            commit=revision.id if revision else None,
            commitDato=revision.day if revision else None,
            arbeidsutkast=True if stamp and not stamp.is_committed else None,
            ordrettEtter=address(self.site, letter, self.base) if letter else None,
        )

    def documents(self, statement: Statement) -> list[Dokumentbeskrivelse]:
        """The PDFs that were made, then the attachments."""
        made = self.made(statement.folder, statement.papers, statement.lang)
        return made + self.enclosed(statement.enclosures)

    def made(self, folder: str, papers: tuple[Paper, ...], lang: str) -> list[Dokumentbeskrivelse]:
        return [
            Dokumentbeskrivelse(
                entity="Dokumentbeskrivelse",
                tittel=paper.title.within(catalogue(lang)),
                tilknyttetRegistreringSom="hoveddokument" if paper == WHOLE else "vedlegg",
                dokumentobjekt=[self.file(folder + paper.file)],
            )
            for paper in (papers if self.with_pdf else ())
        ]

    def enclosed(self, enclosures: tuple[Enclosure, ...]) -> list[Dokumentbeskrivelse]:
        return [
            Dokumentbeskrivelse(
                entity="Dokumentbeskrivelse",
                tittel=each.title,
                tilknyttetRegistreringSom="vedlegg",
                dokumentobjekt=[self.file(each.url)],
            )
            for each in enclosures
            if each.url
        ]

    def file(self, url: str) -> Dokumentobjekt:
        return Dokumentobjekt(
            entity="Dokumentobjekt",
            referanseDokumentfil=address(self.site, url, self.base),
            format=media_type(url),
            sjekksum=str(slot("sha256", quote(posixpath.normpath(url)))),
            sjekksumAlgoritme="SHA-256",
        )


def _decision(statement: Statement) -> Vedtak:
    facts = statement.facts
    vote = facts.vote
    return Vedtak(
        entity="Vedtak",
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
        Grunnlag(punkt=passage.unit.number, fra=passage.start, til=passage.end)
        for quote in quotes
        for passage in quote.passages
    ]
