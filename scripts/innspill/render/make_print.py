"""A print job done: laid out, or given again as it is remembered.

Neither templates nor the model are known here, so it can be done in another process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from innspill.blob import Blob, blob_of
from innspill.diagnostics import Diagnostic, Location
from innspill.failure import MachineFault
from innspill.limits import Limit
from innspill.output import Output
from innspill.pdf.faults import OffPage
from innspill.render.pdf import NotRemembered, Printed, print_pdf, remembered_pdf
from innspill.render.print_faults import too_long, warned, why_not_laid_out
from innspill.render.print_job import NoSuchPage, PrintFile, PrintJob, PrintResult
from innspill.store import Store

Resources = Mapping[str, Blob]
Pages = Mapping[str, int]


def make_print(job: PrintJob, resources: Resources, store: Store, limit: Limit) -> PrintResult:
    """The job's PDFs, those laid out that are not in the store.

    Raises TemplateFault where one can't be laid out, and MachineFault where the machine is at
    fault: PrintLibraryMissing where it can't make PDFs.
    """

    def lay_out(file: PrintFile, pages: Pages) -> Printed:
        return _laid_out(file, pages, job.at, _with_code(file, resources), store, limit)

    return _made(job, lay_out)


def remembered_print(job: PrintJob, resources: Resources, store: Store) -> PrintResult | None:
    """The job's PDFs as the store has them, None where one would have to be laid out."""

    def find(file: PrintFile, pages: Pages) -> Printed:
        read = _with_code(file, resources)
        return remembered_pdf(file.filled(pages), read, store, file.attached, file.made_from)

    try:
        return _made(job, find)
    except (NotRemembered, NoSuchPage):  # of which `make_print` tells
        return None


def _with_code(file: PrintFile, resources: Resources) -> Resources:
    if file.code is None:
        return resources
    path, drawing = file.code
    return {**resources, path: blob_of(drawing)}


def _laid_out(
    file: PrintFile, pages: Pages, at: Location, resources: Resources, store: Store, limit: Limit
) -> Printed:
    def attempt(html: str) -> Printed:
        return print_pdf(html, resources, store, file.attached, limit, file.made_from)

    try:
        try:
            return attempt(file.filled(pages))
        except OffPage:  # WeasyPrint's widths for a table may add up to more than the page
            even = file.filled_with_even_columns(pages)
            if even is None:
                raise
            return attempt(even)
    except MachineFault:
        raise
    except Exception as fault:  # whatever a stylesheet or an image makes of WeasyPrint
        # Jinja comes along, which a process that only lays out does not need.
        from innspill.render.templates import TemplateFault

        raise TemplateFault(why_not_laid_out(fault, at)) from fault


def _made(job: PrintJob, lay_out: Callable[[PrintFile, Pages], Printed]) -> PrintResult:
    pages: Pages = {}
    printed: list[Printed] = []
    outputs: list[Output] = []
    faults: list[Diagnostic] = []
    for file in job.files:
        done = lay_out(file, pages)
        printed.append(done)
        pages = printed[0].pages
        outputs.append(Output(file.path, done.pdf, job.sources))
        if file.imposition:
            from innspill.render.imposition import impose  # few statements have a booklet

            sheets = impose(done.pdf, file.imposition.title, file.sheets_made_from)
            outputs.append(Output(file.imposition.path, sheets, job.sources))
        if file.limit:
            faults += too_long(file.limit, done, job.at)
    faults += warned(printed, job.at, dict(job.images))
    counts = {file.path: done.page_count for file, done in zip(job.files, printed, strict=True)}
    laid_out = sum(each.is_new for each in printed)
    return PrintResult(tuple(outputs), tuple(faults), laid_out, counts)
