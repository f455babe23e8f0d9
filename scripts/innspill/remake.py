"""What a commit makes, made anew in memory: read from git's objects, with its own templates.

That is done in a process of its own, which is ended when its time is up: a template may go on
for ever. Nothing is checked out, and nothing written in the project.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path

from innspill import __version__
from innspill.build import files_beside, make_press, plan_files
from innspill.compose.compose import compose
from innspill.compose.given_out import given_out, published_files
from innspill.diagnostics import Severity
from innspill.forms import FORMS, WHOLE
from innspill.history.fault import HistoryFault
from innspill.history.files import files_in, opened
from innspill.history.trace import History, trace
from innspill.manifest import whole_site
from innspill.messages import Message, joined, say
from innspill.model import Consultation, Site
from innspill.output import Output
from innspill.pdf.reading import NotReadable, read_back
from innspill.read.edition import Edition, edition_of
from innspill.read.read import SITE, Content, read_files
from innspill.render.environment import Committed
from innspill.render.pdf import PrintLibraryMissing
from innspill.render.prints import plan_prints
from innspill.render.templates import TemplateFault, Templates
from innspill.store import Store

ENDING = 10
"""How many seconds a process has to end that has told all."""
Files = Mapping[str, bytes]
"""Files by their paths."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a commit is, and what else its files are made with."""

    content: Path
    shown: str
    """The content folder as messages show it."""
    store: Path
    commit: str


@dataclass(frozen=True, slots=True)
class Remade:
    """What was made anew."""

    files: Files = field(default_factory=dict, repr=False)
    why: Message | None = None
    """Why nothing was, where that is so."""


class ReadOnly(Store):
    """The memos of fonts as they are: none is added, and no remembered PDF is taken for proof."""

    __slots__ = ()

    def get(self, key: tuple[str, ...]) -> bytes | None:
        """What is kept under the key, unless it is a PDF."""
        return None if key[0] == "print" else super().get(key)

    def put(self, key: tuple[str, ...], content: bytes) -> None:
        """Keeps nothing."""


@dataclass(frozen=True, slots=True)
class StatementPdfs:
    """Asks for the PDFs of a statement: those of one name where there are any, else all."""

    path: str
    """The statement's, inside the content folder."""
    name: str

    def make(self, origin: Origin, templates: Templates) -> Iterator[Output]:
        """Raises HistoryFault, TemplateFault, OSError and PrintLibraryMissing."""
        content = _read(origin)
        shown = {SITE, f"{self.path.rpartition('/')[0]}/{SITE}", self.path}
        few = tuple(each for each in content.sources if each.path in shown)
        history = _history(origin, replace(content, sources=few))  # the others' is not asked for
        site = compose(content, traces=history.traces)
        statement = next((each for each in site.statements if each.source == self.path), None)
        if statement is None:
            return
        press = make_press(site, templates, ReadOnly(origin.store))
        jobs = [job for job in plan_prints(press) if job.paths[0].startswith(statement.folder)]
        named = [
            job for job in jobs if self.name in {path.rpartition("/")[2] for path in job.paths}
        ]
        for job in named or jobs:
            yield from job.make().outputs


@dataclass(frozen=True, slots=True)
class WholeSite:
    """Asks for all files of the site, as they were made for the given folder."""

    folder: Path
    paths: frozenset[str]
    """The files that its manifest names: they tell of the options that it was built with."""

    def make(self, origin: Origin, templates: Templates) -> Iterator[Output]:
        """Raises HistoryFault, TemplateFault, OSError and PrintLibraryMissing."""
        content = _read(origin)
        history = _history(origin, content, all_versions=True)
        traces = {
            path: replace(
                each, versions=tuple(v for v in each.versions if v.statement.url in self.paths)
            )
            for path, each in history.traces.items()
        }
        site = compose(content, traces=traces)
        asked = Edition(is_published=self._holds(site), with_drafts=self._gives_drafts(site))
        edition = edition_of(content, asked)
        whole = compose(
            content, self._forms(site, edition), traces, with_drafts=edition.with_drafts
        )
        site = given_out(whole, edition, published_files(content, edition))
        store = ReadOnly(origin.store)
        with_pdf = any(path.endswith(f"/{WHOLE.file}") for path in self.paths)
        jobs = plan_prints(make_press(site, templates, store)) if with_pdf else ()
        pdfs = [output for job in jobs for output in job.make().outputs]
        # Pages and data tell a PDF's size and digest: where its text is the same, the given one's.
        made = [self._as_given(each) for each in pdfs]
        sizes = {each.path: each.size for each in made}
        plan = plan_files(site, templates, store, with_pdf=with_pdf, sizes=sizes)
        pages = [each.made() for each in (*plan.pages, *plan.assets)]
        yield from (*pdfs, *pages, *files_beside(site, templates, [*made, *pages]))

    def _holds(self, site: Site) -> bool:
        """Whether drafts were held back: then no page of such a draft is there."""
        drafts = [
            each
            for case in site.consultations
            for each in case.statements
            if not case.gives_out(each)
        ]
        return any(each.url not in self.paths for each in drafts)

    def _gives_drafts(self, site: Site) -> bool:
        """Whether readers were given drafts that no consultation gives them: the data tells."""
        return any(
            self._has_draft(case) for case in site.consultations if not case.publishes_drafts
        )

    def _has_draft(self, case: Consultation) -> bool:
        try:
            return b'"status": "utkast"' in (self.folder / case.folder / "data.json").read_bytes()
        except OSError:
            return False

    def _forms(self, site: Site, edition: Edition) -> list[str]:
        """The forms that every statement has, asked for or not."""
        folders = [each.folder for each in site.statements if each.source not in edition.held]
        return [
            form
            for form, papers in FORMS.items()
            if all(folder + papers[0].file in self.paths for folder in folders)
        ]

    def _as_given(self, made: Output) -> Output:
        with suppress(OSError, NotReadable):
            given = (self.folder / made.path).read_bytes()
            if read_back(given).paragraphs == read_back(made.data).paragraphs:
                return replace(made, data=given)
        return made


Asked = StatementPdfs | WholeSite


def remake(asked: Asked, origin: Origin, seconds: int) -> Remade:
    """What is asked for, as the commit makes it; `seconds` is the time it may take.

    Raises OSError and PrintLibraryMissing.
    """
    # A new process has none of this one's threads and locks, on any system.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    with here:
        child = context.Process(target=_tell, args=(asked, origin, there))
        child.start()
        there.close()
        try:
            if not here.poll(seconds):
                return Remade(why=_took_too_long(seconds))
            found: Remade | Exception = here.recv()
            child.join(ENDING)  # it takes away what it has put in the system's temporary folder
        except EOFError:
            return Remade(why=_broken_off(say("its process ended")))
        finally:
            child.kill()
            child.join()
    if isinstance(found, Exception):
        raise found
    return found


def whole_folder(outputs: list[Output], commit: str) -> Files:
    """The files of a published folder, its manifest among them."""
    files = whole_site(outputs, f"Innspill {__version__}", commit)
    return {path: each.load() for path, each in files.items()}


def _tell(asked: Asked, origin: Origin, to: Connection) -> None:
    """In the new process: makes it, and sends it."""
    found: Remade | Exception
    try:
        outputs = list(asked.make(origin, _templates(origin)))
        if isinstance(asked, WholeSite):
            found = Remade(whole_folder(outputs, origin.commit))
        else:
            found = Remade({each.path: each.data for each in outputs})
    except HistoryFault as fault:
        found = Remade(why=fault.whole)
    except TemplateFault as fault:
        at, what = fault.diagnostic.at, fault.diagnostic.message
        found = Remade(why=joined(": ", (f"{at.path}:{at.line}", what)))
    except (OSError, PrintLibraryMissing) as fault:
        found = fault
    except Exception as fault:  # whatever objects, templates and images of any time make of it
        found = Remade(why=_broken_off(f"{type(fault).__name__}: {fault}"))
    to.send(found)


def _took_too_long(seconds: int) -> Message:
    return say(
        "making that commit's files anew took longer than {n} seconds: see --timeout", n=seconds
    )


def _broken_off(why: Message | str) -> Message:
    return say("making that commit's files anew broke off: {why}", why=why)


def _read(origin: Origin) -> Content:
    repository = opened(origin.content)
    return read_files(files_in(repository, repository.commit(origin.commit)), origin.shown)


def _history(origin: Origin, content: Content, *, all_versions: bool = False) -> History:
    """What git knew of a commit's content. Raises HistoryFault where it can't say all of it."""
    history = trace(origin.content, content, at=origin.commit, all_versions=all_versions)
    for fault in history.faults:
        if fault.severity is Severity.WARNING and not fault.code.startswith("git"):
            continue  # an old text's, which stops no build
        raise HistoryFault(fault.code, fault.message, fault.hint)
    return history


def _templates(origin: Origin) -> Templates:
    """The commit's own templates, in memory."""
    repository = opened(origin.content)
    repository.commit(origin.commit)
    files = repository.files_beside(origin.commit, "templates")
    return Templates(None, committed=Committed(origin.commit, files) if files else None)
