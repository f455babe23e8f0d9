"""The pipeline: read → compose → check → render → publish, each phase once, in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial

from innspill import __version__
from innspill.check.check import check
from innspill.check.enclosures import publication_is_declared
from innspill.compose.compose import compose
from innspill.diagnostics import Diagnostic, in_order
from innspill.history.trace import trace
from innspill.memory import Memory
from innspill.messages import say
from innspill.model import Site
from innspill.pack import cut_down, find_parcel, pack
from innspill.project import Built, Project, Step, Verdict, Wanted
from innspill.publish import Output, locked, publish, recover
from innspill.read.read import read
from innspill.render.beside import render_aliases, render_robots
from innspill.render.data import render_data
from innspill.render.feed import render_feed
from innspill.render.fonts import coverage
from innspill.render.pages import Planned, plan_assets, plan_pages
from innspill.render.pdf import print_pdf
from innspill.render.press import Press, print_resources
from innspill.render.prints import plan_prints
from innspill.render.templates import TemplateFault, Templates
from innspill.shortcut import Read, begin, git_state, remember
from innspill.store import Store, open_store


@dataclass(frozen=True, slots=True)
class Checked(Verdict):
    """The site as composed, and all that is wrong with it."""

    site: Site
    read: Read = field(repr=False)
    """What the content was read from."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A zip that is to be written."""

    name: str
    """The name it has unless told another."""
    data: bytes = field(repr=False)


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
    found = [*check(content, site, coverage(), memory), *history.faults]
    if project.is_published and not site.address:  # with an address, the check has said so
        found += publication_is_declared(site)
    return Checked(
        in_order(found, strict=strict),
        {**content.texts, **history.texts},
        len(site.statements),
        site,
        Read(content.digests, git_state(project.content) if content.asks_git else ""),
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
    return Plan(
        tuple(plan_pages(site, templates, with_pdf=with_pdf, sizes=sizes or {})),
        tuple(plan_assets(site, templates, store.remember, memory or Memory())),
    )


def make_press(site: Site, templates: Templates, store: Store) -> Press:
    """What the site's PDFs are made with; what they may read is gathered when the first is."""
    resources = cache(partial(print_resources, site, templates, store.remember))
    return Press(site, templates, resources, partial(print_pdf, store=store))


def build(project: Project, wanted: Wanted, on_step: Step) -> Built:
    """Builds the site into the project's output folder, or writes nothing.

    Raises OSError, PublishError or PrintLibraryMissing where the machine is at fault.
    """
    with locked(project.output, partial(on_step, say("Waiting for another build"), 0, 0)):
        recover(project.output)
        beginning, store = begin(project), open_store(project.store)
        on_step(say("Reading and checking"), 0, 0)
        checked = check_content(project, strict=wanted.strict, prints=wanted.prints)
        if not checked.is_sound:
            return Built(checked)
        try:
            built, outputs = _render(project, checked, store, wanted, on_step)
        except TemplateFault as fault:
            return Built(_with(checked, (fault.diagnostic,), strict=wanted.strict))
        if not built.checked.is_sound:
            return built
        on_step(say("Publishing"), 0, 0)
        published = publish(outputs, project.output, generator=f"Innspill {__version__}")
        store.trim()
        built = replace(built, published=published, notes=store.notes)
        remember(project, wanted, beginning, checked.read, built)
        return built


def _render(
    project: Project, checked: Checked, store: Store, wanted: Wanted, on_step: Step
) -> tuple[Built, list[Output]]:
    """All of the site's files, in memory."""
    site = checked.site
    templates = Templates(project.templates)
    outputs: list[Output] = []
    faults: list[Diagnostic] = []
    pdfs = laid_out = 0
    if wanted.with_pdf:
        jobs = tuple(plan_prints(make_press(site, templates, store)))
        for done, job in enumerate(jobs):
            on_step(say("Making PDFs"), done, len(jobs))
            made = job.make()
            outputs += made.outputs
            faults += made.faults
            pdfs += len(made.outputs)
            laid_out += made.laid_out
    on_step(say("Making pages"), 0, 0)
    sizes = {each.path: each.size for each in outputs}
    plan = plan_files(site, templates, store, with_pdf=wanted.with_pdf, sizes=sizes)
    outputs += (each.made() for each in (*plan.pages, *plan.assets))
    outputs += files_beside(site, templates, outputs)
    built = Built(
        _with(checked, tuple(faults), strict=wanted.strict), None, len(plan.pages), pdfs, laid_out
    )
    return built, outputs


def pack_content(
    project: Project, wanted: str | None, *, with_pdf: bool, on_step: Step
) -> tuple[Built, Packed | None]:
    """Makes the zip of one statement or consultation, in memory; None where there are faults.

    Raises NothingToPack, and OSError or PrintLibraryMissing where the machine is at fault.
    """
    on_step(say("Reading and checking"), 0, 0)
    checked = check_content(project, strict=False)
    if not checked.is_sound:
        return Built(checked), None
    parcel = find_parcel(checked.site, wanted)
    store = open_store(project.store)
    cut = replace(checked, site=cut_down(checked.site, parcel))
    try:
        built, outputs = _render(project, cut, store, Wanted(with_pdf), on_step)
    except TemplateFault as fault:
        return Built(_with(cut, (fault.diagnostic,), strict=False)), None
    if not built.checked.is_sound:
        return built, None
    built = replace(built, notes=store.notes)
    on_step(say("Packing"), 0, 0)
    data = pack(outputs, cut.site, parcel, f"Innspill {__version__}")
    return built, Packed(f"{parcel.name}.zip", data)


def files_beside(site: Site, templates: Templates, made: Iterable[Output]) -> list[Output]:
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


def _with(checked: Checked, faults: tuple[Diagnostic, ...], *, strict: bool) -> Checked:
    found = in_order((*checked.diagnostics, *faults), strict=strict)
    return replace(checked, diagnostics=found)
