"""Puts a finished set of files in the place of the published folder, all or nothing.

The only code that writes the output folder. What it needs meanwhile it keeps in `.innspill/`
beside that folder (`state`). A run

1. takes the folder's lock, and finishes or discards what a killed run left (`publishing`),
2. compares what is wanted with what is there (`plan`); where nothing differs, it stops,
3. copies what a hand had changed into the project's own `.innspill/` (`saved_copies`),
4. makes a complete new tree and exchanges the folder for it in one step (`exchange`), or
5. where the system refuses that, makes the new files and then moves each to its place
   (`file_by_file`).
"""

from innspill.publish.faults import PublishError
from innspill.publish.publishing import clean, locked, publish
from innspill.publish.state import State, state_of

__all__ = ["PublishError", "State", "clean", "locked", "publish", "state_of"]
