"""Measures builds of pages: all programs in turn, cold, with nothing and with one text changed."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus import STATEMENT, corpus, statement, write_corpus
from peers import Peer, Text, as_it_is, write
from results import CASES, LOOP, OURS, Results
from running import Failed, Run, run

SETTLED = 4
"""Seconds after which a file's time stamp tells whether it has changed."""
FIRST = "first"
"""The first build of a project, which cuts the fonts too."""
MANY = 1000
"""From so many statements on, slow peers take part in one round; beyond, there is no `FIRST`."""
MEMO = ".innspill/memo"
BUILD = (sys.executable, "-m", "innspill", "build")


@dataclass(frozen=True, slots=True)
class Builder:
    """A program and the folder that it builds."""

    name: str
    folder: Path
    command: tuple[str, ...]
    text: Text = as_it_is
    is_slow: bool = False

    def run(self) -> Run:
        """Builds. Raises Failed."""
        return run(self.command, self.folder)

    def clear(self, fonts: Path) -> None:
        """Takes away what was made; only the fonts are cut, once in a project's life."""
        for name in ("build", ".innspill", "public", "resources"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        if self.name == OURS:
            shutil.copytree(fonts, self.folder / MEMO)

    def change(self, words: str) -> None:
        """Writes words of one's own into the first statement."""
        path, text = self.text(STATEMENT, statement(0, words))
        (self.folder / "content" / path).write_text(text, encoding="utf-8")


def cut_fonts(work: Path, *, with_pdf: bool) -> Path:
    """The memo of a site with other words, which has nothing but the fonts that helps another."""
    for name, text in corpus(1):
        other = text.replace("eksempel", "prøve").replace("Eksempel", "Prøve")
        write(work, {f"content/{name}": other})
    run(BUILD if with_pdf else (*BUILD, "--no-pdf"), work)
    return work / MEMO


def measure_pages(
    work: Path,
    fonts: Path,
    count: int,
    rounds: int,
    peers: Mapping[Peer, str],
    peer_folder: Path,
    results: Results,
    say: Callable[[str], None],
) -> None:
    """Builds so many statements with all in turn, so many times; a peer that fails is left out."""
    builders = list(_builders(work, count, peers, peer_folder))
    if count <= MANY:
        results.add(FIRST, count, OURS, builders[0].run())
    for turn in range(rounds):
        if turn and count >= MANY:
            builders = [each for each in builders if not each.is_slow]
        for case in CASES:
            if case == "nothing changed":
                time.sleep(SETTLED)
                builders[0].run()  # a look at files whose stamps are old enough to be trusted
            for each in tuple(builders):
                if case == "cold":
                    each.clear(fonts)
                elif case == "one changed":
                    each.change(f"Runde {turn}.")
                try:
                    taken = each.run()
                except Failed as fault:
                    if each.name == OURS:
                        raise
                    say(f"{each.name} is left out: {fault}")
                    builders.remove(each)
                    continue
                results.add(case, count, each.name, taken)
                say(
                    f"{count:6} statements, {case:15}  {each.name:9} {taken.wall:7.2f} s, "
                    f"CPU {taken.cpu:7.2f} s, {taken.memory:5.0f} MB, wrote {taken.written:.1f} MB"
                )


def _builders(
    work: Path, count: int, peers: Mapping[Peer, str], peer_folder: Path
) -> Iterator[Builder]:
    """Innspill first; each has its own copy of the texts."""
    loop = (sys.executable, str(Path(__file__).with_name("bare_loop.py")))
    for name, command in ((OURS, (*BUILD, "--no-pdf", "--quiet")), (LOOP, loop)):
        folder = work / name
        write_corpus(folder / "content", count)
        yield Builder(name, folder, command)
    for peer, program in peers.items():
        folder = work / peer.name
        peer.write_site(folder, peer_folder, count)
        yield Builder(peer.name, folder, (program, *peer.arguments), peer.text, peer.is_slow)
