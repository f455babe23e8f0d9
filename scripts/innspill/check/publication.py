"""Rules for the whole: one URL for each source, and no character that can't be drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from innspill.compose.addresses import CONTENTS, PROPOSALS
from innspill.compose.versions import example_tag
from innspill.diagnostics import Diagnostic, Location, error
from innspill.forms import CHANGES_PAGE, FOLDER
from innspill.messages import joined, say
from innspill.model import Card, Consultation, Page, Site, StatementHead
from innspill.read.names import LONGEST, flaw_of
from innspill.read.source import Source, texts_of

RESERVED = ("assets", "manifest.json", "feed.xml", "robots.txt", "sitemap.xml", "404.html")
"""What no address may begin with."""
REDLINES = (CHANGES_PAGE,)
"""What stands in a statement's folder beside its page and its PDFs, where it is compared."""
OWN = (CONTENTS, CONTENTS.rpartition("/")[0])
"""The page that the program adds, and the folder it needs, which no file may take the name of."""


NAMED, LINES = 3, 10
"""How many characters of a script are named, and how many of their lines."""


def entries_of(site: Site) -> list[tuple[str, str, Location]]:
    """The address, the source and the place of all that is published but the home page."""
    pages: tuple[Consultation | Card | Page, ...] = (
        *site.consultations,
        *site.statements,
        *site.pages,
    )
    entries = [(each.url, each.source, each.at) for each in pages]
    entries += [
        (statement.folder + file, statement.source, statement.at)
        for statement in site.statements
        for file in (
            *(paper.file for paper in statement.papers),
            *(REDLINES if statement.is_compared else ()),
        )
    ]
    entries += [
        (question.url, case.source, case.at)
        for case in site.consultations
        for question in case.questions
    ]
    entries += [
        (case.folder + name, case.source, case.at)
        for case in site.consultations
        for name in ("data.json", "forslag.csv", "hovedpunkter.csv")
    ]
    entries += [
        (case.folder + PROPOSALS, case.source, case.at)
        for case in site.consultations
        if case.proposals
    ]
    entries += [
        (case.folder + FOLDER.file, case.source, case.at)
        for case in site.consultations
        if case.agenda
    ]
    entries += [(each.url, each.source, each.at) for each in site.attachments]
    entries += [
        (url, statement.source, statement.at)
        for statement in site.statements
        for url in (
            *(each.url for each in statement.withdrawn if each.url),
            *(each.url for each in statement.versions),
        )
    ]
    return entries


def folders_of(url: str) -> Iterator[str]:
    """The folders that an address stands in, the nearest first."""
    while url := url.rpartition("/")[0]:
        yield url


def urls_differ(site: Site) -> Iterator[Diagnostic]:
    """No two sources have one URL, not even where capitals count as small letters.

    Neither have two folders: on a Windows share, or a Mac's disk, they would be one.
    """
    entries = entries_of(site)
    seen: dict[str, str] = {"index.html": "index.md"}
    told: set[tuple[str, str]] = set()
    """The sources whose addresses are the same: of many addresses, one is enough."""
    for url, source, at in entries:
        folded = folded_url(url)
        if folded.split("/")[0] in RESERVED or folded in OWN:
            message = say('the address "{url}" is the program\'s own', url=url)
            yield error("same-url", message, at, say("give the file or folder another name"))
        elif (first := seen.get(folded, source)) != source and (first, source) not in told:
            told.add((first, source))
            message = say('"{first}" has the same address: {url}', first=first, url=url)
            yield error("same-url", message, at, say("give one of them another name"))
        seen.setdefault(folded, source)
    yield from _folders_differ(entries, {source for _, source in told})
    for url, _, at in entries:
        for folder in folders_of(folded_url(url)):
            if file := seen.get(folder):
                message = say('"{first}" is a file where {url} needs a folder', first=file, url=url)
                yield error("same-url", message, at, say("give one of them another name"))


def _folders_differ(
    entries: list[tuple[str, str, Location]], told: set[str]
) -> Iterator[Diagnostic]:
    """No two folders have one address; nothing more is said of the sources in `told`."""
    spellings: dict[str, set[str]] = {}
    for url, source, at in entries:
        for written in folders_of(url):
            others = spellings.setdefault(folded_url(written), {written})
            if written not in others and source not in told:
                others.add(written)
                first = min(others - {written})
                message = say(
                    'the folder "{first}" has the same address: {url}', first=first, url=written
                )
                yield error("same-url", message, at, say("write both names alike"))


def folded_url(url: str) -> str:
    """An address in the form in which some disks and servers compare it."""
    return normalize("NFC", normalize("NFC", url).casefold())


def addresses_can_be_copied(site: Site) -> Iterator[Diagnostic]:
    """Each address is one that a file can have on any disk that the site is copied to."""
    for url, source, at in entries_of(site):
        parts, around = url.split("/"), source.split("/")[:-1]
        flaws = ((place, flaw) for place, part in enumerate(parts) if (flaw := flaw_of(part)))
        if found := next(flaws, None):
            place, flaw = found
            path = at.path
            if parts[: place + 1] == around[: place + 1]:  # a folder's name: told once
                path = path.removesuffix(source) + "/".join(around[: place + 1])
            yield error("file-name", flaw, Location(path), say("rename it"))
        elif len(url) > LONGEST:
            message = say(
                "the address is {n} characters long, and may have {most}: {url}",
                n=len(url),
                most=LONGEST,
                url=url,
            )
            hint = say("shorten the names of the file and of the folders around it")
            yield error("file-name", message, Location(at.path), hint)


def withdrawn_are_versions(statement: StatementHead) -> Iterator[Diagnostic]:
    """What is withdrawn is a version of the statement."""
    for each in statement.withdrawn:
        if each.url is None:
            message = say('the tag "{tag}" names no version of this statement', tag=each.tag)
            form = example_tag(statement.source, each.form)
            yield error("withdrawn", message, each.at, say("write it as in {form}", form=form))


def characters_are_drawn(source: Source, coverage: frozenset[int]) -> Iterator[Diagnostic]:
    """Each character of a file is in the project's fonts.

    A browser or a PDF would take what is missing from whatever font the machine has, and
    look different, or print an empty box, on another. What is written as an entity
    (`&#x4e2d;`) or an escape is found in what it becomes. All of one script are one fault.
    """
    if source.is_unread:
        return  # what is wrong with the whole comes first: other bytes than text, or too many
    alike: dict[str, list[tuple[str, Location]]] = {}
    for character, at in _not_drawn(source, coverage):
        alike.setdefault(_script(character), []).append((character, at))
    for found in alike.values():
        yield _one_fault(found)


def _not_drawn(source: Source, coverage: frozenset[int]) -> Iterator[tuple[str, Location]]:
    written = set(source.text)
    if odd := {each for each in written - {"\t", "\n"} if ord(each) not in coverage}:
        for number, line in enumerate(source.text.split("\n"), 1):
            for column, character in enumerate(line, 1):
                if character in odd:
                    yield character, Location(source.shown, number, column)
    if written.isdisjoint("&\\"):
        return  # nothing becomes another character
    for text, at in texts_of(source):
        for character in sorted(set(text) - written):
            if ord(character) not in coverage and not character.isspace():
                yield character, at


def _script(character: str) -> str:
    """What a character is told together with: the letters of its script, else its likes alone."""
    name = unicodedata.name(character, "")
    return name.split()[0] if name and unicodedata.category(character)[0] in "LMN" else character


def _one_fault(found: Sequence[tuple[str, Location]]) -> Diagnostic:
    """What is wrong with characters of one kind, at the first of them."""
    (first, at), kinds = found[0], list(dict.fromkeys(each for each, _ in found))
    names = [f"{_named(each)}" for each in kinds[:NAMED]]
    if len(kinds) > 1:
        more = ["…"] if len(kinds) > NAMED else []
        message = say(
            "no font of the project has these characters: {names}", names=", ".join(names + more)
        )
    else:
        message = say("no font of the project has the character {name}", name=names[0])
    hint = say("write it in another way")
    if unicodedata.category(first) in {"Cf", "Cc", "Zl", "Zp"}:
        hint = say("it is invisible: delete it")
    elif first == "\ufffd":  # what programs write for what they can't read
        hint = say("copy it anew from where it came, and see that æ, ø and å are right")
    elif first in "\u2010\u2011":
        hint = say("write the usual hyphen, -")
    if len({each.line for _, each in found}) == 1 < len(found):
        hint = joined("; ", (hint, say("there are {n} of them on this line", n=len(found))))
    elif len(found) > 1:
        lines = [*dict.fromkeys(str(each.line) for _, each in found)]
        told = ", ".join(lines[:LINES] + (["…"] if len(lines) > LINES else []))
        count = say("there are {n} of them, on the lines {lines}", n=len(found), lines=told)
        hint = joined("; ", (hint, count))
    return error("no-glyph", message, at, hint)


def _named(character: str) -> str:
    """`U+200B (ZERO WIDTH SPACE)`."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")
