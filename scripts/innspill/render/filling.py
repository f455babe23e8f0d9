"""Texts with what their slots are for: read and put together when a file is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from innspill.kept_texts import KeptText, TextShelf
from innspill.slots import Slot, cut_at_slots, slots_in


@dataclass(frozen=True, slots=True)
class MadeLater:
    """What fills a slot and is made only when that is written."""

    made_of: str
    """Another where it says anything else."""
    make: Callable[[], str] = field(repr=False, compare=False)


Content = str | KeptText | MadeLater
"""What fills a slot; of a text, its own slots are filled too."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A text whose slots are filled."""

    text: bytes | KeptText
    content_of: Callable[[Slot], Content] = field(repr=False, compare=False)
    texts: TextShelf = field(repr=False, compare=False)

    def pieces(self) -> Iterator[bytes]:
        """The text, piece by piece. Raises LostText."""
        return self._pieces(self.text)

    def made_of(self) -> tuple[str, ...]:
        """All that what it says depends on, told without reading any text."""
        return tuple(self._made_of(self.text))

    def _pieces(self, text: bytes | KeptText) -> Iterator[bytes]:
        data = self.texts.read(text) if isinstance(text, KeptText) else text
        for piece in cut_at_slots(data):
            if isinstance(piece, Slot):
                match self.content_of(piece):
                    case KeptText() as inside:
                        yield from self._pieces(inside)
                    case MadeLater() as later:
                        yield later.make().encode()
                    case str() as words:
                        yield words.encode()
            elif piece:
                yield piece

    def _made_of(self, text: bytes | KeptText) -> Iterator[str]:
        if isinstance(text, KeptText):
            digest, slots = text.sha256, text.slots
        else:
            digest, slots = hashlib.sha256(text).hexdigest(), slots_in(text)
        yield digest
        for each in slots:
            match self.content_of(each):
                case KeptText() as inside:
                    yield from self._made_of(inside)
                case MadeLater() as later:
                    yield later.made_of
                case str() as words:
                    yield words
