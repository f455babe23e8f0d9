"""A consultation's files in the store: a head that tells of each, and one body of all bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from innspill.codec import decoded, encoded
from innspill.diagnostics import Diagnostic
from innspill.publish.output import Publishable, Stored
from innspill.store import Key, Store

Remake = Callable[[], Iterable[Publishable]]
"""Makes the same files again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file that is kept."""

    path: str
    sha256: str
    start: int
    size: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that were made together."""

    key: Key = field(repr=False)
    """Of the entry with their bytes."""
    files: tuple[Kept, ...]
    faults: tuple[Diagnostic, ...] = ()
    """What was wrong with them."""
    laid_out: int = 0
    """How many PDFs of them were laid out in this run."""
    damaged: tuple[str, ...] = ()
    """The entries that were found damaged in the making."""

    def outputs(self, store: Store, remake: Remake) -> list[Stored]:
        """The files, whose bytes are read from the store where they are wanted."""
        return [
            Stored(each.path, each.sha256, each.size, partial(_load, store, self.key, each, remake),
                   each.sources)
            for each in self.files
        ]  # fmt: skip


def keep(
    store: Store,
    key: Key,
    outputs: Iterable[Publishable],
    faults: tuple[Diagnostic, ...] = (),
    laid_out: int = 0,
) -> Batch:
    """Puts files into the store."""
    files, data, start = list[Kept](), list[bytes](), 0
    for each in outputs:
        files.append(Kept(each.path, each.sha256, start, each.size, each.sources))
        data.append(each.load())
        start += each.size
    body = ("body", *key)
    store.put(body, b"".join(data))
    batch = Batch(body, tuple(files), faults)
    put_value(store, ("head", *key), batch)
    return Batch(body, batch.files, faults, laid_out, tuple(store.damaged))


def find(store: Store, key: Key) -> Batch | None:
    """The files that were kept under the key, None where there are none."""
    found = get_value(store, ("head", *key))
    return found if isinstance(found, Batch) else None


def put_value(store: Store, key: Key, value: Any) -> None:
    """Keeps one of the program's own values."""
    store.put(key, json.dumps(encoded(value), ensure_ascii=False).encode())


def get_value(store: Store, key: Key) -> Any:
    """The value that was kept under the key, None where there is none."""
    data = store.get(key)
    if data is None:
        return None
    try:
        return decoded(json.loads(data))
    except (ValueError, TypeError, KeyError, ImportError):
        return None  # another program's, by its form


def _load(store: Store, key: Key, file: Kept, remake: Remake) -> bytes:
    data = store.part(key, file.start, file.size, file.sha256)
    if data is not None:
        return data
    return next(each.load() for each in remake() if each.path == file.path)
