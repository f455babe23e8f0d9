"""The preview of many statements: how soon it is there, what it needs, how soon a save is seen.

A start's clock runs until the page that is going to be saved answers: the first, after a build,
and the next, which finds in the store what the first has kept. A save changes a word; its clock
runs from before the file is written until Chromium has drawn the new word. Both programs run at
once and are saved to in turn, so that what else the machine does meets both alike.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from letters import FIRST, Size, copies, copy, write
from pages import BUILD, Say
from peers import HUGO_PEER
from results import HUGO, OURS, Results
from running import Failed, Run, memory_of, run

PART = "serve"
FIRST_START, START = "first start, after a build", "start with a store"
MEMORY, SAVED = "memory", "save to seen"
SERVE = (sys.executable, "-u", "-m", "innspill", "serve", "--port", "0")
PAGE = FIRST.removesuffix(".md") + "/"
SEEN = """word => document.body?.textContent.includes(word) &&
  new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn, 0, true)))"""
"""Holds when the word is on the page, and the frame that shows it is drawn; asked each frame."""
REST = 0.7
"""Seconds between two saves."""


@dataclass(frozen=True, slots=True)
class Server:
    """A program that runs, and where its page is."""

    name: str
    folder: Path
    session: int
    address: str
    started: float
    """The seconds until the page answered."""


@contextmanager
def running(name: str, folder: Path, command: tuple[str, ...]) -> Iterator[Server]:
    """Runs a server in the folder until its page answers, and ends it with all its processes."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdout
        lines = (re.search(r"http://[\w.]+:\d+/", line) for line in process.stdout)
        found = next(filter(None, lines), None)
        if not found:
            raise Failed(f"{' '.join(command)} names no address")
        address = found[0] + PAGE
        with urlopen(address, timeout=300) as answer:  # the program's own, on this machine
            answer.read()
        taken = time.perf_counter() - began
        yield Server(name, folder, process.pid, address, taken)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def measure_preview(
    work: Path, size: Size, saves: int, hugo: str | None, results: Results, say: Say
) -> None:
    """Starts ours and Hugo's, and saves to both, where Playwright and Chromium are there."""
    ours, theirs = work / OURS, work / HUGO
    write(ours / "content", copies(size))
    run((*BUILD, "--no-pdf"), ours)
    with running(OURS, ours, SERVE) as server:
        results.add(PART, FIRST_START, OURS, Run(server.started))
        say(f"{OURS:9} {FIRST_START} {server.started:.2f} s")
    with ExitStack() as stack:
        servers = [stack.enter_context(running(OURS, ours, SERVE))]
        if hugo:
            HUGO_PEER.write_site(theirs, work, size)
            command = (hugo, "server", "--port", "8471")
            servers.append(stack.enter_context(running(HUGO, theirs, command)))
        for each in servers:
            results.add(PART, START, each.name, Run(each.started))
        browser = _browser(stack, say)
        seen = {each.name: _open(browser, each) for each in servers} if browser else {}
        for nth in range(saves + 1 if browser else 0):
            for each in servers:
                taken = _save(each, seen[each.name], f"Lagring{nth}ferdig.")
                if nth:  # the first one finds nothing at hand
                    results.add(PART, SAVED, each.name, Run(taken))
                memory = memory_of(each.session)
                results.add(PART, MEMORY, each.name, Run(taken, memory=memory))
        for each in servers:
            results.add(PART, MEMORY, each.name, Run(0, memory=memory_of(each.session)))
            start, saved = (results.get(PART, case, each.name) for case in (START, SAVED))
            memory = most_memory(results, each.name) or 0
            say(
                f"{each.name:9} start {start.wall if start else 0:.2f} s, {memory:.0f} MB"
                + (f", save to seen {saved.wall * 1000:.0f} ms" if saved else "")
            )


def most_memory(results: Results, name: str) -> float | None:
    """The most that was seen, in megabytes."""
    looks = results.parts.get(PART, {}).get(MEMORY, {}).get(name)
    return max(each.memory for each in looks) if looks else None


def _browser(stack: ExitStack, say: Say) -> Any:
    """Chromium; None, and told, where it can't be had."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        say("save to seen is left out: Playwright is not installed")
        return None
    try:
        chromium = stack.enter_context(sync_playwright()).chromium
        path = shutil.which("chromium")
        return stack.enter_context(chromium.launch(executable_path=path, args=["--no-sandbox"]))
    except Error as fault:
        say(f"save to seen is left out: {str(fault).splitlines()[0]}")
        return None


def _open(browser: Any, server: Server) -> Any:
    page = browser.new_page()
    page.goto(server.address, timeout=180_000)
    time.sleep(2 * REST)
    return page


def _save(server: Server, page: Any, word: str) -> float:
    """Saves the statement with a new word, and waits until it is seen: the seconds."""
    path, text = FIRST, copy(0, word)
    if server.name == HUGO:
        path, text = HUGO_PEER.text(path, text)
    began = time.perf_counter()
    (server.folder / "content" / path).write_text(text, encoding="utf-8")
    page.wait_for_function(SEEN, arg=word, timeout=120_000)
    taken = time.perf_counter() - began
    page.wait_for_timeout(REST * 1000)
    return taken
