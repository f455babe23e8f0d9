"""What a drawing's elements use of each other is there, of the right kind, and bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from innspill.errors import InnspillError
from innspill.media.drawing_values import PLACE, REFERENCE
from innspill.media.shapes import GRADIENTS, SHAPES, FlawKind, Shape, Sketch, short
from innspill.messages import Message, say

MOST_SHAPES = 10_000
"""So many elements and letters are drawn at most, each as often as it is used."""
STEPS = 10
"""So many steps of a path take the time of an element."""
GROUP = 2
"""So many elements more an opacity counts: what has one is drawn by itself first."""
MOST_SEARCHED = 1_000_000
"""WeasyPrint looks through all elements for each that is named."""
DEEPEST = 40
"""So deep elements stand in each other at most, through what they use too."""
GRADIENT_NEEDS = {
    "linearGradient": {"x1", "y1", "x2", "y2"},
    "radialGradient": {"cx", "cy", "r"},
}
"""What WeasyPrint would guess otherwise than browsers do."""


def check_uses(sketch: Sketch) -> None:
    """Each place that is named is there and of its kind, and what is drawn is bounded."""
    for shape, name, place in sketch.used:
        target = _target(sketch, place, _may_be(shape, name), shape.line)
        if target is not None and name != "href":
            _check_gradient(sketch, target)
    for line, place in sketch.styled:
        target = _target(sketch, place, GRADIENTS | {"clipPath", "marker"}, line)
        if target is not None:
            _check_gradient(sketch, target)
    if sketch.has_clips:  # outside of those it changes nothing
        for line in sketch.clip_rules:
            sketch.otherwise("clip-rule", "evenodd", line)
    if sketch.flaws or sketch.root is None:
        return
    try:
        count = _Counter(sketch).of(sketch.root)[0]
    except _Endless as fault:
        message = say("its elements use each other in a circle, or stand too deep in each other")
        sketch.flaw(message, fault.line, FlawKind.BROKEN)
    else:
        if count > MOST_SHAPES or _searched(sketch) > MOST_SEARCHED:
            sketch.flaw(too_many(), 1, FlawKind.TOO_MUCH)


def _searched(sketch: Sketch) -> int:
    assert sketch.root is not None
    count, rest = 0, [sketch.root]
    while rest:
        count += 1
        rest += rest.pop().inside
    return count * len({place for _, _, place in sketch.used})


def too_many() -> Message:
    """What is said of a drawing that has too much in it."""
    return say(
        "it draws too much: its shapes, letters and the steps of its paths count as more than "
        "{most} shapes",
        most=MOST_SHAPES,
    )


def _may_be(shape: Shape, name: str) -> set[str]:
    """What may stand at a place that an attribute names."""
    if name == "href":
        return GRADIENTS if shape.tag in GRADIENTS else SHAPES | {"g", "use", "text"}
    if name == "clip-path":
        return {"clipPath"}
    return {"marker"} if name.startswith("marker") else GRADIENTS


def _target(sketch: Sketch, place: str, kinds: set[str], line: int) -> Shape | None:
    """What stands at a place, None where it is a flaw that it is named."""
    target = sketch.ids.get(place)
    if target is None:
        sketch.flaw(say('there is no "{id}" in it', id=short(place)), line, FlawKind.BROKEN)
    elif target.tag not in kinds:
        message = say('<{tag}> can\'t be used so: "{id}"', tag=target.tag, id=short(place))
        sketch.flaw(message, line, FlawKind.BROKEN)
    else:
        return target
    return None


def _check_gradient(sketch: Sketch, gradient: Shape) -> None:
    """A gradient that is drawn is in the drawing's own units: not all PDF readers know others."""
    if gradient.tag not in GRADIENTS:
        return
    said, stops, seen = dict[str, str](), 0, set[int]()
    each: Shape | None = gradient
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        said = {**each.attributes, **said}
        stops = stops or len(list(each.inside))
        place = REFERENCE.fullmatch(each.attributes.get("href", ""))
        each = sketch.ids.get(place[1]) if place else None
    if stops < 2:
        return
    if said.get("gradientUnits") != "userSpaceOnUse":
        sketch.otherwise("gradientUnits", "objectBoundingBox", gradient.line)
    elif lacks := GRADIENT_NEEDS[gradient.tag] - said.keys():
        message = say('<{tag}> lacks "{name}"', tag=gradient.tag, name=min(lacks))
        sketch.flaw(message, gradient.line, FlawKind.UNLIKE)


def _steps(shape: Shape) -> int:
    """The steps of a path."""
    return len(re.findall("[A-Za-z]", shape.attributes.get("d", "")))


def _own_cost(shape: Shape) -> int:
    """An element counts as several where it takes WeasyPrint the time of several."""
    letters = 0
    if shape.tag != "style":
        letters = sum(len(each) for each in shape.children if isinstance(each, str))
    is_group = "opacity" in shape.attributes
    return 1 + _steps(shape) // STEPS + letters + GROUP * is_group


class _Endless(InnspillError):
    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class _Counter:
    """How many elements are drawn, each as often as it is used."""

    def __init__(self, sketch: Sketch) -> None:
        self.ids = sketch.ids
        self.known: dict[int, tuple[int, int]] = {}
        self.open: set[int] = set()
        passed_on = (
            place
            for shape, name, place in sketch.used
            if name.startswith("marker") and shape.tag not in SHAPES
        )
        named = dict.fromkeys((*(place for _, place in sketch.styled), *passed_on))
        self.for_all = [self.ids[each] for each in named if each in self.ids]
        """What a style sheet or a group names, which may be drawn with each shape."""

    def of(self, shape: Shape) -> tuple[int, int]:
        """How many elements an element draws, and how deep they stand in each other.

        Raises _Endless.
        """
        if id(shape) in self.known:
            return self.known[id(shape)]
        if id(shape) in self.open or len(self.open) > DEEPEST:
            raise _Endless(shape.line)
        self.open.add(id(shape))
        total, deepest = _own_cost(shape), 0
        for each, times in self.drawn_by(shape):
            count, depth = self.of(each)
            total += count * times
            deepest = max(deepest, depth)
        self.open.remove(id(shape))
        if deepest + 1 > DEEPEST:
            raise _Endless(shape.line)
        self.known[id(shape)] = min(total, MOST_SHAPES + 1), deepest + 1
        return self.known[id(shape)]

    def drawn_by(self, shape: Shape) -> Iterator[tuple[Shape, int]]:
        """What is drawn with an element, and how often: a marker at each point."""
        for each in shape.inside:
            yield each, 1
        is_marked = shape.tag in SHAPES and "style" not in shape.attributes
        for target in (*self.named_by(shape), *(self.for_all if is_marked else ())):
            yield target, _steps(shape) + 2 if target.tag == "marker" else 1

    def named_by(self, shape: Shape) -> Iterator[Shape]:
        """What an element's attributes name."""
        for name, value in shape.attributes.items():
            if name == "href":
                found = REFERENCE.fullmatch(value)
                place = found[1] if found else None
            else:
                found = PLACE.fullmatch(value)
                place = found["id"] if found else None
            if place in self.ids:
                yield self.ids[place]
