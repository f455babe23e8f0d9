"""What a command goes the road with: what remembers, and where work is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from innspill.compose.inputs import StatementInput
from innspill.compose.plan import Plan
from innspill.executor import Executor
from innspill.kept_texts import KeptText, TextShelf, TextsInMemory
from innspill.memory import Memory
from innspill.original import OriginalFile, OriginalText, read_original
from innspill.parts import MadePart, Part, can_be_kept, make_part
from innspill.read.scan import ScanInput, ScannedFile, scan_file
from innspill.remembered import Remembered
from innspill.render.joined_page import PageInput, make_page
from innspill.render.templates import Templates
from innspill.seals import Seals
from innspill.store import Store

FEW_FILES = 100
"""So many files are scanned before other processes would have begun to."""
FEW_STATEMENTS = 20
"""So many statements' parts are made before other processes would have begun to."""
FEW_PAGES = 50
"""So many pages that join several are made before other processes would have begun to."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What remembers, and where work is done."""

    remembered: Remembered = field(default_factory=Remembered)
    """What was made of files and of statements."""
    executor: Executor = field(default_factory=lambda: Executor(jobs=1))
    memory: Memory = field(default_factory=Memory)
    """What was made of all else, in this process."""
    store: Store | None = None
    """Keeps the digests of what is large."""
    texts: TextShelf = field(default_factory=TextsInMemory)
    """Keeps what was rendered."""
    seals: Seals | None = None
    """Seals the PDFs that readers are given, where that is asked for."""

    def scan(self, given: Sequence[ScanInput]) -> list[ScannedFile]:
        """What planning needs to know of Markdown files."""

        def run(left: list[ScanInput]) -> Iterator[ScannedFile]:
            return self.executor.map(scan_file, left, lambda each: each.shown, FEW_FILES)

        return list(self.remembered.map(scan_file, given, ScannedFile, run))

    def original(self, given: OriginalFile) -> OriginalText:
        """The words of a letter. Raises OSError and MachineFault."""
        found = self.remembered.map(
            read_original,
            (given,),
            OriginalText,
            lambda left: map(read_original, left),
            is_kept=lambda text: text.is_settled,
        )
        return next(found)

    def make_parts(
        self, plan: Plan, templates: Templates, shard: tuple[int, int] | None = None
    ) -> dict[str, Part]:
        """What is made of each statement, by its path; of those of one shard where it is given.

        Raises TemplateFault.
        """
        number, of = shard or (1, 1)
        make = partial(make_part, templates=templates)

        def run(left: list[StatementInput]) -> Iterator[Part]:
            made = self.executor.map(make, left, lambda each: each.shown, FEW_STATEMENTS)
            return map(self.take, made)

        given = list(plan.inputs())[number - 1 :: of]
        parts = self.remembered.beside(templates.digest).map(
            make_part, given, Part, run, is_kept=can_be_kept, is_whole=self._has_texts
        )
        return {each.path: part for each, part in zip(given, parts, strict=True)}

    def take(self, made: MadePart) -> Part:
        """A part that was made; what was rendered of it is kept."""
        part, body = made
        if body:
            self.texts.put(body)
        return part

    def _has_texts(self, part: Part) -> bool:
        return not part.rendered.body or self.texts.has(part.rendered.body)

    def page_texts(self, given: Iterable[PageInput], templates: Templates) -> Iterator[KeptText]:
        """The texts of pages that are no one statement's. Raises TemplateFault."""
        make = partial(make_page, templates=templates)

        def run(left: list[PageInput]) -> Iterator[KeptText]:
            for text, body in self.executor.map(make, left, lambda each: each.url, FEW_PAGES):
                self.texts.put(body)
                yield text

        return self.remembered.beside(templates.digest).map(
            make_page, given, KeptText, run, is_whole=lambda text: self.texts.has(text.body)
        )
