"""What there is in `content/`, told from names and front matter: consultations, and the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from innspill.blob import Blob, changed
from innspill.cases.workshop import Given
from innspill.cases.world import Folder
from innspill.project import Project
from innspill.read.disk import Disk
from innspill.read.read import SITE, Content, read_files
from innspill.read.source import decode, hints_of, is_free_page, split
from innspill.store import Store


@dataclass(frozen=True, slots=True)
class Survey:
    """The content, none of its statements read yet."""

    disk: Disk
    order: Mapping[str, int]
    """The place of each source among all, by its path."""
    folders: Mapping[str, tuple[str, ...]]
    """The sources of each consultation by its folder's path, in order."""
    free: Content
    """The site's `index.md`, the free pages, and all else that belongs to no consultation."""
    index: bytes | None = field(repr=False)
    """The front matter of the site's `index.md`."""

    def folder(self, path: str, key: str | None = None) -> Folder:
        """A consultation's sources, read now.

        Raises OSError, and MachineFault where they are not those that had this key.
        """
        folder = Folder(path, tuple((each, self.disk.load(each)) for each in self.folders[path]))
        if key is not None and folder.key != key:
            raise changed(path)
        return folder

    def file(self, path: str, size: int, sha256: str) -> Blob:
        """A file that is no source, as it was when it was read."""
        return self.disk.blob(path, size, sha256)


def survey(project: Project, store: Store) -> Survey:
    """Looks at all folders, and reads what is in no consultation. Raises OSError."""
    disk = Disk(project.content, store=store.remember)
    paths, faults = disk.markdown(project.shown_content)
    by_folder: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        by_folder[path.rpartition("/")[0]].append(path)
    folders: dict[str, tuple[str, ...]] = {}
    outside: set[str] = set()
    for folder, own in by_folder.items():
        index = f"{folder}/{SITE}"
        if folder and index in own and hints_of(disk.load(index)).has_questions:
            free = {each for each in own if each != index and is_free_page(disk.load(each))}
            folders[folder] = tuple(each for each in own if each not in free)
        else:
            free = set(own)
        outside |= free
    given = Given({each: disk.load(each) for each in paths if each in outside}, disk)
    content = read_files(given, project.shown_content)
    return Survey(
        disk,
        {path: place for place, path in enumerate(paths)},
        folders,
        replace(content, faults=(*faults, *content.faults)),
        _front(given.sources[SITE]) if SITE in given.sources else None,
    )


def _front(data: bytes) -> bytes:
    """A source without its text; all of it where it has no front matter that ends."""
    text, faults = decode(data, "")
    front, body_line = split(text)
    if faults or front is None or body_line is None:
        return data
    return "\n".join((*text.split("\n")[:body_line], "")).encode()
