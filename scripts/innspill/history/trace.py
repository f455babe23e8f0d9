"""What a statement shows of what git knows: its old texts composed, its words looked into.

That depends on the facts alone: no repository is opened, and no folder is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from innspill.check.settled import Settled
from innspill.diagnostics import Diagnostic
from innspill.git_facts import GitFacts
from innspill.history.commit_texts import called, entries_are_meant, tag_is_meant, words_of
from innspill.history.earlier import make_earlier
from innspill.history.versions import ReadVersion, make_version
from innspill.model import Trace


@dataclass(frozen=True, slots=True)
class TraceResult:
    """What git knows of a statement, composed, and what is wrong with that."""

    trace: Trace
    faults: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The texts that faults are in, by the paths that those name."""
    settled: tuple[Settled, ...] = field(default=(), repr=False)
    """The old texts that are published, to be checked."""
    unmade: tuple[str, ...] = ()
    """The tags whose versions can't be read."""


def trace_of(facts: GitFacts, hidden: str | None, meant: tuple[str, ...]) -> TraceResult:
    """Composes what git knows of a statement.

    `hidden` is the case officer of today's text where that name must not be published, and
    `meant` are the words that may be.
    """
    made = [make_version(each) for each in facts.versions]
    good = [each for each in made if isinstance(each, ReadVersion)]
    bad = [each for each in made if not isinstance(each, ReadVersion)]
    found = make_earlier(facts.earlier) if facts.earlier else None
    of_tags = tuple(_tags_are_meant(good, hidden, meant))
    of_entries = tuple(entries_are_meant(facts.entries, meant))
    settled = (
        *((found.settled,) if found and found.settled else ()),
        *(each.settled for each in good),
    )
    texts = dict(found.texts) if found else {}
    for each in settled:
        texts |= each.texts
    if of_entries:
        texts |= {called(each): words_of(each) for each in facts.entries}
    if of_tags:
        texts |= {f"git tag {each.given.tag}": each.version.word for each in good}
    return TraceResult(
        Trace(
            found.earlier if found else None,
            facts.stamp,
            tuple(each.version for each in good),
            facts.entries,
            facts.former,
        ),
        (
            *(found.faults if found else ()),
            *of_entries,
            *(each.fault for each in bad),
            *of_tags,
        ),
        texts,
        settled,
        tuple(each.tag for each in bad),
    )


def _tags_are_meant(
    made: Sequence[ReadVersion], hidden: str | None, meant: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """What the names of published versions tell that is not meant for everyone."""
    officers = (hidden, *(each.officer for each in made if each.given.hides_case_officer))
    names = {each for each in officers if each}
    for each in made:
        tag, version, at = each.given.tag, each.version, each.given.at
        yield from tag_is_meant(tag, version.statement.url, version.word, names, meant, at)
