"""What a command goes the road with: what remembers, and where work is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from innspill.compose.inputs import StatementInput
from innspill.compose.plan import Plan
from innspill.executor import Executor
from innspill.memory import Memory
from innspill.parts import Part, can_be_kept, make_part
from innspill.read.scan import ScanInput, ScannedFile, scan_file
from innspill.remembered import Remembered
from innspill.render.templates import Templates
from innspill.store import Store

FEW_FILES = 100
"""So many files are scanned before other processes would have begun to."""
FEW_STATEMENTS = 20
"""So many statements' parts are made before other processes would have begun to."""


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

    def scan(self, given: Sequence[ScanInput]) -> list[ScannedFile]:
        """What planning needs to know of Markdown files."""

        def run(left: list[ScanInput]) -> Iterator[ScannedFile]:
            return self.executor.map(scan_file, left, lambda each: each.shown, FEW_FILES)

        return list(self.remembered.map(scan_file, given, ScannedFile, run))

    def make_parts(
        self, plan: Plan, templates: Templates, shard: tuple[int, int] | None = None
    ) -> dict[str, Part]:
        """What is made of each statement, by its path; of those of one shard where it is given.

        Raises TemplateFault.
        """
        number, of = shard or (1, 1)
        make = partial(make_part, templates=templates)

        def run(left: list[StatementInput]) -> Iterator[Part]:
            return self.executor.map(make, left, lambda each: each.shown, FEW_STATEMENTS)

        given = list(plan.inputs())[number - 1 :: of]
        parts = self.remembered.map(make_part, given, Part, run, is_kept=can_be_kept)
        return {each.path: part for each, part in zip(given, parts, strict=True)}
