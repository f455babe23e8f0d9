"""Measures how long a save takes to be seen in an open browser, here and with Hugo.

`python scripts/bench/save_to_seen.py [--statements N …] [--saves N] [--paragraphs]
[--hugo PROGRAM]`, with the project's own Python. Each save changes a word, or with
`--paragraphs` adds one more paragraph. The clock runs from before the file is written until
Chromium has drawn the new words. Both programs run at once and are saved to in turn, so that
what else the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus import STATEMENT, statement, write_corpus
from peers import HUGO_PEER
from playwright.sync_api import Browser, Page, sync_playwright

SEEN = """word => document.body?.textContent.includes(word) &&
  new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn, 0, true)))"""
"""Holds when the word is on the page, and the frame that shows it is drawn; asked each frame."""
PAGE = STATEMENT.removesuffix(".md") + "/"


@dataclass(slots=True)
class Contender:
    """A program that runs, its page in a browser, and what was measured."""

    name: str
    saved: Path
    page: Page
    taken: list[float] = field(default_factory=list)
    """Milliseconds of each save."""

    def save(self, text: str, word: str) -> None:
        """Saves the statement with `text` in front, and waits until its new word is seen."""
        started = time.perf_counter()
        self.saved.write_text(statement(0, text), encoding="utf-8")
        self.page.wait_for_function(SEEN, arg=word, timeout=120_000)
        self.taken.append((time.perf_counter() - started) * 1000)
        self.page.wait_for_timeout(700)


@contextmanager
def running(name: str, folder: Path, command: list[str], browser: Browser) -> Iterator[Contender]:
    """Runs a server in the folder, and opens the page that is going to be saved."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    try:
        assert process.stdout
        found = next(
            filter(None, (re.search(r"http://[\w.]+:\d+/", line) for line in process.stdout))
        )
        page = browser.new_page()
        page.goto(f"{found[0]}{PAGE}", timeout=180_000)  # fonts are cut once
        page.wait_for_timeout(1500)
        yield Contender(name, folder / "content" / STATEMENT, page)
    finally:
        process.terminate()
        process.wait()


def measure_saves(
    count: int, saves: int, hugo: str | None, *, paragraphs: bool = False
) -> dict[str, list[float]]:
    """Saves to all in turn; the milliseconds of each save but the first, by program."""
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        browser = stack.enter_context(
            playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
        )
        ours, theirs = work / "innspill", work / "hugo"
        write_corpus(ours / "content", count)
        command = [sys.executable, "-u", "-m", "innspill", "serve", "--port", "0"]
        contenders = [stack.enter_context(running("innspill", ours, command, browser))]
        if hugo:
            HUGO_PEER.write_site(theirs, work, count)
            command = [hugo, "server", "--port", "8471"]
            contenders.append(stack.enter_context(running("Hugo", theirs, command, browser)))
        words = [f"Lagring{nth}ferdig." for nth in range(saves + 1)]
        for nth, word in enumerate(words):
            text = "\n\n".join(words[: nth + 1]) if paragraphs else word
            for each in contenders:
                each.save(text, word)
        return {each.name: each.taken[1:] for each in contenders}


def tell(name: str, count: int, taken: list[float]) -> None:
    """One line of the result."""
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    sys.stdout.write(
        f"{name:<16} statements: {count:>5}   saves: {len(taken)}   "
        f"median: {statistics.median(taken):5.0f} ms   worst: {max(taken):5.0f} ms   "
        f"load per core: {load:.1f}\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Measures and prints."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--statements", type=int, nargs="*", default=[1, 1000])
    asked.add_argument("--saves", type=int, default=20)
    asked.add_argument("--paragraphs", action="store_true", help="each save adds a paragraph")
    asked.add_argument("--hugo", help="the program to compare with, where it is installed")
    options = asked.parse_args()
    for count in options.statements:
        taken = measure_saves(count, options.saves, options.hugo, paragraphs=options.paragraphs)
        for name, some in taken.items():
            tell(name, count, some)


if __name__ == "__main__":
    main()
