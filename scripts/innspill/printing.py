"""A site's PDFs: those that are remembered, and then the others, in as many processes as work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from innspill.diagnostics import Diagnostic
from innspill.messages import say
from innspill.output import Publishable
from innspill.project import Progress, Step
from innspill.render.pages import Pages
from innspill.render.print_html import print_resources
from innspill.render.print_job import PrintResult
from innspill.runtime import Runtime
from innspill.spool import Spool


@dataclass(slots=True)
class PrintedFiles:
    """The PDFs of a site."""

    outputs: list[Publishable] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    laid_out: int = 0
    """How many were laid out in this run, and not remembered."""
    page_counts: dict[str, int] = field(default_factory=dict)
    """How many pages each has, by its path."""


def print_all(files: Pages, runtime: Runtime, spool: Spool, on_step: Step) -> PrintedFiles:
    """Makes them all. Raises TemplateFault, PrintLibraryMissing and LostText."""
    from innspill.render.make_print import make_print, remembered_print

    templates, store = files.templates, runtime.store
    assert store is not None
    resources = print_resources(files.site, templates, store.remember)
    planned, left = tuple(files.prints()), []
    make = partial(make_print, resources=resources, store=store, limit=templates.limits.layout)

    def made() -> Iterator[PrintResult]:
        for each in planned:
            known = remembered_print(each.load(), resources, store)
            if known is None:
                left.append(each)
            else:
                yield known
        jobs = (each.load() for each in left)
        yield from runtime.executor.map(make, jobs, lambda job: job.paths[0])

    printed, remembered = PrintedFiles(), 0
    for done, each in enumerate(made(), 1):
        remembered += not each.laid_out
        path = each.outputs[0].path
        on_step(Progress(say("Making PDFs"), done, len(planned), remembered, path))
        printed.outputs += (spool.keep(e.path, (e.data,), e.sources) for e in each.outputs)
        printed.faults += each.faults
        printed.laid_out += each.laid_out
        printed.page_counts |= each.page_counts
    return printed
