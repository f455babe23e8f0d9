"""Example letters as the programs of offices write them: each is made up, and says what it holds.

Each stands with the words that belong under each question, and the facts that it states.
"""

# ruff: noqa: E501

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

import docx
from paper import printed_by_browser
from ugly_letters import NAMES, notes, p, pdf, raw, table, word

CASE = """\
---
title: Eksempel på en høring om oppgaver
asked_by: Byrådsavdeling for eksempler
questions:
  - id: skole
    title: Skole
    text: Hvilke oppgaver innen skole bør bydelene ha ansvar for?
    guidance: |
      Eksempler på tema som kan kommenteres er bygg, leksehjelp og skolehelsetjeneste.
  - id: barnevern
    title: Barnevern
    text: Bør barnevernet organiseres på tvers av bydelene?
  - id: helse
    title: Helse
    text: Hvordan kan helsetjenestene i bydelene bli bedre?
  - id: midler
    title: Midler
    text: Hvilke endringer bør gjøres i måten midlene fordeles på?
---
"""
SKOLE = "Hvilke oppgaver innen skole bør bydelene ha ansvar for?"
BARNEVERN = "Bør barnevernet organiseres på tvers av bydelene?"
HELSE = "Hvordan kan helsetjenestene i bydelene bli bedre?"
MIDLER = "Hvilke endringer bør gjøres i måten midlene fordeles på?"
GUIDANCE = "Eksempler på tema som kan kommenteres er bygg, leksehjelp og skolehelsetjeneste."


@dataclass(frozen=True, slots=True)
class KindOfLetter:
    """One letter, and what is to become of it."""

    ending: str
    make: Callable[[], bytes]
    answers: Mapping[str, str]
    """The words under each question that it answers."""
    facts: Mapping[str, str] = field(default_factory=dict)
    doubts: str = ""
    """Words of the report where the letter is refused: losses, or changes to be accepted."""


def by_python_docx() -> bytes:
    made = docx.Document()
    made.add_paragraph("Deres ref.: 26/101-2\tVår ref.: 26/455\tDato: 12.02.2026")
    made.add_heading("Eksempel på høringssvar om oppgaver", 0)
    made.add_paragraph("Uttalelsen ble enstemmig vedtatt av Nordre bydelsutvalg 10. februar 2026.")
    for question, answer in (
        (SKOLE, ("Grunnskolene bør ligge hos bydelene.", "Videregående skoler bør ikke det.")),
        (BARNEVERN, ("Nei.",)),
        (HELSE, ("Legevakt på kveldstid trengs.", "Fastleger bør samles i helsehus.")),
    ):
        made.add_heading(question, 2)
        for text in answer:
            made.add_paragraph(text, style="List Number" if len(answer) > 1 else None)
    made.add_paragraph("Med vennlig hilsen")
    made.add_paragraph("Kari Eksempel\nleder i Nordre bydelsutvalg")
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def run(text: str, look: str = "") -> str:
    """A run as Google Docs writes it, with its font in each."""
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    return (
        f'<w:r w:rsidRPr="0000"><w:rPr>{fonts}{look}<w:rtl w:val="0"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def by_google_docs() -> bytes:
    empty = '<w:p><w:pPr><w:rPr/></w:pPr><w:r><w:rPr><w:rtl w:val="0"/></w:rPr></w:r></w:p>'
    bold = '<w:b w:val="1"/>'
    body = (
        raw(run("Eksempel på uttalelse frå Vestre bydelsutval", '<w:b w:val="1"/><w:sz w:val="36"/>'))
        + empty
        + raw(run("Utvalet handsama saka i møte 3. mars 2026 og vedtok uttalen mot ") + run("2 røyster."))
        + raw('<w:bookmarkStart w:id="0" w:name="_a"/><w:bookmarkEnd w:id="0"/>' + run(f"1) {SKOLE}", bold))
        + raw(run(GUIDANCE, '<w:i w:val="1"/>'))
        + empty
        + raw(run("Leksehjelp bør bydelane ha. ") + run("Bygga bør kommunen ha.", '<w:u w:val="single"/>'))
        + raw(run(f"2) {BARNEVERN}", bold))
        + raw(run("Ja, men berre vakta."))
        + raw(run(f"3) {HELSE}", bold))
        + raw(run("Med fleire helsestasjonar. Vi meiner at:"))
        + raw(run("-\topningstidene må utvidast"))
        + raw(run("-\tungdom må sleppe å vente"))
        + raw(run(f"4) {MIDLER}", bold))
        + raw(run("Ingen merknad."))
        + empty
        + raw(run("Med helsing") + "<w:r><w:br/></w:r>" + run("Ola Eksempel") + "<w:r><w:br/></w:r>" + run("leiar"))
    )  # fmt: skip
    return word(body)


def by_libre_office() -> bytes:
    proof = '<w:proofErr w:type="spellStart"/>'

    def pieces(*texts: str) -> str:
        return raw(
            proof.join(
                f'<w:r><w:lastRenderedPageBreak/><w:t xml:space="preserve">{escape(t)}</w:t></w:r>'
                for t in texts
            )
        )

    date = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "dd.MM.yyyy" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>05.03.2026'
        '</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = (
        raw('<w:r><w:t xml:space="preserve">Dato: </w:t></w:r>' + date)
        + p("Eksempel på svar fra Østre bydelsutvalg", "Tittel")
        + pieces("Uttalelsen er vedtatt 04.03.2026 med ", "9", " mot ", "6 stemmer.")
        + p(f"Spørsmål 1: {SKOLE}", "Overskrift2")
        + pieces("Bydelene bør ha SFO", ", og leksehjelp.")
        + p(f"Spørsmål 3: {HELSE}", "Overskrift2")
        + raw(f"<w:r><w:t>Flere sykepleiere må ansettes.</w:t></w:r>{mark}")
        + p("Spørsmål 4: Midler", "Overskrift2")
        + pieces("Kriteriene bør endres.")
    )
    return word(body, {"word/footnotes.xml": notes("footnote", "Se eksempelrapporten fra 2025.")})


def by_pages() -> bytes:
    def line(text: str, bold: bool = False, size: int = 22) -> str:
        look = ('<w:b w:val="1"/><w:bCs w:val="1"/>' if bold else "") + f'<w:sz w:val="{size}"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr>{run(text, look)}</w:p>'

    return word(
        line("Eksempel eldreråd", True)
        + line("Til Byrådsavdeling for eksempler")
        + line("Høringssvar om oppgaver – et eksempel", True, 32)
        + line("Saken ble behandlet i møte 20.01.2026. Uttalelsen ble enstemmig vedtatt.")
        + line(f"1. {SKOLE}", True)
        + line("Rådet har ikke svart på dette.")
        + line(f"3. {HELSE}", True)
        + line("Rådet mener:")
        + line("•\tHjemmetjenesten må få mer tid.")
        + line("•\tEldresentrene må bestå.")
        + line("Begge deler haster.")
        + line("Eksempel eldreråd")
        + line("Anne Eksempel, leder")
    )


ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
    "<office:automatic-styles/><office:body><office:text>{}</office:text></office:body>"
    "</office:document-content>"
)


def zipped(files: Mapping[str, str]) -> bytes:
    import zipfile

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def open_document() -> bytes:
    def h(text: str, level: int = 1) -> str:
        return f'<text:h text:outline-level="{level}">{escape(text)}</text:h>'

    def t(text: str) -> str:
        return f"<text:p>{text}</text:p>"

    def row(*cells: str) -> str:
        inside = "".join(f"<table:table-cell>{t(each)}</table:table-cell>" for each in cells)
        return f"<table:table-row>{inside}</table:table-row>"

    body = (
        h("Uttalelse fra Søndre ungdomsråd (eksempel)")
        + t("Vår ref.: 26/77<text:tab/>Saksbehandler: Per Eksempel")
        + t('Vedtatt<text:s/>15.<text:s text:c="1"/>januar 2026.')
        + h(f"1 {SKOLE}", 2)
        + t(
            "Bydelene bør ha <text:span>ungdomsklubbene</text:span> og<text:line-break/>leksehjelpen."
        )
        + h(f"2 {BARNEVERN}", 2)
        + "<table:table>"
        + row("For", "Mot")
        + row("Større miljø", "Lengre vei")
        + "</table:table>"
        + h(f"3 {HELSE}", 2)
        + "<text:list><text:list-item><text:p>Gratis prevensjon</text:p></text:list-item>"
        "<text:list-item><text:p>Psykolog på hver skole</text:p></text:list-item></text:list>"
        + h(f"4 {MIDLER}", 2)
        + t("Flere midler til ungdom.")
    )
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": ODT.format(body)})


def roman_numbers_in_nynorsk() -> bytes:
    return pdf(
        "<p>Ref.: 26/12</p><h1>Høyringssvar frå Indre bydelsutval (eksempel)</h1>"
        "<p>Vedteke samrøystes i møte 11. mars 2026.</p>"
        f"<p><b>I. {SKOLE}</b></p><p>Bydelane bør ha ansvar for skulefritidsordninga, og dei bør få "
        "avgjere korleis lokala skal brukast om kvelden.</p>"
        f"<p><b>II. {BARNEVERN}</b></p><p>Nei, det bør det ikkje.</p>"
        f"<p><b>III. {HELSE}</b></p><p>Helsestasjonane må ha ope lenger.</p>"
        f"<p><b>IV. {MIDLER}</b></p><p>Ikkje noko å merke.</p>"
        "<p>Med vennleg helsing</p><p>Indre bydelsutval</p>"
    )


WINDOWS_TEXT = f"""Fra Eksempel driftsstyre\r
Dato: 02.02.2026\r
\r
Eksempel på innspill til høringen\r
\r
Spm. 1: {SKOLE}\r
\r
Driftsstyret mener at skolebyggene må eies\r
av bydelen, og at vedlikeholdet må følge\r
med \x96 slik det var før.\r
\r
Spm. 4: {MIDLER}\r
\r
* faste satser pr. elev\r
* egne midler til \x93gamle\x94 bygg\r
\r
Vedtatt 1. februar 2026 mot én stemme (H).\r
"""
NOTEPAD = f"""Eksempel på fråsegn frå Ytre ungdomsråd

Fråsegna vart vedteken 9. februar 2026 med 7 mot 4 røyster.

a) {SKOLE}

Ungdomsklubbar, fritt skuleval og lengre opningstid på biblioteka.

b) {BARNEVERN}

Ja.

c) {HELSE}

Helsesjukepleiar kvar dag.

d) {MIDLER}

Meir til dei som har minst.
"""
MAIL = """\
Fra: Kari Eksempel <kari@eksempel.no>
Sendt: 14. februar 2026 10:12
Til: postmottak@eksempel.no
Emne: SV: Høring om oppgaver

Hei!

Her er svaret fra Midtre bydelsutvalg, som ble vedtatt 12. februar
2026 (dette er et eksempel).

> 1. Hvilke oppgaver innen skole bør bydelene ha ansvar
> for?

Grunnskolene, men ikke de videregående skolene. Bydelsutvalget
har ment dette lenge.

> 2. Bør barnevernet organiseres på tvers av bydelene?

Nei.

> 3. Hvordan kan helsetjenestene i bydelene bli bedre?

De kan ikke bli bedre uten flere ansatte, og det er
ingen som vil ha jobbene slik lønnen er nå.

Mvh
Kari Eksempel
"""
NOTES_WITH_FRONT_MATTER = f"""\
---
tags: [høring, eksempel]
created: 2026-02-01T10:00:00
aliases:
  - svar
---
# Eksempel på svar fra Gamle bydelsutvalg

*Vedtatt 5.2.2026, enstemmig vedtatt.*

## 1. {SKOLE}

Vi viser til [forrige svar](https://example.org/svar) og **står ved det**.

- Skole
    - Leksehjelp
    - SFO
- Bygg

## 2. {BARNEVERN}

> Barnevernet er nært.

Det sa vi i fjor[^1].

[^1]: Se sak 12/25.

## 4. {MIDLER}

| Post | I dag | Forslag |
|------|------:|--------:|
| SFO  | 10    | 12      |
"""


def by_outlook() -> bytes:
    def normal(text: str) -> str:
        return f"<p class=MsoNormal><span style='font-size:11.0pt'>{text}<o:p></o:p></span></p>\n"

    def bullet(text: str) -> str:
        return (
            "<p class=MsoListParagraph style='text-indent:-18.0pt'><![if !supportLists]>"
            "<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "
            '"Times New Roman"\'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>'
            f"<span>{text}<o:p></o:p></span></p>\n"
        )

    text = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
        "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>"
        "<!--[if gte mso 9]><xml><o:x>skjult</o:x></xml><![endif]--><style>p.MsoNormal {}</style></head>"
        "<body lang=NO-BOK><div class=WordSection1>"
        + normal("<b>Eksempel på uttalelse fra Nye bydelsutvalg</b>")
        + normal("&nbsp;")
        + normal("Vedtatt i bydelsutvalget 26.02.2026 – enstemmig.")
        + normal(f"<b>1.<span style='font:7.0pt'>&nbsp;&nbsp; </span>{SKOLE}</b>")
        + normal("Vi mener følgende:")
        + bullet("bydelene bør eie byggene")
        + bullet("skolene bør være åpne på kvelden")
        + normal(f"<b>2.<span style='font:7.0pt'>&nbsp;&nbsp; </span>{BARNEVERN}</b>")
        + normal("Nei, ikke\r\nnå.")
        + normal(f"<b>3. {HELSE}</b>")
        + normal("Vi har ingen mening om dette.")
        + "</div></body></html>"
    )
    return text.encode("windows-1252")


def by_share_point() -> bytes:
    text = (
        "<!DOCTYPE html><html lang='nb'><head><meta charset='utf-8'><title>Svar</title></head><body>"
        "<div class='ms-rtestate-field'><div><h2>\u200bEksempel på svar fra Lille bydelsutvalg</h2></div>"
        "<div>Vedtatt 19.02.2026.<br></div><div><br></div>"
        f"<div><strong>1. {SKOLE}</strong></div><div>\u200bSFO bør bydelen ha.<br>Leksehjelp òg.</div>"
        f"<div><strong>2. {BARNEVERN}</strong><br></div><div>Ja,&nbsp;om det gir bedre fagmiljø.</div>"
        f"<div><strong>3. {HELSE}</strong></div><ul><li>Kortere køer</li><li><div>Flere leger</div></li></ul>"
        f"<div><strong>4. {MIDLER}</strong></div><div>Se svaret på spørsmål 1.</div></div></body></html>"
    )
    return text.encode()


def table_of_answers() -> bytes:
    return word(
        p("Eksempel på svar fra Store bydelsutvalg", "Tittel")
        + p("Svaret ble vedtatt 27.01.2026.")
        + table(
            ("Spørsmål", "Svar"),
            (f"1. {SKOLE}", "Alle oppgaver som ikke krever stordrift."),
            (f"2. {BARNEVERN}", "Nei."),
            (f"3. {HELSE}", "Flere helsestasjoner."),
            (f"4. {MIDLER}", "Ingen."),
        )
    )


def changes_in_tables_and_notes() -> bytes:
    inserted = '<w:ins w:id="1" w:author="A"><w:r><w:t> tydelig</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2" w:author="A"><w:r><w:delText>uklart</w:delText></w:r></w:del>'
    in_cell = f"<w:p><w:r><w:t>Dette er</w:t></w:r>{inserted}</w:p>"
    note = f'<w:footnotes {NAMES}><w:footnote w:id="1"><w:p><w:r><w:t>Noten er </w:t></w:r>{deleted}<w:r><w:t>klar.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    return word(
        p("Eksempel på svar fra Rette bydelsutvalg", "Tittel")
        + p(f"1. {SKOLE}")
        + table(("Tema", "Syn"), ("Bygg", in_cell))
        + raw('<w:r><w:t>Se noten.</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>')
        + p(f"2. {BARNEVERN}")
        + p("Nei."),
        {"word/footnotes.xml": note},
    )


def numbered_headings() -> bytes:
    return word(
        p("Eksempel på saksframlegg og uttalelse fra Faste bydelsutvalg", "Tittel")
        + p("1 Innledning", "Overskrift1")
        + p("Bydelsutvalget behandlet saken 24.02.2026.")
        + p("2 Svar på spørsmålene", "Overskrift1")
        + p(f"2.1. {SKOLE}", "Overskrift2")
        + p("2.1.1. Bygg", "Overskrift3")
        + p("Byggene bør bydelen eie.")
        + p("2.1.2. Drift", "Overskrift3")
        + p("Driften bør skolen ha.")
        + p(f"2.2. {BARNEVERN}", "Overskrift2")
        + p("Nei.")
        + p(f"2.3. {HELSE}", "Overskrift2")
        + p("Samle tjenestene.")
    )


def minutes_of_a_meeting() -> bytes:
    return word(
        p("Saksprotokoll – eksempel", "Tittel")
        + p("Utvalg: Øvre bydelsutvalg")
        + p("Møtedato: 17.03.2026")
        + p("Sak: 12/26")
        + p("Vedtak:", bold=True)
        + p("Bydelsutvalget gir slik uttalelse:")
        + p(f"1. {SKOLE}")
        + p("Bydelene bør ha ansvar for alle barnehager.")
        + p(f"2. {BARNEVERN}")
        + p("Ja, barnevernsvakten.")
        + p("Votering:", bold=True)
        + p("Uttalelsen ble vedtatt 17.03.2026 med 8 mot 5 stemmer (H og FrP).")
        + p("Protokolltilførsel fra Høyre og FrP:", bold=True)
        + p("Vi mener at barnehagene bør konkurranseutsettes.")
    )


ONLY_NUMBERS = """Eksempel på svar fra Nedre menighetsråd

Rådet vedtok dette svaret 8. januar 2026.

Til spørsmål 3

Vi ønsker en diakon i hver bydel.

Til spørsmål 1

Vi har ikke noe syn på skole, men leksehjelpen
i kirken bør få støtte.

Til spørsmål 2 og 4

Ingen merknader.
"""


def letters_and_another_order() -> bytes:
    return word(
        p("Eksempel på svar fra Bakre bydelsutvalg", "Tittel")
        + p("Vedtatt 30.01.2026.")
        + p(f"A. {HELSE}", bold=True)
        + p("Bedre samarbeid.")
        + p(f"B. {MIDLER}", bold=True)
        + p("Flere midler.")
        + p(f"C. {SKOLE}", bold=True)
        + p(GUIDANCE)
        + p("Skolen bør være kommunal.")
        + p(f"D. {BARNEVERN.upper()}", bold=True)
        + p("Vi er delt i dette.")
    )


def minority_in_nynorsk() -> bytes:
    return word(
        p("Eksempel på fråsegn frå Fremre bydelsutval", "Tittel")
        + p("Fråsegna er vedteken i møte 02.03.2026 med 9 mot 6 røyster.")
        + p(f"Spørsmål 1 – {SKOLE}", bold=True)
        + p("Skulane bør liggje hos kommunen.")
        + p("Merknad frå Raudt og SV: Vi meiner at bydelane bør ha skulane.")
        + p(f"Spørsmål 2 – {BARNEVERN}", bold=True)
        + p("Nei, men det kan vurderast seinare.")
    )


CLOSE_MAIL = f"""Fra: Kari Eksempel
Dato: 3. mars 2026

Vedtatt i Prøve bydelsutvalg 1. mars 2026 (eksempel).

> {SKOLE}
Alle de kan ha.
> {BARNEVERN}
Nei, det vil vi ikke.
Det er sagt før.
>> {HELSE}
Flere folk.
> Frist er 5. mars.
Den har vi holdt.
"""


def several_at_once() -> bytes:
    return word(
        p("Eksempel på svar fra Sjette bydelsutvalg", "Tittel")
        + p("Spørsmål 1, 2 og 3", "Overskrift1")
        + p("Vi svarer på dem under ett.")
        + p("Ad spm. 4", "Overskrift1")
        + p("Mer.")
    )


def table_with_numbers() -> bytes:
    return word(
        p("Eksempel på svar fra Femte bydelsutvalg", "Tittel")
        + table(
            ("Nr", "Spørsmål", "Svar"),
            ("1", SKOLE, "Alt."),
            ("2", BARNEVERN, p("Nei.") + p("Det var vi enige om.")),
            ("3", HELSE, "Flere leger."),
        )
    )


def by_browser() -> bytes:
    page = (
        "<!DOCTYPE html><html lang='nb'><meta charset='utf-8'><title>Svar</title>"
        "<style>@page { size: A4 }</style><body style='font: 12pt sans-serif'>"
        "<h1>Eksempel på svar fra Fjerde bydelsutvalg</h1><p>Vedtatt 23.02.2026, enstemmig vedtatt.</p>"
        f"<h2>1. {SKOLE}</h2><p>Disse:</p><ul><li>barnehager, som bydelene har hatt ansvar for lenge, "
        "og bør ha ansvar for også etter at oppgavene er fordelt på nytt,</li><li>leksehjelp<ul><li>etter skoletid</li></ul></li></ul>"
        f"<h2>2. {BARNEVERN}</h2><p>Nei.</p><h2>3. {HELSE}</h2><ol><li>Ansett flere.</li>"
        "<li>Lønn dem bedre.</li></ol>"
        f"<h2>4. {MIDLER}</h2><p>Se <a href='https://example.org'>notatet</a>.</p></body></html>"
    )
    return printed_by_browser(page)


KINDS = {
    "python-docx": KindOfLetter(
        "docx", by_python_docx,
        {
            "skole": "Grunnskolene bør ligge hos bydelene. Videregående skoler bør ikke det.",
            "barnevern": "Nei.",
            "helse": "Legevakt på kveldstid trengs. Fastleger bør samles i helsehus.",
        },
        {
            "title": "Eksempel på høringssvar om oppgaver", "committee": "Nordre bydelsutvalg",
            "adopted": "2026-02-10", "vote.result": "unanimous", "dated": "2026-02-12",
            "your_reference": "26/101-2", "our_reference": "26/455",
        },
    ),
    "google-docs": KindOfLetter(
        "docx", by_google_docs,
        {
            "skole": "Leksehjelp bør bydelane ha. Bygga bør kommunen ha.",
            "barnevern": "Ja, men berre vakta.",
            "helse": "Med fleire helsestasjonar. Vi meiner at: opningstidene må utvidast ungdom må "
            "sleppe å vente",
            "midler": "Ingen merknad.",
        },
        {
            "title": "Eksempel på uttalelse frå Vestre bydelsutval", "committee": "Vestre bydelsutval",
            "adopted": "2026-03-03", "vote.result": "majority", "vote.against": "2",
        },
    ),
    "libre-office": KindOfLetter(
        "docx", by_libre_office,
        {
            "skole": "Bydelene bør ha SFO, og leksehjelp.",
            "helse": "Flere sykepleiere må ansettes.",
            "midler": "Kriteriene bør endres.",
        },
        {
            "title": "Eksempel på svar fra Østre bydelsutvalg", "committee": "Østre bydelsutvalg",
            "adopted": "2026-03-04", "vote.result": "majority", "vote.for": "9", "vote.against": "6", "dated": "2026-03-05",
        },
    ),
    "pages": KindOfLetter(
        "docx", by_pages,
        {
            "skole": "Rådet har ikke svart på dette.",
            "helse": "Rådet mener: Hjemmetjenesten må få mer tid. Eldresentrene må bestå. Begge deler "
            "haster.",
        },
        {
            "title": "Høringssvar om oppgaver – et eksempel", "committee": "Eksempel eldreråd",
            "adopted": "2026-01-20", "vote.result": "unanimous",
            "recipient": "Byrådsavdeling for eksempler",
        },
    ),
    "open-document": KindOfLetter(
        "odt", open_document,
        {
            "skole": "Bydelene bør ha ungdomsklubbene og leksehjelpen.",
            "barnevern": "For Mot Større miljø Lengre vei",
            "helse": "Gratis prevensjon Psykolog på hver skole",
            "midler": "Flere midler til ungdom.",
        },
        {
            "title": "Uttalelse fra Søndre ungdomsråd (eksempel)", "committee": "Søndre ungdomsråd",
            "adopted": "2026-01-15", "our_reference": "26/77", "case_officer": "Per Eksempel",
        },
    ),
    "roman-numbers": KindOfLetter(
        "pdf", roman_numbers_in_nynorsk,
        {
            "skole": "Bydelane bør ha ansvar for skulefritidsordninga, og dei bør få avgjere korleis "
            "lokala skal brukast om kvelden.",
            "barnevern": "Nei, det bør det ikkje.",
            "helse": "Helsestasjonane må ha ope lenger.",
            "midler": "Ikkje noko å merke.",
        },
        {
            "title": "Høyringssvar frå Indre bydelsutval (eksempel)", "committee": "Indre bydelsutval",
            "adopted": "2026-03-11", "vote.result": "unanimous",
        },
    ),
    "windows-text": KindOfLetter(
        "txt", lambda: WINDOWS_TEXT.encode("latin-1"),
        {
            "skole": "Driftsstyret mener at skolebyggene må eies av bydelen, og at vedlikeholdet må "
            "følge med – slik det var før.",
            "midler": "faste satser pr. elev egne midler til “gamle” bygg Vedtatt 1. februar 2026 mot "
            "én stemme (H).",
        },
        {
            "title": "Eksempel på innspill til høringen", "committee": "Eksempel driftsstyre",
            "adopted": "2026-02-01", "vote.result": "majority", "vote.against": "1",
            "dated": "2026-02-02",
        },
    ),
    "notepad": KindOfLetter(
        "txt", lambda: NOTEPAD.encode("utf-16"),
        {
            "skole": "Ungdomsklubbar, fritt skuleval og lengre opningstid på biblioteka.",
            "barnevern": "Ja.",
            "helse": "Helsesjukepleiar kvar dag.",
            "midler": "Meir til dei som har minst.",
        },
        {
            "title": "Eksempel på fråsegn frå Ytre ungdomsråd", "committee": "Ytre ungdomsråd",
            "adopted": "2026-02-09", "vote.result": "majority", "vote.for": "7", "vote.against": "4",
        },
    ),
    "mail": KindOfLetter(
        "txt", MAIL.encode,
        {
            "skole": "Grunnskolene, men ikke de videregående skolene. Bydelsutvalget har ment dette "
            "lenge.",
            "barnevern": "Nei.",
            "helse": "De kan ikke bli bedre uten flere ansatte, og det er ingen som vil ha jobbene "
            "slik lønnen er nå.",
        },
        {
            "title": "Høring om oppgaver", "committee": "Midtre bydelsutvalg",
            "adopted": "2026-02-12", "dated": "2026-02-14", "recipient": "postmottak@eksempel.no",
        },
    ),
    "notes": KindOfLetter(
        "md", NOTES_WITH_FRONT_MATTER.encode,
        {
            "skole": "Vi viser til forrige svar og står ved det. Skole Leksehjelp SFO Bygg",
            "barnevern": "Barnevernet er nært. Det sa vi i fjor.",
            "midler": "Post I dag Forslag SFO 10 12",
        },
        {
            "title": "Eksempel på svar fra Gamle bydelsutvalg", "committee": "Gamle bydelsutvalg",
            "adopted": "2026-02-05", "vote.result": "unanimous",
        },
    ),
    "outlook": KindOfLetter(
        "html", by_outlook,
        {
            "skole": "Vi mener følgende: bydelene bør eie byggene skolene bør være åpne på kvelden",
            "barnevern": "Nei, ikke nå.",
            "helse": "Vi har ingen mening om dette.",
        },
        {
            "title": "Eksempel på uttalelse fra Nye bydelsutvalg", "committee": "Nye bydelsutvalg",
            "adopted": "2026-02-26", "vote.result": "unanimous",
        },
    ),
    "share-point": KindOfLetter(
        "html", by_share_point,
        {
            "skole": "SFO bør bydelen ha. Leksehjelp òg.",
            "barnevern": "Ja, om det gir bedre fagmiljø.",
            "helse": "Kortere køer Flere leger",
            "midler": "Se svaret på spørsmål 1.",
        },
        {
            "title": "Eksempel på svar fra Lille bydelsutvalg", "committee": "Lille bydelsutvalg",
            "adopted": "2026-02-19",
        },
    ),
    "table-of-answers": KindOfLetter(
        "docx", table_of_answers,
        {
            "skole": "Alle oppgaver som ikke krever stordrift.",
            "barnevern": "Nei.",
            "helse": "Flere helsestasjoner.",
            "midler": "Ingen.",
        },
        {
            "title": "Eksempel på svar fra Store bydelsutvalg", "committee": "Store bydelsutvalg",
            "adopted": "2026-01-27",
        },
    ),
    "changes-in-tables": KindOfLetter(
        "docx", changes_in_tables_and_notes,
        {"skole": "Tema Syn Bygg Dette er tydelig Se noten.", "barnevern": "Nei."},
        {
            "title": "Eksempel på svar fra Rette bydelsutvalg", "committee": "Rette bydelsutvalg",
        },
        "uklart",
    ),
    "numbered-headings": KindOfLetter(
        "docx", numbered_headings,
        {
            "skole": "2.1.1. Bygg Byggene bør bydelen eie. 2.1.2. Drift Driften bør skolen ha.",
            "barnevern": "Nei.",
            "helse": "Samle tjenestene.",
        },
        {
            "title": "Eksempel på saksframlegg og uttalelse fra Faste bydelsutvalg",
            "committee": "Faste bydelsutvalg",
        },
    ),
    "minutes": KindOfLetter(
        "docx", minutes_of_a_meeting,
        {
            "skole": "Bydelene bør ha ansvar for alle barnehager.",
            "barnevern": "Ja, barnevernsvakten.",
        },
        {
            "title": "Saksprotokoll – eksempel", "committee": "Øvre bydelsutvalg",
            "adopted": "2026-03-17", "vote.result": "majority", "vote.for": "8", "vote.against": "5",
        },
    ),
    "only-numbers": KindOfLetter(
        "txt", ONLY_NUMBERS.encode,
        {
            "helse": "Vi ønsker en diakon i hver bydel.",
            "skole": "Vi har ikke noe syn på skole, men leksehjelpen i kirken bør få støtte.",
            "barnevern midler": "Ingen merknader.",
        },
        {
            "title": "Eksempel på svar fra Nedre menighetsråd", "committee": "Nedre menighetsråd",
            "adopted": "2026-01-08",
        },
    ),
    "another-order": KindOfLetter(
        "docx", letters_and_another_order,
        {
            "helse": "Bedre samarbeid.",
            "midler": "Flere midler.",
            "skole": "Skolen bør være kommunal.",
            "barnevern": "Vi er delt i dette.",
        },
        {
            "title": "Eksempel på svar fra Bakre bydelsutvalg", "committee": "Bakre bydelsutvalg",
            "adopted": "2026-01-30",
        },
    ),
    "minority": KindOfLetter(
        "docx", minority_in_nynorsk,
        {
            "skole": "Skulane bør liggje hos kommunen. Vi meiner at bydelane bør ha skulane.",
            "barnevern": "Nei, men det kan vurderast seinare.",
        },
        {
            "title": "Eksempel på fråsegn frå Fremre bydelsutval", "committee": "Fremre bydelsutval",
            "adopted": "2026-03-02", "vote.result": "majority", "vote.for": "9", "vote.against": "6",
        },
    ),
    "browser": KindOfLetter(
        "pdf", by_browser,
        {
            "skole": "Disse: barnehager, som bydelene har hatt ansvar for lenge, og bør ha ansvar for "
            "også etter at oppgavene er fordelt på nytt, leksehjelp etter skoletid",
            "barnevern": "Nei.",
            "helse": "Ansett flere. Lønn dem bedre.",
            "midler": "Se notatet.",
        },
        {
            "title": "Eksempel på svar fra Fjerde bydelsutvalg", "committee": "Fjerde bydelsutvalg",
            "adopted": "2026-02-23", "vote.result": "unanimous",
        },
    ),
    "close-mail": KindOfLetter(
        "txt", CLOSE_MAIL.encode,
        {
            "skole": "Alle de kan ha.",
            "barnevern": "Nei, det vil vi ikke. Det er sagt før.",
            "helse": "Flere folk. Frist er 5. mars. Den har vi holdt.",
        },
        {
            "title": "Eksempel på en høring om oppgaver", "committee": "Prøve bydelsutvalg",
            "adopted": "2026-03-01", "dated": "2026-03-03",
        },
    ),
    "several-at-once": KindOfLetter(
        "docx", several_at_once,
        {"skole barnevern helse": "Vi svarer på dem under ett.", "midler": "Mer."},
        {
            "title": "Eksempel på svar fra Sjette bydelsutvalg", "committee": "Sjette bydelsutvalg",
        },
    ),
    "table-with-numbers": KindOfLetter(
        "docx", table_with_numbers,
        {
            "skole": "Alt.", "barnevern": "Nei. Det var vi enige om.", "helse": "Flere leger.",
        },
        {
            "title": "Eksempel på svar fra Femte bydelsutvalg", "committee": "Femte bydelsutvalg",
        },
    ),
}  # fmt: skip
