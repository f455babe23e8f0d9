"""Measures how long a save takes to be seen in an open browser, here and with Hugo.

`python scripts/bench/save_to_seen.py [--statements N] [--saves N] [--hugo PROGRAM]`, with the
project's own Python. The clock runs from before the file is written until Chromium has the
new words on the page.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

SITE = "---\ntitle: Eksempelnettsted\npublisher: Eksempel bydelsutvalg\n---\nEt eksempel.\n"
CASE = """\
---
title: Eksempelsak
asked_by: Eksempel byråd
questions:
  - id: en
    title: Det ene
    text: Hva er det ene?
  - id: to
    title: Det andre
    text: Hva er det andre?
---
"""
STATEMENT = """\
---
title: Eksempel på uttalelse
committee: Eksempel {n} bydelsutvalg
status: adopted
summary:
  - about: en
    point: Det ene er viktig.
    quote: vurderer utvalget det ene som viktig
---

{word}

## Svar {{#en}}

I dette eksempelet vurderer utvalget det ene som viktig.

- Et punkt om det ene.
- Et punkt til om det ene.

## Svar {{#to}}

Dette er svaret på det andre.
"""
HUGO = {
    "hugo.toml": 'baseURL = "http://127.0.0.1/"\ntitle = "Eksempelnettsted"\n'
    "[markup.goldmark.parser.attribute]\nblock = true\n",
    "layouts/_default/baseof.html": '<!doctype html>\n<html lang="nb"><head><title>{{ .Title }}'
    '</title></head><body>{{ block "main" . }}{{ end }}</body></html>\n',
    "layouts/_default/single.html": '{{ define "main" }}<h1>{{ .Title }}</h1>'
    "<p>{{ .Params.committee }}</p>{{ .Content }}{{ end }}\n",
    "layouts/_default/list.html": '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}'
    '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}\n',
}


def write(folder: Path, count: int) -> Path:
    """The corpus, for both programs; gives the file that is saved again and again."""
    files = {f"sak/eksempel-{n:04}.md": STATEMENT.format(n=n, word="") for n in range(count)}
    files |= {"index.md": SITE, "sak/index.md": CASE}
    for name, text in {f"content/{name}": text for name, text in files.items()}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "content/sak/eksempel-0000.md"


def write_for_hugo(folder: Path, count: int) -> Path:
    """The same, with the few templates that Hugo needs; its sections are named otherwise."""
    saved = write(folder, count)
    (folder / "content/index.md").rename(folder / "content/_index.md")
    (folder / "content/sak/index.md").rename(folder / "content/sak/_index.md")
    for name, text in HUGO.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return saved


@contextmanager
def running(folder: Path, command: list[str]) -> Iterator[str]:
    """Runs a server in the folder; gives the address that it prints."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    try:
        assert process.stdout
        for line in process.stdout:
            if found := re.search(r"http://[\w.]+:\d+/", line):
                yield found[0]
                break
    finally:
        process.terminate()
        process.wait()


def measure(page: Page, address: str, saved: Path, saves: int) -> list[float]:
    """Milliseconds of each save; the first is not counted."""
    page.goto(f"{address}sak/eksempel-0000/", timeout=180_000)  # fonts are cut once
    page.wait_for_timeout(1500)
    taken = []
    for nth in range(saves + 1):
        word = f"Lagring{nth}ferdig."
        started = time.perf_counter()
        saved.write_text(STATEMENT.format(n=0, word=word), encoding="utf-8")
        page.wait_for_selector(f"text={word}", timeout=60_000)
        taken.append((time.perf_counter() - started) * 1000)
        page.wait_for_timeout(700)
    return taken[1:]


def tell(name: str, count: int, taken: list[float]) -> None:
    """One line of the result."""
    sys.stdout.write(
        f"{name:<16} statements: {count:>5}   saves: {len(taken)}   "
        f"median: {statistics.median(taken):5.0f} ms   worst: {max(taken):5.0f} ms\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Measures and prints."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--statements", type=int, nargs="*", default=[1, 1000])
    asked.add_argument("--saves", type=int, default=20)
    asked.add_argument("--hugo", help="the program to compare with, where it is installed")
    options = asked.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as work:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for count in options.statements:
            here = Path(work, f"innspill-{count}")
            saved = write(here, count)
            ours = [sys.executable, "-u", "-m", "innspill", "serve", "--port", "0"]
            with running(here, ours) as address:
                page = browser.new_page()
                tell("innspill serve", count, measure(page, address, saved, options.saves))
                page.close()
            if not options.hugo:
                continue
            there = Path(work, f"hugo-{count}")
            saved = write_for_hugo(there, count)
            with running(there, [options.hugo, "server", "--port", "8471"]) as address:
                page = browser.new_page()
                tell("hugo server", count, measure(page, address, saved, options.saves))
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
