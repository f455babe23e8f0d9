"""What of the content readers are given: where the site is published, drafts are held back.

Told from front matter alone, so that it is known before any statement is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from innspill.project import Project
from innspill.read.read import SITE, Content
from innspill.read.schema import StatementFront
from innspill.read.source import FENCE, front_of
from innspill.read.yaml_nodes import FrontMatter, parse_front_matter

MAY_BE_DRAFT = re.compile(rb"^(?![ \t]*#).*?(?:draft|\\)", re.MULTILINE)
"""A line that may say so, as YAML writes or escapes it, and is no comment."""


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
    return _holding(asked, drafts, matters)


def edition_of_files(files: Mapping[str, bytes], drafts: Iterable[str], asked: Edition) -> Edition:
    """The same from the bytes of all files, and the paths of those that may be drafts."""
    found = [path for path in drafts if says_draft(matter_of(files[path]))]
    return _holding(asked, found, {each: matter_of(files[each]) for each in map(index_of, found)})


def _holding(asked: Edition, drafts: Iterable[str], matters: Mapping[str, FrontMatter]) -> Edition:
    held = (each for each in drafts if not gives_drafts(matters.get(index_of(each))))
    return Edition(asked.is_published, asked.with_drafts, frozenset(held if asked.may_hold else ()))


def matter_of(data: bytes) -> FrontMatter:
    """A file's front matter; nothing behind it is read."""
    return parse_front_matter(front_of(data), "", 1)[0]


def may_be_draft(data: bytes) -> bool:
    """Whether a file must be understood to tell whether it is a draft."""
    end = data.find(b"\n---", len(FENCE))
    return MAY_BE_DRAFT.search(data, 0, len(data) if end < 0 else end) is not None


def says_draft(matter: FrontMatter) -> bool:
    """Whether a statement's front matter says that it is a draft."""
    return matter.values.get("status") == "draft"


def gives_drafts(matter: FrontMatter | None) -> bool:
    """Whether a consultation's front matter gives readers its drafts."""
    return matter is not None and matter.values.get("publish_drafts") == "true"
