"""Measures what git's history costs: seconds and memory of a build, a redline and a verification.

`python scripts/bench/history_cost.py [--commits N] [--statements N] [--versions N]`, with the
project's own Python. The repository is an example, made with `git fast-import`: all statements
in the first commit, then one edited statement a commit, and one statement of about fifty pages
that is edited in the last. Each figure is of a process of its own.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import TOGETHER, corpus, paragraphs, statement
from running import Run, run

LONG = "sak-0000/lang.md"
LONG_PARAGRAPHS = 270
"""How many make about fifty pages."""
BEGAN = 1_600_000_000
"""When the first commit was made, in seconds of POSIX time; the others follow by the hour."""
INNSPILL = ("-m", "innspill")
WALKS = """
import sys
from pathlib import Path
from innspill.build import check_content
from innspill.history.repository import Repository
from innspill.project import BuildOptions, Project
walk, count = Repository.walk, 0
def counted(self, start):
    global count
    count += 1
    return walk(self, start)
Repository.walk = counted
folder = Path(sys.argv[1])
project = Project(folder / "content", None, folder / "build", folder / "store")
check_content(project, BuildOptions(with_pdf=False))
print(count)
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the example is."""

    commits: int
    statements: int
    versions: int


def stream(sizes: Sizes) -> Iterator[bytes]:
    """The repository, as `git fast-import` reads it."""
    whole = dict(corpus(sizes.statements)) | {LONG: long_statement("Et første ord.")}
    yield commit(0, "Alle uttalelsene", whole)
    every = max(1, sizes.commits // sizes.versions)
    for number in range(1, sizes.commits - 1):
        edited = number * 7 % sizes.statements
        path = path_of(edited)
        yield commit(number, f"Endring {number}", {path: statement(edited, f"Endring {number}.")})
        if number % every == 0:
            tag = f"{path.removesuffix('.md')}/2026-02-10-utgave-{number}"
            yield f"reset refs/tags/{tag}\nfrom refs/heads/main\n\n".encode()
    yield commit(sizes.commits, "Den lange", {LONG: long_statement("Et siste ord.")})
    yield b"done\n"


def path_of(number: int) -> str:
    """The path of a statement of the corpus."""
    case, place = divmod(number, TOGETHER)
    return f"sak-{case:04}/eksempel-{place:02}.md"


def long_statement(first: str) -> str:
    """A statement of about fifty pages, of which `first` is a paragraph."""
    return statement(TOGETHER - 1, f"{first}\n\n{paragraphs('lang', LONG_PARAGRAPHS)}").replace(
        f"committee: Eksempel {TOGETHER - 1} ", "committee: Eksempel lange "
    )


def commit(number: int, subject: str, files: dict[str, str]) -> bytes:
    """One commit on top of the last."""
    who = f"Eksempel <eksempel@example.org> {BEGAN + number * 3600} +0100"
    head = f"commit refs/heads/main\ncommitter {who}\n{data(subject)}"
    return (
        head + "".join(f"M 100644 inline content/{path}\n{data(files[path])}" for path in files)
    ).encode()


def data(text: str) -> str:
    """A text as the stream has it."""
    return f"data {len(text.encode())}\n{text}\n"


def make(folder: Path, sizes: Sizes) -> None:
    """The repository, checked out."""
    folder.mkdir()
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    importing = subprocess.Popen([*git, "fast-import", "--quiet", "--done"], stdin=subprocess.PIPE)
    assert importing.stdin
    with importing.stdin as to:
        for part in stream(sizes):
            to.write(part)
    if importing.wait():
        raise SystemExit("git fast-import failed")
    subprocess.run([*git, "reset", "--quiet", "--hard"], check=True)


def cost(folder: Path, *arguments: str | Path) -> Run:
    """What a run of Python with these arguments takes."""
    return run((sys.executable, *map(str, arguments)), folder)


def say(what: str, found: Run) -> None:
    """A row of the table."""
    row = f"| {what} | {found.wall:.1f} | {found.cpu:.1f} | {found.memory:.0f} |\n"
    sys.stdout.write(row)
    sys.stdout.flush()


def measure(folder: Path, sizes: Sizes) -> None:
    """Prints the table."""
    with_git, without = folder / "git", folder / "plain"
    make(with_git, sizes)
    shutil.copytree(with_git / "content", without / "content")
    sys.stdout.write("| | seconds | of the processors | memory, MB |\n|---|--:|--:|--:|\n")
    for what, place in (("without git", without), ("with history", with_git)):
        say(f"build, {what}", cost(place, *INNSPILL, "build", "--no-pdf", "--quiet"))
        changed = place / "content" / path_of(0)
        changed.write_text(f"{changed.read_text(encoding='utf-8')}\nEt ord.\n", encoding="utf-8")
        say(f"one changed, {what}", cost(place, *INNSPILL, "build", "--no-pdf", "--quiet"))
    git = ["git", "-C", str(with_git)]
    subprocess.run([*git, "checkout", "--quiet", "."], check=True)
    found = subprocess.run(
        [*git, "rev-list", "--max-parents=0", "HEAD"], capture_output=True, text=True, check=True
    )
    first, packed = found.stdout.strip(), folder / "a.zip"
    say("redline of fifty pages", cost(with_git, *INNSPILL, "redline", first, LONG))
    name = path_of(0).removesuffix(".md")
    cost(with_git, *INNSPILL, "pack", name, "--output", packed)
    with zipfile.ZipFile(packed) as opened:
        pdf = next(each for each in opened.namelist() if each.endswith("uttalelse.pdf"))
        say("verify one PDF", cost(with_git, *INNSPILL, "verify", opened.extract(pdf, folder)))
    walks = cost(with_git, "-c", WALKS, with_git).said.strip()
    sys.stdout.write(f"\nThe log was walked so many times: {walks}\n")


def main() -> None:
    """Makes the repository and measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--commits", type=int, default=10_000)
    parser.add_argument("--statements", type=int, default=1_000)
    parser.add_argument("--versions", type=int, default=50)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), Sizes(chosen.commits, chosen.statements, chosen.versions))


if __name__ == "__main__":
    main()
