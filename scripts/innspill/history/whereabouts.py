"""Where in a repository that stands which a PDF says it was made from.

The content folder may have had another place in that commit, and the templates may have been
committed later than the content, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from innspill.history.fault import HistoryFault
from innspill.history.files import files_in
from innspill.line_ends import text_digest
from innspill.render.template_digest import templates_digest

if TYPE_CHECKING:
    from innspill.history.repository import Repository

FAR = 10_000
"""How many commits are looked through for templates."""


def content_then(repository: Repository, commit: str, path: str) -> Path:
    """The content folder that a commit has a text in: today's, else the one it had then.

    Raises HistoryFault.
    """
    known = repository.commit(commit)
    if path in files_in(repository, known).blobs:
        return repository.content
    found = repository.folders_with(known.id, path)
    return repository.root / found[0] if len(found) == 1 else repository.content


def last_with(
    repository: Repository, texts: Iterable[tuple[str, str]], commits: Iterable[str]
) -> str | None:
    """The last of the commits that has all texts, given by paths and digests.

    Raises HistoryFault.
    """
    wanted = {repository.commit(each).id for each in commits}
    head = repository.head
    shown = tuple(texts)
    if head is None:
        return None
    wanted.add(head)
    for each in repository.walk(head):
        if each.id in wanted:
            files = files_in(repository, each)
            if all(_has(path, digest, files.blobs, repository) for path, digest in shown):
                return each.id
    return None


def _has(path: str, digest: str, blobs: Mapping[str, str], repository: Repository) -> bool:
    blob = blobs.get(path)
    return blob is not None and text_digest(repository.data(blob)) == digest


def templates_with(
    repository: Repository, commits: Iterable[str], digest: str
) -> tuple[str, Mapping[str, bytes]] | None:
    """The commit, and its templates, that have a digest: one of those given, else the last.

    Raises HistoryFault.
    """
    seen: set[str] = set()
    for each in chain(commits, _last(repository)):
        tree = repository.folder_beside(each, "templates")
        if tree is None or tree in seen:
            continue
        seen.add(tree)
        files = repository.files_beside(each, "templates")
        if templates_digest(files) == digest:
            return each, files
    return None


def has_templates(repository: Repository, commit: str, digest: str) -> bool:
    """Whether a commit is here, and its templates have a digest."""
    if not commit:
        return False
    try:
        files = repository.files_beside(commit, "templates")
    except HistoryFault:
        return False
    return templates_digest(files) == digest


def _last(repository: Repository) -> Iterator[str]:
    try:
        if head := repository.head:
            yield from (each.id for each in islice(repository.walk(head), FAR))
    except HistoryFault:  # a shallow clone, or a partial one: what it has was looked through
        return
