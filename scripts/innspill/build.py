"""The pipeline: read → compose → check → render → publish, each phase once, in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from types import MappingProxyType
from typing import IO, TypeVar

from innspill import __version__
from innspill.blob import changed
from innspill.check.check import check
from innspill.check.enclosures import publication_is_declared
from innspill.check.facts import days_have_come
from innspill.check.settled import check_settled
from innspill.check.versions import versions_are_not_read, versions_stay
from innspill.compose.compose import compose
from innspill.compose.given_out import (
    folders_with_drafts,
    given_out,
    held_back,
    published_files,
    unseen,
)
from innspill.diagnostics import Diagnostic, Location, in_order
from innspill.history.trace import History, place_of_all, trace
from innspill.manifest import read_manifest
from innspill.memory import Memory
from innspill.messages import Message, say
from innspill.model import Site
from innspill.output import Output, Publishable
from innspill.print_pool import PrintPool
from innspill.project import WAITING, Built, Progress, Project, Step, Verdict, Wanted
from innspill.publish import locked, publish, state_of
from innspill.read.edition import Edition, asked_for, edition_of
from innspill.read.read import Content, read
from innspill.read.schema import VERSION_TAGS
from innspill.render.beside import render_aliases, render_robots
from innspill.render.data import render_data
from innspill.render.feed import render_feed
from innspill.render.fonts import coverage
from innspill.render.pages import (
    Planned,
    plan_assets,
    plan_pages,
)
from innspill.render.passages import split_passages
from innspill.render.pdf import print_pdf
from innspill.render.press import Made, Press, Print, print_resources
from innspill.render.prints import plan_prints
from innspill.render.templates import TemplateFault, Templates
from innspill.shortcut import begin, glance_at_templates, remember
from innspill.store import Store, open_store


@dataclass(frozen=True, slots=True)
class Checked(Verdict):
    """The site, and all that is wrong with it."""

    site: Site = field(kw_only=True)
    """What readers are given of it: all there is, where it is not published."""
    whole: Site = field(kw_only=True, repr=False)
    """As composed."""
    head: str | None = None
    """The commit that is checked out, where git knows."""
    read: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The SHA-256 of each file that was read, by its path inside `content/`."""


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
    store: Store | None = None,
) -> Checked:
    """Reads, composes and checks; writes nothing.

    `prints` are forms that every statement gets besides those that the content asks for.
    `memory` saves what was made in an earlier run from what is still the same, and `store`
    to read what is large. Raises OSError where the machine refuses to read.
    """
    kept = store.remember if store else None
    content = read(project.content, project.shown_content, memory, kept)
    history = trace(project.content, content, memory)
    edition = edition_of(content, asked_for(project))
    whole = compose(content, prints, history.traces, memory, with_drafts=edition.with_drafts)
    once = memory or Memory()
    found = [*check(content, whole, coverage(), once, edition), *history.faults]
    found += check_settled(history.settled, coverage(), whole.may_be_published, once)
    found += _of_project(project, whole)
    site = given_out(whole, edition, published_files(content, edition))
    found += _versions_stay(project, site, content, history)
    return Checked(
        in_order(found, strict=strict, spared=_spared(project, whole, edition)),
        {**content.texts, **history.texts},
        len(site.statements),
        held_back(whole, edition),
        folders_with_drafts(whole, edition),
        site=site,
        whole=whole,
        head=history.head,
        read=content.digests,
    )


def check_ahead(project: Project, *, strict: bool) -> tuple[Checked, int]:
    """Checks, and counts what is told only where the site is for readers and this was not asked.

    Raises OSError where the machine refuses to read.
    """
    memory = Memory()
    checked = check_content(project, strict=strict, memory=memory)
    if project.is_published or not checked.is_sound:
        return checked, 0
    for_readers = replace(project, is_published=True)
    published = check_content(for_readers, strict=strict, memory=memory)
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


def _spared(project: Project, whole: Site, edition: Edition) -> frozenset[str]:
    """The files whose warnings stop nothing, since readers see nothing of what they hold."""
    return frozenset(f"{project.shown_content}/{path}" for path in unseen(whole, edition))


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
    split = partial(split_passages, site, once)
    return Plan(
        tuple(plan_pages(site, templates, with_pdf=with_pdf, sizes=sizes or {}, memory=once)),
        tuple(plan_assets(site, templates, store.remember, split)),
    )


def make_press(
    site: Site, templates: Templates, store: Store, to_pdf: Print | None = None
) -> Press:
    """What the site's PDFs are made with; what they may read is gathered when the first is."""
    resources = cache(partial(print_resources, site, templates, store.remember))
    to_pdf = to_pdf or partial(print_pdf, store=store, limit=templates.limits.layout)
    return Press(site, templates, resources, to_pdf, store.remember)


def build(project: Project, wanted: Wanted, on_step: Step) -> Built:
    """Builds the site into the project's output folder, or writes nothing.

    Raises OSError, or MachineFault where the machine is at fault.
    """
    state = state_of(project.output, project.home, adopts=wanted.adopts)
    with locked(state, partial(on_step, Progress(WAITING))):
        beginning, store = begin(project), open_store(project)
        on_step(Progress(say("Reading and checking")))
        checked = check_content(project, strict=wanted.strict, prints=wanted.prints, store=store)
        if not checked.is_sound:
            return Built(checked)
        try:
            built, outputs = render_whole(project, checked, store, wanted, on_step)
        except TemplateFault as fault:
            more = (fault.diagnostic,)
            return Built(_with(checked, more, strict=wanted.strict, texts=fault.texts))
        if not built.checked.is_sound:
            return built
        if glance_at_templates(project) != beginning.templates:
            raise changed("templates/")
        on_step(Progress(say("Publishing")))
        generator = f"Innspill {__version__}"
        published = publish(outputs, state, generator=generator, revision=checked.head)
        store.trim()
        built = replace(built, published=published, notes=store.notes)
        remember(project, wanted, beginning, checked.read, built)
        return built


def _versions_stay(
    project: Project, site: Site, content: Content, history: History
) -> Iterator[Diagnostic]:
    """What would go of the versions that the output folder has."""
    form = content.site.version_tags if content.site else VERSION_TAGS
    published = read_manifest(project.output) or {}
    place = place_of_all(content)
    if history.is_read:
        yield from versions_stay(site, published, form, place, history.unmade)
    else:
        yield from versions_are_not_read(site, published, place)


def render_whole(
    project: Project, checked: Checked, store: Store, wanted: Wanted, on_step: Step
) -> tuple[Built, list[Publishable]]:
    """All of the site's files: the PDFs first, whose sizes and digests pages and data name.

    Raises TemplateFault and PrintLibraryMissing.
    """
    site = checked.site
    templates = Templates(project.templates, project.limits)
    made = tuple(_print(site, templates, store, wanted, on_step)) if wanted.with_pdf else ()
    outputs: list[Publishable] = [output for each in made for output in each.outputs]
    faults = tuple(fault for each in made for fault in each.faults)
    on_step(Progress(say("Making pages")))
    sizes = {each.path: each.size for each in outputs}
    plan = plan_files(site, templates, store, with_pdf=wanted.with_pdf, sizes=sizes)
    outputs += (each.told() for each in (*plan.pages, *plan.assets))
    outputs += files_beside(site, templates, outputs)
    built = Built(
        _with(checked, faults, strict=wanted.strict),
        None,
        len(plan.pages),
        sum(len(each.outputs) for each in made),
        sum(each.laid_out for each in made),
    )
    return built, outputs


def _print(
    site: Site, templates: Templates, store: Store, wanted: Wanted, on_step: Step
) -> Iterator[Made]:
    """Makes the site's PDFs. Raises TemplateFault and PrintLibraryMissing."""
    with PrintPool(wanted.jobs, store, templates.limits.layout) as to_pdf:
        press = make_press(site, templates, store, to_pdf)
        press.resources()  # gathered once, and not by each thread
        jobs = tuple(plan_prints(press))
        remembered = 0
        for done, made in enumerate(to_pdf.make_all(jobs), 1):
            remembered += not made.laid_out
            now = made.outputs[0].path if made.outputs else ""
            on_step(Progress(say("Making PDFs"), done, len(jobs), remembered, now))
            yield made


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
    edition = parcel.edition
    store = open_store(project)
    held = held_back(replace(checked.site, consultations=(parcel.case,)), edition)
    told = () if parcel.statement else held
    cut = replace(checked, site=cut_down(checked.site, parcel), held=told)
    try:
        built, outputs = render_whole(project, cut, store, Wanted(with_pdf), on_step)
    except TemplateFault as fault:
        return Built(_with(cut, (fault.diagnostic,), strict=False, texts=fault.texts)), None
    if not built.checked.is_sound:
        return built, None
    built = replace(built, notes=store.notes)
    on_step(Progress(say("Packing")))
    write = partial(pack, outputs, cut.site, parcel, f"Innspill {__version__}", held)
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
    more = in_order(faults, strict=strict)
    found = in_order((*checked.diagnostics, *more), strict=False)
    return replace(checked, diagnostics=found, texts={**checked.texts, **texts})
