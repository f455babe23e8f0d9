"""What git is asked of a consultation, and what it answers: part of what its files hang on.

The answers are finished values, so that a commit elsewhere makes nothing of it anew. What they
were asked of is kept with them, so that they can be asked again without reading any source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from innspill.history.checkout import Checkout
from innspill.history.fault import HistoryFault
from innspill.history.stamps import IsKept, stamp_of
from innspill.model import Stamp


@dataclass(frozen=True, slots=True)
class Stamped:
    """A statement's stamp."""

    paths: tuple[str, ...]
    """Of all that the statement shows."""
    stamp: Stamp | None
    """None where git can't tell."""


@dataclass(frozen=True, slots=True)
class Traced:
    """What git told of a consultation."""

    is_in_git: bool = False
    """Whether there is a repository that could be asked."""
    tags: tuple[tuple[str, str], ...] = ()
    """The tags of its statements' versions, each with the name of its commit."""
    compared: tuple[tuple[str, str], ...] = ()
    """The revisions that its statements are compared with, each with the name of its commit."""
    stamps: tuple[Stamped, ...] = field(default=(), repr=False)
    """In the order of its statements."""


def ask(
    folder: str,
    revisions: Iterable[str],
    shown: Iterable[tuple[str, ...]],
    checkout: Checkout,
    is_kept: IsKept,
) -> Traced:
    """Asks git of the consultation in a folder, whose statements show these paths.

    Raises HistoryFault where it has no such revision.
    """
    chronicle = checkout.chronicle
    tags = chronicle.tags if chronicle else {}
    return Traced(
        chronicle is not None,
        tuple(
            (name, commit.id)
            for name, commit in sorted(tags.items())
            if name.startswith(f"{folder}/")
        ),
        tuple((name, checkout.repository.commit(name).id) for name in revisions),
        tuple(Stamped(paths, _stamp(paths, checkout, is_kept)) for paths in shown),
    )


def ask_again(traced: Traced, folder: str, checkout: Checkout, is_kept: IsKept) -> Traced:
    """Asks git the same once more. Raises HistoryFault."""
    revisions = (name for name, _ in traced.compared)
    shown = (each.paths for each in traced.stamps)
    return ask(folder, revisions, shown, checkout, is_kept)


def _stamp(paths: tuple[str, ...], checkout: Checkout, is_kept: IsKept) -> Stamp | None:
    if checkout.chronicle is None:
        return None
    try:
        return stamp_of(paths, checkout.chronicle, is_kept)
    except HistoryFault:  # said where the consultation is composed
        return None
