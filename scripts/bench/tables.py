"""What was measured, as tables in Markdown; and what the manual says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import first
import growth
import pdfs
import preview
from goals import goals, pdf_cost
from growth import AXES, exponent, figures
from letters import Size
from pages import CASES, COLD, NOTHING, ONE, ONE_CORE, case_of
from pages import PART as PAGES
from results import HUGO, LOOP, OURS, Results
from running import Run

REMEMBERED = """\
What a statement was made into is remembered, PDFs too: a change makes only its own statement anew.
MB is the most memory that all processes have at once, from nothing."""
WRITTEN = "`scripts/bench/` in the project measures this, and writes it here."
Lines = Iterator[str]


def tables(results: Results, sizes: list[Size], many: int, versions: Mapping[str, str]) -> str:
    """All tables."""
    parts = {
        PAGES: _pages(results, sizes, versions),
        growth.PART: _growth(results),
        pdfs.PART: _pdfs(results, versions),
        preview.PART: _serve(results),
    }
    shown = [_goals(results, many), *(parts[part] for part in parts if part in results.parts)]
    return "\n\n".join("\n".join(lines) for lines in shown) + "\n"


def manual(results: Results, sizes: list[Size], many: int, versions: Mapping[str, str]) -> str:
    """The manual's section about speed."""
    hugo = f"Hugo {versions[HUGO]}"
    lines = [
        "",
        f"Copies of the real letter with all its points and proposals ({_when(results)}).",
        f"Seconds on the clock, medians; in brackets {hugo}, of the letters' bodies alone.",
        "",
        "| statements | in each consultation | from nothing | nothing changed | one changed | MB |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for size in sizes:
        cells = [_pair(results, PAGES, case_of(size, case)) for case in CASES]
        cold = results.get(PAGES, case_of(size, COLD))
        memory = f"{cold.memory:,.0f}" if cold else ""
        row = (f"{size.statements:,}", f"{min(size.statements, size.together):,}", *cells, memory)
        lines.append(f"| {' | '.join(row)} |")
    lines += ["", "| what | measured |", "|---|---|"]
    lines += [f"| {what} | {value} |" for what, value in _facts(results, many, hugo)]
    lines += ["", REMEMBERED, "", WRITTEN]
    return "\n".join(lines) + "\n"


def _facts(results: Results, many: int, hugo: str) -> Iterator[tuple[str, str]]:
    for case in (first.NEW, first.LETTER):
        if taken := results.get(first.PART, case):
            yield f"the first build of {case}", f"{_figure(taken.cpu)} seconds of the processor"
    plain = results.get(pdfs.PART, pdfs.PLAIN, pdfs.WEASYPRINT)
    made = results.get(pdfs.PART, pdfs.MADE)
    if (cost := pdf_cost(results)) and plain and made:
        each = plain.cpu / made.wall
        yield (
            "a PDF, seconds of the processor; plain WeasyPrint of the same HTML",
            f"{_figure(cost * each)}; {_figure(each)}",
        )
    if memory := preview.most_memory(results, OURS):
        start = _pair(results, preview.PART, preview.START)
        saved = _pair(results, preview.PART, preview.SAVED)
        yield f"`innspill serve`, {many:,} statements: memory", f"{memory:.0f} MB"
        yield f"its start, with a store ({hugo})", f"{start} s"
        if saved:
            yield f"from a save to the words in the open browser ({hugo})", f"{saved} s"


def _pair(results: Results, part: str, case: str) -> str:
    """Our seconds on the clock, and Hugo's in brackets."""
    ours, hugo = results.get(part, case), results.get(part, case, HUGO)
    if not ours:
        return ""
    return _figure(ours.wall) + (f" ({_figure(hugo.wall)})" if hugo else "")


def _when(results: Results) -> str:
    return "; ".join(dict.fromkeys(results.taken_on.values()))


def _goals(results: Results, many: int) -> Lines:
    yield f"{_when(results)}. Medians."
    yield ""
    yield "| goal | bound | measured | |"
    yield "|---|---:|---:|---|"
    for goal in goals(results, many):
        unit = f" {goal.unit}".rstrip()
        bound = f"{'at least' if goal.is_gain else 'at most'} {goal.bound:g}{unit}"
        figure = "" if goal.figure is None else f"{_figure(goal.figure)}{unit}"
        verdict = {True: "met", False: "**not met**", None: "not measured"}[goal.is_met]
        yield f"| {goal.what} | {bound} | {figure} | {verdict} |"


def _pages(results: Results, sizes: list[Size], versions: Mapping[str, str]) -> Lines:
    yield (
        "Pages: seconds on the clock (of the processors), and the clock's as a multiple of Hugo's; "
        "cold, the most memory of all processes at once, and of the largest one; what is written, "
        "cold and with one changed."
    )
    yield ""
    yield "| statements | | cold | nothing changed | one changed | memory, MB | written, MB |"
    yield "|---:|---|---:|---:|---:|---:|---:|"
    for size in sizes:
        for name in dict.fromkeys((OURS, LOOP, *versions)):
            runs = {case: results.get(PAGES, case_of(size, case), name) for case in CASES}
            if any(runs.values()):
                yield _row(results, size, name, runs, versions)
        if alone := results.get(PAGES, case_of(size, ONE_CORE)):
            yield f"| | innspill, one core | {_cell(alone, None)} | | | {_memory(alone)} | |"
    yield ""
    yield (
        f"The {LOOP} is YAML, markdown-it-py and one template on as many processes as there are "
        "cores. It reads the same files; the other programs get each letter's title and body."
    )


def _row(
    results: Results,
    size: Size,
    name: str,
    runs: Mapping[str, Run | None],
    versions: Mapping[str, str],
) -> str:
    hugo = {case: results.get(PAGES, case_of(size, case), HUGO) for case in CASES}
    cells = [_cell(runs[case], hugo[case]) for case in (COLD, NOTHING, ONE)]
    cold, changed = runs[COLD], runs[ONE]
    written = f"{cold.written:.1f} / {changed.written:.1f}" if cold and changed else ""
    title = f"{name} {versions.get(name, '')}".strip()
    row = (str(size), title, *cells, _memory(cold), written)
    return f"| {' | '.join(row)} |"


def _memory(taken: Run | None) -> str:
    return f"{taken.memory:,.0f} / {taken.largest:,.0f}" if taken else ""


def _cell(taken: Run | None, hugo: Run | None) -> str:
    if not taken:
        return ""
    times = f" · {_figure(taken.wall / hugo.wall)}×" if hugo else ""
    return f"{_figure(taken.wall)} ({_figure(taken.cpu)}){times}"


def _figure(value: float) -> str:
    """Three digits that count, of seconds or of a ratio."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _growth(results: Results) -> Lines:
    yield "Growth: seconds of the processors, on one core, with none, n, 2n and 4n."
    yield ""
    yield "| of what | numbers | s | exponent |"
    yield "|---|---:|---:|---:|"
    for axis in AXES:
        found = figures(results, axis.name)
        slope = exponent(found)
        numbers = " / ".join(f"{size:,}" for size in found)
        costs = " / ".join(_figure(taken.cpu) for taken in found.values())
        told = "" if not found else "too little to tell" if slope is None else f"{slope:.2f}"
        yield f"| {axis.name} | {numbers} | {costs} | {told} |"


def _pdfs(results: Results, versions: Mapping[str, str]) -> Lines:
    made = results.get(pdfs.PART, pdfs.MADE)
    yield f"PDFs, {made.wall if made else 0:.0f} of them, with their pages."
    yield ""
    yield "| | s | CPU s | memory, MB |"
    yield "|---|---:|---:|---:|"
    for case in (pdfs.PAGES_ALONE, COLD, NOTHING, ONE):
        if taken := results.get(pdfs.PART, case):
            yield f"| {case} | {_figure(taken.wall)} | {_figure(taken.cpu)} | {_memory(taken)} |"
    if taken := results.get(pdfs.PART, pdfs.PLAIN, pdfs.WEASYPRINT):
        title = f"plain WeasyPrint {versions[pdfs.WEASYPRINT]}, tagged, same HTML, warm"
        yield f"| {title} | {_figure(taken.wall)} | {_figure(taken.cpu)} | |"


def _serve(results: Results) -> Lines:
    yield (
        "The preview: seconds from its start until a page answers, and from a save until it is "
        "seen, medians; the most memory, in MB."
    )
    yield ""
    yield "| | first start, after a build | start with a store | save to seen | memory |"
    yield "|---|---:|---:|---:|---:|"
    for name in (OURS, HUGO):
        cases = (preview.FIRST_START, preview.START, preview.SAVED)
        runs = [results.get(preview.PART, case, name) for case in cases]
        cells = [_figure(each.wall) if each else "" for each in runs]
        yield f"| {name} | {' | '.join(cells)} | {preview.most_memory(results, name) or 0:.0f} |"
