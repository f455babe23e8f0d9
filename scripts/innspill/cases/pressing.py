"""From HTML to PDF in a fork, which imports what that needs while this process reads."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from innspill.blob import Blob
from innspill.cases.fork import Fork
from innspill.pdf.attached import Attached
from innspill.render.pdf import NotRemembered, Printed, print_pdf, remembered_pdf
from innspill.store import Store

Task = tuple[str, Mapping[str, Blob], tuple[Attached, ...]]
"""The HTML, what it may read, and what is attached."""


class ForkedPress:
    """Lays out in a fork, what goes wrong there once more here, where it is told as ever."""

    def __init__(self, fork: Fork) -> None:
        self._fork = fork
        self._foreseen: Task | None = None
        """The first PDF that was not known: it is going to be asked for."""
        self._begun: Task | None = None

    def known(
        self,
        html: str,
        resources: Mapping[str, Blob],
        store: Store,
        attached: tuple[Attached, ...] = (),
    ) -> Printed:
        """The PDF that was kept; the first that was not is begun. Raises NotRemembered."""
        try:
            return remembered_pdf(html, resources, store, attached)
        except NotRemembered:
            self._foreseen = self._foreseen or (html, resources, attached)
            raise
        finally:
            if self._foreseen and not self._begun and self._fork.is_free:
                self._begin(self._foreseen)

    def print(
        self,
        html: str,
        resources: Mapping[str, Blob],
        store: Store,
        attached: tuple[Attached, ...] = (),
    ) -> Printed:
        """The PDF, of the fork where it can make it. Raises all that `print_pdf` raises."""
        task = (html, resources, attached)
        with suppress(Exception):
            if self._begun != task:
                self._begin(task)
            self._begun = None
            printed: Printed = self._fork.finish()[0]
            return printed
        return print_pdf(html, resources, store, attached)

    def _begin(self, task: Task) -> None:
        with suppress(Exception):
            if self._fork.is_busy:
                self._fork.finish()
            self._fork.begin("lay_out", task)
            self._begun = task
