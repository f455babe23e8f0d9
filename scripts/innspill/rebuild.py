"""What a commit makes, made anew in memory: read from git's objects, with its own templates.

That is done in a process of its own, which is ended when its time is up: a template may go on
for ever. Nothing is checked out, and nothing written in the project.
"""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path

from innspill import __version__
from innspill.build import pages_of
from innspill.compose.addresses import page_url
from innspill.compose.compose import compose_site
from innspill.compose.held_drafts import given_out
from innspill.compose.inputs import StatementInput
from innspill.compose.plan import Options, Plan
from innspill.diagnostics import Diagnostic, Severity
from innspill.forms import FORMS, WHOLE
from innspill.git_facts import GitFacts
from innspill.history.ask import ask
from innspill.history.current_content import current_of
from innspill.history.fault import HistoryFault
from innspill.history.files import files_in, opened
from innspill.manifest import whole_site
from innspill.memory import Memory
from innspill.messages import Message, joined, say
from innspill.output import Output
from innspill.parts import Part, settled_part
from innspill.pdf.read_back import NotReadable, read_back
from innspill.project import are_shipped
from innspill.read.edition import Edition, edition_of, index_of
from innspill.read.read import SITE, Content, read_files
from innspill.read.scan import scan_all
from innspill.render.environment import TemplatesInMemory
from innspill.render.make_print import make_print
from innspill.render.pages import Pages, PlannedPrint
from innspill.render.pdf import PrintLibraryMissing
from innspill.render.print_html import print_resources
from innspill.render.templates import TemplateFault, Templates
from innspill.runtime import Runtime
from innspill.store import ReadOnly

ENDING = 10
"""How many seconds a process has to end that has told all."""
DRAFT = re.compile(rb'"status": ?"utkast"')
"""How data tells a draft."""
FileBytes = Mapping[str, bytes]
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
class RebuildResult:
    """What was made anew."""

    files: FileBytes = field(default_factory=dict, repr=False)
    why: Message | None = None
    """Why nothing was, where that is so."""


class Unproven(ReadOnly):
    """The memos as they are: none is added, and no remembered PDF is taken for proof."""

    __slots__ = ()

    def get(self, key: tuple[str, ...]) -> bytes | None:
        """What is kept under the key, unless it is a PDF."""
        return None if key[0] == "print" else super(ReadOnly, self).get(key)


@dataclass(frozen=True, slots=True)
class StatementPdfs:
    """Asks for the PDFs of a statement: those of one name where there are any, else all."""

    path: str
    """The statement's, inside the content folder."""
    name: str

    def make(self, origin: Origin, templates: Templates) -> Iterator[Output]:
        """Raises HistoryFault, TemplateFault, OSError and PrintLibraryMissing."""
        content = _read(origin)
        shown = {SITE, index_of(self.path), self.path}
        few = tuple(each for each in content.scanned if each.path in shown)
        git = _git(origin, replace(content, scanned=few))  # the others' is not asked for
        plan = Plan(content, Options(), git, Memory())
        given = plan.input(self.path)
        if given is None:
            return
        runtime = Runtime(store=Unproven(origin.store))
        files = _pages(plan, {self.path: _part(given, templates, runtime)}, templates, runtime)
        folder = page_url(self.path).removesuffix("index.html")
        jobs = [each for each in files.prints() if each.paths[0].startswith(folder)]
        named = [e for e in jobs if self.name in {path.rpartition("/")[2] for path in e.paths}]
        yield from _laid_out(files, named or jobs, runtime)


@dataclass(frozen=True, slots=True)
class WholeSite:
    """Asks for all files of the site, as they were made for the given folder."""

    folder: Path
    paths: frozenset[str]
    """The files that its manifest names: they tell of the options that it was built with."""

    def make(self, origin: Origin, templates: Templates) -> Iterator[Output]:
        """Raises HistoryFault, TemplateFault, OSError and PrintLibraryMissing."""
        content = _read(origin)
        git = {
            path: replace(
                facts,
                versions=tuple(e for e in facts.versions if f"{e.folder}index.html" in self.paths),
            )
            for path, facts in _git(origin, content, all_versions=True).items()
        }
        drafts = Plan(content, Options(), git, Memory())
        asked = Edition(is_published=self._holds(drafts), with_drafts=self._gives_drafts(drafts))
        edition = edition_of(content.scanned, asked)
        with_pdf = any(path.endswith(f"/{WHOLE.file}") for path in self.paths)
        options = Options(with_pdf, self._forms(drafts, edition), edition)
        plan = Plan(content, options, git, Memory())
        runtime = Runtime(store=Unproven(origin.store))
        parts = {each.path: _part(each, templates, runtime) for each in plan.inputs()}
        files = _pages(plan, parts, templates, runtime)
        pdfs = list(_laid_out(files, files.prints(), runtime)) if with_pdf else []
        # Pages and data tell a PDF's size and digest: where its text is the same, the given one's.
        made = [self._as_given(each) for each in pdfs]
        files = replace(files, sizes={each.path: each.size for each in made})
        others = [each.made() for each in (*files.pages(), *files.assets())]
        files = replace(files, digests={each.path: each.sha256 for each in (*made, *others)})
        yield from (*pdfs, *others, *(each.made() for each in files.beside()))

    def _holds(self, plan: Plan) -> bool:
        """Whether drafts were held back: then no page of such a draft is there."""
        return any(page_url(each.path) not in self.paths for each in _drafts(plan))

    def _gives_drafts(self, plan: Plan) -> bool:
        """Whether readers were given drafts that no consultation gives them: the data tells."""
        return any(self._has_draft(index_of(each.path)) for each in _drafts(plan))

    def _has_draft(self, index: str) -> bool:
        data = page_url(index).removesuffix("index.html") + "data.json"
        try:
            return DRAFT.search((self.folder / data).read_bytes()) is not None
        except OSError:
            return False

    def _forms(self, plan: Plan, edition: Edition) -> tuple[str, ...]:
        """The forms that every statement has, asked for or not."""
        folders = [
            page_url(each.path).removesuffix("index.html")
            for each in plan.inputs()
            if each.path not in edition.held
        ]
        return tuple(
            name
            for name, form in FORMS.items()
            if all(folder + form.paper.file in self.paths for folder in folders)
        )

    def _as_given(self, made: Output) -> Output:
        with suppress(OSError, NotReadable):
            given = (self.folder / made.path).read_bytes()
            if read_back(given).paragraphs == read_back(made.data).paragraphs:
                return replace(made, data=given)
        return made


RebuildRequest = StatementPdfs | WholeSite


def rebuild(asked: RebuildRequest, origin: Origin, seconds: int) -> RebuildResult:
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
                return RebuildResult(why=_took_too_long(seconds))
            found: RebuildResult | Exception = here.recv()
            child.join(ENDING)  # it takes away what it has put in the system's temporary folder
        except EOFError:
            return RebuildResult(why=_broken_off(say("its process ended")))
        finally:
            child.kill()
            child.join()
    if isinstance(found, Exception):
        raise found
    return found


def whole_folder(outputs: list[Output], commit: str) -> FileBytes:
    """The files of a published folder, its manifest among them."""
    files = whole_site(outputs, f"Innspill {__version__}", commit)
    return {path: each.load() for path, each in files.items()}


def _tell(asked: RebuildRequest, origin: Origin, to: Connection) -> None:
    """In the new process: makes it, and sends it."""
    found: RebuildResult | Exception
    try:
        outputs = list(asked.make(origin, _templates(origin)))
        if isinstance(asked, WholeSite):
            found = RebuildResult(whole_folder(outputs, origin.commit))
        else:
            found = RebuildResult({each.path: each.data for each in outputs})
    except HistoryFault as fault:
        found = RebuildResult(why=fault.whole)
    except TemplateFault as fault:
        at, what = fault.diagnostic.at, fault.diagnostic.message
        found = RebuildResult(why=joined(": ", (f"{at.path}:{at.line}", what)))
    except (OSError, PrintLibraryMissing) as fault:
        found = fault
    except Exception as fault:  # whatever objects, templates and images of any time make of it
        found = RebuildResult(why=_broken_off(f"{type(fault).__name__}: {fault}"))
    to.send(found)


def _took_too_long(seconds: int) -> Message:
    return say(
        "making that commit's files anew took longer than {n} seconds: see --timeout", n=seconds
    )


def _broken_off(why: Message | str) -> Message:
    return say("making that commit's files anew broke off: {why}", why=why)


def _drafts(plan: Plan) -> list[StatementInput]:
    """The drafts that their consultations do not give out."""
    drafts = {each.path for each in plan.content.scanned if each.says_draft}
    return [e for e in plan.inputs() if e.path in drafts and not e.case.publishes_drafts]


def _pages(plan: Plan, parts: Mapping[str, Part], templates: Templates, runtime: Runtime) -> Pages:
    """The files of the site that a plan makes."""
    whole = compose_site(plan, {path: each.card for path, each in parts.items()})
    site = given_out(whole, plan.options.edition, plan.published_files)
    return pages_of(plan, parts, site, templates, runtime)


def _laid_out(files: Pages, planned: Iterable[PlannedPrint], runtime: Runtime) -> Iterator[Output]:
    """The PDFs of some jobs, laid out in this process."""
    templates, store = files.templates, runtime.store
    assert store is not None
    resources = print_resources(files.site, templates, store.remember)
    for each in planned:
        yield from make_print(each.load(), resources, store, templates.limits.layout).outputs


def _read(origin: Origin) -> Content:
    repository = opened(origin.content)
    return read_files(files_in(repository, repository.commit(origin.commit)), origin.shown)


def _git(origin: Origin, content: Content, *, all_versions: bool = False) -> Mapping[str, GitFacts]:
    """What git knew of a commit's content. Raises HistoryFault where it can't say all of it."""
    once = Memory()
    current = current_of(origin.content, content)
    history = ask(current, scan_all, once, origin.commit, all_versions=all_versions)
    _all_is_told(history.faults)
    return history.facts


def _part(given: StatementInput, templates: Templates, runtime: Runtime) -> Part:
    """Raises TemplateFault, and HistoryFault where an old text can't be read."""
    part = runtime.take(settled_part(given, templates))
    _all_is_told(part.faults)
    return part


def _all_is_told(faults: Iterable[Diagnostic]) -> None:
    for fault in faults:
        if fault.severity is Severity.WARNING and not fault.code.startswith("git"):
            continue  # an old text's, which stops no build
        raise HistoryFault(fault.code, fault.message, fault.hint)


def _templates(origin: Origin) -> Templates:
    """The commit's own templates, in memory; the program's are today's, as all of it is.

    Raises HistoryFault.
    """
    if are_shipped(origin.content.parent / "templates"):
        return Templates(None)
    repository = opened(origin.content)
    repository.commit(origin.commit)
    files = repository.files_beside(origin.commit, "templates")
    shown = f"{origin.commit[:12]}:templates"  # as git calls it
    return Templates(None, in_memory=TemplatesInMemory(shown, files) if files else None)
