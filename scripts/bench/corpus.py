"""The corpus that all is measured with: plainly examples, each different, the same every time.

Statements of 20 KB in consultations of fifteen, each with six questions, a summary with
evidence, proposals, lists, a table, footnotes and links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

TOGETHER = 15
"""How many statements a consultation has."""
QUESTIONS = 6
PARAGRAPHS = 6
"""How many an answer has."""
SENTENCES = 7
"""How many a paragraph has."""
STATEMENT = "sak-0000/eksempel-00.md"
"""The first statement's path."""

SITE = "---\ntitle: Eksempelnettsted\npublisher: Eksempel kommune\n---\n\nAlt her er eksempler.\n"
NOUNS = tuple(
    each.strip()
    for each in [
        "\n    tjenestene",
        " barnehagene",
        " skolene",
        " omsorgen",
        " helsetilbudet",
        " frivilligheten",
        " parkene",
        " veiene",
        "\n    bibliotekene",
        " bydelene",
        " nærmiljøet",
        " innbyggerne",
        " samarbeidet",
        " oppgavene",
        " budsjettet",
        " planene\n    ",
    ]
)
VERBS = ("styrker", "krever", "gir", "svekker", "samler", "endrer", "fordeler", "vurderer")
REST = (
    "i hele byen etter behov",
    "over flere år",
    "for alle som bor der",
    "med lokal kunnskap",
    "uten nye midler",
    "ved neste rullering",
    "på tvers av grensene",
    "som i dette eksempelet",
)


def corpus(count: int) -> Iterator[tuple[str, str]]:
    """Each file's path inside `content/`, and its text, for so many statements."""
    yield "index.md", SITE
    for number in range(count):
        case, place = divmod(number, TOGETHER)
        if not place:
            yield f"sak-{case:04}/index.md", _case(case)
        yield f"sak-{case:04}/eksempel-{place:02}.md", statement(number)


def write_corpus(content: Path, count: int) -> None:
    """Writes the corpus into a folder."""
    for name, text in corpus(count):
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def statement(number: int, word: str = "") -> str:
    """The text of one statement; `word` is a paragraph of its own in front."""
    place = number % TOGETHER
    points = "".join(
        f"  - about: q-{question}\n    point: Hovedpunkt om spørsmål {question}.\n"
        f"    quote: {_claim(number, question)}\n"
        for question in range(1, QUESTIONS + 1)
    )
    head = (
        f"---\ntitle: Eksempel på uttalelse {number}\ncommittee: Eksempel {place} bydelsutvalg\n"
        f"status: adopted\nadopted: 2026-02-10\nsummary:\n{points}proposals:\n"
        f"  - what: Eksempeloppgaven\n    move: to_district\n    force: bør\n"
        f"    quote: Eksempeloppgave {number} bør overføres til bydelene\n---\n"
    )
    answers = "".join(_answer(number, question) for question in range(1, QUESTIONS + 1))
    return (
        f"{head}\n{word}\n{answers}\nEksempeloppgave {number} bør overføres til bydelene.\n"
        "\n[^en]: En fotnote om eksempelet.\n"
    )


def paragraphs(seed: str, count: int) -> str:
    """So many paragraphs, which hang on `seed` alone."""
    return "\n\n".join(_paragraph(f"{seed}/{each}") for each in range(count))


def _case(case: int) -> str:
    questions = "".join(
        f"  - id: q-{question}\n    title: Eksempelspørsmål {question}\n"
        f"    text: Hva er styrker og svakheter ved eksempel {question}?\n"
        for question in range(1, QUESTIONS + 1)
    )
    return f"---\ntitle: Eksempelsak {case}\nasked_by: Eksempel byråd\nquestions:\n{questions}---\n"


def _claim(number: int, question: int) -> str:
    return f"Det viktigste i svar {question} fra utvalg {number} er et eksempel"


def _answer(number: int, question: int) -> str:
    seed = f"{number}/{question}"
    return (
        f"\n## Svar {{#q-{question}}}\n\n{_claim(number, question)}.[^en]\n\n"
        f"{paragraphs(seed, PARAGRAPHS)}\n\n"
        f"### Nærmere om eksempel {question}\n\n"
        f"- {_sentence(seed + 'a')}\n    - {_sentence(seed + 'b')}\n- {_sentence(seed + 'c')}\n\n"
        f"Se også [det første](#p1-1) og [saken](index.md), *særlig* **her**.\n\n"
        f"| Oppgave | Sted |\n|---|---|\n| {_sentence(seed + 'd')} | Bydel |\n"
    )


def _paragraph(seed: str) -> str:
    return " ".join(_sentence(f"{seed}/{each}") for each in range(SENTENCES))


def _sentence(seed: str) -> str:
    a, b, c, d, e, *_ = hashlib.sha256(seed.encode()).digest()
    return (
        f"{NOUNS[a % 16].capitalize()} {VERBS[b % 8]} {NOUNS[c % 16]} og {NOUNS[d % 16]} "
        f"{REST[e % 8]}."
    )
