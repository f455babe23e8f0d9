"""What the rest of the site asks of a consultation, without the texts of its statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from innspill.cases.traced import Traced
from innspill.check.links import Asked
from innspill.codec import encoded
from innspill.diagnostics import Diagnostic, has_errors
from innspill.model import Alias, Consultation

PAGE = "page"
"""What a link finds that leads to a source."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that the consultation names."""

    path: str
    sha256: str
    size: int
    shown: str


@dataclass(frozen=True, slots=True)
class Card:
    """A consultation as the rest of the site knows it."""

    case: Consultation
    """A skeleton: see `innspill.compose.skeleton`."""
    aliases: tuple[Alias, ...]
    attached: tuple[Attached, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[tuple[str, str], ...] = field(repr=False)
    """The path of each file that diagnostics name, with the lines that they show."""
    asked: tuple[Asked, ...]
    """The places that its links name on pages of other parts of the site."""
    split: frozenset[str]
    """The ids of passages whose marks were split."""
    linked: tuple[tuple[str, str], ...]
    """The sources of other parts that its links lead to, with their titles."""
    traced: Traced
    """What git told of it."""
    lost: tuple[str, ...]
    """The paths of the statements that a shallow clone can't stamp."""
    partly: tuple[str, ...]
    """The paths of those others whose history it lacks a part of."""
    linked_then: tuple[str, ...]
    """The pages that its old texts link to, which may be there no more."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing in it stops the build."""
        return not has_errors(self.diagnostics)

    @property
    def reads(self) -> list[list[Any]]:
        """All that it was made from besides its own folder."""
        files = [[each.path, each.sha256] for each in self.attached]
        return [
            *files,
            *([path, PAGE, title] for path, title in self.linked),
            ["git", encoded(self.traced)],
        ]
