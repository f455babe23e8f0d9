"""The one place where drafts that readers are not given leave the site.

Whatever is made for readers is made of what `given_out` gives: pages, search, prints, data,
feed, lists. None of those can forget to ask, and none has to. A meeting folder holds the
drafts that its agenda names: whoever asks for it asks for them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import PurePosixPath

from innspill.compose.versions import moved
from innspill.facts import Facts
from innspill.forms import FOLDER
from innspill.model import Attachment, Card, Consultation, Site, Statement
from innspill.read.edition import Edition
from innspill.text import Internal


def given_out(site: Site, edition: Edition, published: Collection[str]) -> Site:
    """The site without the drafts that are held back, and without what only they name.

    `published` are the paths of the files that anything else names.
    """
    if not edition.may_hold:
        return site
    there = frozenset(published)
    given = replace(
        site,
        consultations=tuple(_given_out(each, edition) for each in site.consultations),
        attachments=tuple(each for each in site.attachments if each.source in there),
        print_only=tuple(each for each in site.attachments if each.source not in there),
        aliases=tuple(each for each in site.aliases if each.source not in edition.held),
    )
    return with_own_old_files(given)


def with_own_old_files(site: Site) -> Site:
    """The site with the files of those versions alone that its statements have."""
    folders = {
        version.folder
        for case in site.consultations
        for card in (*case.statements, *case.held)
        for version in card.versions
    }

    def is_theirs(file: Attachment) -> bool:
        return any(f"{each}/" in folders for each in PurePosixPath(file.url).parents)

    return replace(site, old_files=tuple(filter(is_theirs, site.old_files)))


def held_back(site: Site, edition: Edition) -> tuple[str, ...]:
    """The addresses of the drafts that readers are not given, and of versions that are drafts."""
    found = []
    for case in site.consultations if edition.may_hold else ():
        for each in case.statements:
            if not case.gives_out(each):
                found.append(each.folder)
            if not case.publishes_drafts:
                found += [version.folder for version in each.versions if version.is_draft]
    return tuple(each.rstrip("/") for each in found)


def unseen(site: Site, edition: Edition) -> frozenset[str]:
    """The paths of the drafts that readers see nothing of, not even in a meeting folder."""
    return edition.held - {path for case in site.consultations for path in _on_agenda(case)}


def folders_with_drafts(site: Site, edition: Edition) -> tuple[str, ...]:
    """The addresses of the meeting folders that hold drafts which are held back elsewhere."""
    cases = (case for case in site.consultations if not edition.held.isdisjoint(_on_agenda(case)))
    return tuple(case.folder + FOLDER.file for case in cases)


def _on_agenda(case: Consultation) -> set[str]:
    return {f"{case.source.rpartition('/')[0]}/{each.name}.md" for each in case.agenda}


def _given_out(case: Consultation, edition: Edition) -> Consultation:
    """A consultation without the drafts that are held back."""
    cards = tuple(_with_given_versions(each, case) for each in case.statements)
    return replace(
        case,
        statements=tuple(each for each in cards if each.source not in edition.held),
        held=tuple(_without_words(each) for each in cards if each.source in edition.held),
    )


def _with_given_versions(card: Card, case: Consultation) -> Card:
    """A statement whose versions are those that were adopted, unless drafts are given out."""
    if case.publishes_drafts or not any(each.is_draft for each in card.versions):
        return card
    return replace(card, versions=tuple(each for each in card.versions if not each.is_draft))


def _without_words(draft: Card) -> Card:
    """A draft with nothing of its text: what the pages of its versions say of it is theirs."""
    title = draft.versions[0].title if draft.versions else ""
    return replace(
        draft,
        title=title,
        facts=Facts(),
        summary=(),
        proposed=(),
        replies={},
        references=(),
        split=(),
        enclosures=(),
        prints=(),
        is_compared=False,
    )


def as_versions_show_it(draft: Statement) -> Statement:
    """The same of a draft that is held back, for the pages of its versions."""
    title = draft.versions[0].statement.title if draft.versions else ""
    return replace(
        draft,
        title=title,
        facts=Facts(),
        sections=(),
        notes=(),
        summary=(),
        proposals=(),
        enclosures=(),
        attached_source=None,
        prints=(),
        earlier=None,
        history=(),
    )


def on_an_agenda(draft: Statement, lost: Collection[str]) -> Statement:
    """A held draft in a meeting folder: it leads to nothing that readers are not given."""

    def is_lost(to: Internal) -> bool:
        return to.url in lost

    return moved(replace(draft, versions=(), earlier=None, history=()), {}, is_lost)
