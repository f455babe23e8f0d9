"""The shortcut above all memos: where nothing has changed since the last build, nothing is done.

`.innspill/last/` holds, for each output folder, what the last build read and wrote, by digest:
content and the names in its folder, templates, the program itself, its packages, all that git's
answers depend on, options, and every published file. Where all of it still holds, the build ends
there and says again what it said. Only what costs little to import is used here.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import msgspec

from innspill import __version__
from innspill.diagnostics import FUTURE, GONE, Diagnostic, lines_shown
from innspill.history.state import git_state
from innspill.own_folders import read_own
from innspill.program import program_digest, program_files
from innspill.project import PACKAGE, BuildOptions, BuildResult, Project, Verdict, shipped
from innspill.publish import state_of
from innspill.store import believed
from innspill.store_folder import LAST, NEW
from innspill.unchanged import changed, digest_of, glance, listing, record

FORMAT = 2
LINKER = "/etc/ld.so.cache"
"""Where the system's libraries are: written anew whenever one of them is installed."""
INSTALLED = (".dist-info", ".egg-info")
"""How the names of these folders end (PyPA, Recording installed projects)."""


@dataclass(frozen=True, slots=True)
class BuildStart:
    """What a build finds before it reads any content."""

    since: int
    """The time, in nanoseconds."""
    names: Sequence[str] = field(repr=False)
    """What the folders hold: what comes while it is built is not of it."""
    program: Mapping[str, str] = field(repr=False)
    """The digest of each file of the program and its templates, by its path."""
    git: str
    """What git's answers depend on."""
    templates: str
    """What the system says of the templates' files."""
    digest: str
    """The digest of the program."""


def begin(project: Project) -> BuildStart:
    """Looks at the program, the templates and git."""
    since, names, templates = time.time_ns(), _names(project), glance_at_templates(project)
    program = _program_digests(project)
    digest = program_digest(project, program, packages())
    return BuildStart(since, names, program, git_state(project.content), templates, digest)


def digest_of_program(project: Project) -> str:
    """The digest of the program, its templates and all that it stands on."""
    return program_digest(project, _program_digests(project), packages())


def glance_at_templates(project: Project) -> str:
    """What the system says of the files of the templates, the shipped ones among them."""
    own = (str(project.templates),) if project.templates else ()
    return glance((*own, str(shipped())))


def still_holding(project: Project, options: BuildOptions) -> BuildResult | None:
    """What the last build said, None where anything that it read or wrote is another now."""
    now = time.time_ns()
    try:
        last = json.loads(read_own(_place(project, believed(project))))
        if last["asked"] != _asked(project, options) or last["names"] != _names(project):
            return None
        if last["git"] != git_state(project.content):
            return None
        if state_of(project.output, project.home).is_unfinished:
            return None
        if (found := changed(last["files"], now)) is True:
            return None
        built = msgspec.json.decode(last["built"], type=BuildResult)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, msgspec.MsgspecError):
        return None
    if found is None:
        _write(project, last)
    return built


def remember(
    project: Project,
    options: BuildOptions,
    beginning: BuildStart,
    read: Mapping[str, str],
    built: BuildResult,
) -> None:
    """Keeps what this build has read (digests by paths in `content/`), written and said.

    Nothing is kept where something is told that is true today alone. What was written since the
    beginning is told by its digest, and read anew: see `innspill.unchanged`.
    """
    published, checked = built.published, built.checked
    if published is None or any(_may_change(each) for each in checked.diagnostics):
        return
    told = tuple(each for each in checked.diagnostics if each.code != GONE)  # by now they are
    shown = lines_shown(told, checked.texts)
    said = BuildResult(
        Verdict(told, shown, checked.statements, checked.held, checked.held_in_folders),
        pages=built.pages,
        pdfs=built.pdfs,
        files=len(published.digests) - 1,  # the manifest is counted nowhere
    )
    digests = {f"{project.content}/{path}": digest for path, digest in read.items()}
    digests |= beginning.program
    digests |= {f"{project.output}/{path}": each for path, each in published.digests.items()}
    with contextlib.suppress(OSError, UnicodeEncodeError):
        kept: dict[str, Any] = {
            "asked": _asked(project, options),
            "names": beginning.names,
            "git": beginning.git,
            "files": record(digests, beginning.since),
            "built": msgspec.json.encode(said).decode(),
        }
        _write(project, kept)


def _may_change(fault: Diagnostic) -> bool:
    """Whether what is told may be true no more at the next build, though nothing is changed.

    A day comes, and an object that git lacked may be there.
    """
    is_of_git = fault.code.startswith("git") and fault.code != "git-shallow"
    return is_of_git or fault.code == FUTURE


def packages() -> str:
    """The names and versions of all that is installed beside the program, and of Python."""
    return hashlib.sha256("\0".join((sys.version, *sorted(_metadata()))).encode()).hexdigest()


def _metadata() -> Iterable[str]:
    """The names of the folders that installers keep of packages, which have the versions in them.

    To ask `importlib.metadata` takes 50 ms, of a run that takes 200.
    """
    for folder in sys.path:
        with contextlib.suppress(OSError):
            yield from (each for each in os.listdir(folder) if each.endswith(INSTALLED))  # noqa: PTH208


def _program_digests(project: Project) -> dict[str, str]:
    """Of every file of the program and its templates, and of the list of the system's libraries."""
    libraries = (LINKER,) if Path(LINKER).exists() else ()
    return {path: digest_of(path) for path in (*program_files(project), *libraries)}


def _names(project: Project) -> list[str]:
    """Of what the folders hold: a new file or a lost one shows here."""
    own = listing(str(project.templates), hidden=True) if project.templates else ""
    program = [listing(str(each)) for each in (PACKAGE, shipped())]
    return [listing(str(project.content)), own, *program, packages()]


def _asked(project: Project, options: BuildOptions) -> list[Any]:
    """All else that the output depends on."""
    folders = (project.content, project.templates or "", project.output)
    return [
        FORMAT,
        __version__,
        [os.path.realpath(each) for each in folders],
        project.shown_content,
        _all_of(project),
        _all_of(replace(options, jobs=0, scheduler="", prints=tuple(sorted(options.prints)))),
    ]


def _all_of(options: Project | BuildOptions) -> dict[str, str]:
    """Every option there is, so that none can be forgotten."""
    return {each.name: str(getattr(options, each.name)) for each in fields(options)}


def _place(project: Project, store: Path) -> Path:
    name = hashlib.sha256(os.path.realpath(project.output).encode()).hexdigest()[:16]
    return store / LAST / f"{name}.json"


def _write(project: Project, kept: Mapping[str, Any]) -> None:
    """Writes the record whole; one that can't be written only costs time."""
    place = _place(project, believed(project))
    with contextlib.suppress(OSError):
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=NEW)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(kept))
        os.replace(temporary, place)  # noqa: PTH105
