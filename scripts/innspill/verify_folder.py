"""A published folder beside its manifest, and beside what the commit that it names makes.

Pages are compared as trees with every attribute, PDFs by all that they draw or do, and all else
by its bytes. Files that the program did not make are a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from innspill.apart import BrokenOff, run_apart
from innspill.given_prints import COMPARING
from innspill.history.fault import HistoryFault
from innspill.history.files import opened
from innspill.limits import OverLimit
from innspill.line_ends import text_digest, with_one_line_end
from innspill.manifest import MANIFEST, read_manifest, read_revision, verify
from innspill.messages import Message, joined, say, sentence
from innspill.pdf.difference import Difference, Weight
from innspill.pdf.made_from import MadeFrom, templates_named
from innspill.pdf.read_back import NotReadable, all_made_from
from innspill.project import Project
from innspill.rebuild import Origin, WholeSite, rebuild
from innspill.remade import RebuildResult
from innspill.render.provenance import program
from innspill.store import believed
from innspill.verification import Verification, VerifyResult
from innspill.verify_page import Words, page_differs, words_of_pages
from innspill.verify_pdf import READING, named_texts, why_draft, why_not_read
from innspill.weigh import pdf_differs

MADE_WITH = re.compile(rb'(?<="lagetMed":){"program":"[^"\\]*","maler":"[^"\\]*"}')
"""What data say of the program and the templates that they were made with: nothing of the text."""
LINES = (".css", ".js", ".json", ".csv", ".xml", ".svg", ".txt")
"""The files that are the same with other line ends, as some ways of copying make them."""


def verify_folder(project: Project, folder: Path, seconds: int) -> Verification:
    """What is found of a published folder. Raises OSError and PrintLibraryMissing."""
    manifest = read_manifest(folder)
    if manifest is None:
        why = say("there is no manifest of Innspill's in it")
        return Verification(str(folder), VerifyResult.NOT_OURS, findings=(why,))
    notes = tuple(_foreign(folder, manifest))
    commit = read_revision(folder)
    silent = _why_git_is_silent(project) if commit else say("the manifest names no commit")
    if commit is None or silent:
        note = say("git was not asked: {why}", why=silent)
        return _by_manifest(folder, commit or "", (*notes, note))
    asked = WholeSite(folder.resolve(), frozenset(manifest))
    made, differing, named = _nearest(project, asked, commit, seconds)
    if made.why:
        return _by_manifest(folder, commit, (*notes, made.why))
    worst = max((each.weight for each in differing), default=Weight.HARMLESS)
    made_otherwise = (*made.unsure, *_why_made_otherwise(named, made.whose)) if worst else ()
    if not differing:
        answer = VerifyResult.SAME_WITH if made.notes else VerifyResult.SAME
    elif worst is Weight.HARMLESS:
        answer = VerifyResult.SAYS_SO
    elif worst is Weight.PLACE or (made_otherwise and worst < Weight.ACTIVE):
        answer, notes = VerifyResult.UNKNOWN, (*notes, *made_otherwise)
    else:
        answer = VerifyResult.OTHER
    told = tuple(each.message for each in differing)
    return Verification(str(folder), answer, commit, (*told, *made.notes, *notes))


def _by_manifest(folder: Path, commit: str, notes: tuple[Message, ...]) -> Verification:
    """What the manifest alone says of a folder: it may have been changed with the files."""
    findings = tuple(_beside_manifest(folder))
    answer = VerifyResult.OTHER if findings else VerifyResult.UNKNOWN
    if not findings:
        findings = (say("its files are as its own manifest has them"),)
    return Verification(str(folder), answer, commit, (*findings, *notes))


def _nearest(
    project: Project, asked: WholeSite, commit: str, seconds: int
) -> tuple[RebuildResult, tuple[Difference, ...], tuple[MadeFrom, ...]]:
    """What the commit makes with its own templates, or else with those that the PDFs name.

    With what differs, and, where anything does, all that the PDFs name.
    """
    store = believed(project)
    origin = Origin(project.content, project.shown_content, store, commit, project.templates)
    first = rebuild(asked, origin, seconds)
    differing = tuple(_beside_commit(asked.folder, first.files)) if not first.why else ()
    if not (first.why or differing):
        return first, (), ()
    named = _named(asked.folder, asked.paths)
    whose = _whose_templates(named)
    if whose and whose != first.whose:
        second = rebuild(asked, replace(origin, whose=whose), seconds)
        if second.why or second.files == first.files:  # as where those templates are not here
            return first, differing, named
        others = tuple(_beside_commit(asked.folder, second.files))
        if first.why or len(others) < len(differing):
            return second, others, named
    return first, differing, named


def _whose_templates(named: Iterable[MadeFrom]) -> str:
    """The templates that a folder's PDFs name, where they name the same."""
    templates = {each.templates for each in named}
    return templates.pop() if len(templates) == 1 else ""


def _named(folder: Path, paths: Iterable[str]) -> tuple[MadeFrom, ...]:
    """What a folder's PDFs say that they were made from, as far as they can be read."""
    with suppress(OverLimit, BrokenOff):
        pdfs = tuple(folder / path for path in sorted(paths) if path.endswith(".pdf"))
        return run_apart(all_made_from, (pdfs,), READING)
    return ()


def _why_made_otherwise(named: Sequence[MadeFrom], whose: str) -> tuple[Message, ...]:
    """Why its files may honestly be others than with these templates: nothing where not."""
    why = why_draft(text for each in named for text in named_texts(each.texts))
    programs = {each.program for each in named} - {"", program()}
    if programs:
        told = say("it was made by another program: {named}", named=", ".join(sorted(programs)))
        why += (told,)
    digests = {templates_named(each.templates).digest for each in named if each.templates}
    if digests - {templates_named(whose).digest}:
        why += (say("the templates that it was made with are not here"),)
    return why


def _why_git_is_silent(project: Project) -> Message | None:
    try:
        opened(project.content)
    except HistoryFault as fault:
        return fault.message
    return None


def _files_in(folder: Path) -> list[str]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
    return [path.relative_to(folder).as_posix() for path in found]


def _beside_manifest(folder: Path) -> Iterator[Message]:
    told = {"missing": sentence("missing: {path}"), "changed": sentence("changed: {path}")}
    for each in verify(folder):
        what, path = each.split(" ", 1)
        yield told[what].filled(path=path)


def _foreign(folder: Path, manifest: Mapping[str, str]) -> Iterator[Message]:
    """The files that are not the program's."""
    ours = {*manifest, MANIFEST}
    for name in _files_in(folder):
        if name not in ours:
            yield say("not made by Innspill, and not looked into: {path}", path=name)


def _beside_commit(folder: Path, made: Mapping[str, bytes]) -> Iterator[Difference]:
    """What differs in the files that the commit makes."""
    listed, words = read_manifest(folder) or {}, words_of_pages(made)
    for path in sorted({*made, *listed}):
        here = folder / path
        if path not in made:
            yield Difference(Weight.CHANGED, say("{path}: that commit has no such", path=path))
        elif not here.is_file() and not here.is_symlink():
            # No program leaves a file out that its own manifest names.
            weight = Weight.ACTIVE if path in listed else Weight.CHANGED
            yield Difference(weight, say("missing: {path}", path=path))
        elif here.is_symlink():
            yield Difference(Weight.CHANGED, say("changed: {path}", path=path))
        elif (data := here.read_bytes()) != made[path]:
            found = _file_differs(path, made[path], data, words.get(path, ()))
            is_listed = path == MANIFEST or _is_as_listed(data, listed.get(path))
            is_as_published = is_listed or not found.weight
            yield found if is_as_published else replace(found, weight=Weight.ACTIVE)


def _is_as_listed(data: bytes, digest: str | None) -> bool:
    """Whether a file is as the folder's own manifest has it, but for its line ends."""
    return digest in {None, sha256(data).hexdigest(), text_digest(data)}


def _file_differs(path: str, was: bytes, now: bytes, words: Words) -> Difference:
    if path == MANIFEST:  # it has but the digests of the others
        return Difference(Weight.HARMLESS, say("{path}: in other bytes", path=path))
    if path.endswith(".html"):
        return _apart(path, page_differs, (path, was, now, words))
    if path.endswith(".pdf"):
        return _apart(path, pdf_differs, (path, was, now, program()))
    if path.endswith(LINES) and was == with_one_line_end(now):
        return Difference(Weight.HARMLESS, say("{path}: the same in other bytes", path=path))
    if path.endswith(".json") and _is_made_with_others(was, now):
        message = say("{path}: the same, made with other templates", path=path)
        return Difference(Weight.HARMLESS, message)
    return Difference(Weight.CHANGED, say("{path}: not as that commit makes it", path=path))


def _is_made_with_others(was: bytes, now: bytes) -> bool:
    """Whether data differ but in what they say of the program and the templates."""
    before, after = MADE_WITH.split(was), MADE_WITH.split(with_one_line_end(now))
    return len(before) > 1 and before == after


def _apart(path: str, differs: Callable[..., Difference], arguments: tuple[Any, ...]) -> Difference:
    """How a file differs that may be made to harm."""
    try:
        return run_apart(differs, arguments, COMPARING)
    except NotReadable:
        return Difference(Weight.CHANGED, say("{path}: it can't be read", path=path))
    except (OverLimit, BrokenOff) as fault:
        return Difference(Weight.CHANGED, joined(": ", (path, why_not_read(fault))))
