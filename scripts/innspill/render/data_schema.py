"""The form of a consultation's `data.json`: one Struct for each kind of object.

The published JSON Schema is made from these, so that it can't differ from the data.
Names are those of the eInnsyn API (Moetesak, Vedtak, Votering, Dokumentbeskrivelse,
Dokumentobjekt) where it has one, and Norwegian in the same manner where it has none. What
the letter does not say is left out, never null: whatever may be None is None unless told.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Literal, get_type_hints

from msgspec import Struct, defstruct, field
from msgspec.structs import FieldInfo

from innspill.facts import FACTS, Facts
from innspill.field_docs import field_docs
from innspill.json_schema import ObjectSchemas, with_definitions

VERSION: Literal[2] = 2
"""Raised when a name goes or changes its meaning; a new name is no such change."""
SCHEMA_PATH = "assets/data.schema.json"


class _Part(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    pass


class Dokumentobjekt(_Part, frozen=True, kw_only=True):
    """A file, as in eInnsyn."""

    entity: Literal["Dokumentobjekt"]
    """The kind of object in eInnsyn."""
    referanseDokumentfil: str  # noqa: N815 - eInnsyn's name
    """Its address: whole where the site has one, else relative to data.json."""
    format: str
    """Its media type."""
    sjekksum: str
    """Its checksum in hexadecimal."""
    sjekksumAlgoritme: Literal["SHA-256"]  # noqa: N815 - eInnsyn's name
    """How the checksum is made."""


class Dokumentbeskrivelse(_Part, frozen=True, kw_only=True):
    """A document, as in eInnsyn."""

    entity: Literal["Dokumentbeskrivelse"]
    """The kind of object in eInnsyn."""
    tittel: str
    """What the document is."""
    tilknyttetRegistreringSom: Literal["hoveddokument", "vedlegg"]  # noqa: N815
    """The main document, or an attachment."""
    dokumentobjekt: list[Dokumentobjekt]
    """Its files."""


class Votering(_Part, frozen=True, kw_only=True):
    """How the vote fell. eInnsyn has one Votering a member; a letter gives the sums."""

    resultat: Literal["enstemmig", "flertall"]
    """Unanimous, or by a majority."""
    ja: int | None = None
    """Votes for."""
    nei: int | None = None
    """Votes against."""
    fordeling: str | None = None
    """Who voted how, in the letter's words."""


class Vedtak(_Part, frozen=True, kw_only=True):
    """The decision, as in eInnsyn."""

    entity: Literal["Vedtak"]
    """The kind of object in eInnsyn."""
    dato: date | None = None
    """The day of the meeting."""
    votering: Votering | None = None
    """The vote."""
    protokoll: Literal["kommer", "endelig"] | None = None
    """Whether the final minutes are still to come, or there."""


KINDS = get_type_hints(Facts)
"""The type of each fact."""
TOLD = [(fact.data, KINDS[fact.key]) for fact in FACTS if fact.data]
if TYPE_CHECKING:
    Brev = _Part
else:
    # Its names and what they are told to be stand in the table of the facts.
    Brev = defstruct("Brev", [(datum.name, kind, None) for datum, kind in TOLD], bases=(_Part,))
    Brev.__doc__ = "What the letter says of itself."


class Kilde(_Part, frozen=True, kw_only=True):
    """The file that the statement was made from."""

    fil: str
    """Its path in the site's content."""
    sjekksum: str
    """Its checksum in hexadecimal."""
    sjekksumAlgoritme: Literal["SHA-256"]  # noqa: N815 - eInnsyn's name
    """How the checksum is made."""
    commit: str | None = None
    """The last commit in git that changed anything that the statement shows."""
    commitDato: date | None = None  # noqa: N815 - as the others
    """The day of that commit."""
    arbeidsutkast: bool | None = None
    """true where what the statement shows has changes that are not committed."""
    ordrettEtter: str | None = None  # noqa: N815 - as the others
    """The address of the letter's file, where every word of the text was held to it."""


class Spoersmaal(_Part, frozen=True, kw_only=True):
    """A question of the consultation."""

    id: str
    """Its name."""
    nummer: int
    """Its number, from 1."""
    tittel: str
    """A few words."""
    tekst: str
    """Its wording."""
    veiledning: list[str]
    """The guidance beside it, by paragraph."""


class Svar(_Part, frozen=True, kw_only=True):
    """An answer to a question, or to several at once."""

    spoersmaal: list[str]
    """The ids of the questions that it answers."""
    punkt: list[str]
    """The numbers of its paragraphs, in order."""


class Punkt(_Part, frozen=True, kw_only=True):
    """A numbered paragraph, item, table, quotation or figure of the statement."""

    nummer: str
    """Its number: 5.2 is the second of the answer to question 5; part 0 is general."""
    id: str
    """Its name on the page, after the # of an address."""
    merke: str | None = None
    """What stands before it in a numbered list, as the author wrote it: `3.`."""
    tekst: str
    """Its plain text, on one line."""
    mindretall: str | None = None
    """Whose view it is, where it is a minority's and not the committee's; may be empty."""


class Grunnlag(_Part, frozen=True, kw_only=True):
    """Words of the statement that a point or a proposal rests on."""

    punkt: str
    """The number of the paragraph that they stand in."""
    fra: int
    """Where they begin in its text, in Unicode characters from 0."""
    til: int
    """Where they end, not included."""


class Sammendragspunkt(_Part, frozen=True, kw_only=True):
    """A point of the summary, which is made from the statement and is not adopted."""

    id: str
    """Its name on the page."""
    gjelder: str
    """The question's id, or `general`."""
    tekst: str
    """The point."""
    grunnlag: list[Grunnlag]
    """What it rests on."""


class Forslag(_Part, frozen=True, kw_only=True):
    """A thing that the committee proposes."""

    id: str
    """Its name on the page."""
    hva: str
    """What is proposed."""
    retning: Literal["til_bydelene", "til_kommunen_sentralt", "samarbeid", "annet"]
    """Where it should move."""
    styrke: str
    """The letter's own words for how much it asks: bør, kan vurderes …"""
    grunnlag: list[Grunnlag]
    """What it rests on."""


class Moetesak(_Part, frozen=True, kw_only=True):
    """A committee's statement, the item of its meeting that adopted it, as in eInnsyn."""

    entity: Literal["Moetesak"]
    """The kind of object in eInnsyn."""
    offentligTittel: str  # noqa: N815 - eInnsyn's name
    """The letter's heading."""
    utvalg: str
    """The committee."""
    status: Literal["utkast", "vedtatt"]
    """A draft, or adopted."""
    spraak: str
    """The language of the text (BCP 47)."""
    adresse: str
    """Its page: whole where the site has an address, else relative to data.json."""
    vedtak: Vedtak | None = None
    """The decision; none while it is a draft."""
    brev: Brev
    """The letter."""
    kilde: Kilde
    """What it was made from."""
    dokumentbeskrivelse: list[Dokumentbeskrivelse]
    """Its PDFs and attachments."""
    svar: list[Svar]
    """Its answers, in the order of the text."""
    punkt: list[Punkt]
    """Its whole text by numbered paragraph, in order."""
    sammendrag: list[Sammendragspunkt]
    """The summary."""
    forslag: list[Forslag]
    """What it proposes."""


class LagetMed(_Part, frozen=True, kw_only=True):
    """What the site and its PDFs were made with."""

    program: str
    """The program and its version."""
    maler: str
    """Whose templates PDFs are made with, "shipped" or "own", and their SHA-256. Of own ones that
    are in git as they were used, "own@" and the last commit that changed them."""


class Hoering(_Part, frozen=True, kw_only=True):
    """A consultation with its questions and the statements that answer them."""

    skjema: str = field(name="$schema")
    """The address of this schema."""
    versjon: Literal[2]
    """The schema's version; a new one may have lost names of the old."""
    offentligTittel: str  # noqa: N815 - eInnsyn's name
    """The name of the case."""
    avsender: str
    """Who asks."""
    brevdato: date | None = None
    """The date of the letter that asks."""
    frist: date | None = None
    """The last day to answer."""
    saksnummer: str | None = None
    """The asking office's case number, as written."""
    spraak: str
    """The language of the questions (BCP 47)."""
    adresse: str
    """Its page: whole where the site has an address, else relative to data.json."""
    utgiver: str
    """Who publishes this."""
    lagetMed: LagetMed  # noqa: N815 - as the others
    """What the site was made with; what each statement was made from is its `kilde`."""
    dokumentbeskrivelse: list[Dokumentbeskrivelse]
    """The files that came with the questions."""
    spoersmaal: list[Spoersmaal]
    """The questions, in order."""
    moetesak: list[Moetesak]
    """The statements; drafts only where the consultation publishes them."""


def schema_text() -> bytes:
    """The JSON Schema (2020-12) of `data.json`."""
    objects = ObjectSchemas(_told, lambda part: part.__doc__)
    objects.add(Hoering)
    kinds = objects.known
    whole = kinds.pop("Hoering")
    schema = with_definitions(whole, kinds)
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _told(part: type[Struct], each: FieldInfo) -> str:
    """What a name of an object holds; those of the facts are told of in their own table."""
    docs = field_docs(sys.modules[__name__]).get(part.__name__)
    return (docs or {datum.name: datum.description for datum, _ in TOLD})[each.name]
