"""The two commands that change the output folder: `build` and `clean`.

Only what costs little to import is imported at once: where nothing has changed, that is all.
"""

from __future__ import annotations

from innspill.errors import WrongArguments
from innspill.messages import say
from innspill.output import Cleaned
from innspill.project import BuildOptions, BuildResult, Project, Step
from innspill.publish import clean as clean_folder
from innspill.publish import locked, state_of
from innspill.shortcut import still_holding
from innspill.store import Store


def build(project: Project, options: BuildOptions, on_step: Step) -> BuildResult:
    """Builds the site, unless the last build of this folder still holds, or fills the store.

    Raises OSError, PublishError or PrintLibraryMissing where the machine is at fault.
    """
    needs_shared = options.scheduler or options.shard
    if needs_shared and not (project.shared or project.store_is_named):
        raise WrongArguments(
            say("with {option}, name a store that all the machines reach: --store",
                option="--on" if options.scheduler else "--shard")
        )  # fmt: skip
    if options.shard:
        from innspill.build import fill_store

        return fill_store(project, options, on_step)
    if (last := still_holding(project, options)) is not None:
        return last
    from innspill.build import build as build_anew

    return build_anew(project, options, on_step)


def clean(project: Project) -> Cleaned:
    """Removes what was published, and what the project's store remembers.

    Raises OSError and PublishError.
    """
    if project.shared:
        raise WrongArguments(
            say("the store {path} is shared: empty it where it is", path=project.shared)
        )
    state = state_of(project.output, project.home, adopts=True)
    with locked(state, lambda: None):
        cleaned = clean_folder(state)
    Store(project.store).clear()
    return cleaned
