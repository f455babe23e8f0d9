"""What readers call a state of a text: one name, on every page, sheet and link.

`21. mars 2024, vedtatt` where a tag names it so, else `21. mars 2024, utgave 3d4c89e9c`.
"""

from __future__ import annotations

from innspill.messages import catalogue, joined, long_date, say
from innspill.model import Revision, Version, VersionLabel

SHORT = 9
"""How many characters of a commit's name are shown."""


def revision_name(state: Revision | Version | VersionLabel, language: str) -> str:
    """The name of a state of a text, in the readers' language."""
    shown = state.version or state if isinstance(state, Revision) else state
    word = edition(shown, language) if isinstance(shown, Revision) else shown.word
    return joined(", ", (long_date(shown.day, language), word)).within(catalogue(language))


def edition(revision: Revision, language: str) -> str:
    """The name of a commit: `utgave 3d4c89e9c`."""
    return say("edition {id}", id=revision.id[:SHORT]).within(catalogue(language))
