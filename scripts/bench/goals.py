"""The goals that speed is held to: each with its figure, as far as it was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import first
import pdfs
import preview
from growth import AXES, exponent, figures
from letters import Size
from pages import COLD, NOTHING, ONE, ONE_CORE, case_of
from pages import PART as PAGES
from results import HUGO, LOOP, OURS, Results
from running import Run

wall, cpu = attrgetter("wall"), attrgetter("cpu")


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that must not be above its bound; not below, where it is a gain."""

    what: str
    bound: float
    figure: float | None
    """None where it was not measured."""
    unit: str = "×"
    is_gain: bool = False

    @property
    def is_met(self) -> bool | None:
        """None where it was not measured."""
        if self.figure is None:
            return None
        return self.figure >= self.bound if self.is_gain else self.figure <= self.bound


def goals(results: Results, many: int) -> Iterator[Goal]:
    """Every goal; `many` is the number of statements, 1,000 but where all is tried out."""
    some, one = Size(many), Size(many, many)

    def ratio(size: Size, case: str, figure: attrgetter[float], name: str) -> float | None:
        """Ours to another's, in builds of pages."""
        return quotient(
            results.get(PAGES, case_of(size, case)),
            results.get(PAGES, case_of(size, case), name),
            figure,
        )

    def figure(part: str, case: str, unit: attrgetter[float]) -> float | None:
        taken = results.get(part, case)
        return unit(taken) if taken else None

    loop = "a statement's pages, cold, CPU: to the bare loop of YAML, markdown-it-py and a template"
    yield Goal(loop, 4, ratio(some, COLD, cpu, LOOP))
    yield Goal(f"{some}, cold: to Hugo's bodies", 12, ratio(some, COLD, wall, HUGO))
    alone, together = (results.get(PAGES, case_of(one, case)) for case in (ONE_CORE, COLD))
    gain = quotient(alone, together, wall)
    yield Goal(f"{one}, cold: gain of two cores", 1.7, gain, is_gain=True)
    yield Goal(f"{some}, one changed: to Hugo", 0.7, ratio(some, ONE, wall, HUGO))
    changed = ratio(one, ONE, wall, HUGO)
    yield Goal(f"{one}, one changed: to Hugo", 2, changed)
    yield Goal(f"{some}, nothing changed: to Hugo", 0.15, ratio(some, NOTHING, wall, HUGO))
    for case, bound in ((first.NEW, 0.7), (first.LETTER, 4.5)):
        spent = figure(first.PART, case, cpu)
        yield Goal(f"first build of {case}: CPU", bound, spent, "s")
    for what in ("memory", "largest"):
        which = "all processes together" if what == "memory" else "the largest process"
        most = figure(PAGES, case_of(one, COLD), attrgetter(what))
        yield Goal(f"{one}, cold: memory of {which}", 200, most, "MB")
    for axis in AXES:
        slope = exponent(figures(results, axis.name))
        yield Goal(f"growth with {axis.name}: exponent", 1.1, slope, "")
    yield Goal("a PDF, CPU: to plain tagged WeasyPrint, warm", 1, pdf_cost(results))
    memory = preview.most_memory(results, OURS)
    yield Goal(f"`serve`, {many:,} statements: memory of all processes", 250, memory, "MB")
    start = figure(preview.PART, preview.START, wall)
    yield Goal(f"`serve`, {many:,} statements, with a store: start", 5, start, "s")
    saved = [results.get(preview.PART, preview.SAVED, name) for name in (OURS, HUGO)]
    seen = quotient(saved[0], saved[1], wall)
    yield Goal(f"`serve`, {many:,} statements, save to seen: to `hugo server`", 0.4, seen)


def quotient(ours: Run | None, other: Run | None, figure: attrgetter[float]) -> float | None:
    """One figure of ours to another's; None where either was not measured."""
    return figure(ours) / figure(other) if ours and other else None


def pdf_cost(results: Results) -> float | None:
    """The CPU of a build beyond its pages', to WeasyPrint's of the same HTML."""
    every, alone = (results.get(pdfs.PART, case) for case in (COLD, pdfs.PAGES_ALONE))
    plain = results.get(pdfs.PART, pdfs.PLAIN, pdfs.WEASYPRINT)
    return (every.cpu - alone.cpu) / plain.cpu if every and alone and plain else None
