"""Measures what finishing a PDF costs beside laying it out: the processor's seconds, and memory.

`python scripts/bench/pdf_cost.py [--pages N …]`, with the project's own Python: an example
statement of about so many pages each time, in a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from innspill.blob import Blob
from innspill.build import check_content, pages_of
from innspill.pdf.boxes import read_drawing, remember_boxes
from innspill.pdf.finish import Producer, finish
from innspill.project import BuildOptions, Project
from innspill.render.pdf import OPTIONS, SCHEME, _colours, _fetcher
from innspill.render.print_html import print_resources
from innspill.store import Store

SITE = "---\ntitle: Eksempelnettsted\npublisher: Eksempel bydelsutvalg\n---\n"
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
HEAD = """\
---
title: Eksempel på uttalelse
committee: Eksempel bydelsutvalg
status: adopted
adopted: 2026-02-10
---

## Svar {#en}
"""
PART = """
### Eksempel nummer {n}

{sentence} {sentence} Se [det første](#p1-1) og **dette**. {sentence}

{sentence} {sentence} {sentence}

- {sentence}
- {sentence}
    - {sentence}

| Oppgave | Sted | Beløp |
|---|---|---:|
| Eksempeloppgaven | Bydel | {n},50 |
| Nok en eksempeloppgave | Kommunen sentralt | {n},75 |
"""
SENTENCE = (
    "Oppgavefordelingen mellom bydelene og kommunen sentralt vurderes sammenhengende i eksempelet."
)
PARTS_ON_A_PAGE = 2


def main() -> None:
    """Runs itself once for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[5, 50, 500])
    parser.add_argument("--only", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        _measure(chosen.only)
        return
    _say("pages  layout s  write s  finish s   cost  memory MB, of it finishing  size kB")
    for pages in chosen.pages:
        subprocess.run([sys.executable, __file__, "--only", str(pages)], check=True)


def _measure(pages: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        html, resources = _print(Path(name), int(pages * PARTS_ON_A_PAGE))
    import weasyprint

    begin = time.process_time()
    parsed = weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=_fetcher(resources))
    document = parsed.render(**OPTIONS)
    rendered = time.process_time()
    painted = remember_boxes(document)
    raw = document.write_pdf(**OPTIONS)
    written = time.process_time()
    plain_memory = _memory()
    drawing = read_drawing(document, painted, weasyprint.formatting_structure.boxes)
    pdf = finish(raw, parsed.etree_element, drawing, Producer("WeasyPrint", _colours()))
    finished = time.process_time()
    cost = (finished - written) / (written - begin)
    _say(
        f"{len(document.pages):5}  {rendered - begin:8.1f}  {written - rendered:7.1f}  "
        f"{finished - written:8.2f}  {cost:5.1%}  {_memory():9.0f}  "
        f"{_memory() - plain_memory:15.0f}  {len(pdf) / 1000:7.0f}"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _memory() -> float:
    """The most that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _print(folder: Path, parts: int) -> tuple[str, Mapping[str, Blob]]:
    """The HTML of an example statement, and what it reads."""
    content = folder / "content"
    (content / "sak").mkdir(parents=True)
    (content / "index.md").write_text(SITE, encoding="utf-8")
    (content / "sak" / "index.md").write_text(CASE, encoding="utf-8")
    body = "".join(PART.format(n=number, sentence=SENTENCE) for number in range(1, parts + 1))
    (content / "sak" / "eksempel.md").write_text(HEAD + body, encoding="utf-8")
    project = Project(content, None, folder / "build", folder / "store")
    checked, store = check_content(project, BuildOptions()), Store(project.store)
    assert checked.templates
    resources = print_resources(checked.site, checked.templates, store.remember)
    files = pages_of(checked.plan, checked.parts, checked.site, checked.templates, store)
    whole, _ = next(files.prints()).files
    return whole.filled({}), resources


if __name__ == "__main__":
    main()
