"""What git is asked of a consultation, and what it answers: part of what its files hang on.

The answers are finished values, so that a commit elsewhere makes nothing of it anew. What they
were asked of is kept with them, so that they can be asked again without reading any source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from innspill.history.checkout import Checkout
from innspill.history.fault import HistoryFault
from innspill.history.stamps import IsKept, stamp_of
from innspill.model import Stamp


@dataclass(frozen=True, slots=True)
class Told:
    """What git told of a statement."""

    path: str
    shown: tuple[str, ...]
    """The paths of all that it shows."""
    tags: tuple[tuple[str, str], ...]
    """The tags of its versions, each with the name of its commit."""
    stamp: Stamp | None
    """None where git can't tell."""


@dataclass(frozen=True, slots=True)
class Traced:
    """What git told of a consultation."""

    is_in_git: bool
    """Whether there is a repository that could be asked."""
    compared: tuple[tuple[str, str], ...]
    """The revisions that its statements are compared with, each with the name of its commit."""
    told: tuple[Told, ...]
    """In the order of its statements."""


def ask(
    revisions: Iterable[str],
    shown: Mapping[str, tuple[str, ...]],
    checkout: Checkout,
    is_kept: IsKept,
) -> Traced:
    """Asks git of a consultation: of these revisions, and of its statements by their paths.

    Raises HistoryFault where there is no such revision.
    """
    return Traced(
        checkout.chronicle is not None,
        tuple((name, checkout.repository.commit(name).id) for name in revisions),
        tuple(_told(path, paths, checkout, is_kept) for path, paths in shown.items()),
    )


def ask_again(traced: Traced, checkout: Checkout, is_kept: IsKept) -> Traced:
    """Asks git the same once more. Raises HistoryFault."""
    revisions = (name for name, _ in traced.compared)
    return ask(revisions, {each.path: each.shown for each in traced.told}, checkout, is_kept)


def _told(path: str, shown: tuple[str, ...], checkout: Checkout, is_kept: IsKept) -> Told:
    chronicle = checkout.chronicle
    if chronicle is None:
        return Told(path, shown, (), None)
    tags = tuple((tag.name, tag.commit.id) for tag in chronicle.tags_of(path))
    try:
        return Told(path, shown, tags, stamp_of(shown, chronicle, is_kept))
    except HistoryFault:  # said where the consultation is composed
        return Told(path, shown, tags, None)
