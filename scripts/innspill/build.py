"""The pipeline: read → compose → check → render → publish, each phase once, in order."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from innspill import __version__
from innspill.check.check import check
from innspill.compose.compose import compose
from innspill.diagnostics import Diagnostic, has_errors, in_order
from innspill.memory import Memory
from innspill.messages import Message, say
from innspill.model import Site
from innspill.pack import cut_down, find_parcel, pack
from innspill.publish import Output, Published, locked, publish, recover
from innspill.read.read import Parse, read
from innspill.read.source import parse_source
from innspill.render.beside import render_aliases, render_robots
from innspill.render.data import render_data
from innspill.render.feed import render_feed
from innspill.render.fonts import coverage
from innspill.render.pages import Planned, plan_assets, plan_pages
from innspill.render.pdf import print_pdf
from innspill.render.prints import print_resources, print_statement
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
    project: Project, *, strict: bool, parse: Parse = parse_source, memory: Memory | None = None
) -> Checked:
    """Reads, composes and checks; writes nothing.

    `memory` saves what was made in an earlier run from what is still the same.
    Raises OSError where the machine refuses to read.
    """
    content = read(project.content, project.shown_content, parse, memory)
    site = compose(content, memory)
    found = check(content, site, coverage(), memory)
    return Checked(site, in_order(found, strict=strict), content.texts)


def plan_files(
    site: Site,
    templates: Templates,
    store: Store,
    *,
    with_pdf: bool,
    memory: Memory | None = None,
) -> Plan:
    """What a build makes at once, and a preview one by one."""
    return Plan(
        tuple(plan_pages(site, templates, with_pdf=with_pdf)),
        tuple(plan_assets(site, templates, store.remember, memory or Memory())),
    )


def build(project: Project, *, with_pdf: bool, strict: bool, on_step: Step) -> Built:
    """Builds the site into the project's output folder, or writes nothing.

    Raises OSError, PublishError or PrintLibraryMissing where the machine is at fault.
    """
    with locked(project.output, partial(on_step, say("Waiting for another build"), 0, 0)):
        recover(project.output)
        on_step(say("Reading and checking"), 0, 0)
        checked = check_content(project, strict=strict)
        if not checked.is_sound:
            return Built(checked)
        try:
            built, outputs = _render(project, checked, with_pdf, strict, on_step)
        except TemplateFault as fault:
            return Built(_with(checked, (fault.diagnostic,), strict=strict))
        if not built.checked.is_sound:
            return built
        on_step(say("Publishing"), 0, 0)
        published = publish(outputs, project.output, generator=f"Innspill {__version__}")
        return Built(built.checked, published, built.pages, built.pdfs, built.laid_out)


def _render(
    project: Project, checked: Checked, with_pdf: bool, strict: bool, on_step: Step
) -> tuple[Built, list[Output]]:
    """All of the site's files, in memory."""
    site, store = checked.site, Store(project.store)
    templates = Templates(project.templates)
    on_step(say("Making pages"), 0, 0)
    plan = plan_files(site, templates, store, with_pdf=with_pdf)
    outputs = [each.made() for each in (*plan.pages, *plan.assets)]
    faults: list[Diagnostic] = []
    pdfs = laid_out = 0
    if with_pdf:
        resources = print_resources(site, templates, store.remember)
        to_pdf = partial(print_pdf, store=store)
        for case in site.consultations:
            for statement in case.statements:
                on_step(say("Making PDFs"), pdfs // 2, len(site.statements))
                made = print_statement(site, case, statement, templates, resources, to_pdf)
                outputs += made.outputs
                faults += made.faults
                pdfs += len(made.outputs)
                laid_out += made.laid_out
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
    cut = Checked(cut_down(checked.site, parcel), checked.diagnostics, checked.texts)
    try:
        built, outputs = _render(project, cut, with_pdf, False, on_step)
    except TemplateFault as fault:
        return Built(_with(cut, (fault.diagnostic,), strict=False)), None
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


def _with(checked: Checked, faults: tuple[Diagnostic, ...], *, strict: bool) -> Checked:
    found = in_order((*checked.diagnostics, *faults), strict=strict)
    return Checked(checked.site, found, checked.texts)
