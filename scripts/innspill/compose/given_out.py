"""The one place where drafts that readers are not given leave the site.

Whatever is made for readers is made of what `given_out` gives: pages, search, prints, data,
feed, lists. None of those can forget to ask, and none has to. A meeting folder holds the
drafts that its agenda names: whoever asks for it asks for them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from innspill.compose.addresses import page_url
from innspill.compose.versions import moved
from innspill.facts import Facts
from innspill.forms import FOLDER
from innspill.model import AgendaItem, Consultation, Site, Statement
from innspill.read.edition import Edition
from innspill.read.read import Content, named_by
from innspill.text import Image, Internal, roots_in, select


def given_out(site: Site, edition: Edition, published: Collection[str]) -> Site:
    """The site without the drafts that are held back, and without what only they name.

    `published` are the paths of the files that anything else names.
    """
    if not edition.may_hold:
        return site
    there = frozenset(published)
    return replace(
        site,
        consultations=tuple(case_given_out(e, edition, there) for e in site.consultations),
        attachments=tuple(each for each in site.attachments if each.source in there),
        print_only=tuple(each for each in site.attachments if each.source not in there),
        aliases=tuple(each for each in site.aliases if each.source not in edition.held),
    )


def published_files(content: Content, edition: Edition) -> frozenset[str]:
    """The paths of the files that anything names that readers are given."""
    named = (named_by(each) for each in content.sources if each.path not in edition.held)
    return frozenset(path for paths in named for path in paths if path in content.files)


def held_back(site: Site, edition: Edition) -> tuple[str, ...]:
    """The addresses of the drafts that readers are not given, and of versions that are drafts."""
    found = []
    for case in site.consultations if edition.may_hold else ():
        for each in case.statements:
            if not case.gives_out(each):
                found.append(each.folder)
            if not case.publishes_drafts:
                found += [e.statement.folder for e in each.versions if e.statement.is_draft]
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


def case_given_out(
    case: Consultation, edition: Edition, there: frozenset[str] = frozenset()
) -> Consultation:
    """A consultation without the drafts that are held back; `there` are the published files."""
    if not edition.may_hold:
        return case
    held = tuple(each for each in case.statements if each.source in edition.held)
    return replace(
        case,
        statements=tuple(
            _with_given_versions(each, case) for each in case.statements if each not in held
        ),
        held=tuple(_without_words(_with_given_versions(each, case)) for each in held),
        agenda=_agenda(case.agenda, edition, there),
    )


def _with_given_versions(statement: Statement, case: Consultation) -> Statement:
    """A statement whose versions are those that were adopted, unless drafts are given out."""
    if case.publishes_drafts or not any(each.statement.is_draft for each in statement.versions):
        return statement
    given = tuple(each for each in statement.versions if not each.statement.is_draft)
    return replace(statement, versions=given)


def _without_words(draft: Statement) -> Statement:
    """A draft with nothing of its text: what the pages of its versions say of it is theirs."""
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


def _agenda(
    agenda: tuple[AgendaItem, ...], edition: Edition, there: frozenset[str]
) -> tuple[AgendaItem, ...]:
    """The agenda, whose drafts link to nothing that readers are not given."""
    inside = {each.statement.url for each in agenda if each.statement}
    lost = {page_url(path) for path in edition.held} - inside

    def of(draft: Statement) -> Statement:
        shown = {each.target.url for each in _images(draft) if isinstance(each.target, Internal)}

        def is_lost(to: Internal) -> bool:
            is_page = to.url.endswith("index.html")
            return to.url in lost if is_page else to.url not in there | shown

        return moved(replace(draft, versions=(), earlier=None, history=()), {}, is_lost)

    return tuple(
        replace(each, statement=of(each.statement))
        if each.statement and each.statement.source in edition.held
        else each
        for each in agenda
    )


def _images(statement: Statement) -> list[Image]:
    blocks = (block for section in statement.sections for block in section.blocks)
    notes = (node for note in statement.notes for node in note.children)
    return select([*roots_in(blocks), *notes], Image)
