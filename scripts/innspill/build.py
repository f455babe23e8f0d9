"""The pipeline: read → compose → check → render → publish, each phase once, in order."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from innspill import __version__
from innspill.check.check import check
from innspill.check.enclosures import publication_is_declared
from innspill.check.settled import check_settled
from innspill.compose.compose import compose
from innspill.diagnostics import Diagnostic, has_errors, in_order
from innspill.history.trace import trace
from innspill.memory import Memory
from innspill.messages import Message, say
from innspill.model import Site
from innspill.pack import cut_down, find_parcel, pack
from innspill.publish import Output, Published, locked, publish, recover
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
from innspill.store import Store


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

    @property
    def shown_content(self) -> str:
        """The content folder as messages show it: from where the user stands."""
        return Path(os.path.relpath(self.content)).as_posix()


@dataclass(frozen=True, slots=True)
class Checked:
    """The site as composed, and all that is wrong with it."""

    site: Site
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(repr=False)
    """Each source's text, by the path that diagnostics name."""
    head: str | None = None
    """The commit that is checked out, where git knows the content."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing stops the build."""
        return not has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did; without `published` nothing was written."""

    checked: Checked
    published: Published | None = None
    pages: int = 0
    pdfs: int = 0
    laid_out: int = 0
    """How many PDFs were laid out anew, and not remembered."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A zip that is to be written."""

    name: str
    """The name it has unless told another."""
    data: bytes = field(repr=False)


Step = Callable[[Message, int, int], None]
"""Told what is being done, how many of it are done, and how many there are (0: not known)."""


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
    texts = {**content.texts, **history.texts}
    return Checked(site, in_order(found, strict=strict), texts, history.head)


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


def build(
    project: Project,
    *,
    with_pdf: bool,
    strict: bool,
    on_step: Step,
    prints: Collection[str] = (),
) -> Built:
    """Builds the site into the project's output folder, or writes nothing.

    `prints` are forms that every statement gets besides those that the content asks for.

    Raises OSError, PublishError or PrintLibraryMissing where the machine is at fault.
    """
    with locked(project.output, partial(on_step, say("Waiting for another build"), 0, 0)):
        recover(project.output)
        on_step(say("Reading and checking"), 0, 0)
        checked = check_content(project, strict=strict, prints=prints)
        if not checked.is_sound:
            return Built(checked)
        try:
            built, outputs = _render(project, checked, with_pdf, strict, on_step)
        except TemplateFault as fault:
            return Built(_with(checked, (fault.diagnostic,), strict=strict, texts=fault.texts))
        if not built.checked.is_sound:
            return built
        on_step(say("Publishing"), 0, 0)
        generator, head = f"Innspill {__version__}", checked.head
        published = publish(outputs, project.output, generator=generator, revision=head)
        return Built(built.checked, published, built.pages, built.pdfs, built.laid_out)


def _render(
    project: Project, checked: Checked, with_pdf: bool, strict: bool, on_step: Step
) -> tuple[Built, list[Output]]:
    """All of the site's files, in memory."""
    site, store = checked.site, Store(project.store)
    templates = Templates(project.templates)
    outputs: list[Output] = []
    faults: list[Diagnostic] = []
    pdfs = laid_out = 0
    if with_pdf:
        jobs = tuple(plan_prints(make_press(site, templates, store)))
        for done, job in enumerate(jobs):
            on_step(say("Making PDFs"), done, len(jobs))
            made = job.make()
            outputs += made.outputs
            faults += made.faults
            pdfs += len(made.outputs)
            laid_out += made.laid_out
    on_step(say("Making pages"), 0, 0)
    sizes = {each.path: len(each.data) for each in outputs}
    plan = plan_files(site, templates, store, with_pdf=with_pdf, sizes=sizes)
    outputs += (each.made() for each in (*plan.pages, *plan.assets))
    outputs += files_beside(site, templates, outputs)
    built = Built(
        _with(checked, tuple(faults), strict=strict), None, len(plan.pages), pdfs, laid_out
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
    cut = replace(checked, site=cut_down(checked.site, parcel))
    try:
        built, outputs = _render(project, cut, with_pdf, False, on_step)
    except TemplateFault as fault:
        return Built(_with(cut, (fault.diagnostic,), strict=False, texts=fault.texts)), None
    if not built.checked.is_sound:
        return built, None
    on_step(say("Packing"), 0, 0)
    data = pack(outputs, cut.site, parcel, f"Innspill {__version__}")
    return built, Packed(f"{parcel.name}.zip", data)


def files_beside(site: Site, templates: Templates, made: Iterable[Output]) -> list[Output]:
    """Old addresses, feed and data; the data names the digests of the files that are `made`.

    Raises TemplateFault.
    """
    digests = {each.path: hashlib.sha256(each.data).hexdigest() for each in made}
    return [
        *render_aliases(site, templates),
        *render_robots(site),
        *render_feed(site),
        *render_data(site, digests),
    ]


def _with(
    checked: Checked,
    faults: tuple[Diagnostic, ...],
    *,
    strict: bool,
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Checked:
    found = in_order((*checked.diagnostics, *faults), strict=strict)
    return replace(checked, diagnostics=found, texts={**checked.texts, **texts})
