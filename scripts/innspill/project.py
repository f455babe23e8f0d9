"""What a build is asked for, and what it answers: values that cost nothing to import."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from innspill.diagnostics import Diagnostic, has_errors
from innspill.messages import Message

if TYPE_CHECKING:
    from innspill.publish import Published

STORE_LIMIT = 2_000_000_000
"""How many bytes a store may hold."""

Step = Callable[[Message, int, int], None]
"""Told what is being done, how many of it are done, and how many there are (0: not known)."""


class MachineFault(Exception):
    """The machine, and not the content, stands in the way."""

    def __init__(self, message: Message) -> None:
        """Takes the sentence that the user is to read."""
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Project:
    """Where a project's folders are."""

    content: Path
    templates: Path | None
    """The user's own templates, where there are any."""
    output: Path
    store: Path
    is_published: bool = False
    """Whether the output folder was asked for by name, so that readers are taken to get it."""

    @property
    def shown_content(self) -> str:
        """The content folder as messages show it: from where the user stands."""
        return Path(os.path.relpath(self.content)).as_posix()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is to make, and how strictly."""

    with_pdf: bool = True
    strict: bool = False
    prints: tuple[str, ...] = ()
    """Forms that every statement gets besides those that the content asks for."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is wrong with a site."""

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(repr=False)
    """The text of each file that diagnostics name, by the path that they name it by."""
    statements: int
    """How many the site has."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing stops the build."""
        return not has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    checked: Verdict
    published: Published | None = None
    """None where nothing was written: for faults, or since nothing was to be done."""
    pages: int = 0
    pdfs: int = 0
    laid_out: int = 0
    """How many PDFs were laid out anew, and not remembered."""
    files: int | None = None
    """How many files stand as the last build left them, where there was nothing to do."""
    notes: tuple[Message, ...] = ()
    """What the user should know of the store."""

    @property
    def is_done(self) -> bool:
        """Whether what is published is what was asked for."""
        return self.published is not None or self.files is not None
