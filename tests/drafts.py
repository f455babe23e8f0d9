"""Repositories of drafts, for tests: the real letter's, and one with every kind of change.

The letter was adopted as it stands; every other version of it here is an example.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from everything import picture
from repositories import Repo, begun
from sites import CASE, CONTENT, HEAD, INDEX

LETTER = "oppgavefordeling-2024/alna.md"
CASES = Path(__file__).parent / "redlines"

Edit = tuple[str, str]

BPA = """\
- Bydelen har et lite omfang av brukerstyrt personlig assistanse (BPA).
  Dette er en tjeneste som bør vurderes å legge sentralt.

"""
FURUSET = """\
Erfaringen fra Furuset og Haugerud viser betydningen av samordning mellom fysisk planlegging \
og sektorbaserte behovsplaner som skolebehovsplan, behovsplan for idrett, friluftsliv samt \
boliger mm.

"""
STRUCK = "\n\nEksempel på et avsnitt som ble strøket: Bydelen ber om mer tid til å utrede dette."

TO_DRAFT: Sequence[Edit] = (
    ("status: adopted\nadopted: 2024-03-21\nvote:\n  result: unanimous\n", "status: draft\n"),
    ("minutes: to_follow\n", ""),
    ("Uttalelsen nedenfor ble enstemmig vedtatt.\n", ""),
    ("force: bør\n    quote: bør sykehjem", "force: kan\n    quote: kan sykehjem"),
    ("innbyggere bør sykehjem", "innbyggere kan sykehjem"),
    ("i 2024 om lag 50 000 innbyggere", "i 2023 om lag 49 000 innbyggere"),
    (BPA, ""),
    (
        "- Sentralisering av enkelte oppgaver knyttet",
        BPA + "- Sentralisering av enkelte oppgaver knyttet",
    ),
    (FURUSET, ""),
    ("\nAndre steder er boligområder", "\n\nAndre steder er boligområder"),
    ("hvilken bydel man bor i.", "hvilken bydel man bor i." + STRUCK),
)
"""What the example draft has otherwise than the letter."""
AMENDED: Sequence[Edit] = (
    ("  - what: TT-ordningen\n", "  - what: TT-ordningen og transport\n"),
    ("innbyggere kan sykehjem", "innbyggere må sykehjem"),
    ("quote: kan sykehjem", "quote: må sykehjem"),
    ("force: kan\n    quote: må sykehjem", "force: må\n    quote: må sykehjem"),
)
"""What the example amendments changed besides, of which not all was adopted."""


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A text with each edit made, wherever it applies; every one does."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


def letter_repository(root: Path, front: str = "lang: nb\n") -> Repo:
    """The letter's example history: draft, amendments, adopted, a correction of the minutes."""
    repo = begun(root)
    letter = (CONTENT / LETTER).read_text(encoding="utf-8").replace("lang: nb\n", front)
    others = {
        path.relative_to(CONTENT).as_posix(): path.read_text(encoding="utf-8")
        for path in CONTENT.rglob("*.md")
        if path != CONTENT / LETTER
    }
    draft = edited(letter, TO_DRAFT)
    repo.commit({**others, LETTER: draft}, "Utkast (eksempel)", "2024-03-07")
    repo.tag("utkast")
    repo.commit({LETTER: edited(draft, AMENDED)}, "Endringsforslag (eksempel)", "2024-03-14")
    repo.commit({LETTER: letter}, "Vedtatt", "2024-03-21")
    repo.tag("vedtatt")
    final = letter.replace("minutes: to_follow", "minutes: final\ncompare_with: utkast")
    repo.commit({LETTER: final}, "Retting: protokollen er endelig (eksempel)", "2024-04-11")
    return repo


def every_change(root: Path) -> Repo:
    """One statement whose draft was changed in every way of the table of cases."""
    repo = begun(root)
    texts: dict[str, list[str]] = {"before": [], "after": []}
    for number, case in enumerate(sorted(CASES.glob("*.txt"))):
        parts = re.split(r"^=== (.*)\n", case.read_text(encoding="utf-8"), flags=re.MULTILINE)
        sections = dict(zip(parts[1::2], parts[2::2], strict=True))
        if "{#" not in sections["before"]:
            for name, some in texts.items():
                some.append(sections[name].replace("[^", f"[^{number}"))
    head = HEAD.replace("status: adopted", "status: adopted\ncompare_with: utkast")
    files = {"index.md": INDEX, "sak/index.md": CASE}
    pictures = {"sak/kart.png": picture("PNG"), "sak/graf.png": picture("PNG")}
    answers = "\n\n## Svar {#en #to}\n\nDette er svaret.\n\n"
    before, after = (answers + "\n\n".join(some) for some in texts.values())
    repo.commit({**files, **pictures, "sak/eksempel.md": head + before}, "Utkast", "2024-03-07")
    repo.tag("utkast")
    repo.commit({"sak/eksempel.md": head + after}, "Vedtatt", "2024-03-21")
    return repo
