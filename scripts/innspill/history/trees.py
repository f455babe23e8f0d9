"""Git's objects: the one place that reads names out of trees, and asks how large an object is.

A tree may hold anything: whoever writes objects by hand is not held to git's own rules. A name
that leads elsewhere, or that no file of a site can have, is left out; a tree of trees without
end, and an object too large to hold, is a fault before it is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from innspill.history.fault import HistoryFault
from innspill.messages import say

ENTRY = re.compile(rb"([0-7]{1,7}) ([^\0]+)\0(.{20})", re.DOTALL)
"""An entry of a tree: its mode, its name, the digest of what it names (SHA-1)."""
DEEPEST = 100
"""How many folders may stand within each other."""
MOST = 100_000
"""How many files are looked at, of one commit or between two."""
LARGEST_TREE = 16_000_000
"""How many bytes a folder's list may have."""
LARGEST_FILE = 100_000_000
"""How many bytes a file may have that is taken from a commit."""
HELD = 256
"""How many folders are held: those of a commit, for the one before it."""


Raw = tuple[bytes, bytes, bytes]
"""An entry as it is written."""


Header = Callable[[str], tuple[str, int]]
"""Gives an object's kind, `blob` or `tree`, and its size; it is not read for that."""
Data = Callable[[str], bytes]
"""Gives an object's bytes."""


class EntryKind(Enum):
    """What a name in a tree stands for."""

    FOLDER = 0o040000
    FILE = 0o100000
    LINK = 0o120000


class TreeEntry(NamedTuple):
    """What a tree has under a name."""

    kind: EntryKind
    id: str

    @property
    def is_file(self) -> bool:
        """Whether it is a file, not a link or a folder."""
        return self.kind is EntryKind.FILE

    @property
    def is_folder(self) -> bool:
        """Whether it is a tree."""
        return self.kind is EntryKind.FOLDER


class Objects:
    """The objects of a repository."""

    def __init__(self, header: Header, data: Data) -> None:
        self._header, self._data = header, data
        self._listed = lru_cache(HELD)(self._list)
        self.folder = lru_cache(HELD)(self._entries_of)
        """The entries of a tree, by their names."""

    def size(self, blob: str) -> int:
        """How large an object is, without reading it."""
        return self._header(blob)[1]

    def file(self, blob: str, largest: int = LARGEST_FILE) -> bytes:
        """A blob's bytes. Raises HistoryFault where it is larger than that."""
        return self._read(blob, "blob", largest)

    def files(self, tree: str) -> Iterator[tuple[str, TreeEntry]]:
        """All files and links below a tree by their paths, without what is hidden."""
        for count, (path, entry) in enumerate(self._files(tree, "", DEEPEST)):
            if count >= MOST:
                raise _too_many()
            yield path, entry

    def _files(self, tree: str, within: str, deep: int) -> Iterator[tuple[str, TreeEntry]]:
        for name, entry in self.folder(tree).items():
            if name[0] == ".":
                continue
            if entry.kind is EntryKind.FOLDER:
                yield from self._files(entry.id, f"{within}{name}/", _deeper(deep))
            else:
                yield within + name, entry

    def differing(
        self, before: str | None, after: str | None
    ) -> Iterator[tuple[str, TreeEntry | None, TreeEntry | None]]:
        """The paths of all files that two trees don't have alike, with what each has there."""
        for count, each in enumerate(self._differing(before, after, "", DEEPEST)):
            if count >= MOST:
                raise _too_many()
            yield each

    def _differing(
        self, before: str | None, after: str | None, within: str, deep: int
    ) -> Iterator[tuple[str, TreeEntry | None, TreeEntry | None]]:
        one, other = (self._listed(each) if each else frozenset() for each in (before, after))
        old, new = _entries(one - other), _entries(other - one)
        for name in old.keys() | new.keys():
            was, is_ = old.get(name), new.get(name)
            inside = [each.id if each and each.is_folder else None for each in (was, is_)]
            if any(inside):
                below = self._differing(inside[0], inside[1], f"{within}{name}/", _deeper(deep))
                yield from below
            was = None if was and was.is_folder else was
            is_ = None if is_ and is_.is_folder else is_
            if was or is_:
                yield within + name, was, is_

    def _entries_of(self, tree: str) -> Mapping[str, TreeEntry]:
        return _entries(self._listed(tree))

    def _list(self, tree: str) -> frozenset[Raw]:
        return frozenset(ENTRY.findall(self._read(tree, "tree", LARGEST_TREE)))

    def _read(self, name: str, kind: str, largest: int) -> bytes:
        found, size = self._header(name)
        if found != kind:
            message = say("the repository has an object of another kind: {name}", name=name)
            raise HistoryFault("git", message, say("`git fsck` says what is wrong with it"))
        if size > largest:
            size, most = size // 1_000_000, largest // 1_000_000
            message = say(
                "git has a file of {size} MB, and {most} MB are the most: {name}",
                size=size,
                most=most,
                name=name,
            )
            hint = say("`git log --find-object={name}` says where", name=name)
            raise HistoryFault("git-large", message, hint)
        return self._data(name)


KINDS = {kind.value: kind for kind in EntryKind}


def _entries(listed: Iterable[Raw]) -> dict[str, TreeEntry]:
    """Entries by their names, without those that no file of a site can have."""
    found: dict[str, TreeEntry] = {}
    for mode, raw, digest in listed:
        kind, name = KINDS.get(int(mode, 8) & 0o170000), _name(raw)
        if kind and name:
            found[name] = TreeEntry(kind, digest.hex())
    return found


def _name(raw: bytes) -> str | None:
    """A name out of a tree, None where no file of a site can have it."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        return None
    is_odd = not name.isprintable() and any(unicodedata.category(each) == "Cc" for each in name)
    if is_odd or "/" in name or "\\" in name or name in {".", ".."} or name.casefold() == ".git":
        return None
    return name


def _deeper(deep: int) -> int:
    if deep == 0:
        message = say("a commit has more than {n} folders within each other", n=DEEPEST)
        raise HistoryFault("git-large", message, say("move what is in them further up"))
    return deep - 1


def _too_many() -> HistoryFault:
    message = say("a commit has more than {n} files in the content folder", n=MOST)
    hint = say("keep in content/ only what is published")
    return HistoryFault("git-large", message, hint)
