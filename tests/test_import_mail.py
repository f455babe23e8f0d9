"""The head of a mail: facts where it tells them, else left out and told; never text."""

from __future__ import annotations

from pathlib import Path

import pytest
from letter_kinds import CASE, MAIL, SKOLE
from sites import INDEX, faults, project, write

from innspill.importing.blocks import Spot, plain_block
from innspill.importing.command import FileImported, ImportRequest, import_files
from innspill.importing.letter_facts import facts_in
from innspill.importing.mail_head import mail_heads_in
from innspill.importing.plain import read_text

OLDER = f"""\
Fra: Ola Eksempel <ola@eksempel.no>
Til: Kari Eksempel <kari@eksempel.no>; postmottak@eksempel.no; arkiv@eksempel.no;
 enda-en@eksempel.no
Sendt: tirsdag 3. mars 2026 kl. 10.12
Emne: SV: Svar fra Midtre bydelsutvalg (eksempel)

Vedtatt 2. mars 2026.

1. {SKOLE}
Alle de kan ha.

-----Opprinnelig melding-----
From: Byrådsavdeling for eksempler
Sent: Monday, January 5, 2026 9:00 AM
To: Bydelene
Subject: Høring

Svar innen 1. mars 2026.

2. Bør barnevernet organiseres på tvers av bydelene?
"""
OUTLOOK = f"""\
<html><body><p><b>Fra:</b> Kari Eksempel<br><b>Sendt:</b> 14. februar 2026 10:12<br>
<b>Til:</b> Postmottak<br><b>Emne:</b> Uttalelse fra Nye bydelsutvalg (eksempel)</p>
<p>Vedtatt 12. februar 2026.</p><p>1. {SKOLE}</p><p>Fra: neste år, alle.</p></body></html>
"""


def imported(folder: Path, name: str, text: str) -> tuple[FileImported, str]:
    """What became of a letter, and the text of the statement below its front matter."""
    write(folder, {"index.md": INDEX, "sak/index.md": CASE})
    file = folder / name
    file.write_text(text, "utf-8")
    (made,) = import_files(project(folder), ImportRequest((file,), "sak/svar"))
    assert made.written, made.report
    return made, (folder / "content/sak/svar.md").read_text("utf-8").partition("\n---\n")[2]


def test_what_of_a_head_is_no_fact_is_left_out_and_told(tmp_path: Path) -> None:
    made, body = imported(tmp_path, "brev.txt", MAIL)
    assert body.startswith("\nHei!\n")
    told = [str(each) for each in made.report]
    head = "  line 1 of the letter: the head of a mail: “Fra: Kari Eksempel <kari@eksempel.no>”"
    assert head in told
    assert not [each for each in told if "the head of a mail: “Emne" in each]
    assert [each for each in told if "dated: 2026-02-14 – from “Sendt: 14. februar" in each]
    assert not [each for each in faults(tmp_path, {}) if each.severity.name == "ERROR"]


def test_a_head_in_one_paragraph_and_a_text_that_looks_like_one(tmp_path: Path) -> None:
    _, body = imported(tmp_path, "brev.html", OUTLOOK)
    assert body == "\nVedtatt 12. februar 2026.\n\n## Svar {#skole}\n\nFra: neste år, alle.\n"


@pytest.mark.parametrize("head", ["", "Fra: Kari\nEmne: Svar fra Nye bydelsutvalg\n\nHei\n\n"])
def test_a_mail_that_an_answer_quotes_is_text_and_tells_no_fact(head: str, tmp_path: Path) -> None:
    quoted = "Fra: Rektor\n\nTil: Rådet\n\nEmne: Taket\n\nTaket lekker."
    title = "" if head else "Svar fra Nye bydelsutvalg\n\n"
    text = f"{head}{title}Vedtatt 2. mars 2026.\n\n1. {SKOLE}\n\n"
    text += f"En rektor skrev til oss:\n\n{quoted}\n"
    text += "\n2. Bør barnevernet organiseres på tvers av bydelene?\n\nNei.\n"
    made, body = imported(tmp_path, "brev.txt", text)
    assert body.endswith(f"til oss:\n\n{quoted}\n\n## Svar {{#barnevern}}\n\nNei.\n")
    told = "\n".join(map(str, made.report))
    assert "title: Svar fra Nye bydelsutvalg" in told
    assert not [
        key for key in ("dated", "recipient") if f"  {key}: " in told or f": {key}: " in told
    ]


def test_an_older_mail_below_is_told_and_answers_nothing(tmp_path: Path) -> None:
    made, body = imported(tmp_path, "brev.txt", OLDER)
    assert "{#skole}" in body
    assert "{#barnevern}" not in body
    assert "enda-en@" not in body
    assert "From:" not in body
    told = "\n".join(map(str, made.report))
    assert told.count("an older mail stands below") == 1
    assert "the head of a mail: “To: Bydelene”" in told


def test_a_letters_own_date_goes_before_the_day_its_mail_was_sent() -> None:
    letter = "Fra: Kari\nSendt: 14. februar 2026\n\nDato: 12.02.2026\n\nTekst.\n"
    assert facts_in(read_text(letter.encode()).blocks).get("dated") == "2026-02-12"


@pytest.mark.parametrize(
    ("lines", "heads"),
    [
        (("Til: Byrådet", "Fra: Nordre eldreråd", "Emne: Svar"), (range(3),)),
        (("From: A", "Sent: B", "To: C", "Cc: D", "Subject: E", "Text."), (range(5),)),
        (("Fra: A",), ()),
        (("Vi vil flytte disse oppgavene.", "Fra: kommunen", "Til: bydelene"), ()),
        (("En rektor skrev til oss:", "Fra: A", "Sendt: 3. mars 2026", "Emne: B"), ()),
        (("Fra: A", "Emne: B", "Hei", "Fra: C", "Emne: D"), (range(2),)),
        (("Fra: A", "Emne: B", "Hei", "Fra: C", "Dato: 3. mars 2026"), (range(2), range(3, 5))),
        (("Til: Byrådet", "Dato: 1. mars 2026"), ()),
        (("Fra: 2026", "og til 2027"), ()),
        (("Emnet: skole", "Til sammen: 3"), ()),
    ],
)
def test_where_a_head_stands(lines: tuple[str, ...], heads: tuple[range, ...]) -> None:
    blocks = [plain_block(line, Spot(0, at)) for at, line in enumerate(lines)]
    assert mail_heads_in(blocks) == heads
