"""Measures the search at many paragraphs: the index's size, and how long a query takes.

`python scripts/bench/search_index.py [--paragraphs N]`, with the project's own Python. The
paragraphs are the example letter's own, their words mixed anew in each. Queries are timed in
Chromium on a page that is opened from the disk: each is what the field holds after one more
letter is typed.
"""

from __future__ import annotations

import argparse
import gzip
import random
import statistics
import sys
import tempfile
from pathlib import Path

from letters import write
from playwright.sync_api import sync_playwright

from innspill.build import build
from innspill.compose.inputs import composed
from innspill.compose.plan import Options, Plan
from innspill.memory import Memory
from innspill.project import BuildOptions, Project
from innspill.read.read import read
from innspill.read.scan import parse
from innspill.text import Unit

ROOT = Path(__file__).resolve().parents[2]
EACH = 40
"""Paragraphs of a statement."""
SITE = "---\ntitle: Eksempelnettsted\npublisher: Eksempel kommune\n---\n"
CASE = """\
---
title: Eksempelsak
asked_by: Eksempel byråd
questions:
  - id: en
    title: Det ene
    text: Hva er det ene?
---
"""
STATEMENT = """\
---
title: Eksempel på uttalelse {n}
committee: Eksempel {n} bydelsutvalg
status: adopted
---

## Svar {{#en}}

{text}
"""
TYPED = ("omsorg", "bydelsutvalget mener", "okern", "skole og barnehage", "5.2", "finnes ikke")
MEASURE = """async typed => {
  const load = name => new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), {src: `assets/${name}.js`});
    Object.assign(script, {onload: done, onerror: failed});
    document.head.append(script);
  });
  const timed = work => {
    const start = performance.now();
    const result = work();
    return [performance.now() - start, result];
  };
  const start = performance.now();
  await load("find");
  await load("search-index");
  const search = window.innspillFind(window.innspillIndex, "punkt ", "spørsmål ");
  const ready = performance.now() - start;
  const queries = typed.flatMap(text =>
    [...text].map((_, end) => text.slice(0, end + 1).trim()).filter(each => each.length > 1));
  return [ready, queries.map(query => {
    const [taken, found] = timed(() => search.find(query));
    return [query, taken, found.length];
  })];
}"""


def units_of(folder: Path) -> list[Unit]:
    """All that has a number in the statements of a project."""
    plan = Plan(read(folder / "content", "content"), Options(), {}, Memory())
    sources = (
        (each, parse(each.path, each.shown, each.data, "statement")) for each in plan.inputs()
    )
    return [unit for each, source in sources for unit in composed(each, source).units]


def corpus(paragraphs: int) -> dict[str, str]:
    """Each file's path inside `content/`, and its text: the same each time."""
    letter = units_of(ROOT)
    mixed = random.Random(1)
    files = {"index.md": SITE, "sak/index.md": CASE}
    for n in range(paragraphs // EACH):
        texts = []
        for unit in mixed.choices(letter, k=EACH):
            words = unit.text.split()
            mixed.shuffle(words)
            texts.append("Ord: " + " ".join(words))  # so that none begins as a list's item
        files[f"sak/eksempel-{n}.md"] = STATEMENT.format(n=n, text="\n\n".join(texts))
    return files


def main() -> None:
    """Measures and prints."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--paragraphs", type=int, default=10_000)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        folder = Path(work)
        write(folder / "content", corpus(options.paragraphs).items())
        project = Project(folder / "content", None, folder / "build", folder / ".innspill")
        built = build(project, BuildOptions(with_pdf=False), lambda *_: None)
        assert built.published, [str(each.message) for each in built.checked.diagnostics]
        units = units_of(folder)
        data = (folder / "build/assets/search-index.js").read_bytes()
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto((folder / "build/index.html").as_uri())
        ready, queries = page.evaluate(MEASURE, TYPED)
        browser.close()
    times = [taken for _, taken, _ in queries]
    slowest = max(queries, key=lambda each: each[1])
    sys.stdout.write(
        f"paragraphs: {len(units)}   words: {sum(len(each.text.split()) for each in units)}\n"
        f"index: {len(data) / 1e6:.2f} MB, {len(gzip.compress(data, 9)) / 1e6:.2f} MB compressed; "
        f"loaded and ready in {ready:.0f} ms\n"
        f"queries: {len(queries)}   median: {statistics.median(times):.1f} ms   "
        f'worst: {max(times):.1f} ms ("{slowest[0]}", {slowest[2]} hits)\n'
    )


if __name__ == "__main__":
    main()
