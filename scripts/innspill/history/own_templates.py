"""The commit that last changed a project's own templates, as far as prints are made with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from innspill.history.fault import UNSHALLOW, HistoryFault
from innspill.history.files import OpenRepository
from innspill.history.git_folders import find_git
from innspill.messages import say
from innspill.render.template_digest import FOR_PRINTS, templates_digest

if TYPE_CHECKING:
    from pathlib import Path

    from innspill.history.repository import Commit, Repository


def commit_of_templates(content: Path, files: Mapping[str, bytes]) -> str:
    """The last commit that changed templates which stand beside the content folder.

    Nothing where git does not have them as these files are. Raises HistoryFault where it can't
    tell.
    """
    digest = templates_digest(files)
    if not digest or find_git(content) is None:
        return ""
    repository = OpenRepository(content).find()
    head = repository.head if repository else None
    if not repository or not head:
        return ""
    if templates_digest(repository.files_beside(head, "templates")) != digest:
        return ""
    return last_change(repository, head)


def last_change(repository: Repository, commit: str) -> str:
    """The last commit that changed them, seen from one: a merge is followed to what it kept.

    Raises HistoryFault where a shallow clone left it out.
    """
    now, folders = repository.commit(commit), _folders(repository, commit)
    while (before := next(_alike(repository, now, folders), None)) is not None:
        now = repository.commit(before)
    if now.id in repository.cut_off:
        message = say("the clone is shallow, so git can't tell when templates/ was last changed")
        raise HistoryFault("git-shallow", message, UNSHALLOW)
    return now.id


def _alike(
    repository: Repository, commit: Commit, folders: tuple[str | None, ...]
) -> Iterator[str]:
    """The parents that have the same templates."""
    if commit.id not in repository.cut_off:
        yield from (each for each in commit.parents if _folders(repository, each) == folders)


def _folders(repository: Repository, commit: str) -> tuple[str | None, ...]:
    return tuple(repository.folder_beside(commit, f"templates/{each[:-1]}") for each in FOR_PRINTS)
