"""Taking away what was published, and nothing else."""

from __future__ import annotations

from innspill.messages import say
from innspill.publish.errors import told
from innspill.publish.kept import keep_copy
from innspill.publish.known import Known
from innspill.publish.paths import MANIFEST
from innspill.publish.plan import compare, survey
from innspill.publish.publishing import recover
from innspill.publish.result import Cleaned
from innspill.publish.spare import give_up, take_up
from innspill.publish.state import State
from innspill.publish.tree import remove_empty

_UNFINISHED = say("The manifest still lists what is left.")


def clean(state: State) -> Cleaned:
    """Removes what the manifest says is ours, and the folders that it leaves empty.

    Files changed by hand are saved first. The manifest goes last, so that a killed run
    can be repeated. Called with the folder `locked`.

    Raises PublishError where something can't be removed.
    """
    recover(state)
    with told(say("The site could not be removed"), state.folder, _UNFINISHED):
        plan = compare(survey(state.folder), {}, Known())
        _, saved = take_up(plan.survey, state)
        give_up(state)
        saved += tuple((p, keep_copy(state.folder / p, p, state)) for p in plan.saved)
        for path in plan.gone:
            (state.folder / path).unlink(missing_ok=True)
            remove_empty((state.folder / path).parent, state.folder)
        kept = plan.foreign
        if plan.survey.manifest is not None:
            kept = tuple(path for path in kept if path != MANIFEST)
            (state.folder / MANIFEST).unlink()
            if not state.is_linked:
                remove_empty(state.folder, state.folder.parent)
    return Cleaned(plan.removed, kept, saved)
