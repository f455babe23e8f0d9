"""Puts a finished set of files in the place of the published folder, all or nothing.

The only code that writes the output folder. What it needs meanwhile it keeps in
`.innspill/` beside that folder (`state`), and copies in the project's own. A run

1. finishes or discards what a killed run left (`publishing.recover`),
2. compares what is wanted with what is there (`plan`); where nothing differs, it stops,
3. exchanges the whole folder in one step (`exchange`), or
4. where the system refuses that, replaces file by file from a journal (`files`),
5. names the copies of whatever a hand had changed (`kept`).

`recover`, `publish` and `clean` are given the state that `locked` gives, while it is held.
They don't take the lock themselves, so that a build can hold it from its first look
at the folder to its last.
"""

from innspill.publish.cleaning import clean
from innspill.publish.errors import PublishError
from innspill.publish.manifest import verify
from innspill.publish.output import Output, Publishable, Stored
from innspill.publish.publishing import look_at, publish, recover
from innspill.publish.result import Cleaned, Published, Way
from innspill.publish.state import State, locked, state_of

__all__ = [
    "Cleaned",
    "Output",
    "PublishError",
    "Publishable",
    "Published",
    "State",
    "Stored",
    "Way",
    "clean",
    "locked",
    "look_at",
    "publish",
    "recover",
    "state_of",
    "verify",
]
