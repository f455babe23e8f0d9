"""The pipeline: read, ask git, plan, make the statements' parts, check, print, join, publish.

`build`, `check`, `serve`, `pack` and `verify` all run it. They differ in where the content comes
from, in what is asked for, and in what becomes of the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, TypeVar

from innspill import __version__
from innspill.blob import changed
from innspill.check.check import check_across, check_source
from innspill.check.enclosures import publication_is_declared
from innspill.check.facts import days_have_come
from innspill.check.placeholders import graver_where_seen
from innspill.check.versions import versions_are_not_read, versions_stay
from innspill.compose.compose import compose_site
from innspill.compose.held_drafts import folders_with_drafts, given_out, held_back, unseen
from innspill.compose.plan import Options, Plan
from innspill.diagnostics import Diagnostic, Location, in_order, warning
from innspill.executor import Executor
from innspill.failure import from_extra
from innspill.git_facts import History
from innspill.history.ask import ask
from innspill.history.current_content import current_of
from innspill.history.fault import HistoryFault
from innspill.history.own_templates import commit_of_templates
from innspill.kept_texts import KeptText, LostText, TextsInStore
from innspill.manifest import read_manifest
from innspill.memory import Memory
from innspill.messages import Message, say
from innspill.model import Site
from innspill.output import Publishable
from innspill.parts import Part
from innspill.printing import PrintedFiles, print_all
from innspill.project import WAITING, BuildOptions, BuildResult, Progress, Project, Step, Verdict
from innspill.publish import State, locked, publish, state_of
from innspill.read.edition import asked_for, edition_of
from innspill.read.read import SITE, read
from innspill.read.scan import ScannedFile, parse
from innspill.remembered import InProcess, InStore, Remembered
from innspill.render.fonts import coverage
from innspill.render.joined_page import PageInput
from innspill.render.pages import Pages
from innspill.render.templates import TemplateFault, Templates
from innspill.runtime import Runtime
from innspill.seals import Seals, seals_of
from innspill.shortcut import begin, digest_of_program, glance_at_templates, remember
from innspill.spool import Spool
from innspill.store import ReadOnly, Store, believed, open_store

if TYPE_CHECKING:
    from innspill.pack import PackTarget


@dataclass(frozen=True, slots=True)
class CheckedSite(Verdict):
    """The site, and all that is wrong with it."""

    plan: Plan = field(kw_only=True, repr=False)
    parts: Mapping[str, Part] = field(kw_only=True, repr=False)
    """What was made of each statement, by its path."""
    templates: Templates | None = field(kw_only=True, repr=False)
    """What it is made with; None where that can't be told."""
    site: Site = field(kw_only=True)
    """What readers are given of it: all there is, where it is not published."""
    head: str | None = None
    """The commit that is checked out, where git knows."""


Judged = TypeVar("Judged", bound=Verdict)


@dataclass(frozen=True, slots=True)
class ZipToWrite:
    """A zip that is to be written."""

    name: str
    """The name it has unless told another."""
    write: Callable[[IO[bytes]], None] = field(repr=False, compare=False)
    """Raises OSError, and MachineFault where a file of the content was changed since."""


def check_content(
    project: Project,
    options: BuildOptions,
    runtime: Runtime | None = None,
    templates: Templates | None = None,
) -> CheckedSite:
    """Reads, plans, makes each statement's part, and checks across; writes nothing.

    Raises OSError where the machine refuses to read.
    """
    runtime = runtime or Runtime()
    plan, history = _planned(project, options, runtime)
    content, edition = plan.content, plan.options.edition
    try:
        templates = templates or Templates(project.templates, project.limits).by_value()
        templates, untold = _of_commit(templates, project, history)
        parts = runtime.make_parts(plan, templates)
    except TemplateFault as fault:
        return _broken_off(plan, fault)
    whole = compose_site(plan, {path: each.card for path, each in parts.items()})
    site = given_out(whole, edition, plan.published_files)
    found = [
        *find_faults(plan, parts, whole),
        *history.faults,
        *untold,
        *_of_project(project, whole),
        *_versions_stay(project, site, plan, history, parts.values()),
    ]
    spared = {f"{project.shown_content}/{path}" for path in unseen(whole, edition)}
    return CheckedSite(
        in_order(found, strict=options.strict, spared=spared),
        {
            **content.texts_of({each.at.path for each in found}),
            **{path: text for part in parts.values() for path, text in part.texts.items()},
        },
        len(site.statements),
        held_back(whole, edition),
        folders_with_drafts(whole, edition),
        plan=plan,
        parts=parts,
        templates=templates,
        site=site,
        head=history.head,
    )


def _planned(project: Project, options: BuildOptions, runtime: Runtime) -> tuple[Plan, History]:
    """What is to be made, and what git knows. Raises OSError."""
    once, kept = runtime.memory, runtime.store.remember if runtime.store else None
    content = read(
        project.content, project.shown_content, once, kept, runtime.scan, project.unsaved
    )
    history = ask(current_of(project.content, content), runtime.scan, once)
    edition = edition_of(content.scanned, asked_for(project))
    given = Options(options.with_pdf, options.prints, edition)
    return Plan(content, given, history.facts, once, runtime.original), history


def _of_commit(
    templates: Templates, project: Project, history: History
) -> tuple[Templates, tuple[Diagnostic, ...]]:
    """The templates with their commit in git, and why git can't tell it where it can't."""
    try:
        return templates.of_commit(commit_of_templates(project.content, templates.files)), ()
    except HistoryFault as fault:
        at = Location(f"{project.shown_content}/{SITE}")
        untold = warning(fault.code, fault.message, at, fault.hint)
        is_said = untold.message in {each.message for each in history.faults}
        return templates.of_commit(""), () if is_said else (untold,)


def _broken_off(plan: Plan, fault: TemplateFault) -> CheckedSite:
    """What is told where the templates can't be used, or one takes too long for a statement."""
    texts = {**plan.content.texts_of({fault.diagnostic.at.path}), **fault.texts}
    site = compose_site(plan, {})
    return CheckedSite(
        (fault.diagnostic,), texts, 0, plan=plan, parts={}, templates=None, site=site
    )


def find_faults(plan: Plan, parts: Mapping[str, Part], whole: Site) -> Iterator[Diagnostic]:
    """What is wrong with each file, and across them."""
    content, edition = plan.content, plan.options.edition
    hidden = unseen(whole, edition)
    for each in content.scanned:
        part = parts.get(each.path)
        faults = part.faults if part else _of_file(plan, each)
        is_seen = edition.is_published and each.path not in hidden
        yield from graver_where_seen(faults, each.shown) if is_seen else faults
    yield from check_across(content, whole, coverage(), plan.once, edition)


def _of_file(plan: Plan, each: ScannedFile) -> tuple[Diagnostic, ...]:
    """What is wrong with a file that no part is made of."""
    source = plan.sources.get(each.path)
    if source is None:  # a statement that can't be read, or has no consultation
        source = parse(each.path, each.shown, plan.content.data[each.path], each.kind)
    return plan.once(check_source, source, coverage(), plan.site.may_be_published)


def check_ahead(project: Project, options: BuildOptions) -> tuple[CheckedSite, int]:
    """Checks, and counts what is told only where the site is for readers and this was not asked.

    Raises OSError where the machine refuses to read.
    """
    made = InStore(ReadOnly(believed(project)))
    remembered = Remembered(digest_of_program(project), InProcess(), made)
    with Executor() as executor:
        runtime = Runtime(remembered, executor)
        checked = check_content(project, options, runtime)
        if project.is_published or not checked.is_sound:
            return checked, 0
        for_readers = replace(project, is_published=True)
        published = check_content(for_readers, options, runtime)
    return checked, len(_told(published) - _told(checked))


def _told(checked: Verdict) -> set[tuple[str, Location, Message]]:
    """What is told, however grave it is."""
    return {(each.code, each.at, each.message) for each in checked.diagnostics}


def _of_project(project: Project, site: Site) -> Iterator[Diagnostic]:
    """What is wrong for where and when it is made."""
    if project.is_published and not site.address:  # with an address, the check has said so
        yield from publication_is_declared(site)
    if project.today:
        yield from days_have_come(site, project.today)


def _versions_stay(
    project: Project, site: Site, plan: Plan, history: History, parts: Iterable[Part]
) -> Iterator[Diagnostic]:
    """What would go of the versions that the output folder has."""
    published = read_manifest(project.output) or {}
    place = current_of(project.content, plan.content).place
    if history.is_read:
        unmade = history.unmade.union(*(each.unmade for each in parts))
        yield from versions_stay(site, published, plan.version_tags, place, unmade)
    else:
        yield from versions_are_not_read(site, published, place)


def pages_of(
    plan: Plan, parts: Mapping[str, Part], site: Site, templates: Templates, runtime: Runtime
) -> Pages:
    """The files of a site but for its PDFs, whose sizes are not known yet."""
    assert runtime.store is not None

    def page_text(given: PageInput) -> KeptText:
        return next(runtime.page_texts([given], templates))

    return Pages(
        site,
        {path: each.rendered for path, each in parts.items()},
        runtime.texts,
        templates,
        runtime.store.remember,
        page_text,
        plan.options.with_pdf,
        plan.has_feed,
    )


def build(project: Project, options: BuildOptions, on_step: Step) -> BuildResult:
    """Builds the site into the project's output folder, or writes nothing.

    Raises OSError, or MachineFault where the machine is at fault, and NoSeal.
    """
    seals = seals_of(options)
    state = state_of(project.output, project.home, adopts=options.adopts)
    with ExitStack() as stack:
        stack.enter_context(locked(state, lambda: on_step(Progress(WAITING))))
        store = open_store(project)
        return _again_if_lost(partial(_build, project, options, state, store, seals, on_step))


def _again_if_lost(make: Callable[[], BuildResult]) -> BuildResult:
    """What is made; once more where the store was found damaged, which has forgotten that."""
    try:
        return make()
    except LostText:
        return make()


def _build(
    project: Project,
    options: BuildOptions,
    state: State,
    store: Store,
    seals: Seals | None,
    on_step: Step,
) -> BuildResult:
    """Raises LostText besides."""
    beginning = begin(project)
    on_step(Progress(say("Reading and checking")))
    remembered = Remembered(beginning.digest, InStore(store))
    with _executor(options, store) as executor:
        runtime = Runtime(remembered, executor, Memory(), store, TextsInStore(store), seals)
        checked = check_content(project, options, runtime)
        if not checked.is_sound:
            return BuildResult(checked)
        checked = replace(checked, plan=checked.plan.once_made())
        try:
            built, outputs = render_whole(checked, runtime, options, on_step)
        except TemplateFault as fault:
            more = (fault.diagnostic,)
            return BuildResult(_with(checked, more, strict=options.strict, texts=fault.texts))
    if not built.checked.is_sound:
        return built
    if glance_at_templates(project) != beginning.templates:
        raise changed("templates/")
    on_step(Progress(say("Publishing")))
    generator = f"Innspill {__version__}"
    published = publish(
        outputs, state, generator=generator, revision=checked.head, recall=store.remember
    )
    store.trim()
    built = replace(built, published=published, notes=store.notes)
    remember(project, options, beginning, checked.plan.content.digests, built)
    return built


def fill_store(project: Project, options: BuildOptions, on_step: Step) -> BuildResult:
    """Makes one shard of the statements, with their PDFs, for the build that finds them made.

    Publishes nothing, and tells of no faults but those of templates: that build does.
    Raises OSError, or MachineFault where the machine is at fault.
    """
    store = open_store(project)
    return _again_if_lost(partial(_fill_store, project, options, store, on_step))


def _fill_store(
    project: Project, options: BuildOptions, store: Store, on_step: Step
) -> BuildResult:
    """Raises LostText besides."""
    remembered = Remembered(digest_of_program(project), InStore(store))
    with _executor(options, store) as executor:
        runtime = Runtime(remembered, executor, Memory(), store, TextsInStore(store))
        on_step(Progress(say("Reading and checking")))
        plan, history = _planned(project, options, runtime)
        try:
            templates = Templates(project.templates, project.limits).by_value()
            templates, _ = _of_commit(templates, project, history)
            parts = runtime.make_parts(plan, templates, options.shard)
            site = compose_site(plan, {path: each.card for path, each in parts.items()})
            # A meeting folder joins several statements.
            cases = tuple(replace(each, agenda=()) for each in site.consultations)
            files = pages_of(plan, parts, replace(site, consultations=cases), templates, runtime)
            spool = Spool(store.place)
            made = print_all(files, runtime, spool, on_step) if options.with_pdf else PrintedFiles()
        except TemplateFault as fault:
            return BuildResult(Verdict((fault.diagnostic,), fault.texts, 0))
    return BuildResult(
        Verdict((), {}, len(parts)),
        pdfs=len(made.outputs),
        laid_out=made.laid_out,
        shard=options.shard,
        notes=store.notes,
    )


def _executor(options: BuildOptions, store: Store) -> Executor:
    """Where work is done. Raises MachineFault."""
    if not options.scheduler:
        return Executor(options.jobs)
    with from_extra("distributed"):
        from innspill.distributed.dask_executor import DaskExecutor
    return DaskExecutor(options.scheduler, store)


def render_whole(
    checked: CheckedSite, runtime: Runtime, options: BuildOptions, on_step: Step
) -> tuple[BuildResult, list[Publishable]]:
    """All of the site's files: the PDFs first, whose sizes, pages and digests others name.

    Raises TemplateFault, PrintLibraryMissing and LostText.
    """
    plan, templates = checked.plan, checked.templates
    assert templates is not None
    remembered = runtime.remembered.beside(templates.digest)
    assert runtime.store is not None
    spool = Spool(runtime.store.place)
    files = pages_of(plan, checked.parts, checked.site, templates, runtime)
    printed = print_all(files, runtime, spool, on_step) if options.with_pdf else PrintedFiles()
    outputs = [*printed.outputs]
    on_step(Progress(say("Making pages")))
    joined = [given for given, _ in files.joined()]
    made_texts = runtime.page_texts(joined, templates)
    texts = {given.url: text for given, text in zip(joined, made_texts, strict=True)}
    files = replace(
        files,
        page_text=lambda given: texts[given.url],
        sizes={each.path: each.size for each in outputs},
        page_counts=printed.page_counts,
    )
    pages = [each.told(remembered, spool) for each in files.pages()]
    outputs += (*pages, *(each.told(remembered, spool) for each in files.assets()))
    files = replace(files, digests={each.path: each.sha256 for each in outputs})
    outputs += (each.told(remembered, spool) for each in files.beside())
    built = BuildResult(
        _with(checked, tuple(printed.faults), strict=options.strict),
        None,
        len(pages),
        len(printed.outputs),
        printed.laid_out,
    )
    return built, outputs


@dataclass(frozen=True, slots=True)
class PackedFiles:
    """A statement or a consultation, made to be packed."""

    target: PackTarget
    cut: CheckedSite
    """The site with nothing else in it."""
    outputs: list[Publishable] = field(repr=False)
    held: tuple[str, ...]
    """The folders of pages that are not on the site on the web."""


Asks = Callable[["PackTarget", Plan], tuple[Diagnostic, ...]]
"""What else must be there of what is packed."""


def make_parcel(
    project: Project,
    what: str | None,
    options: BuildOptions,
    on_step: Step,
    asks: Asks = lambda *_: (),
) -> tuple[BuildResult, PackedFiles | None]:
    """The files of one statement or consultation; None where there are faults, or it `asks` more.

    Raises NothingToPack, and OSError or PrintLibraryMissing where the machine is at fault.
    """
    from innspill.pack import cut_down, find_pack_target

    seals = seals_of(options)
    store = open_store(project)
    with Executor(options.jobs) as executor:
        runtime = Runtime(executor=executor, store=store, seals=seals)
        on_step(Progress(say("Reading and checking")))
        checked = check_content(project, options, runtime)
        if not checked.is_sound or checked.templates is None:
            return BuildResult(checked), None
        parcel = find_pack_target(checked.site, what)
        if more := asks(parcel, checked.plan):
            texts = checked.plan.content.texts_of({each.at.path for each in more})
            return BuildResult(_with(checked, more, strict=False, texts=texts)), None
        edition = replace(parcel.edition, with_drafts=project.with_drafts)
        held = held_back(replace(checked.site, consultations=(parcel.case,)), edition)
        only = parcel.statement.source if parcel.statement else None
        narrowed = replace(checked.plan.options, edition=edition, only=only)
        plan = replace(checked.plan, options=narrowed)
        cut = replace(
            checked,
            plan=plan,
            parts=runtime.make_parts(plan, checked.templates),
            site=cut_down(checked.site, parcel),
            held=() if parcel.statement else held,
        )
        try:
            built, outputs = render_whole(cut, runtime, options, on_step)
        except TemplateFault as fault:
            return BuildResult(
                _with(cut, (fault.diagnostic,), strict=False, texts=fault.texts)
            ), None
    if not built.checked.is_sound:
        return built, None
    return replace(built, notes=store.notes), PackedFiles(parcel, cut, outputs, held)


def pack_content(
    project: Project, what: str | None, options: BuildOptions, on_step: Step
) -> tuple[BuildResult, ZipToWrite | None]:
    """What a zip of one statement or consultation is written of; None where there are faults.

    Raises as `make_parcel` does.
    """
    from innspill.pack import pack

    built, made = make_parcel(project, what, options, on_step)
    if made is None:
        return built, None
    on_step(Progress(say("Packing")))

    def write(to: IO[bytes]) -> None:
        pack(made.outputs, made.cut.site, made.target, f"Innspill {__version__}", made.held, to)

    return built, ZipToWrite(f"{made.target.name}.zip", write)


def _with(
    checked: Judged,
    faults: tuple[Diagnostic, ...],
    *,
    strict: bool,
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Judged:
    """What was found, and more faults; `texts` are those of the templates that these show."""
    more = in_order(faults, strict=strict)
    found = in_order((*checked.diagnostics, *more), strict=False)
    return replace(checked, diagnostics=found, texts={**checked.texts, **texts})
