"""Reads what a page draws, operator by operator; one that the program never writes is named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from innspill.messages import say
from innspill.pdf.accounted.drawn_page import Colour, DrawnPage, DrawnRun, Surface, Unaccounted
from innspill.pdf.accounted.path import Inside, PathInMaking, shape, unknown_shape
from innspill.pdf.accounted.rectangles import UNMOVED, Matrix, Rectangle, around, moved, times
from innspill.pdf.accounted.resources import KINDS, FontInUse, ResourcesInUse, opacity
from innspill.pdf.difference import Difference, Weight

ROUNDING = 0.5
"""How far, in points, a picture may stand from its frame's corner, or a letter beyond its own."""
CLOSEST = -0.2
"""How far, in parts of the size, a letter may be moved over the one before it."""
LONGEST_DASH = 4.0
"""How long a dash, or the gap behind it, may be, in widths of its line."""
FARTHEST = 1.0
"""How far it may be moved away."""
SOFT_HYPHEN = "\u00ad"
HYPHENS = {"-", "\u2010", SOFT_HYPHEN}


@dataclass(frozen=True, slots=True)
class _State:
    """What `q` keeps (ISO 32000-1, 8.4.2)."""

    matrix: Matrix = UNMOVED
    fill: Colour = (0.0, 0.0, 0.0)
    stroke: Colour = (0.0, 0.0, 0.0)
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    width: float = 1.0
    dash: float = 0.0
    clip: Rectangle | None = None
    cut: tuple[Inside, ...] = ()
    """The clips that are no upright rectangles."""
    font: FontInUse | None = None
    size: float = 0.0

    @property
    def is_clip_upright(self) -> bool:
        return not self.cut


@dataclass(slots=True)
class _FigurePiece:
    """A picture's piece while it is read."""

    mcid: int
    depth: int
    place: tuple[float, float] | None = None
    digest: Any = field(default_factory=hashlib.sha256)


def read_page(
    page: pikepdf.Page, number: int, figures: Collection[int], known: ResourcesInUse
) -> DrawnPage:
    """What a page draws; `figures` has the numbers of the pieces that are pictures.

    Raises Unaccounted, and whatever broken content leads to.
    """
    reader = _Reader(page, number, figures, known)
    for each in pikepdf.parse_content_stream(page):
        reader.take(str(each.operator), list(each.operands))
    return reader.drawn()


class _Reader:
    """Follows a page's content."""

    def __init__(
        self, page: pikepdf.Page, number: int, figures: Collection[int], known: ResourcesInUse
    ) -> None:
        self.number, self.figures, self.known = number, figures, known
        self.resources = page.obj.Resources
        spaces = self.resources.get("/ColorSpace", pikepdf.Dictionary())
        if any(name.startswith("/Default") for name in map(str, spaces.keys())):
            raise unknown_shape(number)  # all colours are others with it (ISO 32000-1, 8.6.5.6)
        self.state, self.kept = _State(), list[_State]()
        self.path, self.clips = PathInMaking(), ""
        self.text_matrix: Matrix | None = None
        self.marks: list[int | str | None] = []
        self.figure: _FigurePiece | None = None
        self.runs: list[DrawnRun] = []
        self.surfaces: list[Surface] = []
        self.found_figures: list[tuple[int, str, Rectangle]] = []
        self.numbers: set[int] = set()
        self.opacities: set[float] = set()
        self.order = 0
        self.does: dict[str, Callable[..., None]] = {
            "q": self._keep, "Q": self._restore, "cm": self._transform,
            "BMC": self._mark, "BDC": self._mark, "EMC": self._end_mark,
            "gs": self._set_opacity, "rg": self._fill_colour, "RG": self._stroke_colour,
            "w": self._line_width, "d": self._dash, "J": self._no_matter,
            "m": self._move, "l": self._line, "c": self._curve, "re": self._rectangle,
            "W": self._clip, "W*": self._clip_even_odd, "n": self._end_path,
            "S": self._stroke, "f": self._fill, "f*": self._fill_even_odd,
            "BT": self._begin_text, "ET": self._end_text, "Tm": self._place_text,
            "Tf": self._set_font, "TJ": self._show, "Do": self._picture,
        }  # fmt: skip

    def take(self, operator: str, operands: list[Any]) -> None:
        """Goes on by one operator."""
        self.order += 1
        if self.figure is not None and operator != "EMC":
            self._in_figure(operator, operands)
        elif operator in self.does:
            self.does[operator](*operands)
        elif operator == "Tr":
            raise self._active(say("page {n}: text is hidden", n=self.number))
        else:
            raise unknown_shape(self.number)

    def drawn(self) -> DrawnPage:
        """All that was found."""
        if self.marks or self.kept:
            raise unknown_shape(self.number)
        return DrawnPage(
            tuple(self.runs),
            tuple(self.surfaces),
            tuple(self.found_figures),
            frozenset(self.numbers),
            frozenset(self.opacities),
        )

    def _active(self, message: Any) -> Unaccounted:
        return Unaccounted(Difference(Weight.ACTIVE, message))

    def _keep(self) -> None:
        self.kept.append(self.state)

    def _restore(self) -> None:
        self.state = self.kept.pop()

    def _transform(self, *matrix: Any) -> None:
        self.state = replace(self.state, matrix=times(_matrix(matrix), self.state.matrix))

    def _no_matter(self, *_: Any) -> None:
        """How a line ends."""

    def _dash(self, pattern: Any, _: Any) -> None:
        self.state = replace(self.state, dash=max(map(float, pattern), default=0.0))

    def _set_opacity(self, name: Any) -> None:
        found = opacity(self.known.found(self.resources, "gs", str(name)), self.number)
        self.opacities |= set(found.values())
        fill = found.get("/ca", self.state.fill_opacity)
        stroke = found.get("/CA", self.state.stroke_opacity)
        self.state = replace(self.state, fill_opacity=fill, stroke_opacity=stroke)

    def _fill_colour(self, *colour: Any) -> None:
        self.state = replace(self.state, fill=_colour(colour))

    def _stroke_colour(self, *colour: Any) -> None:
        self.state = replace(self.state, stroke=_colour(colour))

    def _line_width(self, width: Any) -> None:
        self.state = replace(self.state, width=float(width))

    def _move(self, x: Any, y: Any) -> None:
        self.path.move(float(x), float(y), self.state.matrix)

    def _line(self, x: Any, y: Any) -> None:
        self.path.line(float(x), float(y), self.state.matrix)

    def _curve(self, *numbers: Any) -> None:
        x1, y1, x2, y2, x3, y3 = map(float, numbers)
        self.path.curve(((x1, y1), (x2, y2), (x3, y3)), self.state.matrix)

    def _rectangle(self, *numbers: Any) -> None:
        x, y, width, height = map(float, numbers)
        self.path.rectangle(x, y, width, height, self.state.matrix)

    def _clip(self) -> None:
        self.clips = "W"

    def _clip_even_odd(self) -> None:
        self.clips = "W*"

    def _end_path(self) -> None:
        """A path that has been painted; where it is to clip, it does from here on."""
        if self.clips:
            box = self.path.bounds.within(self.state.clip)
            is_upright = len(self.path.rectangles or ()) == 1
            inside = self.path, self.clips == "W*"
            cut = self.state.cut if is_upright else (*self.state.cut, inside)
            self.state = replace(self.state, clip=box, cut=cut)
        self.path, self.clips = PathInMaking(), ""

    def _stroke(self) -> None:
        a, b, c, d, _, _ = self.state.matrix
        width = self.state.width * max(abs(a) + abs(c), abs(b) + abs(d))
        colour = (*self.state.stroke, self.state.stroke_opacity)
        if self.state.dash > LONGEST_DASH * max(self.state.width, 1.0):
            raise unknown_shape(self.number)
        areas = self.path.stroked(width, self.state.clip, self.number)
        self._paint(areas, colour, is_whole=self.state.is_clip_upright)

    def _fill(self) -> None:
        self._fill_in(is_even_odd=False)

    def _fill_even_odd(self) -> None:
        self._fill_in(is_even_odd=True)

    def _fill_in(self, *, is_even_odd: bool) -> None:
        colour = (*self.state.fill, self.state.fill_opacity)
        is_upright = self.state.is_clip_upright
        areas = self.path.filled(
            self.state.clip, is_even_odd=is_even_odd, is_clip_upright=is_upright
        )
        if areas:
            self._paint(areas, colour, is_whole=is_upright and bool(self.path.rectangles))
            return
        whole = self.path.bounds.within(self.state.clip)
        paint = shape(((self.path, is_even_odd), *self.state.cut), whole, colour)
        self._paint([whole], paint, is_whole=False)

    def _paint(self, areas: list[Rectangle], paint: Colour | str, *, is_whole: bool = True) -> None:
        for each in areas:
            if each.width > 0 and each.height > 0:
                self.surfaces.append(Surface(each, paint, self.order, is_whole))
        self._end_path()

    def _begin_text(self) -> None:
        self.text_matrix = UNMOVED

    def _end_text(self) -> None:
        self.text_matrix = None

    def _place_text(self, *matrix: Any) -> None:
        self.text_matrix = _matrix(matrix)

    def _set_font(self, name: Any, size: Any) -> None:
        font = self.known.font(self.known.found(self.resources, "Tf", str(name)))
        self.state = replace(self.state, font=font, size=float(size))

    def _show(self, pieces: Any) -> None:
        """ISO 32000-1, 9.4.4, of upright text alone."""
        font, state, matrix = self.state.font, self.state, self.text_matrix
        if font is None or matrix is None or not self.marks:
            raise self._active(say("page {n}: other letters are drawn", n=self.number))
        a, b, c, d, x, y = times(matrix, state.matrix)
        if abs(b) > 1e-6 or abs(c) > 1e-6 or a <= 0 or abs(a - d) > a / 100:
            raise self._active(say("page {n}: text is turned, or stretched", n=self.number))
        text: list[str] = []
        edges = [0.0]
        for each in pieces:
            if not isinstance(each, pikepdf.String):
                moved_by = -float(each) / 1000
                if not CLOSEST <= moved_by <= FARTHEST:
                    raise self._active(say("page {n}: letters stand over others", n=self.number))
                edges[-1] += moved_by
                continue
            codes = bytes(each)
            for at in range(0, len(codes), 2):
                text.append(font.texts[codes[at : at + 2]])
                width = font.widths[int.from_bytes(codes[at : at + 2], "big")]
                edges.append(edges[-1] + width / 1000)
        size = state.size * a
        is_hyphen = SOFT_HYPHEN in self.marks
        if is_hyphen and (len(text) != 1 or text[0] not in HYPHENS):
            raise self._active(say("page {n}: other letters are drawn", n=self.number))
        run = DrawnRun(
            next((each for each in reversed(self.marks) if isinstance(each, int)), None),
            tuple(text),
            tuple(x + each * size for each in edges),
            y,
            font.digest,
            size,
            (*state.fill, state.fill_opacity),
            self.order,
            is_hyphen,
        )
        self.text_matrix = times((1, 0, 0, 1, edges[-1] * state.size, 0), matrix)
        if not text:
            return
        if state.clip and not (state.is_clip_upright and state.clip.holds(run.core, ROUNDING)):
            raise self._active(say("page {n}: text is hidden", n=self.number))
        self.runs.append(run)

    def _mark(self, tag: Any, properties: Any = None) -> None:
        """Of what is marked: its number, a soft hyphen, or nothing for furniture."""
        if properties is None or str(tag) == "/Artifact":
            inner: int | str | None = None
            is_known = str(tag) == "/Artifact"
        else:
            found = {str(key): each for key, each in properties.items()}
            is_hyphen = {key: str(each) for key, each in found.items()} == {
                "/ActualText": SOFT_HYPHEN
            }
            inner = SOFT_HYPHEN if is_hyphen else int(found.get("/MCID", -1))
            is_known = str(tag) == "/Span" and (is_hyphen or found.keys() == {"/MCID"})
        if not is_known or (isinstance(inner, int) and (self.marks or inner in self.numbers)):
            raise unknown_shape(self.number)
        self.marks.append(inner)
        if isinstance(inner, int):
            self.numbers.add(inner)
            if inner in self.figures:
                self.figure = self._begun_figure(inner)

    def _begun_figure(self, mcid: int) -> _FigurePiece:
        state = self.state
        begun = _FigurePiece(mcid, len(self.kept))
        scale = [round(each, 4) for each in state.matrix[:4]]
        begun.digest.update(f"{scale} {state.fill_opacity} {state.stroke_opacity}\n".encode())
        return begun

    def _end_mark(self) -> None:
        if self.figure is not None:
            self._end_figure(self.figure)
        self.marks.pop()

    def _in_figure(self, operator: str, operands: list[Any]) -> None:
        """A picture is the same where all of it is, but for its place."""
        figure = self.figure
        assert figure is not None
        if operator in {"BMC", "BDC", "INLINE IMAGE"}:
            raise unknown_shape(self.number)
        if operator == "q":
            self._keep()
        elif operator == "Q":
            if len(self.kept) <= figure.depth:
                raise unknown_shape(self.number)
            self._restore()
        told = [str(each) for each in operands]
        if operator == "cm" and figure.place is None:
            figure.place = moved(float(operands[4]), float(operands[5]), self.state.matrix)
            told = told[:4]
        elif operator in KINDS:
            told = [self._of_name(operator, each) for each in operands]
        figure.digest.update(f"{operator} {' '.join(told)}\n".encode())

    def _of_name(self, operator: str, operand: Any) -> str:
        if not isinstance(operand, pikepdf.Name):
            return str(operand)
        return self.known.digest(self.known.found(self.resources, operator, str(operand)))

    def _end_figure(self, figure: _FigurePiece) -> None:
        clip = self.state.clip
        if clip is None or not self.state.is_clip_upright or figure.place is None:
            raise unknown_shape(self.number)
        x, y = figure.place
        if abs(x - clip.left) > ROUNDING or abs(y - clip.upper) > ROUNDING:
            raise unknown_shape(self.number)
        if len(self.kept) != figure.depth:
            raise unknown_shape(self.number)
        digest = figure.digest.hexdigest()
        self.found_figures.append((figure.mcid, digest, clip))
        self.surfaces.append(Surface(clip, digest, self.order))
        self.figure = None

    def _picture(self, name: Any) -> None:
        """A picture outside of a figure, as a mark of the committee's."""
        found = self.known.found(self.resources, "Do", str(name))
        if found.get("/Subtype") != pikepdf.Name.Image:
            raise self._active(say("page {n}: a picture is drawn over it", n=self.number))
        corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
        area = around(moved(*each, self.state.matrix) for each in corners)
        self._paint([area.within(self.state.clip)], self.known.digest(found))


def _matrix(numbers: Any) -> Matrix:
    a, b, c, d, e, f = map(float, numbers)
    return a, b, c, d, e, f


def _colour(numbers: Any) -> Colour:
    red, green, blue = (round(float(each), 3) for each in numbers)
    return red, green, blue
