"""`arkivmelding.xml`: a statement and its files as Norwegian case systems take them.

The form is that of Fiks Arkiv, version 1 (KS), which builds on Noark 5: a `journalpost`, put into
a case that is there or with a new `saksmappe`. Its codes are those of Noark 5's code lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as Xml

from innspill import __version__
from innspill.archive.xml import TYPE, child, root, written
from innspill.model import CaseFacts, Statement
from innspill.read.schema import ArchiveFront

NAMESPACE = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1"
CATALOGUE = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1"
"""Of what stands inside codes, names and references, written `n5mdk:`."""
JOURNAL_TYPES = {
    "I": "Inngående dokument",
    "U": "Utgående dokument",
    "N": "Organinternt dokument for oppfølging",
    "X": "Organinternt dokument uten oppfølging",
}
VARIANTS = {
    "P": "Produksjonsformat",
    "A": "Arkivformat",
    "S": "Digitalt signert dokument",
}
MAIN, ENCLOSED = ("H", "Hoveddokument"), ("V", "Vedlegg")


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """One file of a document (`dokumentobjekt`)."""

    name: str
    variant: str
    """A code of `VARIANTS`."""
    mime: str
    puid: tuple[str, str] | None
    """What PRONOM calls its format, and the format's name; None where that is not known."""
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """One document in one or more forms (`dokumentbeskrivelse`)."""

    title: str
    files: tuple[ArchivedFile, ...]


def arkivmelding(
    statement: Statement,
    case: CaseFacts,
    front: ArchiveFront,
    day: date,
    documents: Sequence[ArchivedDocument],
) -> bytes:
    """The message; the first of the documents is the statement itself."""
    whole = root("arkivmelding", NAMESPACE)
    whole.set("xmlns:n5mdk", CATALOGUE)
    child(whole, "system", f"Innspill {__version__}")
    child(whole, "antallFiler", str(sum(len(each.files) for each in documents)))
    if not front.names_case:
        _new_case(child(whole, "mappe"), case, front)
    entry = child(whole, "registrering")
    entry.set(TYPE, "journalpost")
    if front.names_case:
        _reference(child(entry, "referanseForelderMappe"), front)
    for number, document in enumerate(documents, 1):
        _document(child(entry, "dokumentbeskrivelse"), document, statement, number)
    child(entry, "tittel", statement.title)
    child(entry, "offentligTittel", statement.title)
    child(entry, "forfatter", statement.committee)
    _parties(entry, statement, front)
    key = child(entry, "referanseEksternNoekkel")
    child(key, "n5mdk:fagsystem", "Innspill")
    child(
        key,
        "n5mdk:noekkel",
        statement.source + (f"@{statement.stamp.name}" if statement.stamp else ""),
    )
    kind = front.entry_type or ""
    _code(entry, "journalposttype", kind, JOURNAL_TYPES[kind])
    child(entry, "dokumentetsDato", day.isoformat())
    child(entry, "antallVedlegg", str(len(documents) - 1))
    if front.journal_unit:
        child(entry, "journalenhet", front.journal_unit)
    return written(whole, is_indented=True)


def _new_case(folder: Xml.Element, case: CaseFacts, front: ArchiveFront) -> None:
    folder.set(TYPE, "saksmappe")
    child(folder, "tittel", case.title)
    child(folder, "offentligTittel", case.title)
    if front.series:
        child(child(folder, "arkivdel"), "n5mdk:kode", front.series)
    for each in front.classification:
        row = child(folder, "klassifikasjon")
        if each.system:
            child(row, "klassifikasjonssystemID", each.system)
        child(row, "klasseID", each.number)
        if each.title:
            child(row, "tittel", each.title)
    for name, value in (("administrativEnhet", front.unit), ("saksansvarlig", front.responsible)):
        if value:
            child(child(folder, name), "n5mdk:navn", value)
    if front.journal_unit:
        child(folder, "journalenhet", front.journal_unit)


def _reference(parent: Xml.Element, front: ArchiveFront) -> None:
    """The case that is there."""
    if front.system_id:
        child(parent, "n5mdk:systemID", front.system_id)
    if front.year is not None and front.sequence is not None:
        number = child(parent, "n5mdk:saksnummer")
        child(number, "n5mdk:saksaar", str(front.year))
        child(number, "n5mdk:sakssekvensnummer", str(front.sequence))


def _document(
    into: Xml.Element, document: ArchivedDocument, statement: Statement, number: int
) -> None:
    _code(into, "dokumentstatus", "F", "Dokumentet er ferdigstilt")
    child(into, "tittel", document.title)
    if number == 1:
        child(into, "forfatter", statement.committee)
    _code(into, "tilknyttetRegistreringSom", *(MAIN if number == 1 else ENCLOSED))
    child(into, "dokumentnummer", str(number))
    for file in document.files:
        row = child(into, "dokumentobjekt")
        child(row, "versjonsnummer", "1")
        _code(row, "variantformat", file.variant, VARIANTS[file.variant])
        if file.puid:
            _code(row, "format", *file.puid)
        child(row, "mimeType", file.mime)
        child(row, "filnavn", file.name)
        child(row, "referanseDokumentfil", file.name)
        child(row, "sjekksum", file.sha256)
        child(row, "sjekksumAlgoritme", "SHA256")
        child(row, "filstoerrelse", str(file.size))


def _parties(entry: Xml.Element, statement: Statement, front: ArchiveFront) -> None:
    """Who sends it, and to whom; the other's reference stands with the other."""
    facts = statement.facts
    sender = child(entry, "korrespondansepart")
    _code(sender, "korrespondanseparttype", "EA", "Avsender")
    child(sender, "korrespondansepartNavn", statement.committee)
    if front.entry_type != "I" and front.unit:
        child(child(sender, "administrativEnhet"), "n5mdk:navn", front.unit)
    if facts.case_officer:
        child(child(sender, "saksbehandler"), "n5mdk:navn", facts.case_officer)
    if front.entry_type == "I" and facts.our_reference:
        child(sender, "deresReferanse", facts.our_reference)
    if facts.recipient:
        recipient = child(entry, "korrespondansepart")
        _code(recipient, "korrespondanseparttype", "EM", "Mottaker")
        child(recipient, "korrespondansepartNavn", facts.recipient)
        if front.entry_type != "I" and facts.your_reference:
            child(recipient, "deresReferanse", facts.your_reference)


def _code(parent: Xml.Element, name: str, code: str, meaning: str) -> None:
    made = child(parent, name)
    child(made, "n5mdk:kode", code)
    child(made, "n5mdk:beskrivelse", meaning)
