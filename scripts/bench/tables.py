"""What was measured, as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import paper_builds as paper
import start_up
from goals import SAVED, goals
from page_builds import FIRST
from results import CASES, LOOP, OURS, Results
from running import Run


def tables(results: Results, pdfs: int, versions: Mapping[str, str], machine: str) -> str:
    """All tables; `pdfs` is how many statements' PDFs were made."""
    parts = (
        _pages(results, versions, machine),
        _paper(results, pdfs, versions),
        _goals(results, pdfs),
        _also(results),
    )
    return "\n\n".join("\n".join(lines) for lines in map(list, parts) if lines) + "\n"


def _pages(results: Results, versions: Mapping[str, str], machine: str) -> Iterator[str]:
    if not results.counts():
        return
    yield (
        f"Pages, on {machine}: seconds on the clock (of the processors), and the clock's as a "
        "multiple of Hugo's; the most memory at once, and what is written, cold and with one "
        "changed."
    )
    yield ""
    yield "| statements | | cold | nothing changed | one changed | memory, MB | written, MB |"
    yield "|---:|---|---:|---:|---:|---:|---:|"
    for count in results.counts():
        for name in results.names():
            runs = [results.get(case, count, name) for case in CASES]
            if not any(runs):
                continue
            hugo = [results.get(case, count, "Hugo") for case in CASES]
            cells = [_cell(ours, other) for ours, other in zip(runs, hugo, strict=True)]
            memory = max(each.memory for each in runs if each)
            written = " / ".join(f"{each.written:.1f}" for each in (runs[0], runs[-1]) if each)
            title = f"{name} {versions.get(name, '')}".strip()
            title = f"**{title}**" if name == OURS else title
            row = (f"{count:,}", title, *cells, f"{memory:,.0f}", written)
            yield f"| {' | '.join(row)} |"
    yield ""
    yield (
        f"The {LOOP} is markdown-it-py and Jinja on as many processes as there are cores, without "
        "contents, checks, search or anything else. Cold, the fonts are cut already."
    )
    firsts = [(count, results.get(FIRST, count, OURS)) for count in results.counts()]
    if first := ", ".join(f"{taken.wall:.1f} s for {n:,}" for n, taken in firsts if taken):
        yield f"The first build of a project, which cuts them, takes {first}."


def _cell(taken: Run | None, hugo: Run | None) -> str:
    if not taken:
        return ""
    times = f" · {_figure(taken.wall / hugo.wall)}×" if hugo else ""
    return f"{_figure(taken.wall)} ({_figure(taken.cpu)}){times}"


def _figure(value: float) -> str:
    """Three digits that count, of seconds or of a ratio."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _paper(results: Results, pdfs: int, versions: Mapping[str, str]) -> Iterator[str]:
    rows = [
        (paper.PAGES_ALONE, OURS, "pages alone, cold", 0),
        (paper.ONE_CORE, OURS, "cold, one core", paper.EACH * pdfs),
        (paper.ALL_CORES, OURS, "cold, all cores", paper.EACH * pdfs),
        (paper.NOTHING, OURS, "nothing changed", 0),
        (paper.ONE_WORD, OURS, "one word changed", paper.EACH),
        (paper.PLAIN, paper.WEASYPRINT, "warm loop, tagged, same HTML", paper.EACH * pdfs),
        (paper.PLAIN_TWO, paper.WEASYPRINT, "warm loop, the changed one's", paper.EACH),
        (paper.TYPST, "Pandoc and Typst", "cold, one of each statement", pdfs),
    ]
    found = [(taken, *row[1:]) for row in rows if (taken := results.get(row[0], pdfs, row[1]))]
    if not found:
        return
    yield f"PDFs of {pdfs:,} statements, two of each, their pages with them."
    yield ""
    yield "| | | PDFs made | s | CPU s | CPU s for each | memory, MB |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for taken, name, what, made in found:
        title = f"{name} {versions.get(name, '')}".strip()
        each = f"{taken.cpu / made:.2f}" if made else ""
        memory = f"{taken.memory:,.0f}" if taken.memory else ""
        row = (title, what, f"{made}", _figure(taken.wall), _figure(taken.cpu), each, memory)
        yield f"| {' | '.join(row)} |"


def _goals(results: Results, pdfs: int) -> Iterator[str]:
    yield "| goal | bound | measured | |"
    yield "|---|---:|---:|---|"
    for goal in goals(results, pdfs):
        unit = f" {goal.unit}".rstrip()
        bound = f"{'at least' if goal.is_gain else 'at most'} {goal.bound:.3g}{unit}"
        figure = "" if goal.figure is None else f"{goal.figure:.3g}{unit}"
        verdict = {True: "met", False: "**not met**", None: "not measured"}[goal.is_met]
        yield f"| {goal.what} | {bound} | {figure} | {verdict} |"


def _also(results: Results) -> Iterator[str]:
    """What a ratio alone does not tell."""
    start = [results.get(start_up.CASE, 0, name) for name in (OURS, start_up.CLICK)]
    saved = [results.get(SAVED, 1000, name) for name in (OURS, "Hugo")]
    for what, pair in (
        ("`--version`, and Python with click", start),
        ("save to seen, here and by Hugo", saved),
    ):
        if all(pair):
            times = ", ".join(f"{each.wall * 1000:.0f} ms" for each in pair if each)
            yield f"- {what}: {times}"
