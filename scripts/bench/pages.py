"""Builds of pages: all programs in turn, cold, with nothing and with one text changed."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from letters import FIRST, TOGETHER, Size, copies, copy, write
from peers import Peer
from results import LOOP, OURS, Results
from running import Failed, Run, run

PART = "pages"
COLD, NOTHING, ONE = CASES = ("cold", "nothing changed", "one changed")
ONE_CORE = "cold, one core"
SETTLED = 4
"""Seconds after which a file's time stamp tells whether it has changed."""
MADE = ("build", ".innspill", "public", "resources")
"""What programs make beside the texts."""
INNSPILL = (sys.executable, "-m", "innspill")
BUILD = (*INNSPILL, "build", "--quiet")
LOOP_COMMAND = (sys.executable, str(Path(__file__).with_name("bare_loop.py")))
Say = Callable[[str], None]


def case_of(size: Size, case: str) -> str:
    """The name under which a measurement is kept."""
    return f"{size}, {case}"


def as_it_is(path: str, text: str) -> tuple[str, str]:
    """What a program gets that reads all of a file."""
    return path, text


@dataclass(frozen=True, slots=True)
class Builder:
    """A program and the folder that it builds."""

    name: str
    folder: Path
    command: tuple[str, ...]
    text: Callable[[str, str], tuple[str, str]] = as_it_is

    def run(self, *more: str) -> Run:
        """Builds. Raises Failed."""
        return run((*self.command, *more), self.folder)

    def clear(self) -> None:
        """Takes away what was made."""
        for name in MADE:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def change(self, words: str) -> None:
        """Writes words of one's own into the first statement."""
        path, text = self.text(FIRST, copy(0, words))
        (self.folder / "content" / path).write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Pages:
    """The measurement of one size."""

    work: Path
    size: Size
    results: Results
    say: Say

    def measure(self, rounds: int, peers: Mapping[Peer, str], folder: Path) -> None:
        """Builds with all in turn; a peer that fails is left out."""
        builders = list(self._builders(peers, folder))
        ours = builders[0]
        for turn in range(rounds):
            for case in CASES:
                if case == COLD:
                    for each in builders:
                        each.clear()
                if case == NOTHING:
                    time.sleep(SETTLED)
                    ours.run()  # a look at files whose stamps are old enough to be trusted
                if case == ONE:
                    for each in builders:
                        each.change(f"Runde {turn}.")
                for each in tuple(builders):
                    if not self._run(each, case):
                        builders.remove(each)
            if self.size.statements == self.size.together > TOGETHER:
                ours.clear()
                self._run(ours, ONE_CORE, "--jobs", "1")

    def _builders(self, peers: Mapping[Peer, str], folder: Path) -> Iterator[Builder]:
        """Innspill first; each has its own copy of the texts."""
        for name, command in ((OURS, (*BUILD, "--no-pdf")), (LOOP, LOOP_COMMAND)):
            write(self.work / name / "content", copies(self.size))
            yield Builder(name, self.work / name, command)
        for peer, program in peers.items():
            home = self.work / peer.name
            peer.write_site(home, folder, self.size)
            yield Builder(peer.name, home, (program, *peer.arguments), peer.text)

    def _run(self, builder: Builder, case: str, *more: str) -> bool:
        """Keeps a run; False where a peer failed."""
        try:
            taken = builder.run(*more)
        except Failed as fault:
            if builder.name == OURS:
                raise
            self.say(f"{builder.name} is left out: {fault}")
            return False
        self.results.add(PART, case_of(self.size, case), builder.name, taken)
        self.say(
            f"{self.size}, {case:15}  {builder.name:9} {taken.wall:7.2f} s, "
            f"CPU {taken.cpu:7.2f} s, {taken.memory:5.0f} MB (largest {taken.largest:.0f}), "
            f"wrote {taken.written:.1f} MB"
        )
        return True
