"""What was rendered, kept outside of this process's memory until it is written or shown.

What is rendered at one time stands in one body, kept by its digest; a `KeptText` tells where in
it one of its texts begins, and holds it to a digest of its own. So a site's thousand statements
take no more memory than their cards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from innspill.blob import digest_of_bytes
from innspill.errors import InnspillError
from innspill.slots import Slot, slots_in
from innspill.store import Store

BODY = "rendered"
"""What the keys in a store begin with."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text that is kept: what is known of it without reading it."""

    body: str
    """The digest of what it stands in."""
    start: int
    size: int
    sha256: str
    slots: tuple[Slot, ...] = ()


class LostText(InnspillError):
    """A text is not there any more, or is damaged: what it stood in has to be made anew."""


class TextShelf(Protocol):
    """Where bodies are kept."""

    def put(self, body: bytes) -> None:
        """Keeps a body."""

    def has(self, body: str) -> bool:
        """Whether a body is there, by its digest."""

    def read(self, text: KeptText) -> bytes:
        """A text. Raises LostText."""


class TextsInMemory:
    """Keeps bodies in this process."""

    def __init__(self) -> None:
        self._bodies: dict[str, bytes] = {}

    def put(self, body: bytes) -> None:
        """Keeps a body."""
        self._bodies[digest_of_bytes(body)] = body

    def has(self, body: str) -> bool:
        """Whether it is there."""
        return body in self._bodies

    def read(self, text: KeptText) -> bytes:
        """A text."""
        return self._bodies[text.body][text.start : text.start + text.size]


class TextsLetGo:
    """Keeps nothing, where only the faults are wanted of what is rendered."""

    def put(self, body: bytes) -> None:
        """Lets a body go."""

    def has(self, body: str) -> bool:
        """Whether it was made, since none is made twice for its text."""
        return True

    def read(self, text: KeptText) -> bytes:
        """Raises LostText."""
        raise LostText(text.body)


class TextsInStore:
    """Keeps bodies in a store, and in this process those that the store can't take."""

    def __init__(self, store: Store) -> None:
        self._store, self._left = store, TextsInMemory()

    def put(self, body: bytes) -> None:
        """Keeps a body."""
        key = (BODY, digest_of_bytes(body))
        self._store.put(key, body)
        if not self._store.has(key):
            self._left.put(body)

    def has(self, body: str) -> bool:
        """Whether it is there."""
        return self._left.has(body) or self._store.has((BODY, body))

    def read(self, text: KeptText) -> bytes:
        """A text. Raises LostText, and forgets the body."""
        if self._left.has(text.body):
            return self._left.read(text)
        key = (BODY, text.body)
        data = self._store.get_part(key, text.start, text.size)
        if data is None or digest_of_bytes(data) != text.sha256:
            self._store.discard(key)
            raise LostText(text.body)
        return data


def kept_in_one(
    texts: Iterable[bytes], data: Iterable[bytes] = ()
) -> tuple[tuple[KeptText, ...], bytes]:
    """Texts that were rendered together, and the body that they stand in.

    Behind them comes `data`, which has no slots.
    """
    slots = [(each, slots_in(each)) for each in texts]
    slots += [(each, ()) for each in data]
    body, start, found = b"".join(each for each, _ in slots), 0, []
    name = digest_of_bytes(body)
    for each, own in slots:
        found.append(KeptText(name, start, len(each), digest_of_bytes(each), own))
        start += len(each)
    return tuple(found), body
