"""The goals that speed is held to: each with its figure, as far as it was measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import paper_builds as paper
import start_up
from results import CASES, LOOP, OURS, Results
from running import Run

SAVED = "saved"
"""The case of a save in the preview; its clock runs until the words are seen."""
COLD, NOTHING, ONE = CASES


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


def goals(results: Results, pdfs: int) -> Iterator[Goal]:
    """Every goal; `pdfs` is how many statements' PDFs were made."""

    def ratio(case: str, count: int, figure: Callable[[Run], float], name: str) -> float | None:
        """Ours to another's."""
        ours, other = results.get(case, count, OURS), results.get(case, count, name)
        return figure(ours) / figure(other) if ours and other and figure(other) else None

    yield Goal(
        "1,000 statements, nothing changed: to Hugo", 0.25, ratio(NOTHING, 1000, _wall, "Hugo")
    )
    yield Goal("1,000 statements, one changed: to Hugo", 0.6, ratio(ONE, 1000, _wall, "Hugo"))
    loop = "1,000 statements, cold: to the bare loop"
    yield Goal(loop, 1.5, ratio(COLD, 1000, _wall, LOOP))
    yield Goal(f"{loop}, CPU", 1.5, ratio(COLD, 1000, _cpu, LOOP))
    yield Goal("1,000 statements, cold: to Hugo", 4, ratio(COLD, 1000, _wall, "Hugo"))
    yield Goal("1,000 statements, cold: to MkDocs", 1 / 3, ratio(COLD, 1000, _wall, "MkDocs"))
    memory = ratio(COLD, 10_000, lambda taken: taken.memory, "Hugo")
    yield Goal("10,000 statements, cold, memory: to Hugo", 0.3, memory)
    for case in CASES:
        small, large = (results.get(case, count, OURS) for count in (1000, 10_000))
        growth = large.wall / small.wall if small and large else None
        yield Goal(f"from 1,000 to 10,000 statements, {case}", 11, growth)
    yield from _paper_goals(results, pdfs)
    seen = ratio(SAVED, 1000, _wall, "Hugo")
    yield Goal("1,000 statements, save to seen: to `hugo server`", 1, seen)
    start = ratio(start_up.CASE, 0, _wall, start_up.CLICK)
    yield Goal("`--version`: to Python with click", 3, start)


def _paper_goals(results: Results, pdfs: int) -> Iterator[Goal]:
    one, every, alone, nothing, changed = (
        results.get(case, pdfs, OURS)
        for case in (
            paper.ONE_CORE,
            paper.ALL_CORES,
            paper.PAGES_ALONE,
            paper.NOTHING,
            paper.ONE_WORD,
        )
    )
    plain, plain_two = (
        results.get(case, pdfs, paper.WEASYPRINT) for case in (paper.PLAIN, paper.PLAIN_TWO)
    )
    of = f"PDFs of {pdfs} statements"
    gain = one.wall / every.wall if one and every else None
    yield Goal(f"{of}, cold: gain of all cores over one", 1.8, gain, is_gain=True)
    cost = (every.cpu - alone.cpu) / plain.cpu if every and alone and plain else None
    yield Goal(f"{of}, cold, CPU beyond the pages': to the warm loop", 0.9, cost)
    each = nothing.wall / pdfs * 1000 if nothing else None
    yield Goal(f"{of}, nothing changed: for each statement", 5, each, "ms")
    made = paper.laid_out(nothing) if nothing else None
    yield Goal(f"{of}, nothing changed: laid out", 0, made, "")
    made = paper.laid_out(changed) if changed else None
    yield Goal(f"{of}, one word changed: laid out", paper.EACH, made, "")
    cost = changed.wall / plain_two.wall if changed and plain_two else None
    yield Goal(f"{of}, one word changed: to the warm loop's two", 0.7, cost)


def _wall(taken: Run) -> float:
    return taken.wall


def _cpu(taken: Run) -> float:
    return taken.cpu
