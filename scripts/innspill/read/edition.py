"""What of the content readers are given: where the site is published, drafts are held back.

Told from front matter alone, so that it is known before any statement is read whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from innspill.project import Project
from innspill.read.read import SITE, Content
from innspill.read.schema import StatementFront
from innspill.read.yaml_nodes import FrontMatter


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


def index_of(path: str) -> str:
    """The path of the `index.md` of the folder that a file stands in."""
    return f"{path.rpartition('/')[0]}/{SITE}"


def edition_of(content: Content, asked: Edition) -> Edition:
    """The edition with what it holds back of the content."""
    matters = {each.path: each.matter for each in content.sources}
    drafts = [
        each.path
        for each in content.sources
        if isinstance(each.front, StatementFront) and says_draft(each.matter)
    ]
    held = (each for each in drafts if not gives_drafts(matters.get(index_of(each))))
    return Edition(asked.is_published, asked.with_drafts, frozenset(held if asked.may_hold else ()))


def says_draft(matter: FrontMatter) -> bool:
    """Whether a statement's front matter says that it is a draft."""
    return matter.values.get("status") == "draft"


def gives_drafts(matter: FrontMatter | None) -> bool:
    """Whether a consultation's front matter gives readers its drafts."""
    return matter is not None and matter.values.get("publish_drafts") == "true"
