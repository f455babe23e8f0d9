"""`innspill verify`: does a PDF say what git says, and a folder what its manifest says?

The commit that a PDF names is read from git's objects, and its PDF made anew in memory, with
that commit's own templates; nothing is checked out, and nothing written, in the project or in the
store. The answers: the same bytes; the same text in other bytes; another text; not ours.
"""

from __future__ import annotations

import difflib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from innspill.build import make_press
from innspill.compose.compose import compose
from innspill.history.fault import HistoryFault
from innspill.history.files import files_in, opened
from innspill.history.trace import trace
from innspill.messages import Message, say
from innspill.model import Site
from innspill.pdf.reading import NotReadable, ReadBack, read_back
from innspill.project import Project
from innspill.publish.manifest import read_manifest, verify
from innspill.publish.paths import MANIFEST
from innspill.read.read import read_files
from innspill.render.prints import plan_prints
from innspill.render.templates import Templates
from innspill.store import Store

STAMP = re.compile(r"(?P<path>[^@]+\.md)@(?P<commit>[0-9a-f]{40}|[0-9a-f]{64})(?P<dirty>-dirty)?")
SHOWN = 20
"""How many differences are told."""


class Answer(StrEnum):
    """What a file turned out to be."""

    SAME = "same"
    SAME_TEXT = "same-text"
    OTHER = "other"
    NOT_OURS = "not-ours"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found of one PDF or folder."""

    path: str
    answer: Answer
    commit: str = ""
    """The commit that it names."""
    findings: tuple[Message, ...] = ()
    """What differs, or why nothing can be said."""


def verify_paths(project: Project, paths: tuple[Path, ...]) -> tuple[Verdict, ...]:
    """What is found of each path.

    Raises OSError, TemplateFault and PrintLibraryMissing.
    """
    return tuple(
        verify_folder(path) if path.is_dir() else verify_pdf(project, path) for path in paths
    )


def verify_folder(folder: Path) -> Verdict:
    """A published folder beside its own manifest; git is not asked."""
    manifest = read_manifest(folder)
    if manifest is None:
        why = say("there is no manifest of Innspill's in it")
        return Verdict(str(folder), Answer.NOT_OURS, findings=(why,))
    told = {"missing": say("missing: {path}"), "changed": say("changed: {path}")}
    found = [each.split(" ", 1) for each in verify(folder)]
    findings = [Message(told[what].text, (("path", path),)) for what, path in found]
    ours = {*manifest, MANIFEST}
    there = (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
    names = (path.relative_to(folder).as_posix() for path in there)
    findings += [say("added: {path}", path=name) for name in names if name not in ours]
    return Verdict(str(folder), Answer.OTHER if findings else Answer.SAME, "", tuple(findings))


def verify_pdf(project: Project, path: Path) -> Verdict:
    """A PDF beside what the commit that it names makes."""
    data = path.read_bytes()
    judge = partial(Verdict, str(path))
    try:
        given = read_back(data)
    except NotReadable as fault:
        return judge(Answer.NOT_OURS, "", (say("it can't be read: {why}", why=str(fault)),))
    stamp = STAMP.fullmatch(given.source)
    if stamp is None:
        why = say("it names no commit that it was made from")
        return judge(Answer.NOT_OURS, "", (why,))
    commit = stamp["commit"]
    if stamp["dirty"]:
        why = say("it is a working draft: it was made from text that was not committed")
        return judge(Answer.NOT_OURS, commit, (why,))
    try:
        made = list(_made(project, commit, stamp["path"], path.name))
    except HistoryFault as fault:
        return judge(Answer.NOT_OURS, commit, (fault.message,))
    if not made:
        why = say("that commit has no statement {path}", path=stamp["path"])
        return judge(Answer.NOT_OURS, commit, (why,))
    if any(data == each for each in made):
        return judge(Answer.SAME, commit)
    ours = [read_back(each) for each in made]
    nearest = max(ours, key=lambda each: _likeness(each, given))
    findings = tuple(_differences(nearest, given))
    is_same = nearest.paragraphs == given.paragraphs
    return judge(Answer.SAME_TEXT if is_same else Answer.OTHER, commit, findings[:SHOWN])


def _made(project: Project, commit: str, path: str, name: str) -> Iterator[bytes]:
    """The PDFs of a statement, those first that have the given name. Raises HistoryFault."""
    repository = opened(project.content)
    then = files_in(repository, repository.commit(commit))
    content = read_files(then, project.shown_content)
    history = trace(project.content, content, at=commit)
    for fault in history.faults:
        raise HistoryFault(fault.code, fault.message, fault.hint)
    site = compose(content, traces=history.traces)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as spare:
        own, store = Path(folder), Store(project.store, Path(spare))
        for file, data in repository.files_beside(commit, "templates").items():
            target = own / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        yield from _printed(site, path, name, own, store)


def _printed(site: Site, path: str, name: str, own: Path, store: Store) -> Iterator[bytes]:
    statement = next((each for each in site.statements if each.source == path), None)
    if statement is None:
        return
    press = make_press(site, Templates(own), store)
    jobs = [job for job in plan_prints(press) if job.paths[0].startswith(statement.folder)]
    named = [job for job in jobs if name in {path.rpartition("/")[2] for path in job.paths}]
    for job in named or jobs:
        yield from (each.data for each in job.make().outputs)


def _likeness(ours: ReadBack, given: ReadBack) -> tuple[bool, float]:
    """How well one PDF fits another: the same title first, then the text."""
    matcher = difflib.SequenceMatcher(None, ours.paragraphs, given.paragraphs, autojunk=False)
    return ours.about.get("/Title") == given.about.get("/Title"), matcher.ratio()


def _differences(ours: ReadBack, given: ReadBack) -> Iterator[Message]:
    for key in sorted({*ours.about, *given.about}):
        is_, was = given.about.get(key, "–"), ours.about.get(key, "–")
        if is_ != was:
            yield say("{key} is “{now}”, was “{was}”", key=key[1:], now=is_, was=was)
    if ours.metadata != given.metadata:
        yield say("the metadata is another")
    if ours.pages != given.pages:
        yield say("pages: {n}, were {m}", n=given.pages, m=ours.pages)
    for name in sorted({*ours.attached, *given.attached}):
        if ours.attached.get(name) != given.attached.get(name):
            yield say("the file in it is another: {name}", name=name)
    blocks = difflib.SequenceMatcher(None, ours.paragraphs, given.paragraphs, autojunk=False)
    for kind, a0, a1, b0, b1 in blocks.get_opcodes():
        if kind != "equal":
            old, new = " ".join(ours.paragraphs[a0:a1]), " ".join(given.paragraphs[b0:b1])
            yield say("it says “{now}”, not “{was}”", now=_cut(new, old), was=_cut(old, new))


def _cut(text: str, other: str) -> str:
    """A text around where it begins to differ from another."""
    same = next((at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), 0)
    start = max(0, same - 30)
    return (
        ("… " if start else "") + text[start : same + 60] + (" …" if same + 60 < len(text) else "")
    )
