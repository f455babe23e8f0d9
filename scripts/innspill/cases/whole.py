"""What git tells of the whole site; the walk through its log is kept in the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from innspill.cases.kept import get_value, put_value
from innspill.diagnostics import Diagnostic
from innspill.history.checkout import AsRead
from innspill.history.chronicle import Changes, Chronicle, open_chronicle, tag_form, walked
from innspill.history.fault import HistoryFault
from innspill.history.trace import of_all
from innspill.project import Project
from innspill.read.read import SITE, Content
from innspill.store import Store

if TYPE_CHECKING:
    from innspill.history.repository import Repository


@dataclass(frozen=True, slots=True)
class Asked:
    """What git told."""

    chronicle: Chronicle | None = field(default=None, repr=False)
    """None where there is no repository, or it can't be read."""
    index_is_kept: bool = True
    """Whether the site's `index.md` stands in git as it stands on the disk."""
    faults: tuple[Diagnostic, ...] = ()
    """Why it could not tell."""

    @property
    def head(self) -> str | None:
        """The commit that is checked out, where there is one."""
        return self.chronicle.head if self.chronicle else None


def ask_git(project: Project, store: Store, program: str, free: Content) -> Asked:
    """Asks once for all consultations; `free` is what is in none of them.

    The log is only walked where the store doesn't know what this program found in it.
    """

    def walk(repository: Repository, head: str) -> Changes:
        key = ("log", program, head, repository.inside, *sorted(repository.cut_off))
        known = get_value(store, key)
        if isinstance(known, dict):
            return known
        changes = walked(repository, head)
        put_value(store, key, changes)
        return changes

    try:
        chronicle = open_chronicle(project.content, tag_form(free), walk)
        if chronicle is None or SITE not in chronicle.blobs or SITE not in free.digests:
            return Asked(chronicle)
        return Asked(chronicle, AsRead(project.content, free, chronicle)(SITE))
    except HistoryFault as fault:
        return Asked(faults=(of_all(fault, free),))
