"""PDFs laid out in as many processes as there are cores.

A job renders its HTML in a thread here and waits for the process that lays it out. Each process
is a fresh Python with this one's path, so that it runs the same program; it holds what WeasyPrint
has loaded, and ends with this one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from types import TracebackType

from innspill.blob import Blob
from innspill.failure import MachineFault, keep_place
from innspill.limits import USUAL, Limit
from innspill.messages import say
from innspill.pdf.attached import Attached
from innspill.render.pdf import NotRemembered, Printed, WorkerDied, print_pdf, remembered_pdf
from innspill.render.press import Job, Made
from innspill.store import Store


class PrintPool:
    """The way from HTML to PDF of one build; with one job at a time it starts no process."""

    def __init__(self, jobs: int, store: Store, limit: Limit = USUAL.layout) -> None:
        self.jobs, self.store = jobs or len(os.sched_getaffinity(0)), store
        self.limit = limit
        self._folder = TemporaryDirectory(prefix="innspill-", ignore_cleanup_errors=True)
        self._pool = self._start(self.jobs) if self.jobs > 1 else None
        self._alone = Lock()

    def __enter__(self) -> PrintPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            if kind is not None:
                for each in multiprocessing.active_children():
                    each.terminate()
        self._folder.cleanup()

    def make_all(self, jobs: Sequence[Job]) -> Iterator[Made]:
        """What each job makes, in their order. Raises what a job raises."""
        if self._pool is None:
            yield from map(_made, jobs)
            return
        with ThreadPoolExecutor(self.jobs) as threads:
            try:
                yield from threads.map(_made, jobs)
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                raise

    def __call__(
        self, html: str, resources: Mapping[str, Blob], *, attached: tuple[Attached, ...] = ()
    ) -> Printed:
        """The PDF, remembered or laid out. Raises all that `print_pdf` raises."""
        task = (html, resources, self.store, attached, self.limit)
        if self._pool is None:
            return print_pdf(*task)
        try:
            return remembered_pdf(html, resources, self.store, attached)
        except NotRemembered:
            pass
        try:
            return self._pool.submit(_lay_out, *task).result()
        except BrokenProcessPool:  # which of those under way it was is not told
            with self._alone, self._start(1) as alone:
                try:
                    return alone.submit(_lay_out, *task).result()
                except BrokenProcessPool as fault:
                    raise WorkerDied from fault

    def _start(self, processes: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(processes, context, _begin, (self._folder.name,))


def _made(job: Job) -> Made:
    try:
        return job.make()
    except WorkerDied as fault:
        message = say(
            "a process ended while it made {what}; perhaps the memory ran out. "
            "Try fewer at once with --jobs.",
            what=job.paths[0],
        )
        raise MachineFault(message) from fault


def _lay_out(
    html: str,
    resources: Mapping[str, Blob],
    store: Store,
    attached: tuple[Attached, ...],
    limit: Limit,
) -> Printed:
    """In the other process: lays out a PDF."""
    try:
        return print_pdf(html, resources, store, attached, limit)
    except Exception as fault:
        keep_place(fault)
        raise


def _begin(temporary: str) -> None:
    # A process ends without cleaning up: what WeasyPrint leaves goes with the pool's folder.
    tempfile.tempdir = temporary
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    parent = multiprocessing.parent_process()
    if parent is not None:
        # A parent that is killed takes its processes along.
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
