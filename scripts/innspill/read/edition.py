"""What of the content readers are given: where the site is published, drafts are held back.

Told from front matter alone, so that it is known before any statement is read whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from innspill.project import Project
from innspill.read.read import SITE
from innspill.read.scan import ScannedFile
from innspill.read.schema import SiteFront


@dataclass(frozen=True, slots=True)
class Edition:
    """For whom the site is made, and which statements they are not given."""

    is_published: bool = False
    """Whether it is made for readers, and not for those who write it."""
    with_drafts: bool = False
    """Whether they are given all drafts, whatever consultations say."""
    held: frozenset[str] = frozenset()
    """The paths of the drafts that are held back."""

    @property
    def may_hold(self) -> bool:
        """Whether drafts are held back at all."""
        return self.is_published and not self.with_drafts


IN_WRITING = Edition()
"""What is made for those who write it."""


def asked_for(project: Project) -> Edition:
    """The edition that a project is made in, before it is known what that holds back."""
    return Edition(project.is_published, project.with_drafts)


def hides_case_officer(own: bool | None, site: SiteFront | None) -> bool:
    """Whether the name of a statement's case officer is left out of all that is published.

    `own` is what the statement itself says of that.
    """
    if own is None:
        return site.hide_case_officer if site else False
    return own


def index_of(path: str) -> str:
    """The path of the `index.md` of the folder that a file stands in."""
    return f"{path.rpartition('/')[0]}/{SITE}"


def edition_of(scanned: Sequence[ScannedFile], asked: Edition) -> Edition:
    """The edition with what it holds back of the content."""
    giving = {each.path for each in scanned if each.gives_drafts}
    held = (
        each.path
        for each in scanned
        if each.kind == "statement" and each.says_draft and index_of(each.path) not in giving
    )
    return Edition(asked.is_published, asked.with_drafts, frozenset(held if asked.may_hold else ()))
