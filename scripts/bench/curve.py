"""The growth of a build with its statements, as a picture: three log-log diagrams."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from results import CASES, OURS, Results

COLOURS = ("#b3261e", "#555555", "#1f5fa8", "#2e7d32", "#8e5bb5", "#b26a00")
"""Dark enough on white to be told apart; ours is the first."""
DASHES = ("", "3 3", "9 3", "2 2 7 2", "7 2", "12 3 3 3")
STYLE = (
    "text{font:13px sans-serif;fill:#222}.title{font-size:18px;font-weight:bold}"
    ".case{font-size:14px;font-weight:bold}.grid{stroke:#ddd;fill:none}"
)
WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 300, 62, 84, 34
"""A diagram's own size, what is left of and above the first, and between two."""


def curve(results: Results, machine: str) -> str:
    """An SVG of the seconds on the clock, over the number of statements."""
    names = results.names()
    points = {
        (case, name): [
            (count, taken.wall)
            for count in results.counts()
            if (taken := results.get(case, count, name))
        ]
        for case in CASES
        for name in names
    }
    times = [wall for some in points.values() for _, wall in some]
    down, up = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    right = max(1, math.ceil(math.log10(max(results.counts()))))
    whole = LEFT + len(CASES) * (WIDTH + GAP)
    title = "How long a build of the pages takes, by the number of statements"

    def x(count: int, nth: int) -> float:
        return LEFT + nth * (WIDTH + GAP) + math.log10(count) / right * WIDTH

    def y(wall: float) -> float:
        return TOP + (up - math.log10(wall)) / max(1, up - down) * HEIGHT

    def diagram(nth: int, case: str) -> Iterator[str]:
        left = x(1, nth)
        yield _text(left + WIDTH / 2, TOP - 14, case, 'class="case" text-anchor="middle"')
        for power in range(down, up + 1):
            height = y(10**power)
            yield f'<path class="grid" d="M{left:.1f} {height:.1f}h{WIDTH}"/>'
            if not nth:
                yield _text(left - 8, height + 4, f"{10**power:g} s", 'text-anchor="end"')
        for power in range(right + 1):
            place = x(10**power, nth)
            yield f'<path class="grid" d="M{place:.1f} {TOP}v{HEIGHT}"/>'
            label = f"{10**power:,}"
            yield _text(place, TOP + HEIGHT + 18, label, 'text-anchor="middle"')
        for name in reversed(names):  # ours above the others
            places = [(x(count, nth), y(wall)) for count, wall in points[case, name]]
            yield from _line(places, names.index(name), is_ours=name == OURS)

    def legend() -> Iterator[str]:
        step = (whole - LEFT) / len(names)
        for nth, name in enumerate(names):
            left, height = LEFT + nth * step, TOP + HEIGHT + 62
            yield from _line([(left, height), (left + 34, height)], nth, is_ours=name == OURS)
            yield _text(left + 44, height + 4, name)

    middle = LEFT + (whole - LEFT - GAP) / 2
    size = f'viewBox="0 0 {whole} {TOP + HEIGHT + 84}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{title}">',
        f"<style>{STYLE}</style>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        _text(LEFT, 28, title, 'class="title"'),
        _text(LEFT, 48, f"Seconds on the clock, medians, both axes logarithmic; {machine}"),
        *(line for nth, case in enumerate(CASES) for line in diagram(nth, case)),
        _text(middle, TOP + HEIGHT + 38, "statements of 20 KB", 'text-anchor="middle"'),
        *legend(),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _line(places: list[tuple[float, float]], nth: int, *, is_ours: bool) -> Iterator[str]:
    colour, dash = COLOURS[nth % len(COLOURS)], DASHES[nth % len(DASHES)]
    width = 3.5 if is_ours else 2
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-dasharray="{dash}"/>'
    )
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{width + 0.5}" fill="{colour}"/>'


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(text)}</text>'
