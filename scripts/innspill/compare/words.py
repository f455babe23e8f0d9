"""The words of two texts compared, so that what is marked is what a reader would mark.

1. The words that say something are matched first, small words and signs between them.
2. A match that is only noise between two rewritten stretches is given up.
3. What was put in or taken out is moved along what repeats, to begin where a sentence does.
4. Spaces come back, at the edges of what changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from innspill.compare.similarity import common
from innspill.compare.tokens import Token, TokenKind


class Op(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    IN = "in"
    OUT = "out"
    ALTERED = "altered"
    """The same words set otherwise, or with a link that leads elsewhere."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text and what became of it."""

    op: Op
    old: tuple[Token, ...] = ()
    new: tuple[Token, ...] = ()
    move: str = ""
    """The name that the two ends of a moved sentence share."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens that are shown: the new ones, unless they were taken out."""
        return self.old if self.op is Op.OUT else self.new


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of both sequences: matched word by word, or not at all."""

    a0: int
    a1: int
    b0: int
    b1: int
    is_same: bool

    @property
    def replaces(self) -> bool:
        return not self.is_same and self.a1 > self.a0 and self.b1 > self.b0

    @property
    def longest(self) -> int:
        return max(self.a1 - self.a0, self.b1 - self.b0)


def compare_words(old: Sequence[Token], new: Sequence[Token]) -> tuple[Segment, ...]:
    """What became of each stretch of `old` on the way to `new`, in order."""
    a, b = _Words(old), _Words(new)
    runs = _matched(a, b)
    runs = _without_noise(runs, a)
    runs = _slid(runs, a, b)
    return _segments(runs, a, b)


def is_changed(segments: Sequence[Segment]) -> bool:
    """Whether anything differs."""
    return any(each.op is not Op.SAME for each in segments)


class _Words:
    """The tokens of a text that are no spaces, and the space before each."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens: list[Token] = []
        self.spaces: list[Token | None] = []
        space: Token | None = None
        for token in tokens:
            if token.kind is TokenKind.SPACE:
                space = token
            else:
                self.tokens.append(token)
                self.spaces.append(space)
                space = None
        self.keys = [each.key for each in self.tokens]

    def __len__(self) -> int:
        return len(self.tokens)


def _matched(a: _Words, b: _Words) -> list[_Run]:
    heavy_a = [i for i, each in enumerate(a.tokens) if each.is_weighty]
    heavy_b = [i for i, each in enumerate(b.tokens) if each.is_weighty]
    pairs: list[tuple[int, int]] = []
    start_a = start_b = 0
    anchors = [
        (heavy_a[i], heavy_b[j])
        for i, j in common([a.keys[i] for i in heavy_a], [b.keys[j] for j in heavy_b])
    ]
    for i, j in [*anchors, (len(a), len(b))]:
        between = common(a.keys[start_a:i], b.keys[start_b:j])
        pairs += [(start_a + x, start_b + y) for x, y in between]
        if i < len(a):
            pairs.append((i, j))
        start_a, start_b = i + 1, j + 1
    return _runs(pairs, len(a), len(b))


def _runs(pairs: Sequence[tuple[int, int]], len_a: int, len_b: int) -> list[_Run]:
    runs: list[_Run] = []
    a = b = 0
    for i, j in [*pairs, (len_a, len_b)]:
        if i > a or j > b:
            runs.append(_Run(a, i, b, j, is_same=False))
        if i < len_a:
            if runs and runs[-1].is_same:
                last = runs.pop()
                runs.append(_Run(last.a0, i + 1, last.b0, j + 1, is_same=True))
            else:
                runs.append(_Run(i, i + 1, j, j + 1, is_same=True))
        a, b = i + 1, j + 1
    return runs


def _without_noise(runs: list[_Run], a: _Words) -> list[_Run]:
    """Runs where no match stands that hinders the reading of what is around it."""
    result: list[_Run] = []
    for place, run in enumerate(runs):
        before = result[-1] if result else None
        after = runs[place + 1] if place + 1 < len(runs) else None
        goes = not run.is_same
        if run.is_same and before and after:
            goes = _is_noise(run, before, after, a)
        if goes and before and not before.is_same:
            result[-1] = _joined(before, run)
        else:
            result.append(run)
    return result


def _is_noise(run: _Run, before: _Run, after: _Run, a: _Words) -> bool:
    kept = a.tokens[run.a0 : run.a1]
    if any(each.kind is TokenKind.BREAK for each in kept):
        return False
    weight = sum(each.is_weighty for each in kept)
    if not (before.replaces or after.replaces):
        # Something put in here and taken out there: the match between is chance if small.
        crossed = (before.a1 > before.a0) != (after.a1 > after.a0)
        return crossed and not weight and min(before.longest, after.longest) > 2
    around = min(before.longest, after.longest)
    if not weight:
        is_sign = all(each.kind is TokenKind.SIGN for each in kept)
        return len(kept) * (3 if is_sign else 2) <= around
    return weight * 3 <= around and len(kept) <= around


def _joined(first: _Run, second: _Run) -> _Run:
    return _Run(first.a0, second.a1, first.b0, second.b1, is_same=False)


def _slid(runs: list[_Run], a: _Words, b: _Words) -> list[_Run]:
    """Runs with each insertion and deletion moved to where it reads best."""
    result = list(runs)
    for place in range(1, len(result) - 1):
        before, run, after = result[place - 1 : place + 2]
        if run.is_same or run.replaces or not (before.is_same and after.is_same):
            continue
        words, start, end = (b, run.b0, run.b1) if run.b1 > run.b0 else (a, run.a0, run.a1)
        step = _best_step(words, start, end, before.a1 - before.a0, after.a1 - after.a0)
        result[place - 1] = _Run(before.a0, before.a1 + step, before.b0, before.b1 + step, True)
        result[place] = _Run(run.a0 + step, run.a1 + step, run.b0 + step, run.b1 + step, False)
        result[place + 1] = _Run(after.a0 + step, after.a1, after.b0 + step, after.b1, True)
    return [each for each in result if each.a1 > each.a0 or each.b1 > each.b0]


def _best_step(words: _Words, start: int, end: int, back: int, on: int) -> int:
    """How far a stretch may best be moved, `back` and `on` at most; 0 where it stands well."""
    keys = words.keys
    steps = [0]
    while -steps[-1] < back and keys[start + steps[-1] - 1] == keys[end + steps[-1] - 1]:
        steps.append(steps[-1] - 1)
    steps.reverse()
    while steps[-1] < on and keys[start + steps[-1]] == keys[end + steps[-1]]:
        steps.append(steps[-1] + 1)
    return max(
        steps, key=lambda step: (_edge(words, start + step) + _edge(words, end + step), step)
    )


def _edge(words: _Words, place: int) -> int:
    """How well a stretch begins or ends at a place."""
    if place in {0, len(words)}:
        return 4
    before, after = words.tokens[place - 1], words.tokens[place]
    if TokenKind.BREAK in {before.kind, after.kind}:
        return 5
    if before.text in {".", "!", "?", ":", ";"} and words.spaces[place]:
        return 4
    if before.text == "," or after.text in {",", "(", "–"}:
        return 2
    return 1 if words.spaces[place] else 0


@dataclass(frozen=True, slots=True)
class _Step:
    """One token's fate, before neighbours of the same fate are joined."""

    op: Op
    old: Token | None
    new: Token | None


def _segments(runs: Sequence[_Run], a: _Words, b: _Words) -> tuple[Segment, ...]:
    steps: list[_Step] = []
    hunk: list[_Step] = []
    for run in runs:
        if not run.is_same:
            hunk += _steps(Op.OUT, a, run.a0, run.a1)
            hunk += _steps(Op.IN, b, run.b0, run.b1)
            continue
        for i, j in zip(range(run.a0, run.a1), range(run.b0, run.b1), strict=True):
            old_space, new_space = a.spaces[i], b.spaces[j]
            if old_space and new_space:
                steps += [*_trimmed(hunk), _Step(Op.SAME, old_space, new_space)]
                hunk = []
            elif old_space:
                hunk.append(_Step(Op.OUT, old_space, None))
            elif new_space:
                hunk.append(_Step(Op.IN, None, new_space))
            old, new = a.tokens[i], b.tokens[j]
            op = Op.SAME if old.whole == new.whole else Op.ALTERED
            steps += [*_trimmed(hunk), _Step(op, old, new)]
            hunk = []
    return _joined_steps([*steps, *_trimmed(hunk)])


def _steps(op: Op, words: _Words, start: int, end: int) -> Iterator[_Step]:
    for place in range(start, end):
        for token in (words.spaces[place], words.tokens[place]):
            if token:
                yield _Step(op, None, token) if op is Op.IN else _Step(op, token, None)


def _trimmed(hunk: Sequence[_Step]) -> list[_Step]:
    """What was taken out, then what was put in; a space that both begin or end with stays."""
    out = [each for each in hunk if each.op is Op.OUT]
    put = [each for each in hunk if each.op is Op.IN]
    first: list[_Step] = []
    last: list[_Step] = []
    if out and put and _is_space(out[0].old) and _is_space(put[0].new):
        first = [_Step(Op.SAME, out.pop(0).old, put.pop(0).new)]
    if out and put and _is_space(out[-1].old) and _is_space(put[-1].new):
        last = [_Step(Op.SAME, out.pop().old, put.pop().new)]
    return [*first, *out, *put, *last]


def _is_space(token: Token | None) -> bool:
    return token is not None and token.kind is TokenKind.SPACE


def _joined_steps(steps: Sequence[_Step]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for step in steps:
        old = (step.old,) if step.old else ()
        new = (step.new,) if step.new else ()
        last = segments[-1] if segments else None
        if last and last.op is step.op and _go_together(last, step):
            segments[-1] = Segment(step.op, last.old + old, last.new + new)
        else:
            segments.append(Segment(step.op, old, new))
    return _with_spaces(segments)


def _with_spaces(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Segments with the space between two that were altered alike taken into one of them."""
    result: list[Segment] = []
    for segment in segments:
        if segment.op is Op.ALTERED and len(result) > 1:
            first, space = result[-2:]
            step = _Step(Op.ALTERED, segment.old[0], segment.new[0])
            is_one = first.op is Op.ALTERED and _go_together(first, step)
            if is_one and space.op is Op.SAME and all(map(_is_space, space.new)):
                del result[-2:]
                segment = Segment(  # noqa: PLW2901
                    Op.ALTERED,
                    first.old + space.old + segment.old,
                    first.new + space.new + segment.new,
                )
        result.append(segment)
    return tuple(result)


def _go_together(last: Segment, step: _Step) -> bool:
    if last.op is not Op.ALTERED:
        return True
    assert step.old is not None
    assert step.new is not None
    same_old = last.old[-1].wraps == step.old.wraps
    same_new = last.new[-1].wraps == step.new.wraps
    return same_old and same_new and step.new.node is None and last.new[-1].node is None
