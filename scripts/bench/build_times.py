"""Measures how fast sites and PDFs are made, here and by others, and whether the goals are met.

`python scripts/bench/build_times.py`, with the project's own Python, on a machine that does
nothing else. Statements of 20 KB are made, in consultations of fifteen, and built in one run by
all programs in turn: cold, with nothing changed, and with one statement changed. Told are
medians, as tables in Markdown on standard output; what is going on, on standard error.

- `--statements 1 100 1000 10000`: the numbers of statements whose pages are built.
- `--rounds N`: how often; otherwise 5 times up to 100 statements, 3 times up to 1,000
  (MkDocs and Pelican once), and once beyond.
- `--pdf N`: how many statements' PDFs are made, two of each; 0 makes none.
- `--only pages|pdf|start|serve`: that part alone; may stand more than once. `serve` needs the
  packages of the tests, and Chromium.
- `--without NAME`: leaves a peer out; may stand more than once.
- `--slow-to N`: MkDocs and Pelican, which take minutes for more, build up to so many statements.
- `--peers DIR`: where the peers are kept for the next time; otherwise they are taken away again.
- `--curve FILE`: where the picture of the growth is written; otherwise `build/build-times.svg`.

The peers are installed by pip and npm, in the versions of `peers.py`; what can't be had is told
and left out. All takes about 20 minutes with two cores. An interruption ends all at once, and
what was measured until then is told.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from curve import curve
from goals import SAVED
from page_builds import cut_fonts, measure_pages
from paper_builds import WEASYPRINT, Paper
from peers import HUGO_PEER, PAGE_PEERS, TYPST_PEER, Peer
from results import OURS, Results
from running import Failed, Run
from start_up import measure_start
from tables import tables

PARTS = ("start", "pages", "pdf", "serve")
ROUNDS = ((100, 5), (1000, 3))
"""Up to so many statements, so many rounds; beyond, one."""
SAVES = 20
SERVED = 1000
"""Statements of the site that is served."""


def main() -> None:
    """Measures what is asked for, and tells."""
    chosen = _chosen()
    parts = chosen.only or PARTS
    os.environ |= {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}  # the build's report is read
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs have been compiled
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    results = Results()
    ended = 0
    try:
        with _folder(chosen.peers) as peer_folder:
            peers = _peers(peer_folder, parts, chosen.without)
            for part in parts:
                _say(f"— {part}")
                with tempfile.TemporaryDirectory() as work:
                    _measure(part, chosen, peers, peer_folder, results, Path(work))
    except KeyboardInterrupt:
        _say("interrupted")
        ended = 130
    except Failed as fault:  # a peer's is told where it happens, and the others go on
        _say(str(fault))
        ended = 1
    versions = {peer.name: peer.version for peer in (*PAGE_PEERS, TYPST_PEER)}
    versions |= {OURS: version("innspill"), WEASYPRINT: version("weasyprint")}
    machine = f"{len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}"
    if results.counts():
        chosen.curve.parent.mkdir(parents=True, exist_ok=True)
        chosen.curve.write_text(curve(results, machine), encoding="utf-8")
        _say(f"growth: {chosen.curve}")
    sys.stdout.write(tables(results, chosen.pdf, versions, machine))
    sys.exit(ended)


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, nargs="+", default=[1, 100, 1000, 10_000])
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--pdf", type=int, default=100)
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--without", action="append", default=[], metavar="NAME")
    parser.add_argument("--slow-to", type=int, default=1000, metavar="N")
    parser.add_argument("--peers", type=Path, metavar="DIR")
    parser.add_argument("--curve", type=Path, default=Path("build/build-times.svg"))
    return parser.parse_args()


def _peers(folder: Path, parts: Iterable[str], without: Iterable[str]) -> dict[Peer, str]:
    """The program of each peer that is asked for and can be had."""
    wanted: dict[str, tuple[Peer, ...]] = {
        "pages": PAGE_PEERS,
        "pdf": (TYPST_PEER,),
        "serve": (HUGO_PEER,),
    }
    left_out = {name.lower() for name in without}
    peers = dict.fromkeys(peer for part in parts for peer in wanted.get(part, ()))
    ready = {peer: peer.ready(folder, _say) for peer in peers if peer.name.lower() not in left_out}
    return {peer: program for peer, program in ready.items() if program}


def _measure(
    part: str,
    chosen: argparse.Namespace,
    peers: Mapping[Peer, str],
    peer_folder: Path,
    results: Results,
    work: Path,
) -> None:
    match part:
        case "start":
            measure_start(work, results, _say)
        case "pages":
            fonts = cut_fonts(work / "fonts", with_pdf=False)
            for count in chosen.statements:
                rounds = chosen.rounds or next((n for most, n in ROUNDS if count <= most), 1)
                able = {
                    peer: program
                    for peer, program in peers.items()
                    if peer in PAGE_PEERS and (count <= chosen.slow_to or not peer.is_slow)
                }
                sites = work / str(count)
                measure_pages(sites, fonts, count, rounds, able, peer_folder, results, _say)
                shutil.rmtree(sites)
        case "pdf" if chosen.pdf:
            fonts = cut_fonts(work / "fonts", with_pdf=True)
            Paper(work, fonts, chosen.pdf, results, _say).measure(peers.get(TYPST_PEER))
        case "serve":
            _serve(peers.get(HUGO_PEER), results)


def _serve(hugo: str | None, results: Results) -> None:
    try:
        from save_to_seen import measure_saves
    except ImportError:
        _say("save to seen is left out: Playwright is not installed")
        return
    for name, taken in measure_saves(SERVED, SAVES, hugo).items():
        for milliseconds in taken:
            results.add(SAVED, SERVED, name, Run(milliseconds / 1000, 0, 0, 0))


@contextmanager
def _folder(named: Path | None) -> Iterator[Path]:
    """The folder that is named, else one that is taken away again."""
    if named:
        named.mkdir(parents=True, exist_ok=True)
        yield named.resolve()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
