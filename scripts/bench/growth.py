"""How the cost of a build grows along each axis: n, 2n and 4n of one thing, all else the same.

The exponent is the slope of the processor's seconds above those of a site with none of it, both
on logarithmic scales: 1 where twice as much costs twice as much, 2 where it costs four times.
"""

from __future__ import annotations

import math
import shutil
import statistics
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from letters import FIRST, SITE, Size, copies, copy, write
from pages import BUILD, INNSPILL, Say
from results import OURS, Results
from running import Run, run

PART = "growth"
STEPS = (0, 1, 2, 4)
LITTLE = 0.05
"""Seconds; what costs less than this above nothing is lost in what each run differs by."""
CHECK = (*INNSPILL, "check", "--quiet")
"""Of a site whose numbers are those of its faults."""
BUILD_PAGES = (*BUILD, "--no-pdf", "--jobs", "1")
BEGAN = 1_600_000_000
"""When the first commit was made, in seconds of POSIX time; the others follow by the hour."""

Files = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Axis:
    """What there is more and more of."""

    name: str
    n: int
    make: Callable[[Path, int], None]
    """Writes a project with so many of it."""
    command: tuple[str, ...] = BUILD_PAGES


def measure_growth(work: Path, rounds: int, share: float, results: Results, say: Say) -> None:
    """Builds each site so many times; `share` makes all sites smaller."""
    for axis in AXES:
        n = max(1, round(axis.n * share))
        sizes = [n * step for step in STEPS]
        for size in sizes:
            axis.make(work / f"{size}", size)
        for _ in range(rounds):
            for size in sizes:
                folder = work / f"{size}"
                for made in ("build", ".innspill"):
                    shutil.rmtree(folder / made, ignore_errors=True)
                expected = int(axis.command == CHECK)
                taken = run(axis.command, folder, expected=expected)
                results.add(PART, f"{axis.name}: {size}", OURS, taken)
        for size in sizes:
            shutil.rmtree(work / f"{size}")
        say(f"{axis.name}: {told(figures(results, axis.name))}")


def figures(results: Results, axis: str) -> dict[int, Run]:
    """Each number that was measured, none of it first, and what it took."""
    named = [case.rpartition(": ") for case in results.parts.get(PART, {})]
    sizes = sorted(int(size) for name, _, size in named if name == axis)
    runs = {size: results.get(PART, f"{axis}: {size}") for size in sizes}
    return {size: taken for size, taken in runs.items() if taken}


def exponent(found: dict[int, Run]) -> float | None:
    """The slope above the first, which has none of it; None where that is too little to tell."""
    if len(found) < len(STEPS) or 0 not in found:
        return None
    above = {size: taken.cpu - found[0].cpu for size, taken in found.items() if size}
    costs = list(above.values())
    if costs[0] < LITTLE or costs != sorted(costs):
        return None
    points = [(math.log(size), math.log(cost)) for size, cost in above.items()]
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def told(found: dict[int, Run]) -> str:
    """The seconds of each number, and the exponent."""
    costs = ", ".join(f"{size:,}: {taken.cpu:.2f} s" for size, taken in found.items())
    slope = exponent(found)
    return f"{costs}; {'too little to tell' if slope is None else f'exponent {slope:.2f}'}"


def _statements(folder: Path, n: int) -> None:
    write(folder / "content", copies(Size(n, max(n, 1))))


def _small(folder: Path, front: str, body: str, more: Files = ()) -> None:
    """A consultation with one question, and one statement."""
    question = "questions:\n  - id: en\n    title: Det ene\n    text: Hva er det ene?\n"
    head = "title: Eksempel\ncommittee: Eksempel bydelsutvalg\nstatus: adopted\n"
    files = {
        "index.md": SITE,
        "sak/index.md": f"---\ntitle: Eksempelsak\nasked_by: Eksempel\n{question}---\n",
        "sak/eksempel.md": f"---\n{head}{front}---\n\n## Svar {{#en}}\n\n{body}\n",
    }
    write(folder / "content", files.items())
    write(folder / "content", more)


def _listed(key: str, lines: Iterator[str]) -> str:
    """A list in front matter; nothing where it is empty."""
    text = "".join(lines)
    return f"{key}:\n{text}" if text else ""


def _proposals(folder: Path, n: int) -> None:
    claims = [f"Oppgave {number:04} bør overføres til bydelene" for number in range(n)]
    front = (
        f"  - what: Eksempel\n    move: to_district\n    force: bør\n    quote: {claim}\n"
        for claim in claims
    )
    body = "Her er forslagene. " + " ".join(f"{claim}." for claim in claims)
    _small(folder, _listed("proposals", front), body)


def _free_pages(folder: Path, n: int) -> None:
    text = "---\ntitle: Eksempelside {0}\n---\n\nDette er eksempel {0}.\n"
    pages = ((f"om/side-{number:04}.md", text.format(number)) for number in range(n))
    _small(folder, "", "Et svar.", pages)


def _attachments(folder: Path, n: int) -> None:
    names = [f"vedlegg-{number:04}.csv" for number in range(n)]
    links = " ".join(f"[vedlegg]({name})" for name in names)
    _small(folder, "", f"Et svar. {links}", ((f"sak/{name}", f"tall\n{name}\n") for name in names))


def _questions(folder: Path, n: int) -> None:
    _small(folder, "", "Et svar.")
    questions = "".join(
        f"  - id: q-{number}\n    title: Spørsmål {number}\n    text: Hva er eksempel {number}?\n"
        for number in range(n)
    )
    answers = "".join(
        f"## Svar {{#q-{number}}}\n\nDette er svar {number}.\n\n" for number in range(n)
    )
    for path, more in (("index.md", questions), ("eksempel.md", answers)):
        file = folder / "content/sak" / path
        text = file.read_text(encoding="utf-8")
        text = text.removesuffix("---\n") + more + "---\n" if path == "index.md" else text + more
        file.write_text(text, encoding="utf-8")


def _faults(folder: Path, n: int) -> None:
    """One more than n: a letter without any is rendered too, and what that takes is not of them."""
    points = (
        f"  - about: general\n    point: Punkt {number}.\n    quote: Dette står ikke {number}\n"
        for number in range(n + 1)
    )
    _small(folder, _listed("summary", points), "Dette står i svaret.")


def _versions(folder: Path, n: int) -> None:
    _repository(folder, n, is_tagged=True)


def _commits(folder: Path, n: int) -> None:
    _repository(folder, n, is_tagged=False)


def _repository(folder: Path, n: int, *, is_tagged: bool) -> None:
    """A repository with one statement that is edited in each commit after the first."""
    folder.mkdir()
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    stream = b"".join(_stream(n, is_tagged=is_tagged))
    subprocess.run([*git, "fast-import", "--quiet", "--done"], input=stream, check=True)
    subprocess.run([*git, "reset", "--quiet", "--hard"], check=True)


def _stream(n: int, *, is_tagged: bool) -> Iterator[bytes]:
    """The repository, as `git fast-import` reads it."""
    yield _commit(0, dict(copies(Size(1))))
    for number in range(1, n + 1):
        yield _commit(number, {FIRST: copy(0, f"Endring {number}.")})
        if is_tagged:
            tag = f"{FIRST.removesuffix('.md')}/2024-03-21-utgave-{number}"
            yield f"reset refs/tags/{tag}\nfrom refs/heads/main\n\n".encode()
    yield b"done\n"


def _commit(number: int, files: dict[str, str]) -> bytes:
    at = BEGAN + number * 3600
    message = f"Endring {number}"
    head = f"commit refs/heads/main\ncommitter Eksempel <eksempel@example.org> {at} +0100\n"
    changes = "".join(
        f"M 100644 inline content/{name}\n{_data(text)}" for name, text in files.items()
    )
    return (head + _data(message) + changes).encode()


def _data(text: str) -> str:
    """A text as the stream has it."""
    return f"data {len(text.encode())}\n{text}\n"


AXES = (
    Axis("statements in one consultation", 100, _statements),
    Axis("proposals in one paragraph", 250, _proposals),
    Axis("free pages", 250, _free_pages),
    Axis("attachments", 500, _attachments),
    Axis("questions", 100, _questions),
    Axis("faults", 1000, _faults, CHECK),
    Axis("versions", 15, _versions),
    Axis("commits", 1000, _commits),
)
