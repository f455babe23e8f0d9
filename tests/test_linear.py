"""Work grows in proportion to what there is, along each axis: of two times as much, twice.

Counted are the calls of each function by itself, so that one that looks through all for each
shows where there is little yet, and the bytes that are written.
"""

from __future__ import annotations

import cProfile
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from gettext import NullTranslations
from pathlib import Path
from types import CodeType

import pytest
from sites import INDEX, made_here, project, tree, write

from innspill.build import build
from innspill.diagnostics import as_text
from innspill.project import BuildOptions

MOST = 2.2
"""How many times as much may be done for twice as much."""
FEW = 60
"""So many calls more are no growth."""

Files = Mapping[str, str | bytes]
PDF = b"%PDF-1.4 eksempel"


def case(questions: int = 2, head: str = "") -> str:
    asked = "".join(
        f"  - id: q-{each}\n    title: Eksempel {each}\n    text: Hva er nummer {each}?\n"
        for each in range(1, questions + 1)
    )
    front = f"title: Eksempelsak\nasked_by: Eksempel byråd\n{head}questions:\n{asked}"
    return f"---\n{front}---\n"


def letter(name: str = "Eksempel", head: str = "", body: str = "", questions: int = 2) -> str:
    answers = "".join(f"\n## Svar {{#q-{e}}}\n\nSvar på {e}.\n" for e in range(1, questions + 1))
    front = f"title: Eksempel på uttalelse\ncommittee: {name}\nstatus: adopted\n{head}"
    return f"---\n{front}---\n{answers}{body}"


def site(case: str = case(), letter: str = letter(), more: Files | None = None) -> Files:
    return {"index.md": INDEX, "sak/index.md": case, "sak/a.md": letter, **(more or {})}


def each(count: int, text: str) -> str:
    """A text for each number, in the place of `@`."""
    return "".join(text.replace("@", str(number)) for number in range(count))


def files(count: int, name: str, data: Callable[[int], str | bytes]) -> Files:
    """A file for each number, which stands in its name in the place of `@`."""
    return {name.replace("@", str(number)): data(number) for number in range(count)}


def letters(count: int, head: str = "", body: str = "") -> Files:
    return files(count, "sak/u@.md", lambda n: letter(f"Utvalg {n}", head, body))


def listed(key: str, count: int, entry: str) -> str:
    return f"{key}:\n{each(count, entry)}"


PROPOSED = (
    "  - what: Oppgave @\n    move: other\n    force: bør\n    quote: @ Oppgaven bør flyttes\n"
)
OVERLAPPING = "  - about: general\n    point: P @\n    quote: @ Oppgaven bør flyttes. Også\n"

AXES: dict[str, Callable[[int], Files]] = {
    "proposals in one paragraph": lambda n: site(
        letter=letter(
            head=listed("proposals", n, PROPOSED),
            body="\n" + each(n, "Så @ Oppgaven bør flyttes.\n"),
        )
    ),
    "points of which marks overlap": lambda n: site(
        letter=letter(
            head=listed("summary", n, OVERLAPPING) + listed("proposals", n, PROPOSED),
            body="\n" + each(n, "Så @ Oppgaven bør flyttes. Også det.\n"),
        )
    ),
    "quotes of one point": lambda n: site(
        letter=letter(
            head="summary:\n  - about: general\n    point: P\n"
            + listed("    quote", n, "      - Avsnitt @ her\n"),
            body=each(n, "\nAvsnitt @ her.\n"),
        )
    ),
}
"""By what grows, a site with so much of it."""


@pytest.mark.parametrize("axis", AXES)
def test_work_grows_with_what_there_is(axis: str, tmp_path: Path, fonts: Path) -> None:
    def work(count: int) -> Counter[str]:
        return work_on(write(tmp_path / str(count), AXES[axis](count)), fonts)

    assert grown(work, 12) == {}


def grown(work: Callable[[int], Counter[str]], count: int) -> dict[str, tuple[int, int]]:
    """What is done more than twice as often for twice as much, each with how often."""
    work(1)  # what is loaded once counts for none
    least, once, twice = (work(2 + more) for more in (0, count, 2 * count))
    found = {name: (once[name] - least[name], twice[name] - least[name]) for name in twice}
    return {name: (n, m) for name, (n, m) in found.items() if m > MOST * max(n, 0) + FEW}


def work_on(folder: Path, fonts: Path) -> Counter[str]:
    """How often each function is called to build a site and tell its faults, and what it writes."""
    store = made_here(shutil.copytree(fonts, folder / ".innspill"))
    place = project(folder, store=store)
    with cProfile.Profile() as profile:
        built = build(place, BuildOptions(with_pdf=False, jobs=1), lambda *_: None)
        as_text(built.checked.diagnostics, built.checked.texts, NullTranslations())
    done: Counter[str] = Counter()
    for called in profile.getstats():
        done[_name(called.code)] += called.callcount
    written = tree(folder / "build") if built.published else {}
    done["thousand bytes"] = sum(map(len, written.values())) // 1000
    return done


def _name(code: CodeType | str) -> str:
    if isinstance(code, str):
        return code
    return f"{Path(code.co_filename).name}:{code.co_firstlineno} {code.co_name}"
