"""Items of lists that were typed: a sign, a number or a letter before each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeGuard

from innspill.importing.blocks import Block, Guess, LeftOut, ListMark, TextBlock, without_start
from innspill.messages import say
from innspill.read.markers import MARKER, Marker, markers_of


def with_lists(
    blocks: Sequence[Block], apart: Collection[int]
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...], tuple[Guess, ...]]:
    """The blocks with what was typed as items made into items, and the signs left out.

    The last are the words from which a sign was taken that stood close before them: `•Ord`.

    A bullet is one wherever it stands. Dashes, numbers and letters are so only where a second
    follows, or a colon stands before. Blocks that stand `apart` are no part of the text.
    """
    made: list[Block] = []
    left_out: list[LeftOut] = []
    parted: list[Guess] = []
    open_lists: list[Marker] = []
    for at, block in enumerate(blocks):
        marker = None if at in apart else _marker(blocks, at, open_lists)
        if marker is None or not isinstance(block, TextBlock):
            if not (isinstance(block, TextBlock) and block.goes_on):
                open_lists = []
            made.append(block)
            continue
        is_first = not open_lists
        open_lists = _opened(open_lists, marker)
        found = MARKER.match(block.text)
        assert found is not None
        sign = block.text[: found.end()].strip()
        number = marker.value[-1] if marker.kind in NUMBERS and len(marker.value) == 1 else None
        letter = sign if marker.value and number is None else ""
        item = ListMark(len(open_lists) - 1, number, letter, is_new=is_first)
        runs = block.runs
        if not letter:
            # The text may begin with spaces that its one-spaced form has not.
            whole = "".join(run.text for run in runs)
            runs = without_start(block, len(whole) - len(whole.lstrip()) + _length(whole, sign))
            if not block.text[len(sign) : len(sign) + 1].isspace():
                parted.append(_parted(block, sign))
            if any(map(str.isalnum, sign)):
                left_out.append(LeftOut(say("the number of an item"), sign, block.at))
        made.append(replace(block, runs=runs, item=item))
    return tuple(made), tuple(left_out), tuple(parted)


def _parted(block: TextBlock, sign: str) -> Guess:
    """The word that a sign stood close before, and both apart."""
    close = sign.rsplit(maxsplit=1)[-1]
    word = block.text.split()[len(sign.split()) - 1]
    message = say("the sign of an item was parted from its first word")
    return Guess(message, block.at, word, f"{close} {word[len(close) :]}")


NUMBERS = ("1", "1.", "1)", "(1)", "(1", "1]", "[1]")


def _length(text: str, sign: str) -> int:
    """How far a sign reaches in a text, whose spaces may be others."""
    at = len(text) - len(text.lstrip())
    start = at
    for letter in sign:
        if letter.isspace():
            continue
        while text[at].isspace():
            at += 1
        at += 1
    return at - start


def _marker(blocks: Sequence[Block], at: int, around: Sequence[Marker]) -> Marker | None:
    """What the block begins with as an item, None where it is none."""
    block = blocks[at]
    if not _may_be_item(block):
        return None
    found = markers_of(block.text)
    for marker in found:
        if any(each.leads_to(marker) for each in around):
            return marker
    for marker in found:
        if marker.is_sure and not marker.value:
            return marker
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        follows = markers_of(following.text) if _may_be_item(following) else ()
        is_announced = at > 0 and _is_colon(blocks[at - 1])
        is_begun = marker.value in ((), (1,)) or bool(around)
        has_next = any(marker.leads_to(each) for each in follows)
        if marker.kind in ("1", "o") and not has_next:
            continue
        if (has_next and (is_begun or marker.is_sure)) or (is_announced and is_begun):
            return marker
    return None


def _may_be_item(block: Block | None) -> TypeGuard[TextBlock]:
    return isinstance(block, TextBlock) and not block.heading and block.item is None


def _is_colon(block: Block) -> bool:
    return isinstance(block, TextBlock) and block.text.endswith(":")


def _opened(around: list[Marker], marker: Marker) -> list[Marker]:
    """The lists that are open from this item on, each by its last marker."""
    if marker.value and not any(each.value for each in around):
        return [marker]  # numbers hold signs, not the other way round
    for depth in range(len(around) - 1, -1, -1):
        if around[depth].leads_to(marker):
            return [*around[:depth], marker]
    return [*around, marker]
