"""The pipeline: read → compose → check → render → publish, each phase once, in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from types import MappingProxyType
from typing import IO, TypeVar

from innspill import __version__
from innspill.cases.crew import Crew, cores
from innspill.cases.making import Making, whole_site
from innspill.cases.survey import Survey, survey
from innspill.cases.whole import ask_git
from innspill.cases.world import World
from innspill.check.check import check, check_parts, check_whole
from innspill.check.enclosures import publication_is_declared
from innspill.check.links import asked_elsewhere, places_in
from innspill.check.settled import check_settled
from innspill.compose.addresses import Addresses, page_url
from innspill.compose.compose import compose
from innspill.diagnostics import Diagnostic, in_order
from innspill.history.stamps import cut_short, partly_told
from innspill.history.trace import place_of_all, trace, unsaid
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Consultation, Site
from innspill.project import WAITING, Built, Progress, Project, Step, Verdict, Wanted
from innspill.publish import Output, Publishable, locked, look_at, publish, recover
from innspill.read.read import read
from innspill.read.unused import unused
from innspill.render.beside import render_aliases, render_robots
from innspill.render.data import render_data, render_schema
from innspill.render.data_schema import schema_text
from innspill.render.feed import has_feed, render_feed
from innspill.render.fonts import coverage
from innspill.render.pages import (
    Frame,
    Gathered,
    Planned,
    plan_assets,
    plan_free_pages,
    plan_pages,
)
from innspill.render.passages import split_passages
from innspill.render.pdf import print_pdf
from innspill.render.press import Press, print_resources
from innspill.render.prints import plan_prints
from innspill.render.search import case_rows
from innspill.render.templates import TemplateFault, Templates
from innspill.render.views import pages_in_menu
from innspill.shortcut import begin, program_key, remember
from innspill.store import Store, open_store
from innspill.text import Prose


@dataclass(frozen=True, slots=True)
class Checked(Verdict):
    """The site as composed, and all that is wrong with it."""

    site: Site


Judged = TypeVar("Judged", bound=Verdict)


@dataclass(frozen=True, slots=True)
class Packed:
    """A zip that is to be written."""

    name: str
    """The name it has unless told another."""
    write: Callable[[IO[bytes]], None] = field(repr=False, compare=False)
    """Raises OSError, and MachineFault where a file of the content was changed since."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The site's files, all but the PDFs, none of them made yet."""

    pages: tuple[Planned, ...]
    assets: tuple[Planned, ...]


def check_content(
    project: Project,
    *,
    strict: bool,
    prints: Collection[str] = (),
    memory: Memory | None = None,
) -> Checked:
    """Reads, composes and checks; writes nothing.

    `prints` are forms that every statement gets besides those that the content asks for.
    `memory` saves what was made in an earlier run from what is still the same.
    Raises OSError where the machine refuses to read.
    """
    content = read(project.content, project.shown_content, memory)
    history = trace(project.content, content, memory)
    site = compose(content, prints, history.traces, memory)
    once = memory or Memory()
    found = [*check(content, site, coverage(), once), *history.faults]
    found += check_settled(history.settled, coverage(), site.may_be_published, once)
    if project.is_published and not site.address:  # with an address, the check has said so
        found += publication_is_declared(site)
    return Checked(
        in_order(found, strict=strict),
        {**content.texts, **history.texts},
        len(site.statements),
        site,
    )


def plan_files(
    site: Site,
    templates: Templates,
    store: Store,
    *,
    with_pdf: bool,
    sizes: Mapping[str, int] | None = None,
    memory: Memory | None = None,
) -> Plan:
    """What a build makes at once, and a preview one by one; `sizes` are those of the PDFs."""
    once = memory or Memory()
    gathered = Gathered(partial(split_passages, site, once), case_rows)
    return Plan(
        tuple(plan_pages(site, templates, with_pdf=with_pdf, sizes=sizes or {}, memory=once)),
        tuple(plan_assets(site, templates, store.remember, gathered)),
    )


def make_press(site: Site, templates: Templates, store: Store) -> Press:
    """What the site's PDFs are made with; what they may read is gathered when the first is."""
    resources = cache(partial(print_resources, site, templates, store.remember))
    return Press(site, templates, resources, partial(print_pdf, store=store), store.remember)


def build(project: Project, wanted: Wanted, on_step: Step) -> Built:
    """Builds the site into the project's output folder, or writes nothing.

    Raises OSError, or MachineFault where the machine is at fault.
    """
    with locked(project.output, partial(on_step, Progress(WAITING))):
        recover(project.output)
        beginning, store = begin(project), open_store(project.store)
        on_step(Progress(say("Reading and checking")))
        found = survey(project, store)
        free = _free_part(found, wanted)
        program = program_key(project, beginning)
        asked = ask_git(project, store, program, found.free)
        world = World(
            project,
            wanted,
            store,
            found.index,
            frozenset(found.order),
            frozenset(page_url(each) for each in found.order),
            program,
            beginning.templates,
            asked.chronicle,
            asked.index_is_kept,
            tuple(replace(each, prose=Prose()) for each in pages_in_menu(free)),
        )
        seen = cache(partial(look_at, project.output))
        with Crew(world, wanted.jobs or cores()) as crew:
            making = Making(world, found, crew, on_step, asked.faults, bool(free.address), seen)
            try:
                built, outputs = _make(making, free)
            except TemplateFault as fault:
                verdict = _verdict(making, free)
                more = (fault.diagnostic,)
                return Built(_with(verdict, more, strict=wanted.strict, texts=fault.texts))
        if outputs is None:
            return built
        on_step(Progress(say("Publishing")))
        generator = f"Innspill {__version__}"
        published = publish(
            outputs, project.output, generator=generator, revision=asked.head, look=seen
        )
        store.trim()
        built = replace(built, published=published, notes=store.notes, times=tuple(making.times))
        remember(project, wanted, beginning, making.read, built)
        return built


def _make(making: Making, free: Site) -> tuple[Built, list[Publishable] | None]:
    """All of the site's files; None where there are faults."""
    wanted, store = making.world.wanted, making.world.store
    making.cut_fonts()
    making.check()
    verdict = _verdict(making, free)
    if not verdict.is_sound:
        return Built(verdict), None
    site = whole_site(making, free)
    making.expect(has_feed=has_feed(site))
    if wanted.with_pdf:
        verdict = _with(verdict, making.print(), strict=wanted.strict)
    if not verdict.is_sound:
        return Built(verdict), None
    templates = Templates(making.world.project.templates)
    sizes = {path: size for case in making.cases.values() for path, (_, size) in case.pdfs.items()}
    pages_there = making.world.pages
    frame = Frame(pages_in_menu(site), pages_there, making.has_feed, wanted.with_pdf, sizes)
    making.render()
    items = cache(making.items)
    free_pages = plan_free_pages(
        site, templates, frame, lambda url, case: items(_folder(case))[url]
    )
    pages = [each.made() for each in free_pages]
    gathered = Gathered(making.split, lambda case: making.rows(_folder(case)))
    assets = plan_assets(replace(site, attachments=()), templates, store.remember, gathered)
    of_cases = [*making.outputs()]
    schema = partial(store.remember, ("schema", making.world.program), schema_text)
    outputs: list[Publishable] = [
        *of_cases,
        *making.attached(site),
        *pages,
        *(each.told() for each in assets),
        *render_aliases(site, templates),
        *render_robots(site),
        *render_feed(site),
        *render_schema(site, schema),
    ]
    batches = [each for case in making.cases.values() for each in case.prints.values()]
    built = Built(
        verdict,
        pages=len(pages) + sum(each.path.endswith(".html") for each in of_cases),
        pdfs=sum(len(each.files) for each in batches),
        laid_out=sum(each.laid_out for each in batches),
    )
    return built, outputs


def _folder(case: Consultation) -> str:
    """The path of its folder inside `content/`."""
    return case.source.rpartition("/")[0]


def _free_part(found: Survey, wanted: Wanted) -> Site:
    """The site without its consultations."""
    addresses = Addresses(frozenset(found.order), frozenset(found.free.files))
    return compose(found.free, wanted.prints, addresses=addresses)


def _verdict(making: Making, free: Site) -> Verdict:
    """All that is wrong, and with what."""
    project, content = making.world.project, making.found.free
    site = whole_site(making, free)
    found = [*check_parts(content, free, coverage()), *check_whole(site)]
    named = {each.source for each in site.attachments}
    found += unused(making.found.disk.others(), named, project.shown_content)
    found += making.diagnostics(asked_elsewhere(content, free), places_in(content, free))
    place = place_of_all(content)
    of_git = (
        *making.unasked,
        *cut_short(making.lost, place),
        *partly_told(making.partly, place),
    )
    found += unsaid(of_git, found)
    if project.is_published and not site.address:  # with an address, the check has said so
        found += publication_is_declared(site)
    return Verdict(
        in_order(found, strict=making.world.wanted.strict),
        {**content.texts, **making.texts},
        len(site.statements),
    )


def render_whole(
    project: Project, checked: Checked, store: Store, wanted: Wanted, on_step: Step
) -> tuple[Built, list[Publishable]]:
    """All of the site's files: its consultations together, and none remembered.

    Raises TemplateFault and PrintLibraryMissing.
    """
    site = checked.site
    templates = Templates(project.templates)
    outputs: list[Publishable] = []
    faults: list[Diagnostic] = []
    pdfs = laid_out = 0
    if wanted.with_pdf:
        jobs = tuple(plan_prints(make_press(site, templates, store)))
        for done, job in enumerate(jobs):
            on_step(Progress(say("Making PDFs"), done, len(jobs)))
            made = job.make()
            outputs += made.outputs
            faults += made.faults
            pdfs += len(made.outputs)
            laid_out += made.laid_out
    on_step(Progress(say("Making pages")))
    sizes = {each.path: each.size for each in outputs}
    plan = plan_files(site, templates, store, with_pdf=wanted.with_pdf, sizes=sizes)
    outputs += (each.told() for each in (*plan.pages, *plan.assets))
    outputs += files_beside(site, templates, outputs)
    built = Built(
        _with(checked, tuple(faults), strict=wanted.strict), None, len(plan.pages), pdfs, laid_out
    )
    return built, outputs


def pack_content(
    project: Project, wanted: str | None, *, with_pdf: bool, on_step: Step
) -> tuple[Built, Packed | None]:
    """What a zip of one statement or consultation is written of; None where there are faults.

    Raises NothingToPack, and OSError or PrintLibraryMissing where the machine is at fault.
    """
    from innspill.pack import cut_down, find_parcel, pack

    on_step(Progress(say("Reading and checking")))
    checked = check_content(project, strict=False)
    if not checked.is_sound:
        return Built(checked), None
    parcel = find_parcel(checked.site, wanted)
    store = open_store(project.store)
    cut = replace(checked, site=cut_down(checked.site, parcel))
    try:
        built, outputs = render_whole(project, cut, store, Wanted(with_pdf), on_step)
    except TemplateFault as fault:
        return Built(_with(cut, (fault.diagnostic,), strict=False, texts=fault.texts)), None
    if not built.checked.is_sound:
        return built, None
    built = replace(built, notes=store.notes)
    on_step(Progress(say("Packing")))
    write = partial(pack, outputs, cut.site, parcel, f"Innspill {__version__}")
    return built, Packed(f"{parcel.name}.zip", write)


def files_beside(site: Site, templates: Templates, made: Iterable[Publishable]) -> list[Output]:
    """Old addresses, feed and data; the data names the digests of the files that are `made`.

    Raises TemplateFault.
    """
    digests = {each.path: each.sha256 for each in made}
    return [
        *render_aliases(site, templates),
        *render_robots(site),
        *render_feed(site),
        *render_data(site, digests),
    ]


def _with(
    checked: Judged,
    faults: tuple[Diagnostic, ...],
    *,
    strict: bool,
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Judged:
    """What was found, and more faults; `texts` are those of the templates that these show."""
    found = in_order((*checked.diagnostics, *faults), strict=strict)
    return replace(checked, diagnostics=found, texts={**checked.texts, **texts})
