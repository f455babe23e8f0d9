"""Work grows in proportion to what there is, along each axis: of two times as much, twice.

Counted are the calls of each function by itself, so that one that looks through all for each
shows where there is little yet, and the bytes that are written.
"""

from __future__ import annotations

import cProfile
from collections import Counter
from collections.abc import Callable, Mapping
from gettext import NullTranslations
from pathlib import Path
from types import CodeType

import pytest
from everything import picture
from repositories import begun, git
from sites import INDEX, project, tree, write

from innspill.build import build
from innspill.compose.compose import MENU
from innspill.diagnostics import as_text
from innspill.project import BuildOptions

MOST = 2.2
"""How many times as much may be done for twice as much."""
FEW = 100
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
ATTACHED = "  - file: v@.pdf\n    title: Vedlegg @\n"

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
    "free pages": lambda n: site(
        more=files(n + MENU, "om/s@.md", lambda n: f"---\ntitle: S {n}\n---\n")
    ),
    "attachments of a statement": lambda n: site(
        letter=letter(head=listed("attachments", n, ATTACHED)),
        more=files(n, "sak/v@.pdf", lambda _: PDF),
    ),
    "attachments of a consultation": lambda n: site(
        case(head=listed("attachments", n, ATTACHED)),
        more=files(n, "sak/v@.pdf", lambda _: PDF),
    ),
    "files that are linked to": lambda n: site(
        letter=letter(body=each(n, "\nSe [fil @](v@.pdf).\n")),
        more=files(n, "sak/v@.pdf", lambda _: PDF),
    ),
    "images": lambda n: site(
        letter=letter(body=each(n, "\n![Bilde @](b@.png)\n")),
        more=files(n, "sak/b@.png", lambda n: picture("PNG", (n + 8, 8))),
    ),
    "questions": lambda n: site(case(n), letter(questions=n)),
    "questions that some leave out": lambda n: site(case(n + 2), more=letters(3)),
    "statements": lambda n: site(more=letters(n)),
    "statements with a proposal": lambda n: site(
        more=letters(n, listed("proposals", 1, PROPOSED), "\nSå 0 Oppgaven bør flyttes.\n")
    ),
    "statements of those who were asked": lambda n: site(
        case(head=listed("committees", n, "  - Utvalg @\n")), more=letters(n)
    ),
    "committees that say nothing": lambda n: site(
        case(head=listed("committees", n, "  - Taus @\n")), more=letters(2)
    ),
    "committees that have only a draft": lambda n: site(
        case(head=listed("committees", n, "  - Utvalg @\n") + "publish_drafts: true\n"),
        more={path: str(text).replace("adopted", "draft") for path, text in letters(n).items()},
    ),
    "committees that were not asked": lambda n: site(
        case(head=listed("committees", n, "  - Annet @\n")), more=letters(n)
    ),
    "consultations": lambda n: site(
        more={
            **files(n, "sak@/index.md", lambda n: case().replace("sak", f"sak {n}")),
            **files(n, "sak@/a.md", lambda n: letter(f"Utvalg {n}")),
        }
    ),
    "statements of an agenda": lambda n: site(
        case(head=listed("agenda", n, "  - u@\n")), more=letters(n)
    ),
    "links to one page": lambda n: site(more=letters(n, body="\nSe [den](a.md#p1-1).\n")),
    "links to pages": lambda n: site(
        letter=letter(body=each(n, "\nSe [den](u@.md).\n")), more=letters(n)
    ),
    "old addresses": lambda n: site(letter=letter(head=listed("aliases", n, "  - gammel/@\n"))),
    "points": lambda n: site(
        letter=letter(
            head=listed(
                "summary", n, "  - about: general\n    point: P @\n    quote: Avsnitt @ her\n"
            ),
            body=each(n, "\nAvsnitt @ her.\n"),
        )
    ),
    "paragraphs": lambda n: site(letter=letter(body=each(n, "\nAvsnitt @.\n"))),
    "footnotes": lambda n: site(
        letter=letter(body=each(n, "\nAvsnitt.[^@]\n") + each(n, "\n[^@]: Note.\n"))
    ),
    "files that nothing uses": lambda n: site(more=files(n, "gammelt/f@.pdf", lambda _: PDF)),
    "faults in a file": lambda n: site(letter=letter(body=each(n, "\nEt <b>ord</b> her.\n"))),
    "links to what is not there": lambda n: site(letter=letter(body=each(n, "\n[Se](b@.md)\n"))),
    "links in other capitals": lambda n: site(
        letter=letter(body=each(n, "\n[Se](V@.pdf)\n")),
        more=files(n, "sak/v@.pdf", lambda _: PDF),
    ),
    "files with a fault": lambda n: site(more=letters(n, body="\nEt <b>ord</b> her.\n")),
    "points about no question": lambda n: site(
        case(n),
        letter(head=listed("summary", n, "  - about: x@\n    point: P\n    quote: Svar på 1\n")),
    ),
}
"""By what grows, a site with so much of it."""


def tags(count: int) -> list[str]:
    """The names of so many versions of a statement, each of its own day."""
    return [f"sak/a/2024-{n // 28 + 1:02}-{n % 28 + 1:02}-utgave" for n in range(count)]


def tagged(root: Path, count: int) -> None:
    """A statement with so many versions."""
    repo = begun(root)
    for number, tag in enumerate(tags(count)):
        repo.commit(site(letter=letter(body=f"\nUtgave {number}.\n")))
        repo.tag(tag)


def each_tagged(root: Path, count: int) -> None:
    """So many statements, with a version each and a new name since."""
    repo = begun(root)
    repo.commit(site(more=letters(count)))
    for number in range(count):
        repo.tag(f"sak/u{number}/2024-01-01-utgave")
        git(root, "mv", f"content/sak/u{number}.md", f"content/sak/v{number}.md")
    repo.commit({})


def compared(root: Path, count: int) -> None:
    """So many statements, each compared with what it was."""
    repo = begun(root)
    repo.commit(site(more=letters(count)))
    repo.tag("utkast")
    repo.commit(letters(count, "compare_with: utkast\n", "\nMer.\n"))


def changed(root: Path, count: int) -> None:
    """A statement that so many commits have changed."""
    repo = begun(root)
    for number in range(count):
        repo.commit(site(letter=letter(body=f"\nUtgave {number}.\n")))


def withdrawn(root: Path, count: int) -> None:
    """A statement of which so many versions were withdrawn."""
    repo = begun(root)
    gone = "".join(f"  - tag: {e}\n    date: 2025-01-01\n    why: Feil.\n" for e in tags(count))
    repo.commit(site(letter=letter(head=f"withdrawn:\n{gone}")))
    for tag in tags(count):
        repo.tag(tag)


IN_GIT = (tagged, each_tagged, compared, changed, withdrawn)


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Loads what is loaded once, so that it counts in no test."""
    for axis in ("free pages", "attachments of a statement", "images", "files with a fault"):
        work_on(write(tmp_path_factory.mktemp("site"), AXES[axis](1)))
    for made in IN_GIT:
        folder = tmp_path_factory.mktemp("repository")
        made(folder, 1)
        work_on(folder)


@pytest.mark.parametrize("axis", AXES)
def test_work_grows_with_what_there_is(axis: str, tmp_path: Path) -> None:
    def work(count: int) -> Counter[str]:
        return work_on(write(tmp_path / str(count), AXES[axis](count)))

    assert grown(work, 12) == {}


@pytest.mark.parametrize("made", IN_GIT)
def test_work_grows_with_what_git_knows(made: Callable[[Path, int], None], tmp_path: Path) -> None:
    def work(count: int) -> Counter[str]:
        made(tmp_path / str(count), count)
        return work_on(tmp_path / str(count))

    assert grown(work, 7) == {}


def grown(work: Callable[[int], Counter[str]], count: int) -> dict[str, tuple[int, int]]:
    """What is done more than twice as often for twice as much, each with how often."""
    work(1)  # what is loaded once counts for none
    least, once, twice = (work(2 + more) for more in (0, count, 2 * count))
    found = {name: (once[name] - least[name], twice[name] - least[name]) for name in twice}
    return {name: (n, m) for name, (n, m) in found.items() if m > MOST * max(n, 0) + FEW}


def work_on(folder: Path) -> Counter[str]:
    """How often each function is called to build a site and tell its faults, and what it writes."""
    place = project(folder)
    with cProfile.Profile() as profile:
        built = build(place, BuildOptions(with_pdf=False, jobs=1), lambda *_: None)
        as_text(built.checked.diagnostics, built.checked.texts, NullTranslations())
    done = calls(profile)
    written = tree(folder / "build") if built.published else {}
    done["thousand bytes"] = sum(map(len, written.values())) // 1000
    return done


def calls(profile: cProfile.Profile) -> Counter[str]:
    """How often each function was called."""
    done: Counter[str] = Counter()
    for called in profile.getstats():
        done[_name(called.code)] += called.callcount
    return done


def _name(code: CodeType | str) -> str:
    if isinstance(code, str):
        return code
    return f"{Path(code.co_filename).name}:{code.co_firstlineno} {code.co_name}"
