"""An example site with all that a statement can hold.

Its letter has nested lists, tables over three pages, footnotes, figures, quotations, code,
links, a minority's remark, passages in other languages and a heading of ten lines.
"""

from __future__ import annotations

import io

from PIL import Image
from sites import ANSWERS
from sites import HEAD as DRAFT

DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">
<rect width="90" height="40" fill="teal" opacity="0.5"/>
<g opacity="0.7"><text x="2" y="20" font-size="9" font-family="Hanken Grotesk">Ord</text></g>
</svg>
"""
WHOLE = "sak/alt"
"""The folder that the letter and its PDFs are published in."""
ADDRESS = "https://www.example.org/innspill/"
SITE = """\
---
title: Eksempelnettsted
publisher: Eksempel kommune
---

Alt her er eksempler.
"""
CASE = """\
---
title: Eksempelsak om alt som går an
asked_by: Eksempel byråd
questions:
  - id: en
    title: Det ene
    text: Hva er det ene?
    guidance: Eksempler på forhold som kan kommenteres er alle forhold i eksempelet.
  - id: to
    title: Det andre
    text: Hva er det andre?
  - id: tre
    title: Det tredje
    text: Hva er det tredje?
---
"""
HEAD = """\
---
title: Eksempel på uttalelse med alt i
committee: Kárášjoga gielda, Unjárgga gielda ja Porsáŋggu gielda
status: adopted
adopted: 2026-02-10
dated: 2026-02-12
our_reference: 26/100 - 1
recipient: Eksempel byråd
{more}summary:
  - about: en
    point: Det ene er et eksempel på Čáhcesuolu ja Ŋuorpmat.
    quote: Dette er svaret på det ene
proposals:
  - what: Eksempeloppgaven
    move: to_district
    force: bør
    quote: Eksempeloppgaven bør overføres til bydelene
  - what: Nok en eksempeloppgave
    move: cooperate
    force: kan
    quote: Enda en oppgave kan løses sammen
---
"""
LONG_HEADING = "### " + " ".join(
    f"Oppgavefordelingsvurderingen av tjenesteområde nummer {number} i eksempelkommunen"
    for number in range(1, 13)
)
BODY = """
Innledning med «sitat», tankestrek – og e-post til [eksempelet](mailto:post@example.org).

## Svar {#en}

Dette er svaret på det ene.[^en] **Fet skrift**, *kursiv*, `kode` og en
[lenke med et navn som går over to
linjer på papiret, og vel så det når det er trangt](https://www.example.org/et/sted).
[Ruoŧagiella lea suohtas, Čáhcesuolu ja Ŋuorpmat]{lang=se} står her, og
[this is in English]{lang=en}.

- Ett punkt[^to]
    - med et underpunkt som er så langt at det går over flere linjer på papiret, slik at
      oppgavefordelingsvurderingen deles
        - og et under det igjen
    - og ett til
- Et punkt til

    Med et avsnitt i seg.

    1. Først
    2. Så

    Og et avsnitt etter.

1. Nummerert
2. Videre nummerert

> Et sitat med to avsnitt.
>
> Det andre avsnittet i sitatet.

```
def eksempel():
    return "kode"
```

![Et kart med to flater](kart.png "Figurteksten under kartet")

![En flate uten tekst under](flate.jpg)

![En tegning med skrift](tegning.svg)

Et bilde ![lite ikon](kart.png) midt i en linje. Eksempeloppgaven bør overføres til bydelene.

::: mindretall {by="Eksempel parti"}
Disse medlemmene mener noe annet.

- Og har et punkt.
:::

__LONG_HEADING__

Et avsnitt under den lange overskriften. Enda en oppgave kan løses sammen.

## Svar {#to}

Tabellen går over tre sider.

| Nummer | Oppgave | Sted | Beløp |
|---|:---|:---:|---:|
__ROWS__

Etter tabellen kommer et avsnitt som nevner [det første](#p1-1).

| Oppgave | Sted |
|---|---|
| Oppgave | Sted |
| | Tom til venstre |

## Svar {#tre}

__PARAGRAPHS__

[^en]: Den første fotnoten, med en [lenke](https://www.example.org/).

[^to]: Den andre fotnoten.

    Med to avsnitt.
"""


def everything(more: str = "", rows: int = 60) -> dict[str, str | bytes]:
    """The site's files; `more` goes into the statement's front matter."""
    table = "\n".join(
        f"| {number} | Eksempeloppgave {number} med forholdsvis lang tekst som går over linjer "
        f"| Bydel | {number},50 |"
        for number in range(1, rows + 1)
    )
    paragraphs = "\n\n".join(
        f"Avsnitt {number}: "
        + " ".join(["Oppgavefordelingen mellom bydelene vurderes sammenhengende."] * 4)
        for number in range(1, 8)
    )
    body = BODY.replace("__LONG_HEADING__", LONG_HEADING)
    body = body.replace("__ROWS__", table).replace("__PARAGRAPHS__", paragraphs)
    return {
        "index.md": SITE,
        "sak/index.md": CASE,
        "sak/alt.md": HEAD.replace("{more}", more) + body,
        "sak/kart.png": picture("PNG"),
        "sak/tegning.svg": DRAWING,
        "sak/flate.jpg": picture("JPEG"),
    }


def with_the_rest_of_a_site() -> dict[str, str | bytes]:
    """The same letter, its table short, and a site with all else that one may hold."""
    more = (
        "attachments:\n  - {file: vedlegg/tall æ.csv, title: Tallene}\n"
        "aliases: [gammel/uttalelse]\nvote: {result: majority, for: 9, against: 6}\n"
        "minutes: to_follow\nyour_reference: 25/9\n"
        "case_officer: Eksempel Saksbehandler\n"
    )
    files = everything(more, rows=12)
    address = f"url: {ADDRESS}\naccessibility_declaration: https://uustatus.no/x?y=1\npublisher"
    attached = "attachments:\n  - {file: brev.pdf, title: Brevet}\nquestions"
    draft = DRAFT.replace("adopted", "draft").replace("Eksempel bydels", "Eksempel utkast")
    return files | {
        "index.md": SITE.replace("publisher", address),
        "om/eksempel.md": "---\ntitle: Eksempel på en side\nlang: en\n---\n\nAn example.\n",
        "sak/index.md": CASE.replace("questions", attached, 1),
        "sak/utkast.md": draft + ANSWERS,
        "sak/brev.pdf": b"%PDF-1.4 eksempel",
        "sak/vedlegg/tall æ.csv": b"a;b\n" * 400_000,
    }


def picture(form: str, size: tuple[int, int] = (60, 30), mode: str = "") -> bytes:
    """A small picture of two surfaces; a PNG has a half transparent one."""
    image = Image.new(mode or ("RGBA" if form == "PNG" else "RGB"), size, 0x80)
    image.paste(0, (0, 0, size[0] // 2, size[1]))
    data = io.BytesIO()
    image.save(data, form)
    return data.getvalue()
