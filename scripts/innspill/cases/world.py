"""What is the same for all consultations of a build, and what each is made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from innspill.codec import encoded
from innspill.history.chronicle import Chronicle
from innspill.model import Page
from innspill.project import Project, Wanted
from innspill.read.edition import Edition
from innspill.store import Store


@dataclass(frozen=True)  # without slots: keys are asked for again and again, and made once
class World:
    """All but its own folder that a consultation is made from."""

    project: Project
    wanted: Wanted
    store: Store
    index: bytes | None = field(repr=False)
    """The front matter of the site's `index.md`, None where there is none."""
    sources: frozenset[str] = field(repr=False)
    """The paths of all sources, which links may lead to."""
    pages: frozenset[str] = field(repr=False)
    """The addresses of the pages of those that readers are given."""
    program: str
    """The digest of the program, its packages and the templates."""
    templates: str
    """What the system said of the templates' files when that was taken."""
    chronicle: Chronicle | None = field(default=None, repr=False)
    """What git tells of the content, None where it can't."""
    index_is_kept: bool = True
    """Whether the site's `index.md` stands in git as it stands on the disk."""
    menu: tuple[Page, ...] = ()
    """The free pages, without their texts."""
    edition: Edition = field(default_factory=Edition, repr=False)
    """What readers are given."""

    @cached_property
    def content_key(self) -> str:
        """The digest of all that reading and checking hang on, but the sources."""
        project = self.project
        return digest_of(
            [
                self.program,
                project.shown_content,
                None if self.index is None else hashlib.sha256(self.index).hexdigest(),
                sorted(self.wanted.prints),
                self.edition.is_published,
                self.edition.with_drafts,
            ]
        )

    @cached_property
    def frame_key(self) -> str:
        """The digest of what pages and prints hang on besides."""
        return digest_of([self.wanted.with_pdf, encoded(self.menu)])


@dataclass(frozen=True)  # as above
class Folder:
    """A consultation's own sources."""

    path: str
    """The folder's path inside `content/`."""
    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    """The path of each source with its bytes."""

    @cached_property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each source, by its path."""
        return {path: hashlib.sha256(data).hexdigest() for path, data in self.files}

    @cached_property
    def key(self) -> str:
        """The digest of the sources' names and bytes."""
        return digest_of([self.path, *sorted(self.digests.items())])


def digest_of(values: Iterable[Any]) -> str:
    """The SHA-256 of values that JSON can tell."""
    return hashlib.sha256(json.dumps(list(values)).encode()).hexdigest()
