"""Publishing from beginning to end, and finishing what a killed run left."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from innspill.messages import Message, say
from innspill.owned import make_own
from innspill.publish import exchange, files
from innspill.publish.errors import Refused, told
from innspill.publish.known import read_known
from innspill.publish.manifest import whole_site
from innspill.publish.output import Publishable
from innspill.publish.paths import MANIFEST
from innspill.publish.plan import Plan, Survey, compare, survey
from innspill.publish.refusal import refusal
from innspill.publish.result import Published, Saved, Way
from innspill.publish.spare import give_up, take_up
from innspill.publish.state import State, admit, believe


def look_at(state: State) -> Survey:
    """What the folder holds; called with it `locked`, after `recover`."""
    return survey(state.folder)


def publish(
    outputs: Iterable[Publishable],
    state: State,
    *,
    generator: str,
    revision: str | None = None,
    look: Callable[[], Survey] | None = None,
) -> Published:
    """Puts the outputs in the folder in place of what an earlier run put there.

    The manifest names the `revision` of git that they were made in. What is not ours stays.
    Called with the folder `locked`. `look` tells what it holds, as seen since it was locked:
    what a hand does to it meanwhile is found after the exchange.

    Raises ValueError where the outputs make no sense together, and PublishError where
    they could not be published; unless its message says otherwise, the folder is then
    as it was.
    """
    site = whole_site(outputs, generator, revision)
    recover(state)
    with told(say("The output folder could not be read"), state.folder):
        plan = compare(look() if look else survey(state.folder), site, read_known(state))
        if plan.is_done:
            return _result(plan, Way.NOTHING)
        reason = refusal(plan.survey, state)
    if plan.saved:
        with told(say("The new site could not be written"), state.kept):
            make_own(state.kept, state.home.parent)
    with told(say("The new site could not be written"), state.spare):
        spare, saved = take_up(plan.survey, state)
    if reason is None:
        try:
            saved += exchange.replace_whole(plan, spare, state)
            return _result(plan, Way.EXCHANGE if plan.survey.kinds else Way.FIRST, saved)
        except Refused as refused:
            reason = refused.reason
    with told(say("The new site could not be written"), state.staging):
        give_up(state)
    return _result(plan, Way.FILES, saved + files.replace_files(plan, state), reason)


def recover(state: State) -> None:
    """Finishes what a killed run had begun to put in place, and discards all else it left.

    Called with the folder `locked`. Where nothing is left, it only looks for it.

    Raises PublishError where that can't be done, or the folder is another's.
    """
    exchange.resume(state)
    files.resume(state)
    believe(state)
    admit(state)


def _result(plan: Plan, way: Way, saved: Saved = (), reason: Message | None = None) -> Published:
    return Published(
        written=tuple(path for path in plan.written if path != MANIFEST),
        removed=plan.removed,
        unchanged=len(plan.files.keys() - {*plan.written, MANIFEST}),
        kept=plan.foreign,
        saved=saved,
        never_ours=frozenset(dict(saved)) - (plan.survey.manifest or {}).keys(),
        way=way,
        reason=reason,
        digests={path: file.sha256 for path, file in plan.files.items()},
    )
