"""What blocks are compared by: their words, each as a number, counted once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from innspill.compare.blocks import ComparedBlock
from innspill.compare.similarity import likeness, shared
from innspill.compare.tokens import TokenKind

ALIKE = 0.4
"""How alike two blocks are at least, by their weighty words, to be one that was edited."""
INSIDE = 0.75
"""How much of a piece stands in the whole, for the whole to have been split."""
TELLING = 4
"""How many words a block has at least, to be told by them wherever it went."""
FEW = 3
"""With fewer words that say something, all words count."""
TEXT = {"p", "li", "heading", "pre"}


class NumberOf:
    """A number for each different thing, in the order in which they are met."""

    def __init__(self) -> None:
        self.known: dict[Hashable, int] = {}

    def of(self, thing: Hashable) -> int:
        """The thing's number."""
        return self.known.setdefault(thing, len(self.known))


@dataclass(frozen=True, slots=True)
class BlockFeatures:
    """One block as it is compared with others."""

    block: ComparedBlock = field(repr=False)
    key: int
    """The same for blocks that a reader sees no difference between."""
    weighty: tuple[int, ...]
    """Its words that say something by themselves."""
    words: tuple[int, ...]
    """All its words and images."""

    @property
    def sort(self) -> str:
        """What can only become what: a text another text, a table a table."""
        return "text" if self.block.kind in TEXT else self.block.kind

    @property
    def telling(self) -> tuple[int, ...]:
        """The words to look for its like by."""
        return self.weighty if len(self.weighty) >= FEW else self.words


def features_of(
    blocks: Sequence[ComparedBlock], keys: NumberOf, words: NumberOf
) -> list[BlockFeatures]:
    """The blocks' features, comparable with those made with the same numbers."""
    kinds = {TokenKind.WORD, TokenKind.IMAGE}
    return [
        BlockFeatures(
            block,
            keys.of(block.key),
            tuple(words.of(each.key) for each in block.content if each.is_weighty),
            tuple(words.of(each.key) for each in block.content if each.kind in kinds),
        )
        for block in blocks
    ]


def candidates(
    old: Sequence[BlockFeatures],
    new: Sequence[BlockFeatures],
    free_old: Sequence[int],
    free_new: Sequence[int],
) -> Iterator[tuple[int, int]]:
    """The pairs that share words enough to be alike, whatever their order."""
    places: dict[int, list[int]] = defaultdict(list)
    for j in free_new:
        for word in new[j].telling:
            places[word].append(j)
    for i in free_old:
        counts: Counter[int] = Counter()
        for word in old[i].telling:
            counts.update(set(places[word]))
        for j, count in counts.items():
            a, b = compared_by(old[i], new[j])
            smaller = min(len(a), len(b))
            is_enough = 2 * count >= (ALIKE - 0.05) * (len(a) + len(b)) or (
                smaller >= TELLING and count >= INSIDE * smaller
            )
            if old[i].sort == new[j].sort and (is_enough or smaller < FEW):
                yield i, j


def compared_by(old: BlockFeatures, new: BlockFeatures) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The words that two are compared by."""
    if min(len(old.weighty), len(new.weighty)) >= FEW:
        return old.weighty, new.weighty
    return old.words, new.words


def score(old: BlockFeatures, new: BlockFeatures) -> float:
    """How alike two are, from 0 to 1; a little more where they are of one kind."""
    was, now = old.block, new.block
    if was.kind == now.kind == "figure" and was.tokens[:1] and now.tokens[:1]:
        return float(was.tokens[0].key == now.tokens[0].key)
    a, b = compared_by(old, new)
    alike = likeness(a, b)
    smaller = min(len(a), len(b))
    if smaller >= TELLING and shared(a, b) / smaller >= INSIDE:
        alike = max(alike, 0.6 * shared(a, b) / smaller)
    if was.kind == "table":
        alike = max(alike, bag_likeness(a, b))
    return alike + 0.02 * (was.kind == now.kind and was.context == now.context)


def bag_likeness(a: Sequence[int], b: Sequence[int]) -> float:
    """How alike two lots of words are, in whatever order."""
    return 2 * (Counter(a) & Counter(b)).total() / max(1, len(a) + len(b))


def is_piece(part: BlockFeatures, whole: BlockFeatures) -> bool:
    """Whether most of a paragraph stands in another one."""
    if not {part.block.kind, whole.block.kind} <= {"p", "li"} or not part.words:
        return False
    return shared(part.words, whole.words) / len(part.words) >= INSIDE
