"""What the preview shows: the last sound content, and what is wrong with the newest.

A `Snapshot` is one sound state of content and templates; its pages and PDFs are made when
they are first asked for, and remembered until the content changes. The methods are called
from worker threads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Lock, RLock

from innspill.blob import Blob, digest_of_bytes
from innspill.build import CheckedSite, check_content, pages_of
from innspill.diagnostics import Diagnostic, has_errors, in_order
from innspill.executor import Executor
from innspill.failure import as_diagnostic
from innspill.kept_texts import LostText, TextsInStore
from innspill.memory import Memory
from innspill.project import BuildOptions, Project, own_templates
from innspill.remembered import InProcess, InStore, Remembered
from innspill.render.make_print import make_print
from innspill.render.print_html import print_resources
from innspill.render.templates import TemplateFault, Templates
from innspill.runtime import Runtime
from innspill.shortcut import digest_of_program
from innspill.store import open_store

NOTHING = "nothing"
"""The mark of an address that has no page to show."""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page as it can be shown now."""

    html: bytes | None
    """The page, or the last good one before a template failed; None where there is none."""
    mark: str
    """Another where the page is another."""
    faults: tuple[Diagnostic, ...] = ()
    """Of its templates."""


class Snapshot:
    """The site of one sound state of the content, its files made when asked for."""

    def __init__(self, checked: CheckedSite, templates: Templates, runtime: Runtime) -> None:
        self.site, self.templates = checked.site, templates
        self._runtime = runtime
        files = pages_of(checked.plan, checked.parts, self.site, templates, runtime)
        self._pages = {each.path: each for each in files.pages()}
        self._assets = {each.path: each for each in files.assets()}
        self._beside = {each.path: each for each in files.beside()}
        self._prints = {path: job for job in files.prints() for path in job.paths}
        self._made: dict[str, bytes] = {}
        self._blobs: dict[str, Blob] = {}
        self.print_faults: tuple[Diagnostic, ...] = ()
        """Of the PDFs that were made so far."""
        self._making, self._printing = Lock(), Lock()

    def has_page(self, path: str) -> bool:
        """Whether there is such a page."""
        return path in self._pages

    def has_asset(self, path: str) -> bool:
        """Whether there is such a file among those that pages name."""
        return path in self._assets

    def attachment(self, path: str) -> Blob | None:
        """A file of the content as it is published, None for all else.

        Raises OSError and MachineFault.
        """
        planned = self._assets.get(path)
        if planned is None or planned.blob is None:
            return None
        if path not in self._blobs:
            self._blobs[path] = planned.blob()
        return self._blobs[path]

    def file(self, path: str) -> bytes | None:
        """A page or a file beside the pages, None where there is none.

        Raises TemplateFault and LostText.
        """
        planned = self._pages.get(path) or self._assets.get(path) or self._beside.get(path)
        if planned is None:
            return None
        with self._making:
            if path not in self._made:
                self._made[path] = planned.make()
            return self._made[path]

    def print(self, path: str) -> bytes | None:
        """A PDF, made now where it is not remembered; None where there is none.

        Raises TemplateFault, and PrintLibraryMissing where the machine can't make PDFs.
        """
        if path not in self._prints:
            return None
        with self._printing:
            if path not in self._made:
                limit, store = self.templates.limits.layout, self._runtime.store
                assert store is not None
                made = make_print(self._prints[path].load(), self._resources, store, limit)
                self._made |= {each.path: each.data for each in made.outputs}
                self.print_faults += made.faults
            return self._made[path]

    @cached_property
    def _resources(self) -> Mapping[str, Blob]:
        """What the PDFs may read."""
        assert self._runtime.store is not None
        return print_resources(self.site, self.templates, self._runtime.store.remember)

    @cached_property
    def look(self) -> str:
        """The digest of the stylesheets: a browser takes new ones without loading the page."""
        return self._digest(path for path in self._assets if path.endswith(".css"))

    @cached_property
    def surroundings(self) -> str:
        """The digest of what a page draws on besides its stylesheets: scripts, images.

        The search index changes with every save, and no open page shows it.
        """
        beside = (".css", ".woff2", "search-index.js")
        return self._digest(path for path in self._assets if not path.endswith(beside))

    def _digest(self, paths: Iterable[str]) -> str:
        whole = hashlib.sha256()
        for path in sorted(paths):
            blob = self.attachment(path)
            made = (
                blob.sha256
                if blob
                else self._runtime.memory(digest_of_bytes, self.file(path) or b"")
            )
            whole.update(made.encode())
        return whole.hexdigest()[:16]


class Preview:
    """The newest content as far as it is sound, and its faults."""

    def __init__(self, project: Project) -> None:
        self.project, self.store = project, open_store(project)
        self.snapshot: Snapshot | None = None
        self.checked: CheckedSite | None = None
        self._templates: Templates | None = None
        self._faults: tuple[Diagnostic, ...] = ()
        self._made, self._program = InProcess(), ""
        self._memory = Memory()
        self._template_texts: dict[str, str] = {}
        self._last: dict[str, ShownPage] = {}
        """The last good view of each address that was asked for."""
        self._updating = RLock()

    @property
    def templates_folder(self) -> Path:
        """The project's folder of templates, there or not."""
        return self.project.content.parent / "templates"

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts that faults point into."""
        return {**(self.checked.texts if self.checked else {}), **self._template_texts}

    @property
    def look(self) -> str:
        """The mark of the stylesheets."""
        return self.snapshot.look if self.snapshot else NOTHING

    @property
    def around(self) -> str:
        """The mark of what pages draw on besides their stylesheets."""
        return self.snapshot.surroundings if self.snapshot else NOTHING

    def update(self, *, with_templates: bool) -> tuple[Diagnostic, ...]:
        """Reads and checks the content anew, and shows it if nothing stops it.

        `with_templates` tells that the user's own templates may have changed.
        """
        with self._updating:
            return self._update(with_templates=with_templates)

    def _update(self, *, with_templates: bool) -> tuple[Diagnostic, ...]:
        try:
            if with_templates or self._templates is None:
                own = own_templates(self.project.content.parent)
                self._templates = None  # so that a faulty folder is tried again
                self._program = digest_of_program(replace(self.project, templates=own))
                self._templates = Templates(own, self.project.limits).by_value()
            remembered = Remembered(self._program, self._made, InStore(self.store))
            alone = Runtime(
                remembered, Executor(jobs=1), self._memory, self.store, TextsInStore(self.store)
            )
            with Executor() as executor:
                runtime = replace(alone, executor=executor)
                checked = check_content(self.project, BuildOptions(), runtime, self._templates)
            if checked.is_sound:
                assert checked.templates is not None
                self._templates = checked.templates
                snapshot = Snapshot(checked, self._templates, alone)
                # What all pages depend on is made at once: where it fails, the last state stays.
                _ = (snapshot.look, snapshot.surroundings)
                self.snapshot = snapshot
                # What it was made from is kept until the next one is made.
                self._memory.forget_unused()
                self._made.forget_unused()
        except Exception as fault:  # the preview goes on, and the next save is a new attempt
            self._faults = (self.noted(fault),)
        else:
            self.checked, self._faults = checked, checked.diagnostics
        return self._faults

    def faults(self, view: ShownPage | None = None) -> tuple[Diagnostic, ...]:
        """All that is wrong with the newest content, the PDFs made of it, and a page."""
        printed = self.snapshot.print_faults if self.snapshot else ()
        shown = () if has_errors(self._faults) else printed
        return in_order((*self._faults, *shown, *(view.faults if view else ())), strict=False)

    def noted(self, fault: Exception) -> Diagnostic:
        """What kept something from being read or made, as it is shown.

        The text of a template is now among those that faults point into.
        """
        if isinstance(fault, TemplateFault):
            self._template_texts |= fault.texts
            return fault.diagnostic
        return as_diagnostic(fault, self.project.shown_content)

    def view(self, path: str | None) -> ShownPage:
        """The page at a path of the site, in the last state in which it could be made.

        Raises LostText.
        """
        snapshot = self.snapshot
        if snapshot is None or path is None or not snapshot.has_page(path):
            return ShownPage(None, NOTHING)
        try:
            html = snapshot.file(path) or b""
        except LostText:
            raise
        except Exception as fault:
            last = self._last.get(path, ShownPage(None, NOTHING))
            return replace(last, faults=(self.noted(fault),))
        self._last[path] = ShownPage(html, hashlib.sha256(html).hexdigest()[:16])
        return self._last[path]
