"""An example site with one of everything that a statement may hold, plainly an example."""

from __future__ import annotations

import struct
import zlib

from sites import ANSWERS, CASE, HEAD, INDEX

ADDRESS = "https://www.example.org/innspill/"

LONG_HEADING = (
    "Eksempel på en overskrift som er så lang at den går over mange linjer: "
    "helsefremmende nærmiljøarbeid, arbeidsmarkedstiltak, barnevernsinstitusjoner, "
    "eldreomsorgsplanlegging, flyktningtjenestesamarbeid og gatebelysningsvedlikehold"
)
STATEMENT = f"""\
---
title: Eksempel på alt som en uttalelse kan ha
committee: Eksempel bydelsutvalg
recipient: Eksempel byråd
status: adopted
adopted: 2026-02-10
dated: 2026-02-12
our_reference: 26/1 - 2
your_reference: 25/9
case_officer: Eksempel Saksbehandler
vote:
  result: majority
  for: 9
  against: 6
minutes: to_follow
attachments:
  - file: vedlegg/tall æ.csv
    title: Tallene
aliases: [gammel/uttalelse]
summary:
  - about: general
    point: Eksempelet viser hver form som en uttalelse kan ha.
    quote: Eksempelet har alt
  - about: en
    point: Det bør bli slik som eksempelet sier.
    quote: det bør bli slik
proposals:
  - what: Eksempeloppgaven
    move: to_district
    force: bør
    quote: det bør bli slik
  - what: En annen oppgave
    move: other
    force: kan vurderes
    quote: Oppgaven kan vurderes på nytt
---

Eksempelet har alt: *trykk*, **mer trykk**, `kode`, en [lenke til saken](index.md), en
[lenke ut](https://www.example.org/), en fotnote[^en] og ord på et annet språk,
[Oslo gielda]{{lang=se}}.

## {LONG_HEADING}

> Et sitat fra et eksempel.
>
> Det har to avsnitt.

1. Det første av tre
2. Det andre
   - med et underpunkt
     - og ett under det
   - og ett til
3. Det tredje

```
kode = "et eksempel"
```

![Et grått bilde, som er et eksempel](bilde.png)

## Svar {{#en}}

Dette er svaret på det ene, og det bør bli slik. Šalđi lea čáhppes: Eŋgeláš ŧ.

### Tabellen

| Oppgave | Sted | Antall |
|:---|:---:|---:|
{{ROWS}}

::: mindretall {{by="Eksempel parti A og B"}}
Disse medlemmene er uenige.[^to]
:::

## Svar {{#to}}

Oppgaven kan vurderes på nytt.

[^en]: En fotnote, med [en lenke](#p1-1).
[^to]: Enda en fotnote.
"""


def full_site(rows: int = 12) -> dict[str, str | bytes]:
    """The site's files: an address, attachments, an old address, a full statement and a draft.

    Its table has as many rows as asked for.
    """
    table = "\n".join(f"| Eksempeloppgave {row} | Bydel | {row} |" for row in range(1, rows + 1))
    site = INDEX.replace(
        "publisher",
        f"url: {ADDRESS}\naccessibility_declaration: https://uustatus.no/x?y=1\npublisher",
    )
    case = CASE.replace("questions", "attachments:\n  - {file: brev.pdf, title: Brevet}\nquestions")
    draft = HEAD.replace("adopted", "draft").replace("Eksempel bydels", "Eksempel utkast")
    return {
        "index.md": site,
        "om/eksempel.md": "---\ntitle: Eksempel på en side\nlang: en\n---\n\nAn example.\n",
        "sak/index.md": case,
        "sak/eksempel.md": STATEMENT.replace("{ROWS}", table),
        "sak/utkast.md": draft + ANSWERS,
        "sak/brev.pdf": b"%PDF-1.4 eksempel",
        "sak/bilde.png": grey_png(320, 120),
        "sak/vedlegg/tall æ.csv": b"a;b\n" * 400_000,
    }


def grey_png(width: int, height: int) -> bytes:
    """A grey picture of so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + b"\x99" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
