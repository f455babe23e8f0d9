"""Measures how fast Innspill is, beside others, and whether its goals are met.

`.venv/bin/python scripts/bench`, after `scripts/build`, on a machine that does nothing else: about
20 minutes with two cores. All is measured on copies of the real letter (`letters.py`). The tables,
in Markdown, begin with the goals; they are printed, and kept in `.bench/results.md`.

- `--only PART` measures one part anew, and tells of the others what was last measured; may
  stand more than once. The parts:
  - `first`: the first build of a new project, and of the letter with its PDFs (`first.py`)
  - `pages`: 1 to 1,000 letters, in consultations of 15, of 100 and of 1,000, cold, with nothing
    and with one changed, by all programs in turn (`pages.py`)
  - `growth`: how the cost grows along each axis (`growth.py`)
  - `pdfs`: beside plain WeasyPrint of the same HTML (`pdfs.py`, `weasyprint_loop.py`)
  - `serve`: start, memory, and from a save until it is seen (`preview.py`); this needs the
    packages of the tests, and Chromium
- `--quick` tries all out on a tenth of it, in about 5 minutes; its figures are kept apart, in
  `quick.md`, and whether they meet the goals means nothing.
- `--tell` measures nothing, and tells of what was measured.
- `--write` writes the figures into the manual, `limits.md`, below `## Speed`.
- `--without NAME` leaves a peer out; may stand more than once.
- `--folder DIR` is where peers and figures are kept; otherwise `.bench/`.

The peers (`peers.py`, `peer_files.py`, `bare_loop.py`) are installed by pip and npm, once; what
can't be had is told and left out. What a process takes, with all that it started, is told by
`running.py`; `results.py` keeps it, `goals.py` judges it, `tables.py` tells it.

Beside these, each with a docstring that says how it is run: `search_index.py` (a search in many
paragraphs), `redline_words.py` with `redline_edits.toml` and `redline_public.toml` (redlines
beside four others'), and `other_debian` (the same bytes with another Debian's libraries).
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from first import measure_first
from growth import measure_growth
from letters import TOGETHER, Size
from pages import Pages
from pdfs import WEASYPRINT, Pdfs
from peers import HUGO_PEER, PEERS, Peer
from preview import measure_preview
from results import OURS, Results
from running import Failed
from tables import manual, tables

ROOT = Path(__file__).parents[2]
LIMITS = ROOT / "scripts/manual/content/en/limits.md"
SECTION = "\n## Speed\n"
PARTS = ("first", "pages", "growth", "pdfs", "serve")
MANY = 1000
"""What the goals speak of."""
FEW = 100
"""Statements, up to which all peers take part; beyond, Hugo and the bare loop alone."""
ROUNDS, ROUNDS_OF_MANY = 3, 2
SAVES = 20


def main() -> None:
    """Measures what is asked for, and tells."""
    chosen = _chosen()
    folder: Path = chosen.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs have been compiled
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    results = Results.load(folder / ("quick.json" if chosen.quick else "results.json"))
    ended = 0 if chosen.tell else _measure_parts(chosen, folder, results)
    many, sizes = _many(chosen), _sizes(_many(chosen))
    versions = {peer.name: peer.version for peer in PEERS}
    versions |= {OURS: version("innspill"), WEASYPRINT: version("weasyprint")}
    told = tables(results, sizes, many, versions)
    results.path.with_suffix(".md").write_text(told, encoding="utf-8")
    sys.stdout.write(told)
    if chosen.write and not ended:
        before = LIMITS.read_text(encoding="utf-8").partition(SECTION)[0]
        text = before + SECTION + manual(results, sizes, many, versions)
        LIMITS.write_text(text, encoding="utf-8")
    sys.exit(ended)


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--tell", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--without", action="append", default=[], metavar="NAME")
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench", metavar="DIR")
    chosen = parser.parse_args()
    if chosen.quick and chosen.write:
        parser.error("the manual takes no figures of --quick")
    return chosen


def _many(chosen: argparse.Namespace) -> int:
    return MANY // 10 if chosen.quick else MANY


def _sizes(many: int) -> list[Size]:
    """The sizes whose pages are built."""
    few = [Size(count) for count in (1, TOGETHER, FEW) if count < many]
    return [*few, *(Size(many, together) for together in sorted({TOGETHER, min(FEW, many), many}))]


def _measure_parts(chosen: argparse.Namespace, folder: Path, results: Results) -> int:
    """Measures each part; the exit code. Where one is broken off, the others go on."""
    ended = 0
    for part in chosen.only or PARTS:
        _say(f"— {part}")
        results.begin(part)
        try:
            with tempfile.TemporaryDirectory() as work:
                _measure(part, chosen, folder, results, Path(work))
        except KeyboardInterrupt:
            _say("interrupted")
            return 130
        except (Failed, OSError, subprocess.SubprocessError) as fault:
            _say(f"{part} is broken off: {fault}")
            ended = 1
        results.save()
    return ended


def _measure(
    part: str, chosen: argparse.Namespace, folder: Path, results: Results, work: Path
) -> None:
    many, quick = _many(chosen), chosen.quick
    match part:
        case "first":
            measure_first(work, 1 if quick else ROUNDS, results, _say)
        case "pages":
            peers = _ready(PEERS, chosen.without, folder)
            for size in _sizes(many):
                rounds = 1 if quick else ROUNDS if size.statements <= FEW else ROUNDS_OF_MANY
                able = {
                    peer: program
                    for peer, program in peers.items()
                    if size.statements <= FEW or peer is HUGO_PEER
                }
                with tempfile.TemporaryDirectory(dir=work) as sites:
                    Pages(Path(sites), size, results, _say).measure(rounds, able, folder)
        case "growth":
            rounds, share = (1, 0.2) if quick else (ROUNDS_OF_MANY, 1)
            measure_growth(work, rounds, share, results, _say)
        case "pdfs":
            Pdfs(work, 2 if quick else 15, results, _say).measure()
        case "serve":
            hugo = _ready((HUGO_PEER,), chosen.without, folder).get(HUGO_PEER)
            measure_preview(work, Size(many), 3 if quick else SAVES, hugo, results, _say)


def _ready(peers: Iterable[Peer], without: Iterable[str], folder: Path) -> dict[Peer, str]:
    """The program of each peer that can be had."""
    left_out = {name.lower() for name in without}
    ready = {each: each.ready(folder, _say) for each in peers if each.name.lower() not in left_out}
    return {peer: program for peer, program in ready.items() if program}


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
