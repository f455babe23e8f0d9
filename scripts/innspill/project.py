"""What a build is asked for, and what it answers: values that cost nothing to import."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from innspill.diagnostics import Diagnostic, has_errors
from innspill.limits import USUAL, Limits
from innspill.messages import Message, say
from innspill.output import Published
from innspill.own_folders import STATE

if TYPE_CHECKING:
    from datetime import date

PACKAGE = Path(__file__).parent
STORE_LIMIT = 4_000_000_000
"""How many bytes a store may hold."""


def is_address(store: str) -> bool:
    """Whether a store is named by an address, and not by a folder's path."""
    return "://" in store


def shipped() -> Path:
    """The templates that come with the program: in the wheel, or in the checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "templates"


def are_shipped(templates: Path) -> bool:
    """Whether a project's templates are the program's, as in a checkout of the program."""
    return templates.resolve() == shipped().resolve()


def own_templates(folder: Path) -> Path | None:
    """The user's own templates in a project's folder, where there are any."""
    templates = folder / "templates"
    return templates if templates.is_dir() and not are_shipped(templates) else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build has come."""

    phase: Message
    """What is being done."""
    done: int = 0
    """How many of it are done, those among them that were remembered."""
    total: int = 0
    """How many there are; 0 where that is not known."""
    reused: int = 0
    """How many were remembered."""
    now: str = ""
    """What was finished last."""


WAITING = say("Waiting for another build")

Step = Callable[[Progress], None]
"""Told how far the build has come."""


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
    today: date | None = None
    """The day, read from the clock once; None where no rule may depend on it."""
    with_drafts: bool = False
    """Whether readers are given all drafts, whatever their consultations say."""
    shared: str = ""
    """The address of a store that machines share, where one was named; it stands behind `store`."""
    store_is_named: bool = False
    """Whether the store was named, so that it is believed wherever it was made."""
    limits: Limits = USUAL
    """What the making of a page or a PDF may take."""
    unsaved: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The Markdown files that an editor holds, by their paths inside `content/`: they count
    instead of what is on the disk."""

    @property
    def home(self) -> Path:
        """Where the project keeps what only its own people may have."""
        return self.content.parent / STATE

    @property
    def shown_content(self) -> str:
        """The content folder as messages show it: from where the user stands."""
        return Path(os.path.relpath(self.content)).as_posix()


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """A certificate on a card, or another token that keeps its key to itself (PKCS#11)."""

    module: Path
    """The library that opens it."""
    token: str
    """The token's label."""
    certificate: str
    """The certificate's label on it."""


@dataclass(frozen=True, slots=True)
class SealRequest:
    """Asks for seals with a certificate."""

    certificate: Path | TokenCertificate
    """The PKCS#12 file that holds it with its key, or where it is on a token."""
    digest: str
    """Of that and of the service that tells the time: what seals are remembered by."""
    timestamp: str
    """The address of that service; none for this machine's clock alone."""
    password: Callable[[], str] = field(repr=False, compare=False)
    """Asks for the file's password or the token's PIN, where a seal is to be put."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is to make, and how strictly."""

    with_pdf: bool = True
    strict: bool = False
    prints: tuple[str, ...] = ()
    """Forms that every statement gets besides those that the content asks for."""
    jobs: int = 0
    """How many processes work at once, 0 for as many as there are cores."""
    adopts: bool = False
    """Whether the site may be put among another's files."""
    scheduler: str = ""
    """The address of the scheduler on whose workers it is made; none for this machine."""
    shard: tuple[int, int] | None = None
    """Which part of the statements is made, and of how many; None where the site is built."""
    seal: SealRequest | None = None
    """What the PDFs are sealed with, where they are."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is wrong with a site."""

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(repr=False)
    """The text of each file that diagnostics name, by the path that they name it by."""
    statements: int
    """How many the site has."""
    held: tuple[str, ...] = ()
    """The drafts that are held back, by their addresses without a slash at the end."""
    held_in_folders: tuple[str, ...] = ()
    """The meeting folders that hold some of them all the same."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing stops the build."""
        return not has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class BuildResult:
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
    shard: tuple[int, int] | None = None
    """Which part of the statements was put into the store, where that was asked for."""
    notes: tuple[Message, ...] = ()
    """What the user should know of the store."""

    @property
    def is_done(self) -> bool:
        """Whether what is published is what was asked for."""
        return self.published is not None or self.files is not None or self.shard is not None
