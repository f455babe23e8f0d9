"""Example committees for tests: one consultation, answered by as many as are asked for.

Each third statement is a draft, each fourth leaves a question out, each fifth answers two
together; the second is in nynorsk, and one committee that was asked says nothing.
"""

from __future__ import annotations

SITE = """\
---
title: Eksempelnettsted
publisher: Eksempel kommune
---

Alt her er eksempler.
"""
TITLES = (
    "Tjenesteproduksjon",
    "Myndighetsutøvelse",
    "Samfunnsutvikling",
    "Lokaldemokratisk arena",
    "Oppgaver til bydelene",
    "Oppgaver ut av bydelene",
)
NAMES = tuple(f"Eksempel {letter} bydelsutvalg" for letter in "ABCDEFGHIJKLMNO")
SILENT = "Eksempel Taus bydelsutvalg"


def consultation(count: int) -> dict[str, str]:
    """A site with one consultation and `count` committees' statements."""
    files = {"index.md": SITE, "sak/index.md": _case(NAMES[:count])}
    for number, name in enumerate(NAMES[:count], 1):
        files[f"sak/{slug(number)}.md"] = _statement(number, name)
    return files


def slug(number: int) -> str:
    """The file's name of a committee, counted from 1."""
    return f"eksempel-{'abcdefghijklmno'[number - 1]}"


def is_joint(number: int) -> bool:
    """Whether a committee answers questions 2 and 3 together."""
    return number % 5 == 0


def leaves_out(number: int) -> bool:
    """Whether a committee does not answer question 4."""
    return number % 4 == 0


def is_draft(number: int) -> bool:
    return number % 3 == 0


def _case(names: tuple[str, ...]) -> str:
    committees = "".join(f"  - {name}\n" for name in (*names, SILENT))
    questions = "".join(
        f"  - id: q-{number}\n    title: {title}\n"
        f"    text: Hva er styrker og svakheter ved {title.lower()} i eksempelet?\n"
        "    guidance: Eksempler på forhold som kan kommenteres er alle forhold i eksempelet.\n"
        for number, title in enumerate(TITLES, 1)
    )
    return (
        "---\ntitle: Eksempel på en høring om oppgavefordelingen\nasked_by: Eksempel byråd\n"
        f"deadline: 2026-03-01\ncommittees:\n{committees}questions:\n{questions}---\n"
    )


def _statement(number: int, name: str) -> str:
    head = f"---\ntitle: Eksempel på uttalelse {number}\ncommittee: {name}\n"
    head += "status: draft\n" if is_draft(number) else "status: adopted\nadopted: 2026-02-10\n"
    head += "lang: nn\n" if number == 2 else ""
    head += "summary:\n"
    body = "\nInnledningen er et eksempel.\n"
    for question in range(1, len(TITLES) + 1):
        if question == 4 and leaves_out(number):
            continue
        if question == 3 and is_joint(number):
            continue
        ids = "#q-2 #q-3" if question == 2 and is_joint(number) else f"#q-{question}"
        head += (
            f"  - about: q-{question}\n    point: Hovedpunkt om spørsmål {question} fra {name}.\n"
            f"    quote: Svaret på spørsmål {question} er et eksempel\n"
        )
        body += _answer(question, ids)
    head += (
        "proposals:\n  - what: Eksempeloppgaven\n    move: to_district\n    force: bør\n"
        "    quote: Eksempeloppgaven bør overføres til bydelene\n"
    )
    return head + "---\n" + body + "\n[^en]: En fotnote om eksempelet.[^to]\n\n[^to]: Enda en.\n"


def _answer(question: int, ids: str) -> str:
    text = f"\n## Svar {{{ids}}}\n\nSvaret på spørsmål {question} er et eksempel.[^en]\n"
    text += "\nEt avsnitt til, med en lenke til [det første](#p1-1) og [saken](index.md).\n"
    if question == 1:
        text += "\n### Nærmere om tjenestene\n\n- Ett punkt[^en]\n    - med et underpunkt\n"
        text += '\n::: mindretall {by="Eksempel parti"}\nDisse medlemmene mener noe annet.\n:::\n'
    if question == 5:
        text += "\nEksempeloppgaven bør overføres til bydelene.\n"
    if question == 6:
        text += "\n| Oppgave | Sted |\n|---|---|\n| Eksempel | Bydel |\n"
    return text
