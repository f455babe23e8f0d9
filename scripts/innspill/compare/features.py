"""What blocks are compared by: their words, each as a number, counted once.

A heading is known by what it is about: by the words that few other blocks have, never by
its number. All else is known by its words in their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log

from innspill.compare.blocks import ComparedBlock
from innspill.compare.similarity import likeness, shared
from innspill.compare.tokens import Token, TokenKind

ALIKE = 0.4
"""How alike two blocks are at least, by their weighty words, to be one that was edited."""
INSIDE = 0.75
"""How much of a piece stands in the whole, for the whole to have been split."""
TELLING = 4
"""How many words a block has at least, to be told by them wherever it went."""
FEW = 3
"""With fewer words that say something, all words count."""
SAME_KIND = 0.02
"""How much liker two are that are of one kind."""
LONGER = 3
"""How many times as long as a heading a text may be at most, to become one or come of one."""
TEXT = {"p", "li", "heading", "pre"}
PARAGRAPHS = {"p", "li"}


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
    topic: Mapping[int, float] = field(default_factory=dict, repr=False)
    """Of a heading, the words that tell what it is about, each by how rare it is."""

    @property
    def sort(self) -> str:
        """What can only become what: a text another text, a table a table."""
        return "text" if self.block.kind in TEXT else self.block.kind

    @property
    def telling(self) -> tuple[int, ...]:
        """The words to look for its like by."""
        if self.topic:
            return self._rare
        return self.weighty if len(self.weighty) >= FEW else self.words

    @property
    def _rare(self) -> tuple[int, ...]:
        """A heading's words without the commonest, which could make it like no other."""
        words = sorted(self.topic, key=lambda word: self.topic[word])
        weight, least = 0.0, (ALIKE - SAME_KIND) / 2 * sum(self.topic.values())
        for place, word in enumerate(words):
            weight += self.topic[word]
            if weight >= least:
                return tuple(words[place:])
        return tuple(words)


def features_of(
    old: Sequence[ComparedBlock], new: Sequence[ComparedBlock]
) -> tuple[list[BlockFeatures], list[BlockFeatures]]:
    """The features of two texts' blocks, comparable with each other."""
    keys, words = NumberOf(), NumberOf()
    told = [
        BlockFeatures(
            block,
            keys.of(block.key),
            tuple(words.of(each.key) for each in block.content if each.is_weighty),
            tuple(words.of(each.key) for each in block.content if _is_word(each)),
        )
        for block in (*old, *new)
    ]
    counts = Counter(word for each in told for word in set(each.words))
    rarity = {word: log(1 + len(told) / count) ** 2 for word, count in counts.items()}
    found = [
        replace(each, topic={word: rarity[word] for word in _topic(each.block, words)})
        if each.block.kind == "heading"
        else each
        for each in told
    ]
    return found[: len(old)], found[len(old) :]


def _is_word(token: Token) -> bool:
    return token.kind in {TokenKind.WORD, TokenKind.IMAGE}


def _topic(heading: ComparedBlock, numbers: NumberOf) -> list[int]:
    """The words that say something by themselves; else all but numbers; else all."""
    words = [each for each in heading.content if _is_word(each)]
    named = [each for each in words if not each.text[:1].isdigit()]
    weighty = [each for each in named if each.is_weighty]
    return [numbers.of(each.key) for each in weighty or named or words]


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
            if _can_become(old[i], new[j]) and _may_be_alike(old[i], new[j], count):
                yield i, j


def _can_become(old: BlockFeatures, new: BlockFeatures) -> bool:
    """Whether one may be the other at all: a text a text, but a long one no heading."""
    if old.sort != new.sort:
        return False
    if (old.block.kind == "heading") == (new.block.kind == "heading"):
        return True
    shorter, longer = sorted((len(old.words), len(new.words)))
    return longer <= LONGER * shorter


def _may_be_alike(old: BlockFeatures, new: BlockFeatures, count: int) -> bool:
    """Whether two that share so many words can be alike enough."""
    a, b = compared_by(old, new)
    smaller = min(len(a), len(b))
    return (
        2 * count >= (ALIKE - 0.05) * (len(a) + len(b))
        or (smaller >= TELLING and count >= INSIDE * smaller)
        or smaller < FEW
        or bool(old.topic or new.topic)
    )


def compared_by(old: BlockFeatures, new: BlockFeatures) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The words that two are compared by."""
    if min(len(old.weighty), len(new.weighty)) >= FEW:
        return old.weighty, new.weighty
    return old.words, new.words


def score(old: BlockFeatures, new: BlockFeatures) -> float:
    """How alike two `candidates` are, from 0 to 1; a little more where they are of one kind."""
    was, now = old.block, new.block
    if was.kind == now.kind == "figure" and was.tokens[:1] and now.tokens[:1]:
        return float(was.tokens[0].key == now.tokens[0].key)
    a, b = compared_by(old, new)
    alike = _likeness(old, new, a, b)
    smaller = min(len(a), len(b))
    if not (old.topic or new.topic) and smaller >= TELLING:
        both = shared(a, b)
        if both / smaller >= INSIDE:
            alike = max(alike, 0.6 * both / smaller)
    return alike + SAME_KIND * (was.kind == now.kind and was.context == now.context)


def kept(old: Sequence[BlockFeatures], new: Sequence[BlockFeatures]) -> float:
    """How much of what was in the old blocks the new ones still have, from 0 to 1."""
    a, b = (tuple(word for each in some for word in each.words) for some in (old, new))
    return _likeness(old[0], new[0], a, b)


def _likeness(old: BlockFeatures, new: BlockFeatures, a: Sequence[int], b: Sequence[int]) -> float:
    """How alike two are by these words: headings by their topics, tables in any order."""
    if old.topic and new.topic:
        return _topic_likeness(old.topic, new.topic)
    if old.block.kind == "table":
        return bag_likeness(a, b)
    return likeness(a, b)


def _topic_likeness(old: Mapping[int, float], new: Mapping[int, float]) -> float:
    """How much of what two headings are about is the same."""
    both = sum(weight for word, weight in old.items() if word in new)
    return 2 * both / (sum(old.values()) + sum(new.values()))


def bag_likeness(a: Sequence[int], b: Sequence[int]) -> float:
    """How alike two lots of words are, in whatever order."""
    return 2 * (Counter(a) & Counter(b)).total() / max(1, len(a) + len(b))


def is_piece(part: BlockFeatures, whole: BlockFeatures) -> bool:
    """Whether most of a paragraph stands in another one."""
    if not {part.block.kind, whole.block.kind} <= PARAGRAPHS or not part.words:
        return False
    return shared(part.words, whole.words) / len(part.words) >= INSIDE
