"""What a commit makes, made anew in memory: read from git's objects, with its own templates.

That is done in a process of its own, which is ended when its time is up: a template may go on
for ever. Nothing is checked out, and nothing written in the project.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from innspill import __version__
from innspill.apart import BrokenOff, run_apart
from innspill.build import pages_of
from innspill.compose.addresses import page_url
from innspill.compose.compose import compose_site
from innspill.compose.held_drafts import given_out
from innspill.compose.inputs import StatementInput
from innspill.compose.plan import Options, Plan
from innspill.diagnostics import Diagnostic, Severity
from innspill.failure import MachineFault
from innspill.forms import FORMS, WHOLE
from innspill.git_facts import GitFacts
from innspill.given_prints import given_prints
from innspill.history.ask import ask
from innspill.history.current_content import current_of
from innspill.history.fault import HistoryFault
from innspill.history.files import files_in, opened
from innspill.history.own_templates import last_change
from innspill.history.repository import Commit, Repository
from innspill.history.whereabouts import has_templates, templates_with
from innspill.limits import Limit, OverLimit
from innspill.manifest import whole_site
from innspill.memory import Memory
from innspill.messages import Message, joined, say
from innspill.output import Output
from innspill.parts import Part, settled_part
from innspill.pdf.made_from import MadeFrom, templates_named
from innspill.project import are_shipped
from innspill.read.edition import Edition, edition_of, index_of
from innspill.read.read import SITE, Content, read_files
from innspill.read.scan import scan_all
from innspill.remade import FileBytes, RebuildResult
from innspill.render.environment import TemplatesInMemory
from innspill.render.make_print import make_print
from innspill.render.pages import Pages, PlannedPrint
from innspill.render.print_html import print_resources
from innspill.render.print_job import PrintResult
from innspill.render.template_digest import templates_digest
from innspill.render.templates import TemplateFault, Templates
from innspill.runtime import Runtime
from innspill.store import ReadOnly

DRAFT = re.compile(rb'"status": ?"utkast"')
"""How data tells a draft."""
MEGABYTES = 8000
"""What making a whole site anew may take; each of its PDFs has a bound of its own."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a commit is, and what else its files are made with."""

    content: Path
    shown: str
    """The content folder as messages show it."""
    store: Path
    commit: str
    templates: Path | None
    """The user's own templates as they are now, where there are any."""
    whose: str = ""
    """Whose templates are named, with commit and digest; nothing for those of the commit."""


@dataclass(frozen=True, slots=True)
class MadeAnew:
    """What a request makes."""

    outputs: tuple[Output, ...]
    notes: tuple[Message, ...] = ()
    words: tuple[str, ...] = ()
    unsure: tuple[Message, ...] = ()


class Unproven(ReadOnly):
    """The memos as they are: none is added, and no remembered PDF is taken for proof."""

    __slots__ = ()

    def get(self, key: tuple[str, ...]) -> bytes | None:
        """What is kept under the key, unless it is a PDF."""
        return None if key[0] == "print" else super(ReadOnly, self).get(key)


@dataclass(frozen=True, slots=True)
class PdfRequest:
    """Asks for a PDF as it says that it was made; for all of a statement where it says too little.

    Those of the file's name are asked for, where there are any.
    """

    path: str
    """The statement's, inside the content folder; of a meeting folder, the consultation's."""
    name: str
    made_from: MadeFrom
    is_published: bool = False
    """Whether it is made for readers, from whom drafts are held back."""

    def make(self, origin: Origin, templates: Templates) -> MadeAnew:
        """Raises HistoryFault, TemplateFault, OSError and PrintLibraryMissing."""
        content, index = _read(origin), index_of(self.path)
        is_folder = self.path == index
        few = tuple(
            each
            for each in content.scanned
            if each.path in {SITE, index, self.path} or (is_folder and index_of(each.path) == index)
        )
        compared = self.made_from.compared_with
        git = _git(origin, replace(content, scanned=few), compared)  # the others' is not asked for
        edition = edition_of(content.scanned, Edition(is_published=self.is_published))
        plan = Plan(content, Options(prints=self._forms, edition=edition), git, Memory())
        runtime = Runtime(store=Unproven(origin.store))
        paths = {each.path for each in few}
        inputs = {each.path: each for each in plan.inputs() if each.path in paths}
        parts = {path: _part(each, templates, runtime) for path, each in inputs.items()}
        if not parts:
            return MadeAnew(())
        files = _pages(plan, parts, templates, runtime)
        laid_out = _laid_out(files, self._wanted(files), runtime)
        outputs = tuple(output for each in laid_out for output in each.outputs)
        target = self._target
        if target in {each.path for each in outputs}:
            outputs = tuple(each for each in outputs if each.path == target)
        notes = tuple(
            say("made with {option}", option=f"--print {form}")
            for form in self._forms
            if form not in self._own_forms(content, git)
        )
        words = tuple(word for part in parts.values() for word in _own_words(part, files))
        return MadeAnew(outputs, notes, words, self._without_tag(git))

    @property
    def _target(self) -> str:
        folder = self.made_from.page.rpartition("/")[0]
        return f"{folder}/{self.made_from.form}"

    @property
    def _forms(self) -> tuple[str, ...]:
        """The form to print it in, besides those that its text asks for."""
        named = self.made_from.form
        return tuple(
            name for name, form in FORMS.items() if named in {each.file for each in form.papers}
        )

    def _own_forms(self, content: Content, git: Mapping[str, GitFacts]) -> tuple[str, ...]:
        """The forms that its text asks for."""
        given = Plan(content, Options(), git, Memory()).input(self.path)
        return given.prints if given else ()

    def _wanted(self, files: Pages) -> list[PlannedPrint]:
        every = list(files.prints())
        if named := [each for each in every if self._target in each.paths]:
            return named
        folder = page_url(self.path).removesuffix("index.html")
        jobs = [each for each in every if each.paths[0].startswith(folder)]
        named = [e for e in jobs if self.name in {path.rpartition("/")[2] for path in e.paths}]
        return named or jobs

    def _without_tag(self, git: Mapping[str, GitFacts]) -> tuple[Message, ...]:
        """That the version's tag is not on that commit, where it is not."""
        tag = self.made_from.version
        if not tag or any(each.tag == tag for facts in git.values() for each in facts.versions):
            return ()
        return (
            say('git has no tag "{tag}" on that commit: it may be deleted', tag=tag),
            say("hint: {hint}", hint=say("fetch the tags that others have: git fetch --tags")),
        )


@dataclass(frozen=True, slots=True)
class WholeSite:
    """Asks for all files of the site, as they were made for the given folder."""

    folder: Path
    paths: frozenset[str]
    """The files that its manifest names: they tell of the options that it was built with."""

    def make(self, origin: Origin, templates: Templates) -> MadeAnew:
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
        inputs = list(plan.inputs())
        parts = {each.path: _part(each, templates, runtime) for each in inputs}
        files = _pages(plan, parts, templates, runtime)
        laid_out = list(_laid_out(files, files.prints(), runtime)) if with_pdf else []
        prints = (output for each in laid_out for output in each.outputs)
        found = given_prints(self.folder, prints)
        sizes = {path: each.size for path, each in found.given.items()}
        counts = {path: count for each in laid_out for path, count in each.page_counts.items()}
        counts |= {path: n for path, n in found.page_counts.items() if path in counts}
        files = replace(files, sizes=sizes, page_counts=counts)
        others = [each.made() for each in (*files.pages(), *files.assets())]
        files = replace(
            files, digests={each.path: each.sha256 for each in (*found.given.values(), *others)}
        )
        beside = (each.made() for each in files.beside())
        return MadeAnew((*found.made, *others, *beside), unsure=tuple(_not_compared(inputs)))

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


RebuildRequest = PdfRequest | WholeSite


def rebuild(asked: RebuildRequest, origin: Origin, seconds: int) -> RebuildResult:
    """What is asked for, as the commit makes it; `seconds` is the time it may take.

    Raises OSError and MachineFault.
    """
    try:
        return run_apart(_made_anew, (asked, origin), Limit(seconds, MEGABYTES))
    except OverLimit as fault:
        why = say("making that commit's files anew took too much memory")
        return RebuildResult(why=why if fault.is_memory else _took_too_long(seconds))
    except BrokenOff:
        return RebuildResult(why=_broken_off(say("its process ended")))


def whole_folder(outputs: list[Output], commit: str) -> FileBytes:
    """The files of a published folder, its manifest among them."""
    files = whole_site(outputs, f"Innspill {__version__}", commit)
    return {path: each.load() for path, each in files.items()}


def _made_anew(asked: RebuildRequest, origin: Origin) -> RebuildResult:
    """In the new process. Raises OSError, MachineFault and MemoryError."""
    try:
        templates, notes = _templates(origin)
        made = asked.make(origin, templates)
        if isinstance(asked, WholeSite):
            files = whole_folder(list(made.outputs), origin.commit)
        else:
            files = {each.path: each.data for each in made.outputs}
        return RebuildResult(
            files, None, templates.whose, (*notes, *made.notes), made.words, made.unsure
        )
    except HistoryFault as fault:
        return RebuildResult(why=fault.whole)
    except TemplateFault as fault:
        at, what = fault.diagnostic.at, fault.diagnostic.message
        return RebuildResult(why=joined(": ", (f"{at.path}:{at.line}", what)))
    except (OSError, MachineFault, MemoryError):
        raise
    except Exception as fault:  # whatever objects, templates and images of any time make of it
        return RebuildResult(why=_broken_off(f"{type(fault).__name__}: {fault}"))


def _not_compared(inputs: Iterable[StatementInput]) -> Iterator[Message]:
    """Why a statement is not held to its letter here, as it may have been where it was published.

    Then its page says nothing of that.
    """
    for each in inputs:
        text = each.original_text
        if text is not None and text.why_not is not None and not text.is_settled:
            why = say("the text was not compared with its original")
            yield joined(": ", (each.path, why, text.why_not))


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


def _laid_out(
    files: Pages, planned: Iterable[PlannedPrint], runtime: Runtime
) -> Iterator[PrintResult]:
    """The PDFs of some jobs, laid out in this process."""
    templates, store = files.templates, runtime.store
    assert store is not None
    resources = print_resources(files.site, templates, store.remember)
    for each in planned:
        yield make_print(each.load(), resources, store, templates.limits.layout)


def _read(origin: Origin) -> Content:
    repository = opened(origin.content)
    return read_files(files_in(repository, repository.commit(origin.commit)), origin.shown)


def _git(
    origin: Origin, content: Content, compared: str = "", *, all_versions: bool = False
) -> Mapping[str, GitFacts]:
    """What git knew of a commit's content, its statement compared with the commit `compared`.

    Raises HistoryFault where it can't say all of it.
    """
    names = {each.path: each.compare_with or "" for each in content.scanned}
    scanned = tuple(
        replace(each, compare_with=_compared_then(origin, each.compare_with, compared))
        if each.compare_with
        else each
        for each in content.scanned
    )
    current = current_of(origin.content, replace(content, scanned=scanned))
    history = ask(current, scan_all, Memory(), origin.commit, all_versions=all_versions)
    _all_is_told(history.faults)
    return {path: _named_so(facts, names[path]) for path, facts in history.facts.items()}


def _compared_then(origin: Origin, name: str, commit: str) -> str:
    """What a text was compared with: the commit that the PDF names, unless a tag is another.

    Raises HistoryFault.
    """
    if name == "HEAD" or name.startswith(("HEAD~", "HEAD^")):
        return commit or origin.commit + name.removeprefix("HEAD")
    repository = opened(origin.content)
    tagged = repository.tags(lambda tag: tag == name).get(name)
    if commit and isinstance(tagged, Commit) and tagged.id != commit:
        message = say('the tag "{tag}" is on another commit than the PDF says', tag=name)
        raise HistoryFault("git-tag", message, say("git log -1 {commit}", commit=commit))
    return commit or name


def _named_so(facts: GitFacts, name: str) -> GitFacts:
    """The facts, in which the revision that a text is compared with has its own name again."""
    if facts.earlier is None:
        return facts
    revision = replace(facts.earlier.revision, name=name)
    return replace(facts, earlier=replace(facts.earlier, revision=revision))


def _own_words(part: Part, files: Pages) -> Iterator[str]:
    """A statement's title and its paragraphs."""
    if data := part.rendered.fragments.get("data"):
        told = json.loads(files.texts.read(data), strict=False)  # slots are control characters
        yield told["offentligTittel"]
        yield from (each["tekst"] for each in told["punkt"])


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


def _templates(origin: Origin) -> tuple[Templates, tuple[Message, ...]]:
    """The templates that are named, or else the commit's, in memory; and where they were found.

    The program's are today's, as all of it is. Raises HistoryFault.
    """
    named = templates_named(origin.whose)
    if are_shipped(origin.content.parent / "templates"):
        return Templates(None), ()
    repository = opened(origin.content)
    repository.commit(origin.commit)
    files = repository.files_beside(origin.commit, "templates")
    if named.kind == "shipped":
        own = templates_digest(files)
        return Templates(None), (say("made with the program's own templates"),) if own else ()
    if named.kind != "own":
        return _of_commit(origin.commit, files, _last_change(repository, origin.commit, files)), ()
    is_there = has_templates(repository, named.commit, named.digest)
    known = named.commit if is_there else ""
    likely = [each for each in (origin.commit, known) if each]
    if found := templates_with(repository, likely, named.digest):
        made = _of_commit(*found, known)
        if found[0] == origin.commit:
            return made, ()
        return made, (say("made with the templates of the commit {commit}", commit=found[0][:12]),)
    if origin.templates:
        now = Templates(origin.templates)
        if templates_named(now.whose).digest == named.digest:
            return now, (say("made with the templates that stand in the project now"),)
    return _of_commit(origin.commit, files), ()


def _last_change(repository: Repository, commit: str, files: Mapping[str, bytes]) -> str:
    """What a build of that commit would have named, in a clone such as this."""
    with suppress(HistoryFault):
        return last_change(repository, commit) if templates_digest(files) else ""
    return ""


def _of_commit(commit: str, files: Mapping[str, bytes], last_change: str = "") -> Templates:
    """Templates as a commit has them, by the name that git gives them."""
    if not files:
        return Templates(None)
    in_memory = TemplatesInMemory(f"{commit[:12]}:templates", files)
    return Templates(None, in_memory=in_memory, commit=last_change)
