"""Reads a drawing's XML: nothing that it names is followed, nothing that it declares unfolds.

What is not on the lists of `drawing_values` is a flaw, unless it is another program's own, which
neither browsers nor WeasyPrint draw: that is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from xml.parsers import expat

from innspill.media.drawing_styles import set_property, set_style, write_sheet
from innspill.media.drawing_uses import DEEPEST, MOST_SHAPES, too_many
from innspill.media.drawing_values import (
    ALIGNED,
    NEUTRAL,
    OWN,
    REFERENCE,
    STYLES,
    UNLIKE,
    path_steps,
    pixels,
    points,
)
from innspill.media.shapes import (
    GRADIENTS,
    OF_TEXT,
    SHAPES,
    FlawKind,
    NotRead,
    Shape,
    Sketch,
    short,
)
from innspill.messages import say

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
OF_BROWSERS = {"http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML"}
"""The other elements that browsers know."""
LARGEST = 50_000
"""The most pixels of a side."""

CONTENT = SHAPES | GRADIENTS | {
    "g", "use", "text", "defs", "clipPath", "marker", "style", "symbol",
}  # fmt: skip
INSIDE: Mapping[str, set[str]] = {
    "svg": CONTENT,
    "g": CONTENT,
    "defs": CONTENT,
    "marker": SHAPES | {"g"},
    "clipPath": SHAPES,
    "text": {"tspan"},
    "tspan": {"tspan"},
    "linearGradient": {"stop"},
    "radialGradient": {"stop"},
}
"""What each element may hold."""
UNSEEN = {"title", "desc", "metadata", "font"}
"""What is told of a drawing and not drawn: the text around it says what it shows.

Fonts of SVG's own are drawn by no browser today.
"""
ACTIVE = {
    "script", "handler", "listener", "set", "animate", "animateMotion", "animateTransform",
    "animateColor", "discard", "iframe", "audio", "video", "canvas", "embed", "object",
}  # fmt: skip
MARKERS = {"marker-start", "marker-mid", "marker-end"}


def read_xml(data: bytes) -> Sketch:
    """What a drawing's elements are, and what is wrong with them."""
    reader = _DrawingReader()
    sketch = reader.sketch
    try:
        reader.parser.Parse(data, True)
    except NotRead:
        pass
    except (expat.ExpatError, ValueError, LookupError) as fault:  # or no encoding of Python's
        line = getattr(fault, "lineno", 1) or 1
        with suppress(NotRead):
            sketch.flaw(say("it is no XML that can be read"), line, FlawKind.UNREAD)
    if sketch.root is None and not sketch.flaws:
        sketch.flaw(say("it is no SVG"), 1, FlawKind.UNREAD)
    return sketch


class _DrawingReader:
    def __init__(self) -> None:
        self.sketch = Sketch()
        self.open: list[Shape | None] = []
        """The elements around; None for what is not published."""
        self.count = 0
        self.parser = parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = parser.SkippedEntityHandler = self.entity
        parser.ProcessingInstructionHandler = self.instruction

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def doctype(self, _name: str, _system: str | None, _public: str | None, inside: int) -> None:
        if inside:  # what is only named is never fetched
            message = say("it declares a document type of its own: <!DOCTYPE …>")
            self.sketch.flaw(message, self.line, FlawKind.UNREAD)
            raise NotRead

    def entity(self, *_: object) -> None:
        self.sketch.flaw(say("it uses entities"), self.line, FlawKind.UNREAD)
        raise NotRead

    def instruction(self, target: str, _data: str) -> None:
        if target == "xml-stylesheet":
            message = say("it takes a style sheet from elsewhere: <?xml-stylesheet …?>")
            self.sketch.flaw(message, self.line, FlawKind.ELSEWHERE)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition("\n")
        is_root, around = not self.open, self.open[-1] if self.open else None
        self.open.append(None)
        if is_root and (space, tag) != (SVG, "svg"):
            message = say("it is no SVG")
            if (space, tag) == ("", "svg"):
                message = say('its <svg> lacks xmlns="{name}", so it is no SVG', name=SVG)
            self.sketch.flaw(message, self.line, FlawKind.UNREAD)
            raise NotRead
        if is_root or self.is_published(space, tag, around):
            self.open[-1] = shape = Shape(tag, self.line)
            if tag == "symbol":  # a group that only what uses it draws
                shape.tag = "g"
            if around is None:
                self.sketch.root = shape
                self.measure(shape, attributes)
            else:
                is_hidden = tag == "symbol" and around.tag != "defs"
                kept = Shape("defs", self.line, children=[shape]) if is_hidden else shape
                around.children.append(kept)
            for key, value in attributes.items():
                self.attribute(shape, key, value)
            if tag == "symbol" and "viewBox" in attributes:
                self.sketch.otherwise("viewBox", attributes["viewBox"], self.line)
            self.is_complete(shape)

    def is_published(self, space: str, tag: str, around: Shape | None) -> bool:
        """Whether an element is published; one that may not be is a flaw."""
        self.count += 1
        if self.count > MOST_SHAPES or len(self.open) > 5 * DEEPEST:
            self.sketch.flaw(too_many(), self.line, FlawKind.TOO_MUCH)
            raise NotRead
        if tag in ACTIVE:
            message = say("<{tag}> runs or plays something", tag=tag)
            self.sketch.flaw(message, self.line, FlawKind.RUNS)
        elif space in OF_BROWSERS or (
            space == SVG and around and tag not in INSIDE.get(around.tag, set()) | UNSEEN
        ):
            message = say("<{tag}> is not drawn alike in the page and in the PDF", tag=short(tag))
            self.sketch.flaw(
                message, self.line, FlawKind.TEXT if tag in OF_TEXT else FlawKind.UNLIKE
            )
        else:
            return space == SVG and around is not None and tag not in UNSEEN
        return False

    def end(self, _name: str) -> None:
        shape = self.open.pop()
        if shape is not None and shape.tag == "style":
            css = "".join(each for each in shape.children if isinstance(each, str))
            shape.children = [write_sheet(self.sketch, css, shape.line)]

    def text(self, text: str) -> None:
        shape = self.open[-1] if self.open else None
        if shape is None or shape.tag not in {"text", "tspan", "style"}:
            return
        shape.children.append(text)
        if shape.tag != "style":
            for each in text:
                if not each.isspace():
                    self.sketch.letters.setdefault(each, self.line)

    def measure(self, root: Shape, attributes: Mapping[str, str]) -> None:
        """The drawing's box, and what of the drawing is shown in it."""
        box = _box(attributes.get("viewBox", ""))
        if "viewBox" in attributes and box is None:
            self.sketch.otherwise("viewBox", attributes["viewBox"], self.line)
        width, height = (pixels(attributes.get(side, "")) for side in ("width", "height"))
        if box:
            width = width or (height * box[2] / box[3] if height else box[2])
            height = height or width * box[3] / box[2]
        if not width or not height or not 1 <= min(width, height) <= max(width, height) <= LARGEST:
            message = say("it doesn't say how large it is: width and height, or viewBox")
            self.sketch.flaw(message, self.line, FlawKind.SIZE)
            return
        fit = " ".join(attributes.get("preserveAspectRatio", "xMidYMid").split())
        if not ALIGNED.fullmatch(fit):
            self.sketch.otherwise("preserveAspectRatio", fit, self.line)
        self.sketch.size = (width, height)
        root.attributes |= {
            "width": _plain(width),
            "height": _plain(height),
            "viewBox": " ".join(f"{each:.9g}" for each in box or (0, 0, width, height)),
            "preserveAspectRatio": fit,
        }

    def attribute(self, shape: Shape, key: str, value: str) -> None:
        space, _, name = key.rpartition("\n")
        if name.lower().startswith("on") and not space:
            message = say('the attribute "{name}" runs a script', name=short(name))
            self.sketch.flaw(message, self.line, FlawKind.RUNS)
        elif name == "href" and space in {"", XLINK}:
            self.href(shape, value.strip())
        elif (space, name) == (XML, "base"):
            self.sketch.elsewhere(value, self.line)
        elif (space, name) == (XML, "space"):
            shape.attributes["xml:space"] = "preserve" if value == "preserve" else "default"
        elif not space:
            self.own(shape, name, value.strip())

    def own(self, shape: Shape, name: str, value: str) -> None:
        """An attribute of SVG's own."""
        sketch, allowed = self.sketch, OWN[shape.tag].get(name)
        if name == "style":
            set_style(sketch, shape, value, self.line)
        elif name == "id":
            self.identify(shape, value)
        elif name == "class":
            shape.attributes["class"] = value
        elif name in {"d", "points"} and shape.tag in SHAPES:
            self.path(shape, name, value)
        elif allowed:
            shape.attributes[name] = value
            if not allowed(value):
                sketch.otherwise(name, value, self.line)
        elif name in STYLES or name in NEUTRAL or name in UNLIKE:
            set_property(sketch, shape, name, value, self.line)

    def identify(self, shape: Shape, value: str) -> None:
        if value in self.sketch.ids:
            message = say('two elements have the id "{id}"', id=short(value))
            self.sketch.flaw(message, self.line, FlawKind.BROKEN)
        self.sketch.ids[value] = shape
        shape.attributes["id"] = value

    def path(self, shape: Shape, name: str, value: str) -> None:
        """As paths, polygons' markers turn as in browsers, and all are read in one pass."""
        steps = path_steps(value) if name == "d" else points(value)
        if steps is None or (name == "d") != (shape.tag == "path"):
            self.sketch.otherwise(name, value, self.line)
            return
        steps += ["Z"] if shape.tag == "polygon" and steps else []
        shape.tag = "path"
        shape.attributes["d"] = "".join(steps)

    def href(self, shape: Shape, value: str) -> None:
        place = REFERENCE.fullmatch(value)
        if place is None:
            shape.attributes["href"] = ""
            self.sketch.elsewhere(value, self.line)
        elif shape.tag in {"use", *GRADIENTS}:
            shape.attributes["href"] = value
            self.sketch.used.append((shape, "href", place[1]))

    def is_complete(self, shape: Shape) -> None:
        """Whether an element has what it is nothing without."""
        if shape.tag == "use" and "href" not in shape.attributes:
            self.sketch.flaw(say("<use> names nothing"), self.line, FlawKind.BROKEN)
        if any(each and each.tag == "marker" for each in self.open[:-1]):
            for name in MARKERS & shape.attributes.keys():
                if (value := shape.attributes.pop(name)) != "none":
                    self.sketch.otherwise(name, value, self.line)
            # A style sheet's would come in each other for ever.
            shape.attributes["style"] = ";".join(f"{name}:none" for name in sorted(MARKERS))
        around = [each for each in self.open if each]
        if shape.tag == "clipPath":
            self.sketch.has_clips = True
        if any(each.tag == "clipPath" for each in around) and any(
            each.attributes.get("clip-rule") == "evenodd" for each in around
        ):
            self.sketch.clip_rules.append(self.line)
        box = shape.attributes.get("viewBox")
        if shape.tag == "marker" and box is not None and _box(box) is None:
            self.sketch.otherwise("viewBox", box, self.line)


def _plain(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _box(value: str) -> tuple[float, ...] | None:
    try:
        box = tuple(float(each) for each in re.split(r"[\s,]+", value.strip()))
    except ValueError:
        return None
    return box if len(box) == 4 and max(map(abs, box)) <= 1e7 and min(box[2:]) > 0 else None
