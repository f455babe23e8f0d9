"""How each letter looks: its font, size and colour, what is behind it, and the lines at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from innspill.messages import say
from innspill.pdf.accounted.drawn_page import Colour, DrawnPage, DrawnRun, Surface, Unaccounted
from innspill.pdf.accounted.rectangles import Rectangle
from innspill.pdf.difference import Difference, Weight

BELOW, ABOVE = 0.35, 0.8
"""How far below and above the line, in parts of the size, a line belongs to the text."""
THROUGH = 0.55
"""Up to how far above the line, in parts of the size, a line goes through the letters."""
BEYOND = 0.5
"""How far, in parts of the size, what belongs to a text may reach beyond it."""
TOUCHING = 0.3
"""How much two things may have in common, in points, that stand beside each other."""
FINEST = 0.02
"""How fine, in parts of the size, a line may be that is seen."""
HIGHEST = 2.2
"""How high, in parts of the size, a surface may be that belongs to a line of text."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a letter looks."""

    font: str
    size: float
    colour: Colour
    behind: Colour | str | None
    """What is painted behind it; None for the paper."""
    lines: frozenset[tuple[str, Colour | str]]
    """Those below, through and above it, with their colours."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A page's letters with their looks, and what stands free of them."""

    letters: Mapping[DrawnRun, tuple[Look, ...]] = field(repr=False)
    free: tuple[Surface, ...] = field(repr=False)
    """The surfaces that belong to no letters."""


def look_at(page: DrawnPage, number: int) -> LookedAt:
    """How a page looks. Raises Unaccounted where something covers letters, or cuts them."""
    surfaces = merged(page.surfaces)
    _stand_apart(page.runs, number)
    tied: set[Surface] = set()
    letters: dict[DrawnRun, tuple[Look, ...]] = {}
    for run in page.runs:
        lines: list[tuple[Surface, str]] = []
        behind: Surface | None = None
        band = _band(run)
        for each in surfaces:
            if not each.area.meets(band):
                continue
            if _is_line(each, run) and _belongs(each.area, run, page.runs):
                lines.append((each, _place(each.area, run)))
                tied.add(each)
            elif each.area.meets(run.core, TOUCHING):
                is_behind = each.order < run.order and each.area.holds(run.core, TOUCHING)
                if each.area.is_thin or not is_behind:
                    message = say("page {n}: something is drawn over the text", n=number)
                    raise Unaccounted(Difference(Weight.ACTIVE, message))
                if behind is None or each.order > behind.order:
                    behind = each
                if each.area.height <= HIGHEST * run.size and _belongs(each.area, run, page.runs):
                    tied.add(each)
        letters[run] = tuple(_looks(run, behind, lines))
    return LookedAt(letters, tuple(each for each in surfaces if each not in tied))


def merged(surfaces: Iterable[Surface]) -> tuple[Surface, ...]:
    """The surfaces, in which level lines that go on where another ends are one."""
    found: list[Surface] = []
    last: dict[tuple[object, ...], int] = {}
    ordered = sorted(surfaces, key=lambda each: (each.area.left, each.order))
    for each in ordered:
        box = each.area
        key = (each.paint, round(box.lower, 1), round(box.height, 1))
        at = last.get(key)
        if _is_level(box) and at is not None and box.left <= found[at].area.right + TOUCHING:
            before = found[at]
            right = max(before.area.right, box.right)
            area = Rectangle(before.area.left, box.lower, right, box.upper)
            is_whole = before.is_whole and each.is_whole
            found[at] = Surface(area, each.paint, max(before.order, each.order), is_whole)
            continue
        last[key] = len(found)
        found.append(each)
    return tuple(sorted(found, key=lambda each: each.order))


def _is_level(box: Rectangle) -> bool:
    return box.is_thin and box.width > box.height


def _is_line(surface: Surface, run: DrawnRun) -> bool:
    """Whether it is a line at the letters of a run, and one that is seen."""
    is_seen = surface.is_whole and surface.area.height >= FINEST * run.size
    return is_seen and _is_level(surface.area)


def _band(run: DrawnRun) -> Rectangle:
    """Where the lines at a text stand."""
    lower, upper = run.baseline - BELOW * run.size, run.baseline + ABOVE * run.size
    return Rectangle(run.edges[0], lower, run.edges[-1], upper)


def _belongs(box: Rectangle, run: DrawnRun, runs: Iterable[DrawnRun]) -> bool:
    """Whether a box reaches no farther than the text of the line that it stands at."""
    line = [
        each
        for each in runs
        if abs(each.baseline - run.baseline) < run.size / 2
        and each.edges[0] < box.right
        and each.edges[-1] > box.left
    ]
    slack = BEYOND * run.size
    left = min(each.edges[0] for each in line) - slack
    return left <= box.left and box.right <= max(each.edges[-1] for each in line) + slack


def _place(box: Rectangle, run: DrawnRun) -> str:
    height = ((box.lower + box.upper) / 2 - run.baseline) / run.size
    if height < 0:
        return "under"
    return "through" if height <= THROUGH else "over"


def _looks(
    run: DrawnRun, behind: Surface | None, lines: list[tuple[Surface, str]]
) -> Iterable[Look]:
    for left, right in zip(run.edges, run.edges[1:], strict=False):
        middle = (left + right) / 2
        at = ((s.paint, place) for s, place in lines if s.area.left <= middle <= s.area.right)
        yield Look(
            run.font,
            round(run.size, 1),
            run.colour,
            behind.paint if behind else None,
            frozenset((place, paint) for paint, place in at),
        )


def _stand_apart(runs: Iterable[DrawnRun], number: int) -> None:
    """No letters stand over others. Raises Unaccounted."""
    ordered = sorted(runs, key=lambda each: each.baseline)
    largest = max((each.size for each in ordered), default=0.0)
    for at, run in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.baseline > run.baseline + largest:
                break
            if run.core.meets(other.core, TOUCHING):
                message = say("page {n}: letters stand over others", n=number)
                raise Unaccounted(Difference(Weight.ACTIVE, message))
